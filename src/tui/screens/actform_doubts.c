/* SPDX-License-Identifier: MIT */
/*
 * What can be true but seldom is: said when the page is left, asked about once before the act is
 * recorded, and kept with a reason. Nothing is refused for it.
 */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/doubt.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/ask.h"

/* ---- what was kept ---- */

/* The entry of what was kept of that field as it stands; NULL: it was never asked about. */
static json_t *kept_of(const struct actform *f, const char *path)
{
    size_t i;
    json_t *kept;

    json_array_foreach(f->kept_doubts, i, kept)
    {
        if (strcmp(json_string_value(json_object_get(kept, "field")), path) == 0 &&
            strcmp(json_string_value(json_object_get(kept, "value")), form_value(f->form, path)) ==
                0)
            return kept;
    }
    return NULL;
}

/* What is doubted of that field, and not kept; NULL: nothing. */
static const char *doubt_of(const struct actform *f, const char *path)
{
    const char *text;
    bool doubted = path && form_level(f->form, path, &text) == FORM_DOUBT && !kept_of(f, path);

    return doubted ? text : NULL;
}

json_t *actform_doubts(const struct actform *f)
{
    json_t *out = json_array();

    for (size_t i = 0; i < f->items.count; i++) {
        const char *path = f->items.list[i].key;
        json_t *kept = path ? json_deep_copy(kept_of(f, path)) : NULL;
        if (!kept)
            continue;
        json_object_del(kept, "value");
        json_array_append_new(out, kept);
    }
    if (json_array_size(out))
        return out;
    json_decref(out);
    return NULL;
}

static void keep_doubts(struct screen *below, const char *reason)
{
    struct actform *f = below->state;

    if (!f->kept_doubts)
        f->kept_doubts = json_array();
    for (size_t i = 0; i < f->items.count; i++) {
        const char *path = f->items.list[i].key, *doubt = doubt_of(f, path);
        if (!doubt)
            continue;
        json_t *kept = json_pack("{s:s, s:s, s:s}", "field", path, "doubt", doubt, "value",
                                 form_value(f->form, path));
        if (*reason)
            json_object_set_new(kept, "reason", json_string(reason));
        json_array_append_new(f->kept_doubts, kept);
    }
    actform_finish(below);
}

/* ---- what is doubted ---- */

static void mark(void *ctx, const char *key, const char *text)
{
    struct actform *f = ctx;
    const char *said;

    if (!act_items_detail(&f->items, key) || kept_of(f, key) ||
        form_level(f->form, key, &said) > FORM_DOUBT)
        return;
    form_mark(f->form, key, FORM_DOUBT, _(text));
    json_object_set_new(f->marked_doubts, key, json_true());
}

static void mark_doubts(struct actform *f)
{
    struct act_recording r = actform_recording(f, actform_no_fault);
    json_t *payload = act_payload(&r), *unread;
    const char *key, *said;

    if (!f->marked_doubts)
        f->marked_doubts = json_object();
    json_object_foreach(f->marked_doubts, key, unread)
    {
        if (form_level(f->form, key, &said) == FORM_DOUBT)
            form_mark(f->form, key, FORM_FINE, "");
    }
    json_object_clear(f->marked_doubts);
    doubts_find(f->kind, payload, instant_date(f->base.w.now), mark, f);
    json_decref(payload);
}

void actform_say_doubts(struct actform *f)
{
    mark_doubts(f);
    for (size_t i = 0; i < f->items.count; i++) {
        const char *doubt = doubt_of(f, f->items.list[i].key);
        if (!doubt)
            continue;
        app_say(f->app, _("Doubted: %s: %s"), f->items.list[i].label, doubt);
        return;
    }
}

bool actform_ask_doubts(struct screen *s)
{
    struct actform *f = s->state;
    const char *first = NULL;
    size_t count = 0;

    mark_doubts(f);
    for (size_t i = f->items.count; i-- > 0;)
        if (doubt_of(f, f->items.list[i].key)) {
            first = f->items.list[i].key;
            count++;
        }
    if (!count)
        return false;
    if (f->doubted) {
        ask_push(s->app, _("Kept in spite of a doubt"),
                 _("Why is it right as it stands? The reason is kept with the act."), "",
                 keep_doubts);
        return true;
    }
    form_go(f->form, first, FORM_NO_CURSOR);
    app_say(s->app,
            n_("Doubted: %zu value. F2 again keeps it and asks why.",
               "Doubted: %zu values. F2 again keeps them and asks why.", count),
            count);
    app_must_be_read(s->app); /* F2 is no answer before that could be read */
    f->doubted = true;
    return true;
}
