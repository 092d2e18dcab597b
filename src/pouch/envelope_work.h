/* SPDX-License-Identifier: MIT */
/* What sealing and opening share: where things lie in a pouch, and its keys. */
#ifndef AMPARO_POUCH_ENVELOPE_WORK_H
#define AMPARO_POUCH_ENVELOPE_WORK_H

#include <sodium.h>

#include "amparo/pouch/envelope.h"

enum {
    MESSAGE_KEY = 16,                     /* K */
    SEED = 64,                            /* S */
    COMMITMENT = 32,                      /* and the key beside it */
    PLACE_COUNT = 4,                      /* n */
    PLACE_E = PLACE_COUNT + 1,            /* E */
    PLACE_SLOTS = PLACE_E + ENVELOPE_KEY, /* wrapped keys */
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    AEAD_KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
};

extern const uint8_t envelope_magic[PLACE_COUNT]; /* with the version */
extern const uint8_t envelope_nonce[NONCE];       /* zeros */

/* All that is secret of one pouch; in locked memory. */
struct envelope_keys {
    crypto_generichash_state state; /* first: it is to be aligned */
    uint8_t seed[SEED];
    uint8_t e[ENVELOPE_KEY];
    uint8_t shared[ENVELOPE_KEY];
    uint8_t mask[MESSAGE_KEY];
    uint8_t k[MESSAGE_KEY];
    uint8_t tried[MESSAGE_KEY];
    uint8_t derived[AEAD_KEY + COMMITMENT];
    uint8_t draws[64];
};

/* Zeroed; ends the program where there is none. The end wipes it. */
struct envelope_keys *envelope_keys_new(void);
void envelope_keys_free(struct envelope_keys *k);

/* A hash begun with a label: `size` bytes, keyed. */
void envelope_hash(struct envelope_keys *k, const char *label, const uint8_t *key, size_t key_size,
                   size_t size);
void envelope_add(struct envelope_keys *k, const void *bytes, size_t size);

/* k->mask for a reader, from the ephemeral or the reader's own secret key (`mine`) and the other's
 * public one; false where that is of low order. */
bool envelope_mask(struct envelope_keys *k, const uint8_t mine[ENVELOPE_KEY],
                   const uint8_t theirs[ENVELOPE_KEY], const uint8_t e_public[ENVELOPE_KEY],
                   const uint8_t reader[ENVELOPE_KEY]);

/* k->derived from a K and all bytes before the commitment. */
void envelope_derive(struct envelope_keys *k, const uint8_t key[MESSAGE_KEY], const void *before,
                     size_t size);

#endif
