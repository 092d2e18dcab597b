/* SPDX-License-Identifier: MIT */
/*
 * The report for a meeting of the Liaison Officer Network (7.7), made of the digests of its cases:
 * pseudonymous, without ranking any State. A case whose persons did not all consent to it (P9) is
 * counted, and no more.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_REPORT_H
#define AMPARO_AGREEMENT_REPORT_H

#include <jansson.h>

#include "amparo/base/date.h"
#include "amparo/base/error.h"

/* What a reader could know a person by: the report can leave it out of all its cases. */
enum report_trait {
    TRAIT_AGE = 1,
    TRAIT_COUNTRY = 2,
    TRAIT_EVENT = 4,
    TRAIT_NATIONALITY = 8,
    TRAIT_ALL = 15,
};

/* "age,country" as bits; ERROR_INPUT names what is none. "" or NULL: 0. */
bool report_traits_parse(const char *text, unsigned *traits, struct error *err);

struct report_item {
    const char *pseudonym;
    const json_t *digest; /* digest.h */
    const char *due;      /* day of the earlier meeting at which it was due; NULL: it is not late */
    bool pending;         /* its conclusion is */
    bool presented;       /* recorded as presented there */
};

struct report_order {
    const char *on; /* day of the meeting, YYYY-MM-DD */
    const struct report_item *items;
    size_t count;
    unsigned left_out;   /* traits */
    const char *counted; /* pseudonyms, commas between, that are to be counted only; NULL: none */
};

/*
 * {"cases": [{"pseudonym", "pending", "presented", "due"?, "receiving"?, "requesting"?,
 * "grounds"?, "conflict"?, "persons": [{"nationalities"?, "age"?}], "needs", "help": [{"state",
 * "kinds"}], "outcome", "exit"?, "unmet", "dates": {"opened", …}, "delays": [{"from", "to",
 * "hours"}], "costs": [{"source", "currency", "amount"}], "provided"?, "lessons"?, "proposal"?,
 * "remarks"?, "decisions"?}], "counted": {"concluded", "pending"}, "helpers": [States, by code], "left_out": [traits],
 * "unique": [{"pseudonym", "persons": …as above, "receiving"?, "grounds"?, "leave_out": [traits]
 * or null where no trait is enough}]}
 *
 * Sums are rounded. A new reference.
 */
json_t *report_make(const struct report_order *order);

/* From which step to which, of "at" in a digest: in the order of a case; ended by NULL. */
struct delay_type {
    const char *from, *to;
};
extern const struct delay_type delay_types[];

/* Whole hours from the one to the other; false where one is not there, or they came in another
 * order. */
bool delay_hours(const json_t *digest, const struct delay_type *type, long *hours);

/* A sum of money to two digits, but not finer than its currency's own unit: "1900" for 1850.00. A
 * new reference to a string. */
json_t *money_rounded(int64_t units, const char *currency);

#endif
