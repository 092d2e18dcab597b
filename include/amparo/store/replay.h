/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: acts of erasing that were signed in another copy of the file, and
 * what they take of this one. A backup does not know who was erased after it was made: where it is
 * restored, these acts are applied again, and kept beside the log, so that what is missing can be
 * proved right. Layer: store.
 *
 * They are asked as the fold asks its own: the signatures hold, the signers had their roles by the
 * acts of the post up to where the copies part and by those that come with them, and two signed.
 */
#ifndef AMPARO_STORE_REPLAY_H
#define AMPARO_STORE_REPLAY_H

#include "amparo/store/log.h"

/* Acts in their order, all of one restoring; without parts. */
struct replay {
    int64_t upto; /* seq of the last act here that they concern */
    struct logged *acts;
    size_t count;
    struct post_state post; /* up to there, and with theirs */
};

struct replays {
    struct replay *list;
    size_t count;
};

void replay_release(struct replay *replay);
void replays_release(struct replays *replays);

/* Takes over an act; its id is what its bytes say. */
void replay_add(struct replay *replay, struct logged *act);

/* Who had which role, once all acts are there. */
bool replay_roster(struct store *store, struct replay *replay, struct error *err);

/* All that this file keeps. */
bool replays_load(struct store *store, struct replays *out, struct error *err);

/* Keeps one within a transaction; acts that are kept already are left. */
bool replay_keep(struct store *store, const struct replay *replay, struct error *err);

/*
 * The case as it was up to replay->upto, with these acts; *erases: an erasure among them counts.
 * To be asked by case_goes() for acts up to there.
 */
bool replay_case(struct store *store, const struct replay *replay, const uint8_t case_id[CASE_ID],
                 struct case_file *out, bool *erases, struct error *err);

/* The last act here that any of them concerns in that case; 0: none. */
bool replay_reach(struct store *store, const uint8_t case_id[CASE_ID], int64_t *seq,
                  struct error *err);

#endif
