/* SPDX-License-Identifier: MIT */
/*
 * What the report of 7.7 and the statistics know of a case: open facts alone, a function of its
 * acts. No name, no place below the country, no text but what was written for the report and tells
 * of nobody; and nothing of who is under the protection lock.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_DIGEST_H
#define AMPARO_AGREEMENT_DIGEST_H

#include "amparo/agreement/case.h"
#include "amparo/base/date.h"

/*
 * {"role", "receiving", "requesting", "stage", "exit"?, "outcome"?: [], "mechanism": true where it
 * was under the mechanism, "consent": true where each person consents to be reported (P9),
 * "consent_until": the day on which the first of these consents ends, where one does,
 * "hidden": true where all persons are under the lock: then nothing else is there,
 * "persons": [{"nationalities": [], "age": child, 18-29, 30-44, 45-59, 60 or unknown, at the
 * opening}], "grounds": [], "conflict"?: true, "needs": [], "unmet": [], "help": [{"state",
 * "kinds": []}], "at": {"opened", "poll"?, "reply"?, "note"?, "help"?, "closed"?: instants, each
 * the first of its kind}, "costs": [{"source", "currency", "units"}], "reports": [{"on",
 * "pending", "provided"?, "lessons"?, "proposal"?, "remarks"?, "decisions"?}]}
 *
 * A list that would be empty is not there. A new reference. The case has at least its opening act.
 */
json_t *case_digest(const struct case_file *c);

/*
 * The day after which a meeting of the network is owed this case: that of its closing; of an open
 * one, that on which it came under the mechanism or was presented last. False: none is owed: it
 * was never under the mechanism here, or was presented with its conclusion, or nobody in it may
 * appear.
 */
bool case_owed(const struct case_file *c, struct date *since);

#endif
