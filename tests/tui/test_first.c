/* SPDX-License-Identifier: MIT */
/*
 * The guided start: who has no case file is led to one, step by step and back again; nothing is
 * written before the last step; the passphrase is shown to nobody; one recovery sheet is asked
 * back.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"

struct start {
    char *home, *file;
    struct child *child;
};

static int begin(void **state)
{
    const char *const argv[] = {NULL, NULL};
    struct start *s = xcalloc(1, sizeof *s);

    s->home = scratch_make();
    s->file = scratch_path(s->home, "hnteg.amparo");
    struct child_options options = {.home = s->home};
    s->child = expect_start(&options, argv);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct start *s = *state;

    child_free(s->child);
    free(s->file);
    scratch_remove(s->home);
    free(s);
    return 0;
}

static bool ends_so(const char *name, const char *ending)
{
    size_t size = strlen(name), end = strlen(ending);

    return size >= end && strcmp(name + size - end, ending) == 0;
}

/* How many case files there are, whole or half. */
static int case_files(const struct start *s)
{
    DIR *dir = opendir(s->home);
    int count = 0;

    for (struct dirent *entry; dir && (entry = readdir(dir));)
        count += ends_so(entry->d_name, ".amparo") || ends_so(entry->d_name, ".part");
    closedir(dir);
    return count;
}

static void field(struct child *child, const char *text)
{
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

/* All of the first step; stays in it. */
static void tell_the_post(struct child *child)
{
    expect_text(child, "No case file was used here before.");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Step 1 of 4");
    field(child, "hondu");
    expect_text(child, "Country        ?HN Honduras"); /* offered, as the State is said */
    child_press(child, PRESS_ENTER);
    field(child, "Tegucigalpa");
    field(child, "direc");
    expect_text(child, "Consular Directorate, Tegucigalpa");
    child_press(child, PRESS_ENTER);
    expect_text(child, "HNTEG");
    child_press(child, PRESS_ENTER);
    field(child, "Ana Pineda");
    expect_text(child, "~/hnteg.amparo");
}

/* The words drawn: the first row below the two fields. */
static char *drawn(struct child *child)
{
    struct buf row = BUF_INIT;

    child_press(child, PRESS_F4);
    expect_cursor_on(child, ">Once more");
    expect_text(child, "6 words, about 54 bits: good.");
    emulator_add_row(child_screen(child), emulator_find(child_screen(child), "Once more") + 2,
                     &row);
    char *words = xstrdup(buf_text(&row) + strspn(buf_text(&row), " "));
    buf_release(&row);
    return words;
}

static void choose_words(struct child *child)
{
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Step 2 of 4");
    char *words = drawn(child);
    field(child, words);
    expect_row_has(child, 0, "Step 3 of 4");
    expect_no_text(child, words);
    free(words);
}

/* The share on the sheet that is shown, its three rows in one. */
static char *share_shown(struct child *child)
{
    const struct emulator *screen = child_screen(child);
    int row = emulator_find(screen, "Any two of the three") - 4;
    struct buf share = BUF_INIT;

    for (int i = 0; i < 3; i++)
        emulator_add_row(screen, row + i, &share);
    return buf_detach(&share);
}

static void test_from_nothing_to_the_first_case(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    tell_the_post(child);
    choose_words(child);
    expect_text(child, s->file);
    assert_int_equal(case_files(s), 0);
    child_press(child, PRESS_F2);
    expect_await(child, "Recovery share 1 of 3");
    assert_int_equal(case_files(s), 1);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Recovery share 2 of 3");
    char *share = share_shown(child);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Recovery share 3 of 3");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Type the fifteen groups of any one sheet");

    /* A slip of the pen, then as it is. */
    char last = share[strlen(share) - 1];
    share[strlen(share) - 1] = last == '7' ? '8' : '7';
    field(child, share);
    expect_text(child, "mistyped: look at group 15");
    child_press(child, PRESS_BACKSPACE);
    field(child, (char[]){last, '\0'});
    expect_text(child, "Sheet 2 is good.");
    expect_no_text(child, "Try a recovery sheet");
    free(share);

    /* What to do first stands there until it is done. */
    expect_text(child, "Fill the directory");
    expect_text(child, "Say since when Honduras takes part");
    expect_text(child, "Begin the first case");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_text(child, "State          ?HN Honduras");
    child_press(child, PRESS_ENTER);
    field(child, "10jan2026");
    child_type(child, "Note of the Vice-Ministry");
    child_press(child, PRESS_F2);
    expect_text(child, "Kept: Honduras takes part since 2026-01-10.");
    expect_no_text(child, "Say since when");
    expect_text(child, "Fill the directory");
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
}

static void test_back_at_every_step(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    tell_the_post(child);
    choose_words(child);
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Step 2 of 4");
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Step 1 of 4");
    expect_text(child, "Ana Pineda"); /* what was said stays */
    child_press(child, PRESS_F12);
    expect_text(child, "Look at the demo");
    assert_int_equal(case_files(s), 0);
    child_press(child, PRESS_F12);
    expect_exit(child, 0);
}

static void test_weak_passphrase(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    tell_the_post(child);
    child_press(child, PRESS_F2);
    child_type(child, "Tegucigalpa1");
    expect_no_text(child, "Tegucigalpa1");
    expect_text(child, "gives way at once");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Enter again keeps it");
    expect_cursor_on(child, ">Passphrase");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Once more");
    field(child, "Tegucigalpa2");
    expect_text(child, "The two differ.");
    child_press(child, PRESS_F6);
    expect_text(child, "Tegucigalpa1"); /* asked for */
    child_press(child, PRESS_F6);
    expect_no_text(child, "Tegucigalpa1");
    field(child, "Tegucigalpa1");
    expect_row_has(child, 0, "Step 3 of 4");
}

static void test_what_cannot_be(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    scratch_write(s->file, "x", 1);
    tell_the_post(child);
    child_press(child, PRESS_F2);
    expect_text(child, "is there already; choose another name");
    expect_cursor_on(child, ">Case file");
    field(child, "/nowhere/at/all.amparo");
    child_press(child, PRESS_F2);
    expect_text(child, "its folder is not there");
}

/* Given up, or killed: no case file stays behind, whole or half. */
static void test_given_up(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    tell_the_post(child);
    choose_words(child);
    child_send_key(child, PRESS_F2);
    expect_at_work(child, "Making the case file. Esc gives it up.");
    child_send_key(child, PRESS_F12);
    expect_at_work(child, "Given up; nothing was written.");
    child_press(child, PRESS_F12); /* which waits for what was begun */
    expect_row_has(child, 0, "Step 2 of 4");
    assert_int_equal(case_files(s), 0);
}

static void test_killed(void **state)
{
    struct start *s = *state;
    struct child *child = s->child;

    tell_the_post(child);
    choose_words(child);
    child_send_key(child, PRESS_F2);
    expect_at_work(child, "Making the case file.");
    child_kill(child, SIGKILL);
    assert_int_not_equal(access(s->file, F_OK), 0);
}

/* The command on a terminal: the same estimate, and words where nothing is typed. */
static void test_init_command(void **state)
{
    struct start *s = *state;
    const char *const argv[] = {NULL,          "init",           s->file,       "--state",
                                "HN",          "--code",         "HNTEG",       "--post",
                                "Directorate", "--country",      "HN",          "--city",
                                "Teg",         "--kind",         "directorate", "--officer",
                                "Ana PINEDA",  "--slow-machine", NULL};
    struct child_options options = {.home = s->home};
    struct child *child = expect_start(&options, argv);

    expect_text(child, "Enter alone draws six words");
    field(child, "pineda2026");
    expect_text(child, "gives way at once");
    expect_no_text(child, "pineda2026");
    field(child, "pineda2025");
    expect_text(child, "the two passphrases differ");
    expect_exit(child, 2);
    child_free(child);
    assert_int_equal(case_files(s), 0);

    child = expect_start(&options, argv);
    child_press(child, PRESS_ENTER);
    expect_text(child, "6 words, about 54 bits: good.");
    struct buf row = BUF_INIT;
    int at = emulator_find(child_screen(child), "6 words, about") - 1;
    emulator_add_row(child_screen(child), at, &row);
    field(child, buf_text(&row));
    buf_release(&row);
    expect_await(child, "Above are its recovery shares");
    expect_exit(child, 0);
    child_free(child);
    assert_int_equal(case_files(s), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_from_nothing_to_the_first_case, begin, end),
        cmocka_unit_test_setup_teardown(test_back_at_every_step, begin, end),
        cmocka_unit_test_setup_teardown(test_weak_passphrase, begin, end),
        cmocka_unit_test_setup_teardown(test_what_cannot_be, begin, end),
        cmocka_unit_test_setup_teardown(test_given_up, begin, end),
        cmocka_unit_test_setup_teardown(test_killed, begin, end),
        cmocka_unit_test_setup_teardown(test_init_command, begin, end),
    };
    return cmocka_run_group_tests_name("first", tests, NULL, NULL);
}
