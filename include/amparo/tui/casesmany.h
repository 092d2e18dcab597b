/* SPDX-License-Identifier: MIT */
/* What became of many cases at once, a line each, opened anew after a lock. Layer: tui. */
#ifndef AMPARO_TUI_CASESMANY_H
#define AMPARO_TUI_CASESMANY_H

#include <jansson.h>

#include "amparo/tui/app.h"

#define MANY_SCREEN "many-done"

void casesmany_reopen(struct app *app, const json_t *kept);

#endif
