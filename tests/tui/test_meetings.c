/* SPDX-License-Identifier: MIT */
/* Meetings, the report of 7.7 and the statistics, by keys. */
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
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/directory.h"
#include "amparo/store/keys.h"
#include "amparo/store/meetings.h"
#include "amparo/tui/pathname.h"
#include "tests/harness/expect.h"
#include "tests/unit/store_kit.h"

/* So many days from today. */
static const char *day(long days)
{
    static char text[4][DATE_SIZE];
    static unsigned turn;

    return date_format(date_add_days(instant_date(clock_now()), days), text[turn++ % 4]);
}

static void record(struct store *store, const char *reference, enum act_kind kind,
                   const char *payload)
{
    kit_record(store, reference, kind, payload);
}

/* A case of ten days ago that may be told; a meeting passed without it, another one comes. */
static char *make_file(const char *name)
{
    struct store *store = kit_create(name);
    struct error err = ERROR_INIT;
    char now[INSTANT_SIZE];

    snprintf(now, sizeof now, "%sT12:00:00+00:00", day(-10));
    store_set_now(store, now);
    const struct date since = {2026, 1, 10};
    assert_true(store_directory_set_party(store, "HN", since, NULL, "a note", &err));
    assert_true(store_directory_set_list(store, "HN", since, &err));
    char *reference = xasprintf("HNTGU-%.4s-0001", now);
    record(store, NULL, ACT_OPEN,
           "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    record(store, reference, ACT_PERSON,
           "{'person':1,'surname_1':'LÓPEZ','given_names':'Ana','birth_date':'1998-03-14',"
           "'nationalities':[{'state':'HN','proof':'passport'}]}");
    record(store, reference, ACT_GROUND,
           "{'person':1,'code':'G5','perpetrator':'employer','facts':'five months unpaid'}");
    record(store, reference, ACT_DECIDE, "{'decision':'applies','reason':'the facts agree'}");
    record(store, reference, ACT_CONSENT,
           "{'person':1,'purpose':'P9','to':'network','given_by':'self','form':'oral',"
           "'on':'2026-03-10'}");
    assert_true(store_meeting_add(store, day(-1), NULL, "Belmopan", &err));
    assert_true(store_meeting_add(store, day(20), NULL, "Alajuela", &err));
    assert_true(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err));
    store_close(store);
    return reference;
}

static struct child *start(const char *name, struct passphrase passphrase)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);

    child_type(child, passphrase.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* What leaves is what was read, and the log has it as a print for the network. */
static void leaves(struct child *child)
{
    char *path = xstrdup(kit_path("report.txt"));
    struct access_entries all;
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    child_type(child, "o");
    for (size_t i = 0; i < strlen("report 2026-01-01.txt"); i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
    expect_await(child, "Written to");
    assert_true(path_read(path, SIZE_MAX, &text, &err));
    assert_non_null(strstr(buf_text(&text), "labour exploitation"));
    assert_null(strstr(buf_text(&text), "18 to 29"));
    assert_non_null(strstr(buf_text(&text), "  Copy 1  "));
    assert_null(strstr(buf_text(&text), "PINEDA")); /* no name of ours */
    struct store *store = kit_open("report", kit_ana);
    assert_true(access_list(store, &(struct access_filter){.limit = 1}, &all, &err));
    assert_int_equal(all.list[0].kind, ACCESS_PRINT);
    assert_memory_equal(all.list[0].what, "report 2", strlen("report 2"));
    assert_string_equal(all.list[0].recipient, "network");
    access_entries_release(&all);
    store_close(store);
    buf_release(&text);
    free(path);
}

static void test_report(void **state)
{
    char *reference = make_file("report");
    struct child *child = start("report", kit_ana);
    (void)state;

    expect_text(child, "Network meeting, Alajuela: 1 case to present");
    expect_text(child, "A meeting passed without it");
    child_type(child, "r");
    expect_row_has(child, 0, "Meetings of the Liaison Officer Network");
    expect_cursor_on(child, "Alajuela");
    expect_text(child, "1 late");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "1 to record");
    expect_cursor_on(child, reference);
    expect_text(child, "the only one like it: count it only");
    child_type(child, "a");
    expect_text(child, "Left out of all: age");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Report for the network (Article 7.7)");
    expect_text(child, "labour exploitation");
    expect_no_text(child, "18 to 29");
    expect_no_text(child, "LÓPEZ");
    expect_no_text(child, reference);
    leaves(child);
    child_press(child, PRESS_F12);
    child_type(child, "k");
    expect_text(child, "counted only");
    child_type(child, "k");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Record as presented?");
    child_press(child, PRESS_F2);
    expect_text(child, "1 case was recorded as presented.");
    expect_row_has(child, 0, "0 to record");
    child_press(child, PRESS_F12);
    expect_text(child, "1 presented");
    expect_no_text(child, "late");
    child_press(child, PRESS_F12);
    expect_no_text(child, "A meeting passed without it");
    end(child);
    free(reference);
}

/* The form of a report knows the meeting, and that the case is open; with it one is presented. */
static void test_lessons(void **state)
{
    struct child *child;
    (void)state;

    free(make_file("lessons"));
    child = start("lessons", kit_ana);
    child_type(child, "r");
    child_press(child, PRESS_ENTER);
    child_type(child, "t");
    expect_text(child, day(20));
    expect_text(child, "Pending?        yes");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_TAB);
    child_type(child, "They answered on the same day.");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "0 to record");
    expect_text(child, "presented");
    child_press(child, PRESS_ENTER);
    child_type(child, " ");
    expect_text(child, "They answered on the same day.");
    end(child);
}

static void test_calendar(void **state)
{
    struct child *child;
    (void)state;

    free(make_file("calendar"));
    child = start("calendar", kit_ana);
    child_type(child, "rn");
    expect_text(child, "On which day");
    child_type(child, "T+50");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Where does the network meet?");
    child_type(child, "Roatán");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The meeting is in the calendar.");
    expect_text(child, "Roatán");
    child_type(child, "n");
    child_type(child, "some day");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "Where does the network meet?");
    child_press(child, PRESS_F12);
    child_type(child, "r");
    expect_cursor_on(child, "Alajuela");
    child_type(child, "X");
    child_type(child, "1");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Not cancelled");
    child_type(child, "X");
    child_type(child, day(20));
    child_press(child, PRESS_ENTER);
    expect_text(child, "The meeting is cancelled");
    expect_text(child, "cancelled");
    child_type(child, "s");
    expect_text(child, "in which year?");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Statistics of consular assistance");
    expect_text(child, "fewer than 5");
    end(child);
}

/* Who is no head of post reads the calendar. */
static void test_officer(void **state)
{
    struct child *child;
    (void)state;

    free(make_file("officer"));
    child = start("officer", kit_luis);
    child_type(child, "r");
    expect_text(child, "Alajuela");
    expect_no_text(child, "x cancel");
    child_type(child, "n");
    expect_no_text(child, "On which day");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_lessons),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_officer),
    };
    return cmocka_run_group_tests_name("meetings", tests, kit_begin, kit_end);
}
