/* SPDX-License-Identifier: MIT */
/* What the parts of a view share; for view.c and view_tasks.c only. */
#ifndef AMPARO_STORE_VIEW_WORK_H
#define AMPARO_STORE_VIEW_WORK_H

#include "amparo/store/db.h"
#include "amparo/store/list.h"

enum { TEXTS_MOST = 64 };
#define DAY 86400LL /* seconds */

struct statement_text {
    struct store *store;
    const struct view *view;
    struct buf sql;
    char *texts[TEXTS_MOST]; /* for the `?`s, in order */
    size_t text_count;
    struct instant now;
    struct date today;
    long long offset; /* of the clock here from UTC, in seconds */
};

/* A row with what it is sorted by. */
struct sortable {
    int64_t key, second, row;
};

struct sortables {
    struct sortable *list;
    size_t count, room;
};

/* The greatest key first; of the same, what was opened last. */
int view_by_key(const void *a, const void *b);

struct row_set {
    bool *has; /* by row */
    int64_t end;
};

/* The row after the last one there is; an empty set. */
bool view_rows_end(struct store *store, int64_t *end, struct error *err);
bool row_set_init(struct store *store, struct row_set *set, struct error *err);

/*
 * The days that a time of a term means: *from and *to are its first and last. `ahead`: a number
 * counts from now on, else back from now.
 */
void view_span(const char *value, struct date today, bool ahead, struct date *from,
               struct date *to);

/* Whether the work list answers a condition, and it is no part of the statement. */
bool view_is_of_tasks(enum view_key key);

/* ---- view_tasks.c ---- */

/* Takes those out that the conditions on tasks do not mean; sorts by what is due, where asked. */
bool view_apply_tasks(const struct statement_text *s, struct case_order *order, struct error *err);

#endif
