/* SPDX-License-Identifier: MIT */
#include "amparo/tui/searched.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/tui/editview.h"

enum { CELLS = 40 };

void searched_draw(struct searched *list, struct screen *s, struct terminal *term, int row,
                   int rows)
{
    int cols = term_cols(term);
    const char *label = _("Search");
    int col = 1 + term_put(term, row, 1, ROLE_LABEL, label, cols - 2) + 1;
    int width = cols - col - 2 < CELLS ? cols - col - 2 : CELLS;
    if (rows > 2)
        body_draw(&s->body, term, row + 2, rows - 2);
    else if (rows > 1)
        body_draw(&s->body, term, row + 1, rows - 1);
    if (!list->moved)
        term_put(term, row, 0, ROLE_FOCUS, ">", 1);
    if (list->moved)
        field_draw(term, row, col, width, 1, ROLE_FIELD, edit_text(&list->query));
    else
        edit_draw(&list->query, term, row, col, width, 1);
}

void typed_draw(struct edit *typed, const char *label, struct screen *s, struct terminal *term,
                int row, int rows)
{
    int cols = term_cols(term), col = 1 + term_put(term, row, 1, ROLE_LABEL, label, cols - 2) + 1;
    int gap = rows > 6 ? 2 : 1;
    if (rows > gap)
        body_draw(&s->body, term, row + gap, rows - gap);
    term_put(term, row, 0, ROLE_FOCUS, ">", 1);
    edit_draw(typed, term, row, col, cols - col - 2, 1);
}

bool typed_event(struct edit *typed, struct screen *s, const struct term_event *event)
{
    bool scrolls =
        event->kind == TERM_KEY && (event->key == TK_UP || event->key == TK_DOWN ||
                                    event->key == TK_PAGE_UP || event->key == TK_PAGE_DOWN);
    return scrolls ? body_event(&s->body, event, s->rows - 2)
                   : edit_event(typed, event, app_cols(s->app) - 3);
}

void searched_line(struct searched *list, struct screen_line *out)
{
    *out = (struct screen_line){_("Search"), &list->query, true};
}

bool searched_event(struct searched *list, struct screen *s, const struct term_event *event)
{
    bool moves = event->kind == TERM_KEY &&
                 (event->key == TK_UP || event->key == TK_DOWN || event->key == TK_PAGE_UP ||
                  event->key == TK_PAGE_DOWN || event->key == TK_TAB || event->key == TK_BACKTAB);
    if (moves) {
        bool first = list->moved || event->key != TK_DOWN;
        list->moved = true;
        return first ? body_event(&s->body, event, s->rows - 2) : true;
    }
    /* In the list / goes back to the field, as F3 does. */
    if (list->moved && event->kind == TERM_TEXT && strcmp(event->text, "/") == 0) {
        list->moved = false;
        return true;
    }
    if (!edit_event(&list->query, event, CELLS))
        return false;
    list->moved = false;
    s->body.focus = s->body.top = 0;
    screen_changed(s, true);
    return true;
}
