/* SPDX-License-Identifier: MIT */
/*
 * The correspondence as people and machines read it: what came in and what it asks of us, what both
 * sides of a case said, what is held. Layer: store; uses agreement.
 *
 * What is asked and where a dispatch stands is worked out anew each time, by the conversation of
 * its case and by whom the post trusts now; the counts alone are kept of cases that are as before.
 */
#ifndef AMPARO_STORE_CORRESPONDENCE_H
#define AMPARO_STORE_CORRESPONDENCE_H

#include <jansson.h>

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/trust.h"
#include "amparo/store/outgoing.h"
#include "amparo/store/store.h"

/* A dispatch; or, in the line of a case's time, an act that is here alone. */
struct letter {
    char id[2 * ACT_ID_SIZE + 1]; /* "" of an act that is here alone */
    char *reference;              /* of the case here; NULL: none yet */
    bool ours;
    struct audience_codes to;                    /* of ours: for whom it is */
    char said[INSTANT_SIZE], came[INSTANT_SIZE]; /* by its author's clock; by ours */
    char *post, *office;                         /* "MXAUH", "Embassy, Abu Dhabi"; or "" */
    char state[STATE_SIZE];                      /* "" of the Secretariat, and unknown */
    bool secretariat;
    uint8_t author[POST_ID], signer[TRUST_KEY];
    enum act_kind kind; /* ACT_NONE: of a version that this one does not know */
    json_t *payload;    /* in the terms of this file; NULL: it cannot be read, or not by this
                         * officer, or (in the inbox) is of somebody under the protection lock;
                         * owned */
    enum trust trust;
    const char *doubt;            /* N_(): why it is quarantined or unknown; NULL */
    struct verdict verdict;       /* its `by` is NULL: see the next */
    char by[2 * ACT_ID_SIZE + 1]; /* what supersedes or forks it; "" nothing */
    bool unplaced;                /* it is to be said which case it is about */
    char *act;                    /* id of the act here that says the same; NULL: none */
    char *refused;                /* why there is none; NULL: nothing stands against it */
    bool transcribed;             /* of an act that is here alone: another office's word */

    bool asks; /* something of us: */
    enum asked asked;
    char asked_state[STATE_SIZE];
    char due[INSTANT_SIZE]; /* until then; "": no day */
};

struct letters {
    struct letter *list;
    size_t count;
};

void letters_release(struct letters *letters);

/* Where it stands, in the reader's language, where that is to be known: "it waits: …", "withdrawn,
 * crossed with acceptance"; nothing of what simply counts. Appended. */
void letter_say_standing(const struct letter *letter, struct buf *out);

/*
 * What came in, the last first: of open cases and of those that have no case here, and whatever
 * does not count, was refused, or came within INBOX_DAYS days.
 */
enum { INBOX_DAYS = 90 };
bool store_inbox(struct store *store, struct letters *out, struct error *err);

/*
 * What both sides of a case said, by their authors' clocks, but each after what it names; between
 * it the acts of the case that people of other offices hear of or said, and that are here alone:
 * what was taken down and has not come signed, what did not go by pouch.
 */
bool store_correspondence(struct store *store, const char *reference, struct letters *out,
                          struct error *err);

/* One dispatch, by its id (64 hex digits): a list of one or none. */
bool store_letter(struct store *store, const char *id, struct letters *out, struct error *err);

/* How many that came in ask something of us, are to be placed, or do not count: for a first screen.
 */
struct inbox_counts {
    size_t asking, unplaced, odd;
};
bool store_inbox_counts(struct store *store, struct inbox_counts *out, struct error *err);

/* For the store: what was counted is kept with it. */
struct inbox_cache;
void inbox_cache_free(struct inbox_cache *cache);

/* ---- what does not go ---- */

/* An act that would go, and is held before it is made a dispatch. */
struct held_act {
    char *reference; /* of its case */
    char id[2 * ACT_ID_SIZE + 1];
    enum act_kind kind;
    char code[AUDIENCE_CODE]; /* the State that is not to have it; "": nobody is */
    char *reason;
    char since[INSTANT_SIZE];
};

struct held_acts {
    struct held_act *list;
    size_t count;
};

void held_acts_release(struct held_acts *acts);
bool store_held_acts(struct store *store, struct held_acts *out, struct error *err);

/* ---- for machines ---- */

/* New references; NULL on error. Each dispatch is {"id", "case", "act", "ours", "said", "came",
 * "from": {"post", "office", "state"}, "trust", "standing", "reason", "awaits", "crossings",
 * "forked", "by", "recorded", "refused", "unplaced", "asks": {"what", "state", "due"}, "payload"};
 * what is not there is missing. */
json_t *store_inbox_json(struct store *store, struct error *err);
json_t *store_correspondence_json(struct store *store, const char *reference, struct error *err);

/* [{"case", "act", "id", "state", "reason", "since"}] */
json_t *store_held_json(struct store *store, struct error *err);

#endif
