/* SPDX-License-Identifier: MIT */
/* What an event is: the form of its field table, kept as a draft until F2 says it. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/event.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/formdraft.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/settle.h"

struct eventform {
    struct app *app;
    char *name;        /* of the one that is changed; NULL: a new one */
    struct casework w; /* of no case: what may stand in a field asks for one */
    struct act_items items;
    struct form *form;
    struct form_draft draft;
    size_t faults;
    bool first, done;
    json_t *kept; /* from before a lock, until it has been taken up; or NULL */
};

/* ---- the form ---- */

static enum form_level settle(void *ctx, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    struct eventform *f = ctx;
    const struct act_item *detail = act_items_detail(&f->items, item->key);
    if (!detail || !detail->field || item->kind == FORM_CODE || item->kind == FORM_CODES)
        return FORM_FINE;
    return field_settle(detail->field, app_now(f->app), value, echo);
}

static bool flush(struct eventform *f, struct error *err)
{
    return form_draft_flush(&f->draft, f->form, err);
}

static void left(void *ctx, const struct form_item *item, const char *value, bool changed)
{
    struct eventform *f = ctx;
    struct error err = ERROR_INIT;
    (void)value;
    if (!changed || f->done)
        return;
    form_draft_miss(&f->draft, item->key);
    if (!flush(f, &err))
        app_say_error(f->app, &err);
    error_release(&err);
}

static bool typing(void *ctx, const struct form_item *item, const char *text, size_t cursor)
{
    struct eventform *f = ctx;
    struct error err = ERROR_INIT;
    bool kept = f->done || form_draft_typing(&f->draft, f->form, item->key, text, cursor, &err);
    if (!kept)
        app_say_error(f->app, &err);
    error_release(&err);
    return kept;
}

static const struct form_hooks hooks = {settle, left, typing, NULL};

static void put_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    (void)field;
    form_put(((struct eventform *)ctx)->form, path, text);
}

/* What most events have; typed over where it is otherwise. */
static void offer_usual(struct eventform *f)
{
    static const struct {
        const char *key, *value;
    } usual[] = {{"ground", "G4"},   {"perpetrator", "none"}, {"priority", "urgent"},
                 {"urgency", "72h"}, {"role", "requesting"},  {"consent_form", "oral"}};

    for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
        form_offer(f->form, usual[i].key, usual[i].value);
    form_offer(f->form, "requesting_state", store_post(f->app->store)->state);
}

static bool put_draft(struct eventform *f, struct error *err)
{
    struct drafts drafts = {0};
    struct draft draft = {0};
    if (!store_draft_list(f->app->store, f->draft.subject, &drafts, err))
        return false;
    for (size_t i = 0; i < drafts.count && !f->draft.id; i++)
        if (strcmp(drafts.list[i].screen, EVENT_FORM) == 0)
            f->draft.id = drafts.list[i].id;
    drafts_release(&drafts);
    if (!f->draft.id)
        return true;
    if (!store_draft_get(f->app->store, f->draft.id, &draft, err))
        return false;
    for (size_t i = 0; i < draft.count; i++)
        form_put(f->form, draft.fields[i].path, draft.fields[i].text);
    if (*draft.focus)
        form_go(f->form, draft.focus, (size_t)(draft.cursor < 0 ? 0 : draft.cursor));
    draft_release(&draft);
    return true;
}

/* What a lock came upon and no file has. */
static void put_kept(struct eventform *f)
{
    const char *path;
    json_t *text;
    json_object_foreach(json_object_get(f->kept, KEEP_UNWRITTEN), path, text)
    {
        form_put(f->form, path, json_string_value(text));
        form_draft_miss(&f->draft, path);
        f->draft.failed = true;
    }
    json_decref(f->kept);
    f->kept = NULL;
}

static bool load(struct screen *s, struct error *err)
{
    struct eventform *f = s->state;
    struct event e;
    if (!f->first)
        return true;
    f->first = false;
    act_items_make(&f->items, &(struct act_items_order){.w = &f->w, .fields = event_type.fields});
    if (f->name)
        f->items.list[0].kind = FORM_SHOWN; /* the name is what its cases know it by */
    form_set_items(f->form, f->items.list, f->items.count);
    if (f->name) {
        if (!store_event(f->app->store, f->name, &e, err))
            return false;
        values_visit(event_type.fields, e.content, put_value, f);
        event_release(&e);
    } else {
        offer_usual(f);
    }
    if (!put_draft(f, err))
        return false;
    put_kept(f);
    return true;
}

/* ---- saying it ---- */

static const char *value_at(void *ctx, const char *path)
{
    return form_value(((struct eventform *)ctx)->form, path);
}

static void mark_fault(void *ctx, const char *path, const char *text)
{
    struct eventform *f = ctx;
    if (!act_items_detail(&f->items, path))
        return;
    form_mark(f->form, path, FORM_ERROR, text);
    if (!f->faults++)
        form_go(f->form, path, FORM_NO_CURSOR);
}

/* Lines "path: what" go beside their fields. */
static void mark_lines(struct eventform *f, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n"), colon = strcspn(text, ":");
        char *path = xstrndup(text, colon < size ? colon : 0);
        char *line = xstrndup(text, size);
        mark_fault(f, path, line + (colon < size ? colon + 1 + strspn(line + colon + 1, " ") : 0));
        free(path);
        free(line);
        text += size + (text[size] == '\n');
    }
}

static void said(struct screen *s, const char *name)
{
    struct eventform *f = s->state;
    struct app *app = s->app;
    char *copy = xstrdup(name);
    bool fresh = !f->name;
    f->done = true;
    app_changed(app);
    screen_leave(s);
    if (fresh)
        event_push(app, copy);
    app_say(app, fresh ? _("Kept: %s. n takes its people in.") : _("Kept: %s."), copy);
    free(copy);
}

static void finish(struct screen *s)
{
    struct eventform *f = s->state;
    struct error err = ERROR_INIT;
    form_leave(f->form);
    f->faults = 0;
    json_t *content = values_read(event_type.fields, app_now(s->app), value_at, mark_fault, f);
    if (!f->faults && !payload_check(&event_type, content, &err)) {
        mark_lines(f, error_text(&err));
        error_clear(&err);
    }
    if (f->faults)
        app_say(s->app,
                n_("%zu value needs another look.", "%zu values need another look.", f->faults),
                f->faults);
    else if (store_event_put(s->app->store, content, !f->name, f->draft.id, &err))
        said(s, payload_text(content, "name"));
    else
        app_say_error(s->app, &err);
    json_decref(content);
    error_release(&err);
}

/* ---- events ---- */

static void leave(struct screen *s)
{
    struct eventform *f = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    if (f->draft.failed && !flush(f, &err)) {
        app_say_error(app, &err);
    } else {
        bool kept = f->draft.id != 0;
        screen_leave(s);
        if (kept)
            app_say(app, "%s", _("Not recorded; what was typed is kept."));
    }
    error_release(&err);
}

static void help(struct screen *s)
{
    struct eventform *f = s->state;
    const struct form_item *item = form_item_at(f->form);
    const struct act_item *detail = item ? act_items_detail(&f->items, item->key) : NULL;
    if (detail && detail->field)
        fieldhelp_push(s->app, &event_type, detail->field);
    else
        help_push(s);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct eventform *f = s->state;
    switch (form_event(f->form, event)) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        if (form_item_at(f->form))
            form_draft_focus(&f->draft, form_item_at(f->form)->key, form_cursor(f->form));
        return true;
    case FORM_DONE:
        finish(s);
        return true;
    case FORM_CANCEL:
        leave(s);
        return true;
    case FORM_HELP:
        help(s);
        return true;
    case FORM_HELP_ALL:
        help_push(s);
        return true;
    }
    return false;
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    form_draw(((struct eventform *)s->state)->form, term, row, rows);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct eventform *f = s->state;
    int page, pages;
    buf_adds(where, f->name ? _("What the event is") : _("A new event"));
    form_pages(f->form, &page, &pages);
    if (pages > 1)
        buf_addf(where, " %d/%d", page, pages);
    if (f->name)
        buf_addf(where, "  %s", f->name);
    size_t missing = 0;
    for (size_t i = 0; i < f->items.count; i++)
        missing += f->items.list[i].key && (f->items.list[i].flags & FORM_NEEDED) &&
                   !*form_value(f->form, f->items.list[i].key);
    if (missing)
        buf_addf(right, n_("%zu missing", "%zu missing", missing), missing);
}

static void idle(struct screen *s)
{
    struct eventform *f = s->state;
    struct error unsaid = ERROR_INIT;
    form_tick(f->form);
    if (f->draft.failed && flush(f, &unsaid))
        app_say(s->app, "%s", _("What was typed is kept again."));
    error_release(&unsaid);
}

static int timeout(const struct screen *s)
{
    return form_timeout(((const struct eventform *)s->state)->form);
}

static void keep(struct screen *s, json_t *kept)
{
    struct eventform *f = s->state;
    struct error unsaid = ERROR_INIT;
    form_leave(f->form);
    if (f->draft.failed)
        flush(f, &unsaid);
    error_release(&unsaid);
    if (f->name)
        json_object_set_new(kept, "event", json_string(f->name));
    if (f->draft.failed)
        json_object_set_new(kept, KEEP_UNWRITTEN, form_draft_missed(&f->draft, f->form));
}

static void close_state(struct screen *s)
{
    struct eventform *f = s->state;
    form_leave(f->form);
    form_free(f->form);
    act_items_release(&f->items);
    form_draft_release(&f->draft);
    casework_release(&f->w);
    json_decref(f->kept);
    free(f->name);
    free(f);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Says that the event is so; the draft goes."), finish, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type eventform_type = {
    .name = EVENT_FORM,
    .title = N_("What an event is"),
    .about = N_("What is said here is carried into every case of the event that is taken in from "
                "now on. The basis is for those who cannot consent: a child alone, somebody who "
                "could not be asked."),
    .commands = commands,
    .typing = true,
    .load = load,
    .head = head,
    .draw = draw,
    .event = event,
    .idle = idle,
    .timeout = timeout,
    .keep = keep,
    .close = close_state,
};

void eventform_push(struct app *app, const char *name)
{
    struct eventform *f = xcalloc(1, sizeof *f);
    char *subject = xasprintf("%s%s", EVENT_SUBJECT, name ? name : "");
    f->app = app;
    f->name = name ? xstrdup(name) : NULL;
    f->first = true;
    casework_init(&f->w, app->store, NULL);
    f->form = form_new(&hooks, f);
    form_draft_init(&f->draft, app->store, subject, EVENT_FORM, ACT_OPEN, 0);
    free(subject);
    screen_push(app, &eventform_type, f);
}

void eventform_reopen(struct app *app, const json_t *kept)
{
    const char *name = keep_text(kept, "event");
    eventform_push(app, *name ? name : NULL);
    ((struct eventform *)app_top(app)->state)->kept = json_deep_copy(kept);
}
