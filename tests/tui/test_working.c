/* SPDX-License-Identifier: MIT */
/*
 * Work that takes long: what is said of it, that Esc gives it up, and that other keys wait. The
 * clock of the program hurries, so that little work is long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/office.h"

#define ESC                                                                                        \
    "\x1B"                                                                                         \
    "0"

static struct test_post post;

/* At the question of which year the statistics are to be. */
static struct child *start(int line_speed)
{
    char *preload = xasprintf("LD_PRELOAD=%s/tests/harness/hurry.so", getenv("AMPARO_BUILD"));
    const char *env[] = {preload, "AMPARO_HURRY=70", NULL};
    struct child *child = office_unlocked(
        &post, &(struct child_options){.home = post.home, .env = env, .line_speed = line_speed});

    child_type(child, "r");
    child_type(child, "s");
    expect_text(child, "which year");
    free(preload);
    return child;
}

static void send(struct child *child, const char *keys)
{
    child_send(child, keys, strlen(keys));
    child_rest(child);
}

/* It says what it is and how far, for as long as it takes. */
static void says_how_far_it_is(void **state)
{
    (void)state;
    struct child *child = start(400);
    child_send(child, "\r", 1);
    expect_at_work(child, "Statistics: ");
    child_rest(child);
    expect_row_has(child, 0, "Statistics");
    expect_no_text(child, "Esc gives it up");
    office_leave(child);
}

/* Esc gives it up, wherever it stands among the keys; nothing is shown of what was half done. */
static void is_given_up_by_escape(void **state)
{
    (void)state;
    struct child *child = start(0);
    send(child, "\r" ESC);
    expect_text(child, "Statistics: given up; nothing has changed.");
    expect_row_has(child, 0, "Meetings");
    child_type(child, "s");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Statistics");
    office_leave(child);
}

/* What is typed ahead is meant for what comes. */
static void other_keys_wait(void **state)
{
    (void)state;
    struct child *child = start(0);
    send(child, "\r/words");
    expect_text(child, "Which words?");
    expect_cursor_on(child, "words");
    office_leave(child);
}

/* A line that is lost ends the work and the program; where one was is offered again. */
static void a_lost_line_ends_it(void **state)
{
    (void)state;
    struct child *child = start(0);
    child_send(child, "\r", 1);
    child_hang_up(child);
    child_wait(child);
    child_free(child);
    child = office_unlocked(&post, NULL);
    expect_row_has(child, 0, "Unfinished");
    office_leave(child);
}

static int make(void **state)
{
    (void)state;
    office_make(&post);
    /* Some cases more, for some steps of work. */
    for (int i = 0; i < 12; i++)
        if (post_run(&post,
                     "{\"role\":\"requesting\",\"receiving_state\":\"AE\",\"priority\":\"routine\","
                     "\"source\":\"phone\"}",
                     NULL,
                     (const char *const[]){"record", post.file, "new", "open", "-", NULL}) != 0)
            return -1;
    return 0;
}

static int drop(void **state)
{
    (void)state;
    post_release(&post);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_how_far_it_is),
        cmocka_unit_test(is_given_up_by_escape),
        cmocka_unit_test(other_keys_wait),
        cmocka_unit_test(a_lost_line_ends_it),
    };

    return cmocka_run_group_tests_name("long work", tests, make, drop);
}
