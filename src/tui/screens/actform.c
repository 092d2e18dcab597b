/* SPDX-License-Identifier: MIT */
/*
 * The form of any act. Each field left is in the file at once, as a draft; F2 makes one act of it
 * (actform_record.c), and the draft (actform_draft.c) goes in the same transaction.
 */
#include "actform_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/mrzfill.h"
#include "amparo/tui/steps.h"
#include "amparo/tui/values.h"

void actform_make_items(struct actform *f)
{
    struct act_recording r = actform_recording(f, actform_no_fault);
    json_t *typed = act_payload(&r);
    struct act_items old = f->items;
    act_items_make(&f->items, &(struct act_items_order){.w = &f->base.w,
                                                        .kind = f->kind,
                                                        .correcting = f->correct != NULL,
                                                        .several = !f->correct,
                                                        .typed = typed});
    form_set_items(f->form, f->items.list, f->items.count);
    act_items_release(&old);
    json_decref(typed);
    f->remake = false;
}

/* ---- a field was left ---- */

static void left(void *ctx, const struct form_item *item, const char *value, enum form_leaving how)
{
    struct actform *f = ctx;
    if (how == FORM_PASSED)
        actform_passed(f, item->key);
    if (how == FORM_CARRIED)
        f->remake = true;
    if (how != FORM_CHANGED)
        return;
    actform_keep(f, item->key);
    actform_keep_age(f, item->key);
    actform_offer_consequence(f, item->key, value);
    actform_note_left(f, item->key);
    f->remake = true;
    f->new_state = f->new_state || actform_names_state(item->key);
}

/* A value that the passport line brought. */
static void keep_filled(void *ctx, const char *path, const char *text)
{
    (void)text;
    actform_keep(ctx, path);
}

static const struct form_hooks hooks = {actform_settle, left, actform_typing, actform_previous};

/* ---- events ---- */

/* One goes on without recording a section in which nothing was typed. */
static void next_section(struct screen *s)
{
    struct actform *f = s->state;
    if (!f->intake || f->correct) {
        app_say(s->app, "%s", _("This was the last section; F2 records."));
        return;
    }
    if (f->draft.id) {
        actform_finish(s);
        return;
    }
    struct app *app = s->app;
    enum act_kind kind = f->kind;
    char *reference = f->base.w.reference ? xstrdup(f->base.w.reference) : NULL;
    if (reference) {
        screen_leave(s);
        actform_go_on(app, reference, kind);
    }
    free(reference);
}

static void leave_if_meant(struct screen *s, const char *word)
{
    if (strcmp(word, _("DISCARD")) == 0)
        screen_leave(s);
}

/* What could not be written is not thrown away by a key that means nothing of the kind. */
static void leave(struct screen *s)
{
    struct actform *f = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    if (f->draft.failed && !actform_flush(f, &err)) {
        char about[200];
        snprintf(about, sizeof about, _("Type %s and Enter to throw this form away."),
                 _("DISCARD"));
        ask_push(app, _("What was typed is not in the file"), about, "", leave_if_meant);
        app_say_error(app, &err);
    } else {
        bool kept = f->draft.id != 0;
        screen_leave(s);
        if (kept)
            app_say(app, "%s", _("Not recorded; what was typed is kept."));
    }
    error_release(&err);
}

static void field_help(struct screen *s, bool all)
{
    struct actform *f = s->state;
    fieldhelp_push(s, act_type(f->kind), act_items_field_at(&f->items, f->form), all);
}

/* What is wrong with the field that was left, where there is no room beside it. */
static void say_fault(const struct actform *f, const char *left)
{
    const struct form_item *item = form_item_at(f->form);
    const char *said;
    if (!*left || (item && strcmp(item->key, left) == 0) || form_says_in_full(f->form, left))
        return;
    form_level(f->form, left, &said);
    app_say(f->app, "%s", said);
}

/* The field after that one, or "". */
static const char *field_after(const struct actform *f, const char *key)
{
    bool passed = false;
    for (size_t i = 0; i < f->items.count; i++) {
        const char *at = f->items.list[i].key;
        if (at && passed)
            return at;
        passed = passed || (at && strcmp(at, key) == 0);
    }
    return "";
}

static char *key_at(const struct actform *f)
{
    const struct form_item *item = form_item_at(f->form);
    return xstrdup(item ? item->key : "");
}

/* Where the value that was left brought fields in, who goes on goes to them, not past them. */
static void remake(struct actform *f, const char *left, const char *next)
{
    char *now = key_at(f);
    actform_make_items(f);
    if (f->new_state && !f->correct)
        actform_put_defaults(f);
    f->new_state = false;
    const char *brought = field_after(f, left);
    if (strcmp(now, next) == 0 && *brought && strcmp(brought, next) != 0)
        form_go(f->form, brought, FORM_NO_CURSOR);
    free(now);
}

static int page_of(const struct actform *f)
{
    int page, pages;
    form_pages(f->form, &page, &pages);
    return page;
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct actform *f = s->state;
    char *mrz = xstrdup(form_value(f->form, "mrz"));
    int page = page_of(f);
    bool done = event->kind == TERM_KEY && (event->key == TK_F2 || event->key == TK_F6);
    f->doubted = f->doubted && done;
    char *left = key_at(f), *next = xstrdup(field_after(f, left));
    enum form_result result = form_event(f->form, event);
    bool of_person = f->kind == ACT_PERSON;
    if ((of_person || f->kind == ACT_DOCUMENT) && strcmp(mrz, form_value(f->form, "mrz")) != 0 &&
        f->remake)
        mrz_fill(f->form, of_person, instant_date(f->base.w.now).year, keep_filled, f);
    free(mrz);
    if (f->remake)
        remake(f, left, next);
    say_fault(f, left);
    if (page_of(f) != page && !done)
        actform_say_doubts(f);
    free(left);
    free(next);
    actform_follow_focus(f);
    if (result == FORM_STAY)
        actform_hint_likely(s);
    switch (result) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        return true;
    case FORM_DONE:
        actform_finish(s);
        return true;
    case FORM_CANCEL:
        leave(s);
        return true;
    case FORM_HELP:
        field_help(s, false);
        return true;
    case FORM_HELP_ALL:
        field_help(s, true);
        return true;
    }
    return false;
}

static struct form *form_of(const struct screen *s)
{
    return ((const struct actform *)s->state)->form;
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct actform *f = s->state;
    form_draw(f->form, term, row, rows);
}

/* What is needed and empty: the first three by their labels. */
static void say_needed(const struct actform *f, struct buf *out)
{
    size_t missing = 0;
    for (size_t i = 0; i < f->items.count; i++) {
        const struct form_item *item = &f->items.list[i];
        if (!item->key || !(item->flags & FORM_NEEDED) || *form_value(f->form, item->key))
            continue;
        if (missing++ < 3)
            buf_addf(out, "%s%s", missing == 1 ? _("missing: ") : ", ", item->label);
    }
    if (missing > 3)
        buf_addf(out, " +%zu", missing - 3);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    enum { GAPS = 6 };
    const struct actform *f = s->state;
    const char *reference = f->base.w.reference;
    int of, place = f->intake ? intake_place(f->kind, &of) : 0, page, pages;
    if (place)
        buf_addf(where, _("Intake %d of %d · "), place, of);
    if (f->correct)
        buf_addf(where, "%s · ", _("Correction"));
    buf_adds(where, _(act_type(f->kind)->label));
    form_pages(f->form, &page, &pages);
    if (pages > 1)
        buf_addf(where, " %d/%d", page, pages);
    casescreen_others(s, right);
    if (!right->size)
        say_needed(f, right);
    int room = app_cols(s->app) - GAPS - text_cells(buf_text(right));
    int least = reference ? text_cells(reference) : 0;
    if (text_cells(buf_text(where)) + least > room) { /* a * marks what is needed, too */
        buf_clear(right);
        buf_adds(right, reference ? reference : "");
        return;
    }
    buf_adds(where, "  ");
    casescreen_say(s, where, CASE_IN_STATE, room);
}

static void idle(struct screen *s)
{
    struct actform *f = s->state;
    struct error unsaid = ERROR_INIT;
    bool failed = f->draft.failed; /* the tick writes what is missed, too */
    form_tick(f->form);
    if (failed && actform_flush(f, &unsaid))
        app_say(s->app, "%s", _("What was typed is kept again."));
    error_release(&unsaid);
}

static void keep_state(struct screen *s, json_t *kept)
{
    struct actform *f = s->state;
    form_draft_keep(&f->draft, f->form, kept);
    casescreen_keep(s, kept);
    json_object_set_new(kept, "kind", json_integer(f->kind));
    json_object_set_new(kept, "slot", json_integer(f->slot));
    json_object_set_new(kept, "intake", json_boolean(f->intake));
    json_object_set_new(kept, "seen", json_integer(f->draft.seen));
    if (f->correct)
        json_object_set_new(kept, "correct", json_string(f->correct));
    json_t *presets = json_object();
    for (size_t i = 0; i < FORM_PRESETS && f->presets[i].path; i++)
        json_object_set_new(presets, f->presets[i].path, json_string(f->presets[i].value));
    json_object_set_new(kept, "presets", presets);
}

static void close_state(struct screen *s)
{
    struct actform *f = s->state;
    form_tick(f->form);
    form_free(f->form);
    act_items_release(&f->items);
    for (size_t i = 0; i < FORM_PRESETS; i++) {
        free((void *)(uintptr_t)f->presets[i].path);
        free((void *)(uintptr_t)f->presets[i].value);
    }
    free(f->correct);
    form_draft_release(&f->draft);
    free(f->override);
    free(f->same_case);
    json_decref(f->marked_doubts);
    json_decref(f->kept_doubts);
    free_wiped(f->last);
    casescreen_close(s);
}

static void status(const struct screen *s, struct buf *out)
{
    form_draft_say(&((const struct actform *)s->state)->draft, out);
}

bool actform_is(const struct screen *s, enum act_kind kind)
{
    return s->type == &actform_type && ((const struct actform *)s->state)->kind == kind;
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Records the act: the gates are asked, and the draft goes."),
     actform_finish, NULL},
    {TK_F(6), NULL, N_("next section"), N_("Goes to the next section of the form or the intake."),
     next_section, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {
    ANSWER(leave_if_meant),
    ANSWER(actform_override),
    ANSWER(actform_accept),
    ANSWER(actform_answered),
    ANSWER(actform_take_kept),
    ANSWER(actform_if_meant),
    ANSWERS_END,
};

const struct screen_type actform_type = {
    .name = "form",
    .title = N_("A form"),
    .about = N_("Enter or Tab goes on, Shift-Tab back. A * marks what is needed. F4 shows the "
                "choices; ?u unknown, ?r declined, ?l ask later, ?n does not apply; @ empties."),
    .commands = commands,
    .typing = true,
    .answers = answers,
    .status = status,
    .load = actform_load,
    .head = head,
    .draw = draw,
    .event = event,
    .form = form_of,
    .idle = idle,
    .keep = keep_state,
    .close = close_state,
};

void actform_push(struct app *app, const struct form_order *order)
{
    struct screen *s =
        casescreen_push(app, &actform_type, sizeof(struct actform), order->reference);
    struct actform *f = s->state;
    f->app = app;
    f->kind = order->kind;
    f->slot = order->slot;
    f->correct = order->correct ? xstrdup(order->correct) : NULL;
    f->intake = order->intake;
    f->first = true;
    f->form = form_new(&hooks, f);
    form_skip(f->form, app->skip);
    form_draft_init(&f->draft, app->store, order->reference,
                    f->correct  ? f->correct
                    : f->intake ? "intake"
                                : "form",
                    f->kind, f->slot);
    for (size_t i = 0; i < FORM_PRESETS && order->presets[i].path; i++)
        f->presets[i] =
            (struct form_preset){xstrdup(order->presets[i].path), xstrdup(order->presets[i].value)};
}

bool actform_resume(struct app *app, int64_t id, struct error *err)
{
    struct draft draft = {0};
    if (!store_draft_get(app->store, id, &draft, err))
        return false;
    bool opening = strcmp(draft.subject, "new") == 0;
    bool correcting = strlen(draft.screen) == 2 * ACT_ID_SIZE;
    if (!opening)
        case_push(app, draft.subject);
    actform_push(app, &(struct form_order){.reference = opening ? NULL : draft.subject,
                                           .kind = draft.kind,
                                           .slot = draft.slot,
                                           .correct = correcting ? draft.screen : NULL,
                                           .intake = strcmp(draft.screen, "intake") == 0});
    ((struct actform *)app_top(app)->state)->resumed = id;
    draft_release(&draft);
    return true;
}

void actform_reopen(struct app *app, const json_t *kept)
{
    struct form_order order = {
        .reference = json_string_value(json_object_get(kept, "reference")),
        .kind = (enum act_kind)keep_number(kept, "kind"),
        .slot = (long)keep_number(kept, "slot"),
        .correct = json_string_value(json_object_get(kept, "correct")),
        .intake = json_is_true(json_object_get(kept, "intake")),
    };
    const char *path;
    json_t *value;
    size_t count = 0;
    json_object_foreach(json_object_get(kept, "presets"), path, value)
    {
        if (count < FORM_PRESETS)
            order.presets[count++] = (struct form_preset){path, json_string_value(value)};
    }
    actform_push(app, &order);
    ((struct actform *)app_top(app)->state)->resumed = keep_number(kept, "draft");
}
