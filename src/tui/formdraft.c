/* SPDX-License-Identifier: MIT */
#include "amparo/tui/formdraft.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/waiting.h"

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

json_t *form_draft_missed(const struct form_draft *d, const struct form *form)
{
    char *paths = xstrdup(buf_text(&d->missed)), *rest = paths, *path;
    json_t *texts = json_object();

    while ((path = strtok_r(rest, "\n", &rest)))
        json_object_set_new(texts, path, json_string(form_value(form, path)));
    free(paths);
    return texts;
}

static bool put(struct form_draft *d, const char *path, const char *text, size_t cursor,
                struct error *err)
{
    if (!d->id && !store_draft_open(d->store, d->subject, d->kind, d->slot, d->seen, &d->id, err))
        return false;
    return store_draft_put(d->store, d->id, d->screen, path, text, (long)cursor, err);
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
    return ok;
}

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
