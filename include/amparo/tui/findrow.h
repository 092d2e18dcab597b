/* SPDX-License-Identifier: MIT */
/* Finding a row of the list one is in by words in it. Layer: tui. */
#ifndef AMPARO_TUI_FINDROW_H
#define AMPARO_TUI_FINDROW_H

#include "amparo/tui/screen.h"

/* Whether there are rows to find, in a list that has no search of its own. */
bool findrow_works(const struct screen *s);

/* Asks for words, and goes to the next row that has them all; the same words again go on. */
void findrow_push(struct screen *s);
/* The answer to that, on every screen (screen.h). */
void findrow_found(struct screen *below, const char *answer);

#endif
