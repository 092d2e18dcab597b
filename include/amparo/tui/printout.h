/* SPDX-License-Identifier: MIT */
/*
 * A text from a screen to a printer or into a file; what came of it stands in the message line.
 * Layer: tui; uses paper.
 */
#ifndef AMPARO_TUI_PRINTOUT_H
#define AMPARO_TUI_PRINTOUT_H

#include "amparo/tui/screen.h"

/*
 * Hands it to a printer (NULL: the usual one). What takes longer shows how far it is, above the
 * screen that stands there, and can be given up.
 */
void printout_send(struct screen *s, const char *printer, const struct buf *text);

/* Writes it into a new file; `~/` is the officer's own folder. */
void printout_write(struct screen *s, const char *path, const struct buf *text);

#endif
