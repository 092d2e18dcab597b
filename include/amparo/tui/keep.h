/* SPDX-License-Identifier: MIT */
/*
 * Writing down which screens are open, in which cell of each one is, and what is typed and not in
 * the file, so that the same can be opened anew after a lock. What is written down is personal.
 * Lists to choose from, questions and texts to be agreed to are left out: then one comes back to
 * the screen below. Layer: tui.
 */
#ifndef AMPARO_TUI_KEEP_H
#define AMPARO_TUI_KEEP_H

#include <jansson.h>

#include "amparo/tui/screen.h"

/* Set in what a screen keeps where something of it is nowhere else. */
#define KEEP_UNWRITTEN "unwritten"

/* All open screens, the lowest first: a new array. Drafts go into the file, where they can. */
json_t *keep_screens(struct app *app);

/* Whether something in it is nowhere else. */
bool keep_is_unwritten(const json_t *kept);

/* Opens them anew, over what is there. */
void keep_reopen(struct app *app, const json_t *kept);

/* A member of what a screen keeps; "" and 0 where there is none. */
const char *keep_text(const json_t *kept, const char *key);
json_int_t keep_number(const json_t *kept, const char *key);

#endif
