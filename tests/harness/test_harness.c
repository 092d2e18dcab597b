/* SPDX-License-Identifier: MIT */
/* The harness itself, tried on a small program (sample.c). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"

static char *sample;

static struct child *start(const struct child_options *options)
{
    return expect_start(options, (const char *const[]){sample, NULL});
}

static void it_sees_text_attributes_and_cursor(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    expect_row(child, 0, "sample 24x80");
    expect_text(child, "ready");
    expect_no_text(child, "answered");
    expect_cursor(child, 3, 2);
    expect_cursor_on(child, ">");
    assert_int_equal(emulator_attributes(child_screen(child), 1, 0), CELL_REVERSE);
    assert_int_equal(emulator_attributes(child_screen(child), 1, 10), CELL_BOLD);
    assert_int_equal(emulator_attributes(child_screen(child), 1, 6), 0);
    char *map = emulator_attribute_map(child_screen(child));
    assert_memory_equal(map, "\nDDDDDD....AAAA\n\n", 17);
    free(map);
    assert_int_equal(emulator_ink(child_screen(child)),
                     strlen("sample24x80") + strlen("chosenbold") + strlen("ready") + 1);
    child_free(child);
}

static void it_types_in_any_script_and_knows_widths(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    child_type(child, "año 漢 e\xCC\x81x");
    expect_row(child, 3, "> año 漢 e\xCC\x81x");
    assert_int_equal(emulator_column_of(child_screen(child), 3, "x"), 10);
    expect_cursor(child, 3, 11);
    child_free(child);
}

static void a_typed_letter_is_one_byte(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    child_type(child, "a");
    size_t before = child_bytes(child);
    child_type(child, "b");
    assert_int_equal(child_bytes(child) - before, 1);
    assert_true(child_last_output(child) > child_last_input(child));
    child_free(child);
}

static void keys_come_as_each_terminal_sends_them(void **state)
{
    static const char *const terms[] = {"xterm-256color", "vt220", "linux", "tmux-256color"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(terms); i++) {
        struct child *child = start(&(struct child_options){.term = terms[i]});
        child_press(child, PRESS_F2);
        expect_text(child, "answered");
        child_press(child, PRESS_F4);
        expect_exit(child, 3);
        child_free(child);
    }
}

static void a_vt220_lacks_some_keys(void **state)
{
    struct child *child = start(&(struct child_options){.term = "vt220"});

    (void)state;
    assert_false(child_has_key(child, PRESS_BACK_TAB));
    assert_false(child_has_key(child, PRESS_F5));
    assert_true(child_has_key(child, PRESS_UP));
    child_free(child);
}

static void a_mute_terminal_does_not_answer(void **state)
{
    struct child *child = start(&(struct child_options){.mute = true});

    (void)state;
    child_press(child, PRESS_F2);
    expect_text(child, "ready");
    child_free(child);
}

static void it_waits_for_threads(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    child_press(child, PRESS_F3);
    expect_text(child, "worked");
    child_free(child);
}

static void it_waits_out_a_lone_escape(void **state)
{
    struct child *child = start(&(struct child_options){.escape_ms = 80});

    (void)state;
    child_press(child, PRESS_ESC);
    expect_text(child, "escape");
    child_free(child);
}

static void a_paste_is_bracketed(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    child_paste(child, "P<HND");
    expect_row(child, 2, "pasting");
    expect_row_has(child, 3, "> P<HND");
    child_free(child);
}

static void it_resizes(void **state)
{
    struct child *child = start(&(struct child_options){.rows = 12, .cols = 40});

    (void)state;
    expect_row(child, 0, "sample 12x40");
    child_resize(child, 50, 132);
    expect_row(child, 0, "sample 50x132");
    expect_row(child, 2, "resized");
    child_free(child);
}

static void a_program_that_forbids_dumps_is_seen_to_rest(void **state)
{
    struct child *child = expect_start(NULL, (const char *const[]){sample, "--private", NULL});

    (void)state;
    child_press(child, PRESS_F3);
    expect_text(child, "worked");
    child_free(child);
}

static void it_counts_writes(void **state)
{
    struct child *child = start(&(struct child_options){.count_writes = true});

    (void)state;
    size_t before = child_writes(child);
    assert_true(before > 0);
    child_type(child, "a");
    assert_int_equal(child_writes(child) - before, 1);
    child_press(child, PRESS_F3); /* its thread is followed too */
    assert_int_equal(child_writes(child) - before, 2);
    child_press(child, PRESS_F4);
    expect_exit(child, 3);
    child_free(child);
}

static void a_slow_line_takes_its_time(void **state)
{
    struct child *child = start(&(struct child_options){.line_speed = 4000});

    (void)state;
    int64_t started = child_last_output(child);
    size_t before = child_bytes(child);
    child_press(child, PRESS_F2);
    int64_t took = child_last_output(child) - started;
    size_t bytes = child_bytes(child) - before;
    expect_text(child, "answered");
    assert_true(bytes > 0);
    /* It may catch up by 20 ms of what the line could have carried. */
    assert_true(took + 20000000 >= (int64_t)bytes * 1000000000 / 4000);
    child_free(child);
}

static void kill_crash_and_hang_up_end_it(void **state)
{
    struct child *child = start(NULL);

    (void)state;
    child_kill(child, SIGKILL);
    assert_true(WIFSIGNALED(child_wait(child)) && WTERMSIG(child_wait(child)) == SIGKILL);
    child_free(child);

    child = start(&(struct child_options){.count_writes = true});
    child_send_key(child, PRESS_F6);
    assert_true(WIFSIGNALED(child_wait(child)) && WTERMSIG(child_wait(child)) == SIGABRT);
    child_free(child);

    child = start(NULL);
    child_hang_up(child);
    int status = child_wait(child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 4);
    child_free(child);
}

static void its_home_is_fresh_and_goes_away(void **state)
{
    struct child *child = start(NULL);
    char *home = xstrdup(child_home(child));

    (void)state;
    assert_int_equal(access(home, F_OK), 0);
    child_free(child);
    assert_int_equal(access(home, F_OK), -1);
    free(home);
}

int main(void)
{
    const char *build = getenv("AMPARO_BUILD");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_sees_text_attributes_and_cursor),
        cmocka_unit_test(it_types_in_any_script_and_knows_widths),
        cmocka_unit_test(a_typed_letter_is_one_byte),
        cmocka_unit_test(keys_come_as_each_terminal_sends_them),
        cmocka_unit_test(a_vt220_lacks_some_keys),
        cmocka_unit_test(a_mute_terminal_does_not_answer),
        cmocka_unit_test(it_waits_for_threads),
        cmocka_unit_test(it_waits_out_a_lone_escape),
        cmocka_unit_test(a_paste_is_bracketed),
        cmocka_unit_test(it_resizes),
        cmocka_unit_test(a_program_that_forbids_dumps_is_seen_to_rest),
        cmocka_unit_test(it_counts_writes),
        cmocka_unit_test(a_slow_line_takes_its_time),
        cmocka_unit_test(kill_crash_and_hang_up_end_it),
        cmocka_unit_test(its_home_is_fresh_and_goes_away),
    };

    sample = scratch_path(build ? build : ".", "tests/harness/sample");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(sample);
    return failed;
}
