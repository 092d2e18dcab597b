/* SPDX-License-Identifier: MIT */
/*
 * The linear face on a terminal (in pipes: linear.t): what is typed as a passphrase is not shown,
 * a lock takes what was printed off the screen, Ctrl-C goes back, Ctrl-Z locks and stops.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/store.h"
#include "tests/harness/expect.h"
#include "tests/tui/office.h"

static struct test_post before; /* each test works on a copy */

static int copy_post(void **state)
{
    struct test_post *post = xcalloc(1, sizeof *post);

    post_copy(post, &before);
    *state = post;
    return 0;
}

static int drop_post(void **state)
{
    post_release(*state);
    free(*state);
    return 0;
}

/* A line, ended by the key that a terminal makes a newline of. */
static void line(struct child *child, const char *text)
{
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

static struct child *start(const struct test_post *post)
{
    const char *const argv[] = {NULL, "--linear", post->file, NULL};
    const struct child_options options = {.term = "dumb", .home = post->home};
    struct child *child = expect_start(&options, argv);

    expect_cursor_on(child, "Passphrase:");
    return child;
}

static struct child *unlocked(const struct test_post *post)
{
    struct child *child = start(post);

    line(child, POST_PASSPHRASE);
    expect_await(child, "Today>");
    return child;
}

static void test_passphrase_is_not_shown(void **state)
{
    struct child *child = start(*state);

    child_type(child, POST_PASSPHRASE);
    expect_no_text(child, "honest");
    child_press(child, PRESS_ENTER);
    expect_await(child, "Today>");
    expect_no_text(child, "honest");
    line(child, "what is typed here");
    expect_text(child, "Today> what is typed here"); /* and after it all is shown again */
    line(child, "quit");
    expect_exit(child, 0);
    child_free(child);
}

static void test_lock(void **state)
{
    struct child *child = unlocked(*state);

    line(child, "find");
    expect_text(child, "N\xC3\x9A\xC3\x91"
                       "EZ");
    line(child, ":lock");
    expect_await(child, "Locked; all is kept");
    expect_no_text(child, "EZ");
    expect_no_text(child, office_reference());
    line(child, POST_PASSPHRASE);
    expect_await(child, "Search:");
    line(child, ":quit");
    expect_exit(child, 0);
    child_free(child);
}

/* Nobody types for a while: it locks by itself, and the passphrase goes on at the same question. */
static void test_lock_when_idle(void **state)
{
    const struct test_post *post = *state;
    struct passphrase key = {POST_PASSPHRASE, strlen(POST_PASSPHRASE)};
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(post->file, NULL, key, 0, &store, &err) ||
        !store_set_setting(store, "lock_after", "4", &err))
        fail_msg("%s", error_text(&err));
    store_close(store);
    struct child *child = unlocked(post);
    child_type(child, "new\r=Reported by\rA neighbour of NI\r");
    expect_await(child, "Locked; all is kept");
    expect_no_text(child, "neighbour");
    line(child, POST_PASSPHRASE);
    expect_await(child, "Their relation");
    child_free(child);
}

static void test_signals(void **state)
{
    struct child *child = unlocked(*state);

    line(child, "find");
    expect_cursor_on(child, "Search:");
    child_press(child, CTRL('C'));
    expect_cursor_on(child, "Today>");
    child_hang_up(child);
    assert_true(child_wait(child) == 0);
    child_free(child);
}

/* What was said of a form is in the file when the terminal goes. */
static void test_hang_up_keeps(void **state)
{
    struct test_post *post = *state;
    struct child *child = unlocked(post);

    line(child, "find");
    line(child, "1");
    line(child, "4");
    line(child, "n");
    line(child, "=Detail");
    line(child, "Blankets, and milk");
    child_hang_up(child);
    child_wait(child);
    child_free(child);
    office_expect_unfinished(post, "Blankets, and milk");
}

static int make_office(void **state)
{
    (void)state;
    office_make(&before);
    return 0;
}

static int release_office(void **state)
{
    (void)state;
    post_release(&before);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_passphrase_is_not_shown, copy_post, drop_post),
        cmocka_unit_test_setup_teardown(test_lock, copy_post, drop_post),
        cmocka_unit_test_setup_teardown(test_lock_when_idle, copy_post, drop_post),
        cmocka_unit_test_setup_teardown(test_signals, copy_post, drop_post),
        cmocka_unit_test_setup_teardown(test_hang_up_keeps, copy_post, drop_post),
    };
    return cmocka_run_group_tests_name("linear", tests, make_office, release_office);
}
