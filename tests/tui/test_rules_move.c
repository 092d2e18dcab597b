/* SPDX-License-Identifier: MIT */
/* Rules 1 to 6 of data entry by keyboard: moving, on the program itself. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/settings.h"
#include "tests/tui/walk.h"
#include "tests/unit/store_kit.h"

#define CASE "/" WALK_CASE "\r"

static struct child *start(const char *keys)
{
    struct child *child = walk_start(&(struct child_options){0});
    walk_keys(child, keys);
    return child;
}

static void press_times(struct child *child, int press, int times)
{
    for (int i = 0; i < times; i++)
        child_press(child, press);
}

/* ---- 1: one stop a field, forward and back ---- */

static void rule_01_keys_that_leave_a_field(void **state)
{
    static const int forward[] = {PRESS_ENTER, PRESS_TAB, PRESS_DOWN};
    static const int back[] = {PRESS_BACK_TAB, PRESS_UP, PRESS_UP};
    struct child *child = start(CASE "2n");
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(forward); i++) {
        expect_cursor_on(child, ">Place");
        child_press(child, forward[i]);
        expect_cursor_on(child, ">In danger now?"); /* no stop on the heading between */
        child_press(child, forward[i]);
        expect_cursor_on(child, ">Detained?");
        child_press(child, back[i]);
        child_press(child, back[i]);
    }
    child_press(child, PRESS_UP); /* at the first field one stays */
    expect_cursor_on(child, ">Place");
    child_press(child, PRESS_CTRL_END);
    expect_cursor_on(child, ">Asks for consul");
    child_press(child, PRESS_ENTER); /* and at the last */
    expect_cursor_on(child, ">Asks for consul");
    walk_end(child);
}

/* ---- 2: the first key replaces, an arrow or Ins edits ---- */

static void rule_02_first_key_replaces(void **state)
{
    static const struct {
        int key;
        const char *after;
    } edits[] = {{PRESS_RIGHT, "AXl Ain"}, {PRESS_INSERT, "XAl Ain"}, {PRESS_END, "Al AinX"}};
    struct child *child = start(CASE "2n");
    (void)state;
    child_type(child, "Sharjah");
    press_times(child, PRESS_TAB, 1);
    child_press(child, PRESS_UP);
    child_type(child, "Al Ain"); /* all of what stood there has gone */
    expect_cursor_on(child, ">Place           Al Ain__");
    for (size_t i = 0; i < ARRAY_SIZE(edits); i++) {
        child_press(child, PRESS_TAB);
        child_press(child, PRESS_UP);
        child_press(child, edits[i].key);
        child_type(child, "X");
        expect_cursor_on(child, edits[i].after);
        child_press(child, CTRL('U'));
        expect_cursor_on(child, ">Place           Al Ain__");
    }
    child_press(child, PRESS_TAB); /* left untouched, it stays */
    child_press(child, PRESS_UP);
    child_press(child, PRESS_TAB);
    expect_text(child, " Place           Al Ain__");
    walk_end(child);
}

/* ---- 3: only codes of fixed length leave by themselves ---- */

static void set_skip_off(void)
{
    struct store *store = kit_open(WALK_FILE, kit_ana);
    struct error err = ERROR_INIT;
    assert_true(settings_say(store, SETTING_SKIP, "0", &err));
    store_close(store);
}

static void rule_03_letters_that_choose_leave(void **state)
{
    (void)state;
    struct child *child = start("e\rn");
    child_type(child, "PAZ\rLOPEZ\rAna\r");
    child_type(child, "f");
    child_type(child, "14mar85"); /* one is in the next cell already */
    expect_text(child, "PAZ");
    expect_row_has(child, 5, "F>14mar85");
    child_press(child, PRESS_F12);
    walk_end(child);

    set_skip_off();
    child = walk_again(NULL);
    walk_keys(child, "e\rn");
    child_press(child, PRESS_CTRL_HOME);
    child_type(child, "PAZ\rLOPEZ\rAna\r");
    child_type(child, "f");
    int row, col, row_after, col_after;
    emulator_cursor(child_screen(child), &row, &col);
    child_press(child, PRESS_ENTER);
    emulator_cursor(child_screen(child), &row_after, &col_after);
    assert_true(row == row_after && col_after > col);
    child_type(child, "14mar85");
    expect_row_has(child, 5, "F>14mar85");
    walk_end(child);
}

/* However much is typed, a name or a text is left by a key alone. */
static void rule_03_names_and_text_never_skip(void **state)
{
    static const char longest[] = "abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefgh";
    struct child *child = start(CASE "2n");
    (void)state;
    child_type(child, longest);
    expect_cursor_on(child, ">Place");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    walk_keys(child, "1n\t\t");
    expect_cursor_on(child, ">Surname");
    child_type(child, longest);
    expect_cursor_on(child, ">Surname");
    walk_end(child);
}

/* ---- 4: Home, End, pages, and a jump to any field ---- */

static void rule_04_ends_and_pages(void **state)
{
    struct child *child = start(CASE "2n");
    int row, col, end;
    (void)state;
    child_type(child, "Dubai");
    emulator_cursor(child_screen(child), &row, &end);
    child_press(child, PRESS_HOME);
    emulator_cursor(child_screen(child), &row, &col);
    assert_int_equal(end - col, 5);
    child_press(child, PRESS_END);
    expect_cursor(child, row, end);
    child_press(child, PRESS_PAGE_DOWN);
    expect_row_has(child, 0, "2/2");
    child_press(child, PRESS_PAGE_UP);
    expect_row_has(child, 0, "1/2");
    child_press(child, PRESS_CTRL_END);
    expect_cursor_on(child, ">Asks for consul");
    child_press(child, PRESS_CTRL_HOME);
    expect_cursor_on(child, ">Place");
    walk_end(child);
}

static void rule_04_jump(void **state)
{
    struct child *child = start(CASE "2n");
    (void)state;
    child_type(child, "=told\r"); /* letters of a label, on another page */
    expect_row_has(child, 0, "2/2");
    expect_cursor_on(child, ">Told of rights?");
    child_type(child, "=1\r"); /* a section by its number */
    expect_cursor_on(child, ">In danger now?");
    child_type(child, "=PLACE\r");
    expect_cursor_on(child, ">Place");
    /* What finds nothing keeps what follows out of any field. */
    child_type(child, "=nowhere\rand more");
    expect_text(child, "Nothing is called so.");
    expect_cursor_on(child, "nowhereand more");
    child_press(child, PRESS_F12);
    expect_cursor_on(child, ">Place          *____");
    child_type(child, "a=b"); /* not at its beginning: text like any other */
    expect_cursor_on(child, ">Place          *a=b__");
    walk_end(child);
}

/* ---- 5: type-ahead ---- */

static void rule_05_type_ahead_is_kept(void **state)
{
    struct child *child = walk_start(&(struct child_options){0});
    (void)state;
    /* In one go: to the case, a form, and four fields of it. */
    child_type(child, CASE "4nshelter\rnow\r\rA bed, at once");
    expect_row_has(child, 0, "need");
    expect_text(child, "Safe");
    expect_cursor_on(child, "A bed, at once");
    walk_end(child);
}

static void rule_05_never_answers_a_question(void **state)
{
    struct child *child = walk_start(&(struct child_options){0});
    (void)state;
    child_type(child, "rX2030-12-10\r"); /* cancels a meeting by its day: once it has been asked */
    expect_row_has(child, 0, "Cancel a meeting");
    expect_no_text(child, ">2030");
    child_press(child, PRESS_F12);
    expect_no_text(child, "cancelled");
    walk_end(child);
}

static void rule_05_never_crosses_an_error(void **state)
{
    struct child *child = walk_start(&(struct child_options){0});
    (void)state;
    /* F2 (as Esc 2) is refused, or stands in another field: the rest was meant for what came after. */
    child_type(child, CASE "4nshelter\r\x1B" "2nineteen");
    expect_text(child, "needs another look");
    expect_no_text(child, "nineteen");
    child_type(child, "now");
    expect_text(child, "now");
    walk_end(child);
}

/* A terminal that answers no question is asked once; what was typed by then is forgotten too. */
static void rule_05_on_a_terminal_that_is_mute(void **state)
{
    struct child *child = walk_start(&(struct child_options){.mute = true});
    (void)state;
    child_type(child, "rX2030-12-10\r");
    expect_row_has(child, 0, "Cancel a meeting");
    expect_no_text(child, ">2030");
    child_type(child, "2030-12-11\r");
    expect_text(child, "Not cancelled");
    walk_end(child);
}

/* ---- 6: the cursor is on the focus ---- */

/* The cursor is seen, and the mark stands before it in its row. */
static void expect_focus(struct child *child, const char *where)
{
    const struct emulator *screen = child_screen(child);
    struct buf row = BUF_INIT;
    int at, col;
    emulator_cursor(screen, &at, &col);
    emulator_add_row(screen, at, &row);
    int mark = emulator_column_of(screen, at, ">");
    if (strcmp(where, "preview") == 0) /* a text as on paper has no room for a mark */
        mark = 0;
    if (!emulator_cursor_visible(screen) || mark < 0 || mark > col)
        fail_msg("%s: the cursor at %d, %d has no mark: %s", where, at, col, buf_text(&row));
    buf_release(&row);
}

static void rule_06_on_every_screen(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{24, 80}, {12, 40}};
    (void)state;
    for (size_t size = 0; size < ARRAY_SIZE(sizes); size++) {
        struct child *child = walk_start(
            &(struct child_options){.rows = sizes[size].rows, .cols = sizes[size].cols});
        for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
            walk_keys(child, stop->keys);
            expect_focus(child, stop->name);
            child_press(child, PRESS_DOWN);
            if (strcmp(stop->name, "help") != 0)
                expect_focus(child, stop->name);
            walk_home(child);
        }
        walk_end(child);
    }
}

static void rule_06_in_lists_under_a_field_and_prompts(void **state)
{
    struct child *child = start(CASE "4n");
    (void)state;
    child_press(child, PRESS_F4);
    expect_focus(child, "choices");
    child_press(child, PRESS_DOWN);
    expect_focus(child, "choices");
    child_press(child, PRESS_F12);
    child_type(child, "=");
    expect_focus(child, "jump");
    child_press(child, PRESS_F12);
    child_press(child, CTRL('P'));
    expect_focus(child, "palette");
    child_press(child, PRESS_DOWN);
    expect_focus(child, "palette");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F1);
    expect_focus(child, "help on a field");
    child_press(child, PRESS_F12);
    child_press(child, CTRL('X'));
    expect_focus(child, "unlock");
    walk_end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_01_keys_that_leave_a_field),
        cmocka_unit_test(rule_02_first_key_replaces),
        cmocka_unit_test(rule_03_letters_that_choose_leave),
        cmocka_unit_test(rule_03_names_and_text_never_skip),
        cmocka_unit_test(rule_04_ends_and_pages),
        cmocka_unit_test(rule_04_jump),
        cmocka_unit_test(rule_05_type_ahead_is_kept),
        cmocka_unit_test(rule_05_never_answers_a_question),
        cmocka_unit_test(rule_05_never_crosses_an_error),
        cmocka_unit_test(rule_05_on_a_terminal_that_is_mute),
        cmocka_unit_test(rule_06_on_every_screen),
        cmocka_unit_test(rule_06_in_lists_under_a_field_and_prompts),
    };
    return cmocka_run_group_tests_name("rules of moving", tests, kit_begin, kit_end);
}
