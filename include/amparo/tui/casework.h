/* SPDX-License-Identifier: MIT */
/*
 * What the screens of one case share: its acts as read from the store, the directory that concerns
 * it, the assessment, and what is missing. Read anew when the file has changed.
 * Layer: tui; uses store, agreement, base.
 */
#ifndef AMPARO_TUI_CASEWORK_H
#define AMPARO_TUI_CASEWORK_H

#include "amparo/agreement/assess.h"
#include "amparo/agreement/case.h"
#include "amparo/base/instant.h"
#include "amparo/store/store.h"

enum { CASE_PERSONS = 40 };

struct casework {
    struct store *store; /* borrowed */
    char *reference;     /* NULL: a case that is not opened yet */
    struct case_file c;  /* empty without a reference */
    bool has_case;
    json_t *directory;        /* NULL without a case */
    json_t *missing;          /* gate_missing: array */
    struct assessment result; /* of `assessed` */
    struct facts facts;
    long assessed;    /* the person; 0: nobody could be assessed */
    char *unassessed; /* why not, or NULL */
    long persons[CASE_PERSONS];
    size_t person_count;
    int64_t seen;       /* acts[].seq of the last act */
    struct instant now; /* when it was read */
};

/* reference NULL: a case to be opened. Nothing is read yet. */
void casework_init(struct casework *w, struct store *store, const char *reference);
void casework_release(struct casework *w);

/* Reads all of it (again). On false what was read before is gone. */
bool casework_load(struct casework *w, struct error *err);

/* Assesses that person instead (0: the first who is not under lock). */
void casework_assess(struct casework *w, long person);

/* The round of the last poll; 0: none. */
long casework_round(const struct casework *w);

/* The REQ note that is open to any State, or NULL. */
const struct entry *casework_request(const struct casework *w);

/* Our own role: requesting, assisting, observer; "requesting" before the case is opened. */
const char *casework_role(const struct casework *w);

/* Whether an act of this kind is the other side's in this case, and so is transcribed here. */
bool casework_theirs(const struct casework *w, enum act_kind kind);

#endif
