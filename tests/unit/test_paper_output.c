/* SPDX-License-Identifier: MIT */
/* Printing goes to a program called `lp` in PATH: here it is a script of ours. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "tests/harness/scratch.h"

static char *folder, *path_before;

static void script(const char *name, const char *text)
{
    char *path = scratch_path(folder, name);
    scratch_write(path, text, strlen(text));
    assert_int_equal(chmod(path, 0700), 0);
    free(path);
}

static char *slurp(const char *name, size_t *size)
{
    char *path = scratch_path(folder, name);
    FILE *in = fopen(path, "rb");
    struct buf text = BUF_INIT;
    assert_non_null(in);
    for (int c; (c = getc(in)) != EOF;)
        buf_addc(&text, (char)c);
    fclose(in);
    free(path);
    if (size)
        *size = text.size;
    return text.data ? buf_detach(&text) : xstrdup("");
}

static int setup(void **state)
{
    (void)state;
    folder = scratch_make();
    path_before = xstrdup(getenv("PATH"));
    char *path = xasprintf("%s:%s", folder, path_before);
    setenv("PATH", path, 1);
    setenv("OUT", folder, 1);
    free(path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    setenv("PATH", path_before, 1);
    free(path_before);
    scratch_remove(folder);
    return 0;
}

static void test_file(void **state)
{
    struct error err = ERROR_INIT;
    struct stat st;
    char *path = scratch_path(folder, "note.txt"), *none = scratch_path(folder, "no/note.txt");
    (void)state;
    assert_true(output_file(path, "one\ftwo\n", 8, &err));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    char *text = slurp("note.txt", NULL);
    assert_string_equal(text, "one\ftwo\n");
    free(text);

    assert_false(output_file(path, "other", 5, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(error_text(&err), path));
    text = slurp("note.txt", NULL);
    assert_string_equal(text, "one\ftwo\n");
    free(text);

    error_clear(&err);
    assert_false(output_file(none, "x", 1, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    error_release(&err);
    free(path);
    free(none);
}

/* What fails half-way leaves nothing behind. */
static void test_no_room(void **state)
{
    struct error err = ERROR_INIT;
    struct rlimit before, four = {4, 4};
    struct stat st;
    char *path = scratch_path(folder, "note.txt");
    (void)state;
    getrlimit(RLIMIT_FSIZE, &before);
    four.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &four);
    bool written = output_file(path, "0123456789", 10, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(written);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_int_equal(stat(path, &st), -1);
    error_release(&err);
    free(path);
}

static void test_print(void **state)
{
    enum { SIZE = 1000000 };
    struct error err = ERROR_INIT;
    struct buf said = BUF_INIT;
    char *text = xmalloc(SIZE + 1);
    size_t size;
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)('a' + i % 26);
    text[SIZE] = 0;
    script("lp", "#!/bin/sh\necho \"$@\" >$OUT/called\ncat >$OUT/paper\n"
                 "echo 'request id is laser-7 (1 file(s))'\n");
    assert_true(output_print("laser", text, SIZE, &said, &err));
    assert_string_equal(buf_text(&said), "request id is laser-7 (1 file(s))");
    char *got = slurp("paper", &size), *called = slurp("called", NULL);
    assert_int_equal(size, SIZE);
    assert_memory_equal(got, text, SIZE);
    assert_string_equal(called, "-d laser\n");
    free(got);
    free(called);
    assert_true(output_print(NULL, "x", 1, NULL, &err));
    called = slurp("called", NULL);
    assert_string_equal(called, "\n");
    free(called);
    free(text);
    buf_release(&said);
}

/* It stops reading, says why, and fails: that is told, and SIGPIPE does not end us. */
static void test_printer_refuses(void **state)
{
    enum { SIZE = 1000000 };
    struct error err = ERROR_INIT;
    char *text = xcalloc(1, SIZE);
    (void)state;
    script("lp", "#!/bin/sh\nexec <&-\necho 'lp: no such printer' >&2\nexit 1\n");
    assert_false(output_print("laser", text, SIZE, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "lp: no such printer"));
    error_release(&err);
    free(text);
}

static void test_given_up(void **state)
{
    struct program job;
    struct error err = ERROR_INIT;
    (void)state;
    script("lp", "#!/bin/sh\nexec sleep 1000\n");
    assert_true(output_print_start(&job, NULL, "x", 1, &err));
    assert_true(program_step(&job, 0));
    assert_false(output_print_end(&job, NULL, &err));
    assert_non_null(strstr(error_text(&err), "given up"));
    error_release(&err);
}

static void test_printers(void **state)
{
    struct printers printers;
    struct error err = ERROR_INIT;
    (void)state;
    script("lpstat", "#!/bin/sh\n[ \"$1\" = -e ] && printf 'laser\\nmatrix\\n'\n");
    assert_true(output_printers(&printers, &err));
    assert_int_equal(printers.count, 2);
    assert_string_equal(printers.names[0], "laser");
    assert_string_equal(printers.names[1], "matrix");
    printers_release(&printers);
    script("lpstat", "#!/bin/sh\necho 'lpstat: no destinations added.' >&2\nexit 1\n");
    assert_true(output_printers(&printers, &err));
    assert_int_equal(printers.count, 0);
    printers_release(&printers);
    setenv("PATH", "/nowhere", 1);
    assert_false(output_printers(&printers, &err));
    assert_non_null(strstr(error_text(&err), "lpstat"));
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
        cmocka_unit_test_setup_teardown(test_print, setup, teardown),
        cmocka_unit_test_setup_teardown(test_printer_refuses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_given_up, setup, teardown),
        cmocka_unit_test_setup_teardown(test_printers, setup, teardown),
    };
    return cmocka_run_group_tests_name("paper output", tests, NULL, NULL);
}
