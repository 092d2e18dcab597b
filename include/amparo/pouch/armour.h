/* SPDX-License-Identifier: MIT */
/*
 * Text armour: a pouch as lines that survive what mail programs and people do to a text.
 * Layer: pouch; uses base.
 *
 *   [BEGIN-AMPARO-POUCH]
 *   base64url without padding (RFC 4648, 5), 64 letters in a line
 *   [END-AMPARO-POUCH:1a2b3c4d5e6f]
 *
 * The twelve digits are the name of the pouch (found.h) and the checksum in one. What is read may
 * be quoted in any depth, wrapped anew, indented, be quoted-printable or HTML with tags and
 * entities, hold blanks of all kinds, or be UTF-16; dashes may have become typographic. Between the
 * two marks whatever is no letter of base64url is passed over; the checksum says whether it
 * came through.
 */
#ifndef AMPARO_POUCH_ARMOUR_H
#define AMPARO_POUCH_ARMOUR_H

#include "amparo/base/buf.h"
#include "amparo/pouch/found.h"

enum { ARMOUR_COLUMNS = 64 };

/* Appends the armour of a pouch, each line with a newline. */
void armour_put(struct buf *out, const void *bytes, size_t size);

/*
 * Visits each armour of a text, in its order, and what is left of those that are not whole. Takes
 * time proportional to the size. False where the visitor ended it.
 */
bool armour_find(const void *text, size_t size, pouch_visit *visit, void *ctx);

#endif
