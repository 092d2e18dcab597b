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
    SHORT = 300,  /* bytes of a stream without much text */
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

static const struct {
    const uint8_t *bytes;
    size_t size;
} dictionaries[CODEC_COUNT] = {
    [CODEC_ENGLISH] = {dictionary_en, sizeof dictionary_en},
    [CODEC_SPANISH] = {dictionary_es, sizeof dictionary_es},
    [CODEC_FRENCH] = {dictionary_fr, sizeof dictionary_fr},
};

const uint8_t *codec_dictionary(enum codec codec, size_t *size)
{
    *size = dictionaries[codec].size;
    return dictionaries[codec].bytes;
}

/* Appends the deflated bytes, with a new block, and so other codes, from `text` on (0: one block);
 * false where they are not fewer than `below`. */
static bool deflate_into(struct buf *out, enum codec codec, const void *bytes, size_t size,
                         size_t text, size_t below)
{
    z_stream z = {.zalloc = take_memory, .zfree = wipe_memory};

    if (size > UINT_MAX / 2)
        BUG("too much for one stream");
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK ||
        deflateSetDictionary(&z, dictionaries[codec].bytes, (unsigned)dictionaries[codec].size) !=
            Z_OK)
        BUG("zlib does not begin");
    buf_reserve(out, below);
    z.next_in = bytes;
    z.avail_in = (unsigned)text;
    z.next_out = (uint8_t *)out->data + out->size;
    z.avail_out = (unsigned)below;
    if (text)
        deflate(&z, Z_BLOCK);
    z.avail_in += (unsigned)(size - text);
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < below;
    if (done)
        out->size += z.total_out;
    out->data[out->size] = '\0';
    deflateEnd(&z);
    return done;
}

void codec_put(struct buf *out, const void *bytes, size_t size, size_t text)
{
    struct buf best = BUF_INIT, packed = BUF_INIT;
    enum codec by = CODEC_STORED;
    /* What is short is codes, and all dictionaries end alike. */
    enum codec first = size < SHORT ? CODEC_FRENCH : CODEC_ENGLISH;

    if (text > size)
        BUG("a text past the end of its stream");
    buf_add(&best, bytes, size);
    for (int blocks = 1; blocks <= (text ? 2 : 1); blocks++)
        for (enum codec codec = first; codec < CODEC_COUNT; codec++) {
            buf_clear(&packed);
            if (!deflate_into(&packed, codec, bytes, size, blocks == 2 ? text : 0, best.size))
                continue;
            buf_clear(&best);
            buf_add(&best, packed.data, packed.size);
            by = codec;
        }
    codec_put_number(out, (uint64_t)size << CODEC_BITS | by);
    buf_add(out, best.data, best.size);
    buf_release(&best);
    buf_release(&packed);
}

/* Appends exactly `size` bytes and moves *at past what they were packed as. */
static bool inflate_into(struct buf *out, enum codec codec, const uint8_t **at, const uint8_t *end,
                         size_t size)
{
    z_stream z = {.zalloc = take_memory, .zfree = wipe_memory};

    if ((size_t)(end - *at) > UINT_MAX || size > UINT_MAX)
        return false;
    if (inflateInit2(&z, WINDOW) != Z_OK ||
        inflateSetDictionary(&z, dictionaries[codec].bytes, (unsigned)dictionaries[codec].size) !=
            Z_OK)
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
    enum codec codec = (enum codec)(head & CODEC_MASK);
    if (codec == CODEC_STORED) {
        if ((size_t)(end - p) < size) {
            *fault = N_("a stream that ends too early");
            return false;
        }
        buf_add(out, p, size);
        p += size;
    } else if (!inflate_into(out, codec, &p, end, size)) {
        *fault = N_("a stream that does not unpack to what it says");
        return false;
    }
    *at = p;
    return true;
}
