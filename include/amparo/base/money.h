/* SPDX-License-Identifier: MIT */
/*
 * Sums of money: whole numbers of the currency's smallest unit (ISO 4217), never floating point.
 * Layer: base.
 */
#ifndef AMPARO_BASE_MONEY_H
#define AMPARO_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "amparo/base/buf.h"

/* Decimals of a currency: 0 for XOF or CLP, 3 for KWD, else 2. */
int currency_decimals(const char *currency);

/*
 * A decimal string ("1850", "1850.5", "0.250") in units of the currency. False where it is not one,
 * is more exact than the currency is (zeros do no harm), or is 10^15 units or more.
 */
bool money_parse(const char *amount, const char *currency, int64_t *units);

/* Appends "AED 1850.00". */
void money_format(struct buf *out, int64_t units, const char *currency);

#endif
