/* SPDX-License-Identifier: MIT */
/*
 * What an assisting State advanced is owed to it by the State of citizenship (Article 8): asked
 * for, due, paid at once or in parts. Made from the costs and from the acts `refund` each time it
 * is asked. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_RECEIVABLE_H
#define AMPARO_AGREEMENT_RECEIVABLE_H

#include "amparo/agreement/case.h"
#include "amparo/base/calendar.h"

/* Texts are borrowed from the case; "" where there is none. */
struct receivable {
    const struct entry *cost; /* the advance */
    const char *debtor;       /* State of citizenship */
    const char *creditor;     /* State that advanced it; "" where nobody says which */
    const char *currency;
    int64_t units;          /* what was advanced */
    int64_t paid, waived;   /* of it, so far */
    const char *asked_on;   /* day of the first request; "": not asked yet */
    const char *settled_on; /* day on which nothing was left; "": something is */
    const char *due_on;     /* as agreed or asked, the last word; "": by the usual period */
};

/* All advances of the case in the order of their recording, settled ones too: a new array, NULL
 * where there are none. What cannot be read as an amount is left out. */
struct receivable *receivables_of(const struct case_file *c, size_t *count);

/* What is still owed; never below 0. */
int64_t receivable_left(const struct receivable *r);

/* When one is due for which no day was named; NULL instead: as usual, on any day. */
struct receivable_terms {
    long months;                     /* after the payment */
    const struct calendar *calendar; /* on a working day of this, or the next one */
};

/* Its due day: as agreed or asked, else by the terms; "" where the cost has no day. */
const char *receivable_due(const struct receivable *r, const struct receivable_terms *terms,
                           char out[INSTANT_SIZE]);

/* The same of an advance paid on `day`. */
const char *receivable_due_after(const char *day, const struct receivable_terms *terms,
                                 char out[INSTANT_SIZE]);

/* One as JSON; today: YYYY-MM-DD. A new reference. */
json_t *receivable_json(const struct receivable *r, const struct receivable_terms *terms,
                        const char *today);

/*
 * The Conference's reserve fund (at most USD 1,000 a case, some classes of person, within its
 * Member States): what may be said about it for this case, in the reader's language: a new string.
 * Advice: nothing depends on it.
 */
char *reserve_fund_advice(const struct case_file *c, const char *today, translate_fn *tr);

#endif
