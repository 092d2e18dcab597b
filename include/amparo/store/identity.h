/* SPDX-License-Identifier: MIT */
/*
 * The post's own keys: one signs what leaves it, one opens what comes in. They are no officer's, so
 * that nobody's name is in a directory. Which were whose from when on is said by acts of the post;
 * the secrets lie in the file alone, under its passphrases, and backups have them. Layer: store;
 * uses agreement, vault.
 */
#ifndef AMPARO_STORE_IDENTITY_H
#define AMPARO_STORE_IDENTITY_H

#include "amparo/agreement/dispatch.h"
#include "amparo/store/poststate.h"
#include "amparo/store/store.h"

/* The numbers are in the file (post_keys): never change or reuse one. */
enum post_key_purpose {
    POST_KEY_SIGNING = 1, /* Ed25519: signs dispatches */
    POST_KEY_SEALING = 2, /* X25519: opens pouches */
    POST_KEY_STATE = 3,   /* Ed25519, of a directorate: vouches for the posts of its State */
    POST_KEY_ROOT = 4,    /* Ed25519, of the Secretariat: one of those of the directory's root */
    POST_KEY_MACHINE = 5, /* secret bytes that this machine mixes into the keys of envelopes; its
                           * "public key" is a hash of them */
};

enum {
    POST_SECRET_SIGN = 64,  /* bytes of a secret that signs, as libsodium has it */
    POST_SECRET_OTHER = 32, /* of the others */
    POST_KEY_DAYS = 90,     /* after which a sealing key is to be changed; and how long the secret
                             * of one that was changed is kept, for what is still on its way */
    POST_SEALING_MOST = 16, /* sealing keys whose secret is kept at a time */
};

/* In locked memory, wiped by secret_free(). */
struct secret {
    uint8_t *bytes;
    size_t size;
    uint8_t key[KEY]; /* the public one */
};

#define SECRET_INIT                                                                                \
    {                                                                                              \
        .bytes = NULL                                                                              \
    }

void secret_free(struct secret *secret);

struct identity {
    uint8_t post[POST_ID];
    bool made; /* has the post keys, and are their secrets here? else what follows is zeros */
    uint8_t signing[KEY], sealing[KEY];
    char signing_since[INSTANT_SIZE], sealing_since[INSTANT_SIZE];
    bool owed;        /* new keys: somebody left, or saw a passphrase, who may know the secrets */
    bool sealing_old; /* the sealing key is older than POST_KEY_DAYS */
};

bool store_identity(struct store *store, struct identity *out, struct error *err);

/* Makes both keys, and the machine's secret: once, by a head of post (ERROR_REFUSED); ERROR_INPUT
 * where they are there already. */
bool store_make_identity(struct store *store, struct error *err);

/*
 * Another sealing key, by any officer; the secret of the one before is kept POST_KEY_DAYS days.
 * Secrets that have been kept so long are destroyed with it. The directory has to be told of it.
 */
bool store_renew_sealing(struct store *store, struct error *err);

/*
 * Another signing key and another sealing key, by a head of post. The one before signs nothing any
 * more but that the new one takes its place (identity_secret() with `old`), which the directory has
 * to be told.
 */
bool store_renew_identity(struct store *store, uint8_t old[KEY], struct error *err);

/* ---- for the store, and for what seals and opens ---- */

/*
 * The secret of that key (NULL: of the one in use for that purpose). ERROR_INPUT where there is
 * none, or it was destroyed. The caller frees it.
 */
bool identity_secret(struct store *store, enum post_key_purpose purpose, const uint8_t key[KEY],
                     struct secret *out, struct error *err);

/* All sealing secrets that are kept, the one in use first; *count may be 0. The caller frees each.
 */
bool identity_sealing(struct store *store, struct secret out[POST_SEALING_MOST], size_t *count,
                      struct error *err);

/*
 * Makes a key for that purpose and keeps its secret, within a transaction: `key` gets the public
 * one. The one in use before, if there is, goes out of use. The caller records what it is for.
 */
bool identity_new_key(struct store *store, enum post_key_purpose purpose, uint8_t key[KEY],
                      struct error *err);

/* Destroys the secret of a key; a signing key cannot say any more what takes its place then. */
bool identity_destroy(struct store *store, const uint8_t key[KEY], struct error *err);

/* For verify: a line in `found` for each secret that is not that of its key, in `notes` for each
 * key in use whose secret is missing. */
bool identity_check(struct store *store, const struct post_state *post, struct error *found,
                    struct buf *notes, struct error *err);

#endif
