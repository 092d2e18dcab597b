/* SPDX-License-Identifier: MIT */
/*
 * Forms that were begun and not finished, taken up again in the same cell; and, as the program
 * begins, the screens where one was when the last one was cut off.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/values.h"

enum { ROW_LEFT = -1 };

struct resume_state {
    struct drafts drafts;
    bool loaded;
    json_t *left; /* the screens that were open (keep.h), or NULL */
    char at[INSTANT_SIZE];
};

/* ---- where one was ---- */

/* "RAMÍREZ, Karen, Intake 3 of 5 · Grounds", the reference beside it. */
static void add_left(struct screen *s, const json_t *left, const char *at, int width)
{
    const json_t *top = keep_ground(left);
    const char *reference = keep_text(top, "reference"), *said = keep_text(top, "said");
    const char *again = *reference ? strstr(said, reference) : NULL;
    size_t size = again ? (size_t)(again - said) : strlen(said);
    struct casework w;
    struct error unsaid = ERROR_INIT;
    struct buf row = BUF_INIT, when = BUF_INIT;
    values_say_when_short(&when, at, app_now(s->app), reader_language);
    if (*reference ||
        width >= 50) /* where there is little room, none for a case that there is not */
        column(&row, reference, width >= 50 ? 18 : 13);
    column(&row, buf_text(&when), 13);
    casework_init(&w, s->app->store, *reference ? reference : NULL);
    size_t start = row.size;
    if (*reference && casework_load(&w, &unsaid) && w.person_count)
        describe_person(&row, &w.c, w.persons[0], reader_language);
    while (size && said[size - 1] == ' ')
        size--;
    if (size && row.size > start)
        buf_adds(&row, ", ");
    buf_add(&row, said, size);
    body_row(&s->body, ROW_LEFT, NULL, "%s", buf_text(&row));
    casework_release(&w);
    error_release(&unsaid);
    buf_release(&row);
    buf_release(&when);
}

/* Whether that draft is of a form among those screens: it is taken up with them. */
static bool is_in(const json_t *left, int64_t draft)
{
    size_t i;
    json_t *one;
    json_array_foreach(left, i, one)
    {
        if (keep_number(one, "draft") == draft)
            return true;
    }
    return false;
}

/* ---- what it shows ---- */

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
    if (party_draft_named(draft, subject, what))
        return party_draft_resume;
    if (call_draft_named(draft, subject, what))
        return call_draft_resume;
    return office_draft_named(draft, subject, what) ? office_draft_resume : NULL;
}

static void build(struct screen *s, int width)
{
    const struct resume_state *state = s->state;
    struct instant now = app_now(s->app);
    if (state->left)
        add_left(s, state->left, state->at, width);
    for (size_t i = 0; state->loaded && i < state->drafts.count; i++) {
        const struct draft *draft = &state->drafts.list[i];
        struct buf row = BUF_INIT, when = BUF_INIT;
        struct buf subject = BUF_INIT, what = BUF_INIT;
        if (is_in(state->left, draft->id))
            continue;
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
        body_empty(
            &s->body, width,
            _("Nothing is unfinished. A form that is left before F2 waits here, as it was typed."));
}

static const struct draft *in_focus(const struct screen *s)
{
    const struct resume_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    return row && row->tag >= 0 && (size_t)row->tag < state->drafts.count
               ? &state->drafts.list[row->tag]
               : NULL;
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

static bool on_draft(const struct screen *s)
{
    return in_focus(s) != NULL;
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

/* In place of all that is open now. */
static void open_left(struct screen *s)
{
    struct app *app = s->app;
    json_t *left = json_incref(((struct resume_state *)s->state)->left);
    while (app->depth)
        screen_remove(app_top(app));
    keep_reopen(app, left);
    if (!app->depth)
        today_push(app);
    json_decref(left);
}

static void open_row(struct screen *s)
{
    struct app *app = s->app;
    if (!on_draft(s)) {
        open_left(s);
        return;
    }
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

static void keep(struct screen *s, json_t *kept)
{
    const struct resume_state *state = s->state;
    if (!state->left)
        return;
    json_object_set(kept, "left", state->left);
    json_object_set_new(kept, "at", json_string(state->at));
}

static void close_state(struct screen *s)
{
    struct resume_state *state = s->state;
    if (state->loaded)
        drafts_release(&state->drafts);
    json_decref(state->left);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("take up"), N_("Opens the form where you left it."), open_row, on_row},
    {TK_NONE, "X", N_("throw away"), N_("Throws this unfinished form away, after a word typed."),
     ask_word, on_draft},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(drop_if_meant), ANSWERS_END};

const struct screen_type resume_type = {
    .name = "resume",
    .title = N_("Unfinished"),
    .about = N_("What you typed and did not record, the latest first. It is in the file, and only "
                "you see it."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .keep = keep,
    .close = close_state,
};

void resume_push(struct app *app)
{
    screen_push(app, &resume_type, xcalloc(1, sizeof(struct resume_state)));
}

void resume_offer(struct app *app, json_t *left, const char *at)
{
    resume_push(app);
    struct resume_state *state = app_top(app)->state;
    state->left = json_incref(left);
    snprintf(state->at, sizeof state->at, "%s", at);
    app_say(app, "%s", _("Enter goes on where you left off; Esc goes to the work of today."));
}

void resume_reopen(struct app *app, const json_t *kept)
{
    json_t *left = json_object_get(kept, "left");
    if (left)
        resume_offer(app, left, keep_text(kept, "at"));
    else
        resume_push(app);
}
