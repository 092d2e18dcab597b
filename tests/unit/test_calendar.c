/* SPDX-License-Identifier: MIT */
/* Working days: weekends, holidays, and the deadlines that are counted by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/task.h"
#include "amparo/base/calendar.h"

static struct date day(const char *text)
{
    struct date date = {0, 0, 0};

    assert_true(date_parse(text, &date));
    return date;
}

static const char *text(struct date date)
{
    static char out[DATE_SIZE];

    return date_format(date, out);
}

/* A calendar of a weekend and up to eight holidays, as they are written. */
static struct calendar made(const char *weekend, const char *const *holidays)
{
    static struct holiday list[8];
    struct calendar out = {.sorted = list};

    assert_true(weekend_parse(weekend, &out.weekend));
    for (; holidays && *holidays; holidays++)
        assert_true(holiday_parse(*holidays, &list[out.count++]));
    qsort(list, out.count, sizeof *list, holiday_compare);
    return out;
}

static void weekends_differ(void **state)
{
    static const struct {
        const char *weekend, *from, *one, *three;
    } cases[] = {
        /* 2026-03-12 is a Thursday */
        {"sat,sun", "2026-03-12", "2026-03-13", "2026-03-17"},
        {"sat,sun", "2026-03-13", "2026-03-16", "2026-03-18"},
        {"sat,sun", "2026-03-14", "2026-03-16", "2026-03-18"}, /* from a day of rest */
        {"fri,sat", "2026-03-12", "2026-03-15", "2026-03-17"},
        {"5,6", "2026-03-12", "2026-03-15", "2026-03-17"},
        {"fri", "2026-03-12", "2026-03-14", "2026-03-16"},
        {"thu,fri", "2026-03-12", "2026-03-14", "2026-03-16"},
        {"none", "2026-03-12", "2026-03-13", "2026-03-15"},
        {"mon,tue,wed,thu,fri,sat", "2026-03-12", "2026-03-15", "2026-03-29"},
        /* over the end of a year, and a leap day */
        {"sat,sun", "2026-12-31", "2027-01-01", "2027-01-05"},
        {"sat,sun", "2028-02-28", "2028-02-29", "2028-03-02"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct calendar c = made(cases[i].weekend, NULL);
        assert_string_equal(text(calendar_add(&c, day(cases[i].from), 1)), cases[i].one);
        assert_string_equal(text(calendar_add(&c, day(cases[i].from), 3)), cases[i].three);
    }
}

static void holidays_are_passed_over(void **state)
{
    static const char *const holidays[] = {"2026-12-24", "12-25", "12-31", "01-01",
                                           "2027-01-04", "02-29", NULL};
    struct calendar c = made("sat,sun", holidays);
    (void)state;

    assert_string_equal(text(calendar_add(&c, day("2026-12-23"), 1)), "2026-12-28");
    assert_string_equal(text(calendar_add(&c, day("2027-12-23"), 1)), "2027-12-24");
    assert_string_equal(text(calendar_add(&c, day("2026-12-30"), 1)), "2027-01-05");
    assert_string_equal(text(calendar_add(&c, day("2028-02-28"), 1)), "2028-03-01");
    assert_string_equal(text(calendar_add(&c, day("2027-02-26"), 1)), "2027-03-01");
    /* what falls on a day of rest moves to the next working day; what does not stays */
    assert_string_equal(text(calendar_next(&c, day("2026-12-24"))), "2026-12-28");
    assert_string_equal(text(calendar_next(&c, day("2026-12-26"))), "2026-12-28");
    assert_string_equal(text(calendar_next(&c, day("2026-12-23"))), "2026-12-23");
    assert_string_equal(text(calendar_add(&c, day("2026-12-26"), 0)), "2026-12-28");
    assert_string_equal(text(calendar_add(&c, day("2026-12-26"), -5)), "2026-12-28");
}

/* A year of rest does not hang the program, and the calendar ends. */
static void no_calendar_is_endless(void **state)
{
    static struct holiday every[366];
    struct calendar c = {.sorted = every};
    (void)state;

    for (int month = 1; month <= 12; month++)
        for (int d = 1; d <= date_days_in_month(2028, month); d++)
            every[c.count++] = (struct holiday){0, month, d};
    assert_int_equal(c.count, 366);
    assert_false(calendar_works(&c, day("2027-03-01")));
    assert_string_equal(text(calendar_next(&c, day("2026-03-12"))), "2026-03-12");
    assert_string_equal(text(calendar_add(&c, day("2026-03-12"), 2)), "2026-03-14");
    c = (struct calendar){.weekend = WHOLE_WEEK};
    assert_string_equal(text(calendar_add(&c, day("2026-03-12"), 1)), "2026-03-13");
    c = made("sat,sun", NULL);
    assert_string_equal(text(calendar_add(&c, day("9999-12-30"), 5)), "9999-12-31");
    assert_string_equal(text(calendar_next(&c, day("9999-12-31"))), "9999-12-31");
}

static void days_are_read_as_written(void **state)
{
    static const char *const bad_days[] = {
        "",       "--12-25",     "13-01",      "02-30", "00-10",     "2026-02-29", "2026-12-25 ",
        "12-25x", "-12-25",      "0000-12-25", "1-1",   "2026-1-01", "20261225",   "12/25",
        "XX-25",  "\xff\xff-01", "12-2 ",      "12-25 "};
    static const char *const bad_weekends[] = {"",
                                               ",",
                                               "sat,",
                                               ",sat",
                                               "sat sun",
                                               "8",
                                               "0",
                                               "sabado",
                                               "SAT",
                                               "sat,,sun",
                                               "1-2",
                                               "mon,tue,wed,thu,fri,sat,sun",
                                               "1,2,3,4,5,6,7",
                                               "none,sat",
                                               "55"};
    char out[WEEKEND_SIZE];
    struct holiday holiday;
    unsigned days;
    (void)state;

    for (size_t i = 0; i < sizeof bad_days / sizeof *bad_days; i++)
        if (holiday_parse(bad_days[i], &holiday))
            fail_msg("taken for a day: %s", bad_days[i]);
    for (size_t i = 0; i < sizeof bad_weekends / sizeof *bad_weekends; i++)
        if (weekend_parse(bad_weekends[i], &days))
            fail_msg("taken for a weekend: %s", bad_weekends[i]);
    assert_true(holiday_parse("02-29", &holiday));
    assert_string_equal(holiday_format(holiday, out), "02-29");
    assert_true(holiday_parse("2026-12-25", &holiday));
    assert_string_equal(holiday_format(holiday, out), "2026-12-25");
    assert_true(weekend_parse("7,fri,5", &days));
    assert_string_equal(weekend_format(days, out), "fri,sun");
    assert_true(weekend_parse("none", &days));
    assert_string_equal(weekend_format(days, out), "none");
    assert_string_equal(weekend_format(WHOLE_WEEK, out), "mon,tue,wed,thu,fri,sat,sun");
}

/* ---- deadlines ---- */

static const char *deadline(enum setting_unit unit, long number, const char *since,
                            const struct calendar *calendar)
{
    static char out[INSTANT_SIZE];

    deadline_of(unit, number, since, calendar, out);
    return out;
}

static void deadlines_keep_to_where_they_were_written(void **state)
{
    static const char *const holidays[] = {"2026-12-25", NULL};
    struct calendar c = made("sat,sun", holidays);
    (void)state;

    /* The day is that of the writer's clock: half past eleven on Thursday evening in Honduras is
     * Friday in Accra. */
    assert_string_equal(deadline(UNIT_WORKING_DAYS, 1, "2026-03-12T23:30:00-06:00", &c),
                        "2026-03-13");
    assert_string_equal(deadline(UNIT_WORKING_DAYS, 1, "2026-03-13T05:30:00+00:00", &c),
                        "2026-03-16");
    /* Clocks put forward in that night (Madrid, 2026-03-29): hours are hours, days are days. */
    assert_string_equal(deadline(UNIT_HOURS, 4, "2026-03-28T23:30:00+01:00", &c),
                        "2026-03-29T03:30:00+01:00");
    assert_string_equal(deadline(UNIT_WORKING_DAYS, 1, "2026-03-28T23:30:00+01:00", &c),
                        "2026-03-30");
    assert_string_equal(deadline(UNIT_DAYS, 1, "2026-03-28T23:30:00+01:00", &c), "2026-03-29");
    /* Hours do not rest. */
    assert_string_equal(deadline(UNIT_HOURS, 24, "2026-12-24T18:00:00-06:00", &c),
                        "2026-12-25T18:00:00-06:00");
    assert_string_equal(deadline(UNIT_MINUTES, 90, "2026-12-31T23:00:00+05:45", &c),
                        "2027-01-01T00:30:00+05:45");
    /* Of a day without an hour, the day in which they end. */
    assert_string_equal(deadline(UNIT_HOURS, 4, "2026-03-12", &c), "2026-03-13");
    assert_string_equal(deadline(UNIT_HOURS, 25, "2026-03-12", &c), "2026-03-14");
    /* Months end on a working day, and on one that exists. */
    assert_string_equal(deadline(UNIT_MONTHS, 1, "2026-01-31", &c), "2026-03-02");
    assert_string_equal(deadline(UNIT_MONTHS, 12, "2025-12-25T10:00:00Z", &c), "2026-12-28");
    assert_string_equal(deadline(UNIT_DAYS, 1, "2026-12-24", &c), "2026-12-25");
}

static void no_deadline_is_beyond_the_calendar(void **state)
{
    struct calendar c = made("sat,sun", NULL);
    (void)state;

    for (int unit = UNIT_DAYS; unit <= UNIT_MONTHS; unit++) {
        assert_string_equal(deadline((enum setting_unit)unit, 2000000000, "2026-03-12", &c),
                            "9999-12-31");
        assert_string_equal(deadline((enum setting_unit)unit, 40, "9999-12-20", &c), "9999-12-31");
    }
    assert_string_equal(deadline(UNIT_DAYS, 1, "soon", &c), "");
    assert_string_equal(deadline(UNIT_DAYS, 1, "", &c), "");
    assert_string_equal(deadline(UNIT_HOURS, 1, "2026-03-12T25:00:00Z", &c), "");
}

static void a_day_lasts_to_its_end(void **state)
{
    struct instant now;
    (void)state;

    assert_true(instant_parse("2026-03-12T23:59:59-06:00", &now));
    assert_false(deadline_over("2026-03-12", now));
    assert_true(deadline_over("2026-03-11", now));
    assert_int_equal(deadline_days("2026-03-12", now), 0);
    assert_int_equal(deadline_days("2026-03-14", now), 2);
    assert_int_equal(deadline_days("2026-03-13T05:00:00Z", now), 0);
    assert_true(deadline_over("2026-03-13T05:00:00Z", now));
    assert_false(deadline_over("2026-03-13T06:00:00Z", now));
    assert_false(deadline_over("", now));
    assert_false(deadline_over("whenever", now));
}

/* ---- the tables ---- */

static void each_kind_has_its_own_name(void **state)
{
    size_t kinds = 0;
    (void)state;

    for (int i = TASK_NONE + 1; i < TASK_KIND_END; i++, kinds++) {
        const struct task_type *a = task_type((enum task_kind)i);
        assert_true(a->whom < WHOM_COUNT && *a->words);
        for (int k = TASK_NONE + 1; k < i; k++)
            assert_string_not_equal(a->name, task_type((enum task_kind)k)->name);
    }
    assert_true(kinds > 20);
    for (int i = SETTING_NONE + 1; i < SETTING_END; i++) {
        const struct setting_type *s = setting_type((enum setting)i);
        assert_int_equal(setting_named(s->name), i);
        assert_true(s->least <= s->usual && s->usual <= s->most);
        assert_true((s->unit == UNIT_TEXT) == (s->usual_text != NULL));
        enum setting next = SETTING_NONE; /* in its group, once */
        size_t found = 0;
        while ((next = setting_next(s->group, next)))
            found += next == (enum setting)i;
        assert_int_equal(found, 1);
    }
    assert_int_equal(setting_named("nothing"), SETTING_NONE);
    for (int i = 0; i < WHOM_COUNT; i++)
        assert_int_equal(task_whom_named(task_whom_names[i]), i);
    assert_int_equal(task_whom_named("them"), WHOM_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekends_differ),
        cmocka_unit_test(holidays_are_passed_over),
        cmocka_unit_test(no_calendar_is_endless),
        cmocka_unit_test(days_are_read_as_written),
        cmocka_unit_test(deadlines_keep_to_where_they_were_written),
        cmocka_unit_test(no_deadline_is_beyond_the_calendar),
        cmocka_unit_test(a_day_lasts_to_its_end),
        cmocka_unit_test(each_kind_has_its_own_name),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
