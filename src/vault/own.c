/* SPDX-License-Identifier: MIT */
/*
 * What one officer keeps to themselves outside of the file: sealed under a key that comes from
 * their signing seed, which every later unlocking gives them again.
 */
#include "amparo/vault/inside.h"

#include <sodium.h>

#include "amparo/base/mem.h"

enum { KEY_SIZE = crypto_aead_xchacha20poly1305_ietf_KEYBYTES };

/* In locked memory; freed with sodium_free(). */
static uint8_t *own_key(const struct vault *v)
{
    static const char purpose[] = "amparo: of this officer alone";
    uint8_t *key = sodium_malloc(KEY_SIZE);

    if (!key)
        BUG("no locked memory for a key");
    crypto_generichash(key, KEY_SIZE, (const uint8_t *)purpose, sizeof(purpose),
                       v->fs->keys->sign_sk, crypto_sign_SEEDBYTES);
    return key;
}

void vault_seal_own(const struct vault *v, const void *bytes, size_t size, struct buf *out)
{
    uint8_t nonce[CRYPTO_NONCE], *key = own_key(v);
    size_t before = out->size;

    randombytes_buf(nonce, sizeof(nonce));
    buf_add(out, nonce, sizeof(nonce));
    buf_add(out, bytes, size);
    buf_add(out, (uint8_t[CRYPTO_TAG]){0}, CRYPTO_TAG);
    uint8_t *text = (uint8_t *)out->data + before + sizeof(nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(text, NULL, text, size, v->fs->keys->file_id,
                                               sizeof(v->fs->keys->file_id), NULL, nonce, key);
    sodium_free(key);
}

bool vault_open_own(const struct vault *v, const void *sealed, size_t size, struct buf *out)
{
    const uint8_t *nonce = sealed, *text = nonce + CRYPTO_NONCE;
    size_t before = out->size;
    uint8_t *key;
    bool fine;

    if (size < CRYPTO_NONCE + CRYPTO_TAG)
        return false;
    size -= CRYPTO_NONCE;
    buf_add(out, text, size);
    key = own_key(v);
    fine = crypto_aead_xchacha20poly1305_ietf_decrypt(
               (uint8_t *)out->data + before, NULL, NULL, text, size, v->fs->keys->file_id,
               sizeof(v->fs->keys->file_id), nonce, key) == 0;
    sodium_free(key);
    buf_cut(out, before + (fine ? size - CRYPTO_TAG : 0));
    return fine;
}
