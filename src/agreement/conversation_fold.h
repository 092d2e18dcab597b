/* SPDX-License-Identifier: MIT */
/*
 * The working of conversation.c: dispatches as nodes, in an order in which each comes after what it
 * names, and who knew what. Rules (conversation_rules.c) judge one node; while a node is undecided,
 * what would hang on it is undecided too, so that the outcome does not depend on the order.
 */
#ifndef AMPARO_AGREEMENT_CONVERSATION_FOLD_H
#define AMPARO_AGREEMENT_CONVERSATION_FOLD_H

#include "amparo/agreement/conversation.h"
#include "amparo/base/instant.h"

enum { NAMED_MOST = 4 };

struct node {
    const struct dispatch *d;
    struct verdict verdict;
    enum act_side side;
    bool decided;
    bool candidate;        /* not said yet: its author knows everything here */
    int prev;              /* node or NO_ITEM */
    int gap;               /* node whose prev is not here: this one, or one before it; NO_ITEM */
    int named[NAMED_MOST]; /* nodes that its payload names */
    size_t named_count;
    int subject;         /* the one it is about: `note`, or `of`; NO_ITEM */
    int latest;          /* when all is decided: its last wording, or itself */
    int root;            /* itself; of a correction what is corrected, of a paper original the
                          * note's first form */
    const json_t *says;  /* its payload; of a correction the new one, NULL where it is not here */
    enum act_kind as;    /* its kind; of a correction that of what is corrected */
    const char *lacks;   /* key of what it must name and is not here; NULL */
    size_t needed_count; /* of those named, the first so many must count */
    bool built_on;       /* somebody of another State, with a key that is known, rests on it */
    bool answered;       /* and it, or what is about it, was named by such a one */
    uint64_t before;     /* how many numbers below its own its chain has here */
    int since;           /* the hand-over with which that time began; NO_ITEM: its opening */
    int tenure;          /* in whose time of owning the case it was said; -1 not known */
};

struct place {
    const struct dispatch *d;
    int at;
};

struct fold {
    const struct conversation_world *world;
    struct node *nodes;
    size_t count;
    struct place *by_id; /* those that have been said, by their ids */
    size_t said;
    int *corrections, *enders; /* nodes that correct; that withdraw, annul or decline */
    size_t correction_count, ender_count;
    uint64_t *chain; /* for each node a row of bits: all before it by `prev` */
    uint64_t *firm;  /* the same, and what it is about with all that this is about */
    uint64_t *named; /* the same, of all that its author said up to it; and what else it names */
    uint64_t *known; /* the same, and what its author said before, by its number */
    size_t words;
    bool settled; /* what is undecided now stays so, and is as if it were not here */
};

/* Puts a set in order, with nothing decided; candidate may be NULL. */
void fold_arrange(struct fold *f, const struct dispatch *const *set, size_t count,
                  const struct dispatch *candidate, const struct conversation_world *world);
void fold_release(struct fold *f);
/* An id in hex, of that size in bytes; false: it is none. */
bool id_parse(const char *hex, uint8_t *id, size_t size);
/* The id of what it must name and is not here; its size. */
size_t fold_lacking(const struct node *n, uint8_t id[ACT_ID_SIZE]);
/* Whose time of owning the case each was said in, by the hand-overs that count up to now. */
void fold_assign_tenures(struct fold *f);
/* The post that a hand-over names, and its State ("" not known). False: none is known. */
bool hand_over_names(const struct fold *f, int i, uint8_t post[POST_ID], char state[STATE_SIZE]);
/* For one that is not said yet: all that was said in the case's name before it was handed over is
 * here. */
bool fold_line_complete(const struct fold *f, int i);
/* Who owned the case last, by the hand-overs that count. */
void fold_owner(const struct fold *f, uint8_t post[POST_ID]);

/* Decides one node as far as can be said now. True: it is decided. */
bool fold_judge(struct fold *f, int i);

/* ---- questions about nodes ---- */
/* Counts; may still come to count. */
bool node_counts(const struct fold *f, int i);
bool node_open(const struct fold *f, int i);
/*
 * Did the author of node i know node x? By what it names; and of what the same author said before,
 * by its number. That number is the author's own to give, also afterwards, into a gap: it does not
 * count against what others have built on.
 */
bool node_knew(const struct fold *f, int i, int x);
/* The same, and the hand-over by which the case was x's author's: else x did not count then. */
bool node_heeds(const struct fold *f, int i, int x);
/* The same by what it names alone. */
bool node_names(const struct fold *f, int i, int x);
/* All who read node i may read node x. */
bool node_sees(const struct fold *f, int i, int x);
/* Both are of the requesting State, and x was said before, by who owned the case and by number. */
bool node_line_before(const struct fold *f, int x, int i);
/* The same, in so far as it counts against node i. */
bool node_binds(const struct fold *f, int x, int i);
/* One chain, x before i. */
bool node_chain_before(const struct fold *f, int x, int i);
bool node_same_chain(const struct fold *f, int i, int x);
/* Is the node, or what it corrects, a request by note? */
bool node_is_request(const struct fold *f, int i);
/* The same request in another form or wording. */
bool node_same_root(const struct fold *f, int i, int x);
/* A code; "" where it is none. */
void state_copy(char out[STATE_SIZE], const char *code);
/* It withdraws or declines that request, or annuls its first form; whether it counts or not. */
bool node_ends(const struct fold *f, int x, int request);
/* The State that a note's payload addresses. */
const char *note_addressee(const json_t *payload);
/* An offer that a choice can rest on. */
bool reply_is_usable(const json_t *payload);
/* y was said later than x by the same author, or knowing it. */
bool node_follows(const struct fold *f, int y, int x);

#endif
