/* SPDX-License-Identifier: MIT */
/*
 * From the screen to a printing system by keys: the cupsd of the harness, whose queues write files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/cups.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"

#define CASE "HNTGU-2026-0001"

static struct cups *cups;
static struct test_post post;

/* The program, at the summary of the case. */
static struct child *at_the_summary(void)
{
    char *tmp = xasprintf("TMPDIR=%s/tmp", post.folder);
    const struct child_options options = {
        .env = (const char *const[]){cups_environment(cups), tmp, NULL}};
    struct child *child = post_start(&post, &options);

    free(tmp);
    post_unlock(child);
    child_type(child, "/" CASE);
    child_press(child, PRESS_ENTER);
    child_type(child, "p");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Summary of the case");
    return child;
}

static void test_to_a_queue(void **state)
{
    struct cups_job job;
    struct child *child = at_the_summary();
    (void)state;

    child_type(child, "p");
    child_type(child, "matrix");
    child_press(child, PRESS_ENTER);
    expect_await(child, "Handed to the printer"); /* lp ends in its own time */
    assert_true(cups_take(cups, &job));
    assert_string_equal(job.queue, "matrix");
    assert_int_equal(job.copies, 1);
    assert_non_null(strstr(buf_text(&job.paper), "Case summary"));
    cups_job_release(&job);
    child_free(child);
}

static int setup(void **state)
{
    static const struct {
        const char *act, *payload;
    } acts[] = {
        {"open", "{\"role\": \"requesting\", \"receiving_state\": \"AE\", \"priority\": "
                 "\"urgent\", \"source\": \"phone\"}"},
        {"person", "{\"person\": 1, \"surname_1\": \"QUEZADA\", \"given_names\": \"Nahún "
                   "Édgar\", \"nationalities\": [{\"state\": \"HN\", \"proof\": "
                   "\"passport\"}]}"},
    };
    (void)state;
    cups = cups_start();
    post_make(&post);
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
        assert_int_equal(post_run(&post, acts[i].payload, NULL,
                                  (const char *const[]){"record", post.file, i ? CASE : "new",
                                                        acts[i].act, "-", NULL}),
                         0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    post_release(&post);
    cups_stop(cups);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_a_queue),
    };

    if (cups_missing()) {
        printf("1..0 # SKIP %s\n", cups_missing());
        return 0;
    }
    return cmocka_run_group_tests_name("printing", tests, setup, teardown);
}
