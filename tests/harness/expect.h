/* SPDX-License-Identifier: MIT */
/*
 * What a cmocka test says about a program on a terminal. Each expectation that does not hold fails
 * the test, prints the whole screen, and leaves it as text and as an SVG picture in the build
 * folder's test-screens/. For tests only.
 */
#ifndef TESTS_HARNESS_EXPECT_H
#define TESTS_HARNESS_EXPECT_H

#include "tests/harness/child.h"

/* Starts the program and waits until it is at rest; failures of the harness fail the test. */
struct child *expect_start(const struct child_options *options, const char *const argv[]);

#define expect_text(child, text) expect_text_at(child, text, __FILE__, __LINE__)
#define expect_no_text(child, text) expect_no_text_at(child, text, __FILE__, __LINE__)
#define expect_row(child, row, text) expect_row_at(child, row, text, __FILE__, __LINE__)
#define expect_row_has(child, row, text) expect_row_has_at(child, row, text, __FILE__, __LINE__)
#define expect_cursor(child, row, col) expect_cursor_at(child, row, col, __FILE__, __LINE__)
#define expect_cursor_on(child, text) expect_cursor_on_at(child, text, __FILE__, __LINE__)
#define expect_await(child, text) expect_await_at(child, text, __FILE__, __LINE__)
#define expect_at_work(child, text) expect_at_work_at(child, text, __FILE__, __LINE__)
#define expect_exit(child, status) expect_exit_at(child, status, __FILE__, __LINE__)
#define expect_screen(child, path) expect_screen_at(child, path, __FILE__, __LINE__)
#define expect_true(child, what) expect_true_at(child, what, #what, __FILE__, __LINE__)

/* `text` stands within one row somewhere; nowhere. */
void expect_text_at(struct child *child, const char *text, const char *file, int line);
void expect_no_text_at(struct child *child, const char *text, const char *file, int line);

/* That row is exactly `text` (blanks at the end apart); holds `text`. */
void expect_row_at(struct child *child, int row, const char *text, const char *file, int line);
void expect_row_has_at(struct child *child, int row, const char *text, const char *file, int line);

/* The cursor stands there, and is visible; stands in a row that holds `text`. */
void expect_cursor_at(struct child *child, int row, int col, const char *file, int line);
void expect_cursor_on_at(struct child *child, const char *text, const char *file, int line);

/* `text` comes at its own time (child_await). */
void expect_await_at(struct child *child, const char *text, const char *file, int line);

/* The same while the program is at work and not at rest (child_await_at_work). */
void expect_at_work_at(struct child *child, const char *text, const char *file, int line);

/* The program ends by itself with that exit status. */
void expect_exit_at(struct child *child, int status, const char *file, int line);

/*
 * The screen equals the golden file (text, a line `--`, the attribute map; path from the source
 * tree's top). With AMPARO_GOLDEN=write in the environment the file is written instead.
 */
void expect_screen_at(struct child *child, const char *path, const char *file, int line);

void expect_true_at(struct child *child, bool holds, const char *what, const char *file, int line);

#endif
