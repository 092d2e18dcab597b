/* SPDX-License-Identifier: MIT */
/*
 * A form: labels and values, worked through by keyboard. Layer: tui; uses edit, list and term. It
 * knows no acts and no fields of the agreement: whoever opens it describes its items, and says
 * through hooks what a text means, where it is kept and what stood there last time.
 *
 * Enter, Tab and Down leave a field forward, Shift-Tab and Up back; Ctrl-Home and Ctrl-End go to
 * the first and last field, PgUp and PgDn turn the page, F6 goes to the next section. In a field
 * that is empty or untouched `=` and a section's number or letters of a label jump, `?u` `?r` `?n`
 * `?l` answer instead of a value, `??` asks for all help, `@` empties. F4 opens the list of codes,
 * F5 brings what was last entered, Ctrl-F does so for all empty fields. Ctrl-U and Ctrl-R undo and
 * redo within the field, then across fields and pages. Nothing that was typed is ever thrown away
 * because it is wrong, and no field holds the cursor fast.
 */
#ifndef AMPARO_TUI_FORM_H
#define AMPARO_TUI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "amparo/base/buf.h"
#include "amparo/tui/event.h"
#include "amparo/tui/term.h"

struct form;

enum form_kind {
    FORM_TEXT,    /* one line: names, dates, numbers, money; the settle hook knows which */
    FORM_LONG,    /* lines */
    FORM_CODE,    /* one of codes; the value is the code */
    FORM_CODES,   /* several; the value is the codes with ", " between */
    FORM_SHOWN,   /* only to read */
    FORM_HEADING, /* starts a section; its label is all there is */
};

/* A code and what people read; `also`: further words by which it is found, or NULL. */
struct form_code {
    const char *code;
    const char *label;
    const char *also;
};

enum form_flag {
    FORM_NEEDED = 1,  /* a `*` while it is empty */
    FORM_SKIP = 2,    /* leaves by itself when `width` clusters are typed: fixed-length codes */
    FORM_BESIDE = 4,  /* in the same row as the item before, where there is room */
    FORM_MANY = 8,    /* Enter gives a new line until the value settles: a machine-readable zone */
    FORM_CELL = 16,   /* a cell of a table: its label stands above it, the next cell beside it */
    FORM_LETTER = 32, /* one letter chooses: the first code that begins so; then it is left */
    FORM_ECHO = 64,   /* what settle makes of it is said while one types: dates */
    FORM_WORDS = 128, /* the codes are only for files: people see the labels alone */
};

/* One row; all strings are the caller's, in the reader's language, and outlive the form. */
struct form_item {
    const char *key;   /* the value's path, "nationalities[0].state"; NULL for a heading */
    const char *label; /* 15 cells at most are shown */
    const char *help;  /* one line, 60 cells at most; NULL: none */
    enum form_kind kind;
    unsigned flags;
    const struct form_code *codes; /* most used first; ended by code NULL */
    int width;                     /* cells of the field; 0: what there is */
    int rows;                      /* of a FORM_LONG; 0: three */
    size_t max;                    /* bytes of the value; 0: 4000 (one line: 400) */
};

/* How a value stands. GAP: missing for the next gate; shown like a doubt. */
enum form_level {
    FORM_FINE,
    FORM_GAP,
    FORM_DOUBT,
    FORM_ERROR,
};

/* What became of a value when its field was left. */
enum form_leaving {
    FORM_SAME,
    FORM_PASSED,  /* only offered or carried until now; it is the person's own from here on */
    FORM_CARRIED, /* it stands as last time, and still has to be passed */
    FORM_CHANGED,
};

struct form_hooks {
    /*
     * What a text that a field was left with means: may put a tidier text into *value (which holds
     * the text), and says it in full words, or what is wrong with it, in *echo. Called also for
     * values put in from outside; must give the same for its own result. NULL: all is fine. Not
     * called for empty values and answers; for codes after the list has been looked up.
     */
    enum form_level (*settle)(void *context, const struct form_item *item, struct buf *value,
                              struct buf *echo);
    /* A field has been left (or undone): keep its value, and where one is now. Of an item that is
     * not shown any more only the key is known. */
    void (*left)(void *context, const struct form_item *item, const char *value,
                 enum form_leaving how);
    /* At most every two seconds: what has been typed so far, and the cursor in it. False: it could
     * not be kept, and is told again. */
    bool (*typing)(void *context, const struct form_item *item, const char *text, size_t cursor);
    /* The value that this field had last time; NULL: none. */
    const char *(*previous)(void *context, const struct form_item *item);
};

/* What the screen around the form has to do. */
enum form_result {
    FORM_STAY,     /* draw again */
    FORM_PASS,     /* the key is not the form's */
    FORM_DONE,     /* F2: the last field has been left */
    FORM_CANCEL,   /* F12, Esc: it has been left too; nothing is lost */
    FORM_HELP,     /* F1: on form_item_at() */
    FORM_HELP_ALL, /* `??` */
};

/* hooks and context are the caller's and outlive the form. */
struct form *form_new(const struct form_hooks *hooks, void *context);
void form_free(struct form *form);

/*
 * The items, borrowed. May be called again when there are other items to show: values stay with
 * their keys, and so does the focus.
 */
void form_set_items(struct form *form, const struct form_item *items, size_t count);

/* The value of that key: "" where there is none; the answers are "?u", "?r", "?n", "?l". */
const char *form_value(const struct form *form, const char *key);

/* Puts a value in from outside; it is settled, but no hook is told and nothing can be undone. */
void form_put(struct form *form, const char *key, const char *value);

/* The same with a value that is only offered: it stands dim until its field has been passed. */
void form_offer(struct form *form, const char *key, const char *value);

/* The same with what follows from the value just left: it is undone and redone with that one. */
void form_fill(struct form *form, const char *key, const char *value);

/*
 * Before what the form says counts: how many values stand in it that were only offered or carried,
 * and never passed over. One is at the first of them then. Asked again with no other key between
 * than F2, all count as passed, and one is where one was: 0.
 */
size_t form_unpassed(struct form *form);

/* How an item stands, from what settle said and form_mark(); and the words for it. */
enum form_level form_level(const struct form *form, const char *key, const char **text);

/* Whether what is wrong with that field has room beside it, where it stands now; true where nothing
 * is. */
bool form_says_in_full(struct form *form, const char *key);

/* The word that stands before what is said of a value of that level; "" where it is fine. */
void form_say_level(struct buf *out, enum form_level level);

/* Whether that item stands on the page that one is on. */
bool form_shows(const struct form *form, const char *key);

/* A doubt, gap or error found across fields; stands until that value changes. FINE takes it away.
 */
void form_mark(struct form *form, const char *key, enum form_level level, const char *text);

/* Takes all of these away, to be found anew. */
void form_unmark(struct form *form);

/* Where one is; NULL where there is nothing to type in. The cursor is in bytes of the text. */
const struct form_item *form_item_at(const struct form *form);
size_t form_cursor(const struct form *form);

/* Whether F5 would bring something into the field one is in; whether there is something to undo,
 * and to redo. */
bool form_has_previous(const struct form *form);
/* Whether it knows of last times at all. */
bool form_has_memory(const struct form *form);
bool form_can_undo(const struct form *form);
bool form_can_redo(const struct form *form);
/* Whether there is a list to choose from, in the field one is in (`here`) or in any. */
bool form_has_codes(const struct form *form, bool here);

/* Whether a full field of fixed length, or a letter that chooses, leaves by itself; it does, unless
 * this says otherwise. */
void form_skip(struct form *form, bool skip);

/* To that field; with a cursor as somebody left it (NO_CURSOR: as if one had come by Tab). */
#define FORM_NO_CURSOR ((size_t)-1)
void form_go(struct form *form, const char *key, size_t cursor);

/* All items in their order. */
const struct form_item *form_items(const struct form *form, size_t *count);

/* What stands in the field one is in, as it reads there; and the same replaced, as F5 does. */
const char *form_text(const struct form *form);
void form_replace(struct form *form, const char *text);

/* To the section of that number, or to the label that fits these letters best, as after `=`. */
bool form_jump(struct form *form, const char *typed);

/*
 * Of the field one is in: what a part typed may mean, the best first (as many as the codes have
 * room in `found`, indices into them), how many; the one it means without doubt, or NULL; and where
 * in a text its last part begins.
 */
size_t form_fitting(const struct form *form, const char *typed, size_t *found);
const struct form_code *form_meant(const struct form *form, const char *typed);

/* The code's words as they stand in that field; appended. */
void form_say_codes(struct buf *out, const struct form_item *item, const char *value);

/* Which page is shown of how many, from 1. */
void form_pages(const struct form *form, int *page, int *pages);

enum form_result form_event(struct form *form, const struct term_event *event);

/* How long term_read() may wait for the next tick, -1: no tick is due; and the tick itself. */
int form_timeout(const struct form *form);
void form_tick(struct form *form);

/* Leaves the field as F2 does: before the screen goes elsewhere, at a hang-up, before a lock. */
void form_leave(struct form *form);

/*
 * Where one is and what is half typed there, with the list or the jump that is open and what can be
 * undone: a new object; and back, over the values as they were then. Hooks are not told.
 */
json_t *form_keep(const struct form *form);
void form_restore(struct form *form, const json_t *kept);

/* Of what was kept: the field in focus, and what is half typed there; NULL: nothing is. */
const char *form_kept_text(const json_t *kept, const char **focus);

/* Whether what is half typed has been told to the typing hook, or nothing is. */
bool form_is_told(const struct form *form);

/* How many of so many rows and columns the page takes that one is on. */
int form_rows(struct form *form, int rows, int cols);

/*
 * Draws into rows [top, top + rows) of the terminal; the last one (two on a narrow screen) says the
 * help of the field one is in, or what should stand beside it and finds no room there.
 */
void form_draw(struct form *form, struct terminal *term, int top, int rows);

#endif
