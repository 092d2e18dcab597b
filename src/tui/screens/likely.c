/* SPDX-License-Identifier: MIT */
/*
 * Who of the whole file may be the same person: before somebody new is recorded, or of somebody who
 * is. The officer compares, links, or says that it is somebody else; nothing is merged.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/likely.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct likely_state {
    struct casescreen base;
    struct person_rows rows;
    long person;   /* whom it is about; of the case */
    json_t *typed; /* not recorded yet; or NULL */
    void (*accept)(struct screen *below, const char *same_case, long same_person);
};

static struct likely_state *state_of(const struct screen *s)
{
    return s->state;
}

static bool load(struct screen *s, struct error *err)
{
    struct likely_state *l = s->state;
    struct traits like;
    if (!casescreen_load(s, err))
        return false;
    person_rows_release(&l->rows);
    if (!l->typed)
        return store_likely_same(s->app->store, l->base.w.reference, l->person, &l->rows, err);
    traits_of_payload(l->typed, &like);
    bool ok = store_likely(s->app->store, &like, l->base.w.reference, l->person, &l->rows, err);
    traits_release(&like);
    return ok;
}

static void add_row(struct body *b, long index, const struct person_row *r, int width)
{
    struct buf row = BUF_INIT, why = BUF_INIT;
    const char *name = r->locked       ? _("person under lock")
                       : r->restricted ? _("restricted case")
                                       : r->title;
    buf_addf(&why, "%s %ld", r->reference, r->person);
    column(&row, buf_text(&why), 17);
    column(&row, name, width >= 100 ? 44 : width >= 70 ? 32 : width - 21);
    if (width >= 70) {
        column(&row, r->born, 11);
        buf_adds(&row, width >= 100 ? country_name(r->receiving_state, reader_language)
                                    : r->receiving_state);
    }
    body_row(b, index, NULL, "%s", buf_text(&row));
    buf_clear(&why);
    buf_adds(&why, "      ");
    likeness_say(&why, r->like.reasons, reader_language);
    body_wrap(b, BODY_DIM, width, 6, buf_text(&why));
    buf_release(&row);
    buf_release(&why);
}

static void build(struct screen *s, int width)
{
    const struct likely_state *l = state_of(s);
    if (l->typed && l->rows.count)
        body_wrap(&s->body, BODY_HEAD, width, 1,
                  _(" Not recorded yet. On record are these, the likeliest first; who is it?"));
    for (size_t i = 0; i < l->rows.count; i++)
        add_row(&s->body, (long)i, &l->rows.list[i], width);
    if (!l->rows.count)
        body_empty(&s->body, width, _("nobody on record is like this person"));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    casescreen_head(s, where, right);
    (void)right;
}

/* ---- what can be done ---- */

static const struct person_row *focused(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct likely_state *l = state_of(s);
    return row && (size_t)row->tag < l->rows.count ? &l->rows.list[row->tag] : NULL;
}

static bool on_row(const struct screen *s)
{
    return focused(s) != NULL;
}

/* A link is between two cases; what stands twice in one is corrected. */
static bool on_other_case(const struct screen *s)
{
    return on_row(s) && strcmp(focused(s)->reference, casescreen_work(s)->reference) != 0;
}

static bool is_asking(const struct screen *s)
{
    return state_of(s)->typed != NULL;
}

static void compare(struct screen *s)
{
    const struct likely_state *l = state_of(s);
    const struct person_row *r = focused(s);
    if (r->locked || r->restricted) {
        app_say(s->app, "%s",
                r->locked ? _("Under the protection lock: no list shows this person's record.")
                          : _("A restricted case: ask its officer."));
        return;
    }
    compare_push(s->app, l->base.w.reference, l->person, l->typed, r->reference, r->person);
}

/* Leaves, and tells the form what was said. */
static void answer(struct screen *s, const char *same_case, long same_person)
{
    struct likely_state *l = s->state;
    struct app *app = s->app;
    void (*accept)(struct screen *, const char *, long) = l->accept;
    char *reference = same_case ? xstrdup(same_case) : NULL;
    screen_leave(s);
    if (app_top(app))
        accept(app_top(app), reference, same_person);
    free(reference);
}

static void somebody_else(struct screen *s)
{
    answer(s, NULL, 0);
}

static void same(struct screen *s)
{
    const struct person_row *r = focused(s);
    if (is_asking(s))
        answer(s, r->reference, r->person);
    else
        link_push(s->app, casescreen_work(s)->reference, state_of(s)->person, r->reference,
                  r->person);
}

static void close_state(struct screen *s)
{
    struct likely_state *l = s->state;
    person_rows_release(&l->rows);
    json_decref(l->typed);
    casescreen_close(s);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct likely_state *l = state_of(s);
    casescreen_keep(s, kept);
    json_object_set_new(kept, "person", json_integer(l->person));
    if (!is_asking(s))
        return;
    keep_answer(s, (answer_fn *)l->accept, kept);
    json_object_set_new(kept, "typed", json_deep_copy(l->typed));
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("compare"), N_("Shows both records side by side."), compare, on_row},
    {TK_NONE, "s", N_("same"),
     N_("It is the same person: links the two records, which stay as they are."), same,
     on_other_case},
    {TK_F(2), NULL, N_("somebody else"), N_("It is none of these: records the person as typed."),
     somebody_else, is_asking},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type likely_type = {
    .name = "likely",
    .title = N_("The same person?"),
    .about =
        N_("At most seven records of the whole file that may be of this person, each with what "
           "speaks for it. Names are compared in either order, without accents and particles. "
           "A link says that two records are of one person; it can be ended, and loses "
           "nothing. Who is under lock, or in a restricted case, is shown without a name."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void likely_push(struct app *app, const char *reference, long person)
{
    struct screen *s = casescreen_push(app, &likely_type, sizeof(struct likely_state), reference);
    state_of(s)->person = person;
}

void likely_ask(struct app *app, const char *reference, long person, const json_t *typed,
                void (*accept)(struct screen *below, const char *same_case, long same_person))
{
    likely_push(app, reference, person);
    struct likely_state *l = app_top(app)->state;
    l->typed = json_deep_copy(typed);
    l->accept = accept;
    app_must_be_read(app);
}

void likely_reopen(struct app *app, const json_t *kept)
{
    const json_t *typed = json_object_get(kept, "typed");
    const struct answer *accept = keep_answered(app, kept);
    const char *reference = keep_text(kept, "reference");
    long person = (long)keep_number(kept, "person");
    if (!typed)
        likely_push(app, reference, person);
    else if (accept)
        likely_ask(app, reference, person, typed,
                   (void (*)(struct screen *, const char *, long))accept->take);
}

void link_push(struct app *app, const char *reference, long person, const char *other_case,
               long other)
{
    struct buf number = BUF_INIT, there = BUF_INIT;
    buf_addf(&number, "%ld", person);
    buf_addf(&there, "%ld", other);
    actform_push(app, &(struct form_order){.reference = reference,
                                           .kind = ACT_LINK,
                                           .slot = person,
                                           .presets = {{"person", buf_text(&number)},
                                                       {"case", other_case},
                                                       {"other", buf_text(&there)}}});
    buf_release(&number);
    buf_release(&there);
}
