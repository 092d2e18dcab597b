/* SPDX-License-Identifier: MIT */
/* Dates, numbers and counts as the languages of the program write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/locale.h"
#include "amparo/base/number.h"
#include "amparo/base/text.h"

static const char *const locales[] = {"en", "es", "fr"};

static void numbers(void **state)
{
    static const struct {
        const char *plain, *said[3];
    } rows[] = {
        {"0", {"0", "0", "0"}},
        {"7.5", {"7.5", "7.5", "7,5"}},
        {"999", {"999", "999", "999"}},
        {"1850.00", {"1,850.00", "1,850.00", "1\u00A0850,00"}},
        {"-1234567.125", {"-1,234,567.125", "-1,234,567.125", "-1\u00A0234\u00A0567,125"}},
        {"-100", {"-100", "-100", "-100"}},
        /* What is none stays as it was written. */
        {"", {"", "", ""}},
        {"-", {"-", "-", "-"}},
        {"1.", {"1.", "1.", "1."}},
        {"about 2000", {"about 2000", "about 2000", "about 2000"}},
        {"1.2.3000", {"1.2.3000", "1.2.3000", "1.2.3000"}},
    };

    (void)state;
    for (size_t l = 0; l < LOCALE_COUNT; l++) {
        locale_start(locales[l]);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct buf said = BUF_INIT, english_said = BUF_INIT;
            number_say(&said, rows[i].plain, reader_language);
            assert_string_equal(buf_text(&said), rows[i].said[l]);
            number_say(&english_said, rows[i].plain, english);
            assert_string_equal(buf_text(&english_said), rows[i].said[0]);
            buf_release(&said);
            buf_release(&english_said);
        }
    }
}

static void money(void **state)
{
    static const char *const said[] = {"KWD 12,345.250", "KWD 12,345.250", "KWD 12\u00A0345,250"};
    static const char *const francs[] = {"XOF 12,000", "XOF 12,000", "XOF 12\u00A0000"};

    (void)state;
    for (size_t l = 0; l < LOCALE_COUNT; l++) {
        struct buf dinars = BUF_INIT, whole = BUF_INIT;
        locale_start(locales[l]);
        money_say(&dinars, 12345250, "KWD", reader_language);
        money_say(&whole, 12000, "XOF", reader_language);
        assert_string_equal(buf_text(&dinars), said[l]);
        assert_string_equal(buf_text(&whole), francs[l]);
        buf_release(&dinars);
        buf_release(&whole);
    }
}

static void dates(void **state)
{
    static const struct {
        struct partial_date date;
        const char *said[3];
    } rows[] = {
        {{2026, 3, 15, false}, {"15 March 2026", "15 de marzo de 2026", "15 mars 2026"}},
        {{2026, 8, 1, false}, {"1 August 2026", "1 de agosto de 2026", "1er août 2026"}},
        {{1984, 3, 0, false}, {"March 1984", "marzo de 1984", "mars 1984"}},
        {{1984, 0, 0, true}, {"about 1984", "hacia 1984", "vers 1984"}},
        {{0, 0, 0, false}, {"date unknown", "fecha desconocida", "date inconnue"}},
    };

    (void)state;
    for (size_t l = 0; l < LOCALE_COUNT; l++) {
        locale_start(locales[l]);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct buf said = BUF_INIT;
            date_echo(&said, rows[i].date, reader_language);
            assert_string_equal(buf_text(&said), rows[i].said[l]);
            buf_release(&said);
        }
    }
}

/* French counts nothing as one; English and Spanish do not. */
static void plurals(void **state)
{
    static const char *const none[] = {"%zu persons", "%zu personas", "%zu personne"};
    static const char *const one[] = {"%zu person", "%zu persona", "%zu personne"};
    static const char *const two[] = {"%zu persons", "%zu personas", "%zu personnes"};

    (void)state;
    for (size_t l = 0; l < LOCALE_COUNT; l++) {
        locale_start(locales[l]);
        assert_string_equal(n_("%zu person", "%zu persons", 0), none[l]);
        assert_string_equal(n_("%zu person", "%zu persons", 1), one[l]);
        assert_string_equal(n_("%zu person", "%zu persons", 2), two[l]);
    }
}

static void the_language(void **state)
{
    (void)state;
    for (size_t l = 0; l < LOCALE_COUNT; l++) {
        locale_start(locales[l]);
        assert_string_equal(locale_language(), locales[l]);
        assert_int_equal(locale_index(), l);
        assert_true(locale_speaks(locales[l]));
    }
    assert_false(locale_speaks(""));
    assert_false(locale_speaks("e"));
    assert_false(locale_speaks("esp"));
    assert_false(locale_speaks("de"));

    /* Of several that are asked for, the first that we speak, English as any other. */
    static const char *const told[][2] = {
        {"en:es", "en"}, {"de:es_GT:fr", "es"}, {"fr_CA", "fr"}, {"esx:fr", "fr"}, {"de", "en"}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        setenv("LANGUAGE", told[i][0], 1);
        locale_start(NULL);
        assert_string_equal(locale_language(), told[i][1]);
    }

    /* In another for a while, and back. */
    locale_start("es");
    locale_other("fr");
    assert_string_equal(locale_language(), "fr");
    locale_own();
    assert_string_equal(locale_language(), "es");
}

static void in_the_order_of_a_dictionary(void **state)
{
    static const char *const names[] = {"Zambie", "Égypte", "El Salvador", "egypte", "Åland"};
    size_t order[5];

    (void)state;
    text_order(names, 5, order);
    assert_int_equal(order[0], 4);
    assert_int_equal(order[1], 1);
    assert_int_equal(order[2], 3);
    assert_int_equal(order[3], 2);
    assert_int_equal(order[4], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),      cmocka_unit_test(money),
        cmocka_unit_test(dates),        cmocka_unit_test(plurals),
        cmocka_unit_test(the_language), cmocka_unit_test(in_the_order_of_a_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
