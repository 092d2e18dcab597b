/* SPDX-License-Identifier: MIT */
/* Text into the cells of the screen to come. */
#include "amparo/tui/term.h"

#include <string.h>
#include <wchar.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "term_work.h"

int term_rows(const struct terminal *term)
{
    (void)term;
    return LINES;
}

int term_cols(const struct terminal *term)
{
    (void)term;
    return COLS;
}

void term_begin(struct terminal *term)
{
    erase();
    term->row = LINES - 1;
    term->col = 0;
}

/* One shown cluster; ncurses keeps at most a base and CCHARW_MAX - 1 marks in a cell. */
static void put_cluster(int row, int col, const char *text, size_t size)
{
    wchar_t wide[TERM_TEXT_MAX];
    mbstate_t state = {0};
    attr_t attributes;
    short pair;

    size_t count = mbsnrtowcs(wide, &text, size, ARRAY_SIZE(wide), &state);
    move(row, col);
    if (count == (size_t)-1) {
        addch('?');
        return;
    }
    attr_get(&attributes, &pair, NULL);
    for (size_t at = 0, next; at < count; at = next) {
        /* Spacing parts of one cluster (as in Indic scripts) each have their own cell. */
        for (next = at + 1; next < count && wcwidth(wide[next]) == 0;)
            next++;
        wchar_t cell[CCHARW_MAX + 1] = {0};
        wmemcpy(cell, wide + at, next - at < CCHARW_MAX ? next - at : CCHARW_MAX);
        cchar_t built;
        if (setcchar(&built, cell, attributes, pair, NULL) == OK)
            add_wch(&built);
    }
}

int term_putn(struct terminal *term, int row, int col, enum term_role role, const char *text,
              size_t size, int cells)
{
    struct buf shown = BUF_INIT;
    int used = 0;

    text_shown(&shown, text, size);
    term_set_role(term, role);
    const char *all = buf_text(&shown);
    for (size_t at = 0, next; all[at]; at = next) {
        next = text_next(all, at);
        int wide = text_cells_n(all + at, next - at);
        if (used + wide > cells)
            break;
        int at_col = col + used;
        if (row >= 0 && row < LINES && at_col >= 0 && at_col + wide <= COLS)
            put_cluster(row, at_col, all + at, next - at);
        used += wide;
    }
    buf_release(&shown);
    return used;
}

int term_put(struct terminal *term, int row, int col, enum term_role role, const char *text,
             int cells)
{
    return term_putn(term, row, col, role, text, strlen(text), cells);
}

void term_fill(struct terminal *term, int row, int col, enum term_role role, char fill, int cells)
{
    if (row < 0 || row >= LINES || col < 0 || col >= COLS)
        return;
    term_set_role(term, role);
    if (cells > COLS - col)
        cells = COLS - col;
    for (int i = 0; i < cells; i++)
        mvaddch(row, col + i, (chtype)(unsigned char)fill);
}

void term_rule(struct terminal *term, int row)
{
    if (term->plain) {
        term_fill(term, row, 0, ROLE_NORMAL, '-', COLS);
        return;
    }
    term_set_role(term, ROLE_DIM);
    mvhline_set(row, 0, WACS_HLINE, COLS);
}

void term_cursor(struct terminal *term, int row, int col)
{
    term->row = row < 0 ? 0 : row < LINES ? row : LINES - 1;
    term->col = col < 0 ? 0 : col < COLS ? col : COLS - 1;
}
