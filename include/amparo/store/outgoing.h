/* SPDX-License-Identifier: MIT */
/*
 * What leaves the post: an officer's act becomes a dispatch when it is sent, and goes again with
 * each pouch until its reader has acknowledged it. Layer: store; uses agreement.
 *
 * An act of a travelling kind (agreement/travel.h), recorded here and no other office's word, is
 * made a dispatch once: as it stands then, corrections included, with the fields alone that the
 * reader who may have most of it may have. Of a request by note, the records of its persons are
 * made and go before it. Who gets several persons' data from us gets a dispatch of their records of
 * its own, since what one State may have another may not. What consents, what somebody holds back,
 * or the protection lock forbid is not made, but held, with the reason; and it is asked again
 * whenever it would go: parts go to each reader alone whose they are, and to the Technical
 * Secretariat the core with commitments.
 */
#ifndef AMPARO_STORE_OUTGOING_H
#define AMPARO_STORE_OUTGOING_H

#include "amparo/agreement/trust.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/store.h"

/*
 * Makes dispatches of what was recorded since it was called last, and of what was held and is not
 * any more. They cite the directory as it is trusted; where somebody cites another one, notes and
 * acceptances are held. Nothing where the post has no keys (identity.h). An officer's work, as is store_sent(). *made (may be NULL): how
 * many.
 */
bool store_make_dispatches(struct store *store, const struct trusted *trust, size_t *made,
                           struct error *err);

/* A post that reads: who it is, by the directory. */
struct reader {
    uint8_t post[POST_ID];
    char code[AUDIENCE_CODE];    /* its State, or CODE_SECRETARIAT */
    char country[AUDIENCE_CODE]; /* where it stands */
    bool directorate;
};

void reader_of_post(const struct trust_post *post, struct reader *out);

struct due_dispatch {
    int64_t place;              /* among the file's dispatches */
    enum act_kind kind;         /* of a case: what it says */
    char *reference;            /* of the case here; NULL: of the directory */
    struct act_bytes bytes;     /* the parts that go are present, the others commitments alone */
    char made_at[INSTANT_SIZE]; /* when it was made here */
    char sent_at[INSTANT_SIZE]; /* when it went last; "": never */
    long times;                 /* how often */
    bool along;                 /* of the directory: worth no pouch of its own */
};

/* One that is due, and may not go now: it waits for what the reason says. */
struct due_held {
    int64_t place;
    enum act_kind kind;
    char *reference;
    char *reason;
};

struct due {
    struct due_dispatch *list;
    size_t count;
    uint8_t (*receipts)[ACT_ID_SIZE]; /* of dispatches that came from that post since */
    size_t receipt_count;
    char receipts_since[INSTANT_SIZE]; /* when the first of these came; "": none did */
    struct due_held *held;
    size_t held_count;
    struct due_dispatch *directory; /* acts of the directory that it lacks, as far as is known */
    size_t directory_count;
};

void due_release(struct due *due);

/*
 * What is due to each of these posts (`out` has a place for each), oldest first by cases:
 * dispatches of cases that it may have and has not acknowledged, receipts that it is owed, and what
 * its directory lacks. Of cases that are closed: what is not older than DUE_DAYS days, or went and
 * is not acknowledged. Identity goes to no post whose key is not at least compared by telephone,
 * and to no State for which trust_identity_needs() asks for more. Changes nothing. The caller
 * releases each of *out, also where it fails.
 */
enum { DUE_DAYS = 400 };
bool store_due(struct store *store, const struct trusted *trust, const struct reader *to,
               size_t count, struct due *out, struct error *err);

/* For a first screen, quickly: how many acts have not gone to anybody yet; and how many posts have
 * not acknowledged what was made for them `days` days ago or before. Nothing where the post has no
 * keys. */
struct outbox_counts {
    size_t unsent, silent;
};
bool store_outbox_counts(struct store *store, long days, struct outbox_counts *out,
                         struct error *err);

/* All of it went to that post, now. */
bool store_sent(struct store *store, const uint8_t post[POST_ID], const struct due *what,
                struct error *err);

/*
 * Receipts of that post, each the beginning of the id of a dispatch, RECEIPT_SHORT bytes: what was
 * sent to it has come. *known (may be NULL): how many were of ours.
 */
enum { RECEIPT_SHORT = 16 };
bool store_acknowledged(struct store *store, const uint8_t post[POST_ID],
                        uint8_t (*receipts)[RECEIPT_SHORT], size_t count, size_t *known,
                        struct error *err);

#endif
