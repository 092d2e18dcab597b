/* SPDX-License-Identifier: MIT */
/*
 * Writing down which screens are open, in which cell of each one is, and what is typed and not in
 * the file, so that the same can be opened anew after a lock, a hang-up or a kill. What is written
 * down is personal. A question is kept with the name of what the screen below does with its answer
 * (struct answer). Layer: tui.
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

/* The one on top, but for questions and help: they stand on one that says more. NULL: none. */
const json_t *keep_ground(const json_t *kept);

/* Opens them anew, over what is there. */
void keep_reopen(struct app *app, const json_t *kept);

/*
 * Of a question: the name of that answer goes into what is kept, where the screen below (or every
 * screen) has it; else NULL, and the question is not kept. And back, before the question is put
 * anew: NULL where the screen on top has none of that name, and the question is not to be put.
 */
const struct answer *keep_answer(const struct screen *question, answer_fn *take, json_t *kept);
const struct answer *keep_answered(const struct app *app, const json_t *kept);

/* A member of what a screen keeps; "" and 0 where there is none. */
const char *keep_text(const json_t *kept, const char *key);
json_int_t keep_number(const json_t *kept, const char *key);

#endif
