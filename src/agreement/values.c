/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/mem.h"

/* ---- from text ---- */

/* "14:05" or "1405", "9:05". */
static bool read_clock(const char *text, int *hour, int *minute)
{
    size_t digits = strspn(text, "0123456789"), colon = text[digits] == ':';
    const char *rest = text + (colon ? digits + 1 : 2);

    if (colon ? digits < 1 || digits > 2 : digits < 3)
        return false;
    size_t more = strspn(rest, "0123456789");
    *hour = colon && digits == 1 ? text[0] - '0' : 10 * (text[0] - '0') + text[1] - '0';
    *minute = more == 2 ? 10 * (rest[0] - '0') + rest[1] - '0' : rest[0] - '0';
    return more >= 1 && more <= 2 && !rest[more] && *hour <= 23 && *minute <= 59;
}

/* `now`, or a time of day after an optional date: "14:05", "1405", "T-1 23:40", "15/3 9:05". */
static bool read_instant(const char *text, struct instant now, struct instant *at,
                         struct error *err)
{
    if (instant_parse(text, at))
        return true;
    if (strcasecmp(text, "now") == 0 || strcasecmp(text, _("now")) == 0) {
        *at = now;
        return true;
    }

    const char *last = strrchr(text, ' ');
    int hour, minute;
    if (!read_clock(last ? last + 1 : text, &hour, &minute))
        return error_set(err, ERROR_INPUT, _("a time is wanted: now, 14:05, or 15/3 14:05"));

    struct date day = instant_date(now);
    if (last) {
        char *before = xstrndup(text, (size_t)(last - text));
        struct date_entry entry;
        bool ok = date_entry_parse(before, false, day, &entry, err);
        free(before);
        if (!ok)
            return false;
        day = (struct date){entry.date.year, entry.date.month, entry.date.day};
    }
    int64_t local = (int64_t)date_number(day) * 86400 + hour * 3600 + minute * 60;
    *at = (struct instant){local - now.offset * 60, 0, now.offset};
    return true;
}

static bool read_date(const char *text, bool partial, struct instant now, json_t **value,
                      struct error *err)
{
    struct date_entry entry;
    if (!date_entry_parse(text, partial, instant_date(now), &entry, err))
        return false;
    char out[PARTIAL_DATE_SIZE];
    *value = json_string(partial_date_format(entry.date, out));
    return true;
}

static bool read_deadline(const char *text, struct instant now, json_t **value, struct error *err)
{
    struct error unheard = ERROR_INIT;
    struct instant at;
    bool timed = read_instant(text, now, &at, &unheard);
    error_release(&unheard);
    /* Four digits are a day and a month here, as in any date. */
    if (!timed || (!strchr(text, ':') && strcasecmp(text, "now") != 0))
        return read_date(text, false, now, value, err);
    char out[INSTANT_SIZE];
    *value = json_string(instant_format(at, out));
    return true;
}

static bool read_number(const char *text, json_t **value, struct error *err)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (*end || number < 1)
        return error_set(err, ERROR_INPUT, _("a number from 1 is wanted"));
    *value = json_integer(number);
    return true;
}

/* One word of a value that may hold several. */
static bool read_word(const struct field *field, const char *word, json_t **value,
                      struct error *err)
{
    switch (field->type) {
    case FIELD_PERSON:
    case FIELD_PERSONS:
        return read_number(word, value, err);
    case FIELD_STATE:
    case FIELD_STATES:
        if (!country_find(word))
            return error_set(err, ERROR_INPUT, _("%s is no country's code"), word);
        break;
    case FIELD_CODE:
    case FIELD_CODES:
        if (field->codes && !code_label(field->codes, word))
            return error_set(err, ERROR_INPUT, _("%s is not in the list"), word);
        break;
    default:
        break;
    }
    *value = json_string(word);
    return true;
}

static bool read_words(const struct field *field, const char *text, json_t **value,
                       struct error *err)
{
    json_t *array = json_array();
    char *copy = xstrdup(text), *rest = copy, *word;
    bool ok = true;
    while (ok && (word = strtok_r(rest, " ,", &rest))) {
        json_t *one = NULL;
        ok = read_word(field, word, &one, err);
        if (ok)
            json_array_append_new(array, one);
    }
    free(copy);
    if (!ok || !json_array_size(array)) {
        json_decref(array);
        return ok;
    }
    *value = array;
    return true;
}

/* A number as written down on paper: without the blanks, brackets and hyphens between digits. */
static json_t *read_stripped(const char *text, const char *dropped)
{
    struct buf out = BUF_INIT;
    for (; *text; text++)
        if (!strchr(dropped, *text))
            buf_addc(&out, *text);
    json_t *value = json_string(buf_text(&out));
    buf_release(&out);
    return value;
}

static bool read_trimmed(const struct field *field, const char *text, struct instant now,
                         json_t **value, struct error *err)
{
    switch (field->type) {
    case FIELD_BOOL:
        if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
            return error_set(err, ERROR_INPUT, _("yes or no is wanted"));
        *value = json_boolean(strcmp(text, "yes") == 0);
        return true;
    case FIELD_NUMBER:
        return read_number(text, value, err);
    case FIELD_DATE:
        return read_date(text, false, now, value, err);
    case FIELD_PARTIAL_DATE:
        return read_date(text, true, now, value, err);
    case FIELD_DEADLINE:
        return read_deadline(text, now, value, err);
    case FIELD_INSTANT: {
        struct instant at;
        char out[INSTANT_SIZE];
        if (!read_instant(text, now, &at, err))
            return false;
        *value = json_string(instant_format(at, out));
        return true;
    }
    case FIELD_CODE:
    case FIELD_STATE:
    case FIELD_PERSON:
        return read_word(field, text, value, err);
    case FIELD_CODES:
    case FIELD_STATES:
    case FIELD_PERSONS:
    case FIELD_LANGUAGES:
        return read_words(field, text, value, err);
    case FIELD_AMOUNT:
        *value = read_stripped(text, " ");
        return true;
    case FIELD_PHONE:
        *value = read_stripped(text, " -()./");
        return true;
    default:
        *value = json_string(text);
        return true;
    }
}

/* `?u` and its like: why there is no value. */
static const struct {
    const char *typed, *answer;
} answers[] = {
    {"?u", "unknown"},
    {"?r", "declined"},
    {"?l", "not_asked"},
    {"?n", "not_applicable"},
};

/* The answer that was typed, or NULL. */
static const char *answer_of(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
        if (strcasecmp(answers[i].typed, text) == 0)
            return answers[i].answer;
    return NULL;
}

/* A field that an act cannot do without takes none: it would be recorded as a name "?u". */
static bool read_answer(const struct field *field, const char *answer, json_t **value,
                        struct error *err)
{
    if (!field_takes_answer(field))
        return error_set(err, ERROR_INPUT, "%s", _("is needed: an answer does not stand for it"));
    *value = json_pack("{s:s}", "answer", answer);
    return true;
}

bool values_read_one(const struct field *field, const char *text, struct instant now,
                     json_t **value, struct error *err)
{
    *value = NULL;
    while (isspace((unsigned char)*text))
        text++;
    size_t size = strlen(text);
    while (size && isspace((unsigned char)text[size - 1]))
        size--;
    if (!size)
        return true;
    char *trimmed = xstrndup(text, size);
    const char *answer = answer_of(trimmed);
    bool ok = answer ? read_answer(field, answer, value, err)
                     : read_trimmed(field, trimmed, now, value, err);
    free(trimmed);
    return ok;
}

/* ---- to text ---- */

static void scalar_text(struct buf *out, const json_t *value)
{
    if (json_is_string(value))
        buf_adds(out, json_string_value(value));
    else if (json_is_integer(value))
        buf_addf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        buf_adds(out, json_is_true(value) ? "yes" : "no");
}

void values_text(struct buf *out, const struct field *field, const json_t *value)
{
    (void)field;
    const char *answer = json_string_value(json_object_get(value, "answer"));
    for (size_t i = 0; answer && i < ARRAY_SIZE(answers); i++)
        if (strcmp(answers[i].answer, answer) == 0)
            buf_adds(out, answers[i].typed);
    if (!json_is_array(value)) {
        scalar_text(out, value);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (i)
            buf_adds(out, ", ");
        scalar_text(out, json_array_get(value, i));
    }
}

/* ---- whole payloads ---- */

struct reading {
    struct instant now;
    value_lookup *lookup;
    value_fault *fault;
    void *ctx;
};

static json_t *read_object(const struct field *fields, const char *prefix, const struct reading *r);

static json_t *read_field(const struct field *field, const char *path, const struct reading *r)
{
    const char *text = r->lookup(r->ctx, path);
    bool blank = !text || !text[strspn(text, " ")];
    if (blank)
        return field->needed && field->may_be_empty ? json_array() : NULL;
    json_t *value = NULL;
    struct error err = ERROR_INIT;
    if (!values_read_one(field, text, r->now, &value, &err))
        r->fault(r->ctx, path, error_text(&err));
    error_release(&err);
    return value;
}

/* Objects that have no value at all are not there: neither a member nor an element. */
static json_t *read_member(const struct field *field, const char *path, const struct reading *r)
{
    if (field->type == FIELD_OBJECT) {
        json_t *object = read_object(field->members, path, r);
        if (json_object_size(object))
            return object;
        json_decref(object);
        return NULL;
    }
    if (field->type != FIELD_OBJECTS)
        return read_field(field, path, r);

    enum { MOST = 20 };
    json_t *array = json_array();
    for (int i = 0; i < MOST; i++) {
        char *element = xasprintf("%s[%d]", path, i);
        json_t *object = read_object(field->members, element, r);
        free(element);
        if (json_object_size(object))
            json_array_append_new(array, object);
        else
            json_decref(object);
    }
    if (json_array_size(array))
        return array;
    json_decref(array);
    return NULL;
}

static json_t *read_object(const struct field *fields, const char *prefix, const struct reading *r)
{
    json_t *object = json_object();
    for (const struct field *field = fields; field->id; field++) {
        char *path = xasprintf("%s%s%s", prefix, *prefix ? "." : "", field->key);
        json_t *value = read_member(field, path, r);
        free(path);
        if (value)
            json_object_set_new(object, field->key, value);
    }
    return object;
}

json_t *values_read(const struct field *fields, struct instant now, value_lookup *lookup,
                    value_fault *fault, void *ctx)
{
    struct reading reading = {now, lookup, fault, ctx};
    return read_object(fields, "", &reading);
}

static void visit_object(const struct field *fields, const char *prefix, const json_t *object,
                         value_visit *visit, void *ctx)
{
    for (const struct field *field = fields; field->id; field++) {
        const json_t *value = json_object_get(object, field->key);
        if (!value)
            continue;
        char *path = xasprintf("%s%s%s", prefix, *prefix ? "." : "", field->key);
        if (field->type == FIELD_OBJECT) {
            visit_object(field->members, path, value, visit, ctx);
        } else if (field->type == FIELD_OBJECTS) {
            for (size_t i = 0; i < json_array_size(value); i++) {
                char *element = xasprintf("%s[%zu]", path, i);
                visit_object(field->members, element, json_array_get(value, i), visit, ctx);
                free(element);
            }
        } else if (field->type != FIELD_PAYLOAD) {
            struct buf text = BUF_INIT;
            values_text(&text, field, value);
            visit(ctx, path, field, buf_text(&text));
            buf_release(&text);
        }
        free(path);
    }
}

void values_visit(const struct field *fields, const json_t *payload, value_visit *visit, void *ctx)
{
    visit_object(fields, "", payload, visit, ctx);
}

const struct field *values_field(const struct field *fields, const char *path)
{
    while (fields) {
        size_t size = strcspn(path, ".[");
        const struct field *field = fields;
        while (field->id && (strlen(field->key) != size || strncmp(field->key, path, size) != 0))
            field++;
        if (!field->id)
            return NULL;
        path += size;
        if (*path == '[')
            path += strcspn(path, ".");
        if (!*path)
            return field;
        path++;
        fields = field->members;
    }
    return NULL;
}
