/* SPDX-License-Identifier: MIT */
/*
 * What came in from other posts, and how it becomes an act of a case here: as another office's
 * word, by the same checks and gates as any that an officer takes down, and signed by the officer
 * who takes it in. Layer: store; uses agreement.
 *
 * A dispatch is kept when it is as it was signed, its author is known, and it is for this post's
 * State (or the Technical Secretariat). Which of those of a case count, the conversation says
 * (agreement/conversation.h), whenever one came; of each that counts, and of which the case here
 * keeps acts at all (agreement/arrival.h), an act is recorded, or the one is found that somebody
 * took down of it before. Where gates or checks refuse it is kept with the reason, and tried again
 * whenever something of the case comes in, or store_settle_cases() is called.
 *
 * A case that is not known here is opened by what tells of one: a poll, a note, a notice. Where it
 * may be one that an officer opened by hand, and not clearly is, the officer is asked: its
 * dispatches are to be placed until store_place_case() says which it is.
 *
 * What a hostile post can send is bounded: of one author at most INCOMING_IDLE_MOST dispatches are
 * kept that do not count, and so many in one case; and it opens at most INCOMING_CASES_MOST cases a
 * day. The rest is not kept, or not opened, until room is made.
 */
#ifndef AMPARO_STORE_INCOMING_H
#define AMPARO_STORE_INCOMING_H

#include "amparo/agreement/trust.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/store.h"

enum {
    INCOMING_IDLE_MOST = 256,  /* of one author: waiting, irregular, forked, quarantined, refused */
    INCOMING_CASES_MOST = 64,  /* opened by dispatches of one author within a day */
    INCOMING_CASE_MOST = 2560, /* in one case by one author */
    INCOMING_SAID_MOST = 512,  /* of these, what is no record of a person */
    INCOMING_OWNERS_MOST = 32, /* of these, hand-overs */
    INCOMING_CASE_BYTES = 2 << 20, /* in one case by one author, of what is open */
};

enum incoming {
    INCOMING_NEW,
    INCOMING_AGAIN,     /* it is here already; perhaps with parts that were missing */
    INCOMING_FORWARDED, /* it is for others: somebody passed it on */
    INCOMING_UNKNOWN,   /* signed by a key that is not known as its author's */
    INCOMING_DAMAGED,   /* not as it was signed, or no dispatch at all */
    INCOMING_TOO_MANY,  /* there is no room for more of that author */
    INCOMING_DIRECTORY, /* of the directory: its log takes it (store/trustlog.h) */
    INCOMING_COUNT,
};

struct taken_in {
    enum incoming *each; /* of each of the batch */
    size_t count;
    size_t kept;     /* that were new */
    size_t recorded; /* acts that were recorded, openings of cases not among them */
    size_t opened;   /* cases */
    size_t linked;   /* that had been taken down before */
    size_t refused;  /* that count, and could not be recorded */
    size_t unplaced; /* that are to be placed */
    size_t forked;   /* whose author said something else in the same place */
};

void taken_in_release(struct taken_in *taken);

/*
 * Takes in a batch that was opened (parts disclosed, or commitments alone) in one transaction.
 * `sender`: the post that sent it, which is owed receipts; NULL where it is not known: then each
 * author is. An officer's work (ERROR_REFUSED for a clerk). The caller releases *out, also where it
 * fails.
 */
bool store_take_in(struct store *store, const struct trusted *trust, const uint8_t sender[POST_ID],
                   const struct act_bytes *batch, size_t count, struct taken_in *out,
                   struct error *err);

/* Folds all cases anew of which something does not count or could not be recorded: after the
 * directory changed, or what stood against it. */
bool store_settle_cases(struct store *store, const struct trusted *trust, struct taken_in *out,
                        struct error *err);

/*
 * The same by whom the post trusts now, for who changed that: to be called after it, whichever way
 * it was changed. *recorded (may be NULL) is how many acts came of it. By a clerk: nothing.
 */
bool store_settle_trusted(struct store *store, size_t *recorded, struct error *err);

/*
 * Says which case here the one is that this dispatch (its id) is about; reference NULL: none, a new
 * one is opened. ERROR_INPUT where that case is closed, follows another one already, or is of other
 * States.
 */
bool store_place_case(struct store *store, const struct trusted *trust,
                      const uint8_t dispatch[ACT_ID_SIZE], const char *reference,
                      struct taken_in *out, struct error *err);

/*
 * For the store, within the transaction that recorded an act of the case: what was refused of its
 * dispatches is tried again, since that may have stood against it.
 */
bool incoming_retry(struct store *store, const uint8_t case_id[CASE_ID], struct error *err);

/* The same, where dispatches were made from that place on: something may have waited for our own
 * word. */
bool incoming_after(struct store *store, const struct trusted *trust, int64_t place,
                    struct error *err);

/* ---- pouches that were read ---- */

/* Whether one of that hash was read before; *said (may be NULL) is what came of it, as it was noted
 * (a new reference), or NULL. */
bool store_pouch_seen(struct store *store, const uint8_t hash[HASH], bool *seen, json_t **said,
                      struct error *err);
bool store_note_pouch(struct store *store, const uint8_t hash[HASH], const uint8_t sender[POST_ID],
                      const json_t *said, struct error *err);

#endif
