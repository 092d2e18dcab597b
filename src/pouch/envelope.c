/* SPDX-License-Identifier: MIT */
/* What sealing and opening a pouch share: its keys and its padding. */
#include "amparo/pouch/envelope.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "envelope_work.h"

const uint8_t envelope_magic[PLACE_COUNT] = {'p', 'c', 'h', ENVELOPE_VERSION};
const uint8_t envelope_nonce[NONCE] = {0};

struct envelope_keys *envelope_keys_new(void)
{
    struct envelope_keys *k;

    if (sodium_init() < 0 || !(k = sodium_malloc(sizeof *k)))
        BUG("no locked memory for the keys of a pouch");
    memset(k, 0, sizeof *k);
    return k;
}

void envelope_keys_free(struct envelope_keys *k)
{
    sodium_free(k);
}

void envelope_hash(struct envelope_keys *k, const char *label, const uint8_t *key, size_t key_size,
                   size_t size)
{
    crypto_generichash_init(&k->state, key, key_size, size);
    crypto_generichash_update(&k->state, (const uint8_t *)label, strlen(label) + 1);
}

void envelope_add(struct envelope_keys *k, const void *bytes, size_t size)
{
    crypto_generichash_update(&k->state, bytes, size);
}

bool envelope_mask(struct envelope_keys *k, const uint8_t mine[ENVELOPE_KEY],
                   const uint8_t theirs[ENVELOPE_KEY], const uint8_t e_public[ENVELOPE_KEY],
                   const uint8_t reader[ENVELOPE_KEY])
{
    if (crypto_scalarmult(k->shared, mine, theirs) != 0)
        return false;
    envelope_hash(k, "amparo pouch v1 wrap", k->shared, sizeof k->shared, MESSAGE_KEY);
    envelope_add(k, e_public, ENVELOPE_KEY);
    envelope_add(k, reader, ENVELOPE_KEY);
    crypto_generichash_final(&k->state, k->mask, MESSAGE_KEY);
    return true;
}

void envelope_derive(struct envelope_keys *k, const uint8_t key[MESSAGE_KEY], const void *before,
                     size_t size)
{
    envelope_hash(k, "amparo pouch v1 keys", key, MESSAGE_KEY, sizeof k->derived);
    envelope_add(k, before, size);
    crypto_generichash_final(&k->state, k->derived, sizeof k->derived);
}

size_t envelope_padded(size_t size)
{
    static const size_t small[] = {192, 384, 576, 1024, 1408, 2048};
    size_t step = 256;

    if (size >= ENVELOPE_INNER)
        return 0;
    for (size_t i = 0; i < ARRAY_SIZE(small); i++)
        if (size < small[i])
            return small[i];
    while (size >= 16 * step) /* from 8 to 16 steps lie between two powers of two */
        step *= 2;
    return (size / step + 1) * step;
}
