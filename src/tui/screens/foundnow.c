/* SPDX-License-Identifier: MIT */
/* All that was said of a new case file, once more; and its making, in one piece. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/founding.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/strength.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/unlocking.h"

enum { LABEL = 17 };

struct foundnow {
    struct founding *f;
    struct unlocking *making;   /* or NULL */
    struct unlocking *given_up; /* and not at its end, or NULL */
};

static void add(struct body *b, int width, const char *label, const char *text)
{
    struct buf line = BUF_INIT;
    column(&line, label, LABEL);
    buf_adds(&line, text);
    body_wrap(b, BODY_PLAIN, width, LABEL + 1, buf_text(&line));
    buf_release(&line);
}

static void build(struct screen *s, int width)
{
    const struct founding *f = ((const struct foundnow *)s->state)->f;
    struct body *b = &s->body;
    const char *kind = code_label(field_find(founding_type.fields, "kind")->codes, f->post.kind);
    struct strength worth = strength_of(f->secret.bytes, f->secret.length, NULL);
    struct buf words = BUF_INIT;
    body_wrap(b, BODY_PLAIN, width, 0,
              _("F2 makes the case file. Then come its three recovery sheets: have pen and paper, "
                "or a printer, and three envelopes at hand."));
    body_line(b, BODY_PLAIN, "%s", "");
    add(b, width, _("State"), country_name(f->post.state, reader_language));
    add(b, width, _("Post"), f->post.name);
    add(b, width, _("Kind"), kind ? _(kind) : f->post.kind);
    add(b, width, _("City"), f->post.city);
    add(b, width, _("Country"), country_name(f->post.country, reader_language));
    add(b, width, _("Code"), f->post.code);
    add(b, width, _("Your name"), f->officer);
    add(b, width, _("Case file"), f->path);
    buf_addf(&words, n_("%zu word", "%zu words", worth.words), worth.words);
    add(b, width, _("Passphrase"), buf_text(&words));
    buf_release(&words);
}

static void make(struct screen *s)
{
    struct foundnow *state = s->state;
    const struct founding *f = state->f;
    struct error err = ERROR_INIT;
    state->making = unlocking_begin_new(f->path, &f->post, f->officer,
                                        passentry_passphrase(&f->secret), state->given_up, &err);
    state->given_up = NULL;
    if (state->making) {
        app_watch(s->app, unlocking_fd(state->making));
        app_say(s->app, "%s", _("Making the case file. Esc gives it up."));
    } else {
        app_say_error(s->app, &err);
    }
    error_release(&err);
}

static bool busy(const struct screen *s)
{
    return ((const struct foundnow *)s->state)->making != NULL;
}

/* The steps are gone; below stands the work of today, above it the sheets. */
static void begin_work(struct app *app, struct store *store, struct buf *shares)
{
    struct error unsaid = ERROR_INIT;
    free(app->path);
    app->path = xstrdup(store_path(store));
    while (app->depth)
        screen_remove(app_top(app));
    unlock_take(app, store);
    store_set_setting(store, SHEETS_UNTRIED, "1", &unsaid);
    error_release(&unsaid);
    today_push(app);
    sheets_push(app, shares);
    app_say(app, "%s", _("The case file is made."));
}

static void ready(struct screen *s)
{
    struct foundnow *state = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    struct buf shares = BUF_INIT;
    struct store *store = NULL;
    app_watch(app, -1);
    unlocking_shares(state->making, &shares);
    bool ok = unlocking_end(state->making, &store, &err);
    state->making = NULL;
    if (ok)
        begin_work(app, store, &shares);
    else
        app_say_error(app, &err);
    buf_release(&shares);
    error_release(&err);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct foundnow *state = s->state;
    if (!state->making || event->kind != TERM_KEY)
        return false;
    app_watch(s->app, -1);
    unlocking_give_up(state->making);
    state->given_up = state->making;
    state->making = NULL;
    app_say(s->app, "%s", _("Given up; nothing was written."));
    app_must_be_read(s->app);
    return true;
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)s;
    (void)right;
    buf_addf(where, _("Step %d of 4 · %s"), 3, _("a last look"));
}

static void close_state(struct screen *s)
{
    struct foundnow *state = s->state;
    if (state->making) { /* it takes the file away again */
        unlocking_give_up(state->making);
        unlocking_free(state->making);
    }
    unlocking_free(state->given_up);
    free(state);
}

static bool rests(const struct screen *s)
{
    return !busy(s);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("make it"), N_("Makes the case file; until then nothing is written."), make,
     rests},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type foundnow_type = {
    .name = "foundnow",
    .title = N_("A last look"),
    .about = N_("What the case file will be. Esc goes back to change it."),
    .commands = commands,
    .build = build,
    .head = head,
    .event = event,
    .busy = busy,
    .ready = ready,
    .close = close_state,
};

void foundnow_push(struct app *app, struct founding *f)
{
    struct foundnow *state = xcalloc(1, sizeof *state);
    state->f = f;
    screen_push(app, &foundnow_type, state);
}
