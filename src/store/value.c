/* SPDX-License-Identifier: MIT */
#include "amparo/store/value.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static bool check_text(const char *text, size_t size, const char *path, struct error *err)
{
    return cbor_text_ok(text, size) ||
           error_set(err, ERROR_INPUT, _("%s: has a control character; take it out"), path);
}

static bool check_members(const json_t *object, const char *path, struct error *err)
{
    const char *key;
    json_t *member;
    bool ok = true;

    json_object_foreach((json_t *)(uintptr_t)object, key, member)
    {
        char *inner = *path ? xasprintf("%s.%s", path, key) : xstrdup(key);
        ok &= check_text(key, strlen(key), inner, err) && value_check(member, inner, err);
        free(inner);
    }
    return ok;
}

bool value_check(const json_t *value, const char *path, struct error *err)
{
    bool ok = true;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return check_members(value, path, err);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++) {
            char *inner = xasprintf("%s[%zu]", path, i);
            ok &= value_check(json_array_get(value, i), inner, err);
            free(inner);
        }
        return ok;
    case JSON_STRING:
        return check_text(json_string_value(value), json_string_length(value), path, err);
    case JSON_INTEGER:
    case JSON_TRUE:
    case JSON_FALSE:
        return true;
    default:
        return error_set(err, ERROR_INPUT,
                         _("%s: null or a fraction; leave it out or write it "
                           "as text"),
                         path);
    }
}

static int by_key(const void *a, const void *b)
{
    return cbor_key_compare(*(const char *const *)a, *(const char *const *)b);
}

static void put_object(struct buf *out, const json_t *object)
{
    size_t count = json_object_size(object), n = 0;
    const char **keys = xcalloc(count, sizeof *keys), *key;
    json_t *member;

    json_object_foreach((json_t *)(uintptr_t)object, key, member) keys[n++] = key;
    qsort(keys, n, sizeof *keys, by_key);
    cbor_put_map(out, n);
    for (size_t i = 0; i < n; i++) {
        cbor_put_text(out, keys[i], strlen(keys[i]));
        value_put(out, json_object_get(object, keys[i]));
    }
    free(keys);
}

void value_put(struct buf *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        put_object(out, value);
        break;
    case JSON_ARRAY:
        cbor_put_array(out, json_array_size(value));
        for (size_t i = 0; i < json_array_size(value); i++)
            value_put(out, json_array_get(value, i));
        break;
    case JSON_STRING:
        cbor_put_text(out, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        cbor_put_int(out, json_integer_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        cbor_put_bool(out, json_is_true(value));
        break;
    default:
        BUG("a value that cannot be written");
    }
}

static json_t *read_array(struct cbor *in)
{
    size_t count;
    json_t *array = json_array();

    for (cbor_read_array(in, &count); count; count--) {
        if (json_array_append_new(array, value_read(in)) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *read_object(struct cbor *in)
{
    size_t count, size;
    const char *text;
    json_t *object = json_object();

    for (cbor_read_map(in, &count); count; count--) {
        char *key = cbor_read_text(in, &text, &size) ? xstrndup(text, size) : NULL;
        bool ok = key && json_object_set_new(object, key, value_read(in)) == 0;
        free(key);
        if (!ok) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

json_t *value_read(struct cbor *in)
{
    int64_t number;
    const char *text;
    size_t size;
    bool flag;

    switch (cbor_peek(in)) {
    case CBOR_UINT:
    case CBOR_NEGATIVE:
        return cbor_read_int(in, &number) ? json_integer(number) : NULL;
    case CBOR_TEXT:
        return cbor_read_text(in, &text, &size) ? json_stringn(text, size) : NULL;
    case CBOR_BOOL:
        return cbor_read_bool(in, &flag) ? json_boolean(flag) : NULL;
    case CBOR_ARRAY:
        return read_array(in);
    case CBOR_MAP:
        return read_object(in);
    default:
        return NULL;
    }
}
