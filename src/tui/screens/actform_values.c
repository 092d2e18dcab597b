/* SPDX-License-Identifier: MIT */
/* The values of an act's form: what a text means, and where values come from but from the keys. */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/mrzfill.h"

const char *actform_value(void *ctx, const char *path)
{
    return form_value(((struct actform *)ctx)->form, path);
}

void actform_no_fault(void *ctx, const char *path, const char *text)
{
    (void)ctx;
    (void)path;
    (void)text;
}

enum form_level actform_settle(void *ctx, const struct form_item *item, struct buf *value,
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

/* Fields that may say which other State the form is about. */
static const char *const state_paths[] = {"to.state", "from.state", "state", "by"};

bool actform_names_state(const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(state_paths); i++)
        if (strcmp(state_paths[i], path) == 0)
            return true;
    return false;
}

static const char *other_state(const struct actform *f)
{
    for (size_t i = 0; i < ARRAY_SIZE(state_paths); i++)
        if (act_items_detail(&f->items, state_paths[i]) && *form_value(f->form, state_paths[i]))
            return form_value(f->form, state_paths[i]);
    return "";
}

const char *actform_previous(void *ctx, const struct form_item *item)
{
    struct actform *f = ctx;
    const struct casework *w = &f->base.w;
    const struct entry *last = w->has_case ? case_last(&w->c, f->kind) : NULL;
    struct finding finding = {item->key, NULL};
    if (last)
        values_visit(act_type(f->kind)->fields, last->payload, find_value, &finding);
    if (!finding.text)
        finding.text = default_value(w, f->kind, item->key, other_state(f));
    free_wiped(f->last);
    f->last = finding.text;
    return f->last;
}

/* ---- what stands in the form at the beginning ---- */

void actform_put_defaults(struct actform *f)
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

static void put_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    (void)field;
    form_put(((struct actform *)ctx)->form, path, text);
}

void actform_put_corrected(struct actform *f)
{
    const struct entry *entry = case_entry(&f->base.w.c, f->correct);
    if (!entry)
        return;
    values_visit(act_type(f->kind)->fields, entry->payload, put_value, f);
    const struct field pair[] = {act_transcribed_field, {.id = 0}};
    values_visit(pair, entry->payload, put_value, f);
}
