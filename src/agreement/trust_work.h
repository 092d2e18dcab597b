/* SPDX-License-Identifier: MIT */
/* What the parts of trust.h share; for src/agreement/trust*.c alone. */
#ifndef AMPARO_AGREEMENT_TRUST_WORK_H
#define AMPARO_AGREEMENT_TRUST_WORK_H

#include "amparo/agreement/trust.h"

/* Drops what the fold made. */
void trust_forget(struct trusted *t);

/* ---- acts ---- */

/* Which is the later of two: in one author's chain by its order, else by the time, else by id. */
int trust_compare_acts(const struct diract *a, const struct diract *b);

/* The latest of those that count, are of that kind, and for which `fits` holds; NULL: none. Of each
 * author the last one, of these the latest. */
typedef bool trust_fits(const struct trusted *t, const struct trust_act *act, const void *what);
const struct trust_act *trust_latest(const struct trusted *t, enum diract_kind kind,
                                     trust_fits *fits, const void *what);

void trust_count(struct trust_act *act);
void trust_wait(struct trust_act *act, const char *why);
void trust_refuse(struct trust_act *act, const char *why);

/* Signed by a root key under this root, and approved by another one. */
bool trust_by_roots(const struct trust_act *act);

/* ---- chains ---- */

/* Where a dispatch lies on a chain. */
struct chain_link {
    const uint8_t *id;   /* ACT_ID_SIZE */
    const uint8_t *prev; /* 16 */
    const uint8_t *case_id;
    uint64_t incarnation, sequence;
};

/* The link whose id begins so; false: it is not here. */
typedef bool trust_find_link(const void *ctx, const uint8_t start[16], struct chain_link *out);

enum chain_standing {
    CHAIN_GOOD,    /* at or below a head */
    CHAIN_BEYOND,  /* above it, or beside the chain that leads to it */
    CHAIN_UNNAMED, /* no head of this case is named */
    CHAIN_GAP,     /* below a head, and what would show that it leads here is not here */
};

enum chain_standing trust_chain_standing(const struct trust_act *revocation,
                                         const struct chain_link *link, trust_find_link *find,
                                         const void *ctx);

/* ---- keys ---- */

/* The key of that owner, of a post or of a State; TRUST_NONE: unknown. The one of the best level.
 */
size_t trust_find_key(const struct trusted *t, const uint8_t owner[POST_ID],
                      const uint8_t key[TRUST_KEY], bool of_state);

/* May this key have signed that act of the directory? Else *why. */
bool trust_key_signs(const struct trusted *t, const struct trust_key *key,
                     const struct trust_act *act, const char **why);

/* Keys of States, then of posts, with the posts; by the acts that make them. */
void trust_fold_states(struct trusted *t);
void trust_fold_posts(struct trusted *t);

struct trust_state *trust_add_state(struct trusted *t, const char *state);

/* ---- words ---- */

enum { TRUST_DAY = 64 };

/* "14 March 2026", in the reader's language. */
const char *trust_say_day(struct date day, char out[TRUST_DAY]);

#endif
