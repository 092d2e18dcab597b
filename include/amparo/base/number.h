/* SPDX-License-Identifier: MIT */
/*
 * Numbers as people of a language write them, "1,850.00" or "1 850,00": on screens, in documents
 * and in what a command says to a person. What machines read keeps plain digits. Layer: base.
 */
#ifndef AMPARO_BASE_NUMBER_H
#define AMPARO_BASE_NUMBER_H

#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/i18n.h"

/* Appends a plain number ("1850.00", "-12"); what is none is appended as it is. */
void number_say(struct buf *out, const char *number, translate_fn *tr);

/* Appends a sum of money with its currency, "AED 1,850.00" (base/money.h); the same without it. */
void money_say(struct buf *out, int64_t units, const char *currency, translate_fn *tr);
void money_say_bare(struct buf *out, int64_t units, const char *currency, translate_fn *tr);

#endif
