/* SPDX-License-Identifier: MIT */
/*
 * What is around every screen: the top line (where one is, what is missing), a rule, the message
 * line, the line of keys. On a terminal of few rows the rule and then the lines at the foot make
 * room for the body. Layer: tui.
 */
#ifndef AMPARO_TUI_FRAME_H
#define AMPARO_TUI_FRAME_H

#include "amparo/tui/screen.h"

/* Reads and makes what is stale of the screen, for so many cells. */
void frame_make(struct screen *s, int width);

/* The same, and draws the screen whole; shown at the next read. */
void frame_draw(struct screen *s);

/* Puts a message over what stands there, at once: within work that cannot draw the screen anew. */
void frame_message(const struct app *app, const char *text);

#endif
