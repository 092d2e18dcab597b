/* SPDX-License-Identifier: MIT */
#include "amparo/tui/actitems.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/currency.h"
#include "amparo/agreement/language.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/codewords.h"
#include "amparo/tui/values.h"

struct making {
    struct act_items *out;
    const struct act_items_order *order;
};

static struct form_item *add(struct act_items *items, const struct field *field, const char *key)
{
    if (items->count == items->room) {
        items->room = items->room ? 2 * items->room : 32;
        items->list = xreallocarray(items->list, items->room, sizeof *items->list);
        items->details = xreallocarray(items->details, items->room, sizeof *items->details);
    }
    struct act_item *detail = &items->details[items->count];
    struct form_item *item = &items->list[items->count++];
    *detail = (struct act_item){.key = key ? xstrdup(key) : NULL, .field = field};
    *item = (struct form_item){.key = detail->key};
    return item;
}

static void add_heading(struct act_items *items, const char *label)
{
    struct form_item *item = add(items, NULL, NULL);
    item->kind = FORM_HEADING;
    item->label = label;
}

/* ---- what may stand in a field ---- */

static void own_codes(struct act_item *detail, const struct choices *choices)
{
    detail->codes = xcalloc(choices->count + 1, sizeof *detail->codes);
    detail->code_count = choices->count;
    for (size_t i = 0; i < choices->count; i++)
        detail->codes[i] =
            (struct form_code){xstrdup(choices->list[i].value), xstrdup(choices->list[i].label),
                               choices->list[i].also};
}

/* By their labels. */
static void sort_codes(struct form_code *codes, size_t count)
{
    const char **labels = xcalloc(count + 1, sizeof *labels);
    size_t *order = xcalloc(count + 1, sizeof *order);
    struct form_code *sorted = xcalloc(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        labels[i] = codes[i].label;
    text_order(labels, count, order);
    for (size_t i = 0; i < count; i++)
        sorted[i] = codes[order[i]];
    memcpy(codes, sorted, count * sizeof *codes);
    free(sorted);
    free(order);
    free(labels);
}

static struct form_code language_code(const struct language *language, size_t i)
{
    return (struct form_code){language->code, dgettext("iso_639-3", language->name),
                              codewords_language(i)};
}

/* A list that is the same in every form is made once a language; it stays. */
static const struct form_code *language_codes(void)
{
    static struct form_code *lists[LOCALE_COUNT];
    struct form_code **list = &lists[locale_index()];
    if (*list)
        return *list;
    size_t count, used = 0;
    const struct language *all = language_all(&count);
    struct form_code *codes = *list = xcalloc(count + 1, sizeof *codes);
    /* Those of the region first. */
    static const char *const first[] = {"es",  "en",  "fr",  "pt",  "ht",  "miq", "cab",
                                        "quc", "kek", "mam", "kjb", "nah", "bzj"};
    for (size_t i = 0; i < ARRAY_SIZE(first); i++) {
        const struct language *language = language_find(first[i]);
        if (language)
            codes[used++] = language_code(language, (size_t)(language - all));
    }
    size_t usual = used;
    for (size_t i = 0; i < count; i++) {
        bool twice = false;
        for (size_t j = 0; j < usual && !twice; j++)
            twice = strcmp(codes[j].code, all[i].code) == 0;
        if (!twice)
            codes[used++] = language_code(&all[i], i);
    }
    sort_codes(codes + usual, used - usual);
    return codes;
}

static const struct form_code *currency_codes(void)
{
    static struct form_code *lists[LOCALE_COUNT];
    struct form_code **list = &lists[locale_index()];
    if (*list)
        return *list;
    size_t count;
    const struct currency *all = currency_all(&count);
    struct form_code *codes = *list = xcalloc(count + 1, sizeof *codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = (struct form_code){all[i].code, dgettext("iso_4217", all[i].name),
                                      codewords_currency(all[i].code)};
    return codes;
}

/* Codes such as "in" and "met", and not such as "G5" and "REQ", which people say. */
static bool codes_are_words(const struct code *codes)
{
    for (; codes && codes->code; codes++)
        if (strlen(codes->code) <= 3 && islower((unsigned char)codes->code[0]))
            return true;
    return false;
}

/* How a field of that type is edited; codes are looked up by choices_make(). */
static void shape(const struct making *m, struct form_item *item, struct act_item *detail)
{
    const struct field *field = detail->field;
    enum { DATE_CELLS = 16, MOMENT_CELLS = 26, MRZ_MAX = 400, LONG_MAX_BYTES = 4000 };
    item->kind = FORM_TEXT;
    item->width = field->width;
    switch (field->type) {
    case FIELD_BOOL:
        item->flags |= FORM_WORDS;
        break;
    case FIELD_CODE:
    case FIELD_CODES:
        item->flags |= codes_are_words(field->codes) ? FORM_WORDS : 0;
        break;
    case FIELD_LONG:
        item->kind = FORM_LONG;
        item->max = LONG_MAX_BYTES;
        break;
    case FIELD_MRZ:
        item->kind = FORM_LONG;
        item->rows = 2;
        item->flags |= FORM_MANY;
        item->max = MRZ_MAX;
        break;
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        item->width = DATE_CELLS;
        item->flags |= FORM_ECHO;
        break;
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        item->width = MOMENT_CELLS;
        item->flags |= FORM_ECHO;
        break;
    case FIELD_NUMBER:
        item->width = field->width ? field->width : 5;
        break;
    case FIELD_LANGUAGES:
        item->kind = FORM_CODES;
        item->codes = language_codes();
        return;
    case FIELD_CURRENCY:
        item->kind = FORM_CODE;
        item->codes = currency_codes();
        return;
    default:
        break;
    }
    struct choices choices;
    choices_make(&choices, m->order->w, m->order->kind, field);
    bool several_acts = m->order->several && act_several(m->order->kind, detail->key);
    if (choices.count) {
        item->kind = choices.several || several_acts ? FORM_CODES : FORM_CODE;
        item->flags |= choices.words ? FORM_WORDS : 0;
        own_codes(detail, &choices);
        item->codes = detail->codes;
    }
    choices_release(&choices);
}

/* ---- which fields ---- */

/* What the rules say of a key at the top: needed beyond the table, or refused. */
static void ask_rules(const struct making *m, const char *key, bool *needed, bool *refused)
{
    for (const struct payload_rule *r = payload_rules; r->act; r++) {
        if (r->act != m->order->kind || strcmp(r->key, key) != 0 ||
            !payload_rule_holds(r, m->order->typed))
            continue;
        if (r->effect == RULE_NEEDED)
            *needed = true;
        else
            *refused = true;
    }
}

static void add_fields(const struct making *m, const struct field *fields, const char *prefix,
                       bool needed_here, const json_t *typed);

static void add_value_item(const struct making *m, const struct field *field, const char *path,
                           bool needed)
{
    struct act_items *items = m->out;
    struct form_item *item = add(items, field, path);
    item->label = _(field->label);
    item->help = _(field->help);
    item->flags = needed && !field->may_be_empty ? FORM_NEEDED : 0;
    shape(m, item, &items->details[items->count - 1]);
}

/*
 * The elements that are there, and room for one more: of an element that is not there yet, and is
 * not the first, the first member alone.
 */
static void add_elements(const struct making *m, const struct field *field, const char *path,
                         bool needed, const json_t *typed)
{
    size_t count = json_array_size(typed);
    for (size_t i = 0; i <= count; i++) {
        char element[VALUE_PATH_SIZE];
        snprintf(element, sizeof element, "%s[%zu]", path, i);
        if (i < count || (!i && needed)) {
            add_fields(m, field->members, element, needed, json_array_get(typed, i));
            continue;
        }
        char first[VALUE_PATH_SIZE * 2];
        snprintf(first, sizeof first, "%s.%s", element, field->members->key);
        add_value_item(m, field->members, first, false);
    }
}

static void add_field(const struct making *m, const struct field *field, const char *path,
                      bool needed, const json_t *typed)
{
    if (field->type == FIELD_OBJECT)
        add_fields(m, field->members, path, needed, typed);
    else if (field->type == FIELD_OBJECTS)
        add_elements(m, field, path, needed, typed);
    else if (field->type != FIELD_PAYLOAD)
        add_value_item(m, field, path, needed);
}

/* Members that are asked for only where another one says so, or that hold something. */
static bool is_asked(const struct field *field, const json_t *typed)
{
    static const struct {
        const char *key, *other, *value;
    } asked[] = {{"verified_by", "proof", "verified_by_capital"},
                 {"verified_on", "proof", "verified_by_capital"}};
    for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
        if (strcmp(asked[i].key, field->key) == 0)
            return payload_is(typed, asked[i].other, asked[i].value) ||
                   json_object_get(typed, field->key);
    return true;
}

static void add_fields(const struct making *m, const struct field *fields, const char *prefix,
                       bool needed_here, const json_t *typed)
{
    for (const struct field *field = fields; field->id; field++) {
        char path[VALUE_PATH_SIZE * 2];
        if (!is_asked(field, typed))
            continue;
        snprintf(path, sizeof path, "%s.%s", prefix, field->key);
        add_field(m, field, path, needed_here && field->needed, json_object_get(typed, field->key));
    }
}

/* Fields that one must pass come first; after the last of them a heading parts the others. */
static size_t count_main_fields(const struct making *m, const struct field *fields)
{
    enum { SHORT_FORM = 12 };
    size_t last = 0, count = 0;
    for (const struct field *field = fields; field->id; field++) {
        bool needed = field->needed, refused = false;
        count++;
        for (const struct payload_rule *r = payload_rules; r->act; r++)
            needed = needed || (r->act == m->order->kind && r->effect == RULE_NEEDED &&
                                strcmp(r->key, field->key) == 0);
        ask_rules(m, field->key, &needed, &refused);
        if (needed)
            last = count;
    }
    return count <= SHORT_FORM ? count : last;
}

static void add_act_fields(const struct making *m, const struct field *fields)
{
    size_t main_fields = count_main_fields(m, fields), at = 0;
    /* A document reader is a keyboard: what it can fill comes after it. */
    for (const struct field *field = fields; field->id; field++)
        if (field->type == FIELD_MRZ)
            add_field(m, field, field->key, false, NULL);
    for (const struct field *field = fields; field->id; field++) {
        bool needed = field->needed, refused = false;
        if (at++ == main_fields)
            add_heading(m->out, _("As far as known"));
        if (field->type == FIELD_MRZ)
            continue;
        ask_rules(m, field->key, &needed, &refused);
        if (!refused)
            add_field(m, field, field->key, needed, json_object_get(m->order->typed, field->key));
    }
}

void act_items_make(struct act_items *out, const struct act_items_order *order)
{
    struct making making = {out, order};
    *out = (struct act_items){0};
    if (order->fields) {
        add_act_fields(&making, order->fields);
        return;
    }
    const struct act_type *type = act_type(order->kind);
    if (order->correcting) {
        const struct field *reason = field_find(act_type(ACT_CORRECT)->fields, "reason");
        add_value_item(&making, reason, ITEM_CORRECT_REASON, true);
    }
    add_act_fields(&making, type->fields);
    if (act_is_transcribed(order->w, order->kind, order->typed)) {
        add_heading(out, _(act_transcribed_field.label));
        add_fields(&making, act_transcribed_field.members, ITEM_TRANSCRIBED, true, NULL);
    }
}

struct form_item *act_items_add(struct act_items *out, const struct act_items_order *order,
                                const struct field *field, const char *path)
{
    struct making making = {out, order};
    add_value_item(&making, field, path, field->needed);
    return &out->list[out->count - 1];
}

void act_items_release(struct act_items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        struct act_item *detail = &items->details[i];
        for (size_t j = 0; j < detail->code_count; j++) {
            free((void *)(uintptr_t)detail->codes[j].code);
            free((void *)(uintptr_t)detail->codes[j].label);
        }
        free(detail->codes);
        free(detail->key);
    }
    free(items->list);
    free(items->details);
    *items = (struct act_items){0};
}

const struct act_item *act_items_detail(const struct act_items *items, const char *key)
{
    for (size_t i = 0; key && i < items->count; i++)
        if (items->details[i].key && strcmp(items->details[i].key, key) == 0)
            return &items->details[i];
    return NULL;
}

const struct field *act_items_field_at(const struct act_items *items, const struct form *form)
{
    const struct form_item *item = form_item_at(form);
    const struct act_item *detail = item ? act_items_detail(items, item->key) : NULL;
    return detail ? detail->field : NULL;
}

bool act_several(enum act_kind kind, const char *key)
{
    static const struct {
        enum act_kind kind;
        const char *key;
    } several[] = {{ACT_NEED, "need"},
                   {ACT_CONSENT, "purpose"},
                   {ACT_CONSENT, "person"},
                   {ACT_GROUND, "person"}};
    for (size_t i = 0; i < ARRAY_SIZE(several); i++)
        if (several[i].kind == kind && strcmp(several[i].key, key) == 0)
            return true;
    return false;
}

bool act_is_transcribed(const struct casework *w, enum act_kind kind, const json_t *typed)
{
    bool needed = casework_theirs(w, kind), refused = false;
    if (!act_type(kind)->transcribable)
        return false;
    if (json_object_get(typed, ITEM_TRANSCRIBED))
        return true;
    for (const struct payload_rule *r = payload_rules; r->act; r++)
        if (r->act == kind && strcmp(r->key, ITEM_TRANSCRIBED) == 0 &&
            payload_rule_holds(r, typed)) {
            needed = needed || r->effect == RULE_NEEDED;
            refused = refused || r->effect == RULE_REFUSED;
        }
    return needed && !refused;
}
