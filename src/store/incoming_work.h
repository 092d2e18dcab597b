/* SPDX-License-Identifier: MIT */
/* What the files share that take in what other posts said. */
#ifndef AMPARO_STORE_INCOMING_WORK_H
#define AMPARO_STORE_INCOMING_WORK_H

#include "amparo/agreement/arrival.h"
#include "amparo/store/conversed.h"
#include "amparo/store/incoming.h"
#include "amparo/store/record.h"
#include "outgoing_work.h"

/* Which case here it is: NULL is none of those that are here. */
struct placing {
    const char *reference;
};

/* One case, with its conversation, and the case here, where there is one. */
struct settling {
    struct store *store;
    const struct trusted *trust;
    struct taken_in *out;
    struct case_key key;
    struct conversed talk;
    bool known; /* there is a case here */
    uint8_t case_id[CASE_ID];
    struct case_over over;         /* it, where it is known */
    const struct placing *placing; /* what an officer says of it; NULL: nothing */
};

/* Reads the case here anew: its acts have changed. */
bool settling_look(struct settling *s, struct error *err);

/* Finds or opens the case here; s->known says whether there is one now. */
bool settling_find(struct settling *s, struct error *err);

/* One dispatch that counts, and has no act here: records one, or finds it, or says why not.
 * *done: something has changed. */
bool settling_take(struct settling *s, size_t place, bool *done, struct error *err);

#endif
