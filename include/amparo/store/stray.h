/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only, for verify: what lies in a file and nothing of this program put
 * there, by whoever had SQL of their own: tables, triggers and views beside the schema, rows that
 * belong to no act or case, places in the key header for nobody. Layer: store.
 */
#ifndef AMPARO_STORE_STRAY_H
#define AMPARO_STORE_STRAY_H

#include "amparo/store/db.h"

/*
 * Adds a line to `found` (ERROR_VAULT) for each thing and each kind of row that does not belong,
 * and one to `notes` for each passphrase that opens the file for somebody whom no act names: that
 * is also what an interrupted `officer add` leaves. False with err where the file cannot be read.
 */
bool stray_check(struct store *store, const struct post_state *post, struct error *found,
                 struct buf *notes, struct error *err);

#endif
