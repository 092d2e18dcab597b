/* SPDX-License-Identifier: MIT */
/*
 * The form of any act. Each field left is in the file at once, as a draft; F2 makes one act of it,
 * and the draft goes in the same transaction. What the gates refuse is listed; what cannot be is
 * said beside its field.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/actrecord.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/formdraft.h"
#include "amparo/tui/mrzfill.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/steps.h"

struct actform {
    struct casescreen base;
    struct app *app;
    bool done; /* recorded: nothing is kept any more */
    enum act_kind kind;
    long slot;
    char *correct; /* id of the act corrected, or NULL */
    bool intake;
    struct form *form;
    struct act_items items;
    int64_t seen; /* of the case, when the form was opened or last compared */
    struct form_draft draft;
    bool anew;                                /* the draft was recorded elsewhere, and began anew */
    bool remake;                              /* values changed: other fields may be asked for */
    bool first;                               /* load for the first time */
    char *override;                           /* reason of an override, or NULL */
    struct form_preset presets[FORM_PRESETS]; /* owned */
    size_t faults;
    int64_t resumed; /* a draft to begin with, or 0 */
};

/* ---- values ---- */

static const char *value_at(void *ctx, const char *path)
{
    return form_value(((struct actform *)ctx)->form, path);
}

static void ignore_fault(void *ctx, const char *path, const char *text)
{
    (void)ctx;
    (void)path;
    (void)text;
}

/* Beside its field; what belongs to none is said in the message line by the caller. */
static void mark_fault(void *ctx, const char *path, const char *text)
{
    struct actform *f = ctx;
    if (!act_items_detail(&f->items, path))
        return;
    form_mark(f->form, path, FORM_ERROR, text);
    if (!f->faults++)
        form_go(f->form, path, FORM_NO_CURSOR);
}

static struct act_recording recording(struct actform *f, value_fault *fault)
{
    return (struct act_recording){.w = &f->base.w,
                                  .kind = f->kind,
                                  .correct = f->correct,
                                  .override = f->override,
                                  .seen = f->seen,
                                  .draft = f->draft.id,
                                  .lookup = value_at,
                                  .fault = fault,
                                  .ctx = f};
}

static void make_items(struct actform *f)
{
    struct act_recording r = recording(f, ignore_fault);
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

/* ---- the draft ---- */

/* Another program of this officer recorded it, or threw it away: what stands here begins anew. */
static bool begin_anew(struct actform *f, struct error *err)
{
    form_draft_forget(&f->draft);
    for (size_t i = 0; i < f->items.count; i++) {
        const char *key = f->items.list[i].key;
        if (key && *form_value(f->form, key))
            form_draft_miss(&f->draft, key);
    }
    f->anew = true;
    return form_draft_flush(&f->draft, f->form, err);
}

/* True where all that was typed is in the file. */
static bool flush(struct actform *f, struct error *err)
{
    if (form_draft_flush(&f->draft, f->form, err))
        return true;
    if (err->kind != ERROR_INPUT)
        return false;
    error_clear(err);
    return begin_anew(f, err);
}

static void keep(struct actform *f, const char *path)
{
    struct error err = ERROR_INIT;
    if (f->done)
        return;
    form_draft_miss(&f->draft, path);
    /* Said at once: one must know that what is on the screen is not in the file. */
    if (!flush(f, &err))
        app_say_error(f->app, &err);
    error_release(&err);
}

/* Where one is goes into the draft when one has moved. */
static void follow_focus(struct actform *f)
{
    const struct form_item *item = form_item_at(f->form);
    if (item && !f->done)
        form_draft_focus(&f->draft, item->key, form_cursor(f->form));
}

static void left(void *ctx, const struct form_item *item, const char *value, bool changed)
{
    struct actform *f = ctx;
    (void)value;
    if (!changed)
        return;
    keep(f, item->key);
    f->remake = true;
}

static void typing(void *ctx, const struct form_item *item, const char *text, size_t cursor)
{
    struct actform *f = ctx;
    struct error err = ERROR_INIT;
    if (!f->done && !form_draft_typing(&f->draft, f->form, item->key, text, cursor, &err))
        app_say_error(f->app, &err);
    error_release(&err);
}

/* A value that the passport line brought. */
static void keep_filled(void *ctx, const char *path, const char *text)
{
    (void)text;
    keep(ctx, path);
}

/* ---- what a text means ---- */

static enum form_level settle(void *ctx, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    struct actform *f = ctx;
    const struct act_item *detail = act_items_detail(&f->items, item->key);
    if (!detail || !detail->field || item->kind == FORM_CODE || item->kind == FORM_CODES)
        return FORM_FINE;
    const struct field *field = detail->field;
    struct instant now = f->base.w.now;
    if (field->type == FIELD_MRZ)
        return mrz_settle(buf_text(value), instant_date(now).year, echo);

    struct error err = ERROR_INIT;
    json_t *json = NULL;
    bool ok = values_read_one(field, buf_text(value), now, &json, &err) &&
              (!json || payload_check_value(field, json, "", &err));
    if (!ok) {
        const char *text = error_text(&err);
        const char *said = strncmp(text, ": ", 2) == 0 ? text + 2 : text;
        buf_add(echo, said, strcspn(said, "\n"));
    } else if (field->type == FIELD_DATE || field->type == FIELD_PARTIAL_DATE ||
               field->type == FIELD_INSTANT || field->type == FIELD_DEADLINE) {
        /* `now` stays as it is: it is the moment of the recording. */
        if (strcasecmp(buf_text(value), "now") != 0) {
            buf_clear(value);
            values_text(value, field, json);
        }
        values_say(echo, field, json, NULL, reader_language);
    } else if (field->type == FIELD_PHONE || field->type == FIELD_AMOUNT) {
        buf_clear(value);
        values_text(value, field, json);
    }
    json_decref(json);
    error_release(&err);
    return ok ? FORM_FINE : FORM_ERROR;
}

struct finding {
    const char *path;
    char *text;
};

static void find_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    struct finding *finding = ctx;
    (void)field;
    if (!finding->text && strcmp(path, finding->path) == 0)
        finding->text = xstrdup(text);
}

static const char *other_state(const struct actform *f);

/* What stood there in the last act of this kind; kept until the next question. */
static const char *previous(void *ctx, const struct form_item *item)
{
    static char *kept;
    struct actform *f = ctx;
    const struct casework *w = &f->base.w;
    const struct entry *last = w->has_case ? case_last(&w->c, f->kind) : NULL;
    struct finding finding = {item->key, NULL};
    if (last)
        values_visit(act_type(f->kind)->fields, last->payload, find_value, &finding);
    if (!finding.text)
        finding.text = default_value(w, f->kind, item->key, other_state(f));
    free(kept);
    kept = finding.text;
    return kept;
}

static const struct form_hooks hooks = {settle, left, typing, previous};

/* ---- what stands in the form at the beginning ---- */

static void put_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    (void)field;
    form_put(((struct actform *)ctx)->form, path, text);
}

/* The other State that the form is about. */
static const char *other_state(const struct actform *f)
{
    static const char *const paths[] = {"to.state", "from.state", "state", "by"};
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
        if (act_items_detail(&f->items, paths[i]) && *form_value(f->form, paths[i]))
            return form_value(f->form, paths[i]);
    return "";
}

static void put_defaults(struct actform *f)
{
    for (size_t i = 0; i < f->items.count; i++) {
        const char *key = f->items.list[i].key;
        if (!key || *form_value(f->form, key))
            continue;
        char *value = default_value(&f->base.w, f->kind, key, other_state(f));
        if (value)
            form_offer(f->form, key, value);
        free(value);
    }
}

/* The values of the act that is corrected, as it stands now. */
static void put_corrected(struct actform *f)
{
    const struct entry *entry = case_entry(&f->base.w.c, f->correct);
    if (!entry)
        return;
    values_visit(act_type(f->kind)->fields, entry->payload, put_value, f);
    const struct field pair[] = {act_transcribed_field, {.id = 0}};
    values_visit(pair, entry->payload, put_value, f);
}

static bool find_draft(struct actform *f, struct error *err)
{
    struct drafts drafts = {0};
    if (f->resumed) {
        f->draft.id = f->resumed;
        return true;
    }
    if (!store_draft_list(f->base.w.store, f->draft.subject, &drafts, err))
        return false;
    for (size_t i = 0; i < drafts.count && !f->draft.id; i++)
        if (drafts.list[i].kind == f->kind && drafts.list[i].slot == f->slot)
            f->draft.id = drafts.list[i].id;
    drafts_release(&drafts);
    return true;
}

/* Typed before: it outdoes presets and defaults, and the cursor goes where it stood. */
static bool put_draft(struct actform *f, struct error *err)
{
    struct draft draft = {0};
    if (!find_draft(f, err))
        return false;
    if (!f->draft.id)
        return true;
    if (!store_draft_get(f->base.w.store, f->draft.id, &draft, err))
        return false;
    for (size_t i = 0; i < draft.count; i++)
        form_put(f->form, draft.fields[i].path, draft.fields[i].text);
    make_items(f);
    if (*draft.focus)
        form_go(f->form, draft.focus, (size_t)(draft.cursor < 0 ? 0 : draft.cursor));
    struct buf when = BUF_INIT;
    values_say_when_short(&when, draft.at, f->base.w.now, reader_language);
    app_say(f->app, _("Taken up where you left it (%s)."), buf_text(&when));
    buf_release(&when);
    draft_release(&draft);
    return true;
}

static bool load(struct screen *s, struct error *err)
{
    struct actform *f = s->state;
    if (!casescreen_load(s, err))
        return false;
    if (!f->first) {
        make_items(f); /* others may have recorded what is chosen from here */
        return true;
    }
    f->first = false;
    f->seen = f->base.w.seen;
    make_items(f);
    if (f->correct)
        put_corrected(f);
    for (size_t i = 0; i < FORM_PRESETS && f->presets[i].path; i++) {
        form_put(f->form, f->presets[i].path, f->presets[i].value);
        /* So that it can be taken up from the list too. */
        form_draft_miss(&f->draft, f->presets[i].path);
    }
    if (!f->correct) {
        make_items(f);
        put_defaults(f);
    }
    make_items(f);
    if (!f->correct)
        put_defaults(f); /* of fields that the first defaults brought in */
    return put_draft(f, err);
}

/* ---- recording ---- */

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

/* The next section of the intake, over the case. */
static void go_on(struct app *app, const char *reference, enum act_kind kind)
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
    bool intake = f->intake && !f->correct;
    struct error unsaid = ERROR_INIT;
    if (kind == ACT_OPEN)
        store_draft_move(app->store, "new", r->reference, &unsaid);
    error_release(&unsaid);
    f->done = true;
    app_changed(app);
    screen_leave(s);
    if (intake)
        go_on(app, r->reference, kind);
    else if (kind == ACT_OPEN)
        case_push(app, r->reference);
    say_recorded(app, r);
    recorded_release(r);
}

static void record(struct screen *s);

static void override_with(void *ctx, const char *reason)
{
    struct screen *s = ctx;
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
                              .override = override_with,
                              .ctx = s};
    refusal.reference = f->base.w.reference ? xstrdup(f->base.w.reference) : NULL;
    refusal.causes = *err;
    *err = (struct error)ERROR_INIT;
    free(f->override);
    f->override = NULL;
    refusal_push(s->app, &refusal);
}

/* Somebody else recorded the same thing meanwhile: theirs is shown, ours stays in the form. */
static void show_theirs(struct screen *s, struct error *err)
{
    struct actform *f = s->state;
    struct error unread = ERROR_INIT;
    int64_t seen = f->seen;
    if (casescreen_load(s, &unread)) {
        const struct casework *w = &f->base.w;
        for (size_t i = w->c.count; i-- > 0 && w->c.acts[i].seq > seen;)
            if (w->c.acts[i].kind == f->kind || w->c.acts[i].kind == ACT_CORRECT) {
                char id[2 * ACT_ID_SIZE + 1];
                act_id_hex(w->c.acts[i].id, id);
                f->seen = w->seen;
                actview_push(s->app, w->reference, id);
                app_say(s->app, _("This is of %s; yours is kept. Esc, then F2 records yours too."),
                        w->c.acts[i].by);
                error_clear(err);
                break;
            }
    }
    if (err->kind)
        app_say_error(s->app, err);
    error_release(&unread);
}

/* Recorded or thrown away in another program of this officer: nothing is recorded twice unsaid. */
static bool is_anew(struct actform *f)
{
    struct error err = ERROR_INIT;
    if (!f->anew && !form_draft_is_there(&f->draft))
        begin_anew(f, &err);
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
    struct act_recording r = recording(f, mark_fault);
    if (act_record(&r, &recorded, &err)) {
        after_recording(s, &recorded);
        return;
    }
    if (err.kind == ERROR_REFUSED)
        show_refusal(s, &err);
    else if (err.kind == ERROR_FAILED && f->base.w.reference)
        show_theirs(s, &err);
    else if (err.kind)
        app_say_error(s->app, &err);
    else if (f->faults)
        app_say(s->app,
                n_("%zu value needs another look.", "%zu values need another look.", f->faults),
                f->faults);
    else
        app_say(s->app, "%s", _("This cannot be recorded as it is."));
    error_release(&err);
}

static void accept(struct screen *below)
{
    record(below);
}

/* A note is read as it will go out before it gets its number. */
static void finish(struct screen *s)
{
    struct actform *f = s->state;
    form_leave(f->form);
    f->faults = 0;
    if (f->kind == ACT_NOTE && !f->correct &&
        strcmp(form_value(f->form, "direction"), "out") == 0) {
        struct act_recording r = recording(f, mark_fault);
        json_t *payload = act_payload(&r);
        char *text = f->faults ? NULL : preview_draft_note(f->base.w.store, &f->base.w, payload);
        json_decref(payload);
        if (text) {
            preview_ask(s->app, _("Note, before it is recorded"), text, accept);
            return;
        }
    }
    record(s);
}

/* ---- events ---- */

/* One goes on without recording a section in which nothing was typed. */
static void next_section(struct screen *s)
{
    struct actform *f = s->state;
    if (!f->intake || f->correct || f->draft.id) {
        finish(s);
        return;
    }
    struct app *app = s->app;
    enum act_kind kind = f->kind;
    char *reference = f->base.w.reference ? xstrdup(f->base.w.reference) : NULL;
    if (reference) {
        screen_leave(s);
        go_on(app, reference, kind);
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
    if (f->draft.failed && !flush(f, &err)) {
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

static void field_help(struct screen *s)
{
    struct actform *f = s->state;
    const struct form_item *item = form_item_at(f->form);
    const struct act_item *detail = item ? act_items_detail(&f->items, item->key) : NULL;
    if (detail && detail->field)
        fieldhelp_push(s->app, act_type(f->kind), detail->field);
    else
        help_push(s);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct actform *f = s->state;
    char *mrz = xstrdup(form_value(f->form, "mrz"));
    enum form_result result = form_event(f->form, event);
    if (f->kind == ACT_PERSON && strcmp(mrz, form_value(f->form, "mrz")) != 0 && f->remake)
        mrz_fill(f->form, instant_date(f->base.w.now).year, keep_filled, f);
    free(mrz);
    if (f->remake)
        make_items(f);
    follow_focus(f);
    switch (result) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        return true;
    case FORM_DONE:
        finish(s);
        return true;
    case FORM_CANCEL:
        leave(s);
        return true;
    case FORM_HELP:
        field_help(s);
        return true;
    case FORM_HELP_ALL:
        help_push(s);
        return true;
    }
    return false;
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct actform *f = s->state;
    form_draw(f->form, term, row, rows);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct actform *f = s->state;
    const struct casework *w = &f->base.w;
    int of, place = f->intake ? intake_place(f->kind, &of) : 0, page, pages;
    if (place)
        buf_addf(where, _("Intake %d of %d · "), place, of);
    if (f->correct)
        buf_addf(where, "%s · ", _("Correction"));
    buf_adds(where, _(act_type(f->kind)->label));
    form_pages(f->form, &page, &pages);
    if (pages > 1)
        buf_addf(where, " %d/%d", page, pages);
    buf_addf(where, "  %s", w->reference ? w->reference : _("new case"));
    casescreen_others(s, right);
    if (!right->size) {
        size_t missing = 0;
        for (size_t i = 0; i < f->items.count; i++) {
            const struct form_item *item = &f->items.list[i];
            if (!item->key || !(item->flags & FORM_NEEDED) || *form_value(f->form, item->key))
                continue;
            if (missing++ < 3)
                buf_addf(right, "%s%s", missing == 1 ? _("missing: ") : ", ", item->label);
        }
        if (missing > 3)
            buf_addf(right, " +%zu", missing - 3);
    }
}

static void idle(struct screen *s)
{
    struct actform *f = s->state;
    struct error unsaid = ERROR_INIT;
    form_tick(f->form);
    if (f->draft.failed && flush(f, &unsaid))
        app_say(s->app, "%s", _("What was typed is kept again."));
    error_release(&unsaid);
}

static int timeout(const struct screen *s)
{
    return form_timeout(((const struct actform *)s->state)->form);
}

static void close_state(struct screen *s)
{
    struct actform *f = s->state;
    form_leave(f->form);
    form_free(f->form);
    act_items_release(&f->items);
    for (size_t i = 0; i < FORM_PRESETS; i++) {
        free((void *)(uintptr_t)f->presets[i].path);
        free((void *)(uintptr_t)f->presets[i].value);
    }
    free(f->correct);
    form_draft_release(&f->draft);
    free(f->override);
    casescreen_close(s);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Records the act: the gates are asked, and the draft goes."),
     finish, NULL},
    {TK_F(6), NULL, N_("next section"), N_("Goes to the next section of the form or the intake."),
     next_section, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type actform_type = {
    .name = "form",
    .title = N_("A form"),
    .about = N_("Enter or Tab goes on, Shift-Tab back. A * marks what is needed. F4 shows the "
                "choices; ?u unknown, ?r declined, ?l ask later, ?n does not apply; @ empties."),
    .commands = commands,
    .typing = true,
    .load = load,
    .head = head,
    .draw = draw,
    .event = event,
    .idle = idle,
    .timeout = timeout,
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
