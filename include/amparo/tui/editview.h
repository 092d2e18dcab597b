/* SPDX-License-Identifier: MIT */
/* How a value being edited looks. Layer: tui; uses edit and term. */
#ifndef AMPARO_TUI_EDITVIEW_H
#define AMPARO_TUI_EDITVIEW_H

#include <stdbool.h>

#include "amparo/tui/edit.h"
#include "amparo/tui/term.h"

/*
 * Draws the edit in a field of so many cells and rows (1 for a single line), scrolled to the
 * cursor, and puts the terminal's cursor there. One cell behind the field must be free: the cursor
 * stands in it when the field is full.
 */
void edit_draw(struct edit *edit, struct terminal *term, int row, int col, int width, int rows);

/*
 * A value as such a field shows it when one is elsewhere: "____" where it is empty, "…" at the end
 * where more follows. The text has that role, ROLE_FIELD where nothing is to be told of it.
 */
void field_draw(struct terminal *term, int row, int col, int width, int rows, enum term_role role,
                const char *text);

#endif
