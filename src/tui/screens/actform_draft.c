/* SPDX-License-Identifier: MIT */
/* The draft of the form of an act: what is typed goes into it, and what the form begins with comes
 * from it. */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/values.h"

/* ---- into it ---- */

bool actform_begin_anew(struct actform *f, struct error *err)
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

bool actform_flush(struct actform *f, struct error *err)
{
    if (form_draft_flush(&f->draft, f->form, err))
        return true;
    if (err->kind != ERROR_INPUT)
        return false;
    error_clear(err);
    return actform_begin_anew(f, err);
}

void actform_keep(struct actform *f, const char *path)
{
    struct error err = ERROR_INIT;
    if (f->done)
        return;
    form_draft_miss(&f->draft, path);
    /* Said at once: one must know that what is on the screen is not in the file. */
    if (!actform_flush(f, &err))
        app_tell_error(f->app, &err);
    error_release(&err);
}

void actform_put(struct actform *f, const char *path, const char *value)
{
    form_put(f->form, path, value);
    actform_keep(f, path);
    actform_make_items(f);
}

void actform_fill(struct actform *f, const char *path, const char *value)
{
    form_fill(f->form, path, value);
    actform_keep(f, path);
}

void actform_follow_focus(struct actform *f)
{
    const struct form_item *item = form_item_at(f->form);
    if (item && !f->done)
        form_draft_focus(&f->draft, item->key, form_cursor(f->form));
}

void actform_passed(struct actform *f, const char *path)
{
    if (f->draft.id)
        actform_keep(f, path);
    else
        form_draft_miss(&f->draft, path);
}

bool actform_typing(void *ctx, const struct form_item *item, const char *text, size_t cursor)
{
    struct actform *f = ctx;
    struct error err = ERROR_INIT;
    bool kept = f->done || form_draft_typing(&f->draft, f->form, item->key, text, cursor, &err);
    if (!kept)
        app_tell_error(f->app, &err);
    error_release(&err);
    return kept;
}

/* ---- what stands in the form at the beginning ---- */

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

/* Typed before: it outdoes presets and defaults. */
static void put_draft(struct actform *f, const struct draft *draft)
{
    for (size_t i = 0; i < draft->count; i++)
        form_put(f->form, draft->fields[i].path, draft->fields[i].text);
    actform_make_items(f);
    if (*draft->focus)
        form_go(f->form, draft->focus, (size_t)(draft->cursor < 0 ? 0 : draft->cursor));
}

static void say_taken_up(struct actform *f, const struct draft *draft)
{
    struct buf when = BUF_INIT;
    values_say_when_short(&when, draft->at, f->base.w.now, reader_language);
    app_say(f->app, _("Taken up where you left it (%s)."), buf_text(&when));
    buf_release(&when);
}

/* The cursor goes where it stood, also where nothing was typed yet. */
static bool take_up(struct actform *f, const json_t *kept, struct error *err)
{
    struct draft draft = {0};
    if (!find_draft(f, err))
        return false;
    bool there = f->draft.id && store_draft_get(f->base.w.store, f->draft.id, &draft, err);
    bool lost = f->draft.id && !there;
    if (there) {
        if (draft.seen && !kept)
            f->draft.seen = draft.seen;
        put_draft(f, &draft);
        say_taken_up(f, &draft);
    } else {
        f->draft.id = 0;
    }
    if (kept) {
        form_draft_put_kept(&f->draft, f->form, kept);
        actform_make_items(f);
        form_draft_go_kept(f->form, there ? &draft : NULL, kept);
    }
    draft_release(&draft);
    return !lost;
}

/* Who comes from a row need not pass what the row has said: on to what only they know. */
static void begin_at_unknown(struct actform *f)
{
    for (size_t i = 0; i < f->items.count; i++) {
        const struct form_item *item = &f->items.list[i];
        if (!item->key || !(item->flags & FORM_NEEDED) || *form_value(f->form, item->key))
            continue;
        form_go(f->form, item->key, FORM_NO_CURSOR);
        return;
    }
}

bool actform_load(struct screen *s, struct error *err)
{
    struct actform *f = s->state;
    if (!casescreen_load(s, err))
        return false;
    if (!f->first) {
        actform_make_items(f); /* others may have recorded what is chosen from here */
        return true;
    }
    f->first = false;
    f->draft.seen = s->kept ? keep_number(s->kept, "seen") : f->base.w.seen;
    actform_make_items(f);
    if (f->correct)
        actform_put_corrected(f);
    for (size_t i = 0; i < FORM_PRESETS && f->presets[i].path; i++) {
        form_put(f->form, f->presets[i].path, f->presets[i].value);
        /* So that it can be taken up from the list too. */
        form_draft_miss(&f->draft, f->presets[i].path);
    }
    if (!f->correct) {
        actform_make_items(f);
        actform_put_defaults(f);
    }
    actform_make_items(f);
    if (!f->correct)
        actform_put_defaults(f); /* of fields that the first defaults brought in */
    if (!f->correct && f->presets[0].path)
        begin_at_unknown(f);
    return take_up(f, s->kept, err);
}
