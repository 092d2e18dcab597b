/* SPDX-License-Identifier: MIT */
/*
 * The strict subset of CBOR that acts are written in: deterministic encoding (RFC 8949 4.2), and
 * of its types integers of 64 bits, byte strings, text strings, arrays, maps, false and true.
 * Layer: base.
 *
 * One value has one encoding, and nothing else is read: refused are indefinite lengths, integers
 * and lengths that are not the shortest, maps whose keys are unsorted, repeated, or neither
 * integers nor text, tags, floats, null and other simple values, text that is not UTF-8 or holds
 * control characters (C0 but newline, DEL, C1, and the bidirectional ones), deep nesting, and bytes
 * after the end.
 *
 * To read: cbor_check() once over all bytes; then the cbor_read_ functions, which trust that.
 */
#ifndef AMPARO_BASE_CBOR_H
#define AMPARO_BASE_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

enum { CBOR_DEPTH = 16 }; /* arrays and maps within each other */

/* ---- writing: appends to a buffer; the caller puts as many items as it announced ---- */
void cbor_put_uint(struct buf *out, uint64_t value);
void cbor_put_int(struct buf *out, int64_t value);
void cbor_put_bytes(struct buf *out, const void *bytes, size_t size);
/* Text must satisfy cbor_text_ok: else BUG(). */
void cbor_put_text(struct buf *out, const char *text, size_t size);
void cbor_put_bool(struct buf *out, bool value);
void cbor_put_array(struct buf *out, size_t count);
/* Follow with count pairs, keys in the order of cbor_key_compare. */
void cbor_put_map(struct buf *out, size_t count);

/* Is this text one that the subset takes? */
bool cbor_text_ok(const char *text, size_t size);

/* The order of text keys in a map: shorter first, then by bytes. Negative, zero, positive. */
int cbor_key_compare(const char *a, const char *b);

/* ---- reading ---- */

/*
 * Is this exactly one item of the subset? If not, *fault (may be NULL) says what is wrong, a
 * constant phrase, and *at (may be NULL) at which byte.
 */
bool cbor_check(const void *bytes, size_t size, const char **fault, size_t *at);

enum cbor_type {
    CBOR_UINT = 0,
    CBOR_NEGATIVE = 1,
    CBOR_BYTES = 2,
    CBOR_TEXT = 3,
    CBOR_ARRAY = 4,
    CBOR_MAP = 5,
    CBOR_BOOL = 7,
    CBOR_NONE = 8, /* the end, or not what was asked for */
};

struct cbor {
    const uint8_t *at, *end;
};

void cbor_begin(struct cbor *in, const void *bytes, size_t size);
enum cbor_type cbor_peek(const struct cbor *in);

/* Each reads one item, or answers false and stays where it is when it is of another type. */
bool cbor_read_uint(struct cbor *in, uint64_t *value);
bool cbor_read_int(struct cbor *in, int64_t *value); /* false too where it does not fit */
bool cbor_read_bytes(struct cbor *in, const uint8_t **bytes, size_t *size);
/* Bytes of exactly this size, copied to `out`; false too where there are more or fewer. */
bool cbor_read_exact(struct cbor *in, void *out, size_t size);
bool cbor_read_text(struct cbor *in, const char **text, size_t *size); /* not NUL-terminated */
bool cbor_read_bool(struct cbor *in, bool *value);
bool cbor_read_array(struct cbor *in, size_t *count);
bool cbor_read_map(struct cbor *in, size_t *count);

/* Passes over one whole item. */
void cbor_skip(struct cbor *in);

#endif
