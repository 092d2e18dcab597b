/* SPDX-License-Identifier: MIT */
/*
 * Two officers in one form: what the other one recorded meanwhile is held against what is typed
 * here, and what is kept of both goes into the form.
 */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/values.h"

/* ---- what they recorded ---- */

/* What the store holds against others' acts: by its keys it knows the same thing. */
static json_t *payload_of(struct actform *f)
{
    struct act_recording r = actform_recording(f, actform_no_fault);
    return f->correct ? json_pack("{s:s}", "of", f->correct) : act_payload(&r);
}

/* The last act that says the same thing and was not there when this form was begun; or NULL. */
static const struct act *find_theirs(struct actform *f)
{
    const struct casework *w = &f->base.w;
    enum act_kind kind = f->correct ? ACT_CORRECT : f->kind;
    const struct act *found = NULL;
    json_t *mine = payload_of(f);
    for (size_t i = 0; i < w->c.count; i++)
        if (w->c.acts[i].seq > f->draft.seen && w->c.acts[i].kind == kind &&
            record_same_thing(kind, w->c.acts[i].payload, mine))
            found = &w->c.acts[i];
    json_decref(mine);
    return found;
}

/* ---- field by field ---- */

struct comparing {
    struct actform *f;
    struct versions *v;
    json_t *theirs; /* texts by path */
};

static void take_text(void *ctx, const char *path, const struct field *field, const char *text)
{
    (void)field;
    json_object_set_new(((struct comparing *)ctx)->theirs, path, json_string(text));
}

static void visit_theirs(struct comparing *c, value_visit *visit, const struct act *act)
{
    const struct field outer[] = {act_transcribed_field, {.id = 0}};
    const json_t *payload = c->f->correct ? json_object_get(act->payload, "payload") : act->payload;
    values_visit(act_type(c->f->kind)->fields, payload, visit, c);
    values_visit(outer, payload, visit, c);
}

static enum version_joint joint_of(const struct form_item *item)
{
    switch (item->kind) {
    case FORM_CODES:
        return JOINT_CODES;
    case FORM_LONG:
        return JOINT_LINES;
    default:
        return JOINT_NONE;
    }
}

/* A line of free words can be joined; a date or a number cannot. */
static enum version_joint joint_in(const struct form_item *item, const struct field *field)
{
    bool words = item->kind == FORM_TEXT && field && field->type == FIELD_TEXT;
    return words ? JOINT_LINE : joint_of(item);
}

/* A field that this form does not show, because of what is typed in another one. */
static void add_unshown(void *ctx, const char *path, const struct field *field, const char *text)
{
    struct comparing *c = ctx;
    if (!act_items_detail(&c->f->items, path))
        versions_add(c->v, path, _(field->label), field, JOINT_NONE, form_value(c->f->form, path),
                     text);
}

static void compare(struct actform *f, const struct act *act, struct versions *v)
{
    struct comparing c = {f, v, json_object()};
    visit_theirs(&c, take_text, act);
    for (size_t i = 0; i < f->items.count; i++) {
        const struct form_item *item = &f->items.list[i];
        const struct act_item *detail = item->key ? act_items_detail(&f->items, item->key) : NULL;
        /* The reason of a correction is each officer's own. */
        if (!detail || !detail->field || item->kind == FORM_SHOWN)
            continue;
        const char *theirs = json_string_value(json_object_get(c.theirs, item->key));
        versions_add(v, item->key, item->label, detail->field, joint_in(item, detail->field),
                     form_value(f->form, item->key), theirs ? theirs : "");
    }
    visit_theirs(&c, add_unshown, act);
    json_decref(c.theirs);
}

/* ---- what comes of it ---- */

static void see(struct actform *f, int64_t seen)
{
    struct error unsaid = ERROR_INIT; /* then it is shown again, after the next opening */
    f->draft.seen = seen;
    if (f->draft.id)
        store_draft_see(f->base.w.store, f->draft.id, seen, &unsaid);
    error_release(&unsaid);
}

/* Nothing of ours was kept: there is nothing to record. */
static void let_theirs_stand(struct screen *s, const struct versions *v)
{
    struct actform *f = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    if (f->draft.id && !store_draft_drop(f->base.w.store, f->draft.id, &err)) {
        app_say_error(app, &err);
    } else {
        f->done = true;
        screen_leave(s);
        app_say(app, _("What %s recorded stands; nothing was to be added."), v->who);
    }
    error_release(&err);
}

void actform_take_kept(struct screen *s, const struct versions *v)
{
    struct actform *f = s->state;
    if (versions_are_theirs(v)) {
        let_theirs_stand(s, v);
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        struct buf text = BUF_INIT;
        versions_result(&text, &v->list[i]);
        if (strcmp(buf_text(&text), v->list[i].mine) != 0)
            actform_put(f, v->list[i].path, buf_text(&text));
        buf_release(&text);
    }
    see(f, v->seen);
    app_say(s->app, "%s", _("Taken over. F2 records it."));
}

void both_reopen(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    if (answer && answer->take == (answer_fn *)actform_take_kept)
        actform_show_both(app_top(app));
}

bool actform_show_both(struct screen *s)
{
    struct actform *f = s->state;
    const struct casework *w = &f->base.w;
    struct error unread = ERROR_INIT;
    bool read = w->reference && casescreen_load(s, &unread);
    error_release(&unread);
    const struct act *theirs = read ? find_theirs(f) : NULL;
    if (!theirs)
        return false;
    struct versions v = {.reference = xstrdup(w->reference),
                         .who = xstrdup(theirs->by),
                         .at = xstrdup(theirs->at),
                         .seen = w->seen};
    compare(f, theirs, &v);
    if (v.count) {
        both_push(s->app, &v, actform_take_kept);
    } else {
        see(f, v.seen);
        app_say(s->app, _("%s recorded the very same already. F2 records yours too."), v.who);
        versions_release(&v);
    }
    return true;
}
