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

/* "13 Mar", with its year where that is another one; "16:25". */
static void say_day(struct buf *out, const struct act *act, const struct casework *w)
{
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", act->at);
    values_say_when_short(out, day, w->now, reader_language);
}

static void say_time(struct buf *out, const struct act *act)
{
    struct instant at;
    if (instant_parse(act->at, &at))
        buf_addf(out, "%02d:%02d", instant_second_of_day(at) / 3600,
                 instant_second_of_day(at) / 60 % 60);
}

/* "LMP": who it was, where a name has no room; the act has it in full. */
static void say_initials(struct buf *out, const char *name)
{
    for (const char *at = name; *at;) {
        buf_add(out, at, text_next(at, 0));
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
}

/* How wide things are: the same in all rows. */
struct timeline {
    int width;
    int day, officer; /* cells; 0: not there */
};

static struct timeline timeline_of(const struct casework *w, int width)
{
    struct timeline t = {.width = width};
    for (size_t i = 0; i < w->c.count; i++) {
        struct buf day = BUF_INIT, officer = BUF_INIT;
        say_day(&day, &w->c.acts[i], w);
        say_initials(&officer, w->c.acts[i].by);
        int who = width >= 110 ? text_cells(w->c.acts[i].by) : text_cells(buf_text(&officer));
        if (text_cells(buf_text(&day)) > t.day)
            t.day = text_cells(buf_text(&day));
        if (width >= 60 && who > t.officer)
            t.officer = who < 24 ? who : 24;
        buf_release(&day);
        buf_release(&officer);
    }
    return t;
}

/* What happened, cut before its marks, which have their room whatever there is. */
static void add_what(struct buf *row, const struct casework *w, const struct entry *entry,
                     int cells)
{
    struct buf what = BUF_INIT, marks = BUF_INIT;
    describe_act(&what, &w->c, entry, reader_language);
    describe_marks(&marks, entry, reader_language);
    int room = cells - text_cells(buf_text(&marks));
    if (text_cells(buf_text(&what)) > room)
        text_pad(row, buf_text(&what), room > 8 ? room : 8);
    else
        buf_adds(row, buf_text(&what));
    buf_adds(row, buf_text(&marks));
    buf_release(&what);
    buf_release(&marks);
}

/* The day stands only at the first act of it. */
static void add_entry(struct body *b, const struct casework *w, const struct timeline *t, size_t i,
                      bool first)
{
    const struct act *act = &w->c.acts[i];
    struct buf row = BUF_INIT, part = BUF_INIT, what = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    if (first)
        say_day(&part, act, w);
    column(&row, buf_text(&part), t->day);
    buf_clear(&part);
    say_time(&part, act);
    if (t->officer)
        column(&row, buf_text(&part), 5);
    int room = t->width - 3 - text_cells(buf_text(&row)) - (t->officer ? t->officer + 2 : 0);
    add_what(&what, w, &w->c.entries[i], room);
    if (t->officer) {
        column(&row, buf_text(&what), room);
        buf_clear(&part);
        say_initials(&part, act->by);
        buf_addf(&row, " %s", t->width >= 110 ? act->by : buf_text(&part));
    } else {
        buf_adds(&row, buf_text(&what));
    }
    act_id_hex(act->id, id);
    body_row(b, 0, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&part);
    buf_release(&what);
}

/* A line of time, the newest first: that is what one looks for. */
static void build(struct screen *s, int width)
{
    const struct history_state *state = s->state;
    const struct casework *w = &state->base.w;
    struct timeline t = timeline_of(w, width);
    const struct act *above = NULL;
    for (size_t i = w->has_case ? w->c.count : 0; i-- > 0;) {
        const struct act *act = &w->c.acts[i];
        if (state->kind && act->kind != state->kind)
            continue;
        bool same = above && strncmp(above->at, act->at, DATE_SIZE - 1) == 0;
        add_entry(&s->body, w, &t, i, !same);
        above = act;
    }
    if (!s->body.count)
        body_empty(&s->body, width, _("Nothing is recorded yet: n records it."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct history_state *state = s->state;
    struct buf more = BUF_INIT;
    if (state->kind)
        buf_addf(&more, " · %s", _(act_type(state->kind)->label));
    casescreen_head_with(s, buf_text(&more), where, right);
    buf_release(&more);
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

const struct screen_type history_type = {
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
