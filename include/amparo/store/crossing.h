/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: what an act says of other acts and of persons, said over again in
 * the terms of another file. Each file has ids and numbers of its own; dispatches name acts by the
 * ids of dispatches, and persons as the opener of the case numbered them. Layer: store; uses
 * agreement.
 */
#ifndef AMPARO_STORE_CROSSING_H
#define AMPARO_STORE_CROSSING_H

#include "amparo/agreement/act.h"

struct crossing_terms {
    /* The id of the same act over there (64 hex digits and a NUL); false: there is none. */
    bool (*act)(void *ctx, const char *id, char out[2 * ACT_ID_SIZE + 1]);
    /* The number of the same person over there; false: nobody knows. */
    bool (*person)(void *ctx, long number, long *out);
    void *ctx;
};

/*
 * A copy of the payload, with what the other file lacks left out; a new reference. *lost (may be
 * NULL) becomes the field without which the act would say something else: a person, or an act that
 * it is about; NULL where there is none. `inner`: of the act corrected.
 */
json_t *crossing_translate(const struct crossing_terms *x, const struct act_type *type,
                           const struct act_type *inner, const json_t *payload,
                           const struct field **lost);

#endif
