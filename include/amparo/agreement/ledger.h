/* SPDX-License-Identifier: MIT */
/*
 * The costs of a case (Article 8): added up by who bears them, by person and by currency, each in
 * its own; in a base currency as far as the rates of the days of payment are known. A cost is one
 * payment on one day: what was paid on several days is several costs, each at its own rate. A
 * corrected cost counts as it was corrected. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_LEDGER_H
#define AMPARO_AGREEMENT_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/case.h"
#include "amparo/base/money.h"

/* One cost as it stands; texts are borrowed from the case. */
struct cost {
    const struct entry *entry;
    const char *source, *currency; /* codes */
    int64_t units;                 /* of base/money.h; 0 where it cannot be read */
    enum money_fault fault;
    const char *base;   /* the currency that it was converted to; "" where it was not */
    int64_t base_units; /* as it was said, else by the rate */
};

/* The costs of the case, in the order of their payment: a new array, NULL where there are none. */
struct cost *costs_of(const struct case_file *c, size_t *count);

struct cost_share {
    long person;
    int64_t units;
};

/*
 * The shares of a cost: as `shares` says, else equal ones of those it names, else of all who were
 * recorded before it and not under the protection lock. They add up to the cost. A new array; NULL
 * where there is nobody.
 */
struct cost_share *cost_shares(const struct case_file *c, const struct cost *cost, size_t *count);

struct ledger_sum {
    const char *source; /* code; NULL: all together; borrowed from the case */
    long person;        /* of the sums by person; 0: nobody was recorded */
    char currency[4];
    int64_t units;
};

/* All costs in one currency. */
struct ledger_base {
    char currency[4];
    int64_t units;
    size_t without; /* how many costs could not be converted, and are not in it */
};

struct ledger {
    struct ledger_sum *sums; /* by currency: its sources as they first occur, then all of it */
    size_t count;
    struct ledger_sum *persons; /* by currency, then by person */
    size_t person_count;
    struct ledger_base *bases; /* of each currency that something was converted to */
    size_t base_count;
    size_t undetermined; /* costs that nobody bears yet */
    size_t awaiting;     /* asked of IOM and not answered */
    size_t left_out;     /* cannot be read, or would make a sum too large */
};

void ledger_init(struct ledger *ledger, const struct case_file *c);
/* Of these costs of the case alone. */
void ledger_init_of(struct ledger *ledger, const struct case_file *c, const struct cost *costs,
                    size_t count);
void ledger_release(struct ledger *ledger);

/* Costs and sums, as `costs --json` prints them: a new reference. */
json_t *ledger_json(const struct case_file *c);

/* Who bears a cost, in words; the code where it is unknown. */
const char *cost_source_label(const char *source, translate_fn *tr);

#endif
