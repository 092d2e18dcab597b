/* SPDX-License-Identifier: MIT */
/* How long nobody may type until the screen locks: a setting of the file. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_LOCKPERIOD_H
#define AMPARO_TUI_LOCKPERIOD_H

#include "amparo/tui/screen.h"

/* In seconds, as the setting says, or (for tests) "lock_after" of the file. */
long lockperiod_get(struct store *store);

#endif
