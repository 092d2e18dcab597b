/* SPDX-License-Identifier: MIT */
/*
 * From the screen to a printing system by keys: the cupsd of the harness, whose queues write files.
 */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "amparo/base/mem.h"
#include "tests/harness/cups.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/post.h"

#define CASE "HNTGU-2026-0001"
#define NAME "QUEZADA"
#define AS_TEXT "printed as             plain text"
#define AS_PAGES "printed as             pages"

static struct cups *cups;
static struct test_post post;

/* ---- on the screen ---- */

/* The program, at the summary of the case. */
static struct child *at_the_summary(void)
{
    char *tmp = xasprintf("TMPDIR=%s/tmp", post.folder);
    const char *const env[] = {cups_environment(cups), tmp, NULL};
    struct child *child = post_start(&post, &(struct child_options){.env = env});

    free(tmp);
    post_unlock(child);
    if (emulator_find(child_screen(child), "Due") < 0) /* where one was before is offered */
        child_press(child, PRESS_F12);
    child_type(child, "/" CASE);
    child_press(child, PRESS_ENTER);
    child_type(child, "p");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Summary of the case");
    return child;
}

static bool is_on(struct child *child, const char *row)
{
    struct buf text = BUF_INIT;
    int at, col;

    emulator_cursor(child_screen(child), &at, &col);
    emulator_add_row(child_screen(child), at, &text);
    bool is = text.size > 2 && strncmp(buf_text(&text) + 2, row, strlen(row)) == 0;
    buf_release(&text);
    return is;
}

/* The cursor goes to the row that begins so. */
static void go_to(struct child *child, const char *row)
{
    child_press(child, PRESS_HOME);
    for (int i = 0; i < 10 && !is_on(child, row); i++)
        child_press(child, PRESS_DOWN);
    expect_cursor_on(child, row);
}

/* Where it is printed, when the printers have answered. */
static void ask_to_print(struct child *child)
{
    child_type(child, "p");
    expect_row_has(child, 0, "Print where?");
    expect_text(child, "stopped");
}

static void say_copies(struct child *child, const char *number)
{
    child_type(child, "c");
    child_type(child, number);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Print where?");
}

/* As what: goes through them until it is that one, where there is another one. */
static void say_form(struct child *child, const char *form)
{
    go_to(child, "printed as");
    for (int i = 0; i < 3 && emulator_find(child_screen(child), form) < 0; i++)
        child_press(child, PRESS_ENTER);
    expect_text(child, form);
}

/* ---- what came out ---- */

static struct cups_job next_job(const char *queue)
{
    struct cups_job job;

    if (!cups_take(cups, &job))
        fail_msg("nothing came out of a queue");
    assert_string_equal(job.queue, queue);
    return job;
}

/* Without the lines that say when it was printed, which copy it is, and its code. */
static char *undated(const char *text)
{
    static const char mark[] = "Code ";
    const char *said = strstr(text, mark);
    struct buf out = BUF_INIT;

    assert_non_null(said);
    said += strlen(mark);
    char *code = xstrndup(said, strcspn(said, " "));
    while (*text) {
        size_t size = strcspn(text, "\n");
        char *line = xstrndup(text, size);
        if (!strstr(line, "Log") && !strstr(line, "Printed") && !strstr(line, code))
            buf_addf(&out, "%s\n", line);
        free(line);
        text += size + (text[size] == '\n');
    }
    free(code);
    return buf_detach(&out);
}

static void is_the_summary(const struct cups_job *job)
{
    struct buf out = BUF_INIT;
    const char *const print[] = {"print", post.file, CASE, NULL};

    assert_int_equal(post_run(&post, NULL, &out, print), 0);
    char *printed = undated(buf_text(&job->paper)), *expected = undated(buf_text(&out));
    assert_non_null(strstr(expected, NAME));
    assert_string_equal(printed, expected);
    free(printed);
    free(expected);
    buf_release(&out);
}

/* ---- what the access log says ---- */

/* "print 1-2" of each entry of the case that is no view, the newest first, until `most` are told.
 */
static char *logged(size_t most)
{
    struct buf out = BUF_INIT, said = BUF_INIT;
    const char *const access[] = {"access", post.file, CASE, "--json", NULL};
    size_t i;
    json_t *entry;

    assert_int_equal(post_run(&post, NULL, &out, access), 0);
    json_t *all = json_loadb(out.data, out.size, 0, NULL);
    json_array_foreach(all, i, entry)
    {
        const char *kind = json_string_value(json_object_get(entry, "access"));
        if (strcmp(kind, "view") == 0 || !most || !most--)
            continue;
        buf_addf(&said, "%s%s %s %lld", said.size ? ", " : "", kind,
                 json_string_value(json_object_get(entry, "what")),
                 json_integer_value(json_object_get(entry, "copies")));
    }
    json_decref(all);
    buf_release(&out);
    return buf_detach(&said);
}

static void expect_logged(size_t most, const char *expected)
{
    char *said = logged(most);

    assert_string_equal(said, expected);
    free(said);
}

/* ---- nothing plain is laid down ---- */

static size_t traces; /* nftw() carries no context */

static int look_into(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    FILE *in = kind == FTW_F ? fopen(path, "re") : NULL;
    struct buf bytes = BUF_INIT;

    (void)about;
    (void)where;
    for (int c; in && (c = getc(in)) != EOF;)
        buf_addc(&bytes, (char)c);
    if (in)
        fclose(in);
    if (bytes.size && memmem(bytes.data, bytes.size, NAME, strlen(NAME))) {
        print_error("%s holds %s\n", path, NAME);
        traces++;
    }
    buf_release(&bytes);
    return 0;
}

static size_t look_for_traces(void)
{
    traces = 0;
    assert_int_equal(nftw(post.folder, look_into, 16, FTW_PHYS), 0);
    return traces;
}

/* ---- the tests ---- */

/* One of two queues, two copies: what comes out is the document, and the screen says so. */
static void test_to_a_queue(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    expect_cursor_on(child, "laser                  the usual printer");
    say_copies(child, "2");
    say_form(child, AS_TEXT);
    go_to(child, "matrix");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to matrix: 2 copies, matrix-1.");
    expect_row_has(child, 0, "Summary of the case"); /* back where one was */
    struct cups_job job = next_job("matrix");
    assert_int_equal(job.copies, 2);
    assert_non_null(strstr(job.options, " media=Letter "));
    assert_non_null(strstr(buf_text(&job.paper), "Copies 1-2 "));
    expect_logged(9, "print summary 2"); /* one entry, of both */
    is_the_summary(&job);
    cups_job_release(&job);

    /* Next time it stands there first, as it was; and how many is said anew. */
    ask_to_print(child);
    expect_cursor_on(child, "matrix");
    expect_text(child, AS_TEXT);
    expect_text(child, "copies                 1");

    /* Neither in the case file nor beside it, nor where programs lay down what is temporary. */
    assert_int_equal(look_for_traces(), 0);
    char *path = scratch_path(post.home, "trace");
    scratch_write(path, "\x01" NAME "\xff", strlen(NAME) + 2);
    assert_int_equal(look_for_traces(), 1);
    unlink(path);
    free(path);
    child_free(child);
}

static bool can_draw(void)
{
    char *path = xasprintf("%s/amparo-pdf", getenv("AMPARO_BUILD"));
    bool can = access(path, X_OK) == 0;

    free(path);
    return can;
}

/* Pages that are drawn, where they can be; else the screen says that it is plain text, and why. */
static void test_pages(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    if (can_draw()) {
        say_form(child, AS_PAGES);
        go_to(child, "laser");
        child_press(child, PRESS_ENTER);
        expect_await(child, "Handed to laser: 1 copy, "); /* another program draws them */
        struct cups_job job = next_job("laser");
        assert_memory_equal(buf_text(&job.paper), "%PDF-", 5);
        assert_null(memmem(job.paper.data, job.paper.size, NAME, strlen(NAME))); /* compressed */
        cups_job_release(&job);
        assert_int_equal(look_for_traces(), 0);
    } else {
        expect_text(child, AS_TEXT ": what draws pages is not installed here");
    }
    child_free(child);
}

/* The printer's own words, and nothing is lost: it goes to another one. */
static void test_refused(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    say_form(child, AS_TEXT);
    go_to(child, "closed");
    expect_cursor_on(child, "takes nothing now: " CUPS_CLOSED);
    child_press(child, PRESS_ENTER);
    expect_text(child, "the printer refuses: lp: Destination \"closed\" is not accepting jobs.");
    expect_cursor_on(child, "closed");
    expect_logged(2, "failed summary 1, print summary 1");
    go_to(child, "laser");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to laser: 1 copy, ");
    struct cups_job job = next_job("laser");
    is_the_summary(&job);
    cups_job_release(&job);
    child_free(child);
}

/* Given up when all was sent: nobody knows whether it comes out, so that the log says nothing more
 * of it; and the next one does. */
static void test_given_up(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    say_form(child, AS_TEXT);
    go_to(child, "laser");
    cups_hold(cups);
    child_send_key(child, PRESS_ENTER);
    expect_at_work(child, "kB sent. Esc gives it up.");
    child_press(child, PRESS_F12);
    expect_text(child, "printing was given up when all was sent: look at the printer");
    expect_cursor_on(child, "laser");
    expect_logged(1, "print summary 1");
    cups_go_on(cups);
    say_copies(child, "3");
    go_to(child, "laser");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to laser: 3 copies, ");
    struct cups_job job = next_job("laser");
    assert_int_equal(job.copies, 3);
    cups_job_release(&job);
    child_free(child);
}

/* A queue that is stopped takes it, the screen says why it waits, and it is printed in the end. */
static void test_stopped(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    say_form(child, AS_TEXT);
    go_to(child, "stopped");
    expect_cursor_on(child, "stopped: " CUPS_STOPPED);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to stopped: 1 copy, stopped-");
    expect_text(child, "It is stopped: " CUPS_STOPPED);
    cups_mend(cups);
    struct cups_job job = next_job("stopped");
    is_the_summary(&job);
    cups_job_release(&job);
    child_free(child);
}

/* A draft says that it is one, and has no number. */
static void test_draft(void **state)
{
    struct child *child = at_the_summary();

    (void)state;
    ask_to_print(child);
    say_form(child, AS_TEXT);
    go_to(child, "state");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "draft");
    go_to(child, "laser");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to laser: 1 copy, ");
    struct cups_job job = next_job("laser");
    assert_non_null(strstr(buf_text(&job.paper), "DRAFT\n"));
    assert_null(strstr(buf_text(&job.paper), "Copy"));
    expect_logged(1, "print summary draft 1");
    cups_job_release(&job);
    child_free(child);
}

/* ---- the case ---- */

static int setup(void **state)
{
    static const struct {
        const char *act, *payload;
    } acts[] = {
        {"open", "{\"role\": \"requesting\", \"receiving_state\": \"AE\", \"priority\": "
                 "\"urgent\", \"source\": \"phone\"}"},
        {"person", "{\"person\": 1, \"surname_1\": \"" NAME "\", \"given_names\": \"Nahún "
                   "Édgar\", \"nationalities\": [{\"state\": \"HN\", \"proof\": "
                   "\"passport\"}]}"},
    };
    (void)state;
    cups = cups_start();
    post_make(&post);
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
        assert_int_equal(post_run(&post, acts[i].payload, NULL,
                                  (const char *const[]){"record", post.file, i ? CASE : "new",
                                                        acts[i].act, "-", NULL}),
                         0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    post_release(&post);
    cups_stop(cups);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_a_queue), cmocka_unit_test(test_pages),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_given_up),
        cmocka_unit_test(test_stopped),    cmocka_unit_test(test_draft),
    };

    if (cups_missing()) {
        printf("1..0 # SKIP %s\n", cups_missing());
        return 0;
    }
    return cmocka_run_group_tests_name("printing", tests, setup, teardown);
}
