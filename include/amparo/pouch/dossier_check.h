/* SPDX-License-Identifier: MIT */
/*
 * What a dossier proves, to who has nothing but it: whose keys signed its dispatches, by the
 * directory that it brings with it and the root's fingerprint on a card; and what the conversation
 * in it comes to. Nothing is asked of a store, a file or a clock. Layer: pouch; uses agreement.
 *
 * What somebody forged, what a revoked key signed, and two dispatches in one place of a chain are
 * causes not to believe the dossier. What an honest post did wrong (assistance without a request by
 * note before it), what is missing and what is not disclosed are part of what it tells.
 */
#ifndef AMPARO_POUCH_DOSSIER_CHECK_H
#define AMPARO_POUCH_DOSSIER_CHECK_H

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/trust.h"
#include "amparo/pouch/dossier.h"

struct dossier_item {
    const struct act_bytes *bytes; /* of the dossier */
    struct core core;
    json_t *payload, *context; /* context may be NULL */
    struct dispatch dispatch;
    struct dispatch_facts facts;
    size_t withheld; /* parts that are not disclosed */
    int place;       /* in the conversation */
    bool bad;        /* it is a cause not to believe the whole; of two in one place of a chain, each
                      * that does not count */
};

/* The dispatches of one author in one incarnation of its file. */
struct dossier_chain {
    uint8_t author[POST_ID];
    uint64_t incarnation;
    uint64_t last; /* the highest number in the sequence; those before it begin with 1 */
    size_t here;   /* numbers that are here */
    bool broken;   /* one says it comes after another, and does not */
};

struct dossier_check {
    const struct dossier *dossier;
    char fingerprint[FINGERPRINT_SIZE]; /* of its root; "" where it names none */
    bool compared;                      /* it is the one that was given */
    struct trusted trust;
    enum trust maker;           /* what the key is worth that the whole is signed by */
    struct dossier_item *items; /* in the order of the dossier */
    size_t count;
    struct conversation conversation;
    struct dossier_chain *chains;
    size_t chain_count;
    size_t withheld; /* parts that are not disclosed, in all */
};

/* What the reader has besides. */
struct dossier_reader {
    const char *root; /* the fingerprint on the card, as fingerprint_parse() gives it; NULL: none */
    const struct act_bytes *directory; /* a later directory: what it revokes is revoked */
    size_t count;
};

/*
 * Looks at a dossier that dossier_take() took. False (ERROR_VAULT): it is not to be believed, with
 * a line for each cause; *out is filled all the same. dossier_check_release() ends it in any case;
 * the dossier must outlive it.
 */
bool dossier_check(const struct dossier *d, const struct dossier_reader *reader,
                   struct dossier_check *out, struct error *err);
void dossier_check_release(struct dossier_check *check);

/* The request by note that a given assistance rests on: the latest that counts, goes to that State,
 * was handed over by then and names each person; NULL: there is none. */
const struct conversation_request *dossier_request_of(const struct dossier_check *check,
                                                      const struct conversation_item *assistance);

#endif
