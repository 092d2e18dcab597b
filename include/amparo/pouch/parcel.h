/* SPDX-License-Identifier: MIT */
/*
 * What goes to whom, made into sealed pouches: what a post gets that is too much for one goes in
 * several, in its order, and posts that get exactly the same share one, so that a poll to ten posts
 * is one envelope with ten places. Pure: no file, no clock. Layer: pouch; uses store, base.
 */
#ifndef AMPARO_POUCH_PARCEL_H
#define AMPARO_POUCH_PARCEL_H

#include "amparo/pouch/content.h"
#include "amparo/pouch/envelope.h"
#include "amparo/pouch/found.h"

/* For one post. Its content may be larger than a pouch; its receipts need no signature yet. */
struct parcel {
    uint8_t post[POST_ID];
    uint8_t sealing[ENVELOPE_KEY];
    struct content content; /* its arrays are the caller's */
};

struct parcel_sealing {
    const uint8_t *machine; /* ENVELOPE_SECRET bytes (envelope.h) */
    const uint8_t *signing; /* signs the receipts: libsodium's secret key of 64 bytes */
    const uint8_t *random;  /* NULL; for tests: of each pouch (envelope.h) */
    size_t most;            /* bytes of a pouch that a route takes well: it is larger only where one
                             * dispatch is. 0: as large as may be */
};

/* A pouch, and what is in it. For each of its readers that is a run of the dispatches and of the
 * receipts of their parcel. */
struct packed {
    char name[POUCH_NAME_SIZE];
    struct buf bytes;
    struct packed_for {
        size_t parcel, first, first_receipt;
    } * to; /* by parcel */
    size_t to_count;
    size_t count, receipt_count;
};

struct packed_list {
    struct packed *list; /* in order of the first parcels */
    size_t count;
};

void packed_release(struct packed_list *packed);

/*
 * Packs all parcels; one without dispatches and receipts gives nothing. False (ERROR_INPUT) where
 * one of them cannot be sealed to its key, or a dispatch is too large for any pouch; *out is empty
 * then. The caller releases it.
 */
bool parcels_pack(const struct parcel *parcels, size_t count, const struct parcel_sealing *how,
                  struct packed_list *out, struct error *err);

#endif
