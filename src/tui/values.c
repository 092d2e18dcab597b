/* SPDX-License-Identifier: MIT */
#include "amparo/tui/values.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/mem.h"
#include "amparo/tui/describe.h"

/* ---- from text ---- */

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
    const char *clock = last ? last + 1 : text;
    int hour = -1, minute = -1, end = 0;
    if (sscanf(clock, "%2d:%2d%n", &hour, &minute, &end) != 2 &&
        sscanf(clock, "%2d%2d%n", &hour, &minute, &end) != 2)
        end = 0;
    if (!end || clock[end] || hour < 0 || hour > 23 || minute < 0 || minute > 59)
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

static bool read_answer(const struct field *field, const char *text, json_t **value)
{
    if (!field_takes_answer(field))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
        if (strcmp(answers[i].typed, text) == 0) {
            *value = json_pack("{s:s}", "answer", answers[i].answer);
            return true;
        }
    return false;
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
    if (read_answer(field, trimmed, value)) {
        free(trimmed);
        return true;
    }
    bool ok = read_trimmed(field, trimmed, now, value, err);
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

static void say_date(struct buf *out, const char *text, translate_fn *tr)
{
    struct partial_date date;
    if (partial_date_parse(text, &date))
        date_echo(out, date, tr);
    else
        buf_adds(out, text);
}

void values_say_when(struct buf *out, const char *when, translate_fn *tr)
{
    struct instant at;
    if (!instant_parse(when, &at)) {
        say_date(out, when, tr);
        return;
    }
    struct date day = instant_date(at);
    int second = instant_second_of_day(at);
    date_echo(out, (struct partial_date){day.year, day.month, day.day, false}, tr);
    buf_addf(out, ", %02d:%02d", second / 3600, second / 60 % 60);
}

static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                     N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                     N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

void values_say_when_short(struct buf *out, const char *when, struct instant now, translate_fn *tr)
{
    struct instant at;
    struct date day;
    bool timed = instant_parse(when, &at);
    if (timed)
        day = instant_date(at);
    else if (!date_parse(when, &day)) {
        buf_adds(out, when);
        return;
    }
    buf_addf(out, "%d %s", day.day, tr(months[day.month - 1]));
    if (day.year != instant_date(now).year)
        buf_addf(out, " %d", day.year);
    if (timed)
        buf_addf(out, " %02d:%02d", instant_second_of_day(at) / 3600,
                 instant_second_of_day(at) / 60 % 60);
}

static void say_one(struct buf *out, const struct field *field, const json_t *value,
                    const struct case_file *c, translate_fn *tr)
{
    const char *text = json_string_value(value);
    switch (field->type) {
    case FIELD_BOOL:
        buf_adds(out, json_is_true(value) ? tr(N_("yes")) : tr(N_("no")));
        return;
    case FIELD_PERSON:
    case FIELD_PERSONS:
        describe_person(out, c, (long)json_integer_value(value), tr);
        return;
    case FIELD_STATE:
    case FIELD_STATES:
        buf_adds(out, text ? country_name(text, tr) : "");
        return;
    case FIELD_CODE:
    case FIELD_CODES: {
        const char *label = text && field->codes ? code_label(field->codes, text) : NULL;
        buf_adds(out, label ? tr(label) : text ? text : "");
        return;
    }
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        values_say_when(out, text ? text : "", tr);
        return;
    case FIELD_ACT: {
        const struct entry *entry = c && text ? case_entry(c, text) : NULL;
        if (entry)
            describe_entry(out, c, entry, tr);
        else
            buf_adds(out, text ? text : "");
        return;
    }
    default:
        scalar_text(out, value);
    }
}

void values_say(struct buf *out, const struct field *field, const json_t *value,
                const struct case_file *c, translate_fn *tr)
{
    const json_t *redacted = json_object_get(value, "redacted");
    if (redacted) {
        buf_addf(out, "(%s)", tr(N_("redacted")));
        return;
    }
    const char *answer = json_string_value(json_object_get(value, "answer"));
    if (answer) {
        const char *label = code_label(answer_codes, answer);
        buf_adds(out, label ? tr(label) : answer);
        return;
    }
    if (!json_is_array(value)) {
        say_one(out, field, value, c, tr);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (i)
            buf_adds(out, ", ");
        say_one(out, field, json_array_get(value, i), c, tr);
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
        char element[VALUE_PATH_SIZE + 24];
        snprintf(element, sizeof element, "%s[%d]", path, i);
        json_t *object = read_object(field->members, element, r);
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
        char path[VALUE_PATH_SIZE];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", field->key);
        json_t *value = read_member(field, path, r);
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
        char path[VALUE_PATH_SIZE];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", field->key);
        if (field->type == FIELD_OBJECT) {
            visit_object(field->members, path, value, visit, ctx);
        } else if (field->type == FIELD_OBJECTS) {
            for (size_t i = 0; i < json_array_size(value); i++) {
                char element[VALUE_PATH_SIZE + 24];
                snprintf(element, sizeof element, "%s[%zu]", path, i);
                visit_object(field->members, element, json_array_get(value, i), visit, ctx);
            }
        } else if (field->type != FIELD_PAYLOAD) {
            struct buf text = BUF_INIT;
            values_text(&text, field, value);
            visit(ctx, path, field, buf_text(&text));
            buf_release(&text);
        }
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
