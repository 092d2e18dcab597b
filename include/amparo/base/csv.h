/* SPDX-License-Identifier: MIT */
/*
 * A reader of CSV as RFC 4180 has it, with the separator of one's choice. Layer: base.
 *
 * It reads from memory. Lines end with LF or CRLF; a quoted field may hold separators, line ends
 * and doubled quotes; a byte order mark at the start and empty lines are passed over. What is not
 * CSV, and what is not UTF-8 text (NUL included), makes that one row bad: the reader says which
 * line, and goes on with the next one, so that all bad lines can be named at once.
 */
#ifndef AMPARO_BASE_CSV_H
#define AMPARO_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

struct csv {
    const char *at, *end;
    char separator;
    bool quoting; /* set to false for a list that has no quoted fields: a quote is a letter then */
    long line;    /* the line that `at` is in, from 1 */
};

struct csv_row {
    long line;       /* where the row begins, from 1 */
    size_t count;    /* fields */
    char **fields;   /* each NUL-terminated, in `text`; valid until the next read */
    struct buf text; /* what they point into */
    size_t room;
};

enum csv_result {
    CSV_END, /* no further row */
    CSV_ROW, /* a row was read */
    CSV_BAD, /* the row is not CSV or not text: a line was added to the error */
};

#define CSV_ROW_INIT                                                                               \
    {                                                                                              \
        0, 0, NULL, BUF_INIT, 0                                                                    \
    }

/* The bytes stay the caller's, and must outlive the reader. */
void csv_init(struct csv *csv, const char *bytes, size_t size, char separator);

void csv_row_release(struct csv_row *row);

/* Reads the next row. CSV_BAD adds "line N: …" to err (kind ERROR_INPUT). */
enum csv_result csv_read(struct csv *csv, struct csv_row *row, struct error *err);

/* Appends one field, quoted where it must be; the caller puts the separators and CRLF. */
void csv_add_field(struct buf *out, const char *field, char separator);

/*
 * The same of a text by others: what a spreadsheet would take for a formula (it begins with = + - @
 * or a tab, and is no telephone number) gets an apostrophe before it. csv_text() takes that off a
 * field that was read: where the text begins in it.
 */
void csv_add_text(struct buf *out, const char *text, char separator);
char *csv_text(char *field);

#endif
