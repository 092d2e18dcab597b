/* SPDX-License-Identifier: MIT */
/*
 * A table out of a spreadsheet program, saved as CSV: its encoding and separator are found or
 * named, its first line names the columns. Layer: base; uses csv.
 *
 * Read are UTF-8, with a byte order mark or without, and Windows-1252, of which Latin-1 is a part;
 * commas, semicolons or tabs; a first line `sep=;` as some programs write it. Empty rows are passed
 * over. What cannot be read is said by line and column, and the next row is read.
 */
#ifndef AMPARO_BASE_SHEET_H
#define AMPARO_BASE_SHEET_H

#include "amparo/base/csv.h"

enum sheet_encoding { SHEET_FOUND, SHEET_UTF8, SHEET_1252 };

struct sheet_format {
    char separator; /* 0: the one of the three that parts the first line most often */
    enum sheet_encoding encoding;
};

struct sheet {
    struct csv csv;
    struct buf recoded; /* the text, where it was not UTF-8 */
    struct csv_row head;
    struct csv_row row; /* the one last read */
};

/* Where a row begins, to come back to it. */
struct sheet_place {
    const char *at;
    long line;
};

enum { SHEET_NONE = -1, SHEET_TWICE = -2 };

/* "utf-8", "windows-1252", "latin-1"; false for another word. */
bool sheet_encoding_named(const char *name, enum sheet_encoding *out);

/* Reads the first line; the bytes stay the caller's and outlive the sheet. Release also where it
 * is false (ERROR_INPUT). */
bool sheet_open(struct sheet *sheet, const char *bytes, size_t size, struct sheet_format format,
                struct error *err);
void sheet_release(struct sheet *sheet);

/* The next row, of as many fields as the first line has. CSV_BAD adds "line N: …" to err. */
enum csv_result sheet_next(struct sheet *sheet, struct error *err);

struct sheet_place sheet_tell(const struct sheet *sheet);
void sheet_seek(struct sheet *sheet, struct sheet_place place);

/* The column of that name, from 0 (accents, case and blanks around do not matter where no other is
 * meant); or SHEET_NONE, SHEET_TWICE. */
int sheet_column(const struct sheet *sheet, const char *name);

/*
 * Appends the cell of the present row, in normal form C and without blanks around. False, with what
 * is wrong with it in *why (translated): it is a formula, which a spreadsheet would run.
 */
bool sheet_cell(const struct sheet *sheet, int column, struct buf *out, const char **why);

#endif
