/* SPDX-License-Identifier: MIT */
/*
 * The program that draws pages, as this one runs it: what it has given up when it begins to read,
 * and what becomes of its answers, of its words, and of a program that behaves badly.
 */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/paper/pdf.h"
#include "tests/harness/scratch.h"
#include "tests/unit/pdf_kit.h"

static const char *helper;
static char *folder;

static int setup(void **state)
{
    (void)state;
    helper = pdf_kit_helper();
    folder = scratch_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

/* A program of ours in the helper's place; the caller frees its path. */
static char *script(const char *text)
{
    char *path = scratch_path(folder, "helper");
    scratch_write(path, text, strlen(text));
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

static bool make(const char *program, struct buf *pdf, struct error *err)
{
    struct paper p;
    paper_init(&p);
    paper_paragraph(&p, "made up");
    bool ok = pdf_make(program, &p, PAPER_LETTER, pdf, NULL, err);
    paper_release(&p);
    return ok;
}

static void test_makes(void **state)
{
    struct buf pdf = BUF_INIT, again = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;
    if (!make(helper, &pdf, &err))
        fail_msg("%s", error_text(&err));
    assert_memory_equal(pdf.data, "%PDF-1.", 7);
    assert_non_null(strstr(pdf.data + pdf.size - 8, "%%EOF"));
    assert_true(make(helper, &again, &err));
    assert_int_equal(again.size, pdf.size);
    assert_memory_equal(again.data, pdf.data, pdf.size);
    buf_release(&pdf);
    buf_release(&again);
}

/* ---- what it has given up when it has read the first byte ---- */

static bool status_says(pid_t pid, const char *line)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return strstr(text, line) != NULL;
}

/* Its descriptors, as many bits; -1: they cannot be seen, not even by its own user. */
static int descriptors(pid_t pid)
{
    char path[64];
    int seen = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *d = opendir(path);
    if (!d)
        return -1;
    for (struct dirent *e; (e = readdir(d));)
        if (*e->d_name != '.')
            seen |= 1 << atoi(e->d_name);
    closedir(d);
    return seen;
}

/* Waits until the program took what lies in the pipe. */
static void until_read(int fd)
{
    for (int left = 1; left;)
        assert_int_equal(ioctl(fd, FIONREAD, &left), 0);
}

static void test_waits_in_sandbox(void **state)
{
    int in[2], status;
    (void)state;
    assert_int_equal(pipe(in), 0);
    assert_int_equal(dup2(in[0], 30), 30); /* which it should not keep */
    assert_int_equal(write(in[1], "\x61", 1), 1);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        close(in[1]);
        execl(helper, helper, (char *)NULL);
        _exit(127);
    }
    until_read(in[0]);
    bool calls = status_says(pid, "\nSeccomp:\t2\n");
    bool privileges = status_says(pid, "\nNoNewPrivs:\t1\n");
    int seen = descriptors(pid);
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    close(in[0]);
    close(in[1]);
    close(30);
    assert_true(WIFSIGNALED(status)); /* so it was still waiting */
    assert_true(calls);
    assert_true(privileges);
    if (geteuid() == 0)
        assert_int_equal(seen, 7);
    else
        assert_int_equal(seen, -1);
}

/* ---- what goes wrong ---- */

static void refused(const char *program, const char *words)
{
    struct buf pdf = BUF_INIT;
    struct error err = ERROR_INIT;
    assert_false(make(program, &pdf, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    if (!strstr(error_text(&err), words))
        fail_msg("\"%s\" where \"%s\" is expected", error_text(&err), words);
    assert_int_equal(pdf.size, 0);
    error_release(&err);
}

static void test_missing(void **state)
{
    (void)state;
    refused("/nowhere/amparo-pdf", "install libpango1.0-dev");
}

static void test_nonsense(void **state)
{
    char *path = xstrdup(helper), *argv[] = {path, NULL}, *none[] = {NULL};
    struct program p;
    (void)state;
    assert_int_equal(program_start(&p, argv, none, "nonsense", 8), 0);
    while (program_step(&p, 1000))
        ;
    assert_int_equal(program_end(&p), PROGRAM_FAILED);
    assert_int_equal(p.answer.size, 0);
    assert_string_equal(buf_text(&p.words), "amparo-pdf: this is no description of a page\n");
    program_release(&p);
    free(path);
}

static void test_its_words(void **state)
{
    static const struct {
        const char *script, *words;
    } helpers[] = {
        {"#!/bin/sh\nprintf %%PDF-1.5; echo 'no fonts' >&2; exit 1\n", "drawn: no fonts"},
        {"#!/bin/sh\nkill -9 $$\n", "does not say why"},
        {"#!/bin/sh\necho hello\n", "does not say why"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(helpers); i++) {
        char *path = script(helpers[i].script);
        refused(path, helpers[i].words);
        free(path);
    }
}

static void start(struct pdf_job *job, const char *text)
{
    struct error err = ERROR_INIT;
    struct paper p;
    char *path = script(text);
    paper_init(&p);
    assert_true(pdf_start(job, path, &p, PAPER_A4, &err));
    paper_release(&p);
    free(path);
}

static void end(struct pdf_job *job, const char *words)
{
    struct buf pdf = BUF_INIT;
    struct error err = ERROR_INIT;
    assert_false(pdf_end(job, &pdf, &err));
    assert_non_null(strstr(error_text(&err), words));
    error_release(&err);
}

static void test_given_up(void **state)
{
    struct pdf_job job;
    (void)state;
    start(&job, "#!/bin/sh\nexec sleep 1000\n");
    assert_true(pdf_step(&job, 0));
    end(&job, "was given up");
    start(&job, "#!/bin/sh\nexec sleep 1000\n");
    job.late = 0;
    assert_false(pdf_step(&job, 0));
    end(&job, "took too long");
}

/* It says that it is done, and stays: the caller is not held. */
static void test_lingers(void **state)
{
    struct pdf_job job;
    (void)state;
    start(&job, "#!/bin/sh\nexec >&- 2>&-\nexec sleep 1000\n");
    while (job.program.output >= 0 || job.program.errors >= 0)
        assert_true(pdf_step(&job, 1000));
    assert_true(pdf_step(&job, 0));
    end(&job, "was given up");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_makes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_waits_in_sandbox, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nonsense, setup, teardown),
        cmocka_unit_test_setup_teardown(test_its_words, setup, teardown),
        cmocka_unit_test_setup_teardown(test_given_up, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lingers, setup, teardown),
    };
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
