/* SPDX-License-Identifier: MIT */
/* What the parts of the directory share; for src/store/directory*.c alone. */
#ifndef AMPARO_STORE_DIRECTORY_ROWS_H
#define AMPARO_STORE_DIRECTORY_ROWS_H

#include "amparo/store/db.h"
#include "amparo/store/directory.h"

/* A State's lines count where no better source of it is here: 0 is the official list. */
#define IN_EFFECT "m.source = (SELECT min(o.source) FROM missions o WHERE o.state = m.state)"

#define COLUMNS                                                                                    \
    "m.state, m.country, m.seat, m.city, m.kind, m.able, m.source, m.listed_on, m.phone, "         \
    "m.email, m.website, m.reference"

void directory_read_state(sqlite3_stmt *row, int column, char out[STATE_SIZE]);

/* No date for NULL. */
struct date directory_read_date(sqlite3_stmt *row, int column);

/* All rows of a query over COLUMNS; false where it is NULL or fails. */
bool directory_read_missions(struct store *store, sqlite3_stmt *row, struct missions *out,
                             struct error *err);

/* Clerks read only. */
bool directory_may_write(struct store *store, struct error *err);

/* Each writes a row, as said by that officer, or that source. Dates: NULL, or none: none. */
bool directory_put_list(struct store *store, const char *state, enum post_source source,
                        struct date on, const char *by, struct error *err);
bool directory_put_party(struct store *store, const char *state, struct date since,
                         const struct date *until, const char *source, const char *by,
                         struct error *err);
bool directory_put_instrument(struct store *store, enum instrument_status status,
                              const struct date *since, const char *by, struct error *err);
bool directory_put_focal(struct store *store, const char *state,
                         const char *const focal[FOCAL_KEYS], const char *by, struct error *err);

/* store_directory_import(), by whomever, and no more than that. */
bool directory_import(struct store *store, struct missions *missions, bool dry, const char *by,
                      struct import_changes *out, struct error *err);

#endif
