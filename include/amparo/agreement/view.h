/* SPDX-License-Identifier: MIT */
/*
 * Views of the case list: words to search, conditions and an order, as they are typed in one line:
 *
 *     ramirez stage:poll place:AE due<3 mine -noted sort:due
 *
 * Each word is known in English and in the reader's language; "quotes" take a word as it is. What
 * stands in a file is the English. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_VIEW_H
#define AMPARO_AGREEMENT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/base/i18n.h"

enum view_key {
    VIEW_STAGE,
    VIEW_PLACE, /* the country where the person is */
    VIEW_STATE, /* another State that the case concerns */
    VIEW_GROUND,
    VIEW_OFFICER,
    VIEW_DUE,
    VIEW_OPENED,
    VIEW_CHANGED,
    VIEW_WAITS,
    VIEW_SORT, /* in no term: it is the view's own */
    VIEW_OPEN, /* from here on words of their own */
    VIEW_CLOSED,
    VIEW_ALL, /* closed or not */
    VIEW_MINE,
    VIEW_URGENT,
    VIEW_DANGER,
    VIEW_LATE,
    VIEW_NOTED,
    VIEW_KEY_COUNT,
};

enum view_than { THAN_IS, THAN_LESS, THAN_MORE };

struct view_term {
    enum view_key key;
    bool not;
    enum view_than than; /* of due, opened, changed */
    /* Codes with commas between; of an officer the name, folded; of a time "3" (days from now, or
     * ago), "2026-12-01", "2026", "today", "week", "month", "year", "none"; else "". */
    char *value;
};

enum view_sort {
    SORT_USUAL, /* last changed first; where words are searched, last opened first */
    SORT_REFERENCE,
    SORT_PERSON,
    SORT_DUE,
    SORT_STAGE,
    SORT_PLACE,
    SORT_CHANGED, /* last first, as is the next */
    SORT_OPENED,
    SORT_COUNT,
};

struct view {
    struct view_term *terms;
    size_t count;
    char *words; /* to be searched, "" where none; as typed, quotes taken away */
    enum view_sort sort;
    bool backwards;
};

/*
 * Reads what was typed. False: a line of err for each mistake, and the view is of the rest. Where
 * `typing`, the last word may still be unfinished: it is no mistake, and no condition, unless it
 * means one thing alone. view_release() ends it either way; err may be NULL.
 */
bool view_parse(const char *text, translate_fn *tr, bool typing, struct view *out,
                struct error *err);
void view_release(struct view *view);

/* Is there a condition of that kind? */
bool view_has(const struct view *view, enum view_key key);

/* Appends it as one types it, in that language; english() for what is kept. */
void view_format(struct buf *out, const struct view *view, translate_fn *tr);

/*
 * What could stand in the place of the word: all that goes on from it, in that language. `text` is
 * the whole word then, "stage:poll"; where it ends in : a value is to follow. `about` says what it
 * means.
 */
typedef void view_choice_fn(void *ctx, const char *text, const char *about);
void view_choices(const char *word, translate_fn *tr, view_choice_fn *each, void *ctx);

/* Where the last word of a text that is `size` bytes long begins. */
size_t view_last_word(const char *text, size_t size);

/* The name of an order, as sort: takes it, and what it means: N_(). */
const char *view_sort_label(enum view_sort sort);

#endif
