/* SPDX-License-Identifier: MIT */
/*
 * Recording an act and reading a case back. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_RECORD_H
#define AMPARO_STORE_RECORD_H

#include <jansson.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/gate.h"
#include "amparo/base/i18n.h"
#include "amparo/store/store.h"

/* What another post said, come by pouch: incoming.h alone records it. */
struct record_arrival {
    const char *dispatch;  /* its id, 64 hex digits */
    const char *addressed; /* of a note: the State that it was addressed to; NULL: ours */
    const char *said;      /* RFC 3339, by its author's clock */
};

struct record_request {
    const char *reference; /* of the case; NULL for a new one (then kind is ACT_OPEN) */
    enum act_kind kind;
    const json_t *payload; /* acts.md; stays the caller's */
    int64_t seen;          /* acts[].seq of the last act that the caller has seen of this case: what
                            * somebody else changed since, of the same thing, is refused with
                            * ERROR_FAILED and their name; 0: do not look */
    int64_t draft;         /* this draft is done with: dropped in the same transaction; 0: none */
    translate_fn *language;               /* of the gates' texts; NULL: the reader's */
    const struct record_arrival *arrival; /* NULL: an officer of this post says it */
};

/*
 * Whether an act of that kind takes the place of another one of it, by their payloads: then the two
 * are the same thing said twice. This is what `seen` looks for.
 */
bool record_same_thing(enum act_kind kind, const json_t *a, const json_t *b);

struct recorded {
    char *reference; /* CODE-YYYY-NNNN */
    char id[2 * ACT_ID_SIZE + 1];
    int64_t seq;      /* order of arrival in the file */
    char *number;     /* the number given to an outgoing note ("12/2026"), or NULL */
    json_t *warnings; /* [{"gate", "article", "text", "overridden"}], those recorded nevertheless */
};

void recorded_release(struct recorded *recorded);

/*
 * Checks the payload, then in one transaction: folds the case, checks the payload against it, asks
 * the gates (ERROR_REFUSED has a line for each cause), gives numbers, signs, chains, writes the act
 * and brings the projections up to date. `out` may be NULL.
 *
 * Outgoing notes are numbered by post and year (of the note's date), without gaps. What the store
 * adds to an act is its context: the case reference of an `open`; "number" of an outgoing note;
 * the directory ("instrument", "parties", "lists", "posts") of poll, note, determine and decide.
 */
bool store_record(struct store *store, const struct record_request *request, struct recorded *out,
                  struct error *err);

/*
 * Several acts of one case as one, each by the same checks and gates: all are recorded, or none.
 * The case is that of the first request, and read once; lists are written once. `out` (may be NULL)
 * has a place for each; *at (may be NULL) is the act that could not be recorded.
 */
bool store_record_all(struct store *store, const struct record_request *requests, size_t count,
                      struct recorded *out, size_t *at, struct error *err);

/*
 * The case with all its acts that count. An act of somebody whose role did not allow it is left
 * out (verify names it). ERROR_INPUT where there is no such case. `out` is initialised here.
 */
bool store_case(struct store *store, const char *reference, struct case_file *out,
                struct error *err);

/* The same up to the end of a civil date (YYYY-MM-DD, where the acts were recorded). */
bool store_case_as_of(struct store *store, const char *reference, const char *date,
                      struct case_file *out, struct error *err);

/* `show --json` of acts.md; date NULL: now. A new reference, NULL on error. */
json_t *store_case_json(struct store *store, const char *reference, const char *date,
                        translate_fn *language, struct error *err);

/* `acts --json` of acts.md: every act of the case, with the state of its signature. */
json_t *store_acts_json(struct store *store, const char *reference, struct error *err);

/*
 * The directory as far as the case needs it on a date (NULL: today), as case.h describes it: a new
 * reference, NULL on error.
 */
json_t *store_case_directory(struct store *store, const struct case_file *c, const char *on,
                             struct error *err);

/*
 * What the next steps lack (gate_missing of agreement/gate.h) for who opened the store, now.
 * A new reference, NULL on error.
 */
json_t *store_case_missing(struct store *store, const struct case_file *c, translate_fn *language,
                           struct error *err);

/* What stands against closing it (gate_closing), likewise; the caller releases *out. */
bool store_case_closing(struct store *store, const struct case_file *c, translate_fn *language,
                        struct gate_findings *out, struct error *err);

#endif
