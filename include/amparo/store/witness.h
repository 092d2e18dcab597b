/* SPDX-License-Identifier: MIT */
/*
 * The witness of a file: where its log of acts stands, as a code short enough for the telephone and
 * the foot of a print. Kept outside of the file, it tells an older copy put back, and acts cut off
 * or exchanged at the end, which nothing inside can tell. Layer: store.
 *
 *   1042-K7QX-93MD-PZ4V    number of the last act; 55 bits of a slow hash of the running hash over
 *                          all acts up to it; a check character over all of it
 *
 * The hash is slow (Argon2id, over the file's id too) so that it is dear to look for two histories
 * with one code.
 */
#ifndef AMPARO_STORE_WITNESS_H
#define AMPARO_STORE_WITNESS_H

#include "amparo/store/store.h"

enum {
    WITNESS_BITS = 11,               /* characters of 5 bits of the hash */
    WITNESS_CODE = WITNESS_BITS + 1, /* and the check */
    WITNESS_SIZE = 40,               /* bytes of a printed one, with the final NUL */
};

struct witness {
    int64_t seq;
    char code[WITNESS_CODE + 1]; /* without hyphens */
};

/* The witness of the file as it is now. */
bool store_witness(struct store *store, struct witness *out, struct error *err);

/* As people read it; returns `out`. */
const char *witness_print(const struct witness *w, char out[WITNESS_SIZE]);

/* Reads it back; case, blanks and hyphens do not matter, O is 0, I and L are 1. ERROR_INPUT where
 * it is mistyped. */
bool witness_parse(const char *text, struct witness *out, struct error *err);

/*
 * Does the file hold that state? *since gets the number of acts recorded after it. Else ERROR_VAULT
 * says that the file is an old copy, or one of another history. The running hash is taken as it is
 * written there: store_verify() holds it against the acts.
 */
bool store_check_witness(struct store *store, const struct witness *w, int64_t *since,
                         struct error *err);

#endif
