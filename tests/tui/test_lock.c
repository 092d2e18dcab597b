/* SPDX-License-Identifier: MIT */
/*
 * The lock: nothing of a case stays on the screen or in memory, and the file is closed. The same
 * officer comes back to the same cell and the same text; another one sees nothing of it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/agreement/setting.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/vault/inside.h"
#include "tests/harness/expect.h"
#include "tests/harness/memory.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"

#define LOCKED "Locked; all is kept."

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

static void lock(struct child *child)
{
    child_press(child, CTRL('X'));
    expect_text(child, LOCKED);
    expect_cursor_on(child, ">Passphrase");
}

/* Names another officer than the one who locked. */
static void name_officer(struct child *child, const char *name)
{
    child_press(child, PRESS_UP);
    child_type(child, name);
    child_press(child, PRESS_ENTER);
}

/* ---- the same officer ---- */

static void test_same_cell(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *child = office_unlocked(post, NULL);
    int row, col;

    office_begin_need(child);
    child_type(child, "A bed and a meal");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_LEFT);
    emulator_cursor(child_screen(child), &row, &col);
    lock(child);
    expect_no_text(child, "A bed");
    expect_no_text(child, "HNTGU");
    child_type(child, "not the passphrase");
    child_press(child, PRESS_ENTER);
    expect_text(child, "wrong passphrase");
    post_unlock(child);
    expect_text(child, "A bed and a meal");
    expect_cursor(child, row, col);

    child_type(child, "hot ");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded");
    office_leave(child);
    assert_int_equal(office_count_acts(post), acts + 1);
    json_t *all = office_acts(post);
    assert_true(acts_have(all, "need", "A bed and a hot meal"));
    json_decref(all);
}

/* The screen without its message line, which says what happened. */
static char *shown(const struct child *child)
{
    char *text = emulator_text(child_screen(child)), *line = text;

    for (int row = 0; row < emulator_rows(child_screen(child)) - 2; row++)
        line = strchr(line, '\n') + 1;
    memmove(line, strchr(line, '\n'), strlen(strchr(line, '\n')) + 1);
    return text;
}

static void expect_same_after_lock(struct child *child)
{
    char *then = shown(child);
    int row, col;

    emulator_cursor(child_screen(child), &row, &col);
    lock(child);
    post_unlock(child);
    char *now = shown(child);
    assert_string_equal(now, then);
    expect_cursor(child, row, col);
    free(now);
    free(then);
}

/* A screen comes back, in the row and as far unfolded as it was, and so do those below it. */
static void test_each_screen(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);
    static const char *const parts[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "p", "z"};

    expect_same_after_lock(child);
    child_type(child, "/nun");
    child_press(child, PRESS_F4);
    child_press(child, PRESS_DOWN);
    expect_same_after_lock(child);
    child_press(child, PRESS_ENTER);
    for (size_t i = 0; i < ARRAY_SIZE(parts) && getenv("AMPARO_LONG"); i++) {
        child_type(child, parts[i]);
        child_press(child, PRESS_DOWN);
        expect_same_after_lock(child);
        child_press(child, PRESS_F12);
    }
    child_type(child, "6"); /* a requirement unfolded */
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_same_after_lock(child);
    child_press(child, PRESS_F12);
    child_type(child, "0"); /* an act in full */
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_same_after_lock(child);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "p"); /* a document, further down */
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_PAGE_DOWN);
    expect_same_after_lock(child);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "d"); /* an office unfolded, in its directory */
    child_press(child, PRESS_ENTER);
    expect_same_after_lock(child);
    child_press(child, PRESS_F3);
    child_type(child, "emir");
    expect_same_after_lock(child);
    office_leave(child);
}

/* What stands above a screen only for a moment is there again, over a field that was not left. */
static void test_passing_screens(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_press(child, PRESS_F1);
    expect_same_after_lock(child);
    child_press(child, PRESS_F12);
    expect_cursor_on(child, ">Detail");
    expect_text(child, "A bed");
    child_press(child, CTRL('P'));
    child_type(child, "sect");
    expect_same_after_lock(child);
    child_press(child, PRESS_F12);
    child_type(child, ", a bath");
    expect_text(child, "A bed, a bath");
    office_leave(child);
}

/* ---- another officer ---- */

static void test_another_officer(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "for Ana's eyes");
    lock(child);
    office_unlock_other(child);
    expect_text(child, "not the passphrase of " POST_OFFICER);
    name_officer(child, OTHER_OFFICER);
    office_unlock_other(child);
    expect_row_has(child, 0, "Consular Directorate");
    expect_text(child, "By stage");
    expect_no_text(child, "Ana's eyes");
    child_type(child, "u");
    expect_text(child, "Nothing is unfinished.");
    child_press(child, PRESS_F12);
    office_open_case(child);
    child_type(child, "1");

    /* Each comes back to what is theirs. */
    lock(child);
    name_officer(child, POST_OFFICER);
    post_unlock(child);
    expect_cursor_on(child, ">Detail");
    expect_text(child, "for Ana's eyes");
    lock(child);
    name_officer(child, OTHER_OFFICER);
    office_unlock_other(child);
    expect_row_has(child, 0, "Persons");
    office_leave(child);
    office_expect_unfinished(post, "for Ana's eyes");
}

/* ---- what cannot be written ---- */

static void test_full_disk(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_start_on_disk(post);

    office_begin_need(child);
    office_set_room(child, office_no_room(post));
    child_type(child, "for Ana's eyes");
    child_press(child, PRESS_TAB);
    expect_text(child, "the disk is full");
    child_type(child, "A parish");
    lock(child);

    /* It is nowhere but here: who leaves is asked, and another officer's end only locks. */
    child_press(child, PRESS_F12);
    expect_text(child, "What " POST_OFFICER " typed");
    child_press(child, PRESS_F12);
    name_officer(child, OTHER_OFFICER);
    office_unlock_other(child);
    expect_text(child, "By stage");
    child_press(child, PRESS_F12);
    expect_text(child, LOCKED);
    name_officer(child, POST_OFFICER);
    post_unlock(child);
    expect_text(child, "for Ana's eyes");
    expect_text(child, "A parish");
    office_set_room(child, RLIM_INFINITY);
    expect_await(child, "What was typed is kept again.");
    child_kill(child, SIGKILL);
    child_free(child);
    office_expect_unfinished(post, "for Ana's eyes");
}

static void test_thrown_away(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_start_on_disk(post);

    office_begin_need(child);
    office_set_room(child, office_no_room(post));
    child_type(child, "for Ana's eyes");
    lock(child);
    child_press(child, PRESS_F12);
    child_type(child, "DISCARD");
    child_press(child, PRESS_ENTER);
    expect_exit(child, 0);
    child_free(child);
}

/* ---- how it comes ---- */

static void set_period(const struct test_post *post, const char *seconds)
{
    struct passphrase key = {POST_PASSPHRASE, strlen(POST_PASSPHRASE)};
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(post->file, NULL, key, 0, &store, &err) ||
        !store_set_setting(store, "lock_after", seconds, &err))
        fail_msg("%s", error_text(&err));
    store_close(store);
}

static void test_when_idle(void **state)
{
    const struct test_post *post = *state;

    set_period(post, "4"); /* time enough to type it on a busy machine */
    struct child *child = office_unlocked(post, NULL);
    child_type(child, "n");
    child_type(child, "assis");
    expect_await(child, LOCKED);
    post_unlock(child);
    expect_text(child, ">Our role        assis");
    office_leave(child);
}

/* The settings, and Enter on the one of the lock: the rows stand by their groups. */
static void open_lock_setting(struct child *child)
{
    child_type(child, "g");
    expect_row_has(child, 0, "Settings");
    for (int group = 0; group <= SETTINGS_PROGRAM; group++)
        for (enum setting which = SETTING_NONE;
             (which = setting_next((enum setting_group)group, which)) && which != SETTING_LOCK;)
            child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
}

static void test_period_is_set(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    open_lock_setting(child);
    expect_cursor_on(child, "10");
    child_press(child, PRESS_BACKSPACE);
    child_press(child, PRESS_BACKSPACE);
    child_type(child, "61");
    child_press(child, PRESS_ENTER);
    expect_text(child, "is no whole number from 1 to 60");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_BACKSPACE);
    child_press(child, PRESS_ENTER);
    expect_text(child, "> 1 minute ");
    office_leave(child);

    child = office_unlocked_by_other(post); /* no head of post */
    open_lock_setting(child);
    expect_text(child, "> 1 minute ");
    expect_text(child, "a head of post changes them");
    expect_no_text(child, "from 1 to 60");
    office_leave(child);
}

/* The harness has no shell that would stop it: it goes on at once, locked. */
static void test_suspended(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_send(child, "\x1A", 1);
    expect_await(child, LOCKED);
    expect_no_text(child, "A bed");
    child_send(child, "\x1A", 1); /* also when it is locked already */
    child_rest(child);
    post_unlock(child);
    expect_cursor_on(child, ">Detail");
    expect_text(child, "A bed");
    office_leave(child);
}

/* ---- what is left of it ---- */

struct sought {
    const char *what;
    uint8_t bytes[VAULT_SIGNATURE];
    size_t size;
};

static void add_sought(struct sought *list, size_t *count, const char *what, const void *bytes,
                       size_t size)
{
    struct sought *one = &list[(*count)++];

    one->what = what;
    one->size = size;
    memcpy(one->bytes, bytes, size);
}

/* The keys of the file, and of who unlocks it with the post's passphrase. */
static void add_keys(struct sought *list, size_t *count, const struct test_post *post)
{
    struct passphrase passphrase = {POST_PASSPHRASE, strlen(POST_PASSPHRASE)};
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(post->file, NULL, passphrase, 0, &store, &err))
        fail_msg("%s", error_text(&err));
    const struct keys *keys = store->vault->fs->keys;
    add_sought(list, count, "data key", keys->data, sizeof keys->data);
    add_sought(list, count, "page key", keys->page, sizeof keys->page);
    add_sought(list, count, "WAL key", keys->wal, sizeof keys->wal);
    add_sought(list, count, "signing key", keys->sign_sk, sizeof keys->sign_sk);
    store_close(store);
}

static bool has_open(const struct child *child, const char *path)
{
    char folder[40], name[300], target[300];
    bool found = false;

    snprintf(folder, sizeof folder, "/proc/%d/fd", (int)child_pid(child));
    DIR *fds = opendir(folder);
    assert_non_null(fds);
    for (const struct dirent *one; (one = readdir(fds));) {
        snprintf(name, sizeof name, "%s/%s", folder, one->d_name);
        ssize_t size = readlink(name, target, sizeof target - 1);
        if (size > 0) {
            target[size] = '\0';
            found |= strncmp(target, path, strlen(path)) == 0; /* also -wal, -shm */
        }
    }
    closedir(fds);
    return found;
}

static void test_memory(void **state)
{
    const struct test_post *post = *state;
    static const char typed[] = "a bed in the house of Sister Zoraida";
    struct sought sought[8];
    size_t count = 0;

    add_keys(sought, &count, post);
    add_sought(sought, &count, "what was typed", typed, strlen(typed));
    add_sought(sought, &count, "a name", "NÚÑEZ", strlen("NÚÑEZ"));
    struct child *child = office_unlocked(post, NULL);
    office_begin_need(child);
    child_type(child, typed);
    child_press(child, PRESS_TAB);
    for (size_t i = 0; i < count; i++)
        if (!memory_count(child_pid(child), sought[i].bytes, sought[i].size))
            fail_msg("%s cannot be found before the lock", sought[i].what);
    assert_true(memory_count_cells(child_pid(child), typed) > 0);
    assert_true(has_open(child, post->file));

    lock(child);
    add_sought(sought, &count, "passphrase", POST_PASSPHRASE, strlen(POST_PASSPHRASE));
    for (size_t i = 0; i < count; i++)
        if (memory_count(child_pid(child), sought[i].bytes, sought[i].size))
            fail_msg("%s is still in memory", sought[i].what);
    assert_int_equal(memory_count_cells(child_pid(child), typed), 0);
    assert_false(has_open(child, post->file));
    post_unlock(child);
    expect_text(child, typed);
    office_leave(child);
}

/* ---- all together ---- */

static int make_post(void **state)
{
    (void)state;
    office_make(&before);
    return 0;
}

static int drop_all(void **state)
{
    (void)state;
    post_release(&before);
    return 0;
}

#define locks(test) cmocka_unit_test_setup_teardown(test, copy_post, drop_post)

int main(void)
{
    const struct CMUnitTest tests[] = {
        locks(test_same_cell),     locks(test_each_screen), locks(test_passing_screens),
        locks(test_full_disk),     locks(test_thrown_away), locks(test_when_idle),
        locks(test_period_is_set), locks(test_suspended),   locks(test_another_officer),
        locks(test_memory), /* the last one: only root may look */
    };
    size_t count = ARRAY_SIZE(tests) - !memory_may_be_read();

    return _cmocka_run_group_tests("lock", tests, count, make_post, drop_all);
}
