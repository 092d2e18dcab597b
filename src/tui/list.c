/* SPDX-License-Identifier: MIT */
#include "amparo/tui/list.h"

void list_count(struct list *list, size_t count)
{
    list->count = count;
    if (list->at >= count)
        list->at = count ? count - 1 : 0;
}

static void move(struct list *list, size_t back, size_t forth)
{
    list->at = list->at > back ? list->at - back : 0;
    list->at += forth;
    list_count(list, list->count);
}

bool list_event(struct list *list, const struct term_event *event, int rows)
{
    size_t page = rows > 1 ? (size_t)rows - 1 : 1;

    if (event->kind != TERM_KEY)
        return false;
    list->top = list->drawn;
    switch (event->key) {
    case TK_UP:
        move(list, 1, 0);
        return true;
    case TK_DOWN:
        move(list, 0, 1);
        return true;
    case TK_PAGE_UP:
        move(list, page, 0);
        return true;
    case TK_PAGE_DOWN:
        move(list, 0, page);
        return true;
    case TK_HOME:
    case TK_FIRST:
        move(list, list->at, 0);
        return true;
    case TK_END:
    case TK_LAST:
        move(list, 0, list->count - list->at);
        return true;
    default:
        return false;
    }
}

size_t list_first(const struct list *list, size_t rows)
{
    size_t top = list->top;

    if (top + rows > list->count)
        top = list->count > rows ? list->count - rows : 0;
    if (list->at < top)
        top = list->at;
    if (list->at >= top + rows)
        top = list->at - rows + 1;
    return top;
}

void list_draw(struct list *list, struct terminal *term, int row, int col, int rows, int cells,
               bool focused, list_row_fn *draw, void *context)
{
    if (rows < 1)
        return;
    size_t top = list->drawn = list_first(list, (size_t)rows);
    for (int i = 0; i < rows && top + (size_t)i < list->count; i++) {
        size_t index = top + (size_t)i;
        if (focused && index == list->at)
            term_put(term, row + i, col, ROLE_FOCUS, ">", 1);
        draw(context, term, index, row + i, col + 1, cells - 1);
    }
    if (focused)
        term_cursor(term, row + (int)(list->at - top), col);
}
