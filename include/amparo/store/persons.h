/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: the index of who is recorded, and of the links between persons; a
 * part of the projections (project.h). Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_PERSONS_H
#define AMPARO_STORE_PERSONS_H

#include "amparo/agreement/case.h"
#include "amparo/store/db.h"

/* Writes what the case says of its persons, within a transaction; row: the case's in the list. */
bool persons_write(struct store *store, int64_t row, const struct case_file *c, struct error *err);

/* Appends what should be there, and what is there, as the same text. */
void persons_expected(struct buf *out, const struct case_file *c);
bool persons_stored(struct store *store, int64_t row, struct buf *out, struct error *err);

/* Is each key of the case's persons there, by which they are found? */
bool persons_have_keys(struct store *store, int64_t row, const struct case_file *c, bool *whole,
                       struct error *err);

/* Before an act `link` (or a correction of one) is recorded: is there such a person? */
bool persons_check_link(struct store *store, const struct case_file *c, const json_t *payload,
                        struct error *err);

#endif
