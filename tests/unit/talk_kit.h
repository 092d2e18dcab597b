/* SPDX-License-Identifier: MIT */
/*
 * Dispatches put together in memory, for the tests of the conversation: who says what to whom, in
 * chains as posts keep them, with ids that are a function of what is said. Nothing is signed.
 */
#ifndef AMPARO_TESTS_TALK_KIT_H
#define AMPARO_TESTS_TALK_KIT_H

#include "kit.h"

#include "amparo/agreement/conversation.h"

enum { TALK_MOST = 400 };

/* A machine that writes. */
struct talker {
    const char *state; /* "" of the Secretariat */
    uint8_t post;      /* first byte of its id; the others are zero */
    enum trust trust;
};

struct talk {
    struct dispatch said[TALK_MOST];
    size_t count;
    int64_t now; /* seconds; each that is said comes a minute later */
};

void talk_begin(struct talk *talk);
void talk_end(struct talk *talk);

/* The opener of all cases here is the post 1 of Honduras. */
extern const struct conversation_world talk_world;

/*
 * Makes the next dispatch of that talker without saying it: its chain goes on from what was said in
 * `talk` (from incarnation 1 on). `audience` is codes with blanks between; in `payload` (' for ")
 * each %s is the id of the next of `of`, which ends with NULL where there are fewer than two.
 * The payload is a new reference in the dispatch.
 */
void talk_make(const struct talk *talk, const struct talker *who, const char *act,
               const char *audience, const char *payload, const struct dispatch *const of[2],
               struct dispatch *out);

/* The same said: it is kept in talk, and stays where it is. */
const struct dispatch *talk_say(struct talk *talk, const struct talker *who, const char *act,
                                const char *audience, const char *payload);
const struct dispatch *talk_say_of(struct talk *talk, const struct talker *who, const char *act,
                                   const char *audience, const char *payload,
                                   const struct dispatch *of);

/* Gives it the id that follows from what it says now. */
void talk_sign(struct dispatch *d);

/* The id of a post in hex, as a hand-over names it: a static string. */
const char *talk_post(const struct talker *who);

/* splitmix64 */
uint64_t talk_chance(uint64_t *state);
/* Puts pointers in another order. */
void talk_shuffle(const struct dispatch **list, size_t count, uint64_t *state);

#endif
