/* SPDX-License-Identifier: MIT */
/*
 * What is to be done and waited for, of all cases or one: read from the tasks of the acts, and
 * worked out with the settings, the working days and the clock of now. Quick with a hundred
 * thousand cases: it reads about as many tasks as it gives. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_WORKLIST_H
#define AMPARO_STORE_WORKLIST_H

#include <jansson.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/redact.h"
#include "amparo/agreement/task.h"
#include "amparo/store/store.h"

struct task {
    enum task_kind kind;     /* task.h: whom it waits for, its words */
    char *reference, *title; /* as in case_row of list.h */
    enum name_hidden hidden;
    char *receiving_state;
    char *state;              /* the other State, or "" */
    long person;              /* whom it is about, or 0 */
    char act[65];             /* id of the act that made it, hex */
    enum act_kind on;         /* kind of that act */
    bool danger;              /* a life is in danger */
    char since[INSTANT_SIZE]; /* date or instant from when on it is there */
    char due[INSTANT_SIZE];   /* date or instant as settings are now; "": none */
    bool over;                /* due, and late */
};

struct worklist {
    struct task *list;
    size_t count;
};

void worklist_release(struct worklist *work);

enum task_part {
    TASKS_ALL,
    TASKS_DUE,     /* those with a day */
    TASKS_OVERDUE, /* of them, those that are late */
    TASKS_WITHOUT_DAY,
};

struct task_filter {
    const char *reference; /* of one case; NULL: of all */
    unsigned whom;         /* bits 1 << enum task_whom; 0: anybody */
    enum task_part part;
    size_t room; /* at most so many; 0: all */
};

enum { FOR_US = 1 << WHOM_US, FOR_OTHERS = ((1 << WHOM_COUNT) - 1) & ~FOR_US };

/*
 * Where a life is in danger first; then those with a day, earliest first, then those without,
 * longest waiting first. ERROR_INPUT where there is no such case.
 */
bool store_worklist(struct store *store, const struct task_filter *filter, struct worklist *out,
                    struct error *err);

/* Array of {"case", "task", "for", "state", "person", "since", "due", "overdue", "danger", "on",
 * "act", "text"}: a new reference. */
json_t *worklist_json(const struct worklist *work);

/* What it asks for, in the reader's language. */
void task_describe(struct buf *out, const struct task *task);

#endif
