/* SPDX-License-Identifier: MIT */
/* What putting a content together and taking it apart share. */
#ifndef AMPARO_POUCH_CONTENT_WORK_H
#define AMPARO_POUCH_CONTENT_WORK_H

#include "amparo/base/cbor.h"
#include "amparo/pouch/content.h"

/* Keys of the cover, ascending. */
enum { COVER_SENDER = 1, COVER_RECEIPTS = 2, COVER_SIGNATURE = 3 };

/* What is signed of receipts. */
void content_receipts_hash(const struct content *c, const uint8_t signer[KEY], uint8_t hash[64]);

/* Appends a dispatch as [core, part 1 … part n]: see content.h. */
void content_put_act(struct buf *out, const struct act_bytes *a);

/* Takes one, without id, signer, root and signature; *a is to be released in any case. False where
 * it is none. The bytes have passed cbor_check(). */
bool content_take_act(struct cbor *in, struct act_bytes *a);

/* No part of it is of a class that never leaves a post, and it says for whom it is? */
bool content_may_travel(const struct act_bytes *a, const struct core *core);

#endif
