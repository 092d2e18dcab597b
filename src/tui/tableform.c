/* SPDX-License-Identifier: MIT */
#include "amparo/tui/tableform.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/formend.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/settle.h"

/* ---- the form ---- */

static enum form_level settle(void *ctx, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    struct tableform *f = ctx;
    const struct act_item *detail = act_items_detail(&f->items, item->key);
    if (!detail || !detail->field || item->kind == FORM_CODE || item->kind == FORM_CODES)
        return FORM_FINE;
    return field_settle(detail->field, app_now(f->app), value, echo);
}

static bool flush(struct tableform *f, struct error *err)
{
    return form_draft_flush(&f->draft, f->form, err);
}

static void left(void *ctx, const struct form_item *item, const char *value, enum form_leaving how)
{
    struct tableform *f = ctx;
    struct error err = ERROR_INIT;
    (void)value;
    if ((how != FORM_CHANGED && how != FORM_PASSED) || f->done)
        return;
    form_draft_miss(&f->draft, item->key);
    /* Who only walks through has typed nothing. */
    if ((how == FORM_CHANGED || f->draft.id) && !flush(f, &err))
        app_tell_error(f->app, &err);
    error_release(&err);
}

static bool typing(void *ctx, const struct form_item *item, const char *text, size_t cursor)
{
    struct tableform *f = ctx;
    struct error err = ERROR_INIT;
    bool kept = f->done || form_draft_typing(&f->draft, f->form, item->key, text, cursor, &err);
    if (!kept)
        app_tell_error(f->app, &err);
    error_release(&err);
    return kept;
}

static const struct form_hooks hooks = {settle, left, typing, NULL};

static void put_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    (void)field;
    form_put(((struct tableform *)ctx)->form, path, text);
}

void tableform_put(struct tableform *f, const json_t *content)
{
    values_visit(f->hooks->table->fields, content, put_value, f);
}

void tableform_offer(struct tableform *f, const char *key, const char *value)
{
    form_offer(f->form, key, value);
}

static void make_items(struct tableform *f)
{
    struct act_items old = f->items;
    act_items_make(&f->items,
                   &(struct act_items_order){.w = &f->w, .fields = f->hooks->table->fields});
    if (f->of && f->hooks->name_stays)
        f->items.list[0].kind = FORM_SHOWN;
    form_set_items(f->form, f->items.list, f->items.count);
    act_items_release(&old);
}

bool tableform_load(struct screen *s, struct error *err)
{
    struct tableform *f = s->state;
    make_items(f);
    if (!f->first)
        return true;
    f->first = false;
    return f->hooks->begin(f, err) && form_draft_take_up(&f->draft, f->form, s->kept, err);
}

/* ---- saying it ---- */

static const char *value_at(void *ctx, const char *path)
{
    return form_value(((struct tableform *)ctx)->form, path);
}

static void mark_fault(void *ctx, const char *path, const char *text)
{
    struct tableform *f = ctx;
    if (formend_mark(f->form, &f->items, path, text) && !f->faults++)
        form_go(f->form, path, FORM_NO_CURSOR);
}

/* Lines "path: what" go beside their fields. */
static void mark_lines(struct tableform *f, const char *text)
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

static void said(struct screen *s, const json_t *content)
{
    struct tableform *f = s->state;
    const struct tableform_hooks *of_table = f->hooks;
    struct app *app = s->app;
    char *of = f->of ? xstrdup(f->of) : NULL;
    f->done = true;
    app_changed(app);
    screen_leave(s);
    of_table->said(app, of, content);
    free(of);
}

void tableform_finish(struct screen *s)
{
    struct tableform *f = s->state;
    const struct act_type *table = f->hooks->table;
    struct error err = ERROR_INIT;
    form_leave(f->form);
    form_unmark(f->form);
    f->faults = 0;
    json_t *content = values_read(table->fields, app_now(s->app), value_at, mark_fault, f);
    if (!f->faults && !payload_check(table, content, &err)) {
        mark_lines(f, error_text(&err));
        error_clear(&err);
    }
    if (f->faults)
        formend_show(s->app, f->form, &f->items);
    else if (!formend_passed(s->app, f->form))
        ; /* said there */
    else if (f->hooks->say(f, content, f->draft.id, &err))
        said(s, content);
    else
        app_say_error(s->app, &err);
    json_decref(content);
    error_release(&err);
}

/* ---- events ---- */

static void leave(struct screen *s)
{
    struct tableform *f = s->state;
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

static void help(struct screen *s, bool all)
{
    struct tableform *f = s->state;
    fieldhelp_push(s, f->hooks->table, act_items_field_at(&f->items, f->form), all);
}

bool tableform_event(struct screen *s, const struct term_event *event)
{
    struct tableform *f = s->state;
    switch (form_event(f->form, event)) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        if (form_item_at(f->form))
            form_draft_focus(&f->draft, form_item_at(f->form)->key, form_cursor(f->form));
        return true;
    case FORM_DONE:
        tableform_finish(s);
        return true;
    case FORM_CANCEL:
        leave(s);
        return true;
    case FORM_HELP:
        help(s, false);
        return true;
    case FORM_HELP_ALL:
        help(s, true);
        return true;
    }
    return false;
}

struct form *tableform_form(const struct screen *s)
{
    return ((const struct tableform *)s->state)->form;
}

void tableform_status(const struct screen *s, struct buf *out)
{
    form_draft_say(&((const struct tableform *)s->state)->draft, out);
}

void tableform_build(struct screen *s, int width)
{
    const struct tableform *f = s->state;
    if (f->hooks->above)
        f->hooks->above(f, &s->body, width);
}

void tableform_draw(struct screen *s, struct terminal *term, int row, int rows)
{
    int above = (int)s->body.count < rows ? (int)s->body.count : 0;
    body_draw(&s->body, term, row, above);
    form_draw(((struct tableform *)s->state)->form, term, row + above, rows - above);
}

void tableform_head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct tableform *f = s->state;
    int page, pages;
    f->hooks->where(f, where);
    form_pages(f->form, &page, &pages);
    if (pages > 1)
        buf_addf(where, " %d/%d", page, pages);
    size_t missing = 0;
    for (size_t i = 0; i < f->items.count; i++)
        missing += f->items.list[i].key && (f->items.list[i].flags & FORM_NEEDED) &&
                   !*form_value(f->form, f->items.list[i].key);
    if (missing)
        buf_addf(right, n_("%zu missing", "%zu missing", missing), missing);
}

void tableform_idle(struct screen *s)
{
    struct tableform *f = s->state;
    struct error unsaid = ERROR_INIT;
    bool failed = f->draft.failed; /* the tick writes what is missed, too */
    form_tick(f->form);
    if (failed && flush(f, &unsaid))
        app_say(s->app, "%s", _("What was typed is kept again."));
    error_release(&unsaid);
}

void tableform_keep(struct screen *s, json_t *kept)
{
    struct tableform *f = s->state;
    form_draft_keep(&f->draft, f->form, kept);
    if (f->of)
        json_object_set_new(kept, "of", json_string(f->of));
}

const char *tableform_kept(const json_t *kept)
{
    return *keep_text(kept, "of") ? keep_text(kept, "of") : NULL;
}

void tableform_close(struct screen *s)
{
    struct tableform *f = s->state;
    form_tick(f->form);
    form_free(f->form);
    act_items_release(&f->items);
    form_draft_release(&f->draft);
    casework_release(&f->w);
    free(f->of);
    free(f);
}

void tableform_push(struct app *app, const struct screen_type *type,
                    const struct tableform_hooks *hook, const char *of)
{
    struct tableform *f = xcalloc(1, sizeof *f);
    char *subject = xasprintf("%s%s", hook->subject, of ? of : "");
    f->app = app;
    f->hooks = hook;
    f->of = of ? xstrdup(of) : NULL;
    f->first = true;
    casework_init(&f->w, app->store, NULL);
    f->form = form_new(&hooks, f);
    form_skip(f->form, app->skip);
    form_draft_init(&f->draft, app->store, subject, type->name, ACT_OPEN, 0);
    free(subject);
    screen_push(app, type, f);
}
