/* SPDX-License-Identifier: MIT */
/*
 * Drafts: what is being typed, before it is an act. Each field that is left is in the file at once;
 * a draft knows which screen and field had the focus, so that work goes on in the same cell after
 * whatever ended the program. A draft is seen by its own officer only. Layer: store.
 */
#ifndef AMPARO_STORE_DRAFT_H
#define AMPARO_STORE_DRAFT_H

#include "amparo/store/store.h"

struct draft_field {
    char *path; /* the form's own name of the field: "surname_1", "nationalities[0].state" */
    char *text; /* as typed, also when wrong */
    long cursor;
};

struct draft {
    int64_t id;
    char *subject; /* case reference, or the caller's name for a new case ("new") */
    enum act_kind kind;
    long slot;             /* which one: a person's number, a round; 0 */
    char *screen;          /* the caller's name of the screen that had the focus */
    char *focus;           /* path of the field that had the focus, or "" */
    long cursor;           /* in that field */
    char at[INSTANT_SIZE]; /* last written */
    int64_t seen;          /* record_request.seen of what is typed: what came later is news */
    char *officer;         /* name */
    struct draft_field *fields;
    size_t count;
};

struct drafts {
    struct draft *list; /* last written first; without their fields */
    size_t count;
};

void draft_release(struct draft *draft);
void drafts_release(struct drafts *drafts);

/* Finds the officer's draft for that form, or begins one, with `seen`: *id. */
bool store_draft_open(struct store *store, const char *subject, enum act_kind kind, long slot,
                      int64_t seen, int64_t *id, struct error *err);

/* What was news has been looked at. */
bool store_draft_see(struct store *store, int64_t id, int64_t seen, struct error *err);

/* Writes one field, durably, and makes it the focus. */
bool store_draft_put(struct store *store, int64_t id, const char *screen, const char *path,
                     const char *text, long cursor, struct error *err);

/* Moves the focus only: not flushed to the disk by itself. */
bool store_draft_focus(struct store *store, int64_t id, const char *screen, const char *path,
                       long cursor, struct error *err);

/* The whole draft; ERROR_INPUT where this officer has none of that id. */
bool store_draft_get(struct store *store, int64_t id, struct draft *out, struct error *err);

/* This officer's drafts; subject NULL: of all cases. */
bool store_draft_list(struct store *store, const char *subject, struct drafts *out,
                      struct error *err);

bool store_draft_drop(struct store *store, int64_t id, struct error *err);

/* A case was opened from the drafts of `from` ("new"): they are now of that case. */
bool store_draft_move(struct store *store, const char *from, const char *to, struct error *err);

#endif
