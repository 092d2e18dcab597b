/* SPDX-License-Identifier: MIT */
/* The mapping of an import: read once, every fault named by its place. */
#include "import_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

struct reading {
    struct import_map *map;
    enum import_dates dates; /* where a field says nothing else */
    struct error *err;
    bool ok;
};

/* Keys of the mapping are whatever somebody wrote. */
static void fault(struct reading *r, const char *place, const char *what)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, place, strlen(place));
    r->ok = error_set(r->err, ERROR_INPUT, "%s: %s", buf_text(&shown), what);
    buf_release(&shown);
}

/* A key that the mapping does not know is a slip. `keys` ends with NULL. */
static void check_keys(struct reading *r, const char *place, const json_t *object,
                       const char *const *keys)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (!keys[i]) {
            char *full = xasprintf("%s%s%s", place, *place ? "." : "", key);
            fault(r, full, _("no such key here"));
            free(full);
        }
    }
}

/* The text of a key; NULL where there is none. */
static const char *text_of(struct reading *r, const char *place, const json_t *object,
                           const char *key)
{
    const json_t *value = json_object_get(object, key);
    char *full;

    if (!value || json_is_string(value))
        return json_string_value(value);
    full = xasprintf("%s%s%s", place, *place ? "." : "", key);
    fault(r, full, _("a text is wanted"));
    free(full);
    return NULL;
}

static bool are_texts(const json_t *array)
{
    size_t i;
    json_t *one;

    json_array_foreach((json_t *)(uintptr_t)array, i, one)
    {
        if (!json_is_string(one))
            return false;
    }
    return json_is_array(array);
}

static bool are_codes(const json_t *object)
{
    const char *key;
    json_t *one;

    json_object_foreach((json_t *)(uintptr_t)object, key, one)
    {
        if (!json_is_string(one))
            return false;
    }
    return json_is_object(object);
}

static void read_dates(struct reading *r, const char *place, const json_t *object,
                       enum import_dates *out)
{
    static const char *const names[DATES_COUNT] = {"dmy", "mdy", "ymd", "excel"};
    const char *name = text_of(r, place, object, "dates");

    for (int i = 0; name && i < DATES_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (enum import_dates)i;
            return;
        }
    if (name)
        fault(r, place, _("dates: it is dmy, mdy, ymd or excel"));
}

/* ---- one field ---- */

/* A number, or true or false, as the text that a cell would have for it. */
static void make_text(json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    char *text = json_is_integer(value)   ? xasprintf("%lld", (long long)json_integer_value(value))
                 : json_is_boolean(value) ? xstrdup(json_is_true(value) ? "yes" : "no")
                                          : NULL;

    if (text)
        json_object_set_new(object, key, json_string(text));
    free(text);
}

static void read_source_object(struct reading *r, const char *place, json_t *object,
                               struct import_source *out)
{
    static const char *const keys[] = {"column", "codes", "dates", "default", "value", NULL};
    make_text(object, "value");
    make_text(object, "default");
    const char *value = text_of(r, place, object, "value");

    check_keys(r, place, object, keys);
    out->column = text_of(r, place, object, "column");
    out->value = value ? value : text_of(r, place, object, "default");
    out->codes = json_object_get(object, "codes");
    read_dates(r, place, object, &out->dates);
    if (value ? json_object_size(object) > 1 : !out->column)
        fault(r, place, _("either a column, or a value alone"));
    if (out->codes && !are_codes(out->codes))
        fault(r, place, _("codes: an object of texts is wanted"));
}

static void read_source(struct reading *r, const char *place, json_t *source,
                        struct import_source *out)
{
    out->dates = r->dates;
    if (json_is_string(source))
        out->column = json_string_value(source);
    else if (json_is_object(source))
        read_source_object(r, place, source, out);
    else
        fault(r, place, _("the name of a column, or an object, is wanted"));
}

/* The field of a path, also of what any act may carry. */
static const struct field *find_field(const struct act_type *type, const char *path)
{
    const struct field carried[] = {act_transcribed_field, act_override_field, {.id = 0}};
    const struct field *field = values_field(type->fields, path);

    return field ? field : values_field(carried, path);
}

static bool is_leaf(const struct field *field)
{
    return field->type != FIELD_OBJECT && field->type != FIELD_OBJECTS &&
           field->type != FIELD_PAYLOAD && field->type != FIELD_ACT;
}

/* ---- one act ---- */

static void read_fields(struct reading *r, const char *place, const json_t *fields,
                        struct import_act *act)
{
    const char *path;
    json_t *source;

    act->sources = xcalloc(json_object_size(fields) + 1, sizeof *act->sources);
    json_object_foreach((json_t *)(uintptr_t)fields, path, source)
    {
        char *full = xasprintf("%s.fields.%s", place, path);
        struct import_source *out = &act->sources[act->count++];
        *out = (struct import_source){.path = path, .field = find_field(act->type, path)};
        if (!out->field || !is_leaf(out->field))
            fault(r, full, _("the act has no such field to fill"));
        read_source(r, full, source, out);
        free(full);
    }
}

static void read_when(struct reading *r, const char *place, const json_t *when,
                      struct import_act *act)
{
    static const char *const keys[] = {"column", "is", NULL};

    if (json_is_string(when)) {
        act->when.column = json_string_value(when);
        return;
    }
    if (!json_is_object(when)) {
        fault(r, place, _("when: the name of a column, or an object, is wanted"));
        return;
    }
    check_keys(r, place, when, keys);
    act->when.column = text_of(r, place, when, "column");
    act->is = json_object_get(when, "is");
    if (!act->when.column || (act->is && !are_texts(act->is)))
        fault(r, place, _("when: a column is wanted, and in `is` an array of texts"));
}

static void read_act(struct reading *r, size_t index, const json_t *json, struct import_act *act)
{
    static const char *const keys[] = {"act", "fields", "when", "once", NULL};
    char *place = xasprintf("acts[%zu]", index);
    const char *name = text_of(r, place, json, "act");
    const json_t *fields = json_object_get(json, "fields"), *when = json_object_get(json, "when"),
                 *once = json_object_get(json, "once");

    check_keys(r, place, json, keys);
    act->type = name ? act_type_named(name) : NULL;
    if (!act->type)
        fault(r, place, _("act: there is no act of that name; see amparo help acts"));
    else if ((act->type->kind == ACT_OPEN) != (index == 0))
        fault(r, place, _("act: the first is open, and no other"));
    else if (!json_is_object(fields))
        fault(r, place, _("fields: an object is wanted"));
    else
        read_fields(r, place, fields, act);
    if (when)
        read_when(r, place, when, act);
    if (once && !json_is_boolean(once))
        fault(r, place, _("once: true or false is wanted"));
    bool of_person = act->type && field_find(act->type->fields, "person");
    act->once = index == 0 || (once ? json_is_true(once) : !of_person);
    free(place);
}

/* ---- all of it ---- */

static void read_format(struct reading *r, const json_t *json)
{
    const char *separator = text_of(r, "", json, "separator");
    const char *encoding = text_of(r, "", json, "encoding");
    struct sheet_format *format = &r->map->format;

    if (separator && (strlen(separator) != 1 || !strchr(",;\t", *separator)))
        fault(r, "separator", _("it is , or ; or a tab"));
    else if (separator)
        format->separator = *separator;
    if (encoding && !sheet_encoding_named(encoding, &format->encoding))
        fault(r, "encoding", _("it is utf-8, windows-1252 or latin-1"));
}

static void read_all(struct reading *r, const json_t *json)
{
    static const char *const keys[] = {"acts",      "case",     "dates", "empty",
                                       "separator", "encoding", NULL};
    const json_t *acts = json_object_get(json, "acts");
    struct import_map *map = r->map;

    check_keys(r, "", json, keys);
    read_format(r, json);
    read_dates(r, "dates", json, &r->dates);
    map->key.column = text_of(r, "", json, "case");
    map->empty = json_object_get(json, "empty");
    if (map->empty && !are_texts(map->empty))
        fault(r, "empty", _("an array of texts is wanted"));
    if (!json_array_size(acts)) {
        fault(r, "acts", _("an array of acts is wanted, the first of them open"));
        return;
    }
    map->acts = xcalloc(json_array_size(acts), sizeof *map->acts);
    map->count = json_array_size(acts);
    for (size_t i = 0; i < map->count; i++)
        read_act(r, i, json_array_get(acts, i), &map->acts[i]);
}

struct import_map *import_map_read(const json_t *json, struct error *err)
{
    struct import_map *map = xcalloc(1, sizeof *map);
    struct reading r = {.map = map, .err = err, .ok = true};

    map->json = json_deep_copy(json);
    if (json_is_object(map->json))
        read_all(&r, map->json);
    else
        r.ok = error_set(err, ERROR_INPUT, "%s", _("the mapping must be a JSON object"));
    if (r.ok)
        map->states = import_states();
    if (r.ok)
        return map;
    import_map_free(map);
    return NULL;
}

void import_map_free(struct import_map *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->count; i++)
        free(map->acts[i].sources);
    free(map->acts);
    json_decref(map->states);
    json_decref(map->json);
    free(map);
}
