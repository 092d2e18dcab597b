/* SPDX-License-Identifier: MIT */
#include "amparo/tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/findrow.h"
#include "amparo/tui/formcommands.h"
#include "amparo/tui/formend.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/records.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/working.h"

static void help(struct screen *s)
{
    help_push(s);
}

static void palette(struct screen *s)
{
    palette_push(s);
}

static void redraw(struct screen *s)
{
    app_redraw(s->app);
    screen_changed(s, true);
}

static void lock(struct screen *s)
{
    app_lock(s->app, false);
}

static bool is_open(const struct screen *s)
{
    return s->app->store != NULL;
}

const struct answer screen_answers[] = {
    ANSWER_AGAIN(palette_run, palette_push),
    ANSWER_AGAIN(language_take, language_push),
    ANSWER(actmenu_take),
    ANSWER(findrow_found),
    ANSWER(formend_go),
    ANSWERS_END,
};

const struct command screen_commands[] = {
    {TK_F(1), "?", N_("help"), N_("Shows what can be done on this screen, and with which keys."),
     help, NULL},
    {TK_CTRL('P'), NULL, N_("all"), N_("Finds any command by its name."), palette, NULL},
    {TK_CANCEL, "q", N_("back"), N_("Leaves this screen; what was typed is kept."), screen_leave,
     NULL},
    {TK_CTRL('L'), NULL, NULL, N_("Reads the file again and draws the screen anew."), redraw, NULL},
    {TK_NONE, NULL, N_("language"), N_("Changes the language: English, español, français."),
     language_push, language_may_change},
    {APP_LOCK_KEY, NULL, NULL, N_("Locks at once: the passphrase goes on in the same place."), lock,
     is_open},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

bool screen_is_typing(const struct screen *s)
{
    return s->type->typing && !s->in_list;
}

void screen_keep_name(struct screen *s, json_t *kept)
{
    (void)s;
    (void)kept;
}

struct screen *screen_push(struct app *app, const struct screen_type *type, void *state)
{
    /* Who goes on and on from screen to screen comes back to the first one a little sooner. */
    if (app->depth == APP_SCREENS)
        screen_remove(app->screens[1]);
    struct screen *s = xcalloc(1, sizeof *s);
    s->type = type;
    s->app = app;
    s->state = state;
    s->stale = true;
    s->serial = ++app->pushed;
    app->screens[app->depth++] = s;
    return s;
}

bool screen_load(struct screen *s)
{
    struct error err = ERROR_INIT;
    bool ok = true;
    if (s->stale && s->type->load) {
        working_begin(s->app, _(s->type->title));
        ok = s->type->load(s, &err);
        if (!working_end(s->app, ok) && !ok)
            app_tell_error(s->app, &err);
        s->width = 0;
    }
    if (ok) {
        json_decref(s->kept);
        s->kept = NULL;
    }
    s->stale = false;
    error_release(&err);
    return ok;
}

void screen_changed(struct screen *s, bool read)
{
    s->width = 0;
    if (read)
        s->stale = true;
}

void screen_free(struct screen *s)
{
    if (s->type->close)
        s->type->close(s);
    json_decref(s->kept);
    body_release(&s->body);
    free(s);
}

void screen_remove(struct screen *s)
{
    struct app *app = s->app;
    size_t at = 0;
    while (at < app->depth && app->screens[at] != s)
        at++;
    if (at == app->depth)
        BUG("a screen that is not open");
    memmove(&app->screens[at], &app->screens[at + 1], (app->depth - at - 1) * sizeof *app->screens);
    app->depth--;
    screen_free(s);
}

void screen_leave(struct screen *s)
{
    struct app *app = s->app;
    screen_remove(s);
    struct screen *top = app_top(app);
    if (!top) {
        app_end(app);
        return;
    }
    screen_changed(top, false);
    if (top->type->back)
        top->type->back(top);
}

bool screen_quit(struct screen *s)
{
    struct app *app = s->app;
    const struct term_event event = {.kind = TERM_KEY, .key = TK_CANCEL};
    size_t depth = app->depth;
    if (!s->type->typing || !s->type->event || !s->type->event(s, &event))
        screen_leave(s);
    return app->depth < depth;
}

void screen_tables(const struct screen *s, const struct command *tables[SCREEN_TABLES])
{
    static const struct command none[] = {{TK_NONE, NULL, NULL, NULL, NULL, NULL}};
    tables[0] = s->type->commands;
    tables[1] = s->type->form ? form_commands : none;
    tables[2] = record_commands;
    tables[3] = screen_commands;
}

bool command_works(const struct screen *s, const struct command *command)
{
    return !command->works || command->works(s);
}

void command_press(struct screen *s)
{
    (void)s;
    BUG("a key of the form that was not pressed there");
}

void command_run(struct screen *s, const struct command *command)
{
    const struct term_event event = {.kind = TERM_KEY, .key = command->key};
    if (command->run == command_press)
        s->type->event(s, &event);
    else
        command->run(s);
}

struct screen *screen_below(const struct screen *s)
{
    const struct app *app = s->app;
    for (size_t i = 1; i < app->depth; i++)
        if (app->screens[i] == s)
            return app->screens[i - 1];
    return NULL;
}

/* What Enter on a row opened is one of the records of that list. */
static void mark_opened(struct app *app, const struct screen *s, size_t depth)
{
    if (app->depth == depth + 1 && app->screens[depth - 1] == s)
        app_top(app)->opened = true;
}

bool screen_command(struct screen *s, const struct term_event *event)
{
    const struct command *tables[SCREEN_TABLES];
    struct app *app = s->app;
    size_t depth = app->depth;
    screen_tables(s, tables);
    for (size_t i = 0; i < SCREEN_TABLES; i++)
        for (const struct command *c = tables[i]; c->run; c++) {
            if (c->run == command_press || !command_is_for(c, event, screen_is_typing(s)) ||
                !command_works(s, c))
                continue;
            c->run(s);
            if (c->key == TK_ENTER)
                mark_opened(app, s, depth);
            return true;
        }
    return false;
}
