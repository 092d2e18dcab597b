/* SPDX-License-Identifier: MIT */
/*
 * From the values of a form to recorded acts: the payload, what its shape lacks (by path), the
 * recording of one act or of several that were ticked at once. Layer: tui; uses store, agreement.
 */
#ifndef AMPARO_TUI_ACTRECORD_H
#define AMPARO_TUI_ACTRECORD_H

#include "amparo/store/record.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/values.h"

struct act_recording {
    const struct casework *w;
    enum act_kind kind;
    const char *correct;  /* id of the act corrected, or NULL */
    const char *override; /* reason typed by who may, or NULL */
    const json_t *doubts; /* act_doubts_field, or NULL */
    int64_t seen;         /* of this case, when the form was opened */
    int64_t draft;        /* goes when all is recorded; 0: none */
    value_lookup *lookup; /* of the form's values, by path */
    value_fault *fault;   /* told of each fault, by path; "" where it has none */
    void *ctx;
};

/* The payload as typed so far; faults are told. A new reference. */
json_t *act_payload(const struct act_recording *r);

/* Whether the form is right as it stands, as far as the form alone tells; faults are told. */
bool act_ready(const struct act_recording *r);

/*
 * Records. False: either faults were told (err untouched), or err says why not. *out is of the last
 * act recorded; nothing is recorded where one of several was refused.
 */
bool act_record(const struct act_recording *r, struct recorded *out, struct error *err);

#endif
