/* SPDX-License-Identifier: MIT */
#include "amparo/tui/helptext.h"

#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"

struct paragraph {
    enum body_style style;
    char *text;
    int indent; /* of its lines after the first */
};

struct helptext {
    char *title;
    struct paragraph *list;
    size_t count, room;
};

static void add(struct helptext *help, enum body_style style, int indent, char *text)
{
    if (help->count == help->room) {
        help->room = help->room ? 2 * help->room : 32;
        help->list = xreallocarray(help->list, help->room, sizeof *help->list);
    }
    help->list[help->count++] = (struct paragraph){style, text, indent};
}

void helptext_add(struct helptext *help, enum body_style style, const char *label, int cells,
                  const char *text)
{
    struct buf line = BUF_INIT;
    if (label)
        column(&line, label, text_cells(label) > cells ? text_cells(label) : cells);
    buf_adds(&line, text);
    add(help, style, label ? cells + 1 : 0, line.data ? buf_detach(&line) : xstrdup(""));
}

void helptext_gap(struct helptext *help)
{
    add(help, BODY_PLAIN, 0, xstrdup(""));
}

static void build(struct screen *s, int width)
{
    const struct helptext *help = s->state;
    for (size_t i = 0; i < help->count; i++) {
        const struct paragraph *p = &help->list[i];
        if (*p->text)
            body_wrap(&s->body, p->style, width, p->indent, p->text);
        else
            body_line(&s->body, BODY_PLAIN, "%s", "");
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct helptext *help = s->state;
    buf_addf(where, "%s: %s", _("Help"), help->title);
    if (s->app->linear)
        return; /* which says so where there is more */
    if (s->rows && s->body.top + (size_t)s->rows < s->body.count)
        buf_adds(right, _("PgDn more, another key goes back"));
    else
        buf_adds(right, _("any key goes back"));
}

static bool event(struct screen *s, const struct term_event *event)
{
    if (!body_event(&s->body, event, s->rows))
        screen_leave(s);
    return true;
}

static void keep(struct screen *s, json_t *kept)
{
    const struct helptext *help = s->state;
    json_t *list = json_array();
    for (size_t i = 0; i < help->count; i++)
        json_array_append_new(list, json_pack("[i, i, s]", (int)help->list[i].style,
                                              help->list[i].indent, help->list[i].text));
    json_object_set_new(kept, "title", json_string(help->title));
    json_object_set_new(kept, "list", list);
}

static void close_state(struct screen *s)
{
    struct helptext *help = s->state;
    for (size_t i = 0; i < help->count; i++)
        free(help->list[i].text);
    free(help->list);
    free(help->title);
    free(help);
}

static const struct command commands[] = {{TK_NONE, NULL, NULL, NULL, NULL, NULL}};

static const struct screen_type helptext_type = {
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

struct helptext *helptext_push(struct app *app, const char *title)
{
    struct helptext *help = xcalloc(1, sizeof *help);
    help->title = xstrdup(title);
    screen_push(app, &helptext_type, help);
    return help;
}

void helptext_reopen(struct app *app, const json_t *kept)
{
    struct helptext *help = helptext_push(app, keep_text(kept, "title"));
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(kept, "list"), i, one)
    {
        const char *text = json_string_value(json_array_get(one, 2));
        add(help, (enum body_style)json_integer_value(json_array_get(one, 0)),
            (int)json_integer_value(json_array_get(one, 1)), xstrdup(text ? text : ""));
    }
}
