/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: whose number here is which number with the opener of the case.
 * Layer: store.
 */
#ifndef AMPARO_STORE_PERSONS_OVER_H
#define AMPARO_STORE_PERSONS_OVER_H

#include "amparo/store/dispatches.h"

struct persons_over {
    struct person_over {
        long theirs, ours;
    } * list;
    size_t count;
    bool same; /* the case was opened here: the numbers are ours */
};

void persons_over_release(struct persons_over *p);

/* By the records of persons that came in and were taken up here. */
bool persons_over_load(struct store *store, const struct case_key *key, const struct case_file *c,
                       bool opened_here, struct persons_over *out, struct error *err);

bool persons_over_here(const struct persons_over *p, long theirs, long *ours);
bool persons_over_there(const struct persons_over *p, long ours, long *theirs);

#endif
