/* SPDX-License-Identifier: MIT */
/*
 * The costs of a case (Article 8), added up by who bears them and by currency; currencies are
 * never mixed. Layer: paper; uses agreement, base.
 */
#ifndef AMPARO_PAPER_LEDGER_H
#define AMPARO_PAPER_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/case.h"

struct ledger_sum {
    const char *source; /* code; NULL: all together; borrowed from the case */
    char currency[4];
    int64_t units; /* of base/money.h */
};

struct ledger {
    struct ledger_sum *sums; /* by currency, then its sources as they first occur, then all */
    size_t count;
    size_t unreadable; /* amounts that could not be added */
};

void ledger_init(struct ledger *ledger, const struct case_file *c);
void ledger_release(struct ledger *ledger);

/* The share of the nth (from 0) of so many persons; what is left over goes to the first ones. */
int64_t ledger_share(int64_t units, size_t persons, size_t n);

#endif
