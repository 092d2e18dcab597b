/* SPDX-License-Identifier: MIT */
/*
 * Base45 (RFC 9285): bytes in the letters that QR codes hold best, two bytes in three letters.
 * Layer: base.
 */
#ifndef AMPARO_BASE_BASE45_H
#define AMPARO_BASE_BASE45_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

/* How many letters so many bytes take; appends them. */
size_t base45_length(size_t size);
void base45_put(struct buf *out, const void *bytes, size_t size);

/*
 * Appends the bytes that a text of `size` letters stands for. False, with nothing appended, where
 * base45_put() would never write it: another letter, lower case too, a group that stands for too
 * much, a letter left over.
 */
bool base45_get(struct buf *out, const char *text, size_t size);

#endif
