/* SPDX-License-Identifier: MIT */
/* Civil and partial dates, instants, and what one types into a date field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/instant.h"
#include "amparo/base/mem.h"

static struct date day(const char *text)
{
    struct date date = {0, 0, 0};

    assert_true(date_parse(text, &date));
    return date;
}

static void test_only_days_that_exist(void **state)
{
    static const char *const good[] = {"0001-01-01", "1900-02-28", "2000-02-29",
                                       "2024-02-29", "2026-12-31", "9999-12-31"};
    static const char *const bad[] = {
        "",           "2026",        "2026-3-01",   "2026-03-1",  "2026-02-29",
        "1900-02-29", "2026-13-01",  "2026-00-10",  "2026-04-31", "2026-01-00",
        "0000-01-01", "2026-03-14 ", " 2026-03-14", "2026/03/14", "2026-03-14T",
        "2026-XX-XX", "+026-03-14"};
    char text[DATE_SIZE];
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(good); i++)
        assert_string_equal(date_format(day(good[i]), text), good[i]);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct date untouched = {7, 7, 7};
        assert_false(date_parse(bad[i], &untouched));
        assert_int_equal(untouched.year, 7);
    }
}

static void test_days_are_counted(void **state)
{
    (void)state;
    assert_int_equal(date_number(day("1970-01-01")), 0);
    assert_int_equal(date_number(day("1969-12-31")), -1);
    assert_int_equal(date_number(day("2000-03-01")), 11017);
    assert_int_equal(date_days_between(day("2026-01-01"), day("2026-06-30")), 180);
    assert_int_equal(date_days_between(day("2024-03-01"), day("2024-02-28")), -2);

    struct date walk = day("0001-01-01");
    for (long number = date_number(walk); number < date_number(day("2401-01-01")); number++) {
        struct date same = date_from_number(number);
        assert_int_equal(date_compare(walk, same), 0);
        assert_int_equal(date_number(same), number);
        if (++walk.day > date_days_in_month(walk.year, walk.month)) {
            walk.day = 1;
            if (++walk.month > 12) {
                walk.month = 1;
                walk.year++;
            }
        }
    }
}

static void test_months_are_added(void **state)
{
    (void)state;
    assert_int_equal(date_compare(date_add_months(day("2026-01-31"), 1), day("2026-02-28")), 0);
    assert_int_equal(date_compare(date_add_months(day("2024-02-29"), 12), day("2025-02-28")), 0);
    assert_int_equal(date_compare(date_add_months(day("2026-03-14"), -3), day("2025-12-14")), 0);
}

static void test_age_turns_on_the_birthday(void **state)
{
    static const struct {
        const char *born, *on;
        int age;
    } cases[] = {
        {"2008-03-14", "2026-03-13", 17}, {"2008-03-14", "2026-03-14", 18},
        {"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18},
        {"2008-02-29", "2028-02-28", 19}, {"2008-02-29", "2028-02-29", 20},
        {"2026-03-14", "2026-03-13", -1},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(date_age(day(cases[i].born), day(cases[i].on)), cases[i].age);
}

static void test_partial_dates_have_two_readings(void **state)
{
    static const struct {
        const char *text, *oldest, *youngest;
    } cases[] = {
        {"2008-03-14", "2008-03-14", "2008-03-14"}, {"2008-03-14~", "2008-03-14", "2008-03-14"},
        {"2008-02-XX", "2008-02-01", "2008-02-29"}, {"2007-02-XX~", "2007-02-01", "2007-02-28"},
        {"2008-XX-XX", "2008-01-01", "2008-12-31"}, {"2008-XX-XX~", "2008-01-01", "2008-12-31"},
    };
    static const char *const bad[] = {"",           "2008",         "2008-XX",    "XXXX-03-14",
                                      "2008-XX-14", "200X-XX-XX",   "XXXX-XX-14", "2008-03-1X",
                                      "2008-02-30", "2007-02-29",   "2008-13-XX", "2008-00-XX",
                                      "0000-XX-XX", "2008-03-XX~~", "2008-03-xx", "~2008-03-XX"};
    struct partial_date date;
    char text[PARTIAL_DATE_SIZE];
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_true(partial_date_parse(cases[i].text, &date));
        assert_string_equal(partial_date_format(date, text), cases[i].text);
        assert_int_equal(date_compare(partial_date_oldest(date), day(cases[i].oldest)), 0);
        assert_int_equal(date_compare(partial_date_youngest(date), day(cases[i].youngest)), 0);
    }
    assert_true(partial_date_parse("XXXX-XX-XX~", &date));
    assert_true(partial_date_is_unknown(date) && date.approximate);
    assert_string_equal(partial_date_format(date, text), "XXXX-XX-XX~");
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        if (partial_date_parse(bad[i], &date))
            fail_msg("taken for a date: %s", bad[i]);
}

static void test_instants_keep_their_offset(void **state)
{
    static const struct {
        const char *text, *back, *date;
    } cases[] = {
        {"2026-03-14T23:30:00-06:00", "2026-03-14T23:30:00-06:00", "2026-03-14"},
        {"2026-03-14t05:30:00z", "2026-03-14T05:30:00+00:00", "2026-03-14"},
        {"2026-03-15T00:15:00.250+05:45", "2026-03-15T00:15:00.25+05:45", "2026-03-15"},
        {"1969-12-31T23:59:59-00:00", "1969-12-31T23:59:59+00:00", "1969-12-31"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00", "2017-01-01"},
    };
    static const char *const bad[] = {
        "",
        "2026-03-14",
        "2026-03-14T10:00:00",
        "2026-03-14 10:00:00Z",
        "2026-03-14T10:00Z",
        "2026-03-14T24:00:00Z",
        "2026-03-14T10:60:00Z",
        "2026-03-14T10:00:60Z",
        "2026-03-14T10:00:00+0600",
        "2026-03-14T10:00:00+24:00",
        "2026-03-14T10:00:00.Z",
        "2026-02-30T10:00:00Z",
        "2026-03-14T10:00:00Zx",
    };
    struct instant at, other;
    char text[INSTANT_SIZE];
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_true(instant_parse(cases[i].text, &at));
        assert_string_equal(instant_format(at, text), cases[i].back);
        assert_int_equal(date_compare(instant_date(at), day(cases[i].date)), 0);
    }
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        if (instant_parse(bad[i], &at))
            fail_msg("taken for an instant: %s", bad[i]);

    assert_true(instant_parse("2026-03-14T23:30:00-06:00", &at));
    assert_true(instant_parse("2026-03-15T05:30:00Z", &other));
    assert_int_equal(instant_compare(at, other), 0);
    assert_true(instant_parse("2026-03-15T05:30:00.000000001Z", &other));
    assert_true(instant_compare(at, other) < 0);
    assert_int_equal(instant_second_of_day(at), 23 * 3600 + 30 * 60);
}

/* What is typed on 14 March 2026 (a Saturday), and what it means. */
static void check_entry(const char *typed, bool partial, const char *meant)
{
    struct date_entry entry = {.age = 77};
    struct error err = ERROR_INIT;
    char text[PARTIAL_DATE_SIZE];
    bool read = date_entry_parse(typed, partial, day("2026-03-14"), &entry, &err);

    if (read != (meant != NULL) || (read && strcmp(partial_date_format(entry.date, text), meant)))
        fail_msg("%s: %s, not %s", typed, read ? text : error_text(&err),
                 meant ? meant : "an error");
    assert_int_equal(err.kind, read ? ERROR_NONE : ERROR_INPUT);
    if (!read)
        assert_int_equal(entry.age, 77);
    error_release(&err);
}

static void test_whole_dates_are_understood(void **state)
{
    static const char *const cases[][2] = {
        {"T", "2026-03-14"},
        {"t", "2026-03-14"},
        {" hoy ", "2026-03-14"},
        {"T-3", "2026-03-11"},
        {"T+2W", "2026-03-28"},
        {"T + 2w", "2026-03-28"},
        {"T-1M", "2026-02-14"},
        {"t+1a", "2027-03-14"},
        {"15", "2026-03-15"},
        {"7", "2026-03-07"},
        {"1503", "2026-03-15"},
        {"2003", "2026-03-20"},
        {"150384", "1984-03-15"},
        {"15031984", "1984-03-15"},
        {"20260314", "2026-03-14"},
        {"20111012", "2011-10-12"},
        {"15/3/84", "1984-03-15"},
        {"15/3/46", "2046-03-15"},
        {"15/3/47", "1947-03-15"},
        {"15.3.2026", "2026-03-15"},
        {"15 3 2026", "2026-03-15"},
        {"15/3", "2026-03-15"},
        {"14mar2026", "2026-03-14"},
        {"14MAR26", "2026-03-14"},
        {"14 mar", "2026-03-14"},
        {"14 de marzo de 2026", "2026-03-14"},
        {"March 14, 2026", "2026-03-14"},
        {"14th of march 2026", "2026-03-14"},
        {"3 ene 2026", "2026-01-03"},
        {"3 sept 2025", "2025-09-03"},
        {"3 set 2025", "2025-09-03"},
        {"3 février 2025", "2025-02-03"},
        {"3 AOÛT 2025", "2025-08-03"},
        {"2026-03-14", "2026-03-14"},
        {"29/2/2024", "2024-02-29"},
        {"29/2/2026", NULL},
        {"31/4/2026", NULL},
        {"32", NULL},
        {"0", NULL},
        {"3/0/2026", NULL},
        {"00/03/2026", NULL},
        {"15/13/2026", NULL},
        {"mar 84", NULL},
        {"1984", NULL},
        {"~15/3/2026", NULL},
        {"35a", NULL},
        {"", NULL},
        {"T+", NULL},
        {"T+2X", NULL},
        {"T+2WW", NULL},
        {"tomorrow", NULL},
        {"3 jui 2025", NULL},
        {"3 ma 2025", NULL},
        {"1 2 3 4", NULL},
        {"123456789", NULL},
        {"15:3:2026", NULL},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        check_entry(cases[i][0], false, cases[i][1]);
}

static void test_partial_dates_are_understood(void **state)
{
    static const char *const cases[][2] = {
        {"mar 84", "1984-03-XX"},
        {"marzo de 1984", "1984-03-XX"},
        {"marzo", "2026-03-XX"},
        {"3/84", "1984-03-XX"},
        {"3/1984", "1984-03-XX"},
        {"1984-03", "1984-03-XX"},
        {"1984-03-XX", "1984-03-XX"},
        {"1984-XX-XX", "1984-XX-XX"},
        {"XXXX-XX-XX", "XXXX-XX-XX"},
        {"1984", "1984-XX-XX"},
        {"2003", "2003-XX-XX"},
        {"~1984", "1984-XX-XX~"},
        {"1984~", "1984-XX-XX~"},
        {"~ mar 84", "1984-03-XX~"},
        {"15/3/84", "1984-03-15"},
        {"1503", "2026-03-15"},
        {"35a", "1991-XX-XX~"},
        {"35 años", "1991-XX-XX~"},
        {"35y", "1991-XX-XX~"},
        {"0a", "2026-XX-XX~"},
        {"131a", NULL},
        {"~35a", NULL},
        {"~~1984", NULL},
        {"84", NULL},
        {"XXXX-03-14", NULL},
        {"1984-XX-14", NULL},
        {"a", NULL},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        check_entry(cases[i][0], true, cases[i][1]);
}

static void test_an_age_keeps_its_day(void **state)
{
    struct date_entry entry;
    (void)state;

    assert_true(date_entry_parse("17a", true, day("2026-03-14"), &entry, NULL));
    assert_int_equal(entry.age, 17);
    assert_int_equal(date_compare(entry.as_of, day("2026-03-14")), 0);
    assert_true(date_age(partial_date_youngest(entry.date), day("2026-03-14")) < 18);
    assert_true(date_entry_parse("1984", true, day("2026-03-14"), &entry, NULL));
    assert_int_equal(entry.age, -1);
}

static const char *spanish(const char *msgid)
{
    static const char *const words[][2] = {
        {"March", "marzo"}, {"%1$d %2$s %3$d", "%1$d de %2$s de %3$d"}, {"about %s", "hacia %s"}};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (strcmp(msgid, words[i][0]) == 0)
            return words[i][1];
    return msgid;
}

static void test_dates_are_said_in_words(void **state)
{
    static const struct {
        const char *date, *words;
        translate_fn *translate;
    } cases[] = {
        {"2026-03-14", "14 March 2026", english}, {"2026-03-XX", "March 2026", english},
        {"1984-XX-XX", "1984", english},          {"1984-03-XX~", "about March 1984", english},
        {"XXXX-XX-XX", "date unknown", english},  {"2026-03-14", "14 de marzo de 2026", spanish},
        {"1984-XX-XX~", "hacia 1984", spanish},
    };
    struct partial_date date;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buf out = BUF_INIT;
        assert_true(partial_date_parse(cases[i].date, &date));
        date_echo(&out, date, cases[i].translate);
        assert_string_equal(buf_text(&out), cases[i].words);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_days_that_exist),
        cmocka_unit_test(test_days_are_counted),
        cmocka_unit_test(test_months_are_added),
        cmocka_unit_test(test_age_turns_on_the_birthday),
        cmocka_unit_test(test_partial_dates_have_two_readings),
        cmocka_unit_test(test_instants_keep_their_offset),
        cmocka_unit_test(test_whole_dates_are_understood),
        cmocka_unit_test(test_partial_dates_are_understood),
        cmocka_unit_test(test_an_age_keeps_its_day),
        cmocka_unit_test(test_dates_are_said_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
