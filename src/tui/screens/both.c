/* SPDX-License-Identifier: MIT */
/* What two officers said of the same thing, field by field; of each something is kept. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct both_state {
    struct versions v;
    both_fn *kept;
};

/* ---- showing ---- */

/* A text of the form as people read it. */
static void say(struct buf *out, const struct version_field *f, const char *text,
                struct instant now)
{
    struct error unsaid = ERROR_INIT;
    json_t *value = NULL;
    if (!*text)
        buf_addc(out, '-');
    else if (f->field && values_read_one(f->field, text, now, &value, &unsaid) && value)
        values_say(out, f->field, value, NULL, reader_language);
    else
        buf_adds(out, text);
    json_decref(value);
    error_release(&unsaid);
}

/* One of the two lines of a field, wrapped; the first of both can have the focus. */
static void add_version(struct body *b, long row, const char *label, bool kept, const char *who,
                        const char *text, int width)
{
    int labels = width >= 60 ? 16 : 11, names = width >= 60 ? 12 : 6;
    int room = width - 2 - labels - 1 - 2 - names - 1;
    size_t taken, shown;
    bool first = true;
    while ((taken = text_wrap(text, room > 8 ? room : 8, &shown))) {
        struct buf line = BUF_INIT;
        column(&line, first ? label : "", labels);
        buf_adds(&line, kept && first ? "* " : "  ");
        column(&line, first ? who : "", names);
        buf_add(&line, text, shown);
        if (first && row >= 0)
            body_row(b, row, NULL, "%s", buf_text(&line));
        else
            body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
        buf_release(&line);
        text += taken;
        first = false;
    }
}

static void add_field(struct screen *s, size_t index, int width)
{
    const struct both_state *state = s->state;
    const struct version_field *f = &state->v.list[index];
    struct instant now = app_now(s->app);
    struct buf mine = BUF_INIT, theirs = BUF_INIT;
    say(&mine, f, f->mine, now);
    say(&theirs, f, f->theirs, now);
    add_version(&s->body, (long)index, f->label, f->kept != KEPT_THEIRS, _("yours"),
                buf_text(&mine), width);
    add_version(&s->body, -1, "", f->kept != KEPT_MINE, state->v.who, buf_text(&theirs), width);
    buf_release(&mine);
    buf_release(&theirs);
}

static void build(struct screen *s, int width)
{
    const struct both_state *state = s->state;
    struct body *b = &s->body;
    struct buf text = BUF_INIT, when = BUF_INIT;
    values_say_when_short(&when, state->v.at, app_now(s->app), reader_language);
    buf_addf(
        &text,
        _("%s recorded this too (%s). Of each line, what has a * goes into your form; both may "
          "have it where they can be joined."),
        state->v.who, buf_text(&when));
    body_wrap(b, BODY_HEAD, width, 0, buf_text(&text));
    body_line(b, BODY_PLAIN, "%s", "");
    for (size_t i = 0; i < state->v.count; i++)
        add_field(s, i, width);
    if (state->v.same) {
        buf_clear(&text);
        buf_addf(&text,
                 n_("%zu more field is the same.", "%zu more fields are the same.", state->v.same),
                 state->v.same);
        body_line(b, BODY_PLAIN, "%s", "");
        body_wrap(b, BODY_DIM, width, 0, buf_text(&text));
    }
    buf_release(&text);
    buf_release(&when);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct both_state *state = s->state;
    buf_adds(where, _("Both versions"));
    buf_adds(right, state->v.reference);
}

/* ---- choosing ---- */

static struct version_field *in_focus(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    struct both_state *state = s->state;
    return row ? &state->v.list[row->tag] : NULL;
}

static bool on_row(const struct screen *s)
{
    return in_focus(s) != NULL;
}

static bool can_join(const struct screen *s)
{
    return on_row(s) && in_focus(s)->joint;
}

static void turn(struct screen *s)
{
    versions_turn(in_focus(s));
    screen_changed(s, false);
}

static void keep(struct screen *s, enum version_kept kept)
{
    in_focus(s)->kept = kept;
    screen_changed(s, false);
}

static void keep_mine(struct screen *s)
{
    keep(s, KEPT_MINE);
}

static void keep_theirs(struct screen *s)
{
    keep(s, KEPT_THEIRS);
}

static void keep_both(struct screen *s)
{
    keep(s, KEPT_BOTH);
}

static void take(struct screen *s)
{
    struct both_state *state = s->state;
    struct app *app = s->app;
    struct versions v = state->v;
    both_fn *kept = state->kept;
    state->v = (struct versions){0};
    screen_leave(s);
    if (app_top(app))
        kept(app_top(app), &v);
    versions_release(&v);
}

/* Both versions are looked up anew; what was kept of each field is not. */
static void keep_choices(struct screen *s, json_t *kept)
{
    const struct both_state *state = s->state;
    json_t *choices = json_object();
    for (size_t i = 0; i < state->v.count; i++)
        json_object_set_new(choices, state->v.list[i].path, json_integer(state->v.list[i].kept));
    keep_answer(s, (answer_fn *)state->kept, kept);
    json_object_set_new(kept, "choices", choices);
}

static void restore(struct screen *s, const json_t *kept)
{
    struct both_state *state = s->state;
    const char *path;
    json_t *choice;
    json_object_foreach(json_object_get(kept, "choices"), path, choice)
    {
        struct version_field *f = versions_find(&state->v, path);
        if (f && (json_integer_value(choice) != KEPT_BOTH || f->joint))
            f->kept = (enum version_kept)json_integer_value(choice);
    }
}

static void close_state(struct screen *s)
{
    struct both_state *state = s->state;
    versions_release(&state->v);
    free(state);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("take over"),
     N_("Puts what has a * into your form, where it can still be changed; F2 there records it."),
     take, NULL},
    {TK_ENTER, NULL, N_("the other"), N_("Keeps the other version of this line, or both joined."),
     turn, on_row},
    {TK_NONE, "m", N_("mine"), N_("Keeps what you typed."), keep_mine, on_row},
    {TK_NONE, "t", N_("theirs"), N_("Keeps what the other officer recorded."), keep_theirs, on_row},
    {TK_NONE, "b", N_("both"), N_("Keeps both, one behind the other."), keep_both, can_join},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type both_type = {
    .name = "both",
    .title = N_("Both versions"),
    .about = N_("Another officer recorded the same thing while you were typing. Nothing of yours "
                "is lost: Esc goes back to the form as it was, and F2 there comes here again."),
    .commands = commands,
    .build = build,
    .head = head,
    .keep = keep_choices,
    .restore = restore,
    .close = close_state,
};

void both_push(struct app *app, struct versions *v, both_fn *kept)
{
    struct both_state *state = xcalloc(1, sizeof *state);
    state->v = *v;
    *v = (struct versions){0};
    state->kept = kept;
    screen_push(app, &both_type, state);
    app_must_be_read(app);
}
