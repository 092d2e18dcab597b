/* SPDX-License-Identifier: MIT */
/*
 * What others on the machine can see of a running program (its arguments, its environment, its
 * limits), and what it leaves behind on the terminal and in the folder of its state.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/office.h"

static struct test_post post;

/* What nobody but the officer is to see. */
static const char *const personal[] = {POST_PASSPHRASE, POST_OFFICER, "NÚÑEZ",
                                       "a bed for the night", "HNTGU-"};

static struct buf read_whole(const char *path)
{
    struct buf bytes = BUF_INIT;
    char part[4096];
    size_t size;
    FILE *in = fopen(path, "re");

    assert_non_null(in);
    while ((size = fread(part, 1, sizeof part, in)) > 0)
        buf_add(&bytes, part, size);
    fclose(in);
    return bytes;
}

static void expect_nothing_personal(const char *path)
{
    struct buf bytes = read_whole(path);

    for (size_t i = 0; i < ARRAY_SIZE(personal); i++)
        if (memmem(bytes.data, bytes.size, personal[i], strlen(personal[i])))
            fail_msg("%s holds %s", path, personal[i]);
    buf_release(&bytes);
}

/* ---- the process ---- */

static void look_at_process(const struct child *child)
{
    static const char no_core[] = "Max core file size        0                    0  ";
    static const char *const files[] = {"cmdline", "status", "comm", "environ"};
    size_t readable = ARRAY_SIZE(files) - (geteuid() != 0); /* the last one by root alone */
    char path[64];

    for (size_t i = 0; i < readable; i++) {
        snprintf(path, sizeof path, "/proc/%d/%s", (int)child_pid(child), files[i]);
        expect_nothing_personal(path);
    }
    snprintf(path, sizeof path, "/proc/%d/limits", (int)child_pid(child));
    struct buf limits = read_whole(path);
    assert_non_null(strstr(buf_text(&limits), no_core));
    buf_release(&limits);
}

static void test_process(void **state)
{
    (void)state;
    struct child *child = office_unlocked(&post, NULL);

    office_begin_need(child);
    child_type(child, "a bed for the night");
    child_press(child, PRESS_TAB);
    look_at_process(child);
    child_press(child, CTRL('X'));
    expect_text(child, "Locked; all is kept.");
    look_at_process(child);
    post_unlock(child);
    look_at_process(child);
    office_leave(child);
}

/* ---- the terminal ---- */

static void expect_clean(struct child *child)
{
    for (size_t i = 0; i < ARRAY_SIZE(personal); i++)
        expect_no_text(child, personal[i]);
    expect_true(child, !emulator_is_alternate(child_screen(child)));
    expect_true(child, emulator_titles(child_screen(child)) == 0);
}

/* Also where programs have no screen of their own, and the last one would stay. */
static void test_terminal(void **state)
{
    (void)state;
    static const char *const terminals[] = {"xterm-256color", "vt220", "linux"};

    for (size_t i = 0; i < ARRAY_SIZE(terminals); i++) {
        const struct child_options options = {.term = terminals[i]};
        struct child *child = office_unlocked(&post, &options);
        office_open_case(child);
        expect_text(child, "NÚÑEZ");
        office_end(child);
        expect_clean(child);
        child_free(child);
    }
}

/* ---- the state ---- */

static unsigned mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

/* All for its owner's eyes, and nothing personal: the path of the last file, labels of slots. */
static void test_state(void **state)
{
    (void)state;
    struct child *child = office_unlocked(&post, NULL);
    char *folder = scratch_path(post.home, ".local/state/amparo");
    bool has_last = false;

    office_open_case(child);
    office_leave(child);
    assert_int_equal(mode_of(folder), 0700);
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (const struct dirent *one; (one = readdir(entries));) {
        if (one->d_name[0] == '.')
            continue;
        char *path = scratch_path(folder, one->d_name);
        has_last |= strcmp(one->d_name, "last") == 0;
        assert_int_equal(mode_of(path), 0600);
        expect_nothing_personal(path);
        free(path);
    }
    closedir(entries);
    assert_true(has_last);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_process),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_state),
    };

    office_make(&post);
    int failed = cmocka_run_group_tests_name("hygiene", tests, NULL, NULL);
    post_release(&post);
    return failed;
}
