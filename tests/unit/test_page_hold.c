/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/buf.h"
#include "amparo/page/hold.h"

/* The text with ~ for each blank that holds. */
static void shows(const char *text, const char *held)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; text[i]; i++)
        buf_addc(&out, text[i] == ' ' && hold_blank(text, i) ? '~' : text[i]);
    assert_string_equal(buf_text(&out), held);
    buf_release(&out);
}

static void test_numbers(void **state)
{
    (void)state;
    shows("under Article 7.5) of that", "under Article~7.5) of that");
    shows("la Nota No. 3/2026 del", "la Nota~No.~3/2026 del");
    shows("la note n° 3/2026, et", "la note~n°~3/2026, et");
    shows("figurent à l'annexe 1 de la", "figurent à l'annexe~1 de la");
    shows("up to USD 100.01 (in all)", "up to USD~100.01 (in all)");
    shows("jusqu'à 40,00 USD en tout", "jusqu'à~40,00~USD en tout");
    shows("al +504 2200 0000 cada día", "al~+504~2200~0000 cada día");
    shows("(référence HN-2026-0001)", "(référence~HN-2026-0001)");
    shows("within 72 hours or 50 km of", "within 72~hours or 50~km of");
    shows("soit 48 h\u00a0; puis", "soit 48~h\u00a0; puis");
    shows("no contact; 3 visits: 2 calls", "no contact; 3~visits: 2~calls");
    shows("the USA and HN: -", "the USA and HN: -");
}

static void test_days(void **state)
{
    (void)state;
    shows("on 8 March 2026.", "on 8~March~2026.");
    shows("on March 14, 2026, the", "on March~14,~2026, the");
    shows("el 11 de marzo de 2026 se", "el 11~de~marzo~de~2026 se");
    shows("el 1 de mayo del 2026", "el 1~de~mayo~del~2026");
    shows("le 1er avril 2026 ou le 2 mai 2026", "le 1er~avril~2026 ou le 2~mai~2026");
    shows("de Honduras de marzo", "de Honduras de marzo");
}

static void test_signs(void **state)
{
    (void)state;
    shows("a) abrigo; b) asesoría", "a)~abrigo; b)~asesoría");
    shows("(a) shelter; (b) food", "(a)~shelter; (b)~food");
    shows("ce qui suit : rien ; « tout » ?", "ce qui suit~: rien~; «~tout~»~?");
    shows("50 % des cas", "50~% des cas");
    shows("  two  blanks ", "  two  blanks ");
}

/* Each line as it is cut, with a stroke at its end. */
static void wraps(const char *text, int cells, const char *lines)
{
    struct buf out = BUF_INIT;
    size_t shown, taken;

    for (; (taken = hold_wrap(text, cells, &shown)); text += taken) {
        buf_add(&out, text, shown);
        buf_addc(&out, '|');
    }
    assert_string_equal(buf_text(&out), lines);
    buf_release(&out);
}

static void test_lines(void **state)
{
    (void)state;
    wraps("under that Article 7.5 of it", 18, "under that|Article 7.5 of it|");
    wraps("since 11 de marzo de 2026", 12,
          "since|11 de marzo|de 2026|"); /* it must end somewhere */
    wraps("so since 11 de marzo de 2026", 24, "so since|11 de marzo de 2026|");
    wraps("00000000000 11111", 5, "00000|00000|0|11111|");
    wraps("", 5, "");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
