/* SPDX-License-Identifier: MIT */
/* The screens on a terminal: unlocking, intake by keys, drafts after a kill, refusals, sizes. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/player.h"
#include "tests/unit/store_kit.h"

/* ---- the case file behind the screens ---- */

#define CASE "HNTGU-2026-0001"

/* A case file with one case, in which a person and her place are recorded. */
static void make_file(const char *name)
{
    struct store *store = kit_create(name);
    kit_record(
        store, NULL, ACT_OPEN,
        "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    kit_record(store, CASE, ACT_PERSON,
               "{'person':1,'surname_1':'LÓPEZ','given_names':'Ana','nationalities':"
               "[{'state':'HN','proof':'passport'}]}");
    kit_record(store, CASE, ACT_SITUATION, "{'locality':'Dubai'}");
    store_close(store);
}

static size_t count_acts(const char *name, enum act_kind kind, const char *reference)
{
    struct store *store = kit_open(name, kit_ana);
    struct case_file c;
    struct error err = ERROR_INIT;
    size_t count = 0;
    assert_true(store_case(store, reference, &c, &err));
    for (const struct entry *e = NULL; (e = case_next(&c, e, kind));)
        count++;
    case_release(&c);
    store_close(store);
    return count;
}

static struct child *start_at(const char *name, int rows, int cols)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    return expect_start(&(struct child_options){.rows = rows, .cols = cols}, argv);
}

static void unlock(struct child *child)
{
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
}

static struct child *start(const char *name)
{
    struct child *child = start_at(name, 24, 80);
    unlock(child);
    return child;
}

/* From today to the only case. */
static void open_case(struct child *child)
{
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, CASE);
}

/* ---- the tests ---- */

static void test_unlock(void **state)
{
    (void)state;
    make_file("unlock");
    struct child *child = start_at("unlock", 24, 80);
    child_type(child, "a wrong one");
    expect_no_text(child, "a wrong one");
    child_press(child, PRESS_ENTER);
    expect_text(child, "wrong passphrase");
    unlock(child);
    expect_row_has(child, 0, "Consular Directorate");
    expect_row_has(child, 0, "1 open");
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
}

/* The last file used is opened without its name. */
static void test_last_file(void **state)
{
    (void)state;
    make_file("last");
    struct child *child = start("last");
    char *home = xstrdup(child_home(child));
    child_press(child, PRESS_F12);
    expect_exit(child, 0);

    const char *const argv[] = {NULL, NULL};
    const struct child_options options = {.home = home};
    struct child *again = expect_start(&options, argv);
    expect_text(again, "Passphrase");
    child_free(again);
    child_free(child);
    free(home);
}

/* A whole intake by keys; the passport lines fill the person. */
static void test_intake(void **state)
{
    (void)state;
    make_file("intake");
    struct child *child = start("intake");
    child_type(child, "n");
    expect_row_has(child, 0, "Intake 1 of 6");
    child_press(child, PRESS_TAB);
    child_type(child, "Emirates");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "phone");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Intake 2 of 6");
    child_type(child, "P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<");
    child_press(child, PRESS_ENTER);
    child_type(child, "E123456<<3HND9803145F29063020801199800123<68");
    child_press(child, PRESS_ENTER);
    expect_text(child, "all digits agree");
    expect_text(child, "KAREN YAMILETH");
    expect_text(child, "14 March 1998");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Intake 3 of 6");
    child_type(child, "Dubai");
    child_press(child, PRESS_F2);
    child_press(child, PRESS_TAB);
    child_type(child, "G5");
    child_press(child, PRESS_ENTER);
    child_type(child, "employer");
    child_press(child, PRESS_ENTER);
    child_type(child, "Keeps the passport.");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Intake 5 of 6");
    child_type(child, "shelter,legal,");
    child_press(child, PRESS_TAB);
    child_type(child, "now");
    press_done(child);
    expect_row_has(child, 0, "Intake 6 of 6");
    child_press(child, PRESS_TAB);
    child_type(child, "P1,P3,");
    press_done(child);
    expect_row_has(child, 0, "HNTGU-2026-0002");
    expect_text(child, "Next: decide whether the mechanism applies");
    expect_cursor_on(child, "Next:");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
    assert_int_equal(count_acts("intake", ACT_PERSON, "HNTGU-2026-0002"), 1);
    assert_int_equal(count_acts("intake", ACT_NEED, "HNTGU-2026-0002"), 2);
    assert_int_equal(count_acts("intake", ACT_CONSENT, "HNTGU-2026-0002"), 2);
}

/* What was typed before a kill stands in the same cell after it; nothing of it is an act. */
static void test_resume_after_kill(void **state)
{
    (void)state;
    make_file("kill");
    struct child *child = start("kill");
    open_case(child);
    child_type(child, "3n");
    expect_row_has(child, 0, "ground");
    child_press(child, PRESS_TAB);
    child_type(child, "G5");
    child_press(child, PRESS_ENTER);
    child_type(child, "employer");
    child_press(child, PRESS_ENTER);
    child_type(child, "Five months");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_BACK_TAB);
    child_kill(child, SIGKILL);
    child_free(child);
    assert_int_equal(count_acts("kill", ACT_GROUND, CASE), 0);

    child = start("kill");
    expect_row_has(child, 0, "Unfinished");
    expect_text(child, CASE);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "ground");
    expect_text(child, "Five months");
    expect_cursor_on(child, "Five months");
    child_press(child, PRESS_F2);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
    assert_int_equal(count_acts("kill", ACT_GROUND, CASE), 1);
}

/* A lost line keeps what was typed too, and the program ends by itself. */
static void test_hang_up(void **state)
{
    (void)state;
    make_file("line");
    struct child *child = start("line");
    open_case(child);
    child_type(child, "3n");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "half a wo");
    child_hang_up(child);
    child_wait(child);
    child_free(child);

    child = start("line");
    expect_row_has(child, 0, "Unfinished");
    child_press(child, PRESS_ENTER);
    expect_text(child, "half a wo");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* Help before a note: refused with Art. 6 on the screen, and nothing is recorded. */
static void test_refused(void **state)
{
    (void)state;
    make_file("refused");
    struct child *child = start("refused");
    open_case(child);
    child_type(child, "9n");
    expect_row_has(child, 0, "assistance");
    child_press(child, PRESS_TAB);
    child_type(child, "MX");
    child_press(child, PRESS_ENTER);
    child_type(child, "visit");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "A visit");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    /* Who said so was not given: that comes first, beside its field. */
    expect_text(child, "needs another look");
    child_type(child, "Embassy of Mexico");
    press_done(child);
    expect_row_has(child, 0, "Refused: assistance");
    expect_text(child, "Art. 6");
    /* This gate leaves no room for an exception. */
    expect_no_text(child, "override");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_CTRL_HOME);
    expect_text(child, "A visit");
    child_kill(child, SIGKILL);
    child_free(child);
    assert_int_equal(count_acts("refused", ACT_ASSIST, CASE), 0);
}

static void test_help_and_palette(void **state)
{
    (void)state;
    make_file("help");
    struct child *child = start("help");
    open_case(child);
    child_type(child, "?");
    expect_row_has(child, 0, "Help: Case");
    expect_text(child, "Records any act, chosen by name.");
    child_type(child, "x");
    expect_row_has(child, 0, CASE);
    child_press(child, CTRL('P'));
    child_type(child, "all acts");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Record which act?");
    child_type(child, "withdraw_c");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "withdrawal of consent");
    child_press(child, PRESS_F1);
    expect_text(child, "Art. 3: each case is decided");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* On any terminal the program goes on: the cursor is there, and what one is in has its name. */
static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        int rows, cols;
    } sizes[] = {{5, 20}, {12, 40}, {50, 132}};
    make_file("sizes");
    struct child *child = start("sizes");
    open_case(child);
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        child_resize(child, sizes[i].rows, sizes[i].cols);
        static const char *const parts[] = {"0", "1", "6", "7", "8", "9", "z", "d", "p", "a"};
        for (size_t j = 0; j < ARRAY_SIZE(parts); j++) {
            child_type(child, parts[j]);
            child_press(child, PRESS_DOWN);
            child_press(child, PRESS_PAGE_DOWN);
            child_press(child, PRESS_F12);
            expect_row_has(child, 0, "HNTGU");
        }
    }
    child_resize(child, 2, 10); /* too small for more than a row, and yet no end */
    child_type(child, "0");
    child_press(child, PRESS_F12);
    child_resize(child, 24, 80);
    expect_row_has(child, 0, CASE);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
}

/* Somebody else records the same thing: both are shown, and ours is not lost. */
static void test_two_officers(void **state)
{
    (void)state;
    make_file("two");
    struct child *child = start("two");
    open_case(child);
    child_type(child, "2n");
    child_type(child, "Sharjah");
    child_press(child, PRESS_TAB);
    struct store *other = kit_open("two", kit_ana);
    kit_record(other, CASE, ACT_SITUATION, "{'locality':'Ajman'}");
    store_close(other);
    child_press(child, PRESS_F2);
    expect_text(child, "Ajman");
    expect_text(child, "recorded this too");
    child_press(child, PRESS_F12);
    expect_text(child, "Sharjah");
    child_press(child, PRESS_F2);
    child_press(child, PRESS_F2);
    expect_text(child, "Taken over.");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in " CASE);
    child_kill(child, SIGKILL);
    child_free(child);
    assert_int_equal(count_acts("two", ACT_SITUATION, CASE), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unlock),           cmocka_unit_test(test_last_file),
        cmocka_unit_test(test_intake),           cmocka_unit_test(test_resume_after_kill),
        cmocka_unit_test(test_hang_up),          cmocka_unit_test(test_refused),
        cmocka_unit_test(test_help_and_palette), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_two_officers),
    };
    return cmocka_run_group_tests_name("screens", tests, kit_begin, kit_end);
}
