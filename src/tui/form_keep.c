/* SPDX-License-Identifier: MIT */
/* Where one is in a form and what is half typed there, for what goes on after a lock or a kill. */
#include "form_work.h"

#include <stdint.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { KEPT_CHANGES = 40, KEPT_BYTES = 8192 };

/* ---- what can be undone ---- */

static size_t size_of(const struct form_change *change)
{
    return strlen(change->key) + strlen(change->before) + strlen(change->after);
}

/* The newest changes, as many as have room. */
static json_t *keep_changes(const struct form *form)
{
    json_t *list = json_array();
    size_t room = KEPT_BYTES;

    for (size_t i = form->change_count; i-- > 0 && json_array_size(list) < KEPT_CHANGES;) {
        const struct form_change *c = &form->changes[i];
        if (size_of(c) > room)
            break;
        room -= size_of(c);
        json_array_insert_new(list, 0,
                              json_pack("[s, s, s, b, i]", c->key, c->before, c->after,
                                        i < form->undone, (int)c->how));
    }
    return list;
}

static const char *text_at(const json_t *list, size_t index)
{
    const char *text = json_string_value(json_array_get(list, index));
    return text ? text : "";
}

/* What came of it in between, in another program, is not undone: then nothing is. */
static bool changes_hold(const struct form *form, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        bool done = json_is_true(json_array_get(c, 3)), last = done;
        for (size_t j = i + 1; last && j < json_array_size(list); j++) {
            const json_t *later = json_array_get(list, j);
            last = strcmp(text_at(later, 0), text_at(c, 0)) != 0 ||
                   !json_is_true(json_array_get(later, 3));
        }
        if (last && strcmp(form_value(form, text_at(c, 0)), text_at(c, 2)) != 0)
            return false;
    }
    return true;
}

static void restore_changes(struct form *form, const json_t *list)
{
    size_t i, done = 0;
    json_t *c;

    if (!changes_hold(form, list))
        return;
    json_array_foreach(list, i, c)
    {
        form_remember(form, text_at(c, 0), text_at(c, 1), text_at(c, 2),
                      (unsigned)json_integer_value(json_array_get(c, 4)));
        done += json_is_true(json_array_get(c, 3));
    }
    form->undone = done;
}

/* ---- what was carried and not looked at: it is in no draft ---- */

static json_t *keep_carried(const struct form *form)
{
    json_t *carried = json_object();

    for (size_t i = 0; i < form->value_count; i++)
        if (form->values[i]->carried && form->values[i]->text.size)
            json_object_set_new(carried, form->values[i]->key,
                                json_string(buf_text(&form->values[i]->text)));
    return carried;
}

static void restore_carried(struct form *form, const json_t *carried)
{
    const char *key;
    json_t *text;

    json_object_foreach((json_t *)(uintptr_t)carried, key, text)
    {
        struct form_value *value = form_value_of(form, key);
        if (value->text.size)
            continue;
        form_settle(form, value, json_string_value(text));
        value->carried = true;
    }
}

/* ---- the list of codes, the jump ---- */

json_t *form_popup_keep(const struct form *form)
{
    const struct form_popup *popup = &form->popup;

    if (!popup->open)
        return NULL;
    return json_pack("{s:b, s:b, s:s, s:I, s:I}", "all", popup->all, "chosen", popup->chosen,
                     "sought", popup->sought, "at", (json_int_t)popup->list.at, "top",
                     (json_int_t)popup->list.top);
}

void form_popup_restore(struct form *form, const json_t *kept)
{
    struct form_popup *popup = &form->popup;
    const char *sought = json_string_value(json_object_get(kept, "sought"));

    if (!kept || !form->items[form->at].codes)
        return;
    if (json_is_true(json_object_get(kept, "all"))) {
        form_popup_all(form);
        if (popup->open && sought && *sought)
            form_popup_seek(form, sought);
    } else {
        form_popup_follow(form);
    }
    if (!popup->open)
        return;
    popup->chosen = json_is_true(json_object_get(kept, "chosen"));
    popup->list.at = (size_t)json_integer_value(json_object_get(kept, "at"));
    popup->list.top = (size_t)json_integer_value(json_object_get(kept, "top"));
    list_count(&popup->list, popup->list.count);
}

/* ---- what was found across fields ---- */

static json_t *keep_marks(const struct form *form)
{
    json_t *marks = json_object();

    for (size_t i = 0; i < form->value_count; i++) {
        const struct form_value *value = form->values[i];
        if (value->marked != FORM_FINE)
            json_object_set_new(marks, value->key,
                                json_pack("[i, s]", (int)value->marked, buf_text(&value->mark)));
    }
    return marks;
}

static void restore_marks(struct form *form, const json_t *marks)
{
    const char *key;
    json_t *mark;

    json_object_foreach((json_t *)(uintptr_t)marks, key, mark) form_mark(
        form, key, (enum form_level)json_integer_value(json_array_get(mark, 0)), text_at(mark, 1));
}

/* ---- all of it ---- */

json_t *form_keep(const struct form *form)
{
    json_t *kept = json_object();

    if (form->at >= form->count)
        return kept;
    json_object_set_new(kept, "focus", json_string(form->items[form->at].key));
    json_object_set_new(kept, "entered", json_string(buf_text(&form->entered)));
    edit_keep(&form->edit, kept);
    json_object_set_new(kept, "carried", keep_carried(form));
    json_object_set_new(kept, "changes", keep_changes(form));
    json_object_set_new(kept, "marks", keep_marks(form));
    json_t *popup = form_popup_keep(form);
    if (popup)
        json_object_set_new(kept, "popup", popup);
    if (form->jumping) {
        json_t *jump = json_object();
        edit_keep(&form->jump, jump);
        json_object_set_new(kept, "jump", jump);
    }
    return kept;
}

static size_t place_of(const struct form *form, const char *key)
{
    size_t i = 0;
    while (i < form->count && (!form->items[i].key || strcmp(form->items[i].key, key) != 0 ||
                               !form_takes_keys(&form->items[i])))
        i++;
    return i;
}

void form_restore(struct form *form, const json_t *kept)
{
    const char *focus = json_string_value(json_object_get(kept, "focus"));
    const char *entered = json_string_value(json_object_get(kept, "entered"));
    const json_t *jump = json_object_get(kept, "jump");
    size_t at = place_of(form, focus ? focus : "");

    if (at == form->count)
        return;
    restore_carried(form, json_object_get(kept, "carried"));
    form_enter(form, at);
    if (json_object_get(kept, "changed")) {
        form_settle(form, form_value_of(form, focus), entered ? entered : "");
        form_load(form);
    }
    edit_restore(&form->edit, kept);
    form->told = !form->edit.changed;
    restore_changes(form, json_object_get(kept, "changes"));
    restore_marks(form, json_object_get(kept, "marks"));
    form_popup_restore(form, json_object_get(kept, "popup"));
    form->jumping = jump != NULL;
    if (jump)
        edit_restore(&form->jump, jump);
}

const char *form_kept_text(const json_t *kept, const char **focus)
{
    *focus = json_string_value(json_object_get(kept, "focus"));
    return json_object_get(kept, "changed") ? json_string_value(json_object_get(kept, "text"))
                                            : NULL;
}
