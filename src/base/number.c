/* SPDX-License-Identifier: MIT */
#include "amparo/base/number.h"

#include <string.h>

#include "amparo/base/money.h"

/* Digits, with a sign before and a point among them. */
static bool is_number(const char *text)
{
    const char *digits = text + (*text == '-');
    size_t whole = strspn(digits, "0123456789");
    const char *rest = digits + whole;

    if (!whole || !*rest)
        return whole > 0;
    return *rest == '.' && rest[1] && !rest[1 + strspn(rest + 1, "0123456789")];
}

void number_say(struct buf *out, const char *number, translate_fn *tr)
{
    /* TRANSLATORS: a number with a sign between thousands and one before decimals, as people write
     * them; no blank at which a line could break */
    const char *sample = tr(N_("1,000.5"));
    const char *thousands = sample + 1, *zeros = strstr(thousands, "000"), *point = zeros + 3;
    size_t whole = strcspn(number, ".");

    if (!is_number(number)) {
        buf_adds(out, number);
        return;
    }
    for (size_t i = 0; i < whole; i++) {
        if (i && number[i - 1] != '-' && (whole - i) % 3 == 0)
            buf_add(out, thousands, (size_t)(zeros - thousands));
        buf_addc(out, number[i]);
    }
    if (number[whole])
        buf_addf(out, "%.*s%s", (int)strcspn(point, "5"), point, number + whole + 1);
}

void money_say_bare(struct buf *out, int64_t units, const char *currency, translate_fn *tr)
{
    struct buf number = BUF_INIT;

    money_format_bare(&number, units, currency);
    number_say(out, buf_text(&number), tr);
    buf_release(&number);
}

void money_say(struct buf *out, int64_t units, const char *currency, translate_fn *tr)
{
    buf_addf(out, "%s ", currency);
    money_say_bare(out, units, currency, tr);
}
