/* SPDX-License-Identifier: MIT */
/* What the parts of the command event share; for event*.c only. */
#ifndef AMPARO_CLI_EVENT_WORK_H
#define AMPARO_CLI_EVENT_WORK_H

#include "amparo/cli/cli.h"
#include "amparo/store/event.h"

/*
 * Takes people in from a list: a line each, the columns named by the keys of a line. All faults are
 * said; nothing is written unless all lines are well, or with --keep-good those that are.
 */
bool event_take_list(const struct cli *cli, struct store *store, const struct event *event,
                     const char *path, struct error *err);

#endif
