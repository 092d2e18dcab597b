/* SPDX-License-Identifier: MIT */
/*
 * A text of help over the screen that one is on: it closes on any key, and leaves what is below as
 * it was. What is longer than a screen has pages, turned by PgDn and PgUp. Layer: tui.
 */
#ifndef AMPARO_TUI_HELPTEXT_H
#define AMPARO_TUI_HELPTEXT_H

#include "amparo/tui/screen.h"

struct helptext;

/* An empty text; helptext_show() puts it on top of all and takes it over. */
struct helptext *helptext_new(const char *title);
void helptext_free(struct helptext *help);
void helptext_show(struct app *app, struct helptext *help);

/*
 * Adds a paragraph, wrapped to the terminal. `label` (NULL: none) stands before it in a column of
 * so many cells, or on a narrow terminal where it can; all is copied.
 */
void helptext_add(struct helptext *help, enum body_style style, const char *label, int cells,
                  const char *text);

/* An empty line; on a narrow terminal there is none. */
void helptext_gap(struct helptext *help);

/* The same text anew, from what was kept of it (keep.h). */
void helptext_reopen(struct app *app, const json_t *kept);
/* Adds the lines for that width. */
void helptext_build(const struct helptext *help, struct body *b, int width);

#endif
