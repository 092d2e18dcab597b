/* SPDX-License-Identifier: MIT */
#include "amparo/tui/working.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/working.h"
#include "amparo/tui/frame.h"

enum {
    SAY_AFTER_MS = 200,
    SAY_EVERY_MS = 1000,
    LOOK_MS = 20, /* how often a key is looked for */
};

struct working {
    int depth;
    char *what;
    int64_t since, looked, said_at; /* ms */
    struct buf said;
};

/* Asked often, and to some milliseconds only. */
static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(struct app *app, struct working *w, int64_t now, uint64_t done, uint64_t total)
{
    struct buf text = BUF_INIT;

    if (total)
        buf_addf(&text, _("%s: %llu of %llu. Esc gives it up."), w->what, (unsigned long long)done,
                 (unsigned long long)total);
    else
        buf_addf(&text, _("%s: this takes a while. Esc gives it up."), w->what);
    if (strcmp(buf_text(&text), buf_text(&w->said)) != 0) {
        frame_message(app, buf_text(&text));
        w->said_at = now;
    }
    buf_release(&w->said);
    w->said = text;
}

bool working_progress(void *ctx, uint64_t done, uint64_t total)
{
    struct app *app = ctx;
    struct working *w = app->working;
    int64_t now = now_ms();
    struct term_event event;

    if (now - w->since < SAY_AFTER_MS || now - w->looked < LOOK_MS)
        return true;
    w->looked = now;
    if (!w->said.size || now - w->said_at >= SAY_EVERY_MS)
        say(app, w, now, done, total);
    app_await(app, &event, 0);
    if (event.kind == TERM_RESIZE)
        buf_clear(&w->said); /* to be said in its new place */
    return app_goes_on(app, &event);
}

void working_begin(struct app *app, const char *what)
{
    if (!app->working)
        app->working = xcalloc(1, sizeof *app->working);
    if (app->working->depth++ || !app->store)
        return;
    app->working->what = xstrdup(what);
    app->working->since = now_ms();
    store_on_work(app->store, working_progress, app);
}

bool working_end(struct app *app, bool done)
{
    struct working *w = app->working;
    bool given_up = !done && app->store && store_work_given_up(app->store);

    if (--w->depth)
        return given_up;
    if (app->store)
        store_on_work(app->store, NULL, NULL);
    if (given_up)
        app_say(app, _("%s: given up; nothing has changed."), w->what);
    buf_release(&w->said);
    free(w->what);
    free(w);
    app->working = NULL;
    return given_up;
}
