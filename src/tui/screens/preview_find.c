/* SPDX-License-Identifier: MIT */
/* Searching in what the preview shows: accents and capitals do not matter. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "preview_work.h"

enum { ABOVE = 2 }; /* lines that stay in sight above what was found */

/* Where the folded words begin in the line, `from` this byte on; PREVIEW_NOWHERE. */
static size_t place_in(const char *line, size_t from, const char *folded)
{
    struct buf key = BUF_INIT;
    size_t at = PREVIEW_NOWHERE;
    text_fold(&key, line + from);
    if (strstr(buf_text(&key), folded))
        for (size_t i = from; line[i] && at == PREVIEW_NOWHERE; i = text_next(line, i)) {
            buf_clear(&key);
            text_fold(&key, line + i);
            if (strncmp(buf_text(&key), folded, strlen(folded)) == 0 && line[i] != ' ')
                at = i;
        }
    buf_release(&key);
    return at;
}

/* The byte of the line after the one in that cell. */
static size_t byte_after(const char *line, int cell)
{
    size_t at = text_fit(line, cell);
    return text_next(line, at);
}

/* From the place found last, or from what is shown, to the end and then from the beginning. *wraps:
 * it was found there. */
static bool find(const struct body *b, struct preview *p, const char *folded, bool *wraps)
{
    bool on = p->found != PREVIEW_NOWHERE && p->found < b->count;
    size_t first = on ? p->found : b->top;
    size_t from = on ? byte_after(b->lines[first].text, p->column) : 0;
    for (size_t i = 0; i <= b->count && b->count; i++) {
        size_t line = (first + i) % b->count;
        size_t at = place_in(b->lines[line].text, i ? 0 : from, folded);
        if (at == PREVIEW_NOWHERE)
            continue;
        *wraps = line < first || i == b->count;
        p->found = line;
        p->column = text_cells_n(b->lines[line].text, at);
        return true;
    }
    p->found = PREVIEW_NOWHERE;
    return false;
}

/* The place found comes into sight, sideways too. */
static void show(struct screen *s)
{
    struct preview *p = s->state;
    struct body *b = &s->body;
    int cols = app_cols(s->app), cells = (int)strlen(p->wanted);
    if (p->found < b->top || p->found >= b->top + (size_t)s->rows)
        preview_go_to(s, p->found > ABOVE ? p->found - ABOVE : 0);
    if (p->shift >= 0 && (p->column < p->shift || p->column + cells > p->shift + cols - 1))
        p->shift = p->column - p->column % PREVIEW_SHIFT;
}

void preview_find_next(struct screen *s)
{
    struct preview *p = s->state;
    struct buf folded = BUF_INIT;
    bool wraps = false;
    text_fold(&folded, p->wanted);
    if (!find(&s->body, p, buf_text(&folded), &wraps)) {
        app_say(s->app, _("%s is not in this text."), p->wanted);
    } else {
        show(s);
        if (wraps)
            app_say(s->app, "%s", _("No further place: on from the beginning."));
    }
    buf_release(&folded);
}

void preview_found(struct screen *below, const char *wanted)
{
    struct preview *p = below->state;
    free(p->wanted);
    p->wanted = xstrdup(wanted);
    p->found = PREVIEW_NOWHERE;
    preview_find_next(below);
}

void preview_find(struct screen *s)
{
    ask_ahead_push(s->app, _("Search in the text"), _("Which words?"), "", preview_found);
}

bool preview_was_searched(const struct screen *s)
{
    return ((const struct preview *)s->state)->wanted != NULL;
}

void preview_find_keep(const struct preview *p, json_t *kept)
{
    if (p->wanted)
        json_object_set_new(kept, "wanted", json_string(p->wanted));
    if (!p->wanted || p->found == PREVIEW_NOWHERE)
        return;
    json_object_set_new(kept, "found", json_integer((json_int_t)p->found));
    json_object_set_new(kept, "column", json_integer(p->column));
}

/* The lines are those that there were, where the text is. */
void preview_find_again(struct preview *p, const json_t *kept)
{
    p->found = PREVIEW_NOWHERE;
    if (!json_object_get(kept, "found"))
        return;
    p->found = (size_t)keep_number(kept, "found");
    p->column = (int)keep_number(kept, "column");
}
