/* SPDX-License-Identifier: MIT */
/*
 * Values of acts between JSON, which people and commands use, and the strict CBOR that is signed:
 * strings, integers, booleans, arrays, and objects as maps with text keys. Layer: store.
 */
#ifndef AMPARO_STORE_VALUE_H
#define AMPARO_STORE_VALUE_H

#include <jansson.h>

#include "amparo/base/cbor.h"
#include "amparo/base/error.h"

/*
 * Can the value be written? Else ERROR_INPUT with a line for each place, by its path under `path`:
 * null, fractions, and text with control characters.
 */
bool value_check(const json_t *value, const char *path, struct error *err);

/* Appends a value that value_check takes. */
void value_put(struct buf *out, const json_t *value);

/* Reads one item of checked bytes: a new reference; NULL where JSON has no such value (bytes). */
json_t *value_read(struct cbor *in);

#endif
