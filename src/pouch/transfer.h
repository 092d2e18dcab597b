/* SPDX-License-Identifier: MIT */
/* The transfer encodings of MIME (RFC 2045, 6.7 and 6.8). Layer: pouch, inside. */
#ifndef AMPARO_POUCH_TRANSFER_H
#define AMPARO_POUCH_TRANSFER_H

#include <stddef.h>

#include "amparo/base/buf.h"

/* Appends a text, with lines ended by LF, as quoted-printable of at most 76 columns. */
void transfer_quote(struct buf *out, const char *text, size_t size);

/* Append what the bytes stand for; what cannot stand there is passed over, or stands for itself. */
void transfer_unquote(struct buf *out, const char *text, size_t size);
void transfer_unbase64(struct buf *out, const char *text, size_t size);

#endif
