/* SPDX-License-Identifier: MIT */
/* What the files of carry.h share. */
#ifndef AMPARO_POUCH_CARRY_WORK_H
#define AMPARO_POUCH_CARRY_WORK_H

#include "amparo/agreement/trust.h"
#include "amparo/pouch/carry.h"

/* Our secret sealing keys, one after the other, in locked memory. */
struct carry_keys {
    uint8_t *bytes;
    size_t count;
};

/* ERROR_INPUT where there are none. */
bool carry_keys_load(struct store *store, struct carry_keys *out, struct error *err);
void carry_keys_release(struct carry_keys *keys);

/* Appends the inner part of a pouch. False: `a` says what became of it, and why. */
bool carry_open(const struct carry_keys *keys, const struct trusted *trust, const uint8_t *bytes,
                size_t size, struct buf *inner, struct carry_arrival *a);

/* Takes the inner part apart, by the keys that are known now. False: as carry_open(). */
bool carry_unpack(const struct trusted *trust, const struct buf *inner, struct content *out,
                  struct carry_arrival *a);

#endif
