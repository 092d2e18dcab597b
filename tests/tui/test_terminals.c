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
    };
    return cmocka_run_group_tests(tests, make, drop);
}
