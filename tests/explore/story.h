/* SPDX-License-Identifier: MIT */
/*
 * The acts that the explorer plays with, and what follows from having said them: the oracle. It is
 * written from the text of the agreement, of the sequence of acts alone; it calls nothing of the
 * fold or of the gates, so that it can be held against them.
 *
 * Two plays, of the post that requests and of the post that assists: two persons, 1 and 2, of
 * Honduras in the Emirates; Mexico can help. What all sequences of a play begin with (its prelude)
 * is that both were recorded, and where we request that they have a ground, agreed to be asked
 * about, that the mechanism applies, and that 2 agreed to be named to the other State.
 */
#ifndef AMPARO_TESTS_STORY_H
#define AMPARO_TESTS_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/act.h"

enum { PERSON_1 = 1, PERSON_2 = 2, NOTES_MOST = 8, ROUNDS = 2, ASSISTS = 5 };

/* Minutes from the start of 13 March 2026, UTC. */
enum minute {
    NOTE_1 = 600,        /* 13 March 10:00: the request for 1 is handed over */
    BEFORE_NOTE_1 = 599, /* and the minute before */
    FIRST_EVENING = 1200,
    DECLINED = 1440, /* 14 March, a day without an hour: from its start on */
    NOTE_2 = 2040,   /* 14 March 10:00: the request for 1 and 2 */
    AFTER_NOTE_2 = 2100,
    HANDED_OVER = 2880, /* after the end of 14 March */
    WITHDRAWN = 3480,   /* 15 March 10:00 */
    LAST_VISIT = 3600,  /* 15 March 12:00 */
    NOW = 10800,        /* 20 March 12:00: all is recorded then */
    NEVER = 20000,
};

/* What an act says, to the oracle. */
enum said {
    SAID_LOCK,
    SAID_LIFT,
    SAID_CONSENT,
    SAID_NO_CONSENT,
    SAID_POLL,
    SAID_OFFER,
    SAID_DECLINE,
    SAID_CHOICE,
    SAID_REQUEST,
    SAID_RECEIVED,   /* a request that came in */
    SAID_OTHER_NOTE, /* to the assisting State, naming persons */
    SAID_ANNUL,
    SAID_END, /* the last request withdrawn or declined, from `at` on */
    SAID_ACCEPT,
    SAID_ASSIST,
    SAID_CORRECT, /* the last request was handed over at `at`, for `persons` */
    SAID_CLOSE,
    SAID_REOPEN,
    SAID_REPORT,
    SAID_NOTICE,
    SAID_COST,    /* bare: nobody has said yet who bears it */
    SAID_SETTLED, /* that cost, corrected */
    SAID_RECORD,  /* nothing follows of it: a record anew, an immediate contact */
    SAID_THEIRS,  /* what is the other side's to say, as if it were ours */
};

struct act_said {
    const char *label; /* for who reads a sequence */
    const char *text;  /* "kind {…}" with ' for "; @NOTE is the id of the last request */
    enum role role;
    enum said said;
    uint8_t persons; /* mask of those named */
    uint8_t round;   /* of the poll, from 1 */
    uint16_t at;
    bool bare;     /* without what it needs: a mark, a reason, a source, the head of post */
    bool identity; /* notice: it tells who */
    bool came_in;  /* correct: of a request that came in, which names nobody to anybody */
};

struct play {
    const char *post_state;
    const char *const *prelude; /* ended by NULL; said by a head of post */
    const struct act_said *acts;
    size_t count; /* at most 64 */
};

enum { REQUESTING, ASSISTING, PLAYS };
extern const struct play plays[PLAYS];

/* A request by note, as the sequence left it. */
struct request_said {
    uint16_t at, until; /* in force from, and to before; NEVER */
    uint8_t persons;
    bool accepted, annulled;
    bool unused; /* fills the struct */
};

/*
 * All of a sequence that can bear on what may be said next. Two sequences that give the same one
 * are taken for equal; that this is sound is argued in story.c, and tried by explore_walk().
 * Bytes that no field fills are zero: it is compared and hashed as bytes.
 */
struct story {
    struct request_said requests[NOTES_MOST];
    uint8_t assisted[ASSISTS]; /* mask of persons, by which `assist` act; 0: it was not said */
    uint8_t request_count;
    uint8_t consent;        /* of 1, to be named: 0 not asked, 1 given, 2 taken back */
    uint8_t answer[ROUNDS]; /* of Mexico: 0 silent, 1 offers, 2 declined */
    bool polled[ROUNDS];
    bool locked, chosen, closed, owing;
    bool full; /* it had more requests than are kept: it is not followed further */
};

void story_begin(struct story *s);

/* Goes on by an act that was let in. */
void story_say(struct story *s, const struct act_said *act);

/* Has the act something to refer to? */
bool story_can_say(const struct story *s, const struct act_said *act);

/* What the agreement forbids of saying it now: a sentence, or NULL. */
const char *story_objection(const struct story *s, const struct act_said *act);

#endif
