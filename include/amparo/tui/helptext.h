/* SPDX-License-Identifier: MIT */
/*
 * A text of help over the screen that one is on: one screen that closes on any key but those that
 * scroll, and leaves what is below as it was. Layer: tui.
 */
#ifndef AMPARO_TUI_HELPTEXT_H
#define AMPARO_TUI_HELPTEXT_H

#include "amparo/tui/screen.h"

struct helptext;

/* An empty text on top of all. */
struct helptext *helptext_push(struct app *app, const char *title);

/*
 * Adds a paragraph, wrapped to the terminal. `label` (NULL: none) stands before it in a column of
 * so many cells; all is copied.
 */
void helptext_add(struct helptext *help, enum body_style style, const char *label, int cells,
                  const char *text);

/* An empty line. */
void helptext_gap(struct helptext *help);

/* The same text anew, from what was kept of it (keep.h). */
void helptext_reopen(struct app *app, const json_t *kept);

#endif
