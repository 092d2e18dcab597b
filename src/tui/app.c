/* SPDX-License-Identifier: MIT */
#include "amparo/tui/app.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/store/settings.h"
#include "amparo/store/witness.h"
#include "amparo/tui/bookmark.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/formcommands.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/lastfile.h"
#include "amparo/tui/linear.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/speech.h"

enum {
    LOOK_MS = 2000, /* how often what is being typed is kept, and others' work is looked for */
};

struct screen *app_top(const struct app *app)
{
    return app->depth ? app->screens[app->depth - 1] : NULL;
}

void app_say(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_clear(&app->message);
    buf_vaddf(&app->message, format, args);
    va_end(args);
}

/* All screens work on one file: its name before a message, in its folder or by itself, would leave
 * no room for the rest. */
static const char *without_path(const struct app *app, const char *text)
{
    const char *path = app->path ? app->path : "";
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *end = strstr(text, ": ");
    size_t size = strlen(name);
    if (!size || !end || (size_t)(end - text) < size || memcmp(end - size, name, size) != 0)
        return text;
    return end - size == text || end[-(ptrdiff_t)size - 1] == '/' ? end + 2 : text;
}

void app_tell_error(struct app *app, struct error *err)
{
    const char *text = without_path(app, error_text(err));
    app_say(app, "%.*s", (int)strcspn(text, "\n"), text);
    error_clear(err);
}

void app_say_error(struct app *app, struct error *err)
{
    app_tell_error(app, err);
    app_must_be_read(app);
}

void app_must_be_read(struct app *app)
{
    app->unread = true;
}

void app_changed(struct app *app)
{
    for (size_t i = 0; i < app->depth; i++)
        screen_changed(app->screens[i], true);
    if (app->store)
        app->changes = store_changes(app->store);
    app->wrote = true;
}

/* Once, before what else is said, at the opening or after what filled the disk. */
static void warn_of_room(struct app *app)
{
    uint64_t left;
    if (!app->store || !app->wrote)
        return;
    app->wrote = false;
    bool little = store_room_is_little(app->store, &left);
    if (little && !app->warned) {
        char *said = xstrdup(buf_text(&app->message));
        app_say(app, _("Only %llu MiB are left on the disk. %s"), (unsigned long long)(left >> 20),
                said);
        free(said);
    }
    app->warned = little;
}

bool app_skips(const struct app *app)
{
    long skip = setting_type(SETTING_SKIP)->usual;
    settings_number(app->store, SETTING_SKIP, &skip, NULL);
    return skip;
}

struct instant app_now(const struct app *app)
{
    char now[40];
    struct instant at;
    if (app->store && instant_parse(store_now(app->store, now), &at))
        return at;
    return clock_now();
}

void app_lock(struct app *app, bool stop)
{
    app->locking = stop ? APP_LOCK_AND_STOP : APP_LOCK;
}

void app_end(struct app *app)
{
    app->ending = true;
}

/* Another program wrote to the file: what is shown is read again, what is typed stays. */
static void look_for_others(struct app *app)
{
    if (app->store && store_changes(app->store) != app->changes)
        app_changed(app);
}

int64_t app_steady(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void lock_when_idle(struct app *app)
{
    if (app->store && app_steady() - app->touched >= app->lock_after)
        app_lock(app, false);
}

/* What takes the terminal away from us. */
static void leave_it(struct app *app, enum term_event_kind kind)
{
    if (kind == TERM_HANGUP) {
        app->hung_up = true;
        app_end(app);
    } else if (app->store) {
        app_lock(app, true);
    } else if (app->linear) {
        linear_suspend(app->linear);
    } else {
        term_suspend(app->term);
    }
}

bool app_goes_on(struct app *app, const struct term_event *event)
{
    bool taken = event->kind == TERM_HANGUP || event->kind == TERM_SUSPEND;

    if (taken)
        leave_it(app, event->kind);
    return !taken && event->kind != TERM_KEY; /* no other key comes through than what gives up */
}

/* Eyes are on the paper, not on the line of keys: a key that did nothing says so. It is not named:
 * the same again costs nothing on a slow line. */
static void say_useless(struct app *app, const struct screen *s, const struct term_event *event)
{
    bool meant =
        event->kind == TERM_TEXT || (event->kind == TERM_KEY && key_meaning(event->key) != NULL);
    if (meant && !app->message.size)
        app_say(app, "%s",
                screen_is_typing(s) ? _("That key did nothing here; F1 helps.")
                                    : _("That key did nothing here; ? helps."));
}

void app_take(struct app *app, const struct term_event *event)
{
    struct screen *s = app_top(app);
    switch (event->kind) {
    case TERM_HANGUP:
    case TERM_SUSPEND:
        leave_it(app, event->kind);
        return;
    case TERM_RESIZE:
        screen_changed(s, false);
        return;
    case TERM_TIMEOUT:
        if (s->type->idle)
            s->type->idle(s);
        look_for_others(app);
        lock_when_idle(app);
        return;
    case TERM_READY:
        s->type->ready(s);
        return;
    default:
        break;
    }
    app->touched = app_steady();
    bookmark_touch(app);
    buf_clear(&app->message);
    form_command_explain(s, event);
    /* Help closes at any key, and here it may not take two. */
    if (app->store && event->kind == TERM_KEY && event->key == APP_LOCK_KEY) {
        app_lock(app, false);
        return;
    }
    /* A form takes its own keys first, and so does work that is given up; elsewhere the commands
     * do. */
    bool first = s->type->typing || (s->type->busy && s->type->busy(s));
    if (first && s->type->event && s->type->event(s, event))
        return;
    if (screen_command(s, event))
        return;
    if (!first && s->type->event && s->type->event(s, event))
        return;
    if (!body_event(&s->body, event, s->rows))
        say_useless(app, s, event);
}

int app_patience(const struct app *app)
{
    int usual = app->store ? LOOK_MS : -1;
    int wanted = bookmark_wait(app);
    const struct screen *s = app_top(app);

    if (s && s->type->behind && s->type->behind(s))
        return 0;
    return wanted < 0 || (usual >= 0 && usual < wanted) ? usual : wanted;
}

/* ---- the two faces ---- */

void app_await(struct app *app, struct term_event *event, int timeout_ms)
{
    if (app->linear)
        linear_await(app->linear, event, timeout_ms);
    else
        term_await(app->term, event, timeout_ms);
}

void app_watch(struct app *app, int fd)
{
    if (app->linear)
        linear_watch(app->linear, fd);
    else
        term_watch(app->term, fd);
}

void app_redraw(struct app *app)
{
    if (app->linear)
        linear_again(app);
    else
        term_redraw(app->term);
}

int app_cols(const struct app *app)
{
    return app->linear ? LINEAR_WIDTH : term_cols(app->term);
}

/* Shows the screen, waits for what is done there, and does it. */
static void turn(struct app *app)
{
    struct screen *s = app_top(app);
    struct term_event event;

    frame_draw(s);
    if (app->unread) {
        app->unread = false;
        term_flush(app->term);
    }
    if (s->type->busy && s->type->busy(s))
        term_await(app->term, &event, app_patience(app));
    else
        term_read(app->term, &event, app_patience(app));
    app_take(app, &event);
}

static void loop(struct app *app)
{
    while (!app->ending && !app->locking && app_top(app)) {
        if (app->linear)
            linear_turn(app);
        else
            turn(app);
        bookmark_tick(app);
        warn_of_room(app);
    }
}

/* From the top down, so that each can still keep its draft. */
static void close_screens(struct app *app)
{
    while (app->depth) {
        struct screen *s = app->screens[--app->depth];
        if (s->type->idle && app->store)
            s->type->idle(s);
        screen_free(s);
    }
}

static enum term_line line_of(const struct tui_options *options)
{
    if (!options->line)
        return TERM_LINE_AUTO;
    return strcmp(options->line, "slow") == 0 ? TERM_LINE_SLOW : TERM_LINE_FAST;
}

/* What the officer may copy down before the terminal is closed: the state that was left behind. */
static char *closing_line(struct app *app)
{
    struct witness witness;
    char code[WITNESS_SIZE];

    if (!app->store || !store_witness(app->store, &witness, NULL))
        return NULL;
    return xasprintf(_("Witness of %s: %s"), app->path, witness_print(&witness, code));
}

/* First of all nothing is to be seen any more; what then still waits for the disk can wait. */
static void seal(struct app *app)
{
    app->ending = true;
    if (app->linear) {
        linear_conceal(app->linear);
    } else {
        term_begin(app->term);
        term_paint_now(app->term);
    }
    json_t *screens = keep_screens(app);
    locked_seal(&app->locked, app->store, screens);
    bookmark_now(app, screens); /* also a locked program can be killed */
    json_decref(screens);
    app->locked.suspend = app->locking == APP_LOCK_AND_STOP;
}

/* Closes the file and gives the terminal back, or on to the run that follows. */
static void leave(struct app *app)
{
    if (app->store && app->hung_up)
        bookmark_now(app, NULL);
    else if (app->store && !app->locking)
        bookmark_drop(app);
    close_screens(app);
    char *witness = closing_line(app);
    if (witness) {
        free(app->locked.witness);
        app->locked.witness = witness;
    }
    store_close(app->store);
    if (app->linear)
        linear_close(app->linear);
    else if (app->locking == APP_LOCK)
        term_hand_on(app->term, &app->locked.modes);
    else
        term_close(app->term);
    if (!app->locking && app->locked.witness)
        puts(app->locked.witness);
}

/* The file that is to be opened, and what an earlier run left of it. */
static bool begin(struct app *app, struct error *err)
{
    const struct tui_options *options = app->options;
    locked_init(&app->locked);
    if (options->locked >= 0 && !locked_read(options->locked, &app->locked, err))
        return false;
    if (app->locked.path)
        app->path = xstrdup(app->locked.path);
    else
        app->path = options->file ? xstrdup(options->file) : lastfile_get();
    speech_begin(app);
    if (app->locked.suspend)
        raise(SIGTSTP);
    if (options->linear)
        app->linear = linear_open();
    else
        app->term = term_take_over(line_of(options), &app->locked.modes, err);
    buf_clear(&app->locked.modes);
    app->touched = app_steady();
    if (!app->path && !app->linear &&
        !app->term) /* more to the point than where it cannot be shown */
        error_set(err, ERROR_INPUT, "%s",
                  _("no case file was used here before: amparo FILE opens one, amparo init FILE "
                    "makes one, amparo demo DIR shows how it works"));
    return app->linear || app->term;
}

bool tui_run(const struct tui_options *options, int *locked, struct error *err)
{
    struct app app = {.options = options, .wrote = true};
    bool ok = begin(&app, err);

    *locked = -1;
    if (ok) {
        if (app.path && access(app.path, F_OK) == 0)
            unlock_push(&app);
        else
            welcome_push(&app);
        loop(&app);
        /* Another officer's typing may be nowhere but here. */
        if (app.store && !app.hung_up && locked_unwritten(&app.locked))
            app_lock(&app, false);
        if (app.locking)
            seal(&app);
        leave(&app);
    }
    if (ok && app.locking) {
        free(app.locked.path);
        app.locked.path = xstrdup(app.path);
        free(app.locked.language);
        app.locked.language = xstrdup(locale_language());
        *locked = locked_write(&app.locked, err);
        ok = *locked >= 0;
    }
    locked_release(&app.locked);
    buf_release(&app.message);
    if (app.bookmark)
        free_wiped(app.bookmark);
    buf_release(&app.find);
    free(app.path);
    return ok;
}
