/* SPDX-License-Identifier: MIT */
/* Inside tasks*.c only: what each part adds to the tasks of a case. Layer: store. */
#ifndef STORE_TASKS_WORK_H
#define STORE_TASKS_WORK_H

#include "amparo/store/tasks.h"

/*
 * Adds a task that the entry made. `due` is the day that an act names, before the period of the
 * kind; "" where it names none. Valid until the next one is added.
 */
struct wanted *tasks_add(struct tasks *tasks, enum task_kind kind, const struct entry *e,
                         const char *state, const char *due);

/* Is there an act of that kind whose `of` or `note` … (key) names this one? */
bool tasks_named_by(const struct case_file *c, enum act_kind kind, const char *key,
                    const struct entry *named);

/* This post requests for its own national. */
bool tasks_ours(const struct case_file *c);

/* Polls, answers, notes, the capital, the Secretariat, the network: of an open case. */
void tasks_of_exchange(const struct case_file *c, struct tasks *tasks);
/* Consents that end, children without a finding: of an open case. */
void tasks_of_persons(const struct case_file *c, struct tasks *tasks);
/* How long data is kept; erasing. */
void tasks_of_keeping(const struct case_file *c, struct tasks *tasks);

#endif
