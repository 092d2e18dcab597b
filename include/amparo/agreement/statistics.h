/* SPDX-License-Identifier: MIT */
/*
 * Statistics over the digests of many cases: tables in which small numbers are suppressed
 * (suppress.h), medians of the delays, costs by source. No State is ranked: nothing is counted of
 * refusals.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_STATISTICS_H
#define AMPARO_AGREEMENT_STATISTICS_H

#include <jansson.h>
#include <stdbool.h>

struct statistics;

/* Days, only to be told again; NULL: no limit. */
struct statistics *statistics_begin(const char *from, const char *until);

/* NULL, and cases in which everybody is under the protection lock, are left out. */
void statistics_add(struct statistics *s, const json_t *digest);

/*
 * {"from", "until", "cases": number or null, "tables": [{"table": a name of statistics_tables,
 * "withheld", "rows": [{"code", "cases": number or null}], "sum"?}], "delays": [{"from", "to",
 * "median_hours": number or null}], "costs": [{"source", "currency", "amount": string or null}]}
 *
 * null is a number that is not published; "sum" is there where all cases of a table's rows add up
 * to it. A new reference; NULL, and nothing made, unless `whole`. Frees s.
 */
json_t *statistics_end(struct statistics *s, bool whole);

/* "receiving", "ground", "stage", "exit", "helper", "month"; ended by NULL. */
extern const char *const statistics_tables[];

#endif
