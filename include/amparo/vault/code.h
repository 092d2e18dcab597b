/* SPDX-License-Identifier: MIT */
/*
 * Bytes as people write them: groups of four characters and a check character, in an alphabet
 * without I, L, O and U. The check finds every single wrong character, every two that changed
 * places, and groups that changed places. Layer: vault; uses base.
 */
#ifndef AMPARO_VAULT_CODE_H
#define AMPARO_VAULT_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

enum { CODE_GROUP = 5, CODE_MOST = 64 /* bytes */, CODE_TOO_LONG = -1 };

/* How many groups so many bytes take. */
unsigned code_groups(size_t size);

/* Adds the text of up to CODE_MOST bytes to `out`, its groups joined by hyphens. */
void code_print(const uint8_t *bytes, size_t size, struct buf *out);

/*
 * Reads it back; case, spaces and hyphens do not matter, O is 0, I and L are 1. 0, or the number of
 * the first group that does not check, or CODE_TOO_LONG; then `bytes` are zero.
 */
int code_parse(const char *text, uint8_t *bytes, size_t size);

#endif
