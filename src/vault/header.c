/* SPDX-License-Identifier: MIT */
#include "amparo/vault/header.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum {
    AT_VERSION = 8,
    AT_ZERO_1 = 12,
    AT_FILE_ID = 16,
    AT_GENERATION = 32,
    AT_ZERO_2 = 40,
    AT_WRITER = 44,
    AT_FOUNDER = 48,
    AT_RECOVERY = 80,
    AT_ESCROW = 448,
    AT_REPLACED = 560,
    AT_ZERO_3 = 564,
    AT_SLOTS = 640,
    AT_SPARE = 3712,
    AT_CIRCLE_MAC = 3968,
    AT_MAC = 4000,
    AT_SIGNATURE = 4032,
};

enum { SEALED_KEY = CRYPTO_KEY + crypto_box_SEALBYTES };

/* What lies under the recovery secret. */
struct roots {
    uint8_t file_id[CRYPTO_FILE_ID];
    uint8_t founder[CRYPTO_KEY];
    uint8_t circle[CRYPTO_KEY];
};

/* What lies under a passphrase. */
struct sealed {
    struct seeds seeds;
    struct roots roots;
};

enum {
    RECOVERY_BOX_PK = 0,
    RECOVERY_SIGN_PK = 32,
    RECOVERY_DATA_KEY = 64,
    RECOVERY_NONCE = 144,
    RECOVERY_SEALED = 168,
    RECOVERY_HASHES = 264,
    RECOVERY_SET = 360,
    RECOVERY_ZERO = 364,
    SHARE_HASH = 32,

    ESCROW_BOX_PK = 0,
    ESCROW_DATA_KEY = 32,
    ESCROW_SIZE = 112,

    SLOT_USED = 0,
    SLOT_PASSES = 4,
    SLOT_KIB = 8,
    SLOT_LABEL = 16,
    SLOT_SALT = 24,
    SLOT_BOX_PK = 40,
    SLOT_SIGN_PK = 72,
    SLOT_CHECK = 104,
    SLOT_NONCE = 120,
    SLOT_SEALED = 144,
    SLOT_DATA_KEY = 304,
    SLOT_SIZE = 384,
    SLOT_CHECK_SIZE = 16,
};

_Static_assert(RECOVERY_DATA_KEY + SEALED_KEY == RECOVERY_NONCE, "recovery layout");
_Static_assert(RECOVERY_SEALED + sizeof(struct roots) + CRYPTO_TAG == RECOVERY_HASHES,
               "recovery layout");
_Static_assert(RECOVERY_HASHES + RECOVERY_SHARES * SHARE_HASH == RECOVERY_SET, "recovery layout");
_Static_assert(AT_RECOVERY + RECOVERY_ZERO + 4 == AT_ESCROW, "header layout");
_Static_assert(ESCROW_DATA_KEY + SEALED_KEY == ESCROW_SIZE, "escrow layout");
_Static_assert(AT_ESCROW + ESCROW_SIZE == AT_REPLACED, "header layout");
_Static_assert(SLOT_SEALED + sizeof(struct sealed) + CRYPTO_TAG == SLOT_DATA_KEY, "slot layout");
_Static_assert(SLOT_DATA_KEY + SEALED_KEY == SLOT_SIZE, "slot layout");
_Static_assert(AT_SLOTS + HEADER_SLOTS * SLOT_SIZE == AT_SPARE, "header layout");
_Static_assert(AT_SIGNATURE + crypto_sign_BYTES == HEADER_SIZE, "header layout");

static const uint8_t magic[8] = "AMPARO\r\n";

/* ---- where things are ---- */

static uint8_t *slot_at(struct header *h, int slot)
{
    return h->bytes + AT_SLOTS + slot * SLOT_SIZE;
}

static const uint8_t *slot_in(const struct header *h, int slot)
{
    return h->bytes + AT_SLOTS + slot * SLOT_SIZE;
}

/* Where a slot, or HEADER_BY_…, has its X25519 key and the data key that is sealed to it. */
static size_t box_pk_at(int slot)
{
    return slot == HEADER_BY_RECOVERY ? (size_t)(AT_RECOVERY + RECOVERY_BOX_PK)
           : slot == HEADER_BY_ESCROW ? (size_t)(AT_ESCROW + ESCROW_BOX_PK)
                                      : (size_t)(AT_SLOTS + slot * SLOT_SIZE + SLOT_BOX_PK);
}

static size_t data_key_at(int slot)
{
    return slot == HEADER_BY_RECOVERY ? (size_t)(AT_RECOVERY + RECOVERY_DATA_KEY)
           : slot == HEADER_BY_ESCROW ? (size_t)(AT_ESCROW + ESCROW_DATA_KEY)
                                      : (size_t)(AT_SLOTS + slot * SLOT_SIZE + SLOT_DATA_KEY);
}

bool header_is_used(const struct header *h, int slot)
{
    return slot >= 0 && slot < HEADER_SLOTS && slot_in(h, slot)[SLOT_USED] == 1;
}

const uint8_t *header_sign_pk(const struct header *h, int slot)
{
    return slot == HEADER_BY_RECOVERY ? h->bytes + AT_RECOVERY + RECOVERY_SIGN_PK
                                      : slot_in(h, slot) + SLOT_SIGN_PK;
}

const uint8_t *header_label(const struct header *h, int slot)
{
    return slot_in(h, slot) + SLOT_LABEL;
}

struct kdf_cost header_cost(const struct header *h, int slot)
{
    const uint8_t *at = slot_in(h, slot);

    return (struct kdf_cost){get32(at + SLOT_PASSES), get32(at + SLOT_KIB)};
}

const uint8_t *header_file_id(const struct header *h)
{
    return h->bytes + AT_FILE_ID;
}

const uint8_t *header_founder(const struct header *h)
{
    return h->bytes + AT_FOUNDER;
}

uint64_t header_generation(const struct header *h)
{
    return get64(h->bytes + AT_GENERATION);
}

uint32_t header_recovery_set(const struct header *h)
{
    return get32(h->bytes + AT_RECOVERY + RECOVERY_SET);
}

const uint8_t *header_escrow(const struct header *h)
{
    const uint8_t *pk = h->bytes + AT_ESCROW + ESCROW_BOX_PK;

    return sodium_is_zero(pk, HEADER_PK) ? NULL : pk;
}

void header_set_replaced(struct header *h, const uint8_t name[HEADER_NAME])
{
    static const uint8_t none[HEADER_NAME];

    memcpy(h->bytes + AT_REPLACED, name ? name : none, HEADER_NAME);
}

const uint8_t *header_replaced(const struct header *h)
{
    const uint8_t *name = h->bytes + AT_REPLACED;

    return sodium_is_zero(name, HEADER_NAME) ? NULL : name;
}

void header_wipe(uint8_t start[FORMAT_GROUPS])
{
    memset(start + AT_GENERATION, 0, FORMAT_GROUPS - AT_GENERATION);
}

bool header_is_of(const struct header *start, const uint8_t file_id[CRYPTO_FILE_ID])
{
    if (sodium_is_zero(start->bytes, HEADER_SIZE))
        return true;
    return memcmp(start->bytes, magic, sizeof(magic)) == 0 &&
           memcmp(header_file_id(start), file_id, CRYPTO_FILE_ID) == 0;
}

void header_init(struct header *h, const uint8_t file_id[CRYPTO_FILE_ID])
{
    memset(h, 0, sizeof(*h));
    memcpy(h->bytes, magic, sizeof(magic));
    put32(h->bytes + AT_VERSION, FORMAT_VERSION);
    memcpy(h->bytes + AT_FILE_ID, file_id, CRYPTO_FILE_ID);
}

/* ---- keys ---- */

void header_box_pk(const uint8_t seed[HEADER_SEED], uint8_t pk[HEADER_PK])
{
    uint8_t sk[crypto_box_SECRETKEYBYTES];

    crypto_box_seed_keypair(pk, sk, seed);
    sodium_memzero(sk, sizeof(sk));
}

static void public_keys(const struct seeds *seeds, uint8_t box_pk[HEADER_PK],
                        uint8_t sign_pk[HEADER_PK])
{
    uint8_t sk[crypto_sign_SECRETKEYBYTES];

    header_box_pk(seeds->box, box_pk);
    crypto_sign_seed_keypair(sign_pk, sk, seeds->sign);
    sodium_memzero(sk, sizeof(sk));
}

static bool seeds_match(const struct header *h, int slot, const struct seeds *seeds)
{
    uint8_t box_pk[HEADER_PK], sign_pk[HEADER_PK];

    public_keys(seeds, box_pk, sign_pk);
    return memcmp(box_pk, h->bytes + box_pk_at(slot), HEADER_PK) == 0 &&
           memcmp(sign_pk, header_sign_pk(h, slot), HEADER_PK) == 0;
}

static struct roots roots_of(const struct header *h, const struct keys *keys)
{
    struct roots roots;

    memcpy(roots.file_id, header_file_id(h), sizeof(roots.file_id));
    memcpy(roots.founder, header_founder(h), sizeof(roots.founder));
    memcpy(roots.circle, keys->circle, sizeof(roots.circle));
    return roots;
}

/* Takes them over where they are of this header. */
static bool take_roots(const struct header *h, const struct roots *roots, struct keys *keys)
{
    if (memcmp(roots->file_id, header_file_id(h), sizeof(roots->file_id)) != 0 ||
        memcmp(roots->founder, header_founder(h), sizeof(roots->founder)) != 0)
        return false;
    memcpy(keys->founder, roots->founder, sizeof(keys->founder));
    memcpy(keys->circle, roots->circle, sizeof(keys->circle));
    return true;
}

/* ---- slots ---- */

/* Argon2id gives two halves: a key, and what its check value is made from. */
static void check_value(const uint8_t derived[KDF_OUT], uint8_t check[SLOT_CHECK_SIZE])
{
    crypto_generichash(check, SLOT_CHECK_SIZE, derived + CRYPTO_KEY, KDF_OUT - CRYPTO_KEY, NULL, 0);
}

/* The associated data of a slot: the file, and all of the slot before the nonce. */
static void slot_context(const struct header *h, int slot,
                         uint8_t context[CRYPTO_FILE_ID + SLOT_NONCE])
{
    memcpy(context, header_file_id(h), CRYPTO_FILE_ID);
    memcpy(context + CRYPTO_FILE_ID, slot_in(h, slot), SLOT_NONCE);
}

int header_free_slot(const struct header *h)
{
    for (int slot = 0; slot < HEADER_SLOTS; slot++)
        if (!header_is_used(h, slot))
            return slot;
    return -1;
}

void header_clear_slot(struct header *h, int slot)
{
    memset(slot_at(h, slot), 0, SLOT_SIZE);
}

static void seal_slot(struct header *h, int slot, const uint8_t key[CRYPTO_KEY],
                      const struct seeds *seeds, const struct keys *keys)
{
    uint8_t *at = slot_at(h, slot), context[CRYPTO_FILE_ID + SLOT_NONCE];
    struct sealed sealed = {*seeds, roots_of(h, keys)};

    randombytes_buf(at + SLOT_NONCE, CRYPTO_NONCE);
    slot_context(h, slot, context);
    crypto_aead_xchacha20poly1305_ietf_encrypt(at + SLOT_SEALED, NULL, (uint8_t *)&sealed,
                                               sizeof(sealed), context, sizeof(context), NULL,
                                               at + SLOT_NONCE, key);
    sodium_memzero(&sealed, sizeof(sealed));
}

bool header_set_slot(struct header *h, int slot, struct kdf_cost cost, const void *passphrase,
                     size_t length, const struct seeds *seeds, struct keys *keys)
{
    uint8_t *at = slot_at(h, slot), derived[KDF_OUT], salt[KDF_SALT];

    randombytes_buf(salt, sizeof(salt));
    if (!kdf_derive(cost, salt, passphrase, length, derived))
        return false;
    memset(at, 0, SLOT_SIZE);
    at[SLOT_USED] = 1;
    put32(at + SLOT_PASSES, cost.passes);
    put32(at + SLOT_KIB, cost.kib);
    randombytes_buf(at + SLOT_LABEL, HEADER_LABEL);
    memcpy(at + SLOT_SALT, salt, sizeof(salt));
    public_keys(seeds, at + SLOT_BOX_PK, at + SLOT_SIGN_PK);
    check_value(derived, at + SLOT_CHECK);
    if (sodium_is_zero(header_founder(h), CRYPTO_KEY)) {
        memcpy(h->bytes + AT_FOUNDER, at + SLOT_SIGN_PK, CRYPTO_KEY);
        memcpy(keys->founder, at + SLOT_SIGN_PK, CRYPTO_KEY);
    }
    seal_slot(h, slot, derived, seeds, keys);
    sodium_memzero(derived, sizeof(derived));
    return true;
}

enum header_slot_state header_open_slot(const struct header *h, int slot, const void *passphrase,
                                        size_t length, struct seeds *seeds, struct keys *keys)
{
    const uint8_t *at = slot_in(h, slot);
    uint8_t derived[KDF_OUT], check[SLOT_CHECK_SIZE], context[CRYPTO_FILE_ID + SLOT_NONCE];
    enum header_slot_state state = HEADER_SLOT_OPENED;
    struct sealed sealed;

    if (!kdf_cost_sane(header_cost(h, slot)))
        return HEADER_SLOT_COST;
    if (!kdf_derive(header_cost(h, slot), at + SLOT_SALT, passphrase, length, derived))
        return HEADER_SLOT_MEMORY;
    check_value(derived, check);
    slot_context(h, slot, context);
    if (sodium_memcmp(check, at + SLOT_CHECK, sizeof(check)) != 0)
        state = HEADER_SLOT_WRONG;
    else if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                 (uint8_t *)&sealed, NULL, NULL, at + SLOT_SEALED, sizeof(sealed) + CRYPTO_TAG,
                 context, sizeof(context), at + SLOT_NONCE, derived) != 0 ||
             !seeds_match(h, slot, &sealed.seeds) || !take_roots(h, &sealed.roots, keys))
        state = HEADER_SLOT_DAMAGED;
    else
        *seeds = sealed.seeds;
    sodium_memzero(&sealed, sizeof(sealed));
    sodium_memzero(derived, sizeof(derived));
    return state;
}

/* ---- recovery ---- */

static void from_secret(const uint8_t secret[RECOVERY_SECRET], struct seeds *seeds,
                        uint8_t key[CRYPTO_KEY])
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "amparorc";

    crypto_kdf_derive_from_key(seeds->box, HEADER_SEED, 1, context, secret);
    crypto_kdf_derive_from_key(seeds->sign, HEADER_SEED, 2, context, secret);
    crypto_kdf_derive_from_key(key, CRYPTO_KEY, 3, context, secret);
}

static void share_hash(const struct header *h, const struct share *share, uint8_t hash[SHARE_HASH])
{
    static const char purpose[] = "amparo recovery share";
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, SHARE_HASH);
    crypto_generichash_update(&state, (const uint8_t *)purpose, sizeof(purpose));
    crypto_generichash_update(&state, header_file_id(h), CRYPTO_FILE_ID);
    crypto_generichash_update(&state, &share->number, 1);
    crypto_generichash_update(&state, share->bytes, sizeof(share->bytes));
    crypto_generichash_final(&state, hash, SHARE_HASH);
    sodium_memzero(&state, sizeof(state));
}

void header_set_recovery(struct header *h, const uint8_t secret[RECOVERY_SECRET],
                         const struct share shares[RECOVERY_SHARES], const struct keys *keys)
{
    uint8_t *at = h->bytes + AT_RECOVERY, key[CRYPTO_KEY];
    uint32_t set = header_recovery_set(h) + 1;
    struct roots roots = roots_of(h, keys);
    struct seeds seeds;

    from_secret(secret, &seeds, key);
    public_keys(&seeds, at + RECOVERY_BOX_PK, at + RECOVERY_SIGN_PK);
    memset(at + RECOVERY_DATA_KEY, 0, SEALED_KEY);
    randombytes_buf(at + RECOVERY_NONCE, CRYPTO_NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(at + RECOVERY_SEALED, NULL, (uint8_t *)&roots,
                                               sizeof(roots), NULL, 0, NULL, at + RECOVERY_NONCE,
                                               key);
    for (int i = 0; i < RECOVERY_SHARES; i++)
        share_hash(h, &shares[i], at + RECOVERY_HASHES + i * SHARE_HASH);
    put32(at + RECOVERY_SET, set);
    sodium_memzero(&seeds, sizeof(seeds));
    sodium_memzero(&roots, sizeof(roots));
    sodium_memzero(key, sizeof(key));
}

bool header_open_recovery(const struct header *h, const uint8_t secret[RECOVERY_SECRET],
                          struct seeds *seeds, struct keys *keys)
{
    const uint8_t *at = h->bytes + AT_RECOVERY;
    uint8_t key[CRYPTO_KEY];
    struct roots roots;
    bool fine;

    from_secret(secret, seeds, key);
    fine = crypto_aead_xchacha20poly1305_ietf_decrypt(
               (uint8_t *)&roots, NULL, NULL, at + RECOVERY_SEALED, sizeof(roots) + CRYPTO_TAG,
               NULL, 0, at + RECOVERY_NONCE, key) == 0 &&
           seeds_match(h, HEADER_BY_RECOVERY, seeds) && take_roots(h, &roots, keys);
    if (!fine)
        sodium_memzero(seeds, sizeof(*seeds));
    sodium_memzero(&roots, sizeof(roots));
    sodium_memzero(key, sizeof(key));
    return fine;
}

bool header_share_counts(const struct header *h, const struct share *share, struct error *err)
{
    uint32_t set = header_recovery_set(h);
    uint8_t hash[SHARE_HASH];

    if (memcmp(share->file, header_file_id(h), SHARE_FILE) != 0)
        return error_set(err, ERROR_VAULT, _("share %d is one of another case file"),
                         share->number);
    if (share->set != (uint8_t)set)
        return error_set(err, ERROR_VAULT,
                         _("share %d is of set %d, which was ended; the present one is set %u"),
                         share->number, share->set, set);
    share_hash(h, share, hash);
    return sodium_memcmp(
               hash, h->bytes + AT_RECOVERY + RECOVERY_HASHES + (share->number - 1) * SHARE_HASH,
               SHARE_HASH) == 0 ||
           error_set(err, ERROR_VAULT, _("share %d is not the one that was made for this set"),
                     share->number);
}

/* ---- the data key ---- */

void header_set_escrow(struct header *h, const uint8_t pk[HEADER_PK])
{
    uint8_t *at = h->bytes + AT_ESCROW;

    memset(at, 0, ESCROW_SIZE);
    if (pk)
        memcpy(at + ESCROW_BOX_PK, pk, HEADER_PK);
}

void header_give_key(struct header *h, const uint8_t data_key[CRYPTO_KEY])
{
    for (int slot = HEADER_BY_ESCROW; slot < HEADER_SLOTS; slot++) {
        if (slot == HEADER_BY_ESCROW ? !header_escrow(h) : slot >= 0 && !header_is_used(h, slot))
            continue;
        if (crypto_box_seal(h->bytes + data_key_at(slot), data_key, CRYPTO_KEY,
                            h->bytes + box_pk_at(slot)) != 0)
            BUG("a public key of ours is not one");
    }
}

bool header_take_key(const struct header *h, int slot, const uint8_t box_seed[HEADER_SEED],
                     uint8_t data_key[CRYPTO_KEY])
{
    uint8_t pk[crypto_box_PUBLICKEYBYTES], sk[crypto_box_SECRETKEYBYTES];
    bool fine;

    crypto_box_seed_keypair(pk, sk, box_seed);
    fine = memcmp(pk, h->bytes + box_pk_at(slot), HEADER_PK) == 0 &&
           crypto_box_seal_open(data_key, h->bytes + data_key_at(slot), SEALED_KEY, pk, sk) == 0;
    sodium_memzero(sk, sizeof(sk));
    return fine;
}

/* ---- the whole ---- */

void header_finish(struct header *h, const struct keys *keys, int writer)
{
    put64(h->bytes + AT_GENERATION, header_generation(h) + 1);
    put32(h->bytes + AT_WRITER, (uint32_t)writer);
    mac_make(keys->circle, keys->file_id, h->bytes, AT_CIRCLE_MAC, h->bytes + AT_CIRCLE_MAC);
    mac_make(keys->header, keys->file_id, h->bytes, AT_CIRCLE_MAC, h->bytes + AT_MAC);
    crypto_sign_detached(h->bytes + AT_SIGNATURE, NULL, h->bytes, AT_SIGNATURE, keys->sign_sk);
}

static bool is_zero(const struct header *h, size_t from, size_t to)
{
    return sodium_is_zero(h->bytes + from, to - from);
}

/* Each place is a slot, or empty. */
static bool places_whole(const struct header *h)
{
    for (int slot = 0; slot < HEADER_SLOTS; slot++)
        if (!header_is_used(h, slot) && !sodium_is_zero(slot_in(h, slot), SLOT_SIZE))
            return false;
    return true;
}

enum header_copy_state header_look(const struct header *h)
{
    int writer = (int)get32(h->bytes + AT_WRITER);

    if (memcmp(h->bytes, magic, sizeof(magic)) != 0)
        return HEADER_FOREIGN;
    if (get32(h->bytes + AT_VERSION) > FORMAT_VERSION)
        return HEADER_NEWER;
    if (get32(h->bytes + AT_VERSION) != FORMAT_VERSION ||
        (writer != HEADER_BY_RECOVERY && !header_is_used(h, writer)) || !places_whole(h) ||
        !is_zero(h, AT_ZERO_1, AT_FILE_ID) || !is_zero(h, AT_ZERO_2, AT_WRITER) ||
        !is_zero(h, AT_RECOVERY + RECOVERY_ZERO, AT_ESCROW) ||
        (!header_escrow(h) && !is_zero(h, AT_ESCROW, AT_REPLACED)) ||
        !is_zero(h, AT_ZERO_3, AT_SLOTS) || !is_zero(h, AT_SPARE, AT_CIRCLE_MAC) ||
        crypto_sign_verify_detached(h->bytes + AT_SIGNATURE, h->bytes, AT_SIGNATURE,
                                    header_sign_pk(h, writer)) != 0)
        return HEADER_DAMAGED;
    return HEADER_WHOLE;
}

bool header_authentic(const struct header *h, const struct keys *keys)
{
    bool outside = sodium_is_zero(keys->circle, sizeof(keys->circle));

    return memcmp(header_file_id(h), keys->file_id, CRYPTO_FILE_ID) == 0 &&
           mac_check(keys->header, keys->file_id, h->bytes, AT_CIRCLE_MAC, h->bytes + AT_MAC) &&
           (outside || (memcmp(header_founder(h), keys->founder, sizeof(keys->founder)) == 0 &&
                        mac_check(keys->circle, keys->file_id, h->bytes, AT_CIRCLE_MAC,
                                  h->bytes + AT_CIRCLE_MAC)));
}
