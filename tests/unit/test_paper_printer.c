/* SPDX-License-Identifier: MIT */
/* Printing goes to programs called `lp` and `lpstat` in PATH: here they are scripts of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/paper/printer.h"
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

static const struct print_order usual = {NULL, 1, PAPER_LETTER};

static void test_print(void **state)
{
    enum { SIZE = 1000000 };
    struct error err = ERROR_INIT;
    struct buf request = BUF_INIT;
    char *text = xmalloc(SIZE + 1);
    size_t size;
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)('a' + i % 26);
    text[SIZE] = 0;
    script("lp", "#!/bin/sh\nprintf '%s\\n' \"$*\" >$OUT/called\ncat >$OUT/paper\n"
                 "echo 'request id is laser-7 (1 file(s))'\n");
    assert_true(
        print_document(&(struct print_order){"laser", 2, PAPER_A4}, text, SIZE, &request, &err));
    assert_string_equal(buf_text(&request), "laser-7");
    char *got = slurp("paper", &size), *called = slurp("called", NULL);
    assert_int_equal(size, SIZE);
    assert_memory_equal(got, text, SIZE);
    assert_string_equal(called, "-n 2 -o media=A4 -d laser\n");
    free(got);
    free(called);
    assert_true(print_document(&usual, "x", 1, NULL, &err));
    called = slurp("called", NULL);
    assert_string_equal(called, "-n 1 -o media=Letter\n");
    free(called);
    free(text);
    buf_release(&request);
}

/* It stops reading, says why, and fails: that is told, and SIGPIPE does not end us. */
static void test_printer_refuses(void **state)
{
    enum { SIZE = 1000000 };
    struct error err = ERROR_INIT;
    char *text = xcalloc(1, SIZE);
    (void)state;
    script("lp", "#!/bin/sh\nexec <&-\necho 'lp: no such printer' >&2\nexit 1\n");
    assert_false(print_document(&usual, text, SIZE, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "lp: no such printer"));
    error_release(&err);
    free(text);
}

static void test_given_up(void **state)
{
    enum { SIZE = 1000000 };
    struct program job;
    struct error err = ERROR_INIT;
    char *text = xcalloc(1, SIZE);
    (void)state;
    script("lp", "#!/bin/sh\nexec tail -f /dev/null\n");
    assert_true(print_start(&job, &usual, text, SIZE, &err));
    assert_true(program_step(&job, 0));
    assert_int_equal(print_end(&job, NULL, &err), PRINT_NOT);
    assert_non_null(strstr(error_text(&err), "given up"));
    assert_null(strstr(error_text(&err), "look at the printer"));
    error_clear(&err);
    /* All was sent: it may be printed all the same. */
    assert_true(print_start(&job, &usual, "x", 1, &err));
    while (job.input >= 0)
        assert_true(program_step(&job, -1));
    assert_int_equal(print_end(&job, NULL, &err), PRINT_UNKNOWN);
    assert_non_null(strstr(error_text(&err), "look at the printer"));
    error_release(&err);
    free(text);
}

/* ---- which printers there are ---- */

#define SAID                                                                                       \
    "closed\nlaser\nlaser/draft\nmatrix\nstopped\n"                                                \
    "system default destination: laser\n"                                                          \
    "printer closed is idle.  enabled since Sun Nov 29 16:44:12 2026\n"                            \
    "\tToner is at its end\n"                                                                      \
    "printer laser now printing laser-3.  enabled since Sun Nov 29 16:44:12 2026\n"                \
    "\tsending data to printer\n"                                                                  \
    "printer matrix disabled since Sun Nov 29 16:44:12 2026 -\n"                                   \
    "\treason unknown\n"                                                                           \
    "printer stopped disabled since Sun Nov 29 16:44:12 2026 -\n"                                  \
    "\tPaper jam: open the cover\n"                                                                \
    "closed not accepting requests since Sun Nov 29 16:44:12 2026 -\n"                             \
    "\tToner is at its end\n"                                                                      \
    "laser accepting requests since Sun Nov 29 16:44:12 2026\n"

static void test_what_is_read(void **state)
{
    static const struct printer expected[] = {
        {"closed", false, false, true, "Toner is at its end"},
        {"laser", true, false, false, NULL},
        {"laser/draft", false, false, false, NULL},
        {"matrix", false, true, false, NULL},
        {"stopped", false, true, false, "Paper jam: open the cover"},
    };
    struct printers printers;
    (void)state;
    printers_read(SAID, &printers);
    assert_int_equal(printers.count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        const struct printer *is = &printers.list[i];
        assert_string_equal(is->name, expected[i].name);
        assert_int_equal(is->usual, expected[i].usual);
        assert_int_equal(is->stopped, expected[i].stopped);
        assert_int_equal(is->refuses, expected[i].refuses);
        if (expected[i].says)
            assert_string_equal(is->says, expected[i].says);
        else
            assert_null(is->says);
    }
    assert_ptr_equal(printers_find(&printers, "matrix"), &printers.list[3]);
    assert_null(printers_find(&printers, "matri"));
    printers_release(&printers);
}

static bool ask(struct printers *out, struct error *err)
{
    struct program asking;
    if (!printers_ask(&asking, err))
        return false;
    while (program_step(&asking, -1))
        ;
    return printers_answer(&asking, out, err);
}

static void test_printers(void **state)
{
    struct printers printers;
    struct error err = ERROR_INIT;
    (void)state;
    /* It is asked in the language in which it is read, whatever ours is. */
    setenv("LC_ALL", "es_HN.UTF-8", 1);
    setenv("LANGUAGE", "es", 1);
    script("lpstat", "#!/bin/sh\n[ \"$LC_ALL$LANGUAGE $*\" = 'C.UTF-8 -e -d -p -a' ] && "
                     "printf 'laser\\nmatrix\\nsystem default destination: matrix\\n'\n");
    assert_true(ask(&printers, &err));
    unsetenv("LC_ALL");
    unsetenv("LANGUAGE");
    assert_int_equal(printers.count, 2);
    assert_true(printers.list[1].usual);
    printers_release(&printers);
    script("lpstat", "#!/bin/sh\necho 'lpstat: Scheduler is not running.' >&2\nexit 1\n");
    assert_false(ask(&printers, &err));
    assert_int_equal(printers.count, 0);
    assert_non_null(strstr(error_text(&err), "Scheduler is not running."));
    error_clear(&err);
    script("lpstat", "#!/bin/sh\n");
    assert_false(ask(&printers, &err));
    assert_non_null(strstr(error_text(&err), "none is set up here"));
    error_clear(&err);
    setenv("PATH", "/nowhere", 1);
    assert_false(ask(&printers, &err));
    assert_non_null(strstr(error_text(&err), "lpstat"));
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_print, setup, teardown),
        cmocka_unit_test_setup_teardown(test_printer_refuses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_given_up, setup, teardown),
        cmocka_unit_test(test_what_is_read),
        cmocka_unit_test_setup_teardown(test_printers, setup, teardown),
    };
    return cmocka_run_group_tests_name("paper printer", tests, NULL, NULL);
}
