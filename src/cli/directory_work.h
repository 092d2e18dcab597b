/* SPDX-License-Identifier: MIT */
/* What the parts of the command share; for src/cli/directory*.c alone. */
#ifndef AMPARO_CLI_DIRECTORY_WORK_H
#define AMPARO_CLI_DIRECTORY_WORK_H

#include "amparo/store/directory.h"
#include "subcommand.h"

/* What says how old a list may be. */
struct list_age {
    struct date today;
    long most; /* days that it may be old without a mark */
};

bool directory_list_age(struct store *store, struct list_age *out, struct error *err);

/* A line of the list, with the code before it. */
void directory_add_mission(struct buf *out, const char *code, const struct mission *m,
                           const struct list_age *age);

/* directory_who.c */
bool directory_who(struct subcall *call, struct error *err);

/* directory_log.c: the log of signed acts */
bool directory_log(struct subcall *call, struct error *err);
bool directory_diff(struct subcall *call, struct error *err);
bool directory_snapshot(struct subcall *call, struct error *err);
bool directory_take(struct subcall *call, struct error *err);
bool directory_root(struct subcall *call, struct error *err);
bool directory_approve(struct subcall *call, struct error *err);
bool directory_release(struct subcall *call, struct error *err);
bool directory_minimum(struct subcall *call, struct error *err);

#endif
