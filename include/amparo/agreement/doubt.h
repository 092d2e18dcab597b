/* SPDX-License-Identifier: MIT */
/*
 * What the values of one act say of each other, and of today, that can be true but seldom is: a
 * passport issued before its holder was born, an act of tomorrow. A doubt refuses nothing: who
 * keeps the value says why, and the act carries that (act_doubts_field). Layer: agreement (pure);
 * uses base, jansson.
 */
#ifndef AMPARO_AGREEMENT_DOUBT_H
#define AMPARO_AGREEMENT_DOUBT_H

#include <jansson.h>

#include "amparo/agreement/act.h"
#include "amparo/base/date.h"

/* Told of each doubt: the key of the field that it is about, and the doubt in words (N_()). */
typedef void doubt_found(void *ctx, const char *key, const char *text);

/*
 * Of partial dates only what no reading of them allows is doubted. Answers and values that are
 * wrong by themselves raise no doubt.
 */
void doubts_find(enum act_kind kind, const json_t *payload, struct date today, doubt_found *found,
                 void *ctx);

/* The n-th row: of which act, its field, and the one it is held against or NULL; false: no more. */
bool doubts_row(size_t n, enum act_kind *act, const char **key, const char **other);

#endif
