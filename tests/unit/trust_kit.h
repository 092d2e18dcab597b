/* SPDX-License-Identifier: MIT */
/*
 * A directory put together in memory: who is who by name, what they said one after the other. Each
 * fold is made in many orders, and they must come to the same.
 */
#ifndef TESTS_UNIT_TRUST_KIT_H
#define TESTS_UNIT_TRUST_KIT_H

#include "kit.h"

#include "amparo/agreement/trust.h"

enum { WORLD_ACTS = 64 };

struct world {
    struct diract acts[WORLD_ACTS];
    size_t count;
    size_t left_out[WORLD_ACTS]; /* that are not here */
    size_t left_count;
    struct trusted trust;
};

/* The keys of a name, the post id of a name: the same each time. */
const uint8_t *world_key(const char *name);
const uint8_t *world_post(const char *name);
/* In hexadecimal; of many strings in turn. */
const char *key_hex(const char *name);
const char *post_hex(const char *name);
const char *id_hex(const struct world *w, size_t act);

/* A root of r1, r2, r3 that is pinned and said; the Secretariat's file is `ts`. */
void world_begin(struct world *w);
void world_end(struct world *w);

/* One act: signed by that key, in the file of that post, at the next place of its chain; on the day
 * given (a date of 2026). The payload is kit_json() of the format. Returns its place. */
size_t world_say(struct world *w, const char *signer, const char *author, const char *day,
                 enum diract_kind kind, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* The same by r1, and approved by r2. */
size_t world_root(struct world *w, const char *day, enum diract_kind kind, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
size_t world_approve(struct world *w, const char *root, size_t act);

/* A State with its key "hn-state" in the file "hn-dir", for state "HN"; a post of it. */
size_t world_state(struct world *w, const char *state);
size_t world_post_of(struct world *w, const char *state, const char *post, const char *key);

/* A version that adds those acts (ended by WORLD_ACTS) to the one before (WORLD_ACTS: none). */
size_t world_release(struct world *w, uint64_t version, const char *until, size_t after,
                     const size_t *adds);

void world_leave_out(struct world *w, size_t act);

/* Folds w->trust; the test fails where another order gives something else. */
void world_fold(struct world *w);

const struct trust_act *world_act(const struct world *w, size_t act);
void assert_stands(const struct world *w, size_t act, enum trust_standing standing);

/* The current key of a post, of which the names are to be compared; "" none. */
bool world_has_key(const struct world *w, const char *post, const char *key);

#endif
