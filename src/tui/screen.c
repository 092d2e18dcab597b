/* SPDX-License-Identifier: MIT */
#include "amparo/tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/screens.h"

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

const struct answer screen_answers[] = {ANSWER(palette_run), ANSWER(actmenu_take), ANSWERS_END};

const struct command screen_commands[] = {
    {TK_F(1), "?", N_("help"), N_("Shows what can be done on this screen, and with which keys."),
     help, NULL},
    {TK_CTRL('P'), NULL, N_("all"), N_("Finds any command by its name."), palette, NULL},
    {TK_CANCEL, "q", N_("back"), N_("Leaves this screen; what was typed is kept."), screen_leave,
     NULL},
    {TK_CTRL('L'), NULL, NULL, N_("Reads the file again and draws the screen anew."), redraw, NULL},
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
    if (app->depth == APP_SCREENS)
        BUG("too many screens");
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
        ok = s->type->load(s, &err);
        if (!ok)
            app_say_error(s->app, &err);
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

static bool is_for(const struct command *command, const struct term_event *event, bool typing)
{
    if (event->kind == TERM_KEY)
        return command->key != TK_NONE && event->key == command->key;
    return event->kind == TERM_TEXT && !typing && command->letter &&
           strcmp(event->text, command->letter) == 0;
}

static bool run_from(const struct command *commands, struct screen *s,
                     const struct term_event *event)
{
    for (const struct command *command = commands; command->run; command++) {
        if (!is_for(command, event, screen_is_typing(s)) || (command->works && !command->works(s)))
            continue;
        command->run(s);
        return true;
    }
    return false;
}

bool screen_command(struct screen *s, const struct term_event *event)
{
    return run_from(s->type->commands, s, event) || run_from(screen_commands, s, event);
}

void command_key(struct buf *out, const struct command *command, bool typing)
{
    if (command->key == TK_CANCEL) {
        buf_adds(out, "Esc");
        return;
    }
    if (command->letter && !typing) {
        buf_adds(out, strcmp(command->letter, " ") == 0 ? _("Space") : command->letter);
        return;
    }
    enum term_key key = command->key;
    if (key == TK_ENTER)
        buf_adds(out, "Enter");
    else if (key >= TK_F1 && key <= TK_F11)
        buf_addf(out, "F%d", (int)(key - TK_F1) + 1);
    else if (key >= TK_CTRL_A && key <= TK_CTRL_Z)
        buf_addf(out, "^%c", (int)(key - TK_CTRL_A) + 'A');
    else if (command->letter)
        buf_adds(out, command->letter);
}
