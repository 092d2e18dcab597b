/* SPDX-License-Identifier: MIT */
#include "amparo/tui/helptext.h"

#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"

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
    .close = close_state,
};

struct helptext *helptext_push(struct app *app, const char *title)
{
    struct helptext *help = xcalloc(1, sizeof *help);
    help->title = xstrdup(title);
    screen_push(app, &helptext_type, help);
    return help;
}
