/* SPDX-License-Identifier: MIT */
/*
 * Currencies of ISO 4217 (from iso-codes, when the program is built) that one can pay with: no
 * metals, no test codes. Their decimals are known to base/money.h.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_CURRENCY_H
#define AMPARO_AGREEMENT_CURRENCY_H

#include <stddef.h>

struct currency {
    const char *code; /* three capitals */
    const char *name; /* English: a msgid of iso-codes' catalogue iso_4217 */
};

/* The entry of a code, or NULL. */
const struct currency *currency_find(const char *code);

/* All of them, by code in byte order. */
const struct currency *currency_all(size_t *count);

#endif
