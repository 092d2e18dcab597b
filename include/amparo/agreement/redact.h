/* SPDX-License-Identifier: MIT */
/*
 * The one redaction function, for screen, print, export and pouch.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_REDACT_H
#define AMPARO_AGREEMENT_REDACT_H

#include "amparo/agreement/case.h"

/* Who is to read. */
enum audience_kind {
    AUDIENCE_POST,         /* this post: everything */
    AUDIENCE_CAPITAL,      /* own Consular Directorate: needs P2 */
    AUDIENCE_STATE,        /* another State's post: needs P4 to that State */
    AUDIENCE_FOCAL,        /* focal points, in a poll: open fields only */
    AUDIENCE_SECRETARIAT,  /* never identity */
    AUDIENCE_IOM,          /* needs P5 */
    AUDIENCE_AUTHORITY,    /* local authorities, named: needs P6 */
    AUDIENCE_NETWORK,      /* the 7.7 report */
    AUDIENCE_FAMILY,       /* next of kin, named: needs P7 */
    AUDIENCE_ORGANISATION, /* shelter, health service, other organisation, named: needs P8 */
    /* A person of the case, who needs no consent for what is said of nobody else. Others may find
     * that paper: what never leaves, and what is held back from everybody, is not on it. */
    AUDIENCE_PERSON,
};

struct audience {
    enum audience_kind kind;
    const char *state; /* AUDIENCE_STATE: which; else NULL */
    /* AUDIENCE_AUTHORITY, FAMILY, ORGANISATION: which; of a PERSON the number here; else NULL */
    const char *name;
};

/*
 * A copy of the payload in which each field that the audience may not have is
 * {"redacted": "P1"}: by its class, by the consents of the persons it speaks of and what they hold
 * back (withhold.h), also in the words of another field, by the protection lock. A new reference.
 */
json_t *redact_payload(const struct case_file *c, enum act_kind kind, const json_t *payload,
                       const struct audience *audience);

/*
 * Our State's own paper may come before those whom a person fears: where this post is of the State
 * of citizenship, an act that speaks only of persons under the protection lock stays off it, but
 * for readers who help and are no State (as the consents allow).
 */
bool redact_keeps_off_paper(const struct case_file *c, const json_t *payload,
                            const struct audience *audience);

/*
 * May the audience read what is said of that person in this text, which stands in no field: may it
 * have the person's identity, and is nothing in it that is held back, nor anybody else's name?
 */
bool redact_allows_text(const struct case_file *c, long person, const struct audience *audience,
                        const char *text);

/* Why a list of many cases does not name whom one is about, to this officer. */
enum name_hidden {
    NAME_SHOWN,
    NAME_LOCKED,     /* under the protection lock */
    NAME_ERASED,     /* nobody is there any more */
    NAME_RESTRICTED, /* the case is for named officers, and this is none of them */
};

/*
 * The one answer for all lists of cases, searches in them, and prints of such lists: `name` and
 * `locked` of the person whom the list would name, `keepers` as redact_keepers() has them.
 */
enum name_hidden redact_name(const char *name, bool locked, const char *keepers,
                             const char *officer);

/* What stands in the place of the name: N_(); "" where it is shown. */
const char *name_hidden_label(enum name_hidden hidden);

/* The officers of a restricted case, each ended by a newline: a new string; "" where anybody of the
 * post may open it. */
char *redact_keepers(const struct case_file *c);

/* May this audience have identity (P1) of that person now? */
bool redact_allows_identity(const struct case_file *c, long person,
                            const struct audience *audience);

#endif
