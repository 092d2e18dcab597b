/* SPDX-License-Identifier: MIT */
/*
 * How the streams within a pouch are written short: as they are, or by raw deflate (RFC 1951) with
 * a preset dictionary, one for each language of notes; they are part of the format
 * (data/pouch/README). Layer: pouch; uses base and zlib.
 *
 * A stream is its head and its bytes. The head is 4 × length + codec, in groups of seven bits from
 * the lowest on, a byte each, with 0x80 in all but the last; the shortest form alone is read. The
 * length is that of the bytes before deflating. Codec 0: they follow. Codec 1, 2, 3:
 * deflate with the dictionary of English, Spanish, French, whose last block ends the stream.
 */
#ifndef AMPARO_POUCH_CODEC_H
#define AMPARO_POUCH_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

enum codec {
    CODEC_STORED = 0,
    CODEC_ENGLISH = 1,
    CODEC_SPANISH = 2,
    CODEC_FRENCH = 3,
    CODEC_COUNT,
};

/* A number in groups of seven bits. Reading: false where it is cut off, not the shortest, or more
 * than `most`; *at moves past it. */
void codec_put_number(struct buf *out, uint64_t number);
bool codec_take_number(const uint8_t **at, const uint8_t *end, uint64_t most, uint64_t *number);

/*
 * Appends a stream, by the codec that makes it shortest. `text` is where a longer text begins
 * behind bytes of another kind, which then may get a block of its own; 0: nowhere.
 */
void codec_put(struct buf *out, const void *bytes, size_t size, size_t text);

/*
 * Reads the stream at *at, appends its bytes to `out`, and moves *at past it. Never appends more
 * than `most`, whatever the stream would unpack to. False: *fault says why, a constant phrase, and
 * `out` is as it was.
 */
bool codec_take(struct buf *out, const uint8_t **at, const uint8_t *end, size_t most,
                const char **fault);

/* The dictionary of a codec that has one, and its size. */
const uint8_t *codec_dictionary(enum codec codec, size_t *size);

#endif
