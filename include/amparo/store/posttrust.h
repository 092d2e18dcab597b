/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: what the post itself said of whom it trusts, by acts of its own
 * chain: the root that it was handed, cards that it took, telephone checks, the head of post's
 * word. Layer: store.
 */
#ifndef AMPARO_STORE_POSTTRUST_H
#define AMPARO_STORE_POSTTRUST_H

#include <jansson.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/trust.h"
#include "amparo/base/date.h"
#include "amparo/store/card.h"

struct post_check {
    uint8_t key[TRUST_KEY];
    struct date on;
    char *called, *number, *by; /* owned */
    bool word;                  /* the head of post's word; then nobody was called */
};

struct post_settled {
    uint64_t version;
    uint8_t hash[DIRECTORY_HASH];
};

struct post_trust {
    char root[FINGERPRINT_SIZE];                 /* "": none */
    unsigned roots;                              /* how many were set, one after the other */
    char former[TRUST_FORMER][FINGERPRINT_SIZE]; /* those before it, the last first; "" none */
    struct date root_on;                         /* when, and by whom, the one that is */
    char *root_by;                               /* owned; NULL: none is */
    struct card *cards;
    size_t card_count;
    struct post_check *checks;
    size_t check_count;
    struct post_settled *settled;
    size_t settled_count;
    uint8_t state_key[TRUST_KEY]; /* of our State, which lies in this file; zeros: none */
    int64_t state_key_seq;        /* of the act that names it */
};

void post_trust_release(struct post_trust *trust);

struct logged;
struct post_state;

/* Is that an act of these? */
bool post_trust_knows(unsigned kind);

/* Their types, or NULL. */
const struct act_type *post_trust_type(unsigned kind);

/* Adds one: NULL, or why it may not count (N_()). */
const char *post_trust_add(struct post_state *state, const struct logged *act,
                           const json_t *payload);

#endif
