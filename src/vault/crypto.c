/* SPDX-License-Identifier: MIT */
#include "amparo/vault/crypto.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { KIND_PAGE = 'P', KIND_RECORD = 'W', KIND_WAL_HEAD = 'H', KIND_BLOCK = 'T' };

/* What is sealed: its associated data, and the epoch that only the WAL has. */
struct place {
    uint8_t file_id[CRYPTO_FILE_ID];
    uint8_t kind;
    uint8_t number[8];
    uint8_t epoch[8];
};
_Static_assert(sizeof(struct place) == CRYPTO_FILE_ID + 17, "associated data has no padding");

static struct place place_at(const uint8_t *file_id, uint8_t kind, uint64_t number, uint64_t epoch)
{
    struct place place = {{0}, kind, {0}, {0}};

    if (file_id)
        memcpy(place.file_id, file_id, sizeof(place.file_id));
    put64(place.number, number);
    put64(place.epoch, epoch);
    return place;
}

struct keys *keys_new(void)
{
    struct keys *keys = sodium_malloc(sizeof(*keys));

    if (!keys)
        BUG("no locked memory for keys");
    memset(keys, 0, sizeof(*keys));
    return keys;
}

void keys_free(struct keys *keys)
{
    sodium_free(keys); /* wipes */
}

void keys_derive(struct keys *keys)
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "amparodb";
    uint8_t *derived[] = {keys->page,   keys->wal,    keys->nonce, keys->digest,
                          keys->anchor, keys->header, keys->tags};

    for (size_t i = 0; i < ARRAY_SIZE(derived); i++)
        crypto_kdf_derive_from_key(derived[i], CRYPTO_KEY, i + 1, context, keys->data);
}

static void fresh_nonce(const struct keys *keys, const struct place *place, const uint8_t *plain,
                        size_t size, uint8_t nonce[CRYPTO_NONCE])
{
    uint8_t in[CRYPTO_NONCE + sizeof(*place) + crypto_onetimeauth_BYTES];

    randombytes_buf(in, CRYPTO_NONCE);
    memcpy(in + CRYPTO_NONCE, place, sizeof(*place));
    crypto_onetimeauth(in + CRYPTO_NONCE + sizeof(*place), plain, size, keys->digest);
    crypto_generichash(nonce, CRYPTO_NONCE, in, sizeof(in), keys->nonce, CRYPTO_KEY);
}

static void seal(const uint8_t *key, const struct place *place, const uint8_t *nonce,
                 const uint8_t *plain, size_t size, uint8_t *out, uint8_t *tag)
{
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        out, tag, NULL, plain, size, (const uint8_t *)place, sizeof(*place), NULL, nonce, key);
}

static bool unseal(const uint8_t *key, const struct place *place, const uint8_t *nonce,
                   const uint8_t *in, size_t size, const uint8_t *tag, uint8_t *plain)
{
    return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
               plain, NULL, in, size, tag, (const uint8_t *)place, sizeof(*place), nonce, key) == 0;
}

void page_seal(const struct keys *keys, uint32_t number, const uint8_t plain[FORMAT_PAGE],
               uint8_t out[FORMAT_PAGE])
{
    struct place place = place_at(keys->file_id, KIND_PAGE, number, 0);
    uint8_t *nonce = out + FORMAT_CONTENT;

    fresh_nonce(keys, &place, plain, FORMAT_CONTENT, nonce);
    seal(keys->page, &place, nonce, plain, FORMAT_CONTENT, out, nonce + CRYPTO_NONCE);
}

bool page_open(const struct keys *keys, uint32_t number, uint8_t page[FORMAT_PAGE])
{
    struct place place = place_at(keys->file_id, KIND_PAGE, number, 0);
    uint8_t *nonce = page + FORMAT_CONTENT;
    bool fine = unseal(keys->page, &place, nonce, page, FORMAT_CONTENT, nonce + CRYPTO_NONCE, page);

    memset(nonce, 0, FORMAT_RESERVE);
    return fine;
}

/* Both kinds of WAL record: epoch, nonce, ciphertext, tag. */
static void wal_seal(const struct keys *keys, const struct place *place, uint64_t epoch,
                     const uint8_t *plain, size_t size, uint8_t *out)
{
    uint8_t *nonce = out + 8, *body = nonce + CRYPTO_NONCE;

    put64(out, epoch);
    fresh_nonce(keys, place, plain, size, nonce);
    seal(keys->wal, place, nonce, plain, size, body, body + size);
}

void record_seal(const struct keys *keys, uint64_t epoch, uint64_t index,
                 const uint8_t frame[FORMAT_FRAME], uint8_t out[FORMAT_WAL_RECORD])
{
    struct place place = place_at(keys->file_id, KIND_RECORD, index, epoch);

    wal_seal(keys, &place, epoch, frame, FORMAT_FRAME, out);
}

bool record_open(const struct keys *keys, uint64_t epoch, uint64_t index,
                 const uint8_t in[FORMAT_WAL_RECORD], uint8_t frame[FORMAT_FRAME])
{
    struct place place = place_at(keys->file_id, KIND_RECORD, index, epoch);
    const uint8_t *nonce = in + 8, *body = nonce + CRYPTO_NONCE;

    return get64(in) == epoch &&
           unseal(keys->wal, &place, nonce, body, FORMAT_FRAME, body + FORMAT_FRAME, frame);
}

_Static_assert(sizeof(struct wal_head) == FORMAT_WAL_HEADER + FORMAT_ROOT, "no padding");

void wal_head_seal(const struct keys *keys, uint64_t epoch, const struct wal_head *head,
                   uint8_t out[FORMAT_WAL_HEAD_RECORD])
{
    struct place place = place_at(keys->file_id, KIND_WAL_HEAD, 0, epoch);

    wal_seal(keys, &place, epoch, (const uint8_t *)head, sizeof(*head), out);
}

bool wal_head_open(const struct keys *keys, const uint8_t in[FORMAT_WAL_HEAD_RECORD],
                   uint64_t *epoch, struct wal_head *head)
{
    const uint8_t *nonce = in + 8, *body = nonce + CRYPTO_NONCE;
    struct place place = place_at(keys->file_id, KIND_WAL_HEAD, 0, get64(in));

    *epoch = get64(in);
    return unseal(keys->wal, &place, nonce, body, sizeof(*head), body + sizeof(*head),
                  (uint8_t *)head);
}

void block_seal(const struct keys *keys, const uint8_t key[CRYPTO_KEY], uint64_t number,
                const uint8_t plain[FORMAT_PAGE], uint8_t out[FORMAT_PAGE + FORMAT_RESERVE])
{
    struct place place = place_at(NULL, KIND_BLOCK, number, 0);
    uint8_t *nonce = out + FORMAT_PAGE;

    fresh_nonce(keys, &place, plain, FORMAT_PAGE, nonce);
    seal(key, &place, nonce, plain, FORMAT_PAGE, out, nonce + CRYPTO_NONCE);
}

bool block_open(const uint8_t key[CRYPTO_KEY], uint64_t number,
                const uint8_t in[FORMAT_PAGE + FORMAT_RESERVE], uint8_t plain[FORMAT_PAGE])
{
    struct place place = place_at(NULL, KIND_BLOCK, number, 0);
    const uint8_t *nonce = in + FORMAT_PAGE;

    return unseal(key, &place, nonce, in, FORMAT_PAGE, nonce + CRYPTO_NONCE, plain);
}

void mac_make(const uint8_t key[CRYPTO_KEY], const uint8_t file_id[CRYPTO_FILE_ID],
              const void *bytes, size_t size, uint8_t mac[CRYPTO_KEY])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key, CRYPTO_KEY, CRYPTO_KEY);
    crypto_generichash_update(&state, file_id, CRYPTO_FILE_ID);
    crypto_generichash_update(&state, bytes, size);
    crypto_generichash_final(&state, mac, CRYPTO_KEY);
    sodium_memzero(&state, sizeof(state));
}

bool mac_check(const uint8_t key[CRYPTO_KEY], const uint8_t file_id[CRYPTO_FILE_ID],
               const void *bytes, size_t size, const uint8_t mac[CRYPTO_KEY])
{
    uint8_t right[CRYPTO_KEY];

    mac_make(key, file_id, bytes, size, right);
    return sodium_memcmp(right, mac, CRYPTO_KEY) == 0;
}
