/* SPDX-License-Identifier: MIT */
/*
 * Pouches for tests: dispatches of made-up posts, and the envelope once more, written from its
 * description alone, which seals also what an honest sender would not.
 */
#ifndef AMPARO_TESTS_POUCH_KIT_H
#define AMPARO_TESTS_POUCH_KIT_H

#include "kit.h"

#include "amparo/pouch/content.h"
#include "amparo/pouch/envelope.h"

/* ---- posts ---- */

/* A post whose number decides all: its id, the key that signs for it, the pair it is sealed to. */
struct kit_post {
    uint8_t id[AUTHOR];
    uint8_t sign[64]; /* libsodium's secret key */
    uint8_t sign_public[KEY];
    uint8_t secret[ENVELOPE_KEY], key[ENVELOPE_KEY];
};
void kit_post(struct kit_post *post, unsigned number);

/* A dispatch; the caller releases it. JSON has ' for ". */
struct pouch_said {
    const char *act, *payload;     /* by its name, and what it says */
    const char *context;           /* what goes along; NULL: nothing */
    const char *to;                /* for whom, such as "MX,PA,ts" */
    uint64_t sequence;             /* in the chain of its author in the case */
    bool first;                    /* names none before it */
    const struct kit_post *opener; /* of the case; NULL: the author */
};
void pouch_say(struct act_bytes *out, const struct kit_post *post, const struct pouch_said *said);

/* The same, `sequence` from 1 in the case of its own, without context. */
void kit_dispatch(struct act_bytes *out, const struct kit_post *post, const char *act,
                  const char *payload, const char *to, uint64_t sequence);

/* A content_key_of that knows posts 1 to *(unsigned *)ctx, each by two keys: one that is not the
 * right one, and the right one. Root is zeros. */
bool kit_key_of(void *ctx, const uint8_t author[AUTHOR], const struct core *core, unsigned nth,
                uint8_t signer[KEY], uint8_t root[ROOT]);

/* ---- the envelope by another hand ---- */

/* What a sender of ill will may choose; zeroed, with n readers, it is honest. */
struct kit_envelope {
    size_t n;
    const uint8_t *readers;  /* 32 bytes each, in the order of the slots */
    const uint8_t *e;        /* ephemeral secret */
    const uint8_t *e_public; /* another E than that of e; NULL: that of e */
    const uint8_t *k;        /* 16 bytes each: a K for each slot */
    const uint8_t *inner;    /* with its padding */
    size_t size;
    size_t used; /* the slot whose K seals and commits */
};
void kit_seal(struct buf *out, const struct kit_envelope *made);

/* e, K and the order of an honest sender: `order` has n numbers of readers (ascending by bytes). */
void kit_keys(uint8_t e[32], uint8_t k[16], size_t *order, const uint8_t *sorted, size_t n,
              const uint8_t *inner, size_t size, const uint8_t secret[ENVELOPE_SECRET],
              const uint8_t random[ENVELOPE_RANDOM]);

#endif
