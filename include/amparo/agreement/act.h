/* SPDX-License-Identifier: MIT */
/*
 * The acts: what can be said in a case, by which side, with which fields. A case is the fold of its
 * acts; an act is never changed.
 * Layer: agreement (pure); uses base, and jansson for payloads.
 */
#ifndef AMPARO_AGREEMENT_ACT_H
#define AMPARO_AGREEMENT_ACT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "amparo/agreement/field.h"
#include "amparo/base/error.h"
#include "amparo/base/i18n.h"

/* The numbers are in the file and on the wire: never change or reuse one. */
enum act_kind {
    ACT_NONE = 0,
    ACT_OPEN = 1,
    ACT_PERSON = 2,
    ACT_SITUATION = 3,
    ACT_GROUND = 4,
    ACT_NEED = 5,
    ACT_CHILD = 6,
    ACT_CONSENT = 7,
    ACT_WITHDRAW_CONSENT = 8,
    ACT_REFER = 9,
    ACT_REFER_ANSWER = 10,
    ACT_DETERMINE = 11,
    ACT_DECIDE = 12,
    ACT_AUTHORISE = 13,
    ACT_NOTIFY = 14,
    ACT_POLL = 15,
    ACT_REPLY = 16,
    ACT_DECLINE = 17,
    ACT_CHOOSE = 18,
    ACT_NOTE = 19,
    ACT_ANNUL = 20,
    ACT_ACCEPT = 21,
    ACT_ASSIST = 22,
    ACT_CONTACT = 23,
    ACT_COUNTERSIGN = 24,
    ACT_COST = 25,
    ACT_WITHDRAW = 26,
    ACT_DATA_RETURN = 27,
    ACT_CLOSE = 28,
    ACT_REOPEN = 29,
    ACT_REPORT = 30,
    ACT_CORRECT = 31,
    ACT_LIFT_LOCK = 32,
    ACT_HAND_OVER = 33,
    ACT_ERASE_REQUEST = 34,
    ACT_ERASE = 35,
    ACT_LEGAL_HOLD = 36,
    ACT_ERASE_REFUSE = 37,
    ACT_DOCUMENT = 38,
    ACT_GROUP = 39,
    ACT_LINK = 40,
    ACT_UNLINK = 41,
    ACT_REFUND = 46,
    ACT_DELIVERY = 51,
    ACT_KIND_END,
};

enum role { ROLE_CLERK, ROLE_OFFICER, ROLE_HEAD };

/* "clerk", "officer", "head" and back; role_parse answers false for another word. */
const char *role_name(enum role role);
bool role_parse(const char *name, enum role *role);

/* Who may say an act: what the other side says is recorded here as transcribed. */
enum act_side {
    SIDE_ANY,        /* either side */
    SIDE_REQUESTING, /* the State of citizenship */
    SIDE_ASSISTING,  /* the post asked */
};

struct act_type {
    enum act_kind kind;
    const char *name;    /* as on the command line */
    const char *article; /* "" where none */
    const char *label;   /* N_() */
    enum act_side side;
    bool transcribable;         /* takes "transcribed" */
    bool overridable;           /* takes "override" */
    const struct field *fields; /* ended by id 0; without transcribed and override */
};

/* Is there an act of that number? They have gaps. */
bool act_kind_known(uint64_t kind);
/* The kind after that one, ACT_NONE after the last: `for (kind = act_kind_next(ACT_NONE); kind; …)`
 * goes through all. */
enum act_kind act_kind_next(enum act_kind kind);

/* The type of a kind (never NULL for one that is known) or of a name (NULL: there is none). */
const struct act_type *act_type(enum act_kind kind);
const struct act_type *act_type_named(const char *name);

/* "transcribed" and "override", for the acts that take them. */
extern const struct field act_transcribed_field;
extern const struct field act_override_field;
extern const struct field act_doubts_field; /* of any act: what its officer was asked, and kept */

/* What an act of that type may carry besides its own fields: the n-th, NULL after the last. */
const struct field *act_carried(const struct act_type *type, size_t n);

/*
 * Checks a payload's shape against the field table: needed keys, unknown keys at any depth, types,
 * codes, and what the fields say of each other (surname_1 or single_name; round at a poll's
 * decline …). Each fault is a line with its path (`nationalities[0].proof`) and the value; kind
 * ERROR_INPUT. Does not know the case: what depends on other acts is for case_check and the gates.
 */
bool payload_check(const struct act_type *type, const json_t *payload, struct error *err);

/*
 * The acts of an intake in the order in which one asks, and those that are asked where they apply:
 * a child, further documents, people who belong together. Both ended by ACT_NONE.
 */
extern const enum act_kind act_intake[];
extern const enum act_kind act_intake_more[];

/* All acts, or one (NULL: all), as `help acts --json` prints them: a new reference. */
json_t *acts_describe(const struct act_type *one, translate_fn *tr);

enum { ACT_ID_SIZE = 32 };

/* One recorded act, or one about to be recorded. */
struct act {
    unsigned char id[ACT_ID_SIZE];
    enum act_kind kind;
    int64_t seq;     /* order of arrival in the file, from 1; 0 when not yet recorded */
    json_t *payload; /* as recorded; fields whose part was erased are missing; owned */
    json_t *context; /* what the store attached, or NULL: see case.h; owned */
    char at[40];     /* instant of the recording, RFC 3339 */
    char *by;        /* officer's name; owned */
    char *signer;    /* the signer's first public key in hex: tells officers apart; owned */
    enum role role;  /* of the signer when it was recorded */
    char *post;      /* code of the post; owned */
    bool elsewhere;  /* signed in another copy of the file; what it stands on may not be here */
    bool erased;     /* a part of it is gone: what the payload lacks was there once */
};

void act_release(struct act *act);

/* 64 hex digits and a NUL. */
void act_id_hex(const unsigned char id[ACT_ID_SIZE], char hex[2 * ACT_ID_SIZE + 1]);

#endif
