/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: a case read from the log and folded. Layer: store.
 */
#ifndef AMPARO_STORE_CASELOAD_H
#define AMPARO_STORE_CASELOAD_H

#include "amparo/base/date.h"
#include "amparo/store/log.h"

/* The id of a case, and its reference as it is written; ERROR_INPUT where there is none. */
bool case_find(struct store *store, const char *reference, uint8_t case_id[CASE_ID], char **written,
               struct error *err);

/*
 * Folds the acts of a case that count, up to the end of `until` (NULL: all). What does not count
 * adds a line to `notes`, and so does what the gates would have refused (may be NULL: faster). The
 * reference is that of the opening act.
 */
bool case_load(struct store *store, const uint8_t case_id[CASE_ID], const struct date *until,
               struct case_file *out, struct buf *notes, struct error *err);

/* The same up to an act of the file: `seq`, not 0. */
bool case_load_upto(struct store *store, const uint8_t case_id[CASE_ID], int64_t seq,
                    const struct date *until, struct case_file *out, struct error *err);

/*
 * The case of that reference, which its own opening act must say too: lists are no proof.
 * ERROR_VAULT where it says another. `case_id` gets its id.
 */
bool case_load_named(struct store *store, const char *reference, const struct date *until,
                     uint8_t case_id[CASE_ID], struct case_file *out, struct error *err);

#endif
