/* SPDX-License-Identifier: MIT */
/*
 * The facts on which an assessment rests, and nothing else: who the person is, where, what
 * happened, and what the directory said on that day. They come from a JSON document (`amparo
 * assess`) or are put together from a case.
 * Layer: agreement (pure); uses base, and jansson as a tree of values.
 */
#ifndef AMPARO_AGREEMENT_FACTS_H
#define AMPARO_AGREEMENT_FACTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/field.h"
#include "amparo/base/date.h"
#include "amparo/base/error.h"

/* Each enumeration has its table of codes and labels, in the same order. */

enum post_kind {
    POST_EMBASSY,
    POST_HIGH_COMMISSION,
    POST_CONSULATE_GENERAL,
    POST_CONSULATE,
    POST_CONSULAR_AGENCY,
    POST_INTERESTS_SECTION,
    POST_HONORARY, /* from here on not career: does not count as "exists" */
    POST_NON_RESIDENT,
};
extern const struct code post_kind_codes[];

enum post_source { SOURCE_OFFICIAL /* a 7.6 list */, SOURCE_SEED };
extern const struct code post_source_codes[];

enum proof {
    PROOF_VERIFIED_BY_CAPITAL,
    PROOF_PASSPORT,
    PROOF_NATIONAL_ID,
    PROOF_BIRTH_CERTIFICATE,
    PROOF_CONSULAR_REGISTER,
    PROOF_DECLARED,
};
extern const struct code proof_codes[];

enum ground_code {
    GROUND_G1,
    GROUND_G2,
    GROUND_G3,
    GROUND_G4,
    GROUND_G5,
    GROUND_G6A,
    GROUND_G6B,
    GROUND_G6C,
};
extern const struct code ground_codes[];

enum perpetrator {
    PERPETRATOR_CIVILIAN,
    PERPETRATOR_EMPLOYER,
    PERPETRATOR_FAMILY,
    PERPETRATOR_CRIMINAL_GROUP,
    PERPETRATOR_STATE_AUTHORITY,
    PERPETRATOR_UNKNOWN,
    PERPETRATOR_NONE,
};
extern const struct code perpetrator_codes[];

enum network_answer { ANSWER_CAN_BE_RESOLVED, ANSWER_CANNOT_BE_RESOLVED, ANSWER_NOT_COMPETENT };
extern const struct code network_answer_codes[];

enum instrument_status { INSTRUMENT_PILOT, INSTRUMENT_IN_FORCE };
extern const struct code instrument_codes[];

/* The place of a code in its table, which is the value of its enumeration; -1: not there. */
int code_index(const struct code *codes, const char *code);

struct state_date {
    char state[STATE_SIZE];
    struct date date;
};

struct post {
    char state[STATE_SIZE];   /* whose post it is */
    char country[STATE_SIZE]; /* accredited to */
    char *city;               /* owned */
    enum post_kind kind;
    bool able; /* false: it exists and cannot act (closed, war) */
    enum post_source source;
};

struct nationality {
    char state[STATE_SIZE];
    enum proof proof;
    bool refuted;
};

struct ground {
    enum ground_code code;
    enum perpetrator perpetrator;
};

enum known { KNOWN_NOT, KNOWN_FALSE, KNOWN_TRUE };

enum { LIST_DAYS = 180 }; /* a list may be so old without a warning, where nothing else is said */

struct facts {
    struct date on;
    enum instrument_status instrument;
    struct date since;          /* of the instrument; no date while a pilot need not say */
    struct state_date *parties; /* takes part from that date on */
    size_t party_count;
    struct state_date *lists; /* the State's list of its offices is of that date */
    size_t list_count;
    long list_days; /* LIST_DAYS, or what is said */
    struct post *posts;
    size_t post_count;
    char requesting[STATE_SIZE];
    char receiving[STATE_SIZE];
    enum known district_served;
    struct nationality *nationalities; /* one a State */
    size_t nationality_count;
    struct partial_date birth; /* all zero: absent or unknown */
    bool fears_own_state;
    struct ground *grounds;
    size_t ground_count;
    bool trafficking_indicators;
    bool referred; /* to the network on smuggling and trafficking */
    struct date referred_on;
    bool answered;
    struct date answered_on;
    enum network_answer answer;
    char *because;         /* owned; NULL: none */
    char *urgent_override; /* its reason; owned; NULL: none */
};

/* An empty record; facts_release() ends it. */
void facts_init(struct facts *facts);
void facts_release(struct facts *facts);

/* What is added is copied. */
void facts_add_party(struct facts *facts, const char *state, struct date since);
void facts_add_list(struct facts *facts, const char *state, struct date on);
void facts_add_post(struct facts *facts, const struct post *post);
void facts_add_nationality(struct facts *facts, const struct nationality *nationality);
void facts_add_ground(struct facts *facts, struct ground ground);

/*
 * Reads the document of `amparo assess`. Every key is checked, at any depth; the first bad fact
 * ends it with one line that names its whole path and its value ("parties.HN: …"), kind
 * ERROR_INPUT. *facts must be initialised and empty; on false it may be half filled, and is still
 * to be released. `root` stays the caller's, and as it was.
 */
bool facts_parse(json_t *root, struct facts *facts, struct error *err);

/* A JSON key as a message can show it: as it is, or escaped and in quotes. A new string. */
char *facts_key_shown(const char *key);

#endif
