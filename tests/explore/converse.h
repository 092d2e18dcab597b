/* SPDX-License-Identifier: MIT */
/*
 * A small world of posts that talk, and all its schedules: who says what when, and when each
 * dispatch reaches each of its readers, or never, in any order. The fold is the real one; what
 * somebody honest says is asked of conversation_may() of what it has. Equal worlds are merged.
 *
 * What each may say is held besides against an oracle, which is written from the agreement and
 * goes by what lies before whom alone.
 */
#ifndef AMPARO_TESTS_CONVERSE_H
#define AMPARO_TESTS_CONVERSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/unit/talk_kit.h"

enum { LINES_MOST = 24, ACTORS_MOST = 5 };

struct actor {
    const char *name;
    struct talker who;
    bool hostile; /* says whatever it can, and what it gets is of no interest */
    bool reads;   /* never says anything: gets any part of what was said to it */
};

/* What may be said, once. */
struct line {
    char name; /* "@n" in a payload is the id of what the line n said */
    uint8_t by;
    const char *act, *audience, *payload;
    /*
     * The oracle: where honest ones say it. The name of a line is true where what it said lies
     * before who would say this one, with all that its author had said to the same readers before;
     * with ! & | ( ). * is true where all lies there that the first owner had said before the
     * hand-over G.
     */
    const char *where;
    bool shaky; /* it may wait again: what its author said before it to the same readers can come
                 * late, since something for more readers was said between */
};

struct play {
    const char *name;
    const struct actor *actors; /* the first one opens the case */
    size_t actor_count;
    const struct line *lines;
    size_t line_count;
    const char *end;  /* all of these are said in the end, whatever was said before */
    int hostile_most; /* so many things are said by who is hostile */
    bool parts_too;   /* those who only read are looked at with every part of what is for them, and
                       * not   only with all of it */
    bool kin;         /* who is hostile speaks for a State of the others: the oracle does not know
                       * what they may not say any more, only what they may not say ever */
};

struct finding {
    size_t states, transitions;      /* worlds met, and ways between them */
    size_t folds, parts, dispatches; /* sets folded; those of who only reads; what was said */
    const char *objection;           /* NULL: none */
    char way[2000];                  /* by which it came */
};

/*
 * Goes through all of it. `without` is the reason of a rule that is left out, NULL: none. Ends at
 * the first objection, by one of the shortest ways.
 */
void converse(const struct play *play, const char *without, struct finding *out);

#endif
