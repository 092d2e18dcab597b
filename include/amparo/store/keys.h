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
#include "amparo/vault/vault.h"

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

/*
 * Seals the data key to the ministry's escrow key too, by a head of post. ERROR_REFUSED, naming the
 * case, where somebody is under the protection lock: such a person is in no escrow. Where one comes
 * under it later, the escrow key is taken out of the key header with that act, by whomever it is;
 * a new data key is owed then, which store_end_escrow() makes (a head of post).
 */
bool store_begin_escrow(struct store *store, const uint8_t key[VAULT_ESCROW], struct error *err);
bool store_end_escrow(struct store *store, store_progress *progress, void *ctx, struct error *err);

enum escrow_state {
    ESCROW_OFF,
    ESCROW_ON,
    ESCROW_OWED,    /* off for a person under the protection lock; a new data key is owed */
    ESCROW_UNKNOWN, /* the key header has another one than the acts say: not by this program */
};

/* `key` is filled where the header has one. */
enum escrow_state store_escrow(struct store *store, uint8_t key[VAULT_ESCROW]);

/* A line for each thing that is owed for these keys, in the language of the reader. */
void store_duties(struct store *store, struct buf *out);

#endif
