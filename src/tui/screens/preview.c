/* SPDX-License-Identifier: MIT */
/* A text to read page by page, to be printed or, where something waits for it, to be agreed to. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/screens.h"

struct preview_state {
    char *title, *text;
    void (*accept)(struct screen *below); /* NULL: only to read */
};

/* Line by line as it will be on paper; a form feed becomes a rule of dots. */
static void build(struct screen *s, int width)
{
    const struct preview_state *state = s->state;
    for (const char *at = state->text; *at;) {
        size_t line = strcspn(at, "\n\f");
        if (at[line] == '\f' && !line)
            body_line(&s->body, BODY_DIM, "%s", "- - - - - - - -");
        else if (width >= 80)
            body_line(&s->body, BODY_PLAIN, "%.*s", (int)line, at);
        else {
            size_t margin = strspn(at, " ");
            char *text = margin < line ? xstrndup(at + margin, line - margin) : xstrdup("");
            if (*text)
                body_wrap(&s->body, BODY_PLAIN, width, 0, text);
            else
                body_line(&s->body, BODY_PLAIN, "%s", "");
            free(text);
        }
        at += line + (at[line] != 0);
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct preview_state *state = s->state;
    buf_adds(where, state->title);
    if (s->body.count && s->rows)
        buf_addf(right, "%zu-%zu / %zu", s->body.top + 1,
                 s->body.top + (size_t)s->rows < s->body.count ? s->body.top + (size_t)s->rows
                                                               : s->body.count,
                 s->body.count);
}

static bool waited_for(const struct screen *s)
{
    return ((const struct preview_state *)s->state)->accept != NULL;
}

static void accept(struct screen *s)
{
    struct preview_state *state = s->state;
    struct app *app = s->app;
    void (*then)(struct screen *) = state->accept;
    screen_leave(s);
    if (app_top(app))
        then(app_top(app));
}

static void print(struct screen *s)
{
    const struct preview_state *state = s->state;
    struct error err = ERROR_INIT;
    app_say(s->app, "%s", _("Handing it to the printer."));
    frame_draw(s);
    term_paint_now(s->app->term);
    if (output_print(NULL, state->text, strlen(state->text), NULL, &err))
        app_say(s->app, "%s", _("Handed to the printer."));
    else
        app_say_error(s->app, &err);
    error_release(&err);
}

static void write_file(struct screen *s, const char *path)
{
    const struct preview_state *state = s->state;
    struct error err = ERROR_INIT;
    if (output_file(path, state->text, strlen(state->text), &err))
        app_say(s->app, _("Written to %s. It is not encrypted there."), path);
    else
        app_say_error(s->app, &err);
    error_release(&err);
}

static void ask_file(struct screen *s)
{
    ask_push(s->app, _("Into a file"),
             _("Into which new file? It is written as plain text: whoever gets the file can read "
               "it."),
             "", write_file);
}

static bool may_print(const struct screen *s)
{
    return !waited_for(s);
}

static void close_state(struct screen *s)
{
    struct preview_state *state = s->state;
    free(state->title);
    free(state->text);
    free(state);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("record"), N_("Records it: the number is given now."), accept, waited_for},
    {TK_NONE, "p", N_("print"), N_("Hands the text to the printer (lp)."), print, may_print},
    {TK_NONE, "o", N_("to a file"), N_("Writes the text into a new file."), ask_file, may_print},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type preview_type = {
    .name = "preview",
    .title = N_("A document"),
    .about = N_("The text as it is printed. The arrows and PgUp, PgDn scroll."),
    .commands = commands,
    .build = build,
    .head = head,
    .close = close_state,
};

void preview_ask(struct app *app, const char *title, char *text, void (*then)(struct screen *below))
{
    struct preview_state *state = xcalloc(1, sizeof *state);
    state->title = xstrdup(title);
    state->text = text;
    state->accept = then;
    screen_push(app, &preview_type, state);
}

void preview_push(struct app *app, const char *title, char *text)
{
    preview_ask(app, title, text, NULL);
}
