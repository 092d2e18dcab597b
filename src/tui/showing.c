/* SPDX-License-Identifier: MIT */
#include "amparo/tui/showing.h"

#include "amparo/base/i18n.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/values.h"

enum { LABEL = 17, NARROW_LABEL = 15 };

void showing_line(const struct showing *v, enum body_style style, int depth, const char *label,
                  const char *text)
{
    int cells = v->width >= 60 ? LABEL : NARROW_LABEL;
    struct buf line = BUF_INIT;
    buf_addf(&line, "%*s", 2 * depth, "");
    column(&line, label, cells);
    buf_adds(&line, text);
    body_wrap(v->b, style, v->width, cells + 1 + 2 * depth, buf_text(&line));
    buf_release(&line);
}

void showing_blank(const struct showing *v)
{
    body_line(v->b, BODY_PLAIN, "%s", "");
}

/* ---- values ---- */

/* In words; what was withheld or erased is said to be so. */
static void say(struct buf *out, const struct showing *v, const struct field *field,
                const json_t *value)
{
    const char *class = json_string_value(json_object_get(value, "redacted"));
    if (!value)
        buf_adds(out, _(v->lacking));
    else if (class)
        buf_addf(out, _("withheld (%s)"), class);
    else
        values_say(out, field, value, v->c, reader_language);
}

static void add_members(const struct showing *v, const struct field *fields, const json_t *now,
                        const json_t *before, int depth);

static bool is_object(const struct field *field)
{
    return field->type == FIELD_OBJECT || field->type == FIELD_OBJECTS;
}

static void add_objects(const struct showing *v, const struct field *field, const json_t *value,
                        int depth)
{
    showing_line(v, BODY_PLAIN, depth, _(field->label), "");
    if (json_is_object(value))
        add_members(v, field->members, value, NULL, depth + 1);
    for (size_t i = 0; i < json_array_size(value); i++)
        add_members(v, field->members, json_array_get(value, i), NULL, depth + 1);
}

static void add_value(const struct showing *v, const struct field *field, const json_t *value,
                      const json_t *before, int depth)
{
    struct buf text = BUF_INIT;
    if (value && is_object(field) && !json_object_get(value, "redacted")) {
        add_objects(v, field, value, depth);
    } else {
        say(&text, v, field, value);
        showing_line(v, BODY_PLAIN, depth, _(field->label), buf_text(&text));
    }
    if (before && !json_equal(before, value)) {
        buf_clear(&text);
        buf_addf(&text, "%s: ", _("before"));
        say(&text, v, field, before);
        showing_line(v, BODY_DIM, depth, "", buf_text(&text));
    }
    buf_release(&text);
}

/* `before` is what was recorded first, where that was corrected; else NULL. */
static void add_members(const struct showing *v, const struct field *fields, const json_t *now,
                        const json_t *before, int depth)
{
    for (const struct field *field = fields; field && field->id; field++) {
        const json_t *value = json_object_get(now, field->key);
        const json_t *first = json_object_get(before, field->key);
        if (field->type == FIELD_PAYLOAD || (!value && !first && !field->needed))
            continue;
        add_value(v, field, value, first, depth);
    }
}

static void add_special(const struct showing *v, const struct field *field, const json_t *payload)
{
    const json_t *value = json_object_get(payload, field->key);
    if (value)
        add_value(v, field, value, NULL, 0);
}

void showing_payload(const struct showing *v, const struct act_type *type, const json_t *now,
                     const json_t *before)
{
    add_members(v, type->fields, now, before, 0);
    add_special(v, &act_transcribed_field, now);
    add_special(v, &act_override_field, now);
    add_special(v, &act_doubts_field, now);
}

void showing_hash(const struct showing *v, const char *label, const char *hash)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s %s", label, hash);
    body_wrap(v->b, BODY_DIM, v->width, 1, buf_text(&line));
    buf_release(&line);
}
