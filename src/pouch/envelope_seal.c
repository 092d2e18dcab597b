/* SPDX-License-Identifier: MIT */
/* Sealing a pouch: see envelope.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "envelope_work.h"

typedef uint8_t reader_key[ENVELOPE_KEY];

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, ENVELOPE_KEY);
}

/* The readers ascending, each once; returns how many. */
static size_t sort_readers(reader_key *sorted, const uint8_t *readers, size_t count)
{
    size_t n = 0;

    memcpy(sorted, readers, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_bytes);
    for (size_t i = 0; i < count; i++)
        if (!n || memcmp(sorted[n - 1], sorted[i], sizeof *sorted) != 0)
            memmove(sorted[n++], sorted[i], sizeof *sorted);
    return n;
}

static bool check_readers(const uint8_t *readers, size_t count, struct error *err)
{
    if (!count || count > ENVELOPE_READERS)
        return error_set(err, ERROR_INPUT,
                         _("a pouch is for 1 to %d readers, not for %zu: make several"),
                         ENVELOPE_READERS, count);
    for (size_t i = 0; i < count; i++)
        if (!x25519_key_ok(readers + i * ENVELOPE_KEY))
            return error_set(
                err, ERROR_INPUT,
                _("sealing key %zu of %zu is none: whoever has it must publish another"), i + 1,
                count);
    return true;
}

/* S, and from it e, K and the order: of the readers in place. */
static void make_keys(struct envelope_keys *k, reader_key *readers, size_t n,
                      const struct buf *inner, const uint8_t *secret, const uint8_t *random)
{
    uint8_t hash[64], count = (uint8_t)n;
    reader_key other;

    crypto_generichash(hash, sizeof hash, (const uint8_t *)inner->data, inner->size, NULL, 0);
    envelope_hash(k, "amparo pouch v1 seed", secret, ENVELOPE_SECRET, SEED);
    envelope_add(k, random, ENVELOPE_RANDOM);
    envelope_add(k, &count, 1);
    envelope_add(k, readers, n * sizeof *readers);
    envelope_add(k, hash, sizeof hash);
    crypto_generichash_final(&k->state, k->seed, SEED);
    sodium_memzero(hash, sizeof hash);

    envelope_hash(k, "amparo pouch v1 ephemeral", k->seed, SEED, ENVELOPE_KEY);
    crypto_generichash_final(&k->state, k->e, ENVELOPE_KEY);
    envelope_hash(k, "amparo pouch v1 message", k->seed, SEED, MESSAGE_KEY);
    crypto_generichash_final(&k->state, k->k, MESSAGE_KEY);

    for (size_t j = n - 1, drawn = 0; j >= 1; j--, drawn++) {
        uint8_t block = (uint8_t)(drawn / 8);
        uint64_t draw = 0;
        if (drawn % 8 == 0) {
            envelope_hash(k, "amparo pouch v1 order", k->seed, SEED, sizeof k->draws);
            envelope_add(k, &block, 1);
            crypto_generichash_final(&k->state, k->draws, sizeof k->draws);
        }
        for (size_t i = 8; i > 0; i--)
            draw = draw << 8 | k->draws[drawn % 8 * 8 + i - 1];
        size_t with = (size_t)(draw % (j + 1));
        memcpy(other, readers[j], sizeof other);
        memcpy(readers[j], readers[with], sizeof other);
        memcpy(readers[with], other, sizeof other);
    }
}

/* Magic, E and the slots. */
static void put_header(struct envelope_keys *k, struct buf *out, reader_key *readers, size_t n)
{
    uint8_t e_public[ENVELOPE_KEY], slot[MESSAGE_KEY];

    buf_add(out, envelope_magic, sizeof envelope_magic);
    buf_addc(out, (char)n);
    if (!x25519_public(k->e, e_public))
        BUG("an ephemeral key without a public one");
    buf_add(out, e_public, sizeof e_public);
    for (size_t i = 0; i < n; i++) {
        if (!envelope_mask(k, k->e, readers[i], e_public, readers[i]))
            BUG("a reader's key of low order");
        for (size_t b = 0; b < MESSAGE_KEY; b++)
            slot[b] = k->k[b] ^ k->mask[b];
        buf_add(out, slot, sizeof slot);
    }
}

/* The inner part with its padding. */
static bool pad(struct buf *padded, const void *inner, size_t size, struct error *err)
{
    size_t whole = envelope_padded(size);

    if (!whole)
        return error_set(err, ERROR_INPUT,
                         _("a pouch of %zu bytes is too large: send it as several"), size);
    buf_reserve(padded, whole);
    buf_add(padded, inner, size);
    buf_addc(padded, (char)0x80);
    memset(padded->data + padded->size, 0, whole - padded->size);
    padded->size = whole;
    padded->data[whole] = '\0';
    return true;
}

bool envelope_seal(struct buf *out, const uint8_t *readers, size_t count, const void *inner,
                   size_t size, const uint8_t secret[ENVELOPE_SECRET], const uint8_t *random,
                   struct error *err)
{
    reader_key sorted[ENVELOPE_READERS];
    uint8_t drawn[ENVELOPE_RANDOM];
    struct buf padded = BUF_INIT;
    size_t start = out->size;
    unsigned long long sealed;

    if (!check_readers(readers, count, err) || !pad(&padded, inner, size, err))
        return false;
    struct envelope_keys *k = envelope_keys_new();
    if (!random)
        randombytes_buf(drawn, sizeof drawn);
    size_t n = sort_readers(sorted, readers, count);
    make_keys(k, sorted, n, &padded, secret, random ? random : drawn);
    put_header(k, out, sorted, n);
    envelope_derive(k, k->k, out->data + start, out->size - start);
    buf_add(out, k->derived + AEAD_KEY, COMMITMENT);
    buf_reserve(out, padded.size + TAG);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        (uint8_t *)out->data + out->size, &sealed, (const uint8_t *)padded.data, padded.size,
        (const uint8_t *)out->data + start, out->size - start, NULL, envelope_nonce, k->derived);
    out->size += (size_t)sealed;
    out->data[out->size] = '\0';
    envelope_keys_free(k);
    sodium_memzero(sorted, sizeof sorted);
    sodium_memzero(drawn, sizeof drawn);
    buf_release(&padded);
    return true;
}
