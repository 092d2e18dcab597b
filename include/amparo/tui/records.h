/* SPDX-License-Identifier: MIT */
/*
 * Going on from a record: F7 and F8 to the one before and the next one of the list in which it was
 * opened, F9 to a note verbale of its case. Layer: tui.
 */
#ifndef AMPARO_TUI_RECORDS_H
#define AMPARO_TUI_RECORDS_H

#include "amparo/tui/screen.h"

extern const struct command record_commands[];

#endif
