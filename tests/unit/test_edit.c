/* SPDX-License-Identifier: MIT */
/* The editor of one value, fed with keys as a person presses them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/text.h"
#include "amparo/tui/edit.h"

#define COMBINING_TILDE "\xCC\x83"
#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define WIDTH 10

static void type(struct edit *edit, const char *text)
{
    for (size_t at = 0, next; text[at]; at = next) {
        struct term_event event = {.kind = TERM_TEXT};
        next = text_next(text, at);
        memcpy(event.text, text + at, next - at);
        assert_true(edit_event(edit, &event, WIDTH));
    }
}

static bool press(struct edit *edit, enum term_key key)
{
    struct term_event event = {.kind = TERM_KEY, .key = key};

    return edit_event(edit, &event, WIDTH);
}

static void paste(struct edit *edit, const char *text)
{
    struct term_event event = {.kind = TERM_PASTE, .paste = text};

    assert_true(edit_event(edit, &event, WIDTH));
}

static int start(void **state)
{
    static struct edit edit;

    edit_init(&edit, false, 0);
    *state = &edit;
    return 0;
}

static int start_lines(void **state)
{
    start(state);
    ((struct edit *)*state)->lines = true;
    return 0;
}

static int stop(void **state)
{
    edit_release(*state);
    return 0;
}

static void test_typing(void **state)
{
    struct edit *edit = *state;

    type(edit, "Ordóñez");
    assert_string_equal(edit_text(edit), "Ordóñez");
    press(edit, TK_LEFT);
    press(edit, TK_LEFT);
    press(edit, TK_BACKSPACE);
    type(edit, "n");
    assert_string_equal(edit_text(edit), "Ordónez");
    press(edit, TK_HOME);
    press(edit, TK_DELETE);
    assert_string_equal(edit_text(edit), "rdónez");
    press(edit, TK_END);
    assert_int_equal(edit->at, strlen("rdónez"));
    press(edit, TK_RIGHT);
    assert_int_equal(edit->at, strlen("rdónez"));
}

/* An accent typed after its letter, or before the next cluster, is one letter with it. */
static void test_accent_joins(void **state)
{
    struct edit *edit = *state;

    type(edit, "n");
    type(edit, COMBINING_TILDE);
    assert_string_equal(edit_text(edit), "ñ");
    type(edit, "a");
    press(edit, TK_BACKSPACE);
    press(edit, TK_BACKSPACE);
    assert_string_equal(edit_text(edit), "");
}

static void test_whole_clusters(void **state)
{
    struct edit *edit = *state;

    type(edit, "a" FAMILY "日b");
    press(edit, TK_LEFT);
    press(edit, TK_BACKSPACE);
    assert_string_equal(edit_text(edit), "a" FAMILY "b");
    press(edit, TK_BACKSPACE);
    assert_string_equal(edit_text(edit), "ab");
}

static void test_first_key(void **state)
{
    struct edit *edit = *state;

    edit_set(edit, "Karen");
    type(edit, "Ana");
    assert_string_equal(edit_text(edit), "Ana");
    edit_set(edit, "Karen");
    press(edit, TK_RIGHT);
    type(edit, "x");
    assert_string_equal(edit_text(edit), "Kxaren");
    edit_set(edit, "Karen");
    press(edit, TK_INSERT);
    type(edit, "x");
    assert_string_equal(edit_text(edit), "xKaren");
    edit_set(edit, "Karen");
    press(edit, TK_DELETE);
    assert_string_equal(edit_text(edit), "");
    press(edit, TK_CTRL('U'));
    assert_string_equal(edit_text(edit), "Karen");
}

static void test_undo(void **state)
{
    struct edit *edit = *state;

    assert_false(press(edit, TK_CTRL('U')));
    type(edit, "one");
    press(edit, TK_HOME);
    type(edit, "two ");
    paste(edit, "three ");
    assert_string_equal(edit_text(edit), "two three one");
    press(edit, TK_CTRL('U'));
    assert_string_equal(edit_text(edit), "two one");
    press(edit, TK_CTRL('U'));
    assert_string_equal(edit_text(edit), "one");
    press(edit, TK_CTRL('R'));
    press(edit, TK_CTRL('R'));
    assert_string_equal(edit_text(edit), "two three one");
    assert_false(press(edit, TK_CTRL('R')));
    press(edit, TK_CTRL('U'));
    press(edit, TK_CTRL('U'));
    press(edit, TK_CTRL('U'));
    assert_string_equal(edit_text(edit), "");
    assert_false(press(edit, TK_CTRL('U')));
    type(edit, "x");
    assert_false(press(edit, TK_CTRL('R')));
}

static void test_undo_is_bounded(void **state)
{
    struct edit *edit = *state;
    int steps = 0;

    for (int i = 0; i < 500; i++)
        paste(edit, "x");
    while (press(edit, TK_CTRL('U')))
        steps++;
    assert_true(steps >= 50 && steps < 500);
    assert_string_equal(edit_text(edit), ""); /* the beginning is never forgotten */
    while (press(edit, TK_CTRL('R')))
        ;
    assert_int_equal(strlen(edit_text(edit)), 500);
}

static void test_paste(void **state)
{
    struct edit *edit = *state;

    paste(edit, "Pen" COMBINING_TILDE "a\nMart\xC3\xAD\tz");
    assert_string_equal(edit_text(edit), "Peña Martí z");
    assert_false(edit_insert(edit, "\xC3", EDIT_PASTED));
    assert_string_equal(edit_text(edit), "Peña Martí z");
}

static void test_limit(void **state)
{
    struct edit *edit = *state;

    edit->max = 5;
    type(edit, "abcñ");
    assert_string_equal(edit_text(edit), "abcñ");
    type(edit, "x");
    assert_string_equal(edit_text(edit), "abcñ");
    assert_true(edit->full);
    paste(edit, "many more");
    assert_string_equal(edit_text(edit), "abcñ");
    assert_true(edit->full);
    press(edit, TK_BACKSPACE);
    assert_false(edit->full);
    paste(edit, "éx"); /* of a paste what finds room, and never half a letter */
    assert_string_equal(edit_text(edit), "abcé");
    assert_true(edit->full);
    press(edit, TK_CTRL('U'));
    assert_string_equal(edit_text(edit), "abc");
}

/* What is put between the halves of a flag takes one of them: the cursor is never within. */
static void test_cursor_between_letters(void **state)
{
    struct edit *edit = *state;

    type(edit, "\xF0\x9F\x87\xAD\xF0\x9F\x87\xB3");
    press(edit, TK_HOME);
    type(edit, "\xF0\x9F\x87\xAC");
    assert_int_equal(edit->at, 8);
    edit_set(edit, COMBINING_TILDE "a");
    press(edit, TK_HOME);
    type(edit, "n");
    assert_string_equal(edit_text(edit), "ña");
    assert_int_equal(edit->at, 2);
}

static void test_hostile_value(void **state)
{
    struct edit *edit = *state;

    edit_set(edit, "a\x1B[2J\xFF");
    assert_true(text_valid(edit_text(edit), strlen(edit_text(edit))));
    press(edit, TK_END);
    for (int i = 0; i < 20; i++)
        press(edit, TK_BACKSPACE);
    assert_string_equal(edit_text(edit), "");
}

static void test_words(void **state)
{
    struct edit *edit = *state;

    edit_set(edit, "de la Peña");
    press(edit, TK_WORD_RIGHT);
    assert_int_equal(edit->at, 2);
    press(edit, TK_WORD_RIGHT);
    press(edit, TK_WORD_LEFT);
    assert_int_equal(edit->at, 3);
}

static void test_scrolling(void **state)
{
    struct edit *edit = *state;

    type(edit, "0123456789");
    edit_scroll(edit, WIDTH);
    assert_int_equal(edit->view, 0);
    type(edit, "a");
    edit_scroll(edit, WIDTH);
    assert_true(edit->view > 0);
    assert_true(edit->at - edit->view <= WIDTH);
    size_t view = edit->view;
    type(edit, "b");
    edit_scroll(edit, WIDTH);
    assert_int_equal(edit->view, view);
    press(edit, TK_HOME);
    edit_scroll(edit, WIDTH);
    assert_int_equal(edit->view, 0);
    press(edit, TK_END);
    edit_set(edit, "x");
    edit_scroll(edit, WIDTH);
    assert_int_equal(edit->view, 0);
}

static void test_resume(void **state)
{
    struct edit *edit = *state;

    edit_set(edit, "añb");
    edit_resume(edit, 2); /* within ñ: before it */
    assert_int_equal(edit->at, 1);
    type(edit, "x");
    assert_string_equal(edit_text(edit), "axñb");
    edit_resume(edit, 99);
    assert_int_equal(edit->at, strlen("axñb"));
}

static void test_lines(void **state)
{
    struct edit *edit = *state;
    int row;
    int col;

    type(edit, "one two three four");
    assert_int_equal(edit_rows(edit, WIDTH), 2);
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 10);
    assert_true(press(edit, TK_UP));
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 0);
    assert_int_equal(col, 7);
    assert_false(press(edit, TK_UP));
    press(edit, TK_END);
    press(edit, TK_NEWLINE);
    assert_string_equal(edit_text(edit), "one two\n three four");
    press(edit, TK_LAST);
    press(edit, TK_DOWN);
    press(edit, TK_END);
    press(edit, TK_NEWLINE);
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(col, 0);
    assert_int_equal(edit_rows(edit, WIDTH), row + 1);
    assert_false(press(edit, TK_DOWN));
}

/* Up and Down keep to the column they began in, through shorter lines and broken words. */
static void test_column(void **state)
{
    struct edit *edit = *state;
    int row;
    int col;

    paste(edit, "12345678\nab\n12345678901234567890");
    for (int i = 0; i < 2; i++)
        press(edit, TK_UP);
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 2);
    press(edit, TK_UP);
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 0);
    assert_int_equal(col, 8);
    press(edit, TK_LEFT);
    press(edit, TK_DOWN);
    press(edit, TK_DOWN);
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 7);
    press(edit, TK_END);
    press(edit, TK_END); /* of a word that goes on in the next line: before its last letter */
    edit_place(edit, WIDTH, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 9);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_typing),
        TEST(test_accent_joins),
        TEST(test_whole_clusters),
        TEST(test_first_key),
        TEST(test_undo),
        TEST(test_undo_is_bounded),
        TEST(test_paste),
        TEST(test_limit),
        TEST(test_cursor_between_letters),
        TEST(test_hostile_value),
        TEST(test_words),
        TEST(test_scrolling),
        TEST(test_resume),
        cmocka_unit_test_setup_teardown(test_lines, start_lines, stop),
        cmocka_unit_test_setup_teardown(test_column, start_lines, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
