/* SPDX-License-Identifier: MIT */
/*
 * The key header, 4096 bytes, of which a case file holds two copies. Layer: vault.
 *
 *      0  "AMPARO\r\n"; 8 format version; 12 zeros; 16 file id; 32 generation; 40 zeros;
 *     44  place of the writer (all ones: the recovery key)
 *     48  the founder's Ed25519 key 32
 *     80  recovery: X25519 key 32, Ed25519 key 32, the data key sealed to it 80, nonce 24,
 *         under the secret: file id 16, founder 32, circle 32, tag 16;
 *         344 a hash of each share 3 * 32; 440 number of the set 4, 444 zeros
 *    448  escrow: X25519 key 32, the data key sealed to it 80; zeros: none
 *    560  name of the file whose place this one took 4 (rekey.c; zeros: none), 564 zeros
 *    640  eight places of 384 bytes, each a slot or zeros:
 *           0 used, 1 zeros, 4 passes, 8 KiB, 12 zeros, 16 label 8, 24 salt 16, 40 X25519 key 32,
 *           72 Ed25519 key 32, 104 check value 16, 120 nonce 24,
 *         144 under the passphrase: X25519 seed 32, Ed25519 seed 32, file id 16, founder 32,
 *             circle 32, tag 16;
 *         304 the data key sealed to the slot 80
 *   3712  zeros
 *   3968  BLAKE2b under the circle 32, and under the data key 32, of all before the first of them;
 *   4032  Ed25519 signature of all before it by the writer 64
 *
 * The signature tells a damaged copy from a wrong passphrase before anything is unlocked. The data
 * key is sealed to public keys, so anybody could seal one of their own to an officer and lay their
 * own pages behind it. What they cannot make is the hash under the circle: a secret that lies under
 * each passphrase and the recovery secret, and nowhere else. It does not change when somebody
 * leaves: who has left can make what they could have made before, and that is an older copy of the
 * file. The founder's key, on which the log of acts rests, lies there too.
 *
 * Nothing in a slot depends on another one: an empty place is free for the next officer.
 */
#ifndef AMPARO_VAULT_HEADER_H
#define AMPARO_VAULT_HEADER_H

#include "amparo/vault/crypto.h"
#include "amparo/vault/kdf.h"
#include "amparo/vault/recovery.h"

enum {
    HEADER_SIZE = FORMAT_PAGE,
    HEADER_SLOTS = 8,
    HEADER_SEED = 32,
    HEADER_PK = 32,
    HEADER_LABEL = 8,
    HEADER_NAME = 4,
    HEADER_BY_RECOVERY = -1, /* a writer, and a slot that was opened */
    HEADER_BY_ESCROW = -2,   /* a slot that was opened */
};

struct header {
    uint8_t bytes[HEADER_SIZE];
};

/* An officer's seeds, or those of another key; wipe after use. */
struct seeds {
    uint8_t box[HEADER_SEED];
    uint8_t sign[HEADER_SEED];
};

enum header_slot_state {
    HEADER_SLOT_OPENED,
    HEADER_SLOT_WRONG,   /* not this slot's passphrase */
    HEADER_SLOT_DAMAGED, /* the passphrase is right, the slot's content is not authentic */
    HEADER_SLOT_COST,    /* parameters outside their bounds: not tried */
    HEADER_SLOT_MEMORY,  /* not enough memory for the key derivation */
};

enum header_copy_state {
    HEADER_WHOLE,
    HEADER_FOREIGN, /* does not begin as a case file does */
    HEADER_NEWER,   /* a format version that this program does not know */
    HEADER_DAMAGED,
    HEADER_UNREADABLE, /* the disk did not answer */
};

/* A header without slots, for a new file. */
void header_init(struct header *h, const uint8_t file_id[CRYPTO_FILE_ID]);

/*
 * Puts an officer into a place: their seeds and the keys' circle under a passphrase. In a header
 * without a founder they are it; sets keys->founder. False where there is no memory for the key
 * derivation: then nothing has changed. The data key is sealed to them later.
 */
bool header_set_slot(struct header *h, int slot, struct kdf_cost cost, const void *passphrase,
                     size_t length, const struct seeds *seeds, struct keys *keys);

/* An empty place, or -1. */
int header_free_slot(const struct header *h);

/* Makes a place empty. */
void header_clear_slot(struct header *h, int slot);

/* The recovery key that a secret stands for takes the place of another one; a set of new shares. */
void header_set_recovery(struct header *h, const uint8_t secret[RECOVERY_SECRET],
                         const struct share shares[RECOVERY_SHARES], const struct keys *keys);

/* The number of the present set. */
uint32_t header_recovery_set(const struct header *h);

/* Whether it is a share of the present set; else err says what it is (ERROR_VAULT). */
bool header_share_counts(const struct header *h, const struct share *share, struct error *err);

/*
 * Opens the recovery record by its secret, as header_open_slot() does a slot; false where it is of
 * another one.
 */
bool header_open_recovery(const struct header *h, const uint8_t secret[RECOVERY_SECRET],
                          struct seeds *seeds, struct keys *keys);

/* The key to which the data key is sealed for the ministry; NULL: none. */
void header_set_escrow(struct header *h, const uint8_t pk[HEADER_PK]);
const uint8_t *header_escrow(const struct header *h);

/* Seals the data key to everybody in the header. */
void header_give_key(struct header *h, const uint8_t data_key[CRYPTO_KEY]);

/* Counts the generation up and closes the header: the keyed hashes, and the writer's signature. */
void header_finish(struct header *h, const struct keys *keys, int writer);

/* What can be told of a copy without any key: magic, version, room that must be zero, signature. */
enum header_copy_state header_look(const struct header *h);

/*
 * Whether it is one for these keys: file id, founder and both keyed hashes; by keys without a
 * circle (the escrow's), the one under the data key alone.
 */
bool header_authentic(const struct header *h, const struct keys *keys);

/*
 * Tries a passphrase on a slot; `seeds`, and founder and circle of `keys`, are filled where it
 * opened.
 */
enum header_slot_state header_open_slot(const struct header *h, int slot, const void *passphrase,
                                        size_t length, struct seeds *seeds, struct keys *keys);

/* Opens the data key that is sealed to a slot (or HEADER_BY_…); false where it is not authentic. */
bool header_take_key(const struct header *h, int slot, const uint8_t box_seed[HEADER_SEED],
                     uint8_t data_key[CRYPTO_KEY]);

/* The X25519 key of a seed. */
void header_box_pk(const uint8_t seed[HEADER_SEED], uint8_t pk[HEADER_PK]);

/* The name, among what lies beside the file, of the one whose place it took; NULL: of none. */
void header_set_replaced(struct header *h, const uint8_t name[HEADER_NAME]);
const uint8_t *header_replaced(const struct header *h);

/*
 * What is left of a file that another one has replaced: of `start`, all that lies before the
 * pages, nothing but what tells whose it was. And whether `start` (at least a header) is that of
 * such a file, or of one that was being made: by its id, or empty.
 */
void header_wipe(uint8_t start[FORMAT_GROUPS]);
bool header_is_of(const struct header *start, const uint8_t file_id[CRYPTO_FILE_ID]);

const uint8_t *header_file_id(const struct header *h);
uint64_t header_generation(const struct header *h);
const uint8_t *header_founder(const struct header *h);

/* Whether a place holds a slot. */
bool header_is_used(const struct header *h, int slot);

/* Of a slot, or of HEADER_BY_RECOVERY. */
const uint8_t *header_sign_pk(const struct header *h, int slot);
const uint8_t *header_label(const struct header *h, int slot);
struct kdf_cost header_cost(const struct header *h, int slot);

#endif
