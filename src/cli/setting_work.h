/* SPDX-License-Identifier: MIT */
/* What the commands about settings share. Not for others. Layer: cli. */
#ifndef AMPARO_CLI_SETTING_WORK_H
#define AMPARO_CLI_SETTING_WORK_H

#include "amparo/store/settings.h"

/* A line for each setting of the group: name, value, what it is for, who said it. */
bool setting_lines(struct store *store, enum setting_group group, struct buf *out,
                   struct error *err);

/*
 * Says the one of that name ("usual": takes back what was said). ERROR_INPUT where it is none, or
 * belongs to the documents and not to `documents`; `command` lists those that there are.
 */
bool setting_set(struct store *store, bool documents, const char *command, const char *name,
                 const char *text, struct error *err);

#endif
