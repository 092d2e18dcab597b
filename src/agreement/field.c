/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/field.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const char *const class_names[CLASS_COUNT] = {"P0", "P1", "P2", "P3"};

static const char *const type_names[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = "text",         [FIELD_LONG] = "long",
    [FIELD_BOOL] = "bool",         [FIELD_NUMBER] = "number",
    [FIELD_DATE] = "date",         [FIELD_PARTIAL_DATE] = "partial_date",
    [FIELD_INSTANT] = "instant",   [FIELD_DEADLINE] = "deadline",
    [FIELD_CODE] = "code",         [FIELD_CODES] = "codes",
    [FIELD_STATE] = "state",       [FIELD_STATES] = "states",
    [FIELD_PERSON] = "person",     [FIELD_PERSONS] = "persons",
    [FIELD_ACT] = "act",           [FIELD_AMOUNT] = "amount",
    [FIELD_CURRENCY] = "currency", [FIELD_LANGUAGES] = "languages",
    [FIELD_PHONE] = "phone",       [FIELD_MRZ] = "mrz",
    [FIELD_OBJECT] = "object",     [FIELD_OBJECTS] = "objects",
    [FIELD_PAYLOAD] = "payload",   [FIELD_TEXTS] = "texts",
};

const struct code answer_codes[] = {
    {"unknown", N_("unknown")},
    {"declined", N_("declined to say")},
    {"not_asked", N_("not asked yet")},
    {"not_applicable", N_("does not apply")},
    {NULL, NULL},
};

const char *field_class_name(enum field_class class)
{
    return class_names[class];
}

const char *field_type_name(enum field_type type)
{
    return type_names[type];
}

bool field_takes_answer(const struct field *field)
{
    return !field->needed && field->type != FIELD_OBJECT && field->type != FIELD_OBJECTS &&
           field->type != FIELD_PAYLOAD;
}

const struct field *field_find(const struct field *table, const char *key)
{
    for (const struct field *f = table; f && f->id; f++)
        if (!strcmp(f->key, key))
            return f;
    return NULL;
}

const char *code_label(const struct code *codes, const char *code)
{
    for (; codes && codes->code; codes++)
        if (!strcmp(codes->code, code))
            return codes->label;
    return NULL;
}
