/* SPDX-License-Identifier: MIT */
/*
 * What can be done in every form: the form takes these keys itself, and this table tells of them in
 * the help, in the palette and in the line of keys. Layer: tui.
 */
#ifndef AMPARO_TUI_FORMCOMMANDS_H
#define AMPARO_TUI_FORMCOMMANDS_H

#include "amparo/tui/screen.h"

extern const struct command form_commands[];

/* Before the form takes the event: says why its key will find nothing to do. */
void form_command_explain(struct screen *s, const struct term_event *event);

#endif
