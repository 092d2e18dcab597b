/* SPDX-License-Identifier: MIT */
#include "amparo/tui/casescreen.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/presence.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/steps.h"

struct screen *casescreen_push(struct app *app, const struct screen_type *type, size_t size,
                               const char *reference)
{
    struct casescreen *state = xcalloc(1, size);
    casework_init(&state->w, app->store, reference);
    struct screen *s = screen_push(app, type, state);
    s->work = &state->w;
    return s;
}

bool casescreen_load(struct screen *s, struct error *err)
{
    struct casework *w = casescreen_work(s);
    struct error unsaid = ERROR_INIT; /* that others cannot see where we are stops no work */
    store_presence_set(w->store, w->reference ? w->reference : "", &unsaid);
    error_release(&unsaid);
    s->app->changes = store_changes(w->store);
    if (!casework_load(w, err))
        return false;
    casescreen_viewed(s, "case");
    return true;
}

void casescreen_viewed(struct screen *s, const char *what)
{
    struct error err = ERROR_INIT;
    const struct casework *w = casescreen_work(s);
    /* A log that cannot be written, on a full disk, keeps nobody from helping. */
    if (w->reference && !access_view(w->store, w->reference, what, &err))
        app_say(s->app, _("Not in the access log: %s"), error_text(&err));
    error_release(&err);
}

void casescreen_close(struct screen *s)
{
    casework_release(casescreen_work(s));
    free(s->state);
}

void casescreen_keep(struct screen *s, json_t *kept)
{
    const char *reference = casescreen_work(s)->reference;
    if (reference)
        json_object_set_new(kept, "reference", json_string(reference));
}

enum { PERSON_CELLS = 8 }; /* of a name that is cut, at least */

static void say_persons(struct buf *out, const struct casework *w)
{
    describe_person(out, &w->c, w->persons[0], reader_language);
    if (w->person_count > 1)
        buf_addf(out, " +%zu", w->person_count - 1);
}

/* Where it still fits. */
static void add_if_fits(struct buf *out, const char *text, int cells)
{
    if (text_cells(buf_text(out)) + 2 + text_cells(text) <= cells)
        buf_addf(out, "  %s", text);
}

/* Whole, or cut: a name of which there is a part says more than what stands behind it. */
static void add_persons(struct buf *out, const struct casework *w, int cells)
{
    struct buf persons = BUF_INIT;
    int room = cells - text_cells(buf_text(out)) - 2;
    say_persons(&persons, w);
    if (text_cells(buf_text(&persons)) <= room) {
        buf_addf(out, "  %s", buf_text(&persons));
    } else if (room >= PERSON_CELLS) {
        buf_adds(out, "  ");
        text_pad(out, buf_text(&persons), room);
    }
    buf_release(&persons);
}

void casescreen_name(const struct casework *w, struct buf *out, int cells)
{
    const char *country = w->has_case ? case_receiving_state(&w->c) : NULL;
    buf_adds(out, w->reference ? w->reference : _("new case"));
    if (w->has_case && w->person_count)
        add_persons(out, w, cells);
    if (country && *country)
        add_if_fits(out, country_name(country, reader_language), cells);
}

void casescreen_others(const struct screen *s, struct buf *out)
{
    const struct casework *w = casescreen_work(s);
    struct presences others = {0};
    struct error unsaid = ERROR_INIT;
    if (w->reference && store_presence_list(w->store, w->reference, &others, &unsaid)) {
        if (others.count == 1)
            buf_addf(out, _("%s is in this case too"), others.list[0].officer);
        else if (others.count)
            buf_addf(out,
                     n_("%s and %zu other are in this case too",
                        "%s and %zu others are in this case too", others.count - 1),
                     others.list[0].officer, others.count - 1);
        presences_release(&others);
    }
    error_release(&unsaid);
}

/* What the next step lacks; 0: nothing, or there is none. */
static size_t count_missing(const struct casework *w)
{
    const char *gate = step_gate(w);
    size_t i, count = 0;
    json_t *one;
    json_array_foreach(w->missing, i, one)
    {
        const char *step = json_string_value(json_object_get(one, "for"));
        count += step && strcmp(step, gate) == 0;
    }
    return count;
}

static void say_missing(struct buf *out, const struct casework *w)
{
    size_t count = count_missing(w);
    if (count)
        buf_addf(out, n_(" · %zu missing", " · %zu missing", count), count);
}

void casescreen_state(const struct casework *w, struct buf *out, int cells)
{
    size_t before = out->size;
    if (!w->has_case)
        return;
    buf_addf(out, "%s%s", out->size ? " · " : "", _(stage_name(case_stage(&w->c))));
    say_missing(out, w);
    if (!before || !count_missing(w) || text_cells(buf_text(out)) <= cells)
        return;
    buf_cut(out, before);
    say_missing(out, w);
}

static void say_much(struct buf *out, const struct casework *w, enum case_said much)
{
    bool person = much == CASE_IN_STATE || much == CASE_IN_FULL;
    bool missing = much == CASE_MISSING || much == CASE_STATE || much == CASE_IN_FULL;
    buf_adds(out, w->reference ? w->reference : _("new case"));
    if (!w->has_case)
        return;
    if (person && w->person_count) {
        buf_adds(out, " · ");
        say_persons(out, w);
    }
    if (much >= CASE_STATE)
        buf_addf(out, " · %s", _(stage_name(case_stage(&w->c))));
    if (missing)
        say_missing(out, w);
}

void casescreen_say(const struct screen *s, struct buf *out, enum case_said most, int cells)
{
    const struct casework *w = casescreen_work(s);
    for (int much = most; much >= CASE_REFERENCE; much--) {
        struct buf said = BUF_INIT;
        say_much(&said, w, (enum case_said)much);
        bool fits = text_cells(buf_text(out)) + text_cells(buf_text(&said)) <= cells;
        if (fits || much == CASE_REFERENCE)
            buf_adds(out, buf_text(&said));
        buf_release(&said);
        if (fits)
            return;
    }
}

void casescreen_head_with(const struct screen *s, const char *more, struct buf *where,
                          struct buf *right)
{
    buf_addf(where, "%s%s", _(s->type->title), more);
    casescreen_others(s, right);
    if (right->size)
        buf_adds(right, "  ");
    casescreen_say(s, right, CASE_IN_FULL, app_cols(s->app) - 4 - text_cells(buf_text(where)));
}

void casescreen_head(const struct screen *s, struct buf *where, struct buf *right)
{
    casescreen_head_with(s, "", where, right);
}

void casescreen_form(struct screen *s, enum act_kind kind)
{
    actform_push(s->app,
                 &(struct form_order){.reference = casescreen_work(s)->reference, .kind = kind});
}
