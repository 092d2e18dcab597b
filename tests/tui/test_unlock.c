/* SPDX-License-Identifier: MIT */
/*
 * Unlocking: the key derivation goes on in a thread, the screen stays alive, and what is typed
 * meanwhile waits for the screen that comes. Here an officer's derivation is slow.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/vault/inside.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"

#define SLOW_OFFICER "Eva PAZ"
#define SLOW_PASSPHRASE "a passphrase that takes its time"

static const struct kdf_cost slow = {10, 64 << 10};

static struct test_post post;

static void add_slow_officer(void)
{
    struct error err = ERROR_INIT;
    struct passphrase ana = {POST_PASSPHRASE, strlen(POST_PASSPHRASE)};
    struct passphrase eva = {SLOW_PASSPHRASE, strlen(SLOW_PASSPHRASE)};
    struct store *store;

    if (!store_open(post.file, NULL, ana, 0, &store, &err))
        fail_msg("%s", error_text(&err));
    store->vault->cost = slow;
    if (!store_add_officer(store, SLOW_OFFICER, ROLE_OFFICER, eva, &err))
        fail_msg("%s", error_text(&err));
    store_close(store);
}

static size_t threads(const struct child *child)
{
    char path[64];
    size_t count = 0;

    snprintf(path, sizeof path, "/proc/%d/task", (int)child_pid(child));
    DIR *tasks = opendir(path);
    assert_non_null(tasks);
    for (const struct dirent *one; (one = readdir(tasks));)
        count += one->d_name[0] != '.';
    closedir(tasks);
    return count;
}

static void begin_slowly(struct child *child)
{
    child_type(child, SLOW_PASSPHRASE);
    child_send_key(child, PRESS_ENTER);
    expect_at_work(child, "Unlocking. Esc gives it up.");
}

static void leave(struct child *child)
{
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
}

static void test_typed_ahead(void **state)
{
    (void)state;
    struct child *child = post_start(&post, NULL);

    begin_slowly(child);
    child_type(child, "nsp");
    expect_row_has(child, 0, "Intake 1 of 6");
    expect_text(child, ">Our role        sp");
    child_press(child, PRESS_F12);
    leave(child);
}

static void test_given_up(void **state)
{
    (void)state;
    struct child *child = post_start(&post, NULL);

    begin_slowly(child);
    child_send_size(child, 12, 40);
    expect_at_work(child, "Unlocking. Esc gives it up.");
    child_send(child, "typed for nothing", 17);
    child_send_key(child, PRESS_F12);
    expect_at_work(child, "Given up; the file is still locked.");
    expect_cursor_on(child, ">Passphrase");
    assert_int_equal(threads(child), 2); /* it was not waited for */

    /* The next one waits for it, and is not disturbed by what comes of it. */
    post_unlock(child);
    assert_int_equal(threads(child), 1);
    expect_text(child, "Came in");
    expect_no_text(child, "has this file open too");
    leave(child);
}

static void test_left_at_once(void **state)
{
    (void)state;
    struct child *child = post_start(&post, NULL);

    begin_slowly(child);
    child_send_key(child, PRESS_F12);
    expect_at_work(child, "Given up");
    child_send_key(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);

    child = post_start(&post, NULL);
    begin_slowly(child);
    child_hang_up(child);
    child_wait(child);
    child_free(child);
}

/* A slip is told without what was typed; the third time, what to do about it. */
static void test_wrong(void **state)
{
    (void)state;
    struct child *child = post_start(&post, NULL);

    child_type(child, "AN HONEST PASSPHRASE OF THE TESTS");
    child_press(child, PRESS_ENTER);
    expect_await(child, "is Caps Lock on?");
    expect_text(child, "A try takes its time on purpose");
    expect_no_text(child, "blank");
    expect_no_text(child, "HONEST");
    expect_cursor_on(child, ">Passphrase");
    child_type(child, "an honest passphrase of the tests ");
    child_press(child, PRESS_ENTER);
    expect_await(child, "It began or ended with a blank.");
    expect_no_text(child, "Caps Lock");
    expect_no_text(child, "forgotten");
    child_type(child, "nothing like it");
    child_press(child, PRESS_ENTER);
    expect_await(child, "Who has forgotten it");
    child_press(child, PRESS_BACK_TAB); /* what is advised goes by whether somebody is named */
    child_type(child, "A");
    expect_no_text(child, "A try takes its time on purpose");
    child_press(child, PRESS_BACKSPACE);
    expect_text(child, "A try takes its time on purpose");
    child_press(child, PRESS_TAB);
    post_unlock(child);
    leave(child);
}

/* From a file to another one, and back to the one used last. */
static void test_another_file(void **state)
{
    (void)state;
    struct test_post other;
    post_copy(&other, &post);
    const struct child_options options = {.home = post.home};
    const char *const last[] = {NULL, NULL};
    struct child *child = post_start(&post, &options);

    post_unlock(child);
    leave(child);
    child = expect_start(&options, last);
    expect_text(child, "It is the file used last; F4 opens another.");
    expect_text(child, post.file);
    child_press(child, PRESS_F4);
    expect_text(child, "The case file until now:");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Open a case file");
    child_type(child, "/nowhere");
    child_press(child, PRESS_ENTER);
    expect_text(child, "/nowhere: Not a directory");
    child_press(child, PRESS_ENTER);
    for (size_t i = 0; i < strlen(post.file); i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, other.file);
    child_press(child, PRESS_ENTER);
    expect_text(child, other.file);
    post_unlock(child);
    leave(child);
    post_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed_ahead),
        cmocka_unit_test(test_given_up),
        cmocka_unit_test(test_left_at_once),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_another_file),
    };

    post_make(&post);
    add_slow_officer();
    int failed = cmocka_run_group_tests_name("unlock", tests, NULL, NULL);
    post_release(&post);
    return failed;
}
