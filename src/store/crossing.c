/* SPDX-License-Identifier: MIT */
#include "amparo/store/crossing.h"

#include <string.h>

#include "amparo/store/actbytes.h"

struct walk {
    const struct crossing_terms *x;
    const struct act_type *inner;
    const struct field *lost;
};

static json_t *value_over(struct walk *w, const struct field *field, const json_t *value);

static json_t *act_over(struct walk *w, const struct field *field, const json_t *value)
{
    char id[2 * ACT_ID_SIZE + 1];

    if (!json_is_string(value))
        return json_deep_copy(value); /* an answer in its place */
    if (w->x->act(w->x->ctx, json_string_value(value), id))
        return json_string(id);
    /* What an answer to a request answers is needed by a rule, where the field alone is not. */
    if (field->needed || strcmp(field->key, "note") == 0)
        w->lost = field;
    return NULL;
}

static json_t *person_over(struct walk *w, const struct field *field, const json_t *value)
{
    long number;

    if (!json_is_integer(value))
        return json_deep_copy(value);
    if (w->x->person(w->x->ctx, (long)json_integer_value(value), &number))
        return json_integer(number);
    w->lost = field;
    return NULL;
}

static json_t *list_over(struct walk *w, const struct field *field, const json_t *list,
                         json_t *(*each)(struct walk *, const struct field *, const json_t *))
{
    json_t *out = json_array();

    if (!json_is_array(list)) {
        json_decref(out);
        return json_deep_copy(list);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *element = each(w, field, json_array_get(list, i));
        if (element)
            json_array_append_new(out, element);
    }
    if (json_array_size(out) || !json_array_size(list))
        return out;
    json_decref(out); /* nobody is not: everybody */
    return NULL;
}

static json_t *members_over(struct walk *w, const struct field *field, const json_t *object)
{
    json_t *out;

    if (!json_is_object(object))
        return json_deep_copy(object);
    out = json_object();
    for (const struct field *m = field->members; m && m->id; m++) {
        const json_t *value = json_object_get(object, m->key);
        json_t *over = value ? value_over(w, m, value) : NULL;
        if (over)
            json_object_set_new(out, m->key, over);
    }
    return out;
}

static json_t *fields_over(struct walk *w, const struct act_type *type, const json_t *payload)
{
    const struct field *f;
    json_t *out = json_object();

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(payload, f->key);
        json_t *over = value ? value_over(w, f, value) : NULL;
        if (over)
            json_object_set_new(out, f->key, over);
    }
    return out;
}

static json_t *value_over(struct walk *w, const struct field *field, const json_t *value)
{
    switch (field->type) {
    case FIELD_ACT:
        return act_over(w, field, value);
    case FIELD_PERSON:
        return person_over(w, field, value);
    case FIELD_PERSONS:
        return list_over(w, field, value, person_over);
    case FIELD_OBJECT:
        return members_over(w, field, value);
    case FIELD_OBJECTS:
        return list_over(w, field, value, members_over);
    case FIELD_PAYLOAD:
        return w->inner && json_is_object(value) ? fields_over(w, w->inner, value) : NULL;
    default:
        return json_deep_copy(value);
    }
}

json_t *crossing_translate(const struct crossing_terms *x, const struct act_type *type,
                           const struct act_type *inner, const json_t *payload,
                           const struct field **lost)
{
    struct walk w = {.x = x, .inner = inner};
    json_t *out = fields_over(&w, type, payload);

    if (lost)
        *lost = w.lost;
    return out;
}
