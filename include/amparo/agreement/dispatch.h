/* SPDX-License-Identifier: MIT */
/*
 * A dispatch: what a post says to others of a case, or of the directory; an act as it leaves,
 * signed by the post's key. Officers' acts stay inside their file (act.h): a dispatch is made of
 * one when it is sent, with the fields alone that its readers may have, and from one that came in
 * an act of the case here is recorded, as the other side's word. Here it is data to judge:
 * conversation.h says which of them count in a case, trust.h whose word they are. Layer: agreement
 * (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_DISPATCH_H
#define AMPARO_AGREEMENT_DISPATCH_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/country.h"
#include "amparo/base/instant.h"

enum {
    POST_ID = 16,        /* names a machine that writes for a post, for ever (core: author) */
    OPENER = 8,          /* first bytes of the post id of who opened the case */
    CASE_NUMBER = 8,     /* of a case; only together with the opener does it name one */
    DIRECTORY_HASH = 16, /* first bytes of the hash of a version of the directory */
    PREV_SIZE = 16,      /* start of the id of another one */
    AUDIENCE_MOST = 32,
    AUDIENCE_CODE = 3, /* bytes with NUL */
};

/* For whom: States by their codes, and the Technical Secretariat. Ascending, no code twice. */
#define CODE_SECRETARIAT "ts"
struct audience_codes {
    size_t count;
    char code[AUDIENCE_MOST][AUDIENCE_CODE];
};

/* Adds one in its place; it may be there. More than AUDIENCE_MOST: BUG(). */
void audience_add(struct audience_codes *audience, const char *code);
bool audience_has(const struct audience_codes *audience, const char *code);

/*
 * Key of a choice's context: {"channel", "on"} of the State's answer that it rests on, where that
 * came by another way than a pouch and was taken down. Whoever asked vouches for it: a State
 * without a post that writes pouches can be chosen too.
 */
extern const char dispatch_answer_key[];

/* Whose word it is, by the directory (trust.h). In ascending order of what it is good for. */
enum trust {
    TRUST_UNKNOWN,     /* no key is known that made it */
    TRUST_QUARANTINED, /* by a key that was revoked, and not below its last good act */
    TRUST_UNVERIFIED,  /* of a key that came outside of the directory: never enough for a note or an
                        * acceptance */
    TRUST_CHECKED,     /* the same, and somebody compared it by telephone */
    TRUST_CERTIFIED,   /* by its State, whose key the Secretariat's root signed */
};

/* "certified" …: for machine output. */
const char *trust_name(enum trust trust);

/* One dispatch of a case, as the conversation looks at it. Ids are bytes; in `payload`, fields of
 * the type FIELD_ACT hold the ids of dispatches in hex, and persons have the opener's numbers. */
struct dispatch {
    uint8_t id[ACT_ID_SIZE];
    uint8_t case_id[CASE_NUMBER];
    uint8_t opener[OPENER]; /* also where the author is the opener */
    uint8_t author[POST_ID];
    char state[STATE_SIZE]; /* of the author, as the directory has it; "" unknown */
    bool secretariat;       /* the author is the Technical Secretariat */
    enum trust trust;
    uint64_t incarnation, sequence; /* in the chain of (author, case, incarnation), from 1 */
    uint8_t prev[PREV_SIZE];        /* the one before it in that chain: dispatch_before(); zeros */
    enum act_kind kind;
    struct instant at; /* by the author's clock */
    struct audience_codes audience;
    const json_t *payload; /* the fields that are here; borrowed */
    /* What went along: {"receiving_state", "requesting_state", "priority", "grounds"} of who
     * opened; dispatch_answer_key of a choice; NULL: nothing; borrowed. */
    const json_t *context;
    bool partial; /* parts of it are not here: they were not for us, or were erased */
};

/*
 * The one that a dispatch to that audience names in `prev`: of these, which are one chain, the last
 * that all who are to read it may have too. Not simply the last: a State that is asked does not get
 * what goes to another, and would wait for it for ever. NULL: none; prev is zeros.
 */
const struct dispatch *dispatch_before(const struct dispatch *const *chain, size_t count,
                                       const struct audience_codes *audience);

#endif
