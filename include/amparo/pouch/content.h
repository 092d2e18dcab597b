/* SPDX-License-Identifier: MIT */
/*
 * What is in a pouch: dispatches (store/actbytes.h), of a case or of the directory, each with those
 * parts disclosed that its readers may have; and receipts for dispatches that came. Bytes only:
 * what a dispatch says, and whether it counts, is judged elsewhere. Layer: pouch; uses store, base.
 *
 *   number of dispatches | their signatures (64 each) | streams
 * The number and the streams are written as codec.h says. A stream unpacks to one item of the
 * strict subset of CBOR (base/cbor.h), all streams together to at most 1 MiB: the cover, which is
 * first and may be missing: a map {1: post id of the sender (16), where it is not the author of the
 * first dispatch; 2: [receipts: the first 16 bytes of the ids of dispatches], 3: signature of the
 * receipts (64)} then one stream for each author: an array of that author's dispatches, in which
 * each is [core, part 1 … part n], and a part is [salt, bytes], or its commitment where it is
 * withheld. Cores and parts stand as they were signed, each an item within the item. Signatures are
 * in the order of the dispatches. Who signed, and under which root, follows from the author: it is
 * not written. Authors have streams of their own, so that no length tells what one wrote to who
 * wrote something beside it.
 *
 * The envelope does not say who sealed it: the sender's id is a word, and no more. Receipts carry a
 * signature by the sender's post key, over the BLAKE2b-512 of
 *   "amparo receipts v1", 0, public key (32), post id of the sender (16), receipts (16 each)
 * or else anybody could keep a post from sending again what never came.
 */
#ifndef AMPARO_POUCH_CONTENT_H
#define AMPARO_POUCH_CONTENT_H

#include "amparo/base/error.h"
#include "amparo/store/actbytes.h"

enum {
    RECEIPT = 16,               /* bytes of a dispatch's id that stand for it */
    CONTENT_DISPATCHES = 1024,  /* in a pouch at most */
    CONTENT_RECEIPTS = 1024,    /* the same */
    CONTENT_UNPACKED = 1 << 20, /* bytes of all streams at most */
    CONTENT_KEYS = 64,          /* keys that are tried on a signature at most */
};

struct content {
    uint8_t sender[AUTHOR]; /* zeros where it came without a word of it */
    struct act_bytes *dispatches;
    size_t count;
    uint8_t (*receipts)[RECEIPT];
    size_t receipt_count;
    uint8_t signature[VAULT_SIGNATURE]; /* of the receipts, where there are some */

    /* ---- what content_take met beside, and left out ---- */
    size_t unknown;         /* dispatches of authors of whom no key is known */
    size_t forged;          /* whose signature, or a part, is not the author's */
    size_t strange;         /* that are no dispatches, or of a form that this version lacks */
    size_t forged_receipts; /* that are not signed by the sender, or who has no key here */
};

#define CONTENT_INIT                                                                               \
    {                                                                                              \
        .count = 0                                                                                 \
    }

/* Of what content_take made: wipes and frees all. What is put together by hand is its maker's. */
void content_release(struct content *c);

/* Signs c's receipts for c's sender, by the secret Ed25519 key of the post (libsodium's 64 bytes).
 */
void content_sign_receipts(struct content *c, const uint8_t *secret);

/*
 * Appends the inner part of a pouch. The parts that are `present` are disclosed, the others
 * withheld. Dispatches of one author keep their order, authors that of their first dispatch. A part
 * of a class that never leaves a post, or an act that is no dispatch: BUG(). False (ERROR_INPUT)
 * where there is nothing to send or too much for one pouch; then `out` is as it was.
 */
bool content_put(struct buf *out, const struct content *c, struct error *err);

/*
 * The keys of an author: sets signer and root to the nth candidate (from 0) and answers true, or
 * false after the last; several where keys were changed, or before a root was set and after. `core`
 * is NULL where the sender of receipts is meant.
 */
typedef bool content_key_of(void *ctx, const uint8_t author[AUTHOR], const struct core *core,
                            unsigned nth, uint8_t signer[KEY], uint8_t root[ROOT]);

/*
 * Takes the inner part of a pouch apart into *c, which must be CONTENT_INIT. Kept are dispatches
 * whose signature and parts hold under a key that key_of has for their author, with id, signer and
 * root set; and the receipts, if the sender signed them. What is not kept is counted; the rest
 * still counts. False (ERROR_INPUT) where the whole is not as it must be; then *c is empty.
 */
bool content_take(struct content *c, const void *inner, size_t size, content_key_of *key_of,
                  void *ctx, struct error *err);

#endif
