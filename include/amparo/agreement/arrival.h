/* SPDX-License-Identifier: MIT */
/*
 * What comes in from another post, as an act of the case here: of which kinds, in whose file, and
 * whether it is what somebody had taken down of it already. The rest stays in the correspondence,
 * where the conversation (conversation.h) goes by it. Layer: agreement (pure); uses base.
 *
 * A case here follows another post's as its assisting side, or as an observer: that is the
 * Technical Secretariat, which is told, and another post of the State of citizenship, which has a
 * copy of its own to look into. An observer's file is judged by no gate of the requesting side, so
 * that what it is told of a part of the case can be recorded. What belongs to the owner of the case
 * alone (the choice, with a reason that stays there; hand-overs) is recorded in no other file; and
 * its closing is the case's end with an observer, but not with who assists: that post closes its
 * own.
 */
#ifndef AMPARO_AGREEMENT_ARRIVAL_H
#define AMPARO_AGREEMENT_ARRIVAL_H

#include "amparo/agreement/act.h"
#include "amparo/agreement/dispatch.h"

enum arrival {
    ARRIVAL_NONE,       /* it stays in the correspondence */
    ARRIVAL_TAKEN_DOWN, /* as another office's word, with `transcribed` */
    ARRIVAL_AS_SAID,    /* as it was said */
};

/* Who reads it. */
struct arrival_reader {
    const char *role;  /* of the case here */
    const char *state; /* of the post */
    bool secretariat;
};

/* What becomes of an act of that kind, said by a post of that State. Of a correction or an
 * annulment it is asked as of what they are about: they go where that went. */
enum arrival arrival_of(enum act_kind kind, const char *author_state,
                        const struct arrival_reader *reader);

/* The role of a case that a post begins to follow: of a State's case that was opened there. */
const char *arrival_role(const char *requesting_state, const char *post_state, bool secretariat);

/* Can a case be opened from it: does it tell of which State and which country the case is? */
bool arrival_opens(enum act_kind kind);

/*
 * Is it the same act, and does it say the same where it matters: the payload of one that an officer
 * took down, and of one that came, in this file's terms? What is told of a message's way, and what
 * was written in other words, makes no difference.
 */
bool arrival_same(enum act_kind kind, const json_t *taken_down, const json_t *came);

#endif
