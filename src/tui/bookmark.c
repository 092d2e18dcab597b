/* SPDX-License-Identifier: MIT */
#include "amparo/tui/bookmark.h"

#include <string.h>

#include "amparo/base/clock.h"
#include "amparo/base/mem.h"
#include "amparo/store/bookmark.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screen.h"
#include "amparo/tui/screens.h"

enum { KEEP_MS = 2000 };

/* ---- writing ---- */

void bookmark_touch(struct app *app)
{
    if (app->store && !app->unkept_since)
        app->unkept_since = clock_steady_ms();
}

int bookmark_wait(const struct app *app)
{
    if (!app->store || !app->unkept_since)
        return -1;
    int64_t left = app->unkept_since + KEEP_MS - clock_steady_ms();
    return left > 0 ? (int)left : 0;
}

/* What cannot be written now is tried again with the next tick. */
static bool put(struct app *app, char *text)
{
    struct error unsaid = ERROR_INIT;
    bool ok = store_bookmark_put(app->store, text, &unsaid);

    error_release(&unsaid);
    if (app->bookmark)
        free_wiped(app->bookmark);
    app->bookmark = NULL;
    if (ok)
        app->bookmark = text;
    else
        free_wiped(text);
    return ok;
}

void bookmark_now(struct app *app, const json_t *screens)
{
    json_t *asked = screens ? NULL : keep_screens(app);
    char *text = json_dumps(screens ? screens : asked, JSON_COMPACT);
    bool ok = true;

    if (app->bookmark && strcmp(app->bookmark, text) == 0)
        free_wiped(text);
    else
        ok = put(app, text);
    app->unkept_since = ok ? 0 : clock_steady_ms();
    json_decref(asked);
}

void bookmark_tick(struct app *app)
{
    struct screen *s = app_top(app);

    if (!app->store || !app->unkept_since || clock_steady_ms() < app->unkept_since + KEEP_MS)
        return;
    if (s && s->type->idle)
        s->type->idle(s); /* says so where it writes again */
    bookmark_now(app, NULL);
}

void bookmark_drop(struct app *app)
{
    struct error unsaid = ERROR_INIT;

    store_bookmark_drop(app->store, &unsaid);
    error_release(&unsaid);
}

/* ---- taking up ---- */

/* Who was cut off while they were asked is asked the same again. */
static json_t *within(json_t *screens, struct bookmark *left)
{
    json_t *top = json_array_get(screens, json_array_size(screens) - 1);
    json_t *inner = json_incref(json_object_get(top, "left"));

    if (!json_is_array(inner)) {
        json_decref(inner);
        return screens;
    }
    strncpy(left->at, keep_text(top, "at"), sizeof left->at - 1);
    json_decref(screens);
    return inner;
}

/* Where one is at the beginning anyway: that need not be offered. */
static bool is_beginning(const json_t *screens)
{
    const char *on = keep_text(keep_ground(screens), "screen");
    return strcmp(on, "today") == 0 || strcmp(on, "resume") == 0;
}

static bool offer(struct app *app, struct bookmark *left)
{
    json_t *screens = json_loads(left->screens, 0, NULL);
    size_t depth = app->depth;

    if (json_array_size(screens))
        screens = within(screens, left);
    if (is_beginning(screens)) {
        keep_reopen(app, screens);
    } else if (json_array_size(screens)) {
        today_push(app);
        resume_offer(app, screens, left->at);
    }
    json_decref(screens);
    return app->depth > depth;
}

bool bookmark_offer(struct app *app)
{
    struct bookmark left;
    struct error unsaid = ERROR_INIT;
    bool offered =
        store_bookmark_left(app->store, &left, &unsaid) && left.screens && offer(app, &left);

    bookmark_release(&left);
    error_release(&unsaid);
    return offered;
}
