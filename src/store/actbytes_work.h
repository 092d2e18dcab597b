/* SPDX-License-Identifier: MIT */
/* What the writing and the reading of acts as bytes share. */
#ifndef AMPARO_STORE_ACTBYTES_WORK_H
#define AMPARO_STORE_ACTBYTES_WORK_H

#include "amparo/store/actbytes.h"

/* Keys of the core, ascending: their order in the map. */
enum {
    CORE_KIND = 1,
    CORE_CASE = 2,
    CORE_AUTHOR = 3,
    CORE_AUDIENCE = 4, /* 0: this post; of a dispatch an array of codes */
    CORE_SEQUENCE = 5,
    CORE_TIME = 6,         /* [seconds, minutes east] */
    CORE_PREV = 7,         /* absent in the first of a chain */
    CORE_DIRECTORY = 8,    /* [version, 16 bytes of its hash]; absent until there is one */
    CORE_RANDOM = 9,       /* 8 bytes */
    CORE_INCARNATION = 10, /* absent in the first */
    CORE_CORRECTED = 11,   /* kind of the act corrected, where a field is a payload */
    CORE_CLASSES = 12,     /* of the parts, in order; absent where there are none */
    CORE_FIELDS = 13,
    CORE_CONTEXT = 14, /* absent where none */
    CORE_SEEN = 15,    /* absent in the first act of the file, and in dispatches */
    CORE_OPENER = 16,  /* of a dispatch whose author is not the opener of the case */
    CORE_KEYS = 17,
};

/* The commitment of a part, of that number from 1. */
void act_commit(const struct part *part, size_t number, uint8_t out[HASH]);

/* What is signed (64 bytes), and the id (32): of signer, root, core and commitments. */
void act_digest(const struct act_bytes *a, uint8_t *out, size_t size);

#endif
