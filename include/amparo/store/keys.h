/* SPDX-License-Identifier: MIT */
/*
 * Who can open a case file, and with what: passphrases, officers who leave, recovery, escrow; with
 * an act of the post for each. Layer: store.
 *
 * A change of who can open it is made in the key header alone, or with a new data key (store_rekey
 * of store.h): only the second also shuts out who has a copy of the file from before. The second
 * needs the file for itself.
 */
#ifndef AMPARO_STORE_KEYS_H
#define AMPARO_STORE_KEYS_H

#include "amparo/store/store.h"

/* Where a change can come with a new data key: `progress` may be NULL. */
struct rekey_ask {
    bool rekey;
    store_progress *progress;
    void *ctx;
};

/*
 * Another passphrase for who opened, who gives the present one again (ERROR_VAULT where it is not
 * that). Where somebody saw the old one it comes with new keys of this officer and a new data key
 * (ask->rekey).
 */
bool store_set_passphrase(struct store *store, struct passphrase old, struct passphrase new,
                          const struct rekey_ask *ask, struct error *err);

/*
 * Ends an officer's role and access, by a head of post (ERROR_REFUSED), with a new data key. `name`
 * may also be the label of a passphrase that no act names (verify tells them). Drafts of theirs
 * pass to who removes them. Nobody removes themselves.
 */
bool store_remove_officer(struct store *store, const char *name, store_progress *progress,
                          void *ctx, struct error *err);

/*
 * A new recovery key by a head of post, whose shares `shares` gets, a line each; the old ones are
 * good for nothing then, but with a copy of the file from before, unless ask->rekey.
 */
bool store_renew_recovery(struct store *store, const struct rekey_ask *ask, struct buf *shares,
                          struct error *err);

/* Records that a share was tried (vault_check_share), by who opened. */
bool store_note_rehearsal(struct store *store, int share, struct error *err);

/* When the next yearly rehearsal is due, RFC 3339; at once where nothing says whose the recovery
 * key is. */
const char *store_rehearsal_due(const struct store *store, char out[INSTANT_SIZE]);

/* Whether that is now. */
bool store_rehearsal_is_due(struct store *store);

#endif
