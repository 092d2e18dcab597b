/* SPDX-License-Identifier: MIT */
/* Documents into files that the officer names. */
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

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "tests/harness/scratch.h"

static char *folder;

static char *slurp(const char *name)
{
    char *path = scratch_path(folder, name);
    FILE *in = fopen(path, "rb");
    struct buf text = BUF_INIT;
    assert_non_null(in);
    for (int c; (c = getc(in)) != EOF;)
        buf_addc(&text, (char)c);
    fclose(in);
    free(path);
    return text.data ? buf_detach(&text) : xstrdup("");
}

static int setup(void **state)
{
    (void)state;
    folder = scratch_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

static void test_file(void **state)
{
    struct error err = ERROR_INIT;
    struct stat st;
    char *path = scratch_path(folder, "note.txt"), *none = scratch_path(folder, "no/note.txt");
    (void)state;
    assert_true(output_is_free(path, &err));
    assert_true(output_file(path, "one\ftwo\n", 8, &err));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    char *text = slurp("note.txt");
    assert_string_equal(text, "one\ftwo\n");
    free(text);

    assert_false(output_file(path, "other", 5, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(error_text(&err), path));
    text = slurp("note.txt");
    assert_string_equal(text, "one\ftwo\n");
    free(text);

    error_clear(&err);
    assert_false(output_is_free(path, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
    };
    return cmocka_run_group_tests_name("paper output", tests, NULL, NULL);
}
