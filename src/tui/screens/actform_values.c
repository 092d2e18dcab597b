/* SPDX-License-Identifier: MIT */
/* The values of an act's form: what a text means, and where values come from but from the keys. */
#include "actform_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/settle.h"

#define BIRTH_DATE "birth_date"

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
    if (strcmp(item->key, BIRTH_DATE) == 0) {
        f->born.age = -1;
        date_entry_parse(buf_text(value), true, instant_date(f->base.w.now), &f->born, NULL);
    }
    return field_settle(detail->field, f->base.w.now, value, echo);
}

void actform_keep_age(struct actform *f, const char *path)
{
    struct buf basis = BUF_INIT;
    char years[12];

    if (strcmp(path, BIRTH_DATE) != 0 || f->born.age < 1)
        return;
    snprintf(years, sizeof years, "%d", f->born.age);
    date_age_basis(&basis, &f->born, reader_language);
    actform_fill(f, "age_stated", years);
    actform_fill(f, "age_basis", buf_text(&basis));
    buf_release(&basis);
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
        if (value && default_is_given(&f->base.w, f->kind, key))
            form_put(f->form, key, value);
        else if (value)
            form_offer(f->form, key, value);
        free(value);
    }
}

void actform_offer_consequence(struct actform *f, const char *path, const char *value)
{
    static const struct {
        enum act_kind kind;
        const char *path, *value, *follows, *with;
    } known[] = {{ACT_GROUND, "code", "G4", "perpetrator", "none"}};
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (known[i].kind == f->kind && strcmp(known[i].path, path) == 0 &&
            strcmp(known[i].value, value) == 0 && !*form_value(f->form, known[i].follows))
            form_offer(f->form, known[i].follows, known[i].with);
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
