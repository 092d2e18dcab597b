/* SPDX-License-Identifier: MIT */
#include "amparo/vault/header.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/mem.h"

enum {
    AT_VERSION = 8,
    AT_FILE_ID = 16,
    AT_GENERATION = 32,
    AT_SLOTS_USED = 40,
    AT_WRITER = 44,
    AT_RECOVERY = 48,
    AT_ROOM = 192,
    AT_REPLACED = 400,
    AT_ROOM_2 = 404,
    AT_SLOTS = 480,
    AT_SPARE = 3840,
    AT_MAC = 4000,
    AT_SIGNATURE = 4032,
};

/* Within the recovery record and within a slot: two public keys and the sealed data key. */
enum {
    RECOVERY_BOX_PK = 0,
    RECOVERY_SIGN_PK = 32,
    RECOVERY_DATA_KEY = 64,

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
    SLOT_DATA_KEY = 272,
    SLOT_VOUCHER = 352,
    SLOT_VOUCHED = 356,
    SLOT_SIZE = 420,
    SLOT_CHECK_SIZE = 16,
};

static const uint8_t magic[8] = "AMPARO\r\n";

/* What lies under a passphrase. */
struct sealed {
    struct seeds seeds;
    uint8_t file_id[CRYPTO_FILE_ID];
    uint8_t pin[CRYPTO_KEY];
};

_Static_assert(sizeof(struct sealed) + CRYPTO_TAG == SLOT_DATA_KEY - SLOT_SEALED, "slot layout");
_Static_assert(SLOT_DATA_KEY + CRYPTO_KEY + crypto_box_SEALBYTES == SLOT_VOUCHER, "slot layout");
_Static_assert(SLOT_VOUCHED + crypto_sign_BYTES == SLOT_SIZE, "slot layout");
_Static_assert(AT_SLOTS + HEADER_SLOTS * SLOT_SIZE == AT_SPARE, "header layout");
_Static_assert(AT_SIGNATURE + crypto_sign_BYTES == HEADER_SIZE, "header layout");

static uint8_t *slot_at(struct header *h, int slot)
{
    return h->bytes + AT_SLOTS + slot * SLOT_SIZE;
}

static const uint8_t *slot_in(const struct header *h, int slot)
{
    return h->bytes + AT_SLOTS + slot * SLOT_SIZE;
}

/* The three fields that slots and the recovery record have in common. */
static const uint8_t *box_pk_of(const struct header *h, int slot)
{
    return slot == HEADER_BY_RECOVERY ? h->bytes + AT_RECOVERY + RECOVERY_BOX_PK
                                      : slot_in(h, slot) + SLOT_BOX_PK;
}

static size_t data_key_at(int slot)
{
    return slot == HEADER_BY_RECOVERY ? (size_t)(AT_RECOVERY + RECOVERY_DATA_KEY)
                                      : (size_t)(AT_SLOTS + slot * SLOT_SIZE + SLOT_DATA_KEY);
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

const uint8_t *header_file_id(const struct header *h)
{
    return h->bytes + AT_FILE_ID;
}

uint64_t header_generation(const struct header *h)
{
    return get64(h->bytes + AT_GENERATION);
}

int header_slots(const struct header *h)
{
    return (int)get32(h->bytes + AT_SLOTS_USED);
}

static void public_keys(const struct seeds *seeds, uint8_t box_pk[HEADER_PK],
                        uint8_t sign_pk[HEADER_PK])
{
    uint8_t box_sk[crypto_box_SECRETKEYBYTES], sign_sk[crypto_sign_SECRETKEYBYTES];

    crypto_box_seed_keypair(box_pk, box_sk, seeds->box);
    crypto_sign_seed_keypair(sign_pk, sign_sk, seeds->sign);
    sodium_memzero(box_sk, sizeof(box_sk));
    sodium_memzero(sign_sk, sizeof(sign_sk));
}

void header_recovery_seeds(const uint8_t secret[32], struct seeds *seeds)
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "amparorc";

    crypto_kdf_derive_from_key(seeds->box, HEADER_SEED, 1, context, secret);
    crypto_kdf_derive_from_key(seeds->sign, HEADER_SEED, 2, context, secret);
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

void header_init(struct header *h, const uint8_t file_id[CRYPTO_FILE_ID],
                 const struct seeds *recovery)
{
    memset(h, 0, sizeof(*h));
    memcpy(h->bytes, magic, sizeof(magic));
    put32(h->bytes + AT_VERSION, FORMAT_VERSION);
    memcpy(h->bytes + AT_FILE_ID, file_id, CRYPTO_FILE_ID);
    public_keys(recovery, h->bytes + AT_RECOVERY + RECOVERY_BOX_PK,
                h->bytes + AT_RECOVERY + RECOVERY_SIGN_PK);
}

void header_pin(const struct header *h, uint8_t pin[CRYPTO_KEY])
{
    uint8_t roots[2 * HEADER_PK + HEADER_PK];

    memcpy(roots, header_sign_pk(h, 0), HEADER_PK);
    memcpy(roots + HEADER_PK, h->bytes + AT_RECOVERY, sizeof(roots) - HEADER_PK);
    crypto_generichash(pin, CRYPTO_KEY, roots, sizeof(roots), NULL, 0);
}

/* What who vouches signs. */
struct vouched {
    uint8_t purpose[16];
    uint8_t file_id[CRYPTO_FILE_ID];
    uint8_t slot[4];
    uint8_t voucher[4];
    uint8_t label[HEADER_LABEL];
    uint8_t keys[2 * HEADER_PK];
};

static struct vouched vouched_of(const struct header *h, int slot, int voucher)
{
    struct vouched of = {.purpose = "amparo officer"};

    memcpy(of.file_id, header_file_id(h), sizeof(of.file_id));
    put32(of.slot, (uint32_t)slot);
    put32(of.voucher, (uint32_t)voucher);
    memcpy(of.label, header_label(h, slot), sizeof(of.label));
    memcpy(of.keys, slot_in(h, slot) + SLOT_BOX_PK, sizeof(of.keys));
    return of;
}

void header_vouch(struct header *h, int slot, int voucher, const uint8_t sign_sk[CRYPTO_SIGN_SK])
{
    struct vouched of = vouched_of(h, slot, voucher);

    put32(slot_at(h, slot) + SLOT_VOUCHER, (uint32_t)voucher);
    crypto_sign_detached(slot_at(h, slot) + SLOT_VOUCHED, NULL, (uint8_t *)&of, sizeof(of),
                         sign_sk);
}

/* Each slot by an earlier one or by recovery, so that there are no circles. */
static bool all_vouched(const struct header *h)
{
    for (int slot = 0; slot < header_slots(h); slot++) {
        int voucher = (int)get32(slot_in(h, slot) + SLOT_VOUCHER);
        struct vouched of;

        if (voucher != HEADER_BY_RECOVERY && (voucher < 0 || voucher >= slot))
            return false;
        of = vouched_of(h, slot, voucher);
        if (crypto_sign_verify_detached(slot_in(h, slot) + SLOT_VOUCHED, (uint8_t *)&of, sizeof(of),
                                        header_sign_pk(h, voucher)) != 0)
            return false;
    }
    return true;
}

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

int header_add_slot(struct header *h, struct kdf_cost cost, const void *passphrase, size_t length,
                    struct seeds *seeds)
{
    int slot = header_slots(h);
    uint8_t *at, derived[KDF_OUT], context[CRYPTO_FILE_ID + SLOT_NONCE];
    struct sealed sealed;

    if (slot >= HEADER_SLOTS)
        return -1;
    at = slot_at(h, slot);
    memset(at, 0, SLOT_SIZE);
    at[SLOT_USED] = 1;
    put32(at + SLOT_PASSES, cost.passes);
    put32(at + SLOT_KIB, cost.kib);
    randombytes_buf(at + SLOT_LABEL, HEADER_LABEL);
    randombytes_buf(at + SLOT_SALT, KDF_SALT);
    if (!kdf_derive(cost, at + SLOT_SALT, passphrase, length, derived)) {
        memset(at, 0, SLOT_SIZE);
        return -2;
    }
    check_value(derived, at + SLOT_CHECK);
    randombytes_buf(seeds, sizeof(*seeds));
    public_keys(seeds, at + SLOT_BOX_PK, at + SLOT_SIGN_PK);

    sealed.seeds = *seeds;
    memcpy(sealed.file_id, header_file_id(h), sizeof(sealed.file_id));
    header_pin(h, sealed.pin);
    randombytes_buf(at + SLOT_NONCE, CRYPTO_NONCE);
    slot_context(h, slot, context);
    crypto_aead_xchacha20poly1305_ietf_encrypt(at + SLOT_SEALED, NULL, (uint8_t *)&sealed,
                                               sizeof(sealed), context, sizeof(context), NULL,
                                               at + SLOT_NONCE, derived);
    sodium_memzero(&sealed, sizeof(sealed));
    sodium_memzero(derived, sizeof(derived));
    put32(h->bytes + AT_SLOTS_USED, (uint32_t)slot + 1);
    return slot;
}

enum header_slot_state header_open_slot(const struct header *h, int slot, const void *passphrase,
                                        size_t length, struct seeds *seeds)
{
    const uint8_t *at = slot_in(h, slot);
    struct kdf_cost cost = {get32(at + SLOT_PASSES), get32(at + SLOT_KIB)};
    uint8_t derived[KDF_OUT], check[SLOT_CHECK_SIZE], context[CRYPTO_FILE_ID + SLOT_NONCE];
    enum header_slot_state state = HEADER_SLOT_OPENED;
    struct sealed sealed;
    uint8_t pin[CRYPTO_KEY];

    if (!kdf_cost_sane(cost))
        return HEADER_SLOT_COST;
    if (!kdf_derive(cost, at + SLOT_SALT, passphrase, length, derived))
        return HEADER_SLOT_MEMORY;
    check_value(derived, check);
    slot_context(h, slot, context);
    header_pin(h, pin);
    if (sodium_memcmp(check, at + SLOT_CHECK, sizeof(check)) != 0)
        state = HEADER_SLOT_WRONG;
    else if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                 (uint8_t *)&sealed, NULL, NULL, at + SLOT_SEALED, sizeof(sealed) + CRYPTO_TAG,
                 context, sizeof(context), at + SLOT_NONCE, derived) != 0 ||
             memcmp(sealed.file_id, header_file_id(h), sizeof(sealed.file_id)) != 0 ||
             memcmp(sealed.pin, pin, sizeof(pin)) != 0 ||
             !header_seeds_match(h, slot, &sealed.seeds))
        state = HEADER_SLOT_DAMAGED;
    else
        *seeds = sealed.seeds;
    sodium_memzero(&sealed, sizeof(sealed));
    sodium_memzero(derived, sizeof(derived));
    return state;
}

bool header_seeds_match(const struct header *h, int slot, const struct seeds *seeds)
{
    uint8_t box_pk[HEADER_PK], sign_pk[HEADER_PK];

    public_keys(seeds, box_pk, sign_pk);
    return memcmp(box_pk, box_pk_of(h, slot), HEADER_PK) == 0 &&
           memcmp(sign_pk, header_sign_pk(h, slot), HEADER_PK) == 0;
}

void header_give_key(struct header *h, int slot, const uint8_t data_key[CRYPTO_KEY])
{
    if (crypto_box_seal(h->bytes + data_key_at(slot), data_key, CRYPTO_KEY, box_pk_of(h, slot)) !=
        0)
        BUG("a public key of ours is not one");
}

bool header_take_key(const struct header *h, int slot, const struct seeds *seeds,
                     uint8_t data_key[CRYPTO_KEY])
{
    uint8_t pk[crypto_box_PUBLICKEYBYTES], sk[crypto_box_SECRETKEYBYTES];
    bool fine;

    crypto_box_seed_keypair(pk, sk, seeds->box);
    fine = crypto_box_seal_open(data_key, h->bytes + data_key_at(slot),
                                CRYPTO_KEY + crypto_box_SEALBYTES, pk, sk) == 0;
    sodium_memzero(sk, sizeof(sk));
    return fine;
}

void header_finish(struct header *h, const struct keys *keys, int writer)
{
    put64(h->bytes + AT_GENERATION, header_generation(h) + 1);
    put32(h->bytes + AT_WRITER, (uint32_t)writer);
    mac_make(keys->header, keys->file_id, h->bytes, AT_MAC, h->bytes + AT_MAC);
    crypto_sign_detached(h->bytes + AT_SIGNATURE, NULL, h->bytes, AT_SIGNATURE, keys->sign_sk);
}

enum header_copy_state header_look(const struct header *h)
{
    int slots = header_slots(h), writer = (int)get32(h->bytes + AT_WRITER);

    if (memcmp(h->bytes, magic, sizeof(magic)) != 0)
        return HEADER_FOREIGN;
    if (get32(h->bytes + AT_VERSION) > FORMAT_VERSION)
        return HEADER_NEWER;
    if (get32(h->bytes + AT_VERSION) != FORMAT_VERSION || slots < 1 || slots > HEADER_SLOTS ||
        (writer != HEADER_BY_RECOVERY && (writer < 0 || writer >= slots)) ||
        !sodium_is_zero(h->bytes + AT_ROOM, AT_REPLACED - AT_ROOM) ||
        !sodium_is_zero(h->bytes + AT_ROOM_2, AT_SLOTS - AT_ROOM_2) ||
        !sodium_is_zero(h->bytes + AT_SPARE, AT_MAC - AT_SPARE) ||
        !sodium_is_zero(slot_in(h, slots), (size_t)(HEADER_SLOTS - slots) * SLOT_SIZE) ||
        crypto_sign_verify_detached(h->bytes + AT_SIGNATURE, h->bytes, AT_SIGNATURE,
                                    header_sign_pk(h, writer)) != 0)
        return HEADER_DAMAGED;
    return HEADER_WHOLE;
}

bool header_authentic(const struct header *h, const struct keys *keys)
{
    uint8_t pin[CRYPTO_KEY];

    header_pin(h, pin);
    return memcmp(header_file_id(h), keys->file_id, CRYPTO_FILE_ID) == 0 &&
           memcmp(pin, keys->pin, sizeof(pin)) == 0 && all_vouched(h) &&
           mac_check(keys->header, keys->file_id, h->bytes, AT_MAC, h->bytes + AT_MAC);
}
