/* SPDX-License-Identifier: MIT */
/*
 * What every reader of a route hands over: a pouch that it found, or what is left of one. And the
 * name that a pouch has on every route, the first digits of its hash. On the routes a pouch is
 * bytes, and nothing more is known of it. Layer: pouch; uses base.
 */
#ifndef AMPARO_POUCH_FOUND_H
#define AMPARO_POUCH_FOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/pouch/envelope.h"

enum {
    POUCH_HASH = 32,
    POUCH_PREFIX = 6, /* bytes of the hash that are its name, in hex */
    POUCH_NAME_SIZE = 2 * POUCH_PREFIX + 1,
    POUCH_MOST = ENVELOPE_MOST,
};

/* How a pouch lay there. */
enum pouch_form {
    POUCH_BARE,   /* its bytes */
    POUCH_ARMOUR, /* text */
    POUCH_CODES,  /* the texts of its QR codes */
};

struct pouch_found {
    enum pouch_form form;
    bool mailed;          /* inside a saved mail */
    const uint8_t *bytes; /* NULL where it is not whole; valid until the visitor returns */
    size_t size;
    const char *fault;          /* what is wrong, in the reader's language; NULL: it is whole */
    char name[POUCH_NAME_SIZE]; /* of one that is not whole: as it says itself; "" where it does not
                                 */
};

/* Takes one. False: no more, please. */
typedef bool pouch_visit(void *ctx, const struct pouch_found *found);

/* BLAKE2b-256 of its bytes. */
void pouch_hash(const void *bytes, size_t size, uint8_t hash[POUCH_HASH]);

/* The beginning of the hash in lower-case hex: enough to tell pouches apart on the telephone. */
void pouch_name(const void *bytes, size_t size, char name[POUCH_NAME_SIZE]);

/* Whether the bytes begin as a pouch does, of whatever version. */
bool pouch_begins(const void *bytes, size_t size);

#endif
