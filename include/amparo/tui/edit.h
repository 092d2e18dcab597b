/* SPDX-License-Identifier: MIT */
/*
 * The editing of one value, a line or several, by grapheme clusters. Layer: tui; pure: knows keys,
 * but no terminal (editview.h draws it).
 *
 * A value just set is fresh: the first key typed replaces it, an arrow or Ins edits it. The text is
 * always UTF-8 in normal form C. What was typed in one go is one step of undo, and so is a paste.
 */
#ifndef AMPARO_TUI_EDIT_H
#define AMPARO_TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "amparo/base/buf.h"
#include "amparo/tui/event.h"

/* What the last change was: like changes in a row are undone together. */
enum edit_change {
    EDIT_NO_CHANGE,
    EDIT_TYPED,
    EDIT_RUBBED, /* Backspace, Delete */
    EDIT_PASTED, /* never joined with the one before */
};

struct edit_state {
    char *text;
    size_t at;
};

struct edit_stack {
    struct edit_state *states;
    size_t count;
};

struct edit {
    struct buf text;
    size_t at;   /* the cursor, in bytes; always between clusters */
    size_t view; /* the first byte shown where the field is narrower than the text */
    int width;   /* cells of it, as scrolled last */
    struct {     /* the width before that, and what was shown then of which text */
        int width;
        size_t view, at, size;
    } before;
    size_t max;   /* bytes at most; 0: no limit */
    bool lines;   /* several lines: Ctrl-J ends one */
    bool fresh;   /* untouched: the first key replaces */
    bool changed; /* since edit_set() */
    bool full;    /* the last event brought more than there was room for */
    int goal;     /* the column that Up and Down keep to, -1: the cursor's own */
    enum edit_change last;
    struct edit_stack undo, redo;
};

void edit_init(struct edit *edit, bool lines, size_t max);
void edit_release(struct edit *edit);

/* A new value, fresh, the cursor at its start, nothing to undo. Stray bytes are left out. */
void edit_set(struct edit *edit, const char *text);

/* To the cell where somebody stopped: no longer fresh, the cursor at most at the end. */
void edit_resume(struct edit *edit, size_t at);

/* The text, where one is in it and what can be undone, into an object and back (keep.h). */
void edit_keep(const struct edit *edit, json_t *kept);
void edit_restore(struct edit *edit, const json_t *kept);

const char *edit_text(const struct edit *edit);

/*
 * Puts text in at the cursor, or in place of a fresh value. Newlines become blanks in a single
 * line. Of a paste that is too long its beginning is taken; `full` tells of both. False, with
 * nothing changed, where it is not UTF-8 or finds no room.
 */
bool edit_insert(struct edit *edit, const char *text, enum edit_change change);

/* Puts this in place of all, made clean, as one step of undo; the cursor at the end. */
void edit_replace(struct edit *edit, const char *text);

/*
 * Takes text, a paste or a key: arrows, words, Home, End, Ins, Del, Backspace, Ctrl-U (undo),
 * Ctrl-R (redo), in several lines also Up, Down and Ctrl-J. False: not for it, nothing changed;
 * so too where Up is pressed in the first line, or nothing is left to undo. `width` is the cells of
 * a line as drawn.
 */
bool edit_event(struct edit *edit, const struct term_event *event, int width);

/* Moves the view, where needed, so that the cursor is within `width` cells (or just behind). */
void edit_scroll(struct edit *edit, int width);

/* Lines as wrapped to `width` cells (1 at least), and where among them the cursor is. */
int edit_rows(const struct edit *edit, int width);
void edit_place(const struct edit *edit, int width, int *row, int *col);

#endif
