/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/payload.h"

#include <string.h>

#include "amparo/base/text.h"
#include "payload_work.h"

enum { ELEMENTS = 500 /* no honest payload has so many; a hostile one is to cost nothing */ };
enum { SHOWN_CELLS = 60 };

/* ---- saying what is wrong ---- */

static void show_text(struct buf *out, const char *text)
{
    size_t fits = text_fit(text, SHOWN_CELLS);

    text_shown(out, text, fits);
    if (text[fits])
        buf_adds(out, "…");
}

static void show_value(struct buf *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        buf_addc(out, '"');
        show_text(out, json_string_value(value));
        buf_addc(out, '"');
        break;
    case JSON_INTEGER:
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        buf_addf(out, "%.17g", json_real_value(value));
        break;
    case JSON_OBJECT:
        buf_adds(out, "{…}");
        break;
    case JSON_ARRAY:
        buf_adds(out, json_array_size(value) ? "[…]" : "[]");
        break;
    case JSON_TRUE:
        buf_adds(out, "true");
        break;
    case JSON_FALSE:
        buf_adds(out, "false");
        break;
    case JSON_NULL:
        buf_adds(out, "null");
        break;
    }
}

bool payload_fault(struct payload_checker *check, const json_t *value, const char *what, ...)
{
    struct buf line = BUF_INIT;
    va_list args;

    show_text(&line, buf_text(&check->path));
    if (line.size)
        buf_adds(&line, ": ");
    if (value) {
        show_value(&line, value);
        buf_adds(&line, ": ");
    }
    va_start(args, what);
    buf_vaddf(&line, what, args);
    va_end(args);
    error_set(check->err, ERROR_INPUT, "%s", buf_text(&line));
    buf_release(&line);
    check->ok = false;
    return false;
}

/* Steps down to a key or an element; the caller cuts the path back to the size returned. */
static size_t enter_key(struct payload_checker *check, const char *key)
{
    size_t before = check->path.size;

    if (before && check->path.data[before - 1] != '.')
        buf_addc(&check->path, '.');
    buf_adds(&check->path, key);
    return before;
}

static size_t enter_element(struct payload_checker *check, size_t index)
{
    size_t before = check->path.size;

    buf_addf(&check->path, "[%zu]", index);
    return before;
}

bool payload_fault_key(struct payload_checker *check, const char *key, const json_t *value,
                       const char *what)
{
    size_t before = enter_key(check, key);

    payload_fault(check, value, "%s", what);
    buf_cut(&check->path, before);
    return false;
}

/* ---- arrays and objects ---- */

static bool check_table(struct payload_checker *check, const struct field *table,
                        const json_t *object);

static bool check_object(struct payload_checker *check, const struct field *field,
                         const json_t *value)
{
    if (!json_is_object(value))
        return payload_fault(check, value, _("must be an object"));
    return check_table(check, field->members, value);
}

static bool check_payload(struct payload_checker *check, const json_t *value)
{
    return json_is_object(value) || payload_fault(check, value, _("must be an object"));
}

/* An element of an array, or what is none. */
static bool check_one(struct payload_checker *check, const struct field *field, const json_t *value)
{
    if (field->type == FIELD_OBJECT || field->type == FIELD_OBJECTS)
        return check_object(check, field, value);
    if (field->type == FIELD_PAYLOAD)
        return check_payload(check, value);
    return payload_check_scalar(check, field, value);
}

static bool is_array_type(enum field_type type)
{
    return type == FIELD_CODES || type == FIELD_STATES || type == FIELD_PERSONS ||
           type == FIELD_LANGUAGES || type == FIELD_TEXTS || type == FIELD_OBJECTS;
}

static bool check_elements(struct payload_checker *check, const struct field *field,
                           const json_t *array)
{
    bool ok = true;
    size_t i;
    json_t *element;

    json_array_foreach(array, i, element)
    {
        size_t before = enter_element(check, i);
        bool fine = check_one(check, field, element);

        for (size_t j = 0; fine && field->type != FIELD_OBJECTS && j < i; j++)
            if (json_equal(element, json_array_get(array, j)))
                fine = payload_fault(check, element, _("stands there twice"));
        ok = ok && fine;
        buf_cut(&check->path, before);
    }
    return ok;
}

static bool check_array(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    if (!json_is_array(value))
        return payload_fault(check, value, _("must be an array"));
    if (!json_array_size(value) && !field->may_be_empty)
        return payload_fault(check, value, _("must not be empty"));
    if (json_array_size(value) > ELEMENTS)
        return payload_fault(check, value, _("has more than %d elements"), ELEMENTS);
    return check_elements(check, field, value);
}

static bool check_answer(struct payload_checker *check, const json_t *value)
{
    const json_t *answer = json_object_get(value, "answer");

    if (json_object_size(value) != 1 || !json_is_string(answer) ||
        !code_label(answer_codes, json_string_value(answer)))
        return payload_fault(check, value,
                             _("must be a value, or {\"answer\": unknown, declined, not_asked or "
                               "not_applicable}"));
    return true;
}

static bool check_value(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    if (json_is_object(value) && field_takes_answer(field))
        return check_answer(check, value);
    if (is_array_type(field->type))
        return check_array(check, field, value);
    return check_one(check, field, value);
}

bool payload_may_lack(const struct payload_checker *check, const struct field *field)
{
    return check->received && (field->class != CLASS_P0 || field->type == FIELD_PERSON ||
                               field->type == FIELD_PERSONS);
}

/* Each field of the table that is there or must be; false where one has a fault. */
static bool check_known(struct payload_checker *check, const struct field *table,
                        const json_t *object)
{
    bool ok = true;

    for (const struct field *f = table; f && f->id; f++) {
        const json_t *value = json_object_get(object, f->key);

        if (!value) {
            if (f->needed && !payload_may_lack(check, f))
                ok = payload_fault_key(check, f->key, NULL, _("is missing"));
            continue;
        }
        size_t before = enter_key(check, f->key);
        ok = check_value(check, f, value) && ok;
        buf_cut(&check->path, before);
    }
    return ok;
}

static bool check_table(struct payload_checker *check, const struct field *table,
                        const json_t *object)
{
    bool ok = check_known(check, table, object);
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value) if (!field_find(table, key)) ok =
        payload_fault_key(check, key, value, _("no such key here"));
    return ok;
}

/* The keys of the act itself, and those that it may carry. */
static void check_act(struct payload_checker *check, const struct act_type *type,
                      const json_t *payload)
{
    const char *key;
    json_t *value;

    check_known(check, type->fields, payload);
    json_object_foreach((json_t *)(uintptr_t)payload, key, value)
    {
        const struct field *field = NULL;

        if (field_find(type->fields, key))
            continue;
        for (size_t i = 0; (field = act_carried(type, i)) && strcmp(field->key, key) != 0;)
            i++;
        if (!field) {
            payload_fault_key(check, key, value, _("no such key here"));
            continue;
        }
        size_t before = enter_key(check, key);
        check_value(check, field, value);
        buf_cut(&check->path, before);
    }
}

bool payload_check_at(const struct act_type *type, const json_t *payload, const char *before,
                      bool received, struct error *err)
{
    struct payload_checker check = {.path = BUF_INIT, .err = err, .ok = true, .received = received};

    buf_adds(&check.path, before);
    if (!json_is_object(payload))
        payload_fault(&check, payload, _("the payload must be a JSON object"));
    else
        check_act(&check, type, payload);
    if (check.ok)
        payload_check_rules(&check, type, payload);
    else if (payload_shaped(type, payload)) /* what is missing is told along with what is wrong */
        payload_check_needs(&check, type, payload);
    buf_release(&check.path);
    return check.ok;
}

bool payload_check(const struct act_type *type, const json_t *payload, struct error *err)
{
    return payload_check_at(type, payload, "", false, err);
}

bool payload_check_value(const struct field *field, const json_t *value, const char *path,
                         struct error *err)
{
    struct payload_checker check = {.path = BUF_INIT, .err = err, .ok = true};

    buf_adds(&check.path, path);
    check_value(&check, field, value);
    buf_release(&check.path);
    return check.ok;
}
