/* SPDX-License-Identifier: MIT */
#include "amparo/tui/formdraft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/waiting.h"
#include "amparo/tui/keep.h"

/* What is tried again and again need not be waited for. */
enum { AGAIN_MS = 50 };

void form_draft_init(struct form_draft *d, struct store *store, const char *reference,
                     const char *screen, enum act_kind kind, long slot)
{
    *d = (struct form_draft){.store = store,
                             .subject = xstrdup(reference ? reference : "new"),
                             .screen = xstrdup(screen),
                             .kind = kind,
                             .slot = slot,
                             .missed = BUF_INIT};
}

void form_draft_release(struct form_draft *d)
{
    free(d->subject);
    free(d->screen);
    free(d->focus);
    buf_release(&d->missed);
}

static bool is_missed(const struct form_draft *d, const char *path)
{
    size_t size = strlen(path);
    const char *text = buf_text(&d->missed);

    for (const char *at = text; (at = strstr(at, path)); at += size)
        if ((at == text || at[-1] == '\n') && at[size] == '\n')
            return true;
    return false;
}

void form_draft_miss(struct form_draft *d, const char *path)
{
    if (!is_missed(d, path))
        buf_addf(&d->missed, "%s\n", path);
}

static bool put(struct form_draft *d, const char *path, const char *text, size_t cursor,
                struct error *err)
{
    if (!d->id && !store_draft_open(d->store, d->subject, d->kind, d->slot, d->seen, &d->id, err))
        return false;
    char now[INSTANT_SIZE];
    bool ok = store_draft_put(d->store, d->id, d->screen, path, text, (long)cursor, err);
    if (ok)
        snprintf(d->kept, sizeof d->kept, "%.5s", store_now(d->store, now) + strlen("2026-03-14T"));
    return ok;
}

void form_draft_say(const struct form_draft *d, struct buf *out)
{
    if (!d->failed && !d->behind && *d->kept)
        buf_addf(out, _("Kept %s."), d->kept);
    else if ((d->failed || d->behind) && *d->kept)
        buf_addf(out, _("NOT in the file yet: what was typed since %s."), d->kept);
    else if (d->failed || d->behind)
        buf_adds(out, _("NOT in the file yet: what was typed here."));
}

bool form_draft_flush(struct form_draft *d, const struct form *form, struct error *err)
{
    char *paths = xstrdup(buf_text(&d->missed)), *rest = paths, *path;
    int patience = store_set_patience(d->store, d->failed ? AGAIN_MS : STORE_PATIENT);
    bool ok = true;

    while (ok && (path = strtok_r(rest, "\n", &rest))) {
        const char *value = form_value(form, path);
        ok = put(d, path, value, strlen(value), err);
    }
    free(paths);
    store_set_patience(d->store, patience);
    if (ok)
        buf_clear(&d->missed);
    d->failed = !ok;
    return ok;
}

bool form_draft_typing(struct form_draft *d, const struct form *form, const char *path,
                       const char *text, size_t cursor, struct error *err)
{
    int patience = store_set_patience(d->store, AGAIN_MS);
    bool ok = form_draft_flush(d, form, err) && put(d, path, text, cursor, err);

    store_set_patience(d->store, patience);
    d->behind = !ok;
    return ok;
}

/* ---- what outlives the program ---- */

/* As it stands in the form now, with what is half typed and was not to be written: texts by path.
 */
static json_t *unwritten(const struct form_draft *d, const struct form *form, const json_t *state)
{
    char *paths = xstrdup(buf_text(&d->missed)), *rest = paths, *path;
    const char *focus, *typed = form_kept_text(state, &focus);
    json_t *texts = json_object();

    while (d->failed && (path = strtok_r(rest, "\n", &rest)))
        json_object_set_new(texts, path, json_string(form_value(form, path)));
    if (typed && !form_is_told(form))
        json_object_set_new(texts, focus, json_string(typed));
    free(paths);
    return texts;
}

void form_draft_keep(struct form_draft *d, struct form *form, json_t *kept)
{
    struct error unsaid = ERROR_INIT;

    form_tick(form);
    if (d->failed)
        form_draft_flush(d, form, &unsaid);
    error_release(&unsaid);
    const struct form_item *item = form_item_at(form);
    if (item) /* also where a fault led there, and no key */
        form_draft_focus(d, item->key, form_cursor(form));
    json_t *state = form_keep(form), *texts = unwritten(d, form, state);
    json_object_set_new(kept, "form", state);
    json_object_set_new(kept, "draft", json_integer(d->id));
    if (json_object_size(texts))
        json_object_set(kept, KEEP_UNWRITTEN, texts);
    json_decref(texts);
}

/* Whether nothing was typed since. */
static bool still_says(const struct draft *draft, const json_t *state)
{
    const char *focus, *typed = form_kept_text(state, &focus);

    if (!draft || !*draft->focus)
        return true;
    if (!focus || strcmp(draft->focus, focus) != 0)
        return false;
    for (size_t i = 0; typed && i < draft->count; i++)
        if (strcmp(draft->fields[i].path, focus) == 0)
            return strcmp(draft->fields[i].text, typed) == 0;
    return !typed;
}

void form_draft_put_kept(struct form_draft *d, struct form *form, const json_t *kept)
{
    const char *path;
    json_t *text;

    json_object_foreach(json_object_get(kept, KEEP_UNWRITTEN), path, text)
    {
        form_put(form, path, json_string_value(text));
        form_draft_miss(d, path);
        d->failed = true;
    }
}

void form_draft_go_kept(struct form *form, const struct draft *draft, const json_t *kept)
{
    const json_t *state = json_object_get(kept, "form");

    if (state && (json_object_get(kept, KEEP_UNWRITTEN) || still_says(draft, state)))
        form_restore(form, state);
}

static bool find(struct form_draft *d, struct error *err)
{
    struct drafts drafts = {0};

    if (!store_draft_list(d->store, d->subject, &drafts, err))
        return false;
    for (size_t i = 0; i < drafts.count && !d->id; i++)
        if (strcmp(drafts.list[i].screen, d->screen) == 0)
            d->id = drafts.list[i].id;
    drafts_release(&drafts);
    return true;
}

bool form_draft_take_up(struct form_draft *d, struct form *form, const json_t *kept,
                        struct error *err)
{
    struct draft draft = {0};

    if (!find(d, err) || (d->id && !store_draft_get(d->store, d->id, &draft, err)))
        return false;
    for (size_t i = 0; i < draft.count; i++)
        form_put(form, draft.fields[i].path, draft.fields[i].text);
    if (draft.focus && *draft.focus)
        form_go(form, draft.focus, (size_t)(draft.cursor < 0 ? 0 : draft.cursor));
    form_draft_put_kept(d, form, kept);
    form_draft_go_kept(form, d->id ? &draft : NULL, kept);
    draft_release(&draft);
    return true;
}

/* ---- the file ---- */

void form_draft_focus(struct form_draft *d, const char *path, size_t cursor)
{
    struct error unsaid = ERROR_INIT;

    if (!d->id || (d->focus && strcmp(d->focus, path) == 0))
        return;
    free(d->focus);
    int patience = store_set_patience(d->store, AGAIN_MS);
    bool there = store_draft_focus(d->store, d->id, d->screen, path, (long)cursor, &unsaid);
    d->focus = there ? xstrdup(path) : NULL;
    store_set_patience(d->store, patience);
    error_release(&unsaid);
}

bool form_draft_is_there(const struct form_draft *d)
{
    struct draft draft = {0};
    struct error err = ERROR_INIT;
    bool gone = d->id && !store_draft_get(d->store, d->id, &draft, &err) && err.kind == ERROR_INPUT;

    draft_release(&draft);
    error_release(&err);
    return !gone;
}

void form_draft_forget(struct form_draft *d)
{
    d->id = 0;
}
