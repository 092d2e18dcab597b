/* SPDX-License-Identifier: MIT */
/*
 * The small file beside a case file and its backups, FILE.erasures, by which a restored older
 * backup learns who was erased since. Layer: store.
 *
 * It holds, open to read, one act a line: the requests and confirmations that count (case id,
 * person's number, basis), and the acts of the post that tell who signed them (keys and roles, no
 * names); all without their parts, nothing personal. Each is as it was signed: so nobody adds an
 * erasure, and one can only be applied to the case file whose acts it names.
 *
 *   amparo erasures 1
 *   signer 64 hex, root 64, signature 128, commitments (or -), core; a blank between
 */
#ifndef AMPARO_STORE_ERASURES_H
#define AMPARO_STORE_ERASURES_H

#include "amparo/store/store.h"

/* Writes `path`.erasures with all of this file; nothing where nobody was erased. */
bool erasures_write(struct store *store, const char *path, struct error *err);

/*
 * Applies to a restored file, before it goes on, all erasures of the files *.erasures that lie in
 * the folders of these paths, and of the file `given` (NULL: none; it must be there, whole, and of
 * this case file). Of a file with a line that is not authentic nothing is taken, and `notes` gets a
 * line. *persons: how many are erased again.
 */
bool erasures_apply(struct store *store, const char *const *near, size_t count, const char *given,
                    size_t *persons, struct buf *notes, struct error *err);

/*
 * A new data key for a file just made, in which who is erased again has been; and its own file of
 * erasures.
 */
bool erasures_new_key(const char *path, const char *officer, struct passphrase passphrase,
                      struct error *err);

#endif
