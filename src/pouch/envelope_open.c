/* SPDX-License-Identifier: MIT */
/* Opening a pouch: see envelope.h. */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/x25519.h"
#include "envelope_work.h"

static bool refuse(enum envelope_fault why, enum envelope_fault *fault, struct error *err)
{
    static const char *const words[] = {
        [ENVELOPE_NO_POUCH] = N_("this is not a pouch: it does not begin as one"),
        [ENVELOPE_OTHER] = N_("this pouch is of another version of the format: with a newer "
                              "amparo it may open; or ask its sender for it by another way"),
        [ENVELOPE_CUT] = N_("this pouch is cut short, or something was added to it: ask for it "
                            "again"),
        [ENVELOPE_CLOSED] = N_("this pouch does not open with the keys of this post: it is for "
                               "others, or was damaged on the way"),
        [ENVELOPE_DAMAGED] = N_("this pouch is for this post and was damaged on the way: ask for "
                                "it again"),
    };

    if (fault)
        *fault = why;
    return error_set(err, ERROR_INPUT, "%s", _(words[why]));
}

/* Bytes before the commitment; 0 where the whole has not the size of a pouch. */
static size_t before_commitment(const uint8_t *pouch, size_t size)
{
    if (size < ENVELOPE_LEAST || !pouch[PLACE_COUNT])
        return 0;
    size_t before = PLACE_SLOTS + (size_t)pouch[PLACE_COUNT] * MESSAGE_KEY;
    size_t around = before + COMMITMENT + TAG;
    if (size <= around || envelope_padded(size - around - 1) != size - around)
        return 0;
    return before;
}

/*
 * Tries every key on every slot, whatever was found before. k->k is the K whose commitment is the
 * pouch's; answers whether there is one.
 */
static bool find_key(struct envelope_keys *k, const uint8_t *pouch, size_t before,
                     const uint8_t *keys, size_t count)
{
    uint8_t reader[ENVELOPE_KEY];
    const uint8_t *end = keys + count * ENVELOPE_KEY;
    const uint8_t *commitment = pouch + before;
    bool found = false;

    for (const uint8_t *key = keys; key < end; key += ENVELOPE_KEY) {
        if (!x25519_public(key, reader) ||
            !envelope_mask(k, key, pouch + PLACE_E, pouch + PLACE_E, reader))
            continue; /* E of low order */
        for (const uint8_t *slot = pouch + PLACE_SLOTS; slot < commitment; slot += MESSAGE_KEY) {
            for (size_t b = 0; b < MESSAGE_KEY; b++)
                k->tried[b] = slot[b] ^ k->mask[b];
            envelope_derive(k, k->tried, pouch, before);
            if (sodium_memcmp(k->derived + AEAD_KEY, commitment, COMMITMENT) != 0)
                continue;
            memcpy(k->k, k->tried, MESSAGE_KEY);
            found = true;
        }
    }
    return found;
}

/* Takes the padding off what was appended from `start` on; false where it is not as it must be. */
static bool unpad(struct buf *inner, size_t start)
{
    size_t whole = inner->size - start, size = whole;

    while (size && inner->data[start + size - 1] == 0)
        size--;
    if (!size || (uint8_t)inner->data[start + size - 1] != 0x80 ||
        envelope_padded(size - 1) != whole)
        return false;
    buf_cut(inner, start + size - 1);
    return true;
}

/* Decrypts with k->derived, and appends the inner part. */
static bool decrypt(struct envelope_keys *k, struct buf *inner, const uint8_t *pouch, size_t size,
                    size_t before)
{
    size_t start = inner->size, associated = before + COMMITMENT;
    unsigned long long plain;

    buf_reserve(inner, size - associated);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)inner->data + start, &plain, NULL,
                                                   pouch + associated, size - associated, pouch,
                                                   associated, envelope_nonce, k->derived) != 0) {
        inner->data[start] = '\0';
        return false;
    }
    inner->size += (size_t)plain;
    inner->data[inner->size] = '\0';
    if (unpad(inner, start))
        return true;
    buf_cut(inner, start);
    return false;
}

bool envelope_open(struct buf *inner, const void *pouch, size_t size, const uint8_t *keys,
                   size_t count, enum envelope_fault *fault, struct error *err)
{
    const uint8_t *bytes = pouch;
    enum envelope_fault why = ENVELOPE_CLOSED;

    if (size < PLACE_COUNT || memcmp(bytes, envelope_magic, PLACE_COUNT - 1) != 0)
        return refuse(ENVELOPE_NO_POUCH, fault, err);
    if (bytes[PLACE_COUNT - 1] != ENVELOPE_VERSION)
        return refuse(ENVELOPE_OTHER, fault, err);
    size_t before = before_commitment(bytes, size);
    if (!before)
        return refuse(ENVELOPE_CUT, fault, err);
    struct envelope_keys *k = envelope_keys_new();
    bool open = find_key(k, bytes, before, keys, count);
    if (open) {
        envelope_derive(k, k->k, bytes, before);
        open = decrypt(k, inner, bytes, size, before);
        why = ENVELOPE_DAMAGED;
    }
    envelope_keys_free(k);
    return open || refuse(why, fault, err);
}
