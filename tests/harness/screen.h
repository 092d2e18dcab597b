/* SPDX-License-Identifier: MIT */
/*
 * The terminal emulator of the tests: libvterm in the test's own process. It takes the bytes that
 * a program wrote and tells what a person would see: text, attributes, cursor. For tests only.
 *
 * Rows and columns count from 0. A row's text is UTF-8 with the blanks at its end cut off; a
 * double-width character stands once.
 */
#ifndef TESTS_HARNESS_SCREEN_H
#define TESTS_HARNESS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "amparo/base/buf.h"

struct screen;

/* Where the terminal's answers (as to ESC[5n) go, as they arise. */
typedef void screen_answer_fn(const char *bytes, size_t size, void *user);

struct screen *screen_new(int rows, int cols, screen_answer_fn *answer, void *user);
void screen_free(struct screen *screen);

/* Shows what a program wrote. */
void screen_feed(struct screen *screen, const char *bytes, size_t size);

void screen_resize(struct screen *screen, int rows, int cols);

int screen_rows(const struct screen *screen);
int screen_cols(const struct screen *screen);

/* Appends the text of a row. */
void screen_add_row(const struct screen *screen, int row, struct buf *out);

/* All rows, each ended by a newline; the caller frees it. */
char *screen_text(const struct screen *screen);

/* The row where `text` stands (the first from the top), or -1. */
int screen_find(const struct screen *screen, const char *text);

/* The column in which `text` begins in that row, in cells, or -1. */
int screen_column_of(const struct screen *screen, int row, const char *text);

/* Bytes on it that are not blanks: what a paint is measured against. */
size_t screen_ink(const struct screen *screen);

void screen_cursor(const struct screen *screen, int *row, int *col);
bool screen_cursor_visible(const struct screen *screen);
bool screen_is_alternate(const struct screen *screen);
size_t screen_bells(const struct screen *screen);

/* What a cell looks like besides its text. */
enum screen_attribute {
    SCREEN_BOLD = 1,
    SCREEN_UNDERLINE = 2,
    SCREEN_REVERSE = 4,
    SCREEN_COLOUR = 8, /* a foreground or background that is not the terminal's own */
    SCREEN_BLINK = 16,
};
unsigned screen_attributes(const struct screen *screen, int row, int col);

/*
 * The attribute map, as a golden file has it: a line a row, a character a cell: `.` for a cell
 * without attributes, else their sum as a letter (1 = A, 2 = B …); dots at the end cut off. The
 * caller frees it.
 */
char *screen_attribute_map(const struct screen *screen);

/* A paste begins or ends: answers the bracket, where the program asked for brackets. */
void screen_paste(struct screen *screen, bool begins);

/* A picture of it, as SVG, for a person to look at. */
void screen_write_svg(const struct screen *screen, FILE *out);

#endif
