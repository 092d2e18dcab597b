/* SPDX-License-Identifier: MIT */
/*
 * The terminal emulator of the tests: libvterm in the test's own process. It takes the bytes that
 * a program wrote and tells what a person would see: text, attributes, cursor. For tests only.
 *
 * Rows and columns count from 0. A row's text is UTF-8 with the blanks at its end cut off; a
 * double-width character stands once.
 */
#ifndef TESTS_HARNESS_EMULATOR_H
#define TESTS_HARNESS_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "amparo/base/buf.h"

struct emulator;

/* Where the terminal's answers (as to ESC[5n) go, as they arise. */
typedef void emulator_answer_fn(const char *bytes, size_t size, void *user);

struct emulator *emulator_new(int rows, int cols, emulator_answer_fn *answer, void *user);
void emulator_free(struct emulator *emulator);

/* Shows what a program wrote. */
void emulator_feed(struct emulator *emulator, const char *bytes, size_t size);

void emulator_resize(struct emulator *emulator, int rows, int cols);

int emulator_rows(const struct emulator *emulator);
int emulator_cols(const struct emulator *emulator);

/* Appends the text of a row. */
void emulator_add_row(const struct emulator *emulator, int row, struct buf *out);

/* All rows, each ended by a newline; the caller frees it. */
char *emulator_text(const struct emulator *emulator);

/* The row where `text` stands (the first from the top), or -1. */
int emulator_find(const struct emulator *emulator, const char *text);

/* The column in which `text` begins in that row, in cells, or -1. */
int emulator_column_of(const struct emulator *emulator, int row, const char *text);

/* Bytes on it that are not blanks: what a paint is measured against. */
size_t emulator_ink(const struct emulator *emulator);

void emulator_cursor(const struct emulator *emulator, int *row, int *col);
bool emulator_cursor_visible(const struct emulator *emulator);
bool emulator_is_alternate(const struct emulator *emulator);
size_t emulator_bells(const struct emulator *emulator);

/* How often the window's title, or its icon's, was set. */
size_t emulator_titles(const struct emulator *emulator);

/* Bytes that are no UTF-8, and control characters of 8 bits, sent so far: none is ever right. */
size_t emulator_strays(const struct emulator *emulator);

/* What a cell looks like besides its text. */
enum cell_attribute {
    CELL_BOLD = 1,
    CELL_UNDERLINE = 2,
    CELL_REVERSE = 4,
    CELL_COLOUR = 8, /* a foreground or background that is not the terminal's own */
    CELL_BLINK = 16,
};
unsigned emulator_attributes(const struct emulator *emulator, int row, int col);

/*
 * The attribute map, as a golden file has it: a line a row, a character a cell: `.` for a cell
 * without attributes, else their sum as a letter (1 = A, 2 = B …); dots at the end cut off. The
 * caller frees it.
 */
char *emulator_attribute_map(const struct emulator *emulator);

/* A paste begins or ends: answers the bracket, where the program asked for brackets. */
void emulator_paste(struct emulator *emulator, bool begins);

/* Whether the program asked for brackets around pastes. */
bool emulator_brackets(const struct emulator *emulator);

/* A picture of it, as SVG, for a person to look at. */
void emulator_write_svg(const struct emulator *emulator, FILE *out);

#endif
