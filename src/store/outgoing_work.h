/* SPDX-License-Identifier: MIT */
/* What the files that make and send dispatches share. */
#ifndef AMPARO_STORE_OUTGOING_WORK_H
#define AMPARO_STORE_OUTGOING_WORK_H

#include "amparo/agreement/redact.h"
#include "amparo/agreement/travel.h"
#include "amparo/agreement/trust.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/identity.h"
#include "amparo/store/outgoing.h"
#include "amparo/store/persons_over.h"

/* A case whose acts become dispatches. */
struct outbound {
    struct store *store;
    const struct case_file *c;
    struct case_key key;
    bool opener; /* the case was opened here */
    struct persons_over persons;
    const struct secret *secret;
    const struct trusted *trust;
    int64_t first; /* dispatches from this place on were made in this run */
    size_t made;
};

/* An officer's work: ERROR_REFUSED for a clerk. */
bool outbound_may(struct store *store, struct error *err);

/*
 * Makes a dispatch of an act as it stands for these readers. True, with *reason NULL, where it was
 * made; with *reason, a new string, where it may not go. False on an error.
 */
bool outbound_make(struct outbound *o, const struct entry *e, const struct audience_codes *audience,
                   char **reason, struct error *err);

/* The network has come to know the case here: what was recorded in it before may go. */
bool outgoing_catch_up(struct store *store, const uint8_t case_id[CASE_ID], struct error *err);

/* Who reads, for the one redaction function, as an act of that kind goes to that code. */
struct audience outbound_audience(const struct case_file *c, enum act_kind kind, const char *code);

/* Do notes and acceptances stop, and the act is one? Then why, a new string; else NULL. */
char *outbound_blocked(const struct trusted *trust, enum act_kind kind);

/* A new string of lines without the end of the last one; the buffer is empty then. */
char *outbound_lines(struct buf *lines);

/* Is it what redaction puts in the place of a field? */
bool outbound_redacted(const json_t *value);

/* Why a field of the act (its payload as it stands here) may not go there: a new string. */
char *outbound_reason(const struct case_file *c, const json_t *payload, const struct field *field,
                      const struct audience *audience);

/* ---- a case of the network, in this file's terms ---- */

struct case_over {
    struct store *store;
    struct case_file c;
    struct case_key key;
    struct persons_over persons;
};

/* The case here of that id, which the network knows by that key. */
bool case_over_load(struct store *store, const uint8_t case_id[CASE_ID], const struct case_key *key,
                    struct case_over *out, struct error *err);
void case_over_release(struct case_over *over);

/* The entry of the act of that number, or NULL. */
const struct entry *case_over_entry(const struct case_over *over, int64_t seq);

/* The payload of an act with the ids and numbers of this file: crossing_translate() of crossing.h.
 */
json_t *case_over_say(const struct case_over *over, const struct act_type *type,
                      const struct act_type *inner, const json_t *payload,
                      const struct field **lost);

/* The payload of a dispatch with the ids and numbers of this file; what has none here is left out,
 * and *lost (may be NULL) is as crossing_translate() has it. A new reference; NULL: it cannot be
 * read. */
json_t *case_over_payload(const struct case_over *over, const struct kept_dispatch *d,
                          const struct act_type *inner, const struct field **lost);

/* Within a transaction: that dispatch of ours has come to that post, as what it says shows. */
bool outgoing_has_come(struct store *store, int64_t place, const uint8_t post[POST_ID],
                       struct error *err);

/* ---- which acts ---- */

/* Up to which act all were looked at, by its number. */
bool outgoing_upto(struct store *store, int64_t *upto, struct error *err);

/* Appends the kinds that travel, as a list for SQL. */
void outgoing_kinds(struct buf *sql);

/* ---- parts that do not go ---- */

/* The first field of that class that redaction took, or NULL. */
const struct field *outbound_taken(const struct act_type *type, const struct act_type *inner,
                                   const json_t *redacted, enum field_class class);

/* Parts that are not present are gone from memory too. */
void outbound_wipe(struct act_bytes *a);

/* Within a transaction: adds what is to be said to that post of the directory; and says that it was
 * sent. */
bool outgoing_directory(struct store *store, const struct trusted *trust, const struct reader *to,
                        struct due *out, struct error *err);
bool outgoing_directory_sent(struct store *store, const uint8_t post[POST_ID],
                             const struct due *what, const char *now, struct error *err);

#endif
