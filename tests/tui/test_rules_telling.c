/* SPDX-License-Identifier: MIT */
/* Rules 29 and 30 of data entry by keyboard: what the user is told, on the program itself. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/tui/office.h"
#include "tests/tui/walk.h"
#include "tests/unit/store_kit.h"

#define CASE "/" WALK_CASE "\r"
#define OTHER "/HNTGU-2026-0002\r"

static struct child *start(const char *keys)
{
    struct child *child = walk_start(&(struct child_options){0});
    walk_keys(child, keys);
    return child;
}

static int message_row(const struct child *child)
{
    return emulator_rows(child_screen(child)) - 2;
}

/* ---- 29: the top line ---- */

/* Case, person, where it stands, what is missing: where there is room, all four. */
static void rule_29_top_line(void **state)
{
    static const char *const screens[] = {"", "0", "1", "2", "6", "7", "8", "9", "9$", "p", "w", "z"};
    struct child *child = walk_start(&(struct child_options){.cols = 132});
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(screens); i++) {
        walk_keys(child, OTHER);
        walk_keys(child, screens[i]);
        expect_row_has(child, 0, "HNTGU-2026-0002");
        expect_row_has(child, 0, "LÓPEZ, Ana");
        expect_row_has(child, 0, "intake");
        expect_row_has(child, 0, "missing");
        walk_home(child);
    }
    /* A form: what is missing of itself. */
    walk_keys(child, OTHER "4n");
    expect_row_has(child, 0, "need  HNTGU-2026-0002 · LÓPEZ, Ana · intake");
    expect_row_has(child, 0, "missing: Need, Urgency");
    walk_end(child);
}

/* Where there is little room, the number is what stays. */
static void rule_29_top_line_of_a_small_terminal(void **state)
{
    struct child *child = walk_start(&(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    walk_keys(child, OTHER "1");
    expect_row_has(child, 0, "HNTGU-2026-0002");
    expect_row_has(child, 0, "missing");
    walk_end(child);
}

/* ---- 29: the message line ---- */

static void rule_29_what_happened_until_the_next_key(void **state)
{
    struct child *child = start(CASE "4nshelter\rnow\r\x1B" "2");
    (void)state;
    if (emulator_find(child_screen(child), "Only offered") >= 0)
        child_press(child, PRESS_F2);
    expect_row_has(child, message_row(child), " Recorded in " WALK_CASE);
    child_press(child, PRESS_DOWN);
    expect_no_text(child, "Recorded in");
    walk_end(child);
}

/* Where it is longer than its row, the keys wait until it was read. */
static void rule_29_all_of_it_on_a_small_terminal(void **state)
{
    struct child *child = walk_start(&(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    walk_keys(child, "t\x0E"
                     "12345\r");
    expect_row(child, 10, " This is no key card, and not the");
    expect_row(child, 11, " thirty digits of a root.");
    child_press(child, PRESS_HOME);
    expect_row(child, 10, "");
    expect_row(child, 11, " Enter read it  F1 help  ^P all");
    walk_end(child);
}

/* What was typed is in the file or it is not, and the line says which. */
static void rule_29_true_state_of_what_was_typed(void **state)
{
    struct test_post post;
    (void)state;
    office_make(&post);
    struct child *child = office_start_on_disk(&post);
    office_open_case(child);
    child_type(child, "4n");
    expect_no_text(child, "Kept ");
    child_type(child, "shelter\r");
    expect_row_has(child, message_row(child), " Kept ");
    office_set_room(child, office_no_room(&post));
    child_type(child, "now\r");
    expect_row_has(child, message_row(child), "the disk is full");
    child_press(child, PRESS_DOWN);
    expect_row_has(child, message_row(child), " NOT in the file yet: what was typed since ");
    office_set_room(child, RLIM_INFINITY);
    expect_await(child, "What was typed is kept again.");
    child_press(child, PRESS_DOWN);
    expect_row_has(child, message_row(child), " Kept ");
    walk_end(child);
    post_release(&post);
}

static void rule_29_no_blinking_and_no_bell(void **state)
{
    struct child *child = walk_start(NULL);
    const struct emulator *screen = child_screen(child);
    (void)state;
    for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
        walk_keys(child, stop->keys);
        for (int row = 0; row < emulator_rows(screen); row++)
            for (int col = 0; col < emulator_cols(screen); col++)
                if (emulator_attributes(screen, row, col) & CELL_BLINK)
                    fail_msg("%s blinks", stop->name);
        walk_home(child);
    }
    assert_int_equal(emulator_bells(screen), 0);
    walk_end(child);
}

/* ---- 30: help on a field ---- */

/* Opens the help of each field of the form one after the other; the form is as it was. */
static void read_each_help(struct child *child, int fields)
{
    for (int i = 0; i < fields; i++) {
        char *before = emulator_text(child_screen(child));
        int row, col;
        emulator_cursor(child_screen(child), &row, &col);
        child_press(child, PRESS_F1);
        expect_row_has(child, 0, "any key"); /* one screen */
        expect_text(child, "How");
        expect_text(child, "Why");
        expect_text(child, "Who");
        child_type(child, "x"); /* any key closes it, and is no more than that */
        char *after = emulator_text(child_screen(child));
        assert_string_equal(after, before);
        expect_cursor(child, row, col);
        free(before);
        free(after);
        child_press(child, PRESS_TAB);
    }
}

static void rule_30_on_each_field(void **state)
{
    (void)state;
    struct child *child = start(CASE "2n");
    read_each_help(child, 12);
    walk_end(child);
    child = start("e\rc");
    read_each_help(child, 8);
    walk_end(child);
    child = start("e\rn");
    read_each_help(child, 6);
    walk_end(child);
}

static void rule_30_one_small_screen(void **state)
{
    struct child *child = walk_start(&(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    walk_keys(child, CASE "1n");
    read_each_help(child, 20);
    walk_end(child);
}

/* In the midst of a word: it stands there as it was typed. */
static void rule_30_leaves_what_is_half_typed(void **state)
{
    struct child *child = start(CASE "2n");
    (void)state;
    child_type(child, "Shar");
    child_press(child, PRESS_F1);
    expect_text(child, "Town or district; not the address");
    expect_text(child, "Sensitive: leaves only with consent, where it is needed.");
    child_press(child, PRESS_DOWN);
    child_type(child, "jah");
    expect_cursor_on(child, ">Place          *Sharjah");
    walk_end(child);
}

static void rule_30_the_full_list(void **state)
{
    struct child *child = start(CASE "3n");
    (void)state;
    child_press(child, PRESS_TAB);
    child_type(child, "??");
    expect_row_has(child, 0, "Help: Ground  ");
    expect_row_has(child, 0, "1/");
    expect_text(child, "Art. 7.4: the request rests on one of its grounds");
    expect_text(child, "labour exploitation"); /* each code */
    struct buf all = BUF_INIT;
    for (int page = 0; page < 6; page++) {
        char *text = emulator_text(child_screen(child));
        buf_adds(&all, text);
        free(text);
        child_press(child, PRESS_PAGE_DOWN);
    }
    assert_non_null(strstr(buf_text(&all), "natural disaster"));
    assert_non_null(strstr(buf_text(&all), "Records the act: the gates are asked"));
    buf_release(&all);
    child_type(child, "x");
    expect_cursor_on(child, ">Ground");
    expect_no_text(child, "??");
    walk_end(child);
}

/* What can be done on a screen is one screen, or pages that say so; any other key closes it. */
static void rule_30_help_of_every_screen(void **state)
{
    struct child *child = walk_start(&(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
        if (stop->typing || stop->passing)
            continue;
        walk_keys(child, stop->keys);
        char *before = emulator_text(child_screen(child));
        child_type(child, "?");
        expect_row_has(child, 0, "Help: ");
        for (int page = 0; page < 5; page++)
            child_press(child, PRESS_PAGE_DOWN); /* closes it, where there is but one */
        child_press(child, PRESS_F1);
        if (emulator_find(child_screen(child), "Help: ") == 0) /* it was closed before */
            child_press(child, PRESS_F1);
        char *after = emulator_text(child_screen(child));
        if (strcmp(before, after) != 0)
            fail_msg("%s:\n%s\n%s", stop->name, before, after);
        free(before);
        free(after);
        walk_home(child);
    }
    walk_end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_29_top_line),
        cmocka_unit_test(rule_29_top_line_of_a_small_terminal),
        cmocka_unit_test(rule_29_what_happened_until_the_next_key),
        cmocka_unit_test(rule_29_all_of_it_on_a_small_terminal),
        cmocka_unit_test(rule_29_true_state_of_what_was_typed),
        cmocka_unit_test(rule_29_no_blinking_and_no_bell),
        cmocka_unit_test(rule_30_on_each_field),
        cmocka_unit_test(rule_30_one_small_screen),
        cmocka_unit_test(rule_30_leaves_what_is_half_typed),
        cmocka_unit_test(rule_30_the_full_list),
        cmocka_unit_test(rule_30_help_of_every_screen),
    };
    return cmocka_run_group_tests_name("rules of telling", tests, kit_begin, kit_end);
}
