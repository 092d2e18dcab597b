/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: what a case waits for, as a function of its acts. Layer: store.
 */
#ifndef AMPARO_STORE_TASKS_H
#define AMPARO_STORE_TASKS_H

#include "amparo/agreement/case.h"
#include "amparo/store/list.h"

/* One thing to be done or waited for. Texts are borrowed from the case. */
struct wanted {
    enum task_kind kind;
    bool danger;
    const char *state;     /* "" where none */
    long person;           /* 0: none in particular */
    const struct act *act; /* that made it */
    const char *since;     /* date or instant; a period counts from there */
    const char *due;       /* date or instant that an act names; "" where there is none */
    enum setting setting;  /* that counts from `since`, where no day is named */
    const char *country;   /* whose working days count; "": those of the post */
    int64_t at;            /* of `due`, else of `since`, in seconds */
};

struct tasks {
    struct wanted *list;
    size_t count;
};

void tasks_of(const struct case_file *c, struct tasks *out);
void tasks_release(struct tasks *tasks);

/* Has it a day when it is due, from its first moment? */
bool wanted_has_day(const struct wanted *wanted);

#endif
