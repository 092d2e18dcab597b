/* SPDX-License-Identifier: MIT */
/*
 * What keeps acts of a case from leaving the post, and what to do about it: the directory that
 * differs, a key that was changed, what consents forbid. Nothing in a post without keys: there it
 * all goes on paper. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_STOPPED_H
#define AMPARO_TUI_STOPPED_H

#include "amparo/tui/body.h"
#include "amparo/tui/casework.h"

/* A line for each reason; `all`: also what is held of other acts than notes and acceptances. */
void stopped_say(const struct casework *w, bool all, struct buf *out);

/* The same of a note that is being written to that State ("" none). */
void stopped_say_note(struct store *store, const char *state, const char *country,
                      struct instant now, struct buf *out);

/* Adds such lines to a body, with a heading; nothing where there are none. */
void stopped_add(struct body *b, const struct buf *lines, int width);

#endif
