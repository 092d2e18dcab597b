/* SPDX-License-Identifier: MIT */
/*
 * The gates: one table, one function. The store calls it inside the transaction that records an
 * act, so that no path goes around it; help, the line "missing for the next step", exit status 3
 * and the tests are made from the same table.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_GATE_H
#define AMPARO_AGREEMENT_GATE_H

#include "amparo/agreement/case.h"

enum gate_kind {
    GATE_HARD,     /* no way round */
    GATE_OVERRIDE, /* with a reason, by a head of post; by any officer where life is in danger */
    GATE_WARN,     /* recorded, and the warning kept and shown */
};

/* Everything a gate may look at. */
struct gate_input {
    const struct case_file *c; /* before the act */
    enum act_kind kind;
    const json_t *payload;   /* passed payload_check and case_check */
    const json_t *directory; /* as now; see case.h */
    const char *now;         /* RFC 3339 */
    const char *said;        /* the same, of what came by pouch: its author's clock; NULL: now */
    enum role role;          /* of the officer who records */
    const char *signer;      /* hex key of that officer */
    size_t heads;            /* how many heads of post the file has */
    bool secretariat;        /* the post is the Technical Secretariat */
    int64_t enrolled;        /* seq of the act by which the signer's key came to record; 0: none */
};

struct gate_finding {
    const char *gate; /* id: "P.consent" */
    enum gate_kind kind;
    const char *article; /* "3"; "" where none */
    char *text;          /* one line in the reader's language: what is missing, what to do */
    bool overridden;     /* the payload's override covers it, and may */
};

struct gate_findings {
    struct gate_finding *list;
    size_t count;
};

void gate_findings_release(struct gate_findings *findings);

/*
 * Asks every row of the table that concerns this act. True where nothing hard stands against it
 * and the rest is overridden or a warning: findings then holds what was overridden and the
 * warnings. False: all causes, in the order of the table. A refusal is an answer, not an error.
 */
bool gate_check(const struct gate_input *in, translate_fn *tr, struct gate_findings *findings);

/* The causes as ERROR_REFUSED lines, the article's number first: "6: … [A.note]". Always false. */
bool gate_refusal(const struct gate_findings *findings, struct error *err);

/*
 * What would stand against the usual next steps (poll, REQ note to the State chosen, assistance,
 * closing), as `missing` of acts.md: [{"for", "gate", "article", "text"}]; a new reference.
 */
json_t *gate_missing(const struct gate_input *in, translate_fn *tr);

/*
 * What would stand against closing the case as it is, whatever its outcome: findings of every kind,
 * in the order of the table; none where it is closed. What an exit needs besides is asked when one
 * is said.
 */
void gate_closing(const struct gate_input *in, translate_fn *tr, struct gate_findings *findings);

/* Is there a gate of that id, or a group of gates ("P")? What `for` of an override may name. */
bool gate_known(const char *name);

/* What the gate of that id demands, with its article: "the Secretariat is told (7.6)"; a new
 * string, or NULL where this version has no such gate. */
char *gate_demand(const char *id, translate_fn *tr);

/*
 * The table as help shows it: [{"gate", "acts", "kind", "article", "text"}], where acts is an array
 * of their names, empty for all; a new reference.
 */
json_t *gates_describe(translate_fn *tr);

#endif
