/* SPDX-License-Identifier: MIT */
/*
 * The key header, 4096 bytes, of which a case file holds two copies. Layer: vault.
 *
 *      0  "AMPARO\r\n"; 8 format version; 12 zeros; 16 file id; 32 generation; 40 slots used;
 *     44  slot of the writer (all ones: the recovery key)
 *     48  recovery: X25519 key 32, Ed25519 key 32, the data key sealed to it 80
 *    192  room for hashes of the recovery shares 96, for an escrow key 112: zeros
 *    400  name of the file whose place this one took 4 (rekey.c; zeros: none), 404 zeros
 *    480  eight slots of 420 bytes:
 *           0 used, 1 zeros, 4 passes, 8 KiB, 12 zeros, 16 label 8, 24 salt 16, 40 X25519 key 32,
 *           72 Ed25519 key 32, 104 check value 16, 120 nonce 24,
 *           144 under the passphrase: X25519 seed 32, Ed25519 seed 32, file id 16, pin 32, tag 16;
 *           272 the data key sealed to the slot 80; 352 who vouches for the slot 4 (all ones: the
 *               recovery key), 356 their Ed25519 signature of file id, slot, label and keys 64
 *   3840  zeros
 *   4000  keyed BLAKE2b of all before it 32, Ed25519 signature of all before it by the writer 64
 *
 * The signature tells a damaged copy from a wrong passphrase before anything is unlocked; the keyed
 * hash is what an attacker without the data key cannot make. Anybody could seal a data key of their
 * own to an officer, and have them write under it: hence the pin in each slot, a hash of the keys
 * of slot 0 and of recovery, and from these an unbroken line of vouching to each slot, writers
 * among them.
 */
#ifndef AMPARO_VAULT_HEADER_H
#define AMPARO_VAULT_HEADER_H

#include "amparo/vault/crypto.h"
#include "amparo/vault/kdf.h"

enum {
    HEADER_SIZE = FORMAT_PAGE,
    HEADER_SLOTS = 8,
    HEADER_SEED = 32,
    HEADER_PK = 32,
    HEADER_LABEL = 8,
    HEADER_NAME = 4,
    HEADER_BY_RECOVERY = -1, /* a writer, and a slot that was opened */
};

struct header {
    uint8_t bytes[HEADER_SIZE];
};

/* An officer's seeds, or the recovery key's; wipe after use. */
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
};

/* The seeds that a recovery secret stands for. */
void header_recovery_seeds(const uint8_t secret[32], struct seeds *seeds);

/* A header without slots, for a new file: its id, and the recovery key's public halves. */
void header_init(struct header *h, const uint8_t file_id[CRYPTO_FILE_ID],
                 const struct seeds *recovery);

/*
 * Puts a new officer with random seeds into the next free slot and returns it; -1 where none is
 * free, -2 where there is no memory for the key derivation. The data key is sealed to it later.
 */
int header_add_slot(struct header *h, struct kdf_cost cost, const void *passphrase, size_t length,
                    struct seeds *seeds);

/* Signs for a slot, as `voucher` (a slot or HEADER_BY_RECOVERY; slot 0 needs the latter). */
void header_vouch(struct header *h, int slot, int voucher, const uint8_t sign_sk[CRYPTO_SIGN_SK]);

/* The hash of the keys of slot 0 and of recovery, on which all trust rests. */
void header_pin(const struct header *h, uint8_t pin[CRYPTO_KEY]);

/* Seals the data key to one slot (HEADER_BY_RECOVERY: to the recovery key). */
void header_give_key(struct header *h, int slot, const uint8_t data_key[CRYPTO_KEY]);

/* Counts the generation up and closes the header: keyed hash, and the writer's signature. */
void header_finish(struct header *h, const struct keys *keys, int writer);

/* What can be told of a copy without any key: magic, version, room that must be zero, signature. */
enum header_copy_state header_look(const struct header *h);

/*
 * Whether it is one for these keys: file id, pin, the keyed hash, and somebody to vouch for each
 * slot.
 */
bool header_authentic(const struct header *h, const struct keys *keys);

/* Tries a passphrase on a slot; `seeds` are filled where it opened. */
enum header_slot_state header_open_slot(const struct header *h, int slot, const void *passphrase,
                                        size_t length, struct seeds *seeds);

/* Whether the seeds are those of the slot (HEADER_BY_RECOVERY: of the recovery key). */
bool header_seeds_match(const struct header *h, int slot, const struct seeds *seeds);

/* Opens the data key that is sealed to a slot; false where it is not authentic. */
bool header_take_key(const struct header *h, int slot, const struct seeds *seeds,
                     uint8_t data_key[CRYPTO_KEY]);

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
int header_slots(const struct header *h);

/* Of a slot below header_slots(), or of HEADER_BY_RECOVERY. */
const uint8_t *header_sign_pk(const struct header *h, int slot);
const uint8_t *header_label(const struct header *h, int slot);

#endif
