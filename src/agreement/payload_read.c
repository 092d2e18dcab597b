/* SPDX-License-Identifier: MIT */
/* What stands in a payload, whatever may be missing. */
#include <string.h>

#include "amparo/agreement/payload.h"

const char *payload_answer(const json_t *payload, const char *key)
{
    return json_string_value(json_object_get(json_object_get(payload, key), "answer"));
}

const char *payload_text(const json_t *payload, const char *key)
{
    const char *text = json_string_value(json_object_get(payload, key));

    return text ? text : "";
}

bool payload_bool(const json_t *payload, const char *key)
{
    return json_is_true(json_object_get(payload, key));
}

long payload_number(const json_t *payload, const char *key)
{
    return (long)json_integer_value(json_object_get(payload, key));
}

bool payload_is(const json_t *payload, const char *key, const char *text)
{
    return !strcmp(payload_text(payload, key), text);
}

bool payload_has_person(const json_t *payload, const char *key, long person)
{
    const json_t *list = json_object_get(payload, key);
    size_t i;
    json_t *element;

    json_array_foreach(list, i, element) if (json_integer_value(element) == person) return true;
    return false;
}

bool payload_has_text(const json_t *payload, const char *key, const char *text)
{
    const json_t *list = json_object_get(payload, key);
    size_t i;
    json_t *element;

    json_array_foreach(list, i, element) if (json_is_string(element) &&
                                             !strcmp(json_string_value(element), text)) return true;
    return false;
}
