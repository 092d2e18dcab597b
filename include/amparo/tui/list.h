/* SPDX-License-Identifier: MIT */
/*
 * A list one moves in: `>` and the cursor on the chosen row. Layer: tui; uses term. It holds no
 * rows, only where one is: the rows stay with the screen, which draws each when asked.
 */
#ifndef AMPARO_TUI_LIST_H
#define AMPARO_TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/tui/term.h"

struct list {
    size_t count;
    size_t at;    /* the chosen row; 0 in an empty list */
    size_t top;   /* the first row shown, as the last key left it */
    size_t drawn; /* the same as drawn since, for so many rows as there were */
};

/* So many rows; what was chosen stays so where it can. */
void list_count(struct list *list, size_t count);

/* The first row shown of so many: the chosen one is among them, and none is left empty that could be
 * filled. */
size_t list_first(const struct list *list, size_t rows);

/* Takes Up, Down, Home, End, Ctrl-Home, Ctrl-End, PgUp, PgDn; `rows` as last drawn. */
bool list_event(struct list *list, const struct term_event *event, int rows);

/* Draws the content of row `index` at (row, col), at most `cells` cells. */
typedef void list_row_fn(void *context, struct terminal *term, size_t index, int row, int col,
                         int cells);

/*
 * Draws `rows` rows from (row, col) on, `cells` wide: the content from the second cell on; where
 * `focused`, the marker in the first cell of the chosen row, and the cursor on it.
 */
void list_draw(struct list *list, struct terminal *term, int row, int col, int rows, int cells,
               bool focused, list_row_fn *draw, void *context);

#endif
