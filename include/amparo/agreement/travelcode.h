/* SPDX-License-Identifier: MIT */
/*
 * The codes of three letters that stand for a State, a nationality or an issuer in the
 * machine-readable zone of a travel document: ISO 3166-1, and those that ICAO 9303-3 adds.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_TRAVELCODE_H
#define AMPARO_AGREEMENT_TRAVELCODE_H

#include <stdbool.h>

#include "amparo/base/i18n.h"

enum travel_kind {
    TRAVEL_STATE,        /* a State, or a class of its nationals */
    TRAVEL_STATELESS,    /* XXA */
    TRAVEL_REFUGEE,      /* XXB, XXC */
    TRAVEL_UNSPECIFIED,  /* XXX */
    TRAVEL_ORGANISATION, /* issues documents, has no nationals */
    TRAVEL_TEST,         /* specimens only */
};

struct travel_code {
    const char *code; /* as in the zone, without fillers */
    enum travel_kind kind;
    const char *state;   /* alpha-2, or "" where it is no State's */
    const char *meaning; /* N_(), or NULL: the usual name of the State */
};

/* What a code of one to three letters means; false: no document has it. */
bool travel_code_find(const char *code, struct travel_code *out);

/* In words: "stateless person", "Honduras"; the code itself where it is none. */
const char *travel_code_name(const char *code, translate_fn *tr);

#endif
