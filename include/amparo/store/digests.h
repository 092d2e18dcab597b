/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: the digest of each case (agreement/digest.h), as a projection.
 * Layer: store.
 */
#ifndef AMPARO_STORE_DIGESTS_H
#define AMPARO_STORE_DIGESTS_H

#include "amparo/agreement/case.h"
#include "amparo/store/db.h"

/* Writes it, within a transaction; `row` is that of the case. */
bool digest_write(struct store *store, int64_t row, const struct case_file *c, struct error *err);

/* What the file should hold of it, columns as projection_compare() has them. */
void digest_expected(struct buf *out, const struct case_file *c);

#endif
