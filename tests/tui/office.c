/* SPDX-License-Identifier: MIT */
#include "tests/tui/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"

const char *office_reference(void)
{
    static char reference[32];
    time_t now = time(NULL);

    if (!*reference)
        snprintf(reference, sizeof reference, "HNTGU-%d-0001", gmtime(&now)->tm_year + 1900);
    return reference;
}

/* ---- making it ---- */

static void record(const struct test_post *post, const char *reference, const char *act,
                   const char *payload)
{
    const char *const argv[] = {"record", post->file, reference, act, "-", NULL};

    if (post_run(post, payload, NULL, argv) != 0)
        fail_msg("%s was not recorded", act);
}

void office_make(struct test_post *post)
{
    post_make(post);
    record(post, "new", "open",
           "{\"role\":\"requesting\",\"receiving_state\":\"AE\",\"priority\":\"routine\","
           "\"source\":\"phone\"}");
    record(post, office_reference(), "person",
           "{\"person\":1,\"surname_1\":\"NÚÑEZ\",\"given_names\":\"Óscar\",\"nationalities\":"
           "[{\"state\":\"HN\",\"proof\":\"passport\"}]}");
    char *path = scratch_path(post->folder, "passphrase");
    scratch_write(path, OTHER_PASSPHRASE "\n", strlen(OTHER_PASSPHRASE) + 1);
    assert_int_equal(post_run(post, NULL, NULL,
                              (const char *const[]){"officer", post->file, "add", OTHER_OFFICER,
                                                    "--role", "officer", "--slow-machine",
                                                    "--new-passphrase-file", path, NULL}),
                     0);
    free(path);
}

/* ---- working in it ---- */

struct child *office_unlocked(const struct test_post *post, const struct child_options *options)
{
    struct child *child = post_start(post, options);

    post_unlock(child);
    return child;
}

void office_open_case(struct child *child)
{
    /* The program before was cut off somewhere. */
    if (emulator_find(child_screen(child), "Unfinished") == 0)
        child_press(child, PRESS_F12);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, office_reference());
}

void office_begin_need(struct child *child)
{
    office_open_case(child);
    child_type(child, "4n");
    expect_row_has(child, 0, "need");
    child_type(child, "shelter");
    child_press(child, PRESS_ENTER);
    child_type(child, "now");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Detail");
}

void office_end(struct child *child)
{
    for (int i = 0; i < 8 && !child_has_ended(child); i++)
        child_press(child, PRESS_F12);
    expect_exit(child, 0);
}

void office_leave(struct child *child)
{
    office_end(child);
    child_free(child);
}

void office_expect_unfinished(const struct test_post *post, const char *text)
{
    struct child *child = office_unlocked(post, NULL);

    expect_row_has(child, 0, "Unfinished");
    child_press(child, PRESS_ENTER);
    expect_text(child, text);
    office_leave(child);
}

json_t *office_acts(const struct test_post *post)
{
    return post_acts(post, office_reference());
}

size_t office_count_acts(const struct test_post *post)
{
    json_t *acts = office_acts(post);
    size_t count = json_array_size(acts);

    json_decref(acts);
    return count;
}

void office_unlock_other(struct child *child)
{
    child_type(child, OTHER_PASSPHRASE);
    child_press(child, PRESS_ENTER);
}

struct child *office_unlocked_by_other(const struct test_post *post)
{
    struct child *child = post_start(post, NULL);

    office_unlock_other(child);
    return child;
}

/* ---- its disk ---- */

rlim_t office_no_room(const struct test_post *post)
{
    char *log = xasprintf("%s-wal", post->file);
    struct stat about;

    assert_int_equal(stat(log, &about), 0);
    assert_true(about.st_size > 20000);
    free(log);
    return (rlim_t)about.st_size;
}

void office_set_room(const struct child *child, rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};

    assert_int_equal(prlimit(child_pid(child), RLIMIT_FSIZE, &limit, NULL), 0);
}

struct child *office_start_on_disk(const struct test_post *post)
{
    const char *const argv[] = {"/bin/sh",        "-c",       "trap '' XFSZ; exec \"$0\" \"$1\"",
                                getenv("AMPARO"), post->file, NULL};
    const struct child_options options = {.home = post->home};
    struct child *child = expect_start(&options, argv);

    post_unlock(child);
    return child;
}
