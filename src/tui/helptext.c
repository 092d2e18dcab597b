/* SPDX-License-Identifier: MIT */
#include "amparo/tui/helptext.h"

#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screentypes.h"

enum { NARROW = 60 };
enum { WORDS = 10 }; /* cells of a label from which on it is words, not a key */

struct paragraph {
    enum body_style style;
    char *label; /* or NULL */
    int cells;   /* of the label's column */
    char *text;
};

struct helptext {
    char *title;
    struct paragraph *list;
    size_t count, room;
};

void helptext_add(struct helptext *help, enum body_style style, const char *label, int cells,
                  const char *text)
{
    if (help->count == help->room) {
        help->room = help->room ? 2 * help->room : 32;
        help->list = xreallocarray(help->list, help->room, sizeof *help->list);
    }
    help->list[help->count++] =
        (struct paragraph){style, label ? xstrdup(label) : NULL, cells, xstrdup(text)};
}

void helptext_gap(struct helptext *help)
{
    helptext_add(help, BODY_PLAIN, NULL, 0, "");
}

/* A word is followed by its text where there is little room, a key keeps its column. */
static void add_paragraph(struct body *b, const struct paragraph *p, int width)
{
    struct buf line = BUF_INIT;
    bool beside = width >= NARROW || (p->label && p->cells < WORDS);
    int cells = p->label && text_cells(p->label) > p->cells ? text_cells(p->label) : p->cells;
    if (p->label && beside)
        column(&line, p->label, cells);
    else if (p->label)
        buf_addf(&line, "%s%s", p->label, label_colon());
    buf_adds(&line, p->text);
    body_wrap(b, p->style, width, !p->label ? 0 : beside ? p->cells + 1 : 1, buf_text(&line));
    buf_release(&line);
}

void helptext_build(const struct helptext *help, struct body *b, int width)
{
    for (size_t i = 0; i < help->count; i++) {
        const struct paragraph *p = &help->list[i];
        if (*p->text)
            add_paragraph(b, p, width);
        else if (width >= NARROW)
            body_line(b, BODY_PLAIN, "%s", "");
    }
}

static void build(struct screen *s, int width)
{
    helptext_build(s->state, &s->body, width);
}

/* A screen of it less one row, which one has read on the screen before. */
static int page_rows(const struct screen *s)
{
    return s->rows > 1 ? s->rows - 1 : 1;
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct helptext *help = s->state;
    size_t rows = s->rows > 0 ? (size_t)s->rows : 1, step = (size_t)page_rows(s);
    size_t pages = s->body.count > rows ? (s->body.count - rows + step - 1) / step + 1 : 1;
    size_t page = (s->body.top + step - 1) / step + 1;
    buf_addf(where, "%s%s%s", _("Help"), label_colon(), help->title);
    if (s->app->linear)
        return; /* which says so where there is more */
    if (pages == 1)
        buf_adds(right, _("any key goes back"));
    else if (app_cols(s->app) < NARROW)
        buf_addf(right, "%zu/%zu", page, pages);
    else
        buf_addf(right, _("%zu/%zu: PgDn, PgUp; another key goes back"), page, pages);
}

static bool event(struct screen *s, const struct term_event *event)
{
    bool longer = s->body.count > (size_t)s->rows;
    bool turns =
        event->kind == TERM_KEY && (event->key == TK_PAGE_DOWN || event->key == TK_PAGE_UP);
    if (!longer || !turns || !body_event(&s->body, event, s->rows))
        screen_leave(s);
    return true;
}

static void keep(struct screen *s, json_t *kept)
{
    const struct helptext *help = s->state;
    json_t *list = json_array();
    for (size_t i = 0; i < help->count; i++) {
        const struct paragraph *p = &help->list[i];
        json_array_append_new(
            list, json_pack("[i, s?, i, s]", (int)p->style, p->label, p->cells, p->text));
    }
    json_object_set_new(kept, "title", json_string(help->title));
    json_object_set_new(kept, "list", list);
}

void helptext_free(struct helptext *help)
{
    for (size_t i = 0; i < help->count; i++) {
        free(help->list[i].label);
        free(help->list[i].text);
    }
    free(help->list);
    free(help->title);
    free(help);
}

static void close_state(struct screen *s)
{
    helptext_free(s->state);
}

static const struct command commands[] = {{TK_NONE, NULL, NULL, NULL, NULL, NULL}};

const struct screen_type helptext_type = {
    .name = "help",
    .title = N_("Help"),
    .about = "",
    .commands = commands,
    .passing = true,
    .typing = true, /* so that every key comes to it first */
    .build = build,
    .head = head,
    .event = event,
    .keep = keep,
    .close = close_state,
};

struct helptext *helptext_new(const char *title)
{
    struct helptext *help = xcalloc(1, sizeof *help);
    help->title = xstrdup(title);
    return help;
}

void helptext_show(struct app *app, struct helptext *help)
{
    screen_push(app, &helptext_type, help);
}

void helptext_reopen(struct app *app, const json_t *kept)
{
    struct helptext *help = helptext_new(keep_text(kept, "title"));
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(kept, "list"), i, one)
    {
        const char *text = json_string_value(json_array_get(one, 3));
        helptext_add(help, (enum body_style)json_integer_value(json_array_get(one, 0)),
                     json_string_value(json_array_get(one, 1)),
                     (int)json_integer_value(json_array_get(one, 2)), text ? text : "");
    }
    helptext_show(app, help);
}
