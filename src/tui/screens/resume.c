/* SPDX-License-Identifier: MIT */
/* Forms that were begun and not finished: taken up again in the same cell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct resume_state {
    struct drafts drafts;
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct resume_state *state = s->state;
    if (state->loaded)
        drafts_release(&state->drafts);
    state->loaded = store_draft_list(s->app->store, NULL, &state->drafts, err);
    return state->loaded;
}

/* How a draft that is of no act is taken up; NULL: it is one of an act. */
typedef void draft_fn(struct app *app, const struct draft *draft);
static draft_fn *other_draft(const struct draft *draft, struct buf *subject, struct buf *what)
{
    if (event_draft_named(draft, subject, what))
        return event_draft_resume;
    return office_draft_named(draft, subject, what) ? office_draft_resume : NULL;
}

static void build(struct screen *s, int width)
{
    const struct resume_state *state = s->state;
    struct instant now = app_now(s->app);
    for (size_t i = 0; state->loaded && i < state->drafts.count; i++) {
        const struct draft *draft = &state->drafts.list[i];
        struct buf row = BUF_INIT, when = BUF_INIT;
        struct buf subject = BUF_INIT, what = BUF_INIT;
        if (!other_draft(draft, &subject, &what)) {
            bool opening = strcmp(draft->subject, "new") == 0;
            buf_adds(&subject, opening ? _("new case") : draft->subject);
            buf_adds(&what, _(act_type(draft->kind)->label));
        }
        column(&row, buf_text(&subject), width >= 50 ? 18 : 13);
        values_say_when_short(&when, draft->at, now, reader_language);
        column(&row, buf_text(&when), 13);
        buf_adds(&row, buf_text(&what));
        buf_release(&subject);
        buf_release(&what);
        body_row(&s->body, (long)i, NULL, "%s", buf_text(&row));
        buf_release(&row);
        buf_release(&when);
    }
    if (!s->body.count)
        body_line(&s->body, BODY_DIM, "   %s", _("nothing is unfinished"));
}

static const struct draft *in_focus(const struct screen *s)
{
    const struct resume_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    return row && (size_t)row->tag < state->drafts.count ? &state->drafts.list[row->tag] : NULL;
}

static void drop(struct screen *s)
{
    struct error err = ERROR_INIT;
    if (store_draft_drop(s->app->store, in_focus(s)->id, &err))
        app_say(s->app, "%s", _("Thrown away."));
    else
        app_say_error(s->app, &err);
    error_release(&err);
    screen_changed(s, true);
}

static bool on_row(const struct screen *s)
{
    return in_focus(s) != NULL;
}

static void open_row(struct screen *s)
{
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    int64_t id = in_focus(s)->id;
    struct buf unread = BUF_INIT;
    struct draft draft = {0};
    draft_fn *resume = other_draft(in_focus(s), &unread, &unread);
    buf_release(&unread);
    bool there = !resume || store_draft_get(app->store, id, &draft, &err);
    screen_leave(s);
    if (resume && there)
        resume(app, &draft);
    draft_release(&draft);
    if (!there || (!resume && !actform_resume(app, id, &err)))
        app_say_error(app, &err);
    error_release(&err);
}

static void drop_if_meant(struct screen *s, const char *word)
{
    if (in_focus(s) && strcmp(word, _("DISCARD")) == 0)
        drop(s);
}

static void ask_word(struct screen *s)
{
    char about[200];
    snprintf(about, sizeof about, _("Type %s and Enter to throw this form away."), _("DISCARD"));
    ask_push(s->app, _("Throw away"), about, "", drop_if_meant);
}

static void close_state(struct screen *s)
{
    struct resume_state *state = s->state;
    if (state->loaded)
        drafts_release(&state->drafts);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("take up"), N_("Opens the form where you left it."), open_row, on_row},
    {TK_F(9), NULL, N_("throw away"), N_("Throws this unfinished form away, after a word typed."),
     ask_word, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type resume_type = {
    .name = "resume",
    .title = N_("Unfinished"),
    .about = N_("What you typed and did not record, the latest first. It is in the file, and only "
                "you see it."),
    .commands = commands,
    .load = load,
    .build = build,
    .keep = screen_keep_name,
    .close = close_state,
};

void resume_push(struct app *app)
{
    screen_push(app, &resume_type, xcalloc(1, sizeof(struct resume_state)));
}
