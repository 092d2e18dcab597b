/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: projections, what lists and searches read. They are a function of a
 * case's acts alone, so that they can be made again at any time, and compared. Layer: store.
 */
#ifndef AMPARO_STORE_PROJECT_H
#define AMPARO_STORE_PROJECT_H

#include "amparo/agreement/case.h"
#include "amparo/store/db.h"

/* Writes all that lists know of the case, within a transaction; the case may be there already. */
bool projection_write(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct error *err);

/* Does the file hold exactly this? Else a line for each difference is added to err. */
bool projection_compare(struct store *store, const uint8_t case_id[CASE_ID],
                        const struct case_file *c, struct error *err);

#endif
