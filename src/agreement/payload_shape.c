/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/payload.h"

/* The JSON type of a value, or of an element where the field is an array. */
static const struct {
    json_type type;
    bool array;
} shapes[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = {JSON_STRING, false},     [FIELD_LONG] = {JSON_STRING, false},
    [FIELD_BOOL] = {JSON_TRUE, false},       [FIELD_NUMBER] = {JSON_INTEGER, false},
    [FIELD_DATE] = {JSON_STRING, false},     [FIELD_PARTIAL_DATE] = {JSON_STRING, false},
    [FIELD_INSTANT] = {JSON_STRING, false},  [FIELD_DEADLINE] = {JSON_STRING, false},
    [FIELD_CODE] = {JSON_STRING, false},     [FIELD_CODES] = {JSON_STRING, true},
    [FIELD_STATE] = {JSON_STRING, false},    [FIELD_STATES] = {JSON_STRING, true},
    [FIELD_PERSON] = {JSON_INTEGER, false},  [FIELD_PERSONS] = {JSON_INTEGER, true},
    [FIELD_ACT] = {JSON_STRING, false},      [FIELD_AMOUNT] = {JSON_STRING, false},
    [FIELD_CURRENCY] = {JSON_STRING, false}, [FIELD_LANGUAGES] = {JSON_STRING, true},
    [FIELD_PHONE] = {JSON_STRING, false},    [FIELD_MRZ] = {JSON_STRING, false},
    [FIELD_OBJECT] = {JSON_OBJECT, false},   [FIELD_OBJECTS] = {JSON_OBJECT, true},
    [FIELD_PAYLOAD] = {JSON_OBJECT, false},  [FIELD_TEXTS] = {JSON_STRING, true},
};

static bool value_shaped(const struct field *field, const json_t *value);

static bool one_shaped(const struct field *field, const json_t *value)
{
    json_type type = shapes[field->type].type;

    if (type == JSON_TRUE)
        return json_is_boolean(value);
    if (json_typeof(value) != type)
        return false;
    for (const struct field *m = field->members; m && m->id; m++) {
        const json_t *member = json_object_get(value, m->key);
        if (member && !value_shaped(m, member))
            return false;
    }
    return true;
}

static bool value_shaped(const struct field *field, const json_t *value)
{
    size_t i;
    json_t *element;

    if (json_is_object(value) && field_takes_answer(field))
        return true;
    if (!shapes[field->type].array)
        return one_shaped(field, value);
    if (!json_is_array(value))
        return false;
    json_array_foreach(value, i, element) if (!one_shaped(field, element)) return false;
    return true;
}

bool payload_shaped(const struct act_type *type, const json_t *payload)
{
    const struct field *const carried[] = {&act_transcribed_field, &act_override_field,
                                           &act_doubts_field};

    if (!json_is_object(payload))
        return false;
    for (const struct field *f = type->fields; f->id; f++) {
        const json_t *value = json_object_get(payload, f->key);
        if (value && !value_shaped(f, value))
            return false;
    }
    for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
        const json_t *value = json_object_get(payload, carried[i]->key);
        if (value && !value_shaped(carried[i], value))
            return false;
    }
    return true;
}
