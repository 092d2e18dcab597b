/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/codec.h"

#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "gen/pouch_dictionary.h"

enum {
    CODEC_BITS = 2, /* of a head, for the codec */
    CODEC_MASK = 3,
    WINDOW = -15, /* raw deflate, 32 KiB back */
    GROUP = 7,    /* bits of a number's byte */
    GROUPS = 9,   /* at most: 63 bits */
};

void codec_put_number(struct buf *out, uint64_t number)
{
    for (; number >> GROUP; number >>= GROUP)
        buf_addc(out, (char)(0x80 | (number & 0x7f)));
    buf_addc(out, (char)number);
}

bool codec_take_number(const uint8_t **at, const uint8_t *end, uint64_t most, uint64_t *number)
{
    const uint8_t *p = *at;
    uint64_t value = 0;

    for (unsigned i = 0; i < GROUPS && p < end; i++) {
        uint8_t byte = *p++;
        value |= (uint64_t)(byte & 0x7f) << GROUP * i;
        if (byte & 0x80)
            continue;
        if ((i && !byte) || value > most)
            return false;
        *at = p;
        *number = value;
        return true;
    }
    return false;
}

/* zlib's memory has had the text in it. */
static void *take_memory(void *opaque, unsigned items, unsigned size)
{
    (void)opaque;
    return xcalloc(items, size);
}

static void wipe_memory(void *opaque, void *memory)
{
    (void)opaque;
    free_wiped(memory);
}

/* Appends the deflated bytes; false where that would take more than they do. */
static bool deflate_into(struct buf *out, const void *bytes, size_t size)
{
    z_stream z = {.zalloc = take_memory, .zfree = wipe_memory};

    if (size > UINT_MAX / 2)
        BUG("too much for one stream");
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK ||
        deflateSetDictionary(&z, pouch_dictionary, sizeof pouch_dictionary) != Z_OK)
        BUG("zlib does not begin");
    buf_reserve(out, size);
    z.next_in = bytes;
    z.avail_in = (unsigned)size;
    z.next_out = (uint8_t *)out->data + out->size;
    z.avail_out = (unsigned)size;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < size;
    if (done)
        out->size += z.total_out;
    out->data[out->size] = '\0';
    deflateEnd(&z);
    return done;
}

void codec_put(struct buf *out, const void *bytes, size_t size)
{
    struct buf packed = BUF_INIT;
    bool shorter = deflate_into(&packed, bytes, size);

    codec_put_number(out, (uint64_t)size << CODEC_BITS | (shorter ? CODEC_DEFLATE : CODEC_STORED));
    if (shorter)
        buf_add(out, packed.data, packed.size);
    else
        buf_add(out, bytes, size);
    buf_release(&packed);
}

/* Appends exactly `size` bytes and moves *at past what they were packed as. */
static bool inflate_into(struct buf *out, const uint8_t **at, const uint8_t *end, size_t size)
{
    z_stream z = {.zalloc = take_memory, .zfree = wipe_memory};

    if ((size_t)(end - *at) > UINT_MAX || size > UINT_MAX)
        return false;
    if (inflateInit2(&z, WINDOW) != Z_OK ||
        inflateSetDictionary(&z, pouch_dictionary, sizeof pouch_dictionary) != Z_OK)
        BUG("zlib does not begin");
    buf_reserve(out, size);
    z.next_in = *at;
    z.avail_in = (unsigned)(end - *at);
    z.next_out = (uint8_t *)out->data + out->size;
    z.avail_out = (unsigned)size;
    bool whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_out == 0;
    if (whole) {
        *at = z.next_in;
        out->size += size;
    } else {
        sodium_memzero(out->data + out->size, size);
    }
    out->data[out->size] = '\0';
    inflateEnd(&z);
    return whole;
}

bool codec_take(struct buf *out, const uint8_t **at, const uint8_t *end, size_t most,
                const char **fault)
{
    const uint8_t *p = *at;
    uint64_t head;

    if (!codec_take_number(&p, end, (uint64_t)most << CODEC_BITS | CODEC_MASK, &head)) {
        *fault = N_("a stream without a length, or that says it is too long");
        return false;
    }
    size_t size = (size_t)(head >> CODEC_BITS);
    switch (head & CODEC_MASK) {
    case CODEC_STORED:
        if ((size_t)(end - p) < size) {
            *fault = N_("a stream that ends too early");
            return false;
        }
        buf_add(out, p, size);
        p += size;
        break;
    case CODEC_DEFLATE:
        if (!inflate_into(out, &p, end, size)) {
            *fault = N_("a stream that does not unpack to what it says");
            return false;
        }
        break;
    default:
        *fault = N_("a stream of an unknown kind");
        return false;
    }
    *at = p;
    return true;
}

size_t codec_dictionary(uint8_t hash[CODEC_DICTIONARY_HASH])
{
    crypto_generichash(hash, CODEC_DICTIONARY_HASH, pouch_dictionary, sizeof pouch_dictionary, NULL,
                       0);
    return sizeof pouch_dictionary;
}
