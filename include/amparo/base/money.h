/* SPDX-License-Identifier: MIT */
/*
 * Sums of money: whole numbers of the currency's smallest unit (ISO 4217), never floating point.
 * Layer: base.
 */
#ifndef AMPARO_BASE_MONEY_H
#define AMPARO_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

/* No amount and no sum of amounts reaches this many units. */
#define MONEY_LIMIT INT64_C(1000000000000000)

/* Decimals of a currency: 0 for XOF or CLP, 3 for KWD, else 2. */
int currency_decimals(const char *currency);

enum money_fault {
    MONEY_FINE,
    MONEY_NO_NUMBER,
    MONEY_TOO_EXACT, /* more decimals than the currency has; zeros do no harm */
    MONEY_TOO_LARGE, /* MONEY_LIMIT or more */
};

/* A decimal string ("1850", "1850.5", "0.250") in units of the currency; *units only where fine. */
enum money_fault money_read(const char *amount, const char *currency, int64_t *units);
bool money_parse(const char *amount, const char *currency, int64_t *units);

/* Adds to a sum; false, and the sum as before, where it would reach the limit. */
bool money_add(int64_t *sum, int64_t units);

/*
 * Units (not negative) of one currency in those of another, at so many of the other for one: a
 * decimal string of at most 15 digits, of which 12 after the point. Exact, then rounded once, half
 * a unit up. False where the rate is none, or 0, or the result too large.
 */
bool money_convert(int64_t units, const char *currency, const char *rate, const char *other,
                   int64_t *out);

/*
 * Splits units (not negative) in proportion to weights (not negative, not all 0, their sum below
 * 2^62): the shares add up to the unit. What is left over goes where the cut was deepest, in doubt
 * to who comes first.
 */
void money_split(int64_t units, const int64_t *weights, size_t count, int64_t *shares);

/* Appends "AED 1850.00"; the same without the currency. */
void money_format(struct buf *out, int64_t units, const char *currency);
void money_format_bare(struct buf *out, int64_t units, const char *currency);

#endif
