/* SPDX-License-Identifier: MIT */
/* Help for the screen below, made from its table of commands. Closes on any key but a move. */
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/screens.h"

static void add_commands(struct body *b, const struct screen *of, const struct command *commands,
                         int width)
{
    for (const struct command *c = commands; c->run; c++) {
        struct buf key = BUF_INIT, line = BUF_INIT;
        bool typing = of->type->typing;
        command_key(&key, c, typing);
        if (c->letter && !typing && c->key >= TK_F1 && c->key <= TK_F11)
            buf_addf(&key, " F%d", (int)(c->key - TK_F1) + 1);
        column(&line, buf_text(&key), 8);
        buf_adds(&line, _(c->help));
        body_wrap(b, BODY_PLAIN, width, 9, buf_text(&line));
        buf_release(&key);
        buf_release(&line);
    }
}

static const char *const moving[] = {
    N_("The arrows move the mark, PgUp and PgDn by pages, Home and End to the ends."),
    N_("An F-key is also Esc and then its digit: Esc 2 is F2, Esc 0 is F12."),
    N_("In a form: Enter, Tab and the down arrow go on, Shift-Tab and the up arrow back; F4 "
       "shows the choices, F5 takes the value of last time, Ctrl-U undoes. Nothing needs to be "
       "saved: each field left is in the file."),
    N_("Dates: 14/3/26, 14mar, T (today), T-3, 1998, ~1998, 35a (years old). Times: now, 14:05."),
};

static void build(struct screen *s, int width)
{
    const struct screen *of = s->state;
    struct body *b = &s->body;
    body_wrap(b, BODY_PLAIN, width, 0, _(of->type->about));
    body_line(b, BODY_PLAIN, "%s", "");
    add_commands(b, of, of->type->commands, width);
    add_commands(b, of, screen_commands, width);
    body_line(b, BODY_PLAIN, "%s", "");
    for (size_t i = 0; i < ARRAY_SIZE(moving); i++)
        body_wrap(b, BODY_DIM, width, 0, _(moving[i]));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct screen *of = s->state;
    buf_addf(where, "%s: %s", _("Help"), _(of->type->title));
    buf_adds(right, _("any key goes back"));
}

static bool event(struct screen *s, const struct term_event *event)
{
    if (!body_event(&s->body, event, s->rows))
        screen_leave(s);
    return true;
}

static const struct command commands[] = {{TK_NONE, NULL, NULL, NULL, NULL, NULL}};

static const struct screen_type help_type = {
    .name = "help",
    .title = N_("Help"),
    .about = "",
    .commands = commands,
    .typing = true, /* so that every key comes to it first */
    .build = build,
    .head = head,
    .event = event,
};

void help_push(struct screen *of)
{
    screen_push(of->app, &help_type, of);
}
