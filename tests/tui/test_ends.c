/* SPDX-License-Identifier: MIT */
/*
 * Where work on the screens goes wrong: a clear message or a graceful way on, never a crash, never
 * a field that was left and is lost.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/record.h"
#include "amparo/store/store.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"

static struct test_post before; /* with one case; each test works on a copy */

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

/* ---- the file ---- */

static struct buf file_bytes(const struct test_post *post)
{
    struct buf bytes = BUF_INIT;
    char part[4096];
    int fd = open(post->file, O_RDONLY | O_CLOEXEC);
    ssize_t size;

    assert_true(fd >= 0);
    while ((size = read(fd, part, sizeof part)) > 0)
        buf_add(&bytes, part, (size_t)size);
    close(fd);
    return bytes;
}

static void test_wrong_passphrase(void **state)
{
    const struct test_post *post = *state;
    struct buf then = file_bytes(post);
    struct child *child = post_start(post, NULL);

    for (int i = 0; i < 3; i++) {
        child_type(child, "not the passphrase");
        expect_no_text(child, "not the");
        child_press(child, PRESS_ENTER);
        expect_text(child, "wrong passphrase");
    }
    struct buf now = file_bytes(post);
    assert_int_equal(now.size, then.size);
    assert_memory_equal(now.data, then.data, now.size);
    post_unlock(child);
    expect_text(child, "1 open");
    office_leave(child);
    buf_release(&then);
    buf_release(&now);
}

/* Opens what stands in the file now: a message, and the program can be left. */
static void expect_no_entry(const struct test_post *post, const char *message)
{
    struct child *child = post_start(post, NULL);

    post_unlock(child);
    expect_text(child, message);
    expect_text(child, "Passphrase");
    office_leave(child);
}

static void test_no_case_file(void **state)
{
    const struct test_post *post = *state;
    static const char letter[] = "Dear colleague, this is only a letter, and quite a short one.";

    scratch_write(post->file, letter, sizeof letter);
    expect_no_entry(post, "not a case file");
    scratch_write(post->file, "", 0);
    expect_no_entry(post, "not a case file");
    unlink(post->file);
    struct child *child = post_start(post, NULL);
    expect_text(child, "There is no case file"); /* and how to make one: test_first.c */
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
    assert_int_not_equal(access(post->file, F_OK), 0);
}

/* One byte of each eighth of the file at a time, then a file cut off in the middle. */
static void test_damaged_file(void **state)
{
    const struct test_post *post = *state;
    struct buf whole = file_bytes(post);

    for (size_t i = 0; i < 8; i++) {
        size_t at = whole.size / 8 * i + 100;
        whole.data[at] = (char)(whole.data[at] ^ 0x20);
        scratch_write(post->file, whole.data, whole.size);
        whole.data[at] = (char)(whole.data[at] ^ 0x20);

        struct child *child = post_start(post, NULL);
        post_unlock(child);
        if (emulator_find(child_screen(child), "Passphrase") < 0) {
            /* It opened: then it can be worked in, or says what is damaged. */
            child_type(child, "/");
            child_press(child, PRESS_ENTER);
            child_type(child, "0");
        } else {
            expect_text(child, "damaged");
        }
        office_leave(child);
    }
    scratch_write(post->file, whole.data, whole.size / 2);
    expect_no_entry(post, "it is damaged");
    buf_release(&whole);
}

/* ---- the disk ---- */

static const char first_words[] = "A room for two nights";

static void test_full_disk(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *child = office_start_on_disk(post);

    office_begin_need(child);
    office_set_room(child, office_no_room(post));
    child_type(child, first_words);
    child_press(child, PRESS_TAB);
    expect_text(child, "the disk is full");
    expect_text(child, first_words);
    /* Typing goes on, and recording is refused as long as there is no room. */
    child_type(child, "A parish");
    child_press(child, PRESS_F2);
    expect_no_text(child, "Recorded");
    expect_text(child, first_words);
    expect_text(child, "A parish");
    office_set_room(child, RLIM_INFINITY);
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded");
    office_leave(child);
    assert_int_equal(office_count_acts(post), acts + 1);
    assert_int_equal(post_run(post, NULL, NULL, (const char *const[]){"verify", post->file, NULL}),
                     0);
}

/* What could not be kept is kept with the next field for which there is room. */
static void test_room_again(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_start_on_disk(post);

    office_begin_need(child);
    office_set_room(child, office_no_room(post));
    child_type(child, first_words);
    child_press(child, PRESS_TAB);
    expect_text(child, "the disk is full");
    office_set_room(child, RLIM_INFINITY);
    child_type(child, "A parish");
    child_press(child, PRESS_TAB);
    child_kill(child, SIGKILL);
    child_free(child);
    office_expect_unfinished(post, "A parish");
    office_expect_unfinished(post, first_words);
}

/* A form whose fields are not in the file is not left for good. */
static void test_leaving_without_room(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_start_on_disk(post);

    office_begin_need(child);
    office_set_room(child, office_no_room(post));
    child_type(child, first_words);
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "What was typed is not in the file");
    expect_text(child, "the disk is full");
    child_press(child, PRESS_F12);
    expect_text(child, first_words);
    office_set_room(child, RLIM_INFINITY);
    child_press(child, PRESS_F12);
    expect_text(child, "what was typed is kept");
    office_leave(child);
    office_expect_unfinished(post, first_words);
}

/* A disk of 100 MiB for one file; false where this process may not mount one. */
static bool mount_disk(const char *path)
{
    return mkdir(path, 0700) == 0 && unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", path, "tmpfs", 0, "size=100m,mode=0700") == 0;
}

static void take_room(const char *folder, off_t bytes)
{
    char *path = scratch_path(folder, "other work");
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(posix_fallocate(fd, 0, bytes), 0);
    close(fd);
    free(path);
}

static void record_need(struct child *child)
{
    child_type(child, "4n");
    child_type(child, "shelter");
    child_press(child, PRESS_ENTER);
    child_type(child, "now");
    press_done(child);
    expect_text(child, "Recorded");
}

/* Said once: when an act finds little room, and at the opening. */
static void test_little_room(void **state)
{
    static const char said[] = "Only 39 MiB are left on the disk.";
    const struct test_post *post = *state;
    char *disk = scratch_path(post->folder, "disk");
    struct test_post there = {post->folder, post->home, scratch_path(disk, "post.amparo")};

    if (!mount_disk(disk)) {
        free(there.file);
        free(disk);
        skip();
    }
    struct buf bytes = file_bytes(post);
    scratch_write(there.file, bytes.data, bytes.size);
    buf_release(&bytes);
    struct child *child = office_unlocked(&there, NULL);
    expect_no_text(child, "left on the disk");
    office_open_case(child);
    record_need(child);
    expect_no_text(child, "left on the disk");
    take_room(disk, 60 << 20);
    record_need(child);
    expect_text(child, said);
    record_need(child);
    expect_no_text(child, "left on the disk");
    office_leave(child);
    child = office_unlocked(&there, NULL);
    expect_text(child, said);
    child_press(child, PRESS_DOWN);
    expect_no_text(child, "left on the disk");
    office_leave(child);
    assert_int_equal(umount(disk), 0);
    free(there.file);
    free(disk);
}

/* ---- the terminal ---- */

/* At 20x5 one can unlock, type, be told what is missing, and record. */
static void test_tiny_terminal(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    const struct child_options tiny = {.rows = 5, .cols = 20};
    struct child *child = office_unlocked(post, &tiny);

    office_open_case(child);
    child_type(child, "4n");
    expect_cursor_on(child, ">");
    child_type(child, "shelter");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_text(child, "1 value");
    child_type(child, "now");
    press_done(child);
    child_press(child, PRESS_F12);
    office_leave(child);
    assert_int_equal(office_count_acts(post), acts + 1);
}

static void test_absent_locale(void **state)
{
    const struct test_post *post = *state;
    static const char *const names[] = {"LANG=xx_XX", "LANG=C", "LC_ALL=xx_XX.ISO-8859-1", "LANG="};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const char *const env[] = {names[i], "LANGUAGE=", NULL};
        const struct child_options options = {.env = env};
        struct child *child = office_unlocked(post, &options);
        office_open_case(child);
        expect_row_has(child, 0, "NÚÑEZ");
        child_type(child, "2n");
        child_type(child, "Ciudad Peñón");
        child_press(child, PRESS_TAB);
        expect_text(child, "Ciudad Peñón");
        child_press(child, PRESS_F2);
        expect_text(child, "Where the person is: Ciudad Peñón");
        office_leave(child);
    }
}

/* The line is lost, or the session ended: what was typed, also half a field, is there. */
static void test_ended_from_outside(void **state)
{
    const struct test_post *post = *state;
    static const int signals[] = {0, SIGHUP, SIGTERM};

    for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
        struct child *child = office_unlocked(post, NULL);
        char text[40];
        if (emulator_find(child_screen(child), "Unfinished") >= 0) {
            child_press(child, PRESS_ENTER);
            child_press(child, PRESS_CTRL_HOME);
            child_type(child, "=detail");
            child_press(child, PRESS_ENTER);
        } else {
            office_begin_need(child);
        }
        snprintf(text, sizeof text, "half a word the %zu", i);
        child_type(child, text);
        if (signals[i])
            child_kill(child, signals[i]);
        else
            child_hang_up(child);
        child_wait(child);
        child_free(child);
        office_expect_unfinished(post, text);
    }
}

/* Before anything is unlocked there is nothing to keep, and nothing hangs. */
static void test_hang_up_at_unlock(void **state)
{
    const struct test_post *post = *state;
    struct child *child = post_start(post, NULL);

    child_type(child, "an honest pass");
    child_hang_up(child);
    child_wait(child);
    child_free(child);
}

/* ---- the clock ---- */

/* An act of tomorrow: afterwards the clock stands behind the last act, as when it was set back. */
static void record_tomorrow(const struct test_post *post)
{
    struct error err = ERROR_INIT;
    struct recorded done = {0};
    struct store *store;
    struct passphrase key = {POST_PASSPHRASE, strlen(POST_PASSPHRASE)};
    char text[INSTANT_SIZE];
    struct instant at;

    if (!store_open(post->file, POST_OFFICER, key, 0, &store, &err))
        fail_msg("%s", error_text(&err));
    assert_true(instant_parse(store_now(store, text), &at));
    store_set_now(store, instant_format(instant_add_seconds(at, 24 * 3600), text));
    json_t *payload = json_pack("{s:s}", "locality", "Sharjah");
    struct record_request request = {.reference = office_reference(),
                                     .kind = ACT_SITUATION,
                                     .payload = payload,
                                     .language = english};
    if (!store_record(store, &request, &done, &err))
        fail_msg("%s", error_text(&err));
    recorded_release(&done);
    json_decref(payload);
    store_close(store);
}

static void test_clock_set_back(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);

    record_tomorrow(post);
    struct child *child = office_unlocked(post, NULL);
    office_open_case(child);
    expect_text(child, "Sharjah");
    child_type(child, "4n");
    child_type(child, "shelter");
    child_press(child, PRESS_ENTER);
    child_type(child, "now");
    press_done(child);
    expect_text(child, "Recorded");
    expect_text(child, "clock");
    child_type(child, "q0");
    office_leave(child);
    json_t *all = office_acts(post);
    assert_int_equal(json_array_size(all), acts + 2);
    const json_t *last = json_array_get(all, acts + 1);
    assert_string_equal(json_string_value(json_object_get(last, "act")), "need");
    json_decref(all);
}

/* ---- the end ---- */

/* What stays on the terminal is the state that was left: the witness of the last act. */
static void test_closing_line(void **state)
{
    const struct test_post *post = *state;
    static const char said[] = "Witness of ";
    struct child *child = office_unlocked(post, NULL);
    struct buf line = BUF_INIT;

    office_begin_need(child);
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded");
    office_end(child);
    assert_false(emulator_is_alternate(child_screen(child)));
    expect_text(child, said);
    int row = emulator_find(child_screen(child), said);
    emulator_add_row(child_screen(child), row, &line);
    if (!strchr(buf_text(&line) + sizeof said, ':')) /* a long path: its end is one row further */
        emulator_add_row(child_screen(child), row + 1, &line);
    char *code = strrchr(buf_text(&line), ':') + 2, *out;
    code[strcspn(code, " ")] = '\0';
    struct buf result = BUF_INIT;
    assert_int_equal(post_run(post, NULL, &result,
                              (const char *const[]){"verify", post->file, "--witness", code, NULL}),
                     0);
    out = xasprintf("witnessed as %s; acts recorded since then: 0.", code);
    assert_non_null(strstr(buf_text(&result), out));
    free(out);
    buf_release(&result);
    buf_release(&line);
    child_free(child);
}

/* Where nothing was unlocked there is nothing to say. */
static void test_no_closing_line(void **state)
{
    struct child *child = post_start(*state, NULL);

    office_end(child);
    expect_no_text(child, "Witness");
    child_free(child);
}

/* ---- a loss that is to be accepted ---- */

/* The command on a terminal: what is lost, and the question, answered by `name`. */
static struct child *accept_loss(const struct test_post *post, const char *name)
{
    const struct child_options options = {.home = post->home};
    struct child *child = expect_start(
        &options, (const char *const[]){NULL, "verify", post->file, "--accept-loss", NULL});

    expect_text(child, "Passphrase:");
    child_type(child, POST_PASSPHRASE);
    child_press(child, PRESS_ENTER);
    expect_text(child, "both copies of its anchor are damaged");
    expect_text(child, "To accept this, type the name of the file (");
    child_type(child, name);
    child_press(child, PRESS_ENTER);
    return child;
}

static void test_accept_loss(void **state)
{
    enum { ANCHOR_A = 8192, ANCHOR_B = 12288 };
    const struct test_post *post = *state;
    struct buf bytes = file_bytes(post);
    const char *name = strrchr(post->file, '/') + 1;

    bytes.data[ANCHOR_A + 20] ^= 1;
    bytes.data[ANCHOR_B + 20] ^= 1;
    scratch_write(post->file, bytes.data, bytes.size);
    struct child *child = accept_loss(post, "yes");
    expect_text(child, "nothing is accepted");
    expect_exit(child, 1);
    child_free(child);
    struct buf after = file_bytes(post);
    assert_int_equal(after.size, bytes.size);
    assert_memory_equal(after.data, bytes.data, after.size);
    buf_release(&after);
    buf_release(&bytes);

    child = accept_loss(post, name);
    expect_text(child, "goes on with what is there");
    expect_exit(child, 0);
    child_free(child);
    assert_int_equal(post_run(post, NULL, NULL, (const char *const[]){"verify", post->file, NULL}),
                     0);
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

#define ends(test) cmocka_unit_test_setup_teardown(test, copy_post, drop_post)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ends(test_wrong_passphrase),  ends(test_no_case_file),
        ends(test_damaged_file),      ends(test_full_disk),
        ends(test_room_again),        ends(test_leaving_without_room),
        ends(test_little_room),       ends(test_tiny_terminal),
        ends(test_absent_locale),     ends(test_ended_from_outside),
        ends(test_hang_up_at_unlock), ends(test_clock_set_back),
        ends(test_closing_line),      ends(test_no_closing_line),
        ends(test_accept_loss),
    };

    return cmocka_run_group_tests_name("ends", tests, make_post, drop_all);
}
