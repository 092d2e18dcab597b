/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: the log of acts in the file. It is appended to, and read in order of
 * arrival. Layer: store.
 */
#ifndef AMPARO_STORE_LOG_H
#define AMPARO_STORE_LOG_H

#include "amparo/agreement/case.h"
#include "amparo/store/actbytes.h"

struct logged {
    int64_t seq;
    struct act_bytes bytes;
    struct core core;
    uint8_t head[HASH]; /* running hash: BLAKE2b-256(the one before, id) */
};

void logged_release(struct logged *act);

/* All zeros: the acts of the post itself. */
extern const uint8_t post_case[CASE_ID];

struct new_act {
    const uint8_t *case_id;
    unsigned kind;
    const struct act_type *inner; /* of the act corrected, or NULL */
    const json_t *payload;        /* checked */
    const json_t *context;        /* or NULL */
    const json_t *kept;           /* or NULL */
    struct instant at;
    int64_t seq; /* at least this number: those before it are lost; 0: the next one */
};

/* Signs and writes an act within a transaction; *out (may be NULL) is released by the caller. */
bool log_append(struct store *store, const struct new_act *act, struct logged *out,
                struct error *err);

/* False ends the reading, and is its result; then err is set, or not where that was the wish. */
typedef bool log_visit(void *ctx, const struct logged *act, struct error *err);

/* SQL: the acts of the post, as the table post_acts keeps them once more; ends in a condition. */
#define POST_ACTS                                                                                  \
    "SELECT a.seq, a.id, a.kind, a.case_id, a.signer, a.root, a.core, a.commitments, "             \
    "a.signature, a.head, coalesce(p.part, 0), p.salt, p.bytes FROM acts a "                       \
    "LEFT JOIN parts p ON p.act = a.seq WHERE a.case_id = zeroblob(8)"

/* Visits the acts of a case (NULL: all) whose seq is above `after`, in order. */
bool log_read(struct store *store, const uint8_t *case_id, int64_t after, log_visit *visit,
              void *ctx, struct error *err);

/*
 * The act of a row with the columns seq, id, signer, root, core, commitments, signature, head; its
 * parts are not there. False where it cannot be one. Release it either way.
 */
bool log_take(sqlite3_stmt *row, struct logged *act);

/* Makes an act of the case out of it, by the roster of then; false, with nothing but its role set,
 * where it cannot be read or is none of a case. */
bool log_act(const struct post_state *post, const struct logged *logged, struct act *out);

/* The next value of the running hash. */
void log_head(const uint8_t before[HASH], const uint8_t id[ACT_ID_SIZE], uint8_t out[HASH]);

#endif
