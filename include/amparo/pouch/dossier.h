/* SPDX-License-Identifier: MIT */
/*
 * A dossier: one file with the dispatches of a case (store/actbytes.h), as they were signed, and
 * those of the directory that prove whose keys signed them. Who has neither the case file nor its
 * passphrase can check it (dossier_check.h). A part that is not disclosed is its commitment alone,
 * and the signature holds all the same. It is not sealed: who has the file reads it. Layer: pouch;
 * uses store, agreement, base.
 *
 *   "dsr" 0x01 | one item of the strict subset of CBOR (base/cbor.h) | signature (64)
 * The item is a map:
 *   1: root of the directory (32) under which it is to be believed; zeros where there was none
 *   2: opener of the case (8)        3: number of the case (8)
 *   4: id of the post that put it together (16), and      5: the public key by which it signs (32)
 *   6: when, RFC 3339 text
 *   7: [dispatches of the directory]      8: [dispatches of the case], at least one
 * A dispatch is [public key of who signed it (32), root that it was signed under (32), signature
 * (64), [core, part 1 … part n]]; the last as in a pouch (content.h). None is there twice. The last
 * signature is by the key of 5, over the BLAKE2b-512 of "amparo dossier v1", 0, and all bytes
 * before it: whoever takes a dispatch out, or puts one in, would have to sign it as their own.
 */
#ifndef AMPARO_POUCH_DOSSIER_H
#define AMPARO_POUCH_DOSSIER_H

#include "amparo/base/error.h"
#include "amparo/base/instant.h"
#include "amparo/store/actbytes.h"

enum {
    DOSSIER_VERSION = 1,
    DOSSIER_SIZE = 16 << 20,   /* bytes at most */
    DOSSIER_DISPATCHES = 4096, /* of the case at most */
    DOSSIER_DIRECTORY = 8192,  /* of the directory at most */
};

struct dossier {
    uint8_t root[ROOT];
    uint8_t opener[OPENER], number[CASE_NUMBER];
    uint8_t maker[POST_ID], signer[KEY];
    struct instant at; /* whole seconds */
    struct act_bytes *directory;
    size_t directory_count;
    struct act_bytes *dispatches;
    size_t count;
};

#define DOSSIER_INIT                                                                               \
    {                                                                                              \
        .count = 0                                                                                 \
    }

/* Of what dossier_take made: wipes and frees all. What is put together by hand is its maker's. */
void dossier_release(struct dossier *d);

/* Does it begin as a dossier, of this version or another? Four bytes are enough. */
bool dossier_begins(const void *bytes, size_t size);

/*
 * Appends the file. Parts that are `present` are disclosed, the others withheld. `secret` is the
 * key of the post that puts it together (libsodium's 64 bytes, in locked memory); d->signer is not
 * looked at. No dispatch at all, an act that is none, of another case, or with a part that never
 * leaves a post: BUG(). False (ERROR_INPUT) where it is too much; then `out` is as it was.
 */
bool dossier_put(struct buf *out, const struct dossier *d, const uint8_t *secret,
                 struct error *err);

/*
 * Takes a file apart into *d, which must be DOSSIER_INIT. True: every byte is as it was signed, by
 * the maker's key and each dispatch by its own, and all are of the one case or of the directory.
 * Whose keys these are is not asked here. False (ERROR_VAULT), with a line for each cause; then *d
 * is empty.
 */
bool dossier_take(struct dossier *d, const void *bytes, size_t size, struct error *err);

#endif
