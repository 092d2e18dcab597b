/* SPDX-License-Identifier: MIT */
#include "tests/harness/expect.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"

/* Opens test-screens/PROGRAM-N.SUFFIX in the build folder; NULL where it cannot. */
static FILE *open_picture(int number, const char *suffix)
{
    const char *build = getenv("AMPARO_BUILD");
    char *folder = xasprintf("%s/test-screens", build ? build : ".");
    char *path = xasprintf("%s/%s-%d.%s", folder, program_invocation_short_name, number, suffix);

    mkdir(folder, 0777);
    FILE *out = fopen(path, "we");
    if (out && strcmp(suffix, "svg") == 0)
        print_error("picture: %s\n", path);
    free(folder);
    free(path);
    return out;
}

static void keep_screen(const struct emulator *screen, const char *text)
{
    static int number;

    number++;
    FILE *out = open_picture(number, "txt");
    if (out) {
        fputs(text, out);
        fclose(out);
    }
    out = open_picture(number, "svg");
    if (out) {
        emulator_write_svg(screen, out);
        fclose(out);
    }
}

/* A line at a time, since cmocka cuts long messages. */
static void print_lines(const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        print_error("|%.*s\n", (int)(end - text), text);
}

static void fail_with_screen(struct child *child, const char *file, int line, const char *what)
{
    int row, col;
    char *text = emulator_text(child_screen(child));

    emulator_cursor(child_screen(child), &row, &col);
    print_error("%s\n", what);
    print_lines(text);
    print_error("cursor at row %d, column %d%s\n", row, col,
                child_has_ended(child) ? "; the program has ended" : "");
    keep_screen(child_screen(child), text);
    free(text);
    child_kill(child, SIGKILL);
    _fail(file, line);
}

static void harness_failure(struct child *child, const char *what)
{
    fail_with_screen(child, "the harness", 0, what);
}

struct child *expect_start(const struct child_options *options, const char *const argv[])
{
    child_on_failure(harness_failure);
    struct child *child = child_start(options, argv);
    child_rest(child);
    return child;
}

/* Fails with "WANTED: `text`" unless it holds. */
static void expect_quoted(struct child *child, bool holds, const char *wanted, const char *text,
                          const char *file, int line)
{
    if (holds)
        return;
    char *what = xasprintf("%s: `%s`", wanted, text);
    fail_with_screen(child, file, line, what);
}

void expect_text_at(struct child *child, const char *text, const char *file, int line)
{
    expect_quoted(child, emulator_find(child_screen(child), text) >= 0, "should be on the screen",
                  text, file, line);
}

void expect_no_text_at(struct child *child, const char *text, const char *file, int line)
{
    expect_quoted(child, emulator_find(child_screen(child), text) < 0,
                  "should not be on the screen", text, file, line);
}

void expect_row_at(struct child *child, int row, const char *text, const char *file, int line)
{
    struct buf have = BUF_INIT;

    emulator_add_row(child_screen(child), row, &have);
    bool same = strcmp(buf_text(&have), text) == 0;
    buf_release(&have);
    expect_quoted(child, same, "the row should be", text, file, line);
}

void expect_row_has_at(struct child *child, int row, const char *text, const char *file, int line)
{
    expect_quoted(child, emulator_column_of(child_screen(child), row, text) >= 0,
                  "the row should hold", text, file, line);
}

void expect_cursor_at(struct child *child, int row, int col, const char *file, int line)
{
    int at_row, at_col;

    emulator_cursor(child_screen(child), &at_row, &at_col);
    if (at_row == row && at_col == col && emulator_cursor_visible(child_screen(child)))
        return;
    char *what = xasprintf("the cursor should stand, visible, at row %d, column %d", row, col);
    fail_with_screen(child, file, line, what);
}

void expect_cursor_on_at(struct child *child, const char *text, const char *file, int line)
{
    int row, col;

    emulator_cursor(child_screen(child), &row, &col);
    expect_quoted(child, emulator_column_of(child_screen(child), row, text) >= 0,
                  "the cursor should be in a row with", text, file, line);
}

void expect_await_at(struct child *child, const char *text, const char *file, int line)
{
    expect_quoted(child, child_await(child, text), "should come on the screen", text, file, line);
}

void expect_at_work_at(struct child *child, const char *text, const char *file, int line)
{
    expect_quoted(child, child_await_at_work(child, text), "should come on the screen", text, file,
                  line);
}

void expect_exit_at(struct child *child, int status, const char *file, int line)
{
    int ended = child_wait(child);

    if (WIFEXITED(ended) && WEXITSTATUS(ended) == status)
        return;
    char *what =
        WIFSIGNALED(ended)
            ? xasprintf("should end with status %d, not by signal %d", status, WTERMSIG(ended))
            : xasprintf("should end with status %d, not %d", status, WEXITSTATUS(ended));
    fail_with_screen(child, file, line, what);
}

static char *read_whole(const char *path)
{
    struct buf text = BUF_INIT;
    char part[4096];
    FILE *in = fopen(path, "re");

    for (size_t got; in && (got = fread(part, 1, sizeof part, in)) > 0;)
        buf_add(&text, part, got);
    if (in)
        fclose(in);
    return buf_detach(&text);
}

void expect_screen_at(struct child *child, const char *path, const char *file, int line)
{
    const char *source = getenv("AMPARO_SRC"), *golden = getenv("AMPARO_GOLDEN");
    char *full = xasprintf("%s/%s", source ? source : ".", path);
    char *text = emulator_text(child_screen(child));
    char *map = emulator_attribute_map(child_screen(child));
    char *have = xasprintf("%s--\n%s", text, map);

    if (golden && strcmp(golden, "write") == 0) {
        FILE *out = fopen(full, "we");
        bool written = out && fputs(have, out) >= 0 && fclose(out) == 0;
        expect_quoted(child, written, "could not be written", path, file, line);
    } else {
        char *want = read_whole(full);
        if (strcmp(have, want ? want : "") != 0) {
            print_error("golden file %s:\n", path);
            print_lines(want ? want : "");
            print_error("attributes now:\n");
            print_lines(map);
        }
        expect_quoted(child, want && strcmp(have, want) == 0, "the screen should equal", path, file,
                      line);
        free(want);
    }
    free(have);
    free(map);
    free(text);
    free(full);
}

void expect_true_at(struct child *child, bool holds, const char *what, const char *file, int line)
{
    expect_quoted(child, holds, "should hold", what, file, line);
}
