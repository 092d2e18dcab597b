/* SPDX-License-Identifier: MIT */
/*
 * Inside verify alone: what is known while a file is checked. verify.c has the whole, verify_acts.c
 * the acts and their chains, verify_projections.c what is made from them, verify_dispatches.c what
 * went and came by pouch.
 */
#ifndef AMPARO_STORE_VERIFY_WORK_H
#define AMPARO_STORE_VERIFY_WORK_H

#include "amparo/store/db.h"
#include "amparo/store/poststate.h"
#include "amparo/store/replay.h"
#include "amparo/store/verify.h"

enum { NAMED_MOST = 50 /* lines of one kind: the rest would not help */ };

/* The end of one chain: (author, case, incarnation). */
struct chain {
    uint8_t key[AUTHOR + CASE_ID + sizeof(uint64_t)];
    uint64_t sequence;
    int64_t seq; /* of its last act */
    uint8_t last[HASH];
};

struct case_ids {
    uint8_t *list; /* CASE_ID bytes each */
    size_t count, room;
};

struct checking {
    struct store *store;
    struct verified *out;
    struct error *err; /* collects the disagreements */
    size_t faults;
    struct chain *chains; /* an open hash table */
    size_t chain_room, chain_count;
    uint8_t head[HASH];
    int64_t seq;
    struct post_state post;
    struct case_ids touched; /* cases in which something was erased, or is missing */
    struct replays replays;  /* acts of erasing from elsewhere */
    const struct case_file *c;
    struct case_file *elsewhere; /* the case by each of those */
    store_progress *progress;
    void *ctx;
    uint64_t done, total; /* steps */
    uint64_t pages;       /* of these, for reading the pages, however many lie where */
};

void case_ids_add(struct case_ids *ids, const uint8_t id[CASE_ID]);

/* Adds a disagreement about an act; `what` is N_(). */
void verify_fault(struct checking *p, int64_t seq, const char *what);

/* An act or a case more is done; false: given up. */
bool verify_step(struct checking *p, struct error *err);

/* An act by itself, its chain, the post's fold: for log_read(), in order. */
bool verify_act(void *ctx, const struct logged *act, struct error *err);
/* Whether that part (from 0) is known to be lost. */
bool verify_part_lost(const struct checking *p, const struct logged *act, size_t i);
/* Whether the acts are filed as what they are. */
bool verify_copies(struct checking *p, struct error *err);

/* The acts of erasing from elsewhere; what lists, searches and copies have, against the acts. */
bool verify_elsewhere(struct checking *p, struct error *err);
bool verify_projections(struct checking *p, struct error *err);
bool verify_index(struct checking *p, struct error *err);

/* Dispatches by themselves; those of a case against its acts. */
struct case_file;
bool verify_dispatches(struct checking *p, struct error *err);
bool verify_correspondence(struct checking *p, const uint8_t *case_id, const struct case_file *c,
                           struct error *err);

#endif
