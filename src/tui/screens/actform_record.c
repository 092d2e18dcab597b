/* SPDX-License-Identifier: MIT */
/*
 * From the form of an act to the act: what cannot be recorded is said beside its field, what the
 * gates refuse is listed, and what somebody else recorded meanwhile is shown.
 */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/formend.h"
#include "amparo/tui/steps.h"
#include "amparo/tui/stopped.h"

struct act_recording actform_recording(struct actform *f, value_fault *fault)
{
    return (struct act_recording){.w = &f->base.w,
                                  .kind = f->kind,
                                  .correct = f->correct,
                                  .override = f->override,
                                  .seen = f->draft.seen,
                                  .draft = f->draft.id,
                                  .lookup = actform_value,
                                  .fault = fault,
                                  .ctx = f};
}

/* A value whose field went away again, as another one changed, is not meant any more. */
static const char *shown_value(void *ctx, const char *path)
{
    struct actform *f = ctx;
    return act_items_detail(&f->items, path) ? actform_value(f, path) : NULL;
}

/* Of what the form shows. */
static struct act_recording recording_of(struct actform *f, value_fault *fault)
{
    struct act_recording r = actform_recording(f, fault);
    r.lookup = shown_value;
    return r;
}

/* Beside its field; what belongs to none is said in the message line by the caller. */
static void mark_fault(void *ctx, const char *path, const char *text)
{
    struct actform *f = ctx;
    if (formend_mark(f->form, &f->items, path, text) && !f->faults++)
        form_go(f->form, path, FORM_NO_CURSOR);
}

static void say_recorded(struct app *app, const struct recorded *r)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, _("Recorded in %s."), r->reference);
    if (r->number)
        buf_addf(&text, _(" The note's number is %s."), r->number);
    size_t i, warned = json_array_size(r->warnings);
    json_t *warning;
    json_array_foreach(r->warnings, i, warning)
    {
        const char *said = json_string_value(json_object_get(warning, "text"));
        if (!i)
            buf_addf(&text, n_(" %zu warning: ", " %zu warnings: ", warned), warned);
        buf_addf(&text, "%s%s", i ? "; " : "", said ? said : "");
    }
    app_say(app, "%s", buf_text(&text));
    buf_release(&text);
}

void actform_go_on(struct app *app, const char *reference, enum act_kind kind)
{
    enum act_kind next = intake_next(kind);
    if (kind == ACT_OPEN)
        case_push(app, reference);
    if (next)
        actform_push(app,
                     &(struct form_order){.reference = reference, .kind = next, .intake = true});
}

static void after_recording(struct screen *s, struct recorded *r)
{
    struct actform *f = s->state;
    struct app *app = s->app;
    enum act_kind kind = f->kind;
    /* Who is asked to help learns the name by the note, if at all; the Secretariat never. */
    bool others = kind == ACT_OPEN && strcmp(form_value(f->form, "role"), "requesting") != 0;
    bool intake = f->intake && !f->correct && !others;
    struct error unsaid = ERROR_INIT;
    if (kind == ACT_OPEN)
        store_draft_move(app->store, "new", r->reference, &unsaid);
    error_release(&unsaid);
    f->done = true;
    char *same_case = f->same_case;
    long person = strtol(form_value(f->form, "person"), NULL, 10), same_person = f->same_person;
    f->same_case = NULL;
    app_changed(app);
    screen_leave(s);
    if (intake)
        actform_go_on(app, r->reference, kind);
    else if (kind == ACT_OPEN)
        case_push(app, r->reference);
    if (same_case)
        link_push(app, r->reference, person, same_case, same_person);
    free(same_case);
    say_recorded(app, r);
    recorded_release(r);
}

static void record(struct screen *s);

void actform_override(struct screen *s, const char *reason)
{
    struct actform *f = s->state;
    free(f->override);
    f->override = xstrdup(reason);
    record(s);
}

static bool may_override(const struct actform *f)
{
    return act_type(f->correct ? ACT_CORRECT : f->kind)->overridable &&
           (store_officer(f->base.w.store)->role == ROLE_HEAD ||
            (f->base.w.has_case && strcmp(case_priority(&f->base.w.c), "life_threatening") == 0));
}

static void show_refusal(struct screen *s, struct error *err)
{
    struct actform *f = s->state;
    struct refusal refusal = {.what = xstrdup(_(act_type(f->kind)->label)),
                              .overridable = may_override(f),
                              .override = actform_override};
    refusal.reference = f->base.w.reference ? xstrdup(f->base.w.reference) : NULL;
    refusal.causes = *err;
    *err = (struct error)ERROR_INIT;
    free(f->override);
    f->override = NULL;
    refusal_push(s->app, &refusal);
}

/* Recorded or thrown away in another program of this officer: nothing is recorded twice unsaid. */
static bool is_anew(struct actform *f)
{
    struct error err = ERROR_INIT;
    if (!f->anew && !form_draft_is_there(&f->draft))
        actform_begin_anew(f, &err);
    bool anew = f->anew;
    f->anew = false;
    error_release(&err);
    return anew;
}

static void record(struct screen *s)
{
    struct actform *f = s->state;
    struct error err = ERROR_INIT;
    if (is_anew(f)) {
        app_say(s->app, "%s",
                _("Your other program recorded or discarded this; F2 records it anew."));
        return;
    }
    struct recorded recorded = {0};
    f->faults = 0;
    struct act_recording r = recording_of(f, mark_fault);
    json_t *doubts = actform_doubts(f);
    r.doubts = doubts;
    bool done = act_record(&r, &recorded, &err);
    json_decref(doubts);
    if (done) {
        after_recording(s, &recorded);
        return;
    }
    if (err.kind == ERROR_REFUSED)
        show_refusal(s, &err);
    else if (err.kind == ERROR_FAILED && actform_show_both(s))
        ;
    else if (err.kind)
        app_say_error(s->app, &err);
    else if (f->faults)
        formend_show(s->app, f->form, &f->items);
    else
        app_say(s->app, "%s", _("This cannot be recorded as it is."));
    error_release(&err);
}

void actform_accept(struct screen *below)
{
    record(below);
}

/* ---- what cannot be taken back ---- */

/* A correction keeps both, a consent can be given again and a link made anew; of these nothing
 * comes back. */
static bool is_grave(const struct actform *f)
{
    static const enum act_kind grave[] = {ACT_ANNUL,     ACT_WITHDRAW,      ACT_CLOSE,
                                          ACT_HAND_OVER, ACT_ERASE_REQUEST, ACT_ERASE,
                                          ACT_LIFT_LOCK};
    for (size_t i = 0; i < ARRAY_SIZE(grave); i++)
        if (f->kind == grave[i] && !f->correct && f->base.w.reference)
            return true;
    return false;
}

void actform_if_meant(struct screen *below, const char *answer)
{
    const struct actform *f = below->state;
    if (strcasecmp(answer, f->base.w.reference) == 0)
        record(below);
    else
        app_say(below->app, _("Not recorded: that is not the number of this case, %s."),
                f->base.w.reference);
}

static void ask_meant(struct screen *s)
{
    const struct actform *f = s->state;
    const char *reference = f->base.w.reference;
    struct buf title = BUF_INIT, about = BUF_INIT;
    buf_addf(&title, "%s · %s", _(act_type(f->kind)->label), reference);
    buf_addf(&about,
             _("This cannot be taken back. To record it, type the number of this case and "
               "Enter: %s"),
             reference);
    ask_push(s->app, buf_text(&title), buf_text(&about), "", actform_if_meant);
    buf_release(&title);
    buf_release(&about);
}

void actform_answered(struct screen *below, const char *same_case, long same_person)
{
    struct actform *f = below->state;
    free(f->same_case);
    f->same_case = same_case ? xstrdup(same_case) : NULL;
    f->same_person = same_person;
    record(below);
}

/* A note of ours is read as it will go out before it gets its number; false: it is not shown. */
static bool show_note(struct screen *s)
{
    struct actform *f = s->state;
    const struct casework *w = &f->base.w;
    struct buf remarks = BUF_INIT;
    if (f->kind != ACT_NOTE || f->correct || strcmp(form_value(f->form, "direction"), "out") != 0)
        return false;
    struct act_recording r = recording_of(f, mark_fault);
    json_t *payload = act_payload(&r);
    bool shown = !f->faults && preview_draft_note(s->app, w, payload, actform_accept, &remarks);
    if (shown && strcmp(payload_text(payload, "kind"), "REQ") == 0)
        stopped_say_note(w->store, payload_text(json_object_get(payload, "to"), "state"),
                         case_receiving_state(&w->c), w->now, &remarks);
    if (shown && remarks.size)
        app_say(s->app, "%.*s", (int)remarks.size - 1, buf_text(&remarks));
    json_decref(payload);
    buf_release(&remarks);
    return shown;
}

/* Nothing that was only offered is recorded unsaid; a new person is held against who is on
 * record. */
void actform_finish(struct screen *s)
{
    struct actform *f = s->state;
    form_leave(f->form);
    form_unmark(f->form);
    f->faults = 0;
    struct act_recording ready = recording_of(f, mark_fault);
    if (act_ready(&ready) && (!formend_passed(s->app, f->form) || actform_ask_doubts(s)))
        return;
    f->faults = 0;
    if (f->kind == ACT_PERSON && actform_ask_likely(s, actform_answered))
        return;
    if (show_note(s))
        return;
    if (is_grave(f))
        ask_meant(s);
    else
        record(s);
}
