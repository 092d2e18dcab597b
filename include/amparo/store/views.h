/* SPDX-License-Identifier: MIT */
/*
 * Views of the case list under a name (agreement/view.h): a few that are there from the start, and
 * those that an officer saved, who alone sees them. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_VIEWS_H
#define AMPARO_STORE_VIEWS_H

#include "amparo/store/store.h"

struct saved_view {
    char *name;
    int digit;  /* 1 to 9: key that calls it; 0: none */
    char *text; /* in English */
    bool own;   /* saved, not there from the start */
};

struct saved_views {
    struct saved_view *list; /* those with a digit first */
    size_t count;
};

void saved_views_release(struct saved_views *views);

/* One that was saved takes the digit of one that is there from the start. */
bool store_views(struct store *store, struct saved_views *out, struct error *err);

/* Of the officer who opened; of the same name or digit, the new one takes its place. The name in
 * use of a view that is there from the start, an empty or long one, is ERROR_INPUT. */
bool store_view_save(struct store *store, const char *name, int digit, const char *text,
                     struct error *err);
bool store_view_drop(struct store *store, const char *name, struct error *err);

/* The text of the view of that name (accents and case do not matter) or digit: a new string;
 * ERROR_INPUT, with the names that there are, where there is none. */
char *store_view_named(struct store *store, const char *name, struct error *err);

#endif
