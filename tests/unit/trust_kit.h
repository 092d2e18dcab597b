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

/* ---- what is asked of it ---- */

extern const size_t world_nothing[]; /* no acts */

struct date world_day(const char *text);

/* A dispatch of the post `author` by `key`, at its place; linked to the one before in the list. */
struct dispatch_facts world_dispatch(const char *author, const char *key, uint64_t sequence,
                                     const struct dispatch_facts *before, const char *on);
enum trust world_judged(const struct world *w, struct dispatch_facts d);

/* A consulate in the Emirates, as its key card has it. */
struct trust_contact world_card(const char *state, const char *post, const char *key);

/* Revokes a key with these heads (world_head(), with commas), on 1 April. */
size_t world_revoke(struct world *w, const char *by, const char *author, const char *key,
                    const char *heads);
/* A head as a revocation names it, which the caller frees. */
char *world_head(const uint8_t *case_id, uint64_t sequence, const uint8_t *id);

#endif
