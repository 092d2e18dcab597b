/* SPDX-License-Identifier: MIT */
/*
 * Does the mechanism apply? Each requirement of Art. 7 (and 3, 4, 9) is determined from the facts,
 * with its reason and with what would change it. Nothing is decided here: a person decides
 * (Recital II, Art. 3), and no State is scored.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_ASSESS_H
#define AMPARO_AGREEMENT_ASSESS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "amparo/agreement/facts.h"
#include "amparo/base/i18n.h"

enum status { STATUS_MET, STATUS_NOT_MET, STATUS_UNDETERMINED, STATUS_WAIVED };
extern const struct code status_codes[];

/* In the order in which they are shown. */
enum requirement {
    REQUIREMENT_R1,  /* 7.1 national of a Member State */
    REQUIREMENT_R2,  /* 7.2 which takes part */
    REQUIREMENT_R3,  /* 7.3 and has no office in the country */
    REQUIREMENT_R3B, /* 4 nor one that covers the place: advisory */
    REQUIREMENT_R4,  /* 7.4 ground */
    REQUIREMENT_R9,  /* 3 no other State's own duty */
    REQUIREMENT_R12, /* 9 instrument in force */
    REQUIREMENT_COUNT,
};
struct requirement_type {
    const char *id;      /* "R3b" */
    const char *article; /* "4" */
    const char *label;   /* N_() */
};
extern const struct requirement_type requirement_types[REQUIREMENT_COUNT];

/* The requirement of an id; REQUIREMENT_COUNT where there is none. */
enum requirement requirement_named(const char *id);

enum overall { OVERALL_APPLIES, OVERALL_DOES_NOT_APPLY, OVERALL_UNDETERMINED };
extern const struct code overall_codes[];

/* What can stand against a poll. */
enum poll_block { BLOCK_R1, BLOCK_R2, BLOCK_LOCK, BLOCK_NETWORK, BLOCK_COUNT };

struct determination {
    enum status status;
    char *reason;       /* a sentence with the facts used; owned */
    char *would_change; /* what would change it; owned; NULL for a single ground */
    char *brief;        /* the reason in a word or two, for tables; owned; likewise */
};

struct candidate_post {
    char *city;
    enum post_kind kind;
};

/* A Party that could help: facts, in byte order of its code, never an order of merit. */
struct candidate {
    char state[STATE_SIZE];
    struct candidate_post *posts; /* by city, then by code of the kind */
    size_t count;
};

struct assessment {
    enum overall overall;
    enum known minor; /* by the youngest reading; KNOWN_NOT: no birth date */
    bool protection_lock;
    struct determination requirements[REQUIREMENT_COUNT];
    struct determination *grounds; /* one for each of the facts, in their order */
    size_t ground_count;
    char *blocks[BLOCK_COUNT]; /* the reason; NULL where it does not stand against a poll */
    bool poll_allowed;         /* none of them */
    struct candidate *candidates;
    size_t candidate_count;
    char **warnings;
    size_t warning_count;
};

enum { ADULT_AGE = 18 };

/*
 * Assesses. Sentences are in the language of `translate`, which is asked for names of countries
 * too (reader_language() or english()). assessment_release() ends it.
 */
void assess(const struct facts *facts, translate_fn *translate, struct assessment *out);
void assessment_release(struct assessment *assessment);

/*
 * The answer over requirements that may have been determined otherwise by a person: any of them
 * not met (R3b apart): does not apply; else any undetermined, or the lock: undetermined.
 */
enum overall assess_overall(const enum status statuses[REQUIREMENT_COUNT], bool protection_lock);

/* The JSON of assess.md; a new reference. `facts` are those that were assessed. */
json_t *assessment_json(const struct facts *facts, const struct assessment *assessment);

#endif
