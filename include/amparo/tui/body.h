/* SPDX-License-Identifier: MIT */
/*
 * The body of a screen as lines: some can have the focus (rows), the others are read only. Moving
 * the focus repaints two rows; the rest scrolls when it must. State is here, never in the cells.
 * Layer: tui; uses term, base.
 */
#ifndef AMPARO_TUI_BODY_H
#define AMPARO_TUI_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "amparo/base/buf.h"
#include "amparo/tui/term.h"

enum body_style {
    BODY_PLAIN,
    BODY_HEAD,
    BODY_DIM,
    BODY_DOUBT,
    BODY_COLUMNS, /* the names of the columns of the rows, or the one line, right below */
};

struct body_line {
    char *text;
    enum body_style style;
    bool row;      /* can have the focus */
    bool numbered; /* it begins with a number of its own, which is its tag */
    long tag;      /* what the row stands for, in the screen's own terms */
    char *ref;     /* likewise: a case reference, an act id, a path; or NULL */
};

struct body {
    struct body_line *lines;
    size_t count, room;
    size_t focus;         /* index of the row in focus; count where there is no row */
    size_t top;           /* index of the first line shown */
    size_t wished, drawn; /* the same as the last key left it, and as drawn since */
    int left;             /* cells of a line that is no row which are out of sight at its left */
    int longest;          /* cells of a wrapped line, however wide the screen; 0: no limit */
    bool kept;            /* a row had the focus before */
    long kept_tag;
    char *kept_ref;
    size_t kept_nth; /* of several rows that have both in common, from 0 */
};

void body_release(struct body *b);

/* Between begin and end all lines are made anew; the row in focus keeps it, by tag and ref. */
void body_begin(struct body *b);
void body_end(struct body *b);

void body_line(struct body *b, enum body_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void body_row(struct body *b, long tag, const char *ref, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The row written last begins with its number, which is its tag: that opens it, and no other. */
void body_numbered(struct body *b);
/* A row that says all of a text: what finds no room in its line stands below it, further in. */
void body_row_wrap(struct body *b, long tag, const char *ref, int width, const char *text);
/* A text of any length, wrapped at `width` cells (or `longest`, where that is less), its lines
 * after the first `indent` further in. */
void body_wrap(struct body *b, enum body_style style, int width, int indent, const char *text);

/* What stands where there is nothing yet: what it is for, and how to begin. Wrapped, dim. */
void body_empty(struct body *b, int width, const char *text);

/* The row in focus, or NULL. */
const struct body_line *body_focused(const struct body *b);
/* Puts the focus on that row, where there is one. */
void body_focus(struct body *b, long tag, const char *ref);

/* Puts the focus on the next row that has all these words (text_match()), past the last one on the
 * first again; false: none has. */
bool body_find(struct body *b, const char *words);

/* Moves the focus or scrolls; false: not an event of ours. */
bool body_event(struct body *b, const struct term_event *event, int rows);

/* Where one is, to come back there when the lines are made from nothing; NULL: nowhere. */
json_t *body_keep(const struct body *b);
void body_expect(struct body *b, const json_t *kept);

/* Draws into the rows from `row` on, and puts the cursor on the focus. */
void body_draw(struct body *b, struct terminal *term, int row, int rows);
/* Where there are no rows, one reads: the mark and the cursor stand where reading goes on. */
void body_mark_top(const struct body *b, struct terminal *term, int row);

#endif
