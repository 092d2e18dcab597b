/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: by what views sort and filter the case list; a part of the
 * projections (project.h). Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_LISTED_H
#define AMPARO_STORE_LISTED_H

#include "amparo/agreement/redact.h"
#include "amparo/store/db.h"

struct listed {
    char opened[DATE_SIZE];
    char *name_key; /* by which names are sorted; "" where a list may not name the person */
    char *officers; /* who has the case, folded, "|" around each: those named, or who opened it */
    char *grounds;  /* codes, "|" around each; "" of a restricted case, as is the next */
    char *states;   /* other States: whose national it is, those asked, those written to */
    char *keepers;  /* redact.h */
    long notes;     /* in and out, without those annulled */
};

/* c has at least its opening act. */
void listed_make(const struct case_file *c, const char *title, bool locked, struct listed *out);
void listed_release(struct listed *l);

/* What listed_name() reads, in this order. */
#define LISTED_NAME "c.title, c.locked, c.keepers"
enum { LISTED_NAME_COLUMNS = 3 };

/* The name of a case as this officer may see it in a list, from LISTED_NAME at that column: a new
 * string, "" where it is hidden. */
char *listed_name(const struct store *store, sqlite3_stmt *row, int column,
                  enum name_hidden *hidden);

#endif
