/* SPDX-License-Identifier: MIT */
/* What a form holds: values by key, where one is, what can be undone. */
#include "form_work.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define TICK_MS 2000
#define MAX_LINE 400
#define MAX_LONG 4000

bool form_takes_keys(const struct form_item *item)
{
    return item->kind != FORM_HEADING && item->kind != FORM_SHOWN;
}

struct form *form_new(const struct form_hooks *hooks, void *context)
{
    struct form *form = xcalloc(1, sizeof *form);

    form->hooks = hooks;
    form->context = context;
    edit_init(&form->edit, false, 0);
    edit_init(&form->jump, false, 40);
    return form;
}

void form_wipe(char *text)
{
    explicit_bzero(text, strlen(text));
    free(text);
}

static void drop_change(struct form_change *change)
{
    free(change->key);
    form_wipe(change->before);
    form_wipe(change->after);
}

static void drop_value(struct form_value *value)
{
    free(value->key);
    buf_release(&value->text);
    buf_release(&value->echo);
    buf_release(&value->mark);
    free(value);
}

void form_free(struct form *form)
{
    if (!form)
        return;
    for (size_t i = 0; i < form->value_count; i++)
        drop_value(form->values[i]);
    for (size_t i = 0; i < form->change_count; i++)
        drop_change(&form->changes[i]);
    form_popup_close(form);
    edit_release(&form->edit);
    edit_release(&form->jump);
    buf_release(&form->entered);
    free(form->values);
    free(form->places);
    free(form->changes);
    free(form);
}

struct form_value *form_find_value(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->value_count; i++)
        if (strcmp(form->values[i]->key, key) == 0)
            return form->values[i];
    return NULL;
}

struct form_value *form_value_of(struct form *form, const char *key)
{
    struct form_value *value = form_find_value(form, key);

    if (value)
        return value;
    form->values = xreallocarray(form->values, form->value_count + 1, sizeof *form->values);
    value = xcalloc(1, sizeof *value);
    value->key = xstrdup(key);
    form->values[form->value_count++] = value;
    return value;
}

const char *form_value(const struct form *form, const char *key)
{
    const struct form_value *value = form_find_value(form, key);

    return value ? buf_text(&value->text) : "";
}

enum form_level form_level(const struct form *form, const char *key, const char **text)
{
    const struct form_value *value = form_find_value(form, key);

    if (!value) {
        *text = "";
        return FORM_FINE;
    }
    bool marked = value->marked > value->level;
    *text = buf_text(marked ? &value->mark : &value->echo);
    return marked ? value->marked : value->level;
}

void form_mark(struct form *form, const char *key, enum form_level level, const char *text)
{
    struct form_value *value = form_value_of(form, key);

    value->marked = level;
    buf_clear(&value->mark);
    if (level != FORM_FINE)
        buf_adds(&value->mark, text);
}

void form_unmark(struct form *form)
{
    for (size_t i = 0; i < form->value_count; i++)
        form_mark(form, form->values[i]->key, FORM_FINE, "");
}

const struct form_item *form_item_of(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->items[i].key && strcmp(form->items[i].key, key) == 0)
            return &form->items[i];
    return NULL;
}

/* Makes of a text typed a value that stands. */
void form_settle(struct form *form, struct form_value *value, const char *text)
{
    const struct form_item *item = form_item_of(form, value->key);
    char *kept = xstrdup(text);
    const char *answer = form_answer(kept);

    buf_clear(&value->text);
    buf_clear(&value->echo);
    buf_adds(&value->text, kept);
    form_wipe(kept);
    value->level = FORM_FINE;
    if (answer) {
        buf_adds(&value->echo, answer);
        bool open = form_asks_later(buf_text(&value->text)) || (item && item->flags & FORM_NEEDED);
        value->level = open ? FORM_GAP : FORM_FINE;
    } else if (item && value->text.size) {
        if (item->codes)
            value->level = form_codes_settle(item, &value->text, &value->echo);
        if (value->level == FORM_FINE && form->hooks->settle)
            value->level = form->hooks->settle(form->context, item, &value->text, &value->echo);
    }
}

/* The value of the field one is in as it is shown: codes with their labels, room for one more. */
static void shown_text(const struct form *form, struct buf *text)
{
    const struct form_item *item = &form->items[form->at];
    const char *value = form_value(form, item->key);

    if (item->codes && !form_answer(value))
        form_codes_text(text, item, value);
    else
        buf_adds(text, value);
    if (item->kind == FORM_CODES && text->size && !form_answer(value))
        buf_adds(text, ", ");
}

void form_load(struct form *form)
{
    const struct form_item *item = &form->items[form->at];
    const char *value = form_value(form, item->key);
    struct buf text = BUF_INIT;

    shown_text(form, &text);
    form->edit.lines = item->kind == FORM_LONG;
    bool one = item->kind == FORM_TEXT || item->kind == FORM_CODE;
    form->edit.max = item->max ? item->max : one ? MAX_LINE : MAX_LONG;
    edit_set(&form->edit, buf_text(&text));
    if (item->kind == FORM_CODES && text.size && !form_answer(value)) /* one more, or the last */
        edit_resume(&form->edit, text.size);
    buf_clear(&form->entered);
    buf_adds(&form->entered, value);
    form->told = true;
    buf_release(&text);
}

void form_enter(struct form *form, size_t at)
{
    form_popup_close(form);
    form->at = at;
    if (at < form->count)
        form_load(form);
}

/* The first item from `at` on that takes keys, forward or back; count: none. */
size_t form_seek(const struct form *form, size_t at, int by)
{
    while (at < form->count && !form_takes_keys(&form->items[at]))
        at += (size_t)by; /* below 0 it is beyond count */
    return at < form->count ? at : form->count;
}

/* A code that nobody touched is called otherwise in another language. */
static void load_if_told_otherwise(struct form *form)
{
    struct buf text = BUF_INIT;

    if (form->items[form->at].codes && !form->edit.changed) {
        shown_text(form, &text);
        if (strcmp(buf_text(&text), edit_text(&form->edit)) != 0)
            form_load(form);
    }
    buf_release(&text);
}

void form_set_items(struct form *form, const struct form_item *items, size_t count)
{
    char *key = NULL;

    if (form->at < form->count)
        key = xstrdup(form->items[form->at].key);
    json_t *popup = form_popup_keep(form);
    form_popup_close(form);
    form->items = items;
    form->count = count;
    form->places = xreallocarray(form->places, count + 1, sizeof *form->places);
    form_layout(form, form->body_rows ? form->body_rows : 18, form->cols ? form->cols : 80);
    for (size_t i = 0; i < count; i++)
        if (items[i].key)
            form_settle(form, form_value_of(form, items[i].key), form_value(form, items[i].key));
    form->at = count;
    for (size_t i = 0; key && i < count; i++)
        if (items[i].key && strcmp(items[i].key, key) == 0 && form_takes_keys(&items[i]))
            form->at = i; /* what is being typed there stays as it is */
    free(key);
    if (form->at == count)
        form_enter(form, form_seek(form, 0, 1));
    else {
        load_if_told_otherwise(form);
        form_popup_restore(form, popup); /* nobody closed it: others may have recorded something */
    }
    json_decref(popup);
}

void form_put(struct form *form, const char *key, const char *text)
{
    struct form_value *value = form_value_of(form, key);

    form_settle(form, value, text);
    value->offered = false;
    if (form->at < form->count && strcmp(form->items[form->at].key, key) == 0)
        form_load(form);
}

void form_offer(struct form *form, const char *key, const char *value)
{
    form_put(form, key, value);
    form_value_of(form, key)->offered = true;
}

const struct form_item *form_item_at(const struct form *form)
{
    return form->at < form->count ? &form->items[form->at] : NULL;
}

const struct form_item *form_items(const struct form *form, size_t *count)
{
    *count = form->count;
    return form->items;
}

const char *form_text(const struct form *form)
{
    return edit_text(&form->edit);
}

void form_replace(struct form *form, const char *text)
{
    form_popup_close(form);
    edit_replace(&form->edit, text);
    form->told = false;
}

size_t form_cursor(const struct form *form)
{
    return form->edit.at;
}

bool form_has_memory(const struct form *form)
{
    return form->hooks->previous;
}

bool form_has_previous(const struct form *form)
{
    const struct form_item *item = form_item_at(form);
    const char *last =
        item && form->hooks->previous ? form->hooks->previous(form->context, item) : NULL;

    return last && *last;
}

bool form_can_undo(const struct form *form)
{
    return form->edit.undo.count > 0 || form->undone > 0;
}

bool form_can_redo(const struct form *form)
{
    return form->edit.redo.count > 0 || form->undone < form->change_count;
}

bool form_has_codes(const struct form *form, bool here)
{
    for (size_t i = 0; i < form->count; i++)
        if ((i == form->at || !here) && form_takes_keys(&form->items[i]) && form->items[i].codes &&
            form->items[i].codes[0].code)
            return true;
    return false;
}

void form_skip(struct form *form, bool skip)
{
    form->stay = !skip;
}

void form_pages(const struct form *form, int *page, int *pages)
{
    *page = form->at < form->count ? form->places[form->at].page + 1 : 1;
    *pages = form->pages > 0 ? form->pages : 1;
}

bool form_shows(const struct form *form, const char *key)
{
    for (size_t i = 0; form->at < form->count && i < form->count; i++)
        if (form->items[i].key && strcmp(form->items[i].key, key) == 0)
            return form->places[i].page == form->places[form->at].page;
    return false;
}

void form_remember(struct form *form, const char *key, const char *before, const char *after,
                   unsigned how)
{
    while (form->change_count > form->undone)
        drop_change(&form->changes[--form->change_count]);
    form->changes = xreallocarray(form->changes, form->change_count + 1, sizeof *form->changes);
    form->changes[form->change_count++] =
        (struct form_change){xstrdup(key), xstrdup(before), xstrdup(after), how};
    form->undone = form->change_count;
}

void form_fill(struct form *form, const char *key, const char *text)
{
    char *before = xstrdup(form_value(form, key));

    form_put(form, key, text);
    form_mark(form, key, FORM_FINE, "");
    if (strcmp(before, form_value(form, key)) != 0)
        form_remember(form, key, before, form_value(form, key), CHANGE_JOINED);
    form_wipe(before);
}

/* What the field holds, without blanks behind it or the comma that waits for one more code. */
static void typed_text(const struct form *form, struct buf *out)
{
    const char *loose = form->items[form->at].kind == FORM_CODES ? " \n," : " \n";

    buf_adds(out, edit_text(&form->edit));
    while (out->size && strchr(loose, out->data[out->size - 1]))
        buf_cut(out, out->size - 1);
}

struct form_value form_trial(struct form *form)
{
    struct form_value trial = {.key = xstrdup(form->items[form->at].key)};
    struct buf text = BUF_INIT;

    typed_text(form, &text);
    form_settle(form, &trial, buf_text(&text));
    buf_release(&text);
    return trial;
}

void form_trial_release(struct form_value *trial)
{
    buf_release(&trial->text);
    buf_release(&trial->echo);
    free(trial->key);
}

void form_remember_undone(struct form *form)
{
    const struct edit_stack *redo = &form->edit.redo;
    const char *key = form->items[form->at].key;

    if (!redo->count)
        return;
    struct form_value last = {.key = xstrdup(key)};
    form_settle(form, &last, redo->states[0].text); /* the first undone was the last typed */
    if (strcmp(buf_text(&last.text), form_value(form, key)) != 0) {
        form_remember(form, key, form_value(form, key), buf_text(&last.text), 0);
        form->undone--;
    }
    form_trial_release(&last);
}

/* The value of the field one is in becomes what is typed there. */
static enum form_leaving keep(struct form *form)
{
    struct form_value *value = form_value_of(form, form->items[form->at].key);
    bool passed = (value->carried || value->offered) && value->text.size;
    struct buf text = BUF_INIT;

    if (form->edit.changed) {
        typed_text(form, &text);
        form_settle(form, value, buf_text(&text));
        buf_release(&text);
    }
    value->carried = value->offered = false;
    if (strcmp(buf_text(&value->text), buf_text(&form->entered)) == 0)
        return passed ? FORM_PASSED : FORM_SAME;
    form_mark(form, value->key, FORM_FINE, "");
    form_remember(form, value->key, buf_text(&form->entered), buf_text(&value->text), 0);
    return FORM_CHANGED;
}

/* Leaves the field for another (or the same again), and says so. */
void form_leave_for(struct form *form, size_t at)
{
    const struct form_item *item = form_item_at(form);

    if (!item)
        return;
    enum form_leaving how = keep(form);
    form_enter(form, at < form->count ? at : form->at);
    if (form->hooks->left)
        form->hooks->left(form->context, item, form_value(form, item->key), how);
}

void form_leave(struct form *form)
{
    size_t cursor = form->edit.at;
    bool fresh = form->edit.fresh;

    form_leave_for(form, form->at);
    if (!fresh && form->at < form->count)
        edit_resume(&form->edit, cursor);
}

void form_go(struct form *form, const char *key, size_t cursor)
{
    for (size_t i = 0; i < form->count; i++) {
        if (!form->items[i].key || strcmp(form->items[i].key, key) != 0 ||
            !form_takes_keys(&form->items[i]))
            continue;
        if (i != form->at)
            form_leave_for(form, i);
        if (cursor != FORM_NO_CURSOR)
            edit_resume(&form->edit, cursor);
    }
}

/* A value in the form that nobody has passed over; NULL: the item has none. */
static struct form_value *unpassed(struct form *form, const struct form_item *item)
{
    struct form_value *value =
        item->key && form_takes_keys(item) ? form_find_value(form, item->key) : NULL;
    return value && value->text.size && (value->offered || value->carried) ? value : NULL;
}

static void pass_all(struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        struct form_value *value = unpassed(form, &form->items[i]);
        if (!value)
            continue;
        value->offered = value->carried = false;
        if (form->hooks->left)
            form->hooks->left(form->context, &form->items[i], buf_text(&value->text), FORM_PASSED);
    }
}

size_t form_unpassed(struct form *form)
{
    size_t count = 0, first = form->count;

    if (form->asked) {
        pass_all(form);
        form_enter(form, form->asked_at < form->count ? form->asked_at : form->at);
    }
    for (size_t i = form->count; i-- > 0;)
        if (unpassed(form, &form->items[i])) {
            count++;
            first = i;
        }
    /* Who is there has not passed it yet: one leaves it by Enter, or by F2 again. */
    if (count) {
        form->asked_at = form->at;
        form_enter(form, first);
    }
    form->asked = count > 0;
    return count;
}

bool form_is_told(const struct form *form)
{
    return form->at >= form->count || !form->edit.changed || form->told;
}

int form_timeout(const struct form *form)
{
    return form_is_told(form) ? -1 : TICK_MS;
}

void form_tick(struct form *form)
{
    if (form_is_told(form))
        return;
    form->told = !form->hooks->typing || form->hooks->typing(form->context, &form->items[form->at],
                                                             edit_text(&form->edit), form->edit.at);
}
