/* SPDX-License-Identifier: MIT */
/* What the files that make and send dispatches share. */
#ifndef AMPARO_STORE_OUTGOING_WORK_H
#define AMPARO_STORE_OUTGOING_WORK_H

#include "amparo/agreement/redact.h"
#include "amparo/agreement/travel.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/identity.h"
#include "amparo/store/persons_over.h"

/* A case whose acts become dispatches. */
struct outbound {
    struct store *store;
    const struct case_file *c;
    struct case_key key;
    bool opener; /* the case was opened here */
    struct persons_over persons;
    const struct secret *secret;
    int64_t first; /* dispatches from this place on were made in this run */
    size_t made;
};

/*
 * Makes a dispatch of an act as it stands for these readers. True, with *reason NULL, where it was
 * made; with *reason, a new string, where it may not go. False on an error.
 */
bool outbound_make(struct outbound *o, const struct entry *e, const struct audience_codes *audience,
                   char **reason, struct error *err);

/* Who reads, for the one redaction function, as an act of that kind goes to that code. */
struct audience outbound_audience(const struct case_file *c, enum act_kind kind, const char *code);

/* Is it what redaction puts in the place of a field? */
bool outbound_redacted(const json_t *value);

/* Why a field of the act (its payload as it stands here) may not go there: a new string. */
char *outbound_reason(const struct case_file *c, const json_t *payload, const struct field *field,
                      const struct audience *audience);

#endif
