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

/* What is typed is taken and kept all the while, and stands there when the line goes on. */
static void test_stopped_line(void **state)
{
    struct child *child = tour_start(&tour, NULL, NULL);

    (void)state;
    tour_unlock(child);
    expect_true(child, tour_home(child));
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
    struct child *child = tour_start(&tour, NULL, NULL);

    (void)state;
    tour_unlock(child);
    expect_true(child, tour_home(child));
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
    };
    return cmocka_run_group_tests(tests, make, drop);
}
