/* SPDX-License-Identifier: MIT */
/*
 * Erasing a person: the parts of acts that agreement/case.h's case_goes() takes, what lists and
 * search know of the case, its drafts; then a new data key for the file, since the old one would
 * still open what lies about of the old pages. Layer: store; uses agreement.
 *
 * The act `erase` and the taking away are one transaction: whoever records that act has it done.
 * The new key comes after it and may be owed, which store_erase_owed() says.
 */
#ifndef AMPARO_STORE_ERASE_H
#define AMPARO_STORE_ERASE_H

#include "amparo/store/caseload.h"
#include "amparo/store/store.h"

/*
 * Inside the store layer: within the transaction that recorded an `erase` act of the case. *c, the
 * case with that act, is loaded anew, and so are its projections. (Where a backup is restored: *c
 * as replay_case() has it.) The caller releases *c, also where it fails.
 */
bool erase_now(struct store *store, const uint8_t case_id[CASE_ID], struct case_file *c,
               struct error *err);

/* Does an erasure take that part of the act, given what it takes of the act as a whole? */
bool erase_takes(enum case_goes goes, uint64_t class);

/* What the erasures of the case take of an act of its log, also of one that cannot be read. */
enum case_goes erase_goes(const struct store *store, const struct case_file *c,
                          const struct logged *act);

/* Was somebody erased since the file got its data key? */
bool store_erase_owed(struct store *store, bool *owed, struct error *err);

/*
 * Writes the file that tells restored backups who was erased (erasures.h); where a new data key is
 * owed, gives it: store_rekey() of store.h, with its conditions.
 */
bool store_erase_finish(struct store *store, store_progress *progress, void *ctx,
                        struct error *err);

#endif
