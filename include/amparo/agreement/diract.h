/* SPDX-License-Identifier: MIT */
/*
 * What can be said in the directory of the network, which is a log of signed acts: who may speak
 * for it, which State, which posts, with which keys; who takes part, whom to ask, who has offices
 * where. They are dispatches (store/actbytes.h) with a case of zeros, for everybody, and all of
 * class P0. Which of them count is for trust.h. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_DIRACT_H
#define AMPARO_AGREEMENT_DIRACT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/dispatch.h"
#include "amparo/agreement/fingerprint.h"

/* The audience of what anybody may read. */
#define CODE_EVERYBODY "**"

/* The numbers are in files and on the wire, beside those of cases (act.h) and of the post itself
 * (store/actbytes.h): never change or reuse one. */
enum diract_kind {
    DIR_ROOT = 96,        /* the three keys of the root */
    DIR_APPROVE = 97,     /* another key of the root says the same */
    DIR_STATE = 98,       /* the key of a State, and the post in whose file it lies; root */
    DIR_POST = 99,        /* a post of a State and its key; the State. Of the Secretariat: root */
    DIR_SEALING = 100,    /* what is for the post is sealed to this key; the post */
    DIR_ROLL = 101,       /* the signer's key gives way to another one; post or State */
    DIR_REVOKE = 102,     /* a key is no good, but below these heads; the State, of its own: root */
    DIR_PARTY = 103,      /* a State takes part (7.2); root */
    DIR_INSTRUMENT = 104, /* pilot, or in force (9); root */
    DIR_FOCAL = 105,      /* how a focal point is reached (7.6); the State or its directorate */
    DIR_OFFICES = 106,    /* changes in the State's list of offices (7.6); the same */
    DIR_MINIMUM = 107,    /* older pouches than this version are not taken; root */
    DIR_RELEASE = 108,    /* a version: which acts it adds to the one before; root */
    DIR_KIND_END,
};

bool diract_known(uint64_t kind);

/* Must it be signed by a key of the root, and approved by another one? DIR_POST and DIR_REVOKE may
 * be: by whom they are signed tells. */
bool diract_of_root(enum diract_kind kind);

/* The type of a kind, or NULL. Labels are what a log shows. */
const struct act_type *diract_type(unsigned kind);

/*
 * Is the payload one that may be said? Fields as the table has them, keys and ids as lower-case
 * hexadecimal of their length. Else the fault in *why, an N_() phrase.
 */
bool diract_check(enum diract_kind kind, const json_t *payload, const char **why);

/* May a post be called so? Capitals and digits, a capital first, POST_CODE_MOST at most: it begins
 * case references, and stands in the names of files. */
enum { POST_CODE_LEAST = 2, POST_CODE_MOST = 12 };
bool post_code_ok(const char *code);

/* Bytes of a payload's text of hexadecimal digits: false where it is not exactly `size` of them. */
bool diract_bytes(const json_t *payload, const char *key, uint8_t *out, size_t size);
bool diract_hex(const char *text, uint8_t *out, size_t size);

#endif
