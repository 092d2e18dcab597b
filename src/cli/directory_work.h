/* SPDX-License-Identifier: MIT */
/* What the parts of the command share; for src/cli/directory*.c alone. */
#ifndef AMPARO_CLI_DIRECTORY_WORK_H
#define AMPARO_CLI_DIRECTORY_WORK_H

#include "amparo/cli/session.h"
#include "amparo/store/directory.h"

/* One call: the open file, today, and the words behind the subcommand. */
struct directory_call {
    const struct cli *cli;
    struct store *store;
    struct date today;
    long list_days; /* a list may be so old without a mark */
    char **words;
    int count; /* of words */
};

/* A line of the list, with the code before it. */
void directory_add_mission(struct buf *out, const char *code, const struct mission *m,
                           const struct directory_call *call);

/* directory_who.c */
bool directory_who(struct directory_call *call, struct error *err);

/* directory_log.c: the log of signed acts */
bool directory_log(struct directory_call *call, struct error *err);
bool directory_diff(struct directory_call *call, struct error *err);
bool directory_snapshot(struct directory_call *call, struct error *err);
bool directory_take(struct directory_call *call, struct error *err);
bool directory_root(struct directory_call *call, struct error *err);
bool directory_approve(struct directory_call *call, struct error *err);
bool directory_release(struct directory_call *call, struct error *err);
bool directory_minimum(struct directory_call *call, struct error *err);

#endif
