/* SPDX-License-Identifier: MIT */
#include "amparo/tui/editview.h"

#include <string.h>

#include "amparo/base/text.h"

/* One line of a field, filled with `_`: a letter over it costs one byte, underlined blanks 16. */
static void draw_line(struct terminal *term, int row, int col, int width, const char *text,
                      size_t size)
{
    int used = term_putn(term, row, col, ROLE_FIELD, text, size, width);

    term_fill(term, row, col + used, ROLE_FIELD, '_', width - used);
}

/* Wrapped lines from `first` on. */
static void draw_lines(struct terminal *term, int row, int col, int width, int rows, int first,
                       const char *text)
{
    for (int line = 0; line < first + rows; line++) {
        size_t shown;
        size_t took = text_wrap(text, width, &shown);
        if (line >= first)
            draw_line(term, row + line - first, col, width, text, shown);
        text += took;
    }
}

void edit_draw(struct edit *edit, struct terminal *term, int row, int col, int width, int rows)
{
    const char *text = edit_text(edit);

    if (!edit->lines) {
        edit_scroll(edit, width);
        draw_line(term, row, col, width, text + edit->view, strlen(text + edit->view));
        term_cursor(term, row, col + text_cells_n(text + edit->view, edit->at - edit->view));
        return;
    }
    int cursor_row;
    int cursor_col;
    edit_place(edit, width, &cursor_row, &cursor_col);
    int first = cursor_row < rows ? 0 : cursor_row - rows + 1;
    draw_lines(term, row, col, width, rows, first, text);
    term_cursor(term, row + cursor_row - first, col + cursor_col);
}

void field_draw(struct terminal *term, int row, int col, int width, int rows, enum term_role role,
                const char *text)
{
    if (rows > 1) {
        draw_lines(term, row, col, width, rows, 0, text);
        return;
    }
    bool whole = text_cells(text) <= width;
    int used = term_put(term, row, col, role, text, whole ? width : width - 1);
    if (!whole)
        used += term_put(term, row, col + used, role, "…", 1);
    term_fill(term, row, col + used, ROLE_FIELD, '_', width - used);
}
