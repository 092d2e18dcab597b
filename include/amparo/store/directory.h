/* SPDX-License-Identifier: MIT */
/*
 * The directory as the case file has it (Art. 7.6): who takes part and since when, where each State
 * has offices, of what date each list is, how focal points are reached. Every line has its source
 * and its date. Layer: store.
 *
 * A State's lines come from its official 7.6 list where it has one here, else from a seed list:
 * only those are in effect. Changing the directory changes no decision: each keeps the lines that
 * it used.
 */
#ifndef AMPARO_STORE_DIRECTORY_H
#define AMPARO_STORE_DIRECTORY_H

#include <jansson.h>

#include "amparo/agreement/case.h"
#include "amparo/store/missions.h"
#include "amparo/store/store.h"

/*
 * The facts about a country on a date (YYYY-MM-DD), as far as a case there needs them:
 * {"instrument", "parties", "lists", "posts"} in the shape of agreement/facts.h. Parties are the
 * Member States that take part then; lists those of Member States, none later than the date; posts
 * those in `receiving_state` of Member States, and of the States of the case's nationalities (c may
 * be NULL). A new reference; NULL on error.
 */
json_t *store_directory_slice(struct store *store, const char *receiving_state,
                              const struct case_file *c, const char *on, struct error *err);

/* The lines in effect, by State, country, kind, city. state, country: NULL for all. */
bool store_directory_missions(struct store *store, const char *state, const char *country,
                              struct missions *out, struct error *err);

/* ---- importing ---- */

/* What an import changes in the list of one State. */
struct import_change {
    char state[STATE_SIZE];
    enum post_source source;
    size_t lines;             /* that the list has afterwards */
    struct missions added;    /* not there before */
    struct missions removed;  /* there no more */
    struct date before, date; /* of the list; `before` is no date where there was none */
};

struct import_changes {
    struct import_change *list; /* of every State in the import, by code */
    size_t count;
};

void import_changes_release(struct import_changes *changes);

/* Whether an import changed nothing for that State. */
bool import_change_is_empty(const struct import_change *change);

/*
 * Makes the lines given the whole list, of their source, of each State among them; the date of that
 * list is the latest of its lines. In one transaction; `dry`: only looks. A second import of the
 * same lines changes nothing. An officer's work: ERROR_REFUSED for a clerk.
 */
bool store_directory_import(struct store *store, struct missions *missions, bool dry,
                            struct import_changes *out, struct error *err);

/* ---- what people enter ---- */

/* What is on record of a State's focal point (7.6). */
enum focal_key {
    FOCAL_DESK, /* name or desk */
    FOCAL_EMAIL,
    FOCAL_PHONE,
    FOCAL_HOURS,     /* in words, with the time zone */
    FOCAL_LANGUAGES, /* codes, blanks between */
    FOCAL_FROM,      /* dates, YYYY-MM-DD */
    FOCAL_UNTIL,
    FOCAL_VERIFIED, /* when somebody last reached it */
    FOCAL_KEYS,
};

/* What is on record of a State beside its missions. Texts are owned; NULL where nothing is. */
struct directory_state {
    char state[STATE_SIZE];
    struct date since, until; /* of participation; no date: none, or it goes on */
    char *source;             /* of that */
    struct date list;         /* of its list in effect; no date: none */
    enum post_source list_source;
    size_t missions; /* lines in effect */
    char *focal[FOCAL_KEYS];
    char *focal_said; /* instant of that record */
};

struct directory_states {
    struct directory_state *list; /* by code */
    size_t count;
};

void directory_states_release(struct directory_states *states);

/* Every State of which anything is on record. */
bool store_directory_states(struct store *store, struct directory_states *out, struct error *err);

/* Status and date; `since` is no date for a pilot that says none. A file without a word: pilot. */
bool store_directory_instrument(struct store *store, enum instrument_status *status,
                                struct date *since, struct error *err);

/* The setters. Only Member States can take part (7.2). Dates are checked by the caller. */
bool store_directory_set_party(struct store *store, const char *state, struct date since,
                               const struct date *until, const char *source, struct error *err);
bool store_directory_set_instrument(struct store *store, enum instrument_status status,
                                    const struct date *since, struct error *err);
bool store_directory_set_list(struct store *store, const char *state, struct date on,
                              struct error *err);
/* NULL: "". */
bool store_directory_set_focal(struct store *store, const char *state,
                               const char *const focal[FOCAL_KEYS], struct error *err);

#endif
