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
    const char *state;      /* "" where none */
    const struct act *act;  /* that made it */
    char due[INSTANT_SIZE]; /* date or instant; "" where there is none */
    int64_t due_at;         /* in seconds; a date lasts until its end */
    int64_t since_at;
};

struct tasks {
    struct wanted *list;
    size_t count;
};

void tasks_of(const struct case_file *c, struct tasks *out);
void tasks_release(struct tasks *tasks);

/* A date (its last second) or an instant in seconds; 0 where it is neither. */
int64_t deadline_seconds(const char *text);

#endif
