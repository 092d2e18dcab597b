/* SPDX-License-Identifier: MIT */
/*
 * A list to choose one thing from by typing parts of its name, or with the arrows: all acts, all
 * commands, all documents. Layer: tui.
 */
#ifndef AMPARO_TUI_PICK_H
#define AMPARO_TUI_PICK_H

#include "amparo/tui/screen.h"

struct pick;

/* What is to be done with the choice; the list is gone by then, `below` is the screen under it. */
typedef void pick_fn(struct screen *below, long tag, void *ctx);

/* An empty list. ctx is the caller's; `done`, which may be NULL, frees it when the list goes.
 * `chosen` is an answer of the screen below (struct answer); where it has no `again`, ctx is a text
 * or NULL. */
struct pick *pick_push(struct app *app, const char *title, pick_fn *chosen, void *ctx,
                       void (*done)(void *ctx));
/* Adds an entry; both texts are copied. */
void pick_add(struct pick *pick, long tag, const char *label, const char *detail);
/* What is added from here on stands behind what was added before and answers as well. */
void pick_farther(struct pick *pick);

/* The same list anew, from what was kept of it (keep.h). */
void pick_reopen(struct app *app, const json_t *kept);

#endif
