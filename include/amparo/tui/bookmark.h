/* SPDX-License-Identifier: MIT */
/*
 * Where one is, in the file: written two seconds after a key at the latest, however fast keys come,
 * so that a kill, a lost line or a power cut loses no more than that. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_BOOKMARK_H
#define AMPARO_TUI_BOOKMARK_H

#include <jansson.h>

#include "amparo/tui/app.h"

/* A key came: what it did is to be kept. */
void bookmark_touch(struct app *app);

/* How long the next key may be waited for until it is, in ms; -1: all is kept. */
int bookmark_wait(const struct app *app);

/* Keeps it, where it is time to: half-typed fields, and which screens are open in which cell. */
void bookmark_tick(struct app *app);

/* The same at once, before the program ends. `screens` (keep.h) may be NULL: they are asked. */
void bookmark_now(struct app *app, const json_t *screens);

/* They left as one leaves: nothing is to be taken up. */
void bookmark_drop(struct app *app);

/*
 * Offers what a program of this officer left that was cut off, over the work of today, or goes on
 * there where that is all it was. False: there is nothing of the kind.
 */
bool bookmark_offer(struct app *app);

#endif
