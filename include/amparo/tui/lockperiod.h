/* SPDX-License-Identifier: MIT */
/* How long nobody may type until the screen locks: a setting of the file. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_LOCKPERIOD_H
#define AMPARO_TUI_LOCKPERIOD_H

#include "amparo/tui/screen.h"

/* In seconds; the usual period where none was set or it makes no sense. */
long lockperiod_get(struct store *store);

/* A command: asks for another one; only a head of post's. */
void lockperiod_ask(struct screen *s);
bool lockperiod_may_ask(const struct screen *s);

#endif
