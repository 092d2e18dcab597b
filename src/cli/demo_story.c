/* SPDX-License-Identifier: MIT */
#include "demo_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "demo_data.h"

/* The data are ours and tested: what is wrong with them is a bug. */
static json_t *load(const char *text)
{
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

    if (!json)
        BUG("a demo story is not JSON");
    return json;
}

static const char *text_at(const json_t *array, size_t i)
{
    const char *text = json_string_value(json_array_get(array, i));

    return text ? text : "";
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* ---- time ---- */
struct date story_date(const struct story *story, const char *told)
{
    struct date date;

    if (!date_parse(told, &date))
        BUG("a demo story has a bad date");
    return date_add_days(date, story->shift);
}

/* "2026-03-02 09:10" at an offset, moved. */
static struct instant story_instant(const struct story *story, const char *told, const char *offset)
{
    char text[INSTANT_SIZE + 1];
    struct instant at;

    snprintf(text, sizeof text, "%.10sT%.5s:00%s", told, strlen(told) == 16 ? told + 11 : "-",
             offset);
    if (!instant_parse(text, &at))
        BUG("a demo story has a bad instant");
    return instant_add_seconds(at, story->shift * 86400);
}

static json_t *moved(const struct story *story, const char *told, const char *offset)
{
    char text[INSTANT_SIZE];

    if (strlen(told) == 10)
        return json_string(date_format(story_date(story, told), text));
    return json_string(instant_format(story_instant(story, told, offset), text));
}

/* ---- loading ---- */
static int by_instant(const void *a, const void *b)
{
    const struct story_step *x = a, *y = b;
    int order = instant_compare(x->at, y->at);

    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void add_tale(struct story *story, json_t *tale)
{
    const char *post = text_of(tale, "post"), *offset = text_of(tale, "offset");
    json_t *steps = json_object_get(tale, "steps"), *group;

    group = json_sprintf("%s/%s", post, text_of(tale, "case"));
    json_object_set_new(tale, "group", group);
    story->steps =
        xreallocarray(story->steps, story->count + json_array_size(steps), sizeof *story->steps);
    for (size_t i = 0; i < json_array_size(steps); i++) {
        const json_t *s = json_array_get(steps, i);
        story->steps[story->count] = (struct story_step){
            .at = story_instant(story, text_at(s, 0), offset),
            .offset = offset,
            .group = json_string_value(group),
            .post = post,
            .act = text_at(s, 1),
            .said = json_array_get(s, 2),
            .label = text_at(s, 3),
            .officer = text_at(s, 4),
            .order = story->count,
        };
        story->count++;
    }
}

static void load_tales(struct story *story, const char *text)
{
    json_t *tales = load(text), *tale;
    size_t i;

    json_array_foreach(tales, i, tale)
    {
        json_array_append(story->tales, tale);
        add_tale(story, tale);
    }
    json_decref(tales);
}

void story_init(struct story *story, struct date today)
{
    memset(story, 0, sizeof *story);
    story->tales = json_array();
    story->ids = json_object();
    story->numbers = json_object();
    story->references = json_object();
    for (size_t i = 0; i < ARRAY_SIZE(demo_data); i++)
        if (strcmp(demo_data[i].name, "demo/posts.json") == 0)
            story->posts = load(demo_data[i].text);

    struct date told;
    if (!date_parse(text_of(story->posts, "today"), &told))
        BUG("a demo story has no today");
    story->shift = date_days_between(told, today);
    for (size_t i = 0; i < ARRAY_SIZE(demo_data); i++) {
        const char *name = demo_data[i].name;
        if (strcmp(name, "demo/directory.csv") == 0)
            story->directory = demo_data[i].text;
        else if (strcmp(name, "demo/posts.json") != 0)
            load_tales(story, demo_data[i].text);
    }
    qsort(story->steps, story->count, sizeof *story->steps, by_instant);
}

void story_release(struct story *story)
{
    json_decref(story->posts);
    json_decref(story->tales);
    json_decref(story->ids);
    json_decref(story->numbers);
    json_decref(story->references);
    free(story->steps);
    memset(story, 0, sizeof *story);
}

/* The date is the last column. */
void story_directory(const struct story *story, struct buf *out)
{
    const char *line = story->directory;

    while (*line) {
        size_t size = strcspn(line, "\n");
        char day[DATE_SIZE];
        struct date told;
        if (size > 10) {
            snprintf(day, sizeof day, "%.10s", line + size - 10);
            if (date_parse(day, &told)) {
                buf_add(out, line, size - 10);
                buf_adds(out, date_format(story_date(story, day), day));
            } else {
                buf_add(out, line, size);
            }
        }
        buf_addc(out, '\n');
        line += size + (line[size] == '\n');
    }
}

/* ---- payloads ---- */
/* Puts what is known of LABEL in the place of {kind:LABEL}. */
static json_t *filled(const struct story *story, const char *text)
{
    const struct {
        const char *kind;
        const json_t *known;
    } kinds[] = {{"{id:", story->ids}, {"{number:", story->numbers}, {"{case:", story->references}};
    const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;

    if (!close)
        return json_string(text);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        size_t length = strlen(kinds[i].kind);
        if (strncmp(open, kinds[i].kind, length) != 0)
            continue;
        char *label = xstrndup(open + length, (size_t)(close - open) - length);
        const char *known = text_of(kinds[i].known, label);
        free(label);
        return json_sprintf("%.*s%s%s", (int)(open - text), text, known, close + 1);
    }
    BUG("a demo story has braces that mean nothing");
}

static void fill_object(const struct story *story, const struct field *fields, const char *offset,
                        json_t *object);

static json_t *told_value(const struct story *story, const struct field *field, const char *offset,
                          json_t *value)
{
    const char *text = json_string_value(value);
    size_t i;
    json_t *member;

    if (json_is_array(value)) {
        json_array_foreach(value, i, member)
            json_array_set_new(value, i, told_value(story, field, offset, member));
        return json_incref(value);
    }
    if (json_is_object(value) && field->members) {
        fill_object(story, field->members, offset, value);
        return json_incref(value);
    }
    if (!text)
        return json_incref(value);
    switch (field->type) {
    case FIELD_DATE:
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        return moved(story, text, offset);
    default:
        return filled(story, text);
    }
}

static void fill_object(const struct story *story, const struct field *fields, const char *offset,
                        json_t *object)
{
    for (const struct field *f = fields; f->id; f++) {
        json_t *value = json_object_get(object, f->key);
        if (value)
            json_object_set_new(object, f->key, told_value(story, f, offset, value));
    }
}

json_t *story_payload(const struct story *story, const struct story_step *step)
{
    const struct act_type *type = act_type_named(step->act);
    const struct field envelope[] = {act_transcribed_field, act_override_field, {.id = 0}};
    json_t *payload = json_deep_copy(step->said);

    if (!type)
        BUG("a demo story has an unknown act");
    fill_object(story, type->fields, step->offset, payload);
    fill_object(story, envelope, step->offset, payload);
    return payload;
}

void story_told(struct story *story, const struct story_step *step, const char *id,
                const char *number, const char *reference)
{
    if (*step->label)
        json_object_set_new(story->ids, step->label, json_string(id));
    if (*step->label && number)
        json_object_set_new(story->numbers, step->label, json_string(number));
    json_object_set_new(story->references, step->group, json_string(reference));
}
