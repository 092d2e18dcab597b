/* SPDX-License-Identifier: MIT */
/*
 * The items of an act's form, made from the field table: nothing about a field is known here. What
 * the rules of the act refuse for the values typed so far is not shown; what they ask for is marked
 * as needed. Layer: tui; uses agreement, base.
 */
#ifndef AMPARO_TUI_ACTITEMS_H
#define AMPARO_TUI_ACTITEMS_H

#include "amparo/tui/casework.h"
#include "amparo/tui/form.h"

/* Paths of what is not a field of the act itself. */
#define ITEM_CORRECT_REASON "correct.reason"
#define ITEM_TRANSCRIBED "transcribed"

struct act_item;

struct act_items {
    struct form_item *list;
    size_t count;
    /* owned by this */
    struct act_item *details; /* beside the list: one for each item */
    size_t room;
};

/* What an item stands for; field NULL for a heading. */
struct act_item {
    char *key;
    const struct field *field;
    struct form_code *codes;
    size_t code_count;
};

struct act_items_order {
    const struct casework *w;
    enum act_kind kind;
    const struct field *fields; /* of no act (kind ACT_NONE): these; or NULL */
    bool correcting;            /* a reason comes first */
    bool several;               /* some fields take several codes: an act each (act_several()) */
    const json_t *typed;        /* the payload so far */
};

/* Makes them anew; those before stay valid until act_items_release(). */
void act_items_make(struct act_items *out, const struct act_items_order *order);
void act_items_release(struct act_items *items);

/* Appends one item for a field, under that path. `out` is initialised. The new item. */
struct form_item *act_items_add(struct act_items *out, const struct act_items_order *order,
                                const struct field *field, const char *path);

/* The detail of an item of the list, or NULL. */
const struct act_item *act_items_detail(const struct act_items *items, const char *key);

/* The field that one is in, where the form has these items; NULL: in none. */
const struct field *act_items_field_at(const struct act_items *items, const struct form *form);

/* Whether that field may take several codes at once, one act being recorded for each. */
bool act_several(enum act_kind kind, const char *key);

/* Whether an act of this kind, so far, has to say where it was transcribed from. */
bool act_is_transcribed(const struct casework *w, enum act_kind kind, const json_t *typed);

#endif
