/* SPDX-License-Identifier: MIT */
/* The acts of a case in their order, all or of one kind: who recorded what, and when. */
#include "amparo/base/i18n.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct history_state {
    struct casescreen base;
    enum act_kind kind; /* ACT_NONE: all */
};

static void add_entry(struct body *b, const struct casework *w, size_t i, int width)
{
    const struct act *act = &w->c.acts[i];
    const struct entry *entry = &w->c.entries[i];
    struct buf row = BUF_INIT, when = BUF_INIT, what = BUF_INIT, marks = BUF_INIT;
    char number[24], at[sizeof act->at], id[2 * ACT_ID_SIZE + 1];
    snprintf(number, sizeof number, "%3zu", i + 1);
    column(&row, number, 3);
    /* The time of day only where there is room. */
    snprintf(at, sizeof at, "%.*s", width >= 60 ? (int)sizeof at - 1 : DATE_SIZE - 1, act->at);
    values_say_when_short(&when, at, w->now, reader_language);
    column(&row, buf_text(&when), width >= 60 ? 12 : 6);
    if (width >= 70)
        column(&row, act->by, width >= 100 ? 24 : 12);
    describe_act(&what, &w->c, entry, reader_language);
    describe_marks(&marks, entry, reader_language);
    /* Whatever room there is, the marks have theirs. */
    int room = width - 3 - text_cells(buf_text(&row)) - text_cells(buf_text(&marks));
    if (text_cells(buf_text(&what)) > room)
        text_pad(&row, buf_text(&what), room > 8 ? room : 8);
    else
        buf_adds(&row, buf_text(&what));
    buf_adds(&row, buf_text(&marks));
    act_id_hex(act->id, id);
    body_row(b, 0, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
    buf_release(&what);
    buf_release(&marks);
}

/* The newest first: that is what one looks for. */
static void build(struct screen *s, int width)
{
    const struct history_state *state = s->state;
    const struct casework *w = &state->base.w;
    for (size_t i = w->has_case ? w->c.count : 0; i-- > 0;)
        if (!state->kind || w->c.acts[i].kind == state->kind)
            add_entry(&s->body, w, i, width);
    if (!s->body.count)
        body_line(&s->body, BODY_DIM, "   %s", _("nothing is recorded yet"));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct history_state *state = s->state;
    casescreen_head(s, where, right);
    if (state->kind)
        buf_addf(where, " · %s", _(act_type(state->kind)->label));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static bool of_one_kind(const struct screen *s)
{
    return ((const struct history_state *)s->state)->kind != ACT_NONE;
}

static void open_row(struct screen *s)
{
    actview_push(s->app, casescreen_work(s)->reference, body_focused(&s->body)->ref);
}

/* Who corrects a correction corrects the act. */
static bool may_correct(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct entry *entry = row ? case_entry(&casescreen_work(s)->c, row->ref) : NULL;
    return entry && entry->act->kind != ACT_CORRECT;
}

static void correct(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    const struct entry *entry = case_entry(&w->c, body_focused(&s->body)->ref);
    if (entry)
        actform_push(s->app, &(struct form_order){.reference = w->reference,
                                                  .kind = entry->act->kind,
                                                  .correct = body_focused(&s->body)->ref});
}

static void another(struct screen *s)
{
    casescreen_form(s, ((const struct history_state *)s->state)->kind);
}

static void keep(struct screen *s, json_t *kept)
{
    casescreen_keep(s, kept);
    json_object_set_new(kept, "kind", json_integer(((const struct history_state *)s->state)->kind));
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the act of this line in full."), open_row, on_row},
    {TK_NONE, "n", N_("another"), N_("Records another act of this kind."), another, of_one_kind},
    {TK_NONE, "c", N_("correct"), N_("Corrects this act: both stay in the history."), correct,
     may_correct},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type history_type = {
    .name = "history",
    .title = N_("History"),
    .about = N_("All acts of the case, the newest first. Nothing is ever changed here: a "
                "correction is a further act."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = casescreen_close,
};

void history_push(struct app *app, const char *reference, enum act_kind kind)
{
    struct screen *s = casescreen_push(app, &history_type, sizeof(struct history_state), reference);
    ((struct history_state *)s->state)->kind = kind;
}

void history_reopen(struct app *app, const json_t *kept)
{
    history_push(app, keep_text(kept, "reference"), (enum act_kind)keep_number(kept, "kind"));
}
