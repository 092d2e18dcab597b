/* SPDX-License-Identifier: MIT */
/*
 * Goes through all sequences of a play's acts (story.h) up to a length, breadth first, with equal
 * stories merged, and asks the real checks and gates of each act that could come next. What they
 * let in is held against what the agreement forbids.
 */
#ifndef AMPARO_TESTS_EXPLORE_H
#define AMPARO_TESTS_EXPLORE_H

#include "story.h"

enum { LENGTH_MOST = 24 };

struct sequence {
    uint8_t acts[LENGTH_MOST]; /* places in the play's acts */
    uint8_t length;
};

struct exploration {
    size_t states, transitions; /* stories met; acts asked about */
    size_t refused;             /* of these */
    int length;                 /* of the longest sequences gone through */
    bool closed;                /* no longer sequence leads to another story */
    const char *objection;      /* what was let in against the agreement; NULL: nothing */
    struct sequence sequence;   /* by which, its last act included */
};

/*
 * Up to `length` acts after the prelude. `without` is the id of a gate row that is left out (NULL:
 * none). Ends at the first objection, which is one of the shortest. What was found out stays for
 * explore_walk() until the next exploration.
 */
void explore(const struct play *play, int length, const char *without, struct exploration *out);

/*
 * That merging is sound, tried: goes so many ways at random, each of `length` acts that are let in,
 * merging nothing, and holds what is let in and refused at every step against what the exploration
 * had for the story. The play is that of the last exploration. False: *out says after which acts,
 * and which act was judged otherwise.
 */
bool explore_walk(size_t ways, int length, size_t *steps, struct sequence *out);

/* A line for each act of a sequence. */
void sequence_print(const struct play *play, const struct sequence *sequence);

#endif
