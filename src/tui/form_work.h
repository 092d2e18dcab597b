/* SPDX-License-Identifier: MIT */
/* What the parts of the form share; for form*.c only. */
#ifndef AMPARO_TUI_FORM_WORK_H
#define AMPARO_TUI_FORM_WORK_H

#include "amparo/tui/edit.h"
#include "amparo/tui/form.h"
#include "amparo/tui/list.h"

/* A value and how it stands. Kept by key, so that items may come and go. */
struct form_value {
    char *key;
    struct buf text;
    struct buf echo; /* in words, or what is wrong */
    struct buf mark; /* said from outside */
    enum form_level level, marked;
    bool carried; /* from last time, and not looked at yet */
    bool offered; /* a default, and not looked at yet */
};

enum change_how {
    CHANGE_JOINED = 1,  /* undone and redone with the one before */
    CHANGE_CARRIED = 2, /* brought from last time, and to be passed over once it is redone */
};

/* A change that Ctrl-U can take back after the field was left. */
struct form_change {
    char *key;
    char *before;
    char *after;
    unsigned how; /* enum change_how */
};

/* Where an item stands in the form, for the size of the last drawing. */
struct form_place {
    int page, row; /* row within the page */
    int label_row; /* the same, but for a cell */
    int label_col, field_col;
    int width, rows;
};

/* The list of codes under the field. */
struct form_popup {
    bool open;
    bool all;    /* F4: stays until closed */
    bool chosen; /* the arrows are in the list, not in the field */
    struct list list;
    size_t *found;   /* indices into codes */
    char sought[32]; /* letters typed into the whole list, which they narrow */
};

struct form {
    const struct form_hooks *hooks;
    void *context;
    const struct form_item *items;
    size_t count;
    struct form_value **values;
    size_t value_count;
    struct form_place *places; /* one an item */
    int body_rows, cols, pages;
    size_t at; /* the item one is in; count: none */
    struct edit edit;
    struct buf entered; /* the value with which the field was entered */
    bool told;          /* the typing hook knows what is typed */
    struct form_popup popup;
    bool asked;      /* form_unpassed() told of some, and no key has come since */
    size_t asked_at; /* where one was then */
    bool jumping;    /* after `=` */
    bool stay;    /* a full field is left by a key alone */
    bool missed;  /* nothing is called as was typed there */
    struct edit jump;
    struct form_change *changes; /* [0, undone) can be undone, [undone, change_count) redone */
    size_t change_count, undone;
};

/* ---- form.c ---- */

bool form_takes_keys(const struct form_item *item);
const struct form_item *form_item_of(const struct form *form, const char *key);

/* The value of that key, or NULL. */
struct form_value *form_find_value(const struct form *form, const char *key);

/* The value of that key, made where there is none; stays where it is until the form is freed. */
struct form_value *form_value_of(struct form *form, const char *key);

/* Makes of a text typed a value that stands. */
void form_settle(struct form *form, struct form_value *value, const char *text);

/* What the field one is in would be if it were left now; released by form_trial_release(). */
struct form_value form_trial(struct form *form);
void form_trial_release(struct form_value *trial);

/* The first item from `at` on that takes keys, by steps of 1 or -1; count: none. */
size_t form_seek(const struct form *form, size_t at, int by);

/* Puts the value of the field one is in into the edit; goes into a field. */
void form_load(struct form *form);
void form_enter(struct form *form, size_t at);

/* Keeps what is typed and goes to that field (count: to the same again); the left hook is told. */
void form_leave_for(struct form *form, size_t at);

/* Remembers a change for Ctrl-U; what had been undone cannot be redone any more. */
void form_remember(struct form *form, const char *key, const char *before, const char *after,
                   unsigned how);

/* The field's text, and what had been undone in it, becomes a change that can be redone. */
void form_remember_undone(struct form *form);

/* Frees a text that may be personal. */
void form_wipe(char *text);

/* ---- form_codes.c ---- */

/* One of the answers "?u" "?r" "?n" "?l": its word in the reader's language, else NULL. */
const char *form_answer(const char *text);

/* Whether it is the one that leaves the question open. */
bool form_asks_later(const char *text);

/* The text that stands in the field for a value of codes. */
void form_codes_text(struct buf *out, const struct form_item *item, const char *value);

/* Looks up what was typed; value becomes codes, *echo says what was not found. */
enum form_level form_codes_settle(const struct form_item *item, struct buf *value,
                                  struct buf *echo);

/* Where the part that one is typing starts: after the last comma, where several may stand. */
size_t form_part(const struct form_item *item, const char *text);

/* The code that is meant without doubt: itself, its label, or the only one that matches. */
const struct form_code *form_one_code(const struct form_item *item, const char *typed);

/* All that match, the best first (all in order for ""); returns how many. found has room for all.
 */
size_t form_find_codes(const struct form_item *item, const char *typed, size_t *found);

size_t form_count_codes(const struct form_item *item);

/* ---- form_popup.c ---- */

void form_popup_close(struct form *form);
void form_popup_all(struct form *form);
/* Letters typed into the whole list: they narrow it. */
void form_popup_seek(struct form *form, const char *letters);
/* After each change of the text: opens, narrows or closes the list. */
void form_popup_follow(struct form *form);
/* A key for the list: not for it, taken, or the code that ends the field has been chosen. */
enum popup_answer { POPUP_PASS, POPUP_STAY, POPUP_NEXT };
enum popup_answer form_popup_event(struct form *form, const struct term_event *event);
/* As it is open, in a new object or NULL; and back, over the codes that there are by then. */
json_t *form_popup_keep(const struct form *form);
void form_popup_restore(struct form *form, const json_t *kept);
void form_popup_draw(struct form *form, struct terminal *term, int top);
/* Takes the code into the field, in place of the part being typed. */
void form_take_code(struct form *form, const struct form_code *code);

/* ---- form_layout.c ---- */

/* Places all items for so many rows and columns. */
void form_layout(struct form *form, int body_rows, int cols);

#endif
