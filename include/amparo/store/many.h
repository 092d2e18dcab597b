/* SPDX-License-Identifier: MIT */
/*
 * The same said of many cases, one after the other: what their openings say of who has them, what
 * is next, when their data is reviewed. Each is a correcting act of its case, by the one gate
 * function. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_MANY_H
#define AMPARO_STORE_MANY_H

#include "amparo/store/list.h"

/* A field of the opening; value NULL: it is taken away. */
struct opening_change {
    const char *key, *value;
};

/*
 * Corrects the case's opening. *same: it said so already, and nothing is recorded. A restricted
 * case of other officers is refused (ERROR_REFUSED).
 */
bool store_change_opening(struct store *store, const struct case_row *row,
                          const struct opening_change *changes, size_t count, const char *reason,
                          bool *same, struct error *err);

/* How many of these cases there are of each stage, country, State, ground. */
struct counted {
    enum view_key key;
    char code[24]; /* as a condition takes it */
    size_t count;
};
struct view_counts {
    struct counted *list; /* by key; stages in their order, the others by how many */
    size_t count;
};
void view_counts_release(struct view_counts *counts);
bool store_view_counts(struct store *store, const struct case_order *order, struct view_counts *out,
                       struct error *err);

#endif
