/* SPDX-License-Identifier: MIT */
/*
 * What the terminal itself decides: whether it can be worked with at all, how screens look on it,
 * and that it is given back as it was.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/tour.h"

static struct tour tour;

static const char *const no_color[] = {"NO_COLOR=1", NULL};

/* One that stands at the work list, unlocked. */
static struct child *at_home(void)
{
    struct child *child = tour_start(&tour, NULL, NULL);

    tour_unlock(child);
    expect_true(child, tour_home(child));
    return child;
}

/* ---- a terminal of no use ---- */

static void test_unknown(void **state)
{
    static const char *const terms[] = {"dumb", "no-such-terminal", ""};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(terms); i++) {
        struct child *child = tour_start(&tour, &(struct child_options){.term = terms[i]}, NULL);
        expect_exit(child, 1);
        expect_text(child, "amparo: the terminal type");
        expect_text(child, "--linear");
        expect_true(child, !emulator_is_alternate(child_screen(child)));
        child_free(child);
    }
}

/* ---- how it looks ---- */

/* Attributes that stand anywhere on the screen. */
static unsigned all_attributes(const struct child *child)
{
    const struct emulator *screen = child_screen(child);
    unsigned all = 0;

    for (int row = 0; row < emulator_rows(screen); row++)
        for (int col = 0; col < emulator_cols(screen); col++)
            all |= emulator_attributes(screen, row, col);
    return all;
}

/* A form with a heading, something offered, and an error. */
static unsigned looks_on(const char *term, const char *line, const char *const *env)
{
    struct child_options options = {.term = term, .env = env};
    struct child *child = tour_start(&tour, &options, line);

    tour_unlock(child);
    expect_true(child, tour_home(child)); /* past what was left unfinished */
    child_type(child, "n\x1B[1;5H\tnobody of the list\t");
    expect_text(child, "error: ");
    expect_text(child, "offered"); /* dim would not tell */
    unsigned looks = all_attributes(child);
    child_kill(child, SIGKILL);
    child_free(child);
    return looks;
}

static void test_looks(void **state)
{
    (void)state;
    assert_int_equal(looks_on(NULL, NULL, NULL), CELL_BOLD | CELL_COLOUR);
    assert_int_equal(looks_on(NULL, NULL, no_color), 0);
    assert_int_equal(looks_on(NULL, "--line=slow", NULL), 0);
    assert_int_equal(looks_on("vt220", NULL, NULL), 0);
    assert_int_equal(looks_on("vt220", "--line=fast", NULL), CELL_BOLD);
    assert_int_equal(looks_on(NULL, "--line=fast", no_color), CELL_BOLD);
    assert_int_equal(looks_on("linux", NULL, NULL), CELL_BOLD | CELL_COLOUR);
}

/* ---- given back ---- */

static void leave_by_keys(struct child *child)
{
    child_type(child, "q");
}

static void leave_locked(struct child *child)
{
    child_press(child, CTRL('X'));
    child_press(child, PRESS_F12);
}

static void terminate(struct child *child)
{
    child_kill(child, SIGTERM);
}

static void crash(struct child *child)
{
    child_kill(child, SIGSEGV);
}

static void call_off(struct child *child)
{
    child_kill(child, SIGABRT);
}

/* Nothing of it stays: modes of the line, brackets, the other screen, what stood there. */
static void expect_given_back(const char *term, void (*leave)(struct child *child))
{
    struct child *child = tour_start(&tour, &(struct child_options){.term = term}, NULL);
    struct termios during = child_modes(child);

    expect_true(child, !(during.c_lflag & (ICANON | ECHO)) && (during.c_lflag & ISIG));
    expect_true(child, during.c_iflag & IXON); /* Ctrl-S stops a serial line */
    expect_true(child, emulator_brackets(child_screen(child)));
    tour_unlock(child);
    expect_true(child, tour_home(child));
    leave(child);
    child_wait(child);
    struct termios after = child_modes(child);
    expect_true(child, (after.c_lflag & ICANON) && (after.c_lflag & ECHO));
    expect_true(child, (after.c_iflag & ICRNL) && (after.c_oflag & ONLCR) && after.c_cc[VQUIT]);
    expect_true(child, !emulator_brackets(child_screen(child)));
    expect_true(child, !emulator_is_alternate(child_screen(child)));
    expect_true(child, emulator_cursor_visible(child_screen(child)));
    expect_no_text(child, "HN-2026");
    child_free(child);
}

static void test_given_back(void **state)
{
    static const char *const terms[] = {"xterm-256color", "vt220", "linux", "tmux-256color"};
    static void (*const leave[])(struct child * child) = {leave_by_keys, leave_locked, terminate,
                                                          crash, call_off};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(leave); i++)
        expect_given_back(terms[i % ARRAY_SIZE(terms)], leave[i]);
    expect_given_back("vt220", crash);
}

/* ---- a line that Ctrl-S has stopped ---- */

#define STOP "\x13"
#define START "\x11"
#define LOCK "\x18"
#define ANSWER "\x1B[0n"
#define INTERRUPT "\x03"
#define STOP_PROGRAM "\x1A"

/* What is typed is taken and kept all the while, and stands there when the line goes on. */
static void test_stopped_line(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_type(child, STOP);
    size_t before = child_bytes(child);
    child_type(child, "n");
    child_type(child, "\x1B[1;5H\t");
    child_type(child, "A land");
    expect_true(child, child_bytes(child) == before);
    child_type(child, START);
    expect_text(child, "Intake 1");
    expect_text(child, ">Where now       A land");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* Who ends it, or locks it, does not wait for Ctrl-Q; nothing of a case stays on the screen. */
static void test_end_of_stopped_line(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_type(child, STOP);
    child_press(child, CTRL('X'));
    expect_await(child, "Locked");
    expect_no_text(child, "HN-2026");
    tour_unlock(child);
    expect_text(child, "HN-2026");
    child_type(child, STOP "x");
    child_kill(child, SIGTERM);
    expect_exit(child, 0);
    expect_true(child, !emulator_is_alternate(child_screen(child)));
    expect_no_text(child, "HN-2026");
    child_free(child);
}

/* ---- a terminal that answers no more ---- */

/* It is waited for twice, two seconds each, and no more after that. */
static void test_falls_silent(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_fall_silent(child);
    child_type(child, "/");
    expect_text(child, "Search"); /* painted, and asked for */
    child_press(child, PRESS_F12);
    expect_text(child, "Search"); /* waits for the answer */
    expect_await(child, "Due");
    child_type(child, "/");
    expect_await(child, "Search");
    child_press(child, PRESS_F12);
    expect_text(child, "Due"); /* at once */
    child_type(child, "/");
    expect_text(child, "Search");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* The answer comes behind the key that locks: with it, what was waited for is there. */
static void test_answer_behind_the_lock(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_fall_silent(child);
    child_type(child, "/");
    expect_text(child, "Search"); /* painted, and asked for */
    child_type(child, LOCK ANSWER);
    expect_text(child, "Locked; all is kept.");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* What must be read is not answered by a key typed before it was shown, though an answer to an
 * earlier question came in between. */
static void test_key_between_two_answers(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_type(child, "n");
    child_fall_silent(child);
    child_resize(child, 24, 100); /* painted, and asked for */
    child_press(child, PRESS_F2);
    child_type(child, ANSWER "e");
    child_type(child, ANSWER);
    expect_text(child, "another look");
    child_resize(child, 24, 80);
    expect_text(child, "another look");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* ---- sizes ---- */

/* The text of the screen and where the cursor is. */
static char *shown(const struct child *child)
{
    int row, col;
    char *text = emulator_text(child_screen(child));

    emulator_cursor(child_screen(child), &row, &col);
    char *all = xasprintf("%s%d %d", text, row, col);
    free(text);
    return all;
}

#define F1 "\x1B\x31"
#define F4 "\x1B\x34"
#define PALETTE "\x10"

/* What one is in the midst of, from the work list. */
static const struct moment {
    const char *name, *keys, *then, *shows; /* what comes then is typed when all is at rest */
} moments[] = {
    {"a field half typed", "n\x1B[1;5H\tsomewh", "", ">Where now       somewh"},
    {"in the midst of its text", "n\x1B[1;5H\tsomewhere\x1B[D\x1B[D", "", "somewhere"},
    {"a list of codes", "n\x1B[1;5H\thon", "", "Honduras"},
    {"all codes", "n\x1B[1;5H\t", F4 "\x1B[B\x1B[B", "Belize"},
    {"a jump", "n\x1B[1;5H=off", "", "Jump to"},
    {"a list", "/\x1B[B\x1B[B\x1B[B", "", "HN-2026"},
    {"a search", "/ramir", "", "RAM"},
    {"help", "?", "", "Today"},
    {"the palette", PALETTE "find", "", "find"},
    {"a question", "/rami\rt", "2026-11", "2026-11"},
    {"help on a field", "n" F1, "", "Our role"},
};

/* A resize draws the same anew: the same cell, the same text, and back the same screen. */
static void test_resized_at_any_moment(void **state)
{
    static const int sizes[][2] = {{12, 40}, {60, 200}, {3, 12}, {20, 60}, {1, 1}, {50, 132}};
    struct child *child = tour_start(&tour, NULL, NULL);

    (void)state;
    tour_unlock(child);
    for (size_t i = 0; i < ARRAY_SIZE(moments); i++) {
        expect_true(child, tour_home(child));
        child_type(child, moments[i].keys);
        child_type(child, moments[i].then);
        expect_text(child, moments[i].shows);
        char *before = shown(child);
        for (size_t size = 0; size < ARRAY_SIZE(sizes); size++)
            child_resize(child, sizes[size][0], sizes[size][1]);
        child_resize(child, 6, 12);
        expect_row(child, 0, "The window");
        child_resize(child, 24, 80);
        char *after = shown(child);
        if (strcmp(before, after) != 0) {
            print_error("%s, before it was resized:\n%s\n", moments[i].name, before);
            expect_true(child, strcmp(before, after) == 0);
        }
        free(before);
        free(after);
    }
    child_kill(child, SIGKILL);
    child_free(child);
}

/* Ctrl-C and Ctrl-Z do what they do after what was typed before them, and none of that is lost. */
static void test_interrupted_typing(void **state)
{
    struct child *child = at_home();

    (void)state;
    child_type(child, "n\x1B[1;5H\tsomewhere" INTERRUPT);
    expect_true(child, tour_is_home(child));
    child_type(child, "u");
    expect_text(child, "Unfinished");
    child_press(child, PRESS_HOME);
    child_press(child, PRESS_ENTER);
    expect_text(child, "somewhere");
    child_type(child, "\x1B[1;5H\tor other" STOP_PROGRAM);
    expect_text(child, "Locked; all is kept.");
    tour_unlock(child);
    expect_text(child, "or other");
    child_kill(child, SIGKILL);
    child_free(child);
}

/* The passphrase that is being typed is still there. */
static void test_resized_at_unlock(void **state)
{
    struct child *child = tour_start(&tour, NULL, NULL);

    (void)state;
    child_type(child, "sin sec");
    child_resize(child, 12, 40);
    child_send_size(child, 50, 132);
    child_type(child, "retos\r");
    child_send_size(child, 20, 60); /* while it works at the key */
    child_rest(child);
    expect_true(child, tour_home(child));
    child_kill(child, SIGKILL);
    child_free(child);
}

/* While the terminal still owes an answer for the paint before: it never gives one here. */
static void test_resized_before_answer(void **state)
{
    struct child *child = tour_start(&tour, &(struct child_options){.mute = true}, NULL);

    (void)state;
    child_send_size(child, 30, 100);
    tour_unlock(child);
    expect_await(child, "Unfinished"); /* from the tests before; it comes after the silence */
    expect_true(child, tour_home(child));
    child_send_size(child, 12, 40);
    child_type(child, "/");
    expect_await(child, "Search");
    child_resize(child, 24, 80);
    expect_text(child, "Search");
    expect_row_has(child, 23, "Enter open"); /* at the foot of the new size */
    child_kill(child, SIGKILL);
    child_free(child);
}

/* ---- all together ---- */

static int make(void **state)
{
    (void)state;
    tour_make(&tour);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    tour_release(&tour);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_given_back),
        cmocka_unit_test(test_stopped_line),
        cmocka_unit_test(test_end_of_stopped_line),
        cmocka_unit_test(test_falls_silent),
        cmocka_unit_test(test_answer_behind_the_lock),
        cmocka_unit_test(test_key_between_two_answers),
        cmocka_unit_test(test_resized_at_any_moment),
        cmocka_unit_test(test_interrupted_typing),
        cmocka_unit_test(test_resized_at_unlock),
        cmocka_unit_test(test_resized_before_answer),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
