/* SPDX-License-Identifier: MIT */
/*
 * The conversation of a case: which of the dispatches that are here count, and what follows from
 * them. A pure fold over their set: in which order they came, and how often, makes no difference,
 * and two who have the same ones see the same. Layer: agreement (pure); uses base.
 *
 * What somebody knew is told by what their dispatches name alone (`prev`, `note`, …), never by a
 * clock, and only as far as all who read the dispatch can see it too. Whom the case belongs to
 * knows besides all that was said in its name before. A rule that is broken by what somebody could
 * not know is a crossing: the dispatch counts, with a mark.
 *
 * A dispatch waits where what it needs is not here; the reason says where what is here falls short.
 * It is irregular only where nothing that may still come could make it count: nobody is accused of
 * what is merely late. What waits and what is irregular is kept, and nothing rests on it.
 */
#ifndef AMPARO_AGREEMENT_CONVERSATION_H
#define AMPARO_AGREEMENT_CONVERSATION_H

#include "amparo/agreement/dispatch.h"

/* What is known of the case besides its dispatches. */
struct conversation_world {
    uint8_t opener[OPENER];      /* whose first word owns the case */
    char requesting[STATE_SIZE]; /* the opener's State, as certified */
    /*
     * The post that a hand-over names, and its State, by the directory; false: none is known. A
     * post's id in hex needs no directory. NULL: there is nobody to ask.
     */
    bool (*post_named)(const void *directory, const char *name, uint8_t post[POST_ID],
                       char state[STATE_SIZE]);
    const void *directory;
};

enum standing {
    STANDING_WAITS,
    STANDING_COUNTS,
    STANDING_SUPERSEDED, /* counts, and its author has said otherwise since */
    STANDING_IRREGULAR,  /* breaks a rule */
    STANDING_FORKED,     /* its author said two things in the same place of a chain, and nobody else
                          * has built on this one */
    STANDING_QUARANTINED, /* by a key that was revoked */
};

/* "counts", "waits" …: for machine output. And the word for people: N_(). */
const char *standing_name(enum standing standing);
const char *standing_label(enum standing standing);

/* Marks of a crossing, on the dispatches concerned and on the request. */
enum crossing {
    CROSSED_ACCEPTANCE = 1, /* withdrawn, crossed with acceptance */
    CROSSED_ASSISTANCE = 2, /* withdrawn, and help was given that did not know of it */
    CROSSED_CLOSING = 4,    /* assistance reported after closing: the report is amended */
};
enum { CROSSINGS = 3 };
/* Of one bit: "acceptance" …, for machine output; and N_(). */
const char *crossing_name(enum crossing crossing);
const char *crossing_label(enum crossing crossing);

struct verdict {
    enum standing standing;
    const char *reason;           /* N_(): why it does not count; NULL where it counts */
    const char *article;          /* "" where none says so */
    uint8_t awaited[ACT_ID_SIZE]; /* of one that waits: the start of the id of what it waits for */
    size_t awaited_size;          /* 0: that has no id yet, or is nothing that could be sent */
    const struct dispatch *by;    /* what supersedes it, forks it, or made it irregular; or NULL */
    unsigned crossings;
    bool forked; /* it counts, and another one stands in its place of the chain: to be raised */
};

struct conversation_item {
    const struct dispatch *dispatch;
    struct verdict verdict;
};

enum { NO_ITEM = -1, ANSWERS_MOST = 8 };

/* A State that was asked, or that speaks as one. */
struct conversation_state {
    char state[STATE_SIZE];
    long round; /* in which it was polled last; 0: not */
    /* Items: its latest word, of the last round that it answered. A reply names no other reply: of
     * one post the later one in its chain stands, of two posts both, unless one is a correction. */
    int answers[ANSWERS_MOST];
    size_t answer_count;
    bool silent; /* it did not answer that round */
    int choice;  /* item, or NO_ITEM */
};

enum request_status {
    REQUEST_OPEN,
    REQUEST_ACCEPTED,
    REQUEST_COUNTERED,    /* its State proposed another scope, and has not accepted since */
    REQUEST_CONTRADICTED, /* one post of that State accepted, another one declined */
    REQUEST_DECLINED,
    REQUEST_WITHDRAWN,
    REQUEST_ANNULLED,
};
const char *request_status_name(enum request_status status);  /* "open" … */
const char *request_status_label(enum request_status status); /* N_() */

/* A request by note; an e-mail and its paper original are one. */
struct conversation_request {
    int note; /* item: its first form */
    char state[STATE_SIZE];
    enum request_status status;
    int by;       /* item that made it so; NO_ITEM while it is open */
    int accepted; /* item of the last acceptance, whatever came later; or NO_ITEM */
    bool helped;  /* assistance rests on it */
    unsigned crossings;
};

struct conversation {
    struct conversation_world world;
    struct conversation_item *items; /* each dispatch once, after all that it names, and
                                      * else by the clocks of who said it; owned */
    size_t count;
    struct conversation_state *states; /* ascending by code; owned */
    size_t state_count;
    struct conversation_request *requests; /* those that count; owned */
    size_t request_count;
    int closing;     /* item: closed by it; NO_ITEM: open */
    int report;      /* item: the last report that counts; NO_ITEM */
    size_t reopened; /* how often */
    uint8_t
        owner[POST_ID]; /* whom the case belongs to; its opener's start where no more is known */
};

/*
 * Folds a set: pointers to dispatches of one case, which stay the caller's and must outlive *out.
 * conversation_release() ends it.
 */
void conversation_fold(const struct dispatch *const *set, size_t count,
                       const struct conversation_world *world, struct conversation *out);
void conversation_release(struct conversation *conversation);

/* The item of an id, or NO_ITEM. */
int conversation_find(const struct conversation *conversation, const uint8_t id[ACT_ID_SIZE]);

/* The items that an item names, which its author must have had: at most `room` are written. Returns
 * how many there are. */
size_t conversation_names(const struct conversation *conversation, int item, int *out, size_t room);

/* It stands in the case: counts, superseded or not. */
bool conversation_counts(const struct conversation *conversation, int item);

/*
 * Would that one count if it were said now by who has seen all of this? By the same rules. Needed
 * of it: author, state, secretariat, trust, incarnation, sequence, kind, at, audience, payload,
 * opener; its id may be zeros. *out says why not.
 */
bool conversation_may(const struct conversation *conversation, const struct dispatch *next,
                      struct verdict *out);

/* What a side is asked to do next. */
enum asked {
    ASKED_REPLY,     /* answer the poll (7.6) */
    ASKED_CHOOSE,    /* there is an offer, and nobody was chosen (5) */
    ASKED_REQUEST,   /* send the request by note to whom was chosen (6) */
    ASKED_DECIDE,    /* accept or decline a request (5) */
    ASKED_ANSWER,    /* another scope was proposed (5) */
    ASKED_SETTLE,    /* two posts of the State said different things */
    ASKED_RETURN,    /* ask for the data back: the request has ended (3) */
    ASKED_CONFIRM,   /* confirm that data was given back or destroyed (3) */
    ASKED_THANK,     /* an offer that was not needed */
    ASKED_REPORT,    /* present it at the next meeting (7.7) */
    ASKED_AMEND,     /* help was reported after closing: amend the report (7.7) */
    ASKED_TELEPHONE, /* compare a key, so that something can count */
    ASKED_COUNT,
};
/* "reply" …: for machine output; and N_(). */
const char *asked_name(enum asked what);
const char *asked_label(enum asked what);

struct conversation_asked {
    enum asked what;
    int item;               /* which dispatch asks for it */
    char state[STATE_SIZE]; /* which State it is about; "" none */
};

/* Of whom reads as `code`; in the order of the conversation; at most `room` are written. Returns
 * how many there are. */
size_t conversation_asks(const struct conversation *conversation, const char *code,
                         struct conversation_asked *out, size_t room);

/*
 * What it came to, as one number: equal for two who have the same of what `code` may read ("":
 * everything). A comparison of outcomes, and no proof of anything to anybody.
 */
uint64_t conversation_digest(const struct conversation *conversation, const char *code);

#endif
