/* SPDX-License-Identifier: MIT */
/* The settings and days of rest on the screen, and the work of today as they make it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/clock.h"
#include "amparo/store/calendars.h"
#include "amparo/store/settings.h"
#include "tests/harness/expect.h"
#include "tests/unit/store_kit.h"

static struct child *start(const char *name, const struct child_options *options)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct child *child = expect_start(options, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* A case where a life is in danger, one that is not, and a poll that came in for each. */
static void make_file(const char *name)
{
    static const char *const priorities[] = {"routine", "life_threatening"};
    struct store *store = kit_create(name);
    char text[300];

    for (int i = 0; i < 2; i++) {
        snprintf(text, sizeof text,
                 "{'role':'assisting','receiving_state':'AE','requesting_state':'%s','priority':"
                 "'%s','source':'other_post'}",
                 i ? "NI" : "GT", priorities[i]);
        kit_record(store, NULL, ACT_OPEN, text);
        snprintf(text, sizeof text, "HNTGU-2026-000%d", i + 1);
        kit_record(store, text, ACT_POLL,
                   "{'round':1,'to':['HN'],'reply_by':'2026-03-17','transcribed':{'from':"
                   "'Embassy','channel':'email','on':'2026-03-12'}}");
    }
    store_close(store);
}

static void test_settings_are_changed(void **state)
{
    (void)state;
    make_file("settings");
    struct child *child = start("settings", &(struct child_options){0});
    child_type(child, "g");
    expect_row_has(child, 0, "Settings");
    expect_text(child, "Until when");
    expect_row_has(child, 3, "> 1 working day");
    expect_row_has(child, 3, "as usual");
    child_press(child, PRESS_ENTER);
    expect_text(child, "from 0 to 30 working days, usually 1.");
    child_press(child, PRESS_BACKSPACE);
    child_type(child, "two");
    child_press(child, PRESS_ENTER);
    expect_text(child, "is no whole number from 0 to 30");
    expect_row_has(child, 3, "> 1 working day");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_BACKSPACE);
    child_type(child, "2");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 3, "> 2 working days");
    expect_row_has(child, 3, "Ana");
    child_press(child, PRESS_ENTER);
    expect_text(child, "by Ana PINEDA, ");
    child_press(child, PRESS_F12);
    child_type(child, "y");
    expect_text(child, "As usual again.");
    expect_row_has(child, 3, "> 1 working day");
    end(child);
}

static void test_days_of_rest_are_changed(void **state)
{
    (void)state;
    struct child *child = start("settings", &(struct child_options){0});
    child_type(child, "g");
    for (int i = 0; i < 30; i++)
        child_press(child, PRESS_DOWN);
    expect_text(child, "> another country");
    child_press(child, PRESS_UP);
    child_press(child, PRESS_UP);
    child_press(child, PRESS_ENTER); /* beside them, what documents call the bodies */
    expect_row_has(child, 0, "Bodies of the Conference");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    child_type(child, "zz");
    child_press(child, PRESS_ENTER);
    expect_text(child, "zz: it takes a country's two letters, in capitals.");
    child_press(child, PRESS_ENTER);
    child_type(child, "AE");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "United Arab Emirates");
    expect_text(child, "> weekend    Sat, Sun (as usual)");
    child_press(child, PRESS_ENTER);
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, "1,2,3,4,5,6,7");
    child_press(child, PRESS_ENTER);
    expect_text(child, "a weekend is days like 5,6; or none");
    child_press(child, PRESS_ENTER);
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, "5");
    child_press(child, PRESS_ENTER);
    expect_text(child, "> weekend    Fri (Ana PINEDA");
    child_type(child, "n");
    child_type(child, "12-02 National Day");
    child_press(child, PRESS_ENTER);
    expect_text(child, "12-02      National Day");
    child_type(child, "n");
    child_type(child, "2 December");
    child_press(child, PRESS_ENTER);
    expect_text(child, "2: a day is YYYY-MM-DD, or MM-DD for every year");
    child_press(child, PRESS_F12);
    expect_text(child, "United Arab Emirates: Fri; 1 holiday");
    child_press(child, PRESS_UP);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "United Arab Emirates");
    child_press(child, PRESS_DOWN);
    child_type(child, "y");
    expect_text(child, "Taken back");
    expect_no_text(child, "National Day");
    end(child);
}

static void test_danger_stands_above(void **state)
{
    (void)state;
    struct child *child = start("settings", &(struct child_options){0});
    expect_row_has(child, 2, "A life is in danger");
    expect_row_has(child, 3, "HNTGU-2026-0002");
    expect_row_has(child, 3, "Nicaragua: acknowledge poll");
    expect_row_has(child, 4, "Nicaragua: reply to poll");
    expect_row_has(child, 6, "Due");
    expect_row_has(child, 7, "HNTGU-2026-0001");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0001");
    expect_text(child, "Due: Guatemala: acknowledge poll (");
    end(child);
    child = start("settings", &(struct child_options){0});
    child_type(child, "j");
    expect_row_has(child, 0, "All tasks");
    expect_row_has(child, 2, "A life is in danger · Due");
    expect_row_has(child, 3, "HNTGU-2026-0002");
    child_press(child, PRESS_F6);
    expect_row_has(child, 0, "Overdue");
    child_press(child, PRESS_F6);
    expect_row_has(child, 0, "For us to do");
    child_press(child, PRESS_F6);
    expect_row_has(child, 0, "Waiting for others");
    expect_text(child, "Nothing is due");
    child_press(child, PRESS_F6);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0002");
    end(child);
    /* In Spanish, on a small screen: what matters stays. */
    child = start("settings", &(struct child_options){.cols = 40, .rows = 12, .language = "es"});
    expect_row_has(child, 2, "Peligra una vida");
    expect_row_has(child, 3, "HNTGU-2026-0002");
    child_type(child, "g");
    expect_row_has(child, 3, "> 1 día hábil");
    end(child);
}

/* ---- what forms begin with ---- */

static void expect_reply_by(const char *priority, const char *expected)
{
    struct store *store = kit_open("replies", kit_ana);
    char open[200];

    snprintf(open, sizeof open,
             "{'role':'requesting','receiving_state':'AE','priority':'%s','source':'phone'}",
             priority);
    kit_record(store, NULL, ACT_OPEN, open);
    store_close(store);
    struct child *child = start("replies", &(struct child_options){0});
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    child_type(child, "7");
    child_type(child, "n");
    expect_row_has(child, 4, expected);
    end(child);
}

/* The days that a head of post set, by the days of rest of who replies (here nobody is known: as
 * one works at the post); hours where it is urgent. */
static void test_replies_are_due_as_set(void **state)
{
    struct store *store = kit_create("replies");
    struct error err = ERROR_INIT;
    struct calendar sundays_off = {.weekend = WHOLE_WEEK & ~SUNDAY};
    char due[DATE_SIZE];
    (void)state;

    assert_true(calendar_set_weekend(store, "HN", &sundays_off.weekend, &err));
    assert_true(settings_say(store, SETTING_REPLY, "5", &err));
    assert_true(settings_say(store, SETTING_URGENT_REPLY, "48", &err));
    store_close(store);
    struct date today = instant_date(clock_now());
    expect_reply_by("routine", date_format(calendar_add(&sundays_off, today, 5), due));
    expect_reply_by("urgent", date_format(date_add_days(today, 2), due));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_are_changed),
        cmocka_unit_test(test_days_of_rest_are_changed),
        cmocka_unit_test(test_danger_stands_above),
        cmocka_unit_test(test_replies_are_due_as_set),
    };
    return cmocka_run_group_tests_name("settings", tests, kit_begin, kit_end);
}
