/* SPDX-License-Identifier: MIT */
#include "amparo/paper/value.h"

#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/number.h"

bool paper_is_redacted(const json_t *value)
{
    return json_is_object(value) && json_object_size(value) == 1 &&
           json_object_get(value, "redacted");
}

static void word(const struct paper_language *language, const struct field *field, const char *text,
                 struct buf *out)
{
    switch (field->type) {
    case FIELD_CODE:
    case FIELD_CODES: {
        const char *label = code_label(field->codes, text);
        buf_adds(out, label ? language->tr(label) : text);
        break;
    }
    case FIELD_STATE:
    case FIELD_STATES:
        paper_country_bare(language, text, out);
        break;
    case FIELD_LANGUAGES:
        paper_tongue(language, text, out);
        break;
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        paper_moment(language, text, out);
        break;
    case FIELD_AMOUNT:
        number_say(out, text, language->tr);
        break;
    case FIELD_ACT:
        /* Of an id enough to find it in the list of acts; what stands for it is whole. */
        buf_add(out, text, strlen(text) == 2 * 32 ? 8 : strlen(text));
        break;
    default:
        buf_adds(out, text);
    }
}

/* "Honduras (proof: passport)": beside the name alone it would not be known for what it is. */
static void put_proof(const struct paper_language *language, const struct field *field,
                      const json_t *value, struct buf *out)
{
    struct buf text = BUF_INIT;

    word(language, field, json_string_value(value), &text);
    buf_adds(out, " (");
    buf_addf(out, language->tr(N_("proof: %s")), buf_text(&text));
    buf_adds(out, ")");
    buf_release(&text);
}

static void members(const struct paper_language *language, const struct field *field,
                    const json_t *value, struct buf *out)
{
    bool first = true;

    for (const struct field *m = field->members; m && m->id; m++) {
        const json_t *part = json_object_get(value, m->key);
        if (!part || json_is_false(part))
            continue;
        if (strcmp(m->key, "proof") == 0 && json_is_string(part)) {
            put_proof(language, m, part, out);
            continue;
        }
        buf_adds(out, first ? "" : ", ");
        first = false;
        if (json_is_true(part))
            buf_adds(out, language->tr(m->label));
        else
            paper_value(language, m, part, out);
    }
}

void paper_value(const struct paper_language *language, const struct field *field,
                 const json_t *value, struct buf *out)
{
    if (paper_is_redacted(value)) {
        buf_addf(out, "[%s]", language->tr(N_("withheld"))); /* "P1" would be read as a person */
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i && field->type == FIELD_OBJECTS)
                paper_semicolon(language, out);
            else if (i)
                buf_adds(out, ", ");
            paper_value(language, field, json_array_get(value, i), out);
        }
    } else if (json_string_value(json_object_get(value, "answer"))) {
        const char *answer = json_string_value(json_object_get(value, "answer"));
        const char *label = code_label(answer_codes, answer);
        buf_adds(out, label ? language->tr(label) : answer);
    } else if (json_is_object(value)) {
        members(language, field, value, out);
    } else if (json_is_boolean(value)) {
        buf_adds(out, language->tr(json_is_true(value) ? N_("yes") : N_("no")));
    } else if (json_is_integer(value)) {
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else if (json_is_string(value)) {
        word(language, field, json_string_value(value), out);
    }
}

static bool is_listed(const char *const *list, const char *key)
{
    for (; list && *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

/* That of the form, but where paper needs more words than a form has room for. */
static void put_label(const struct paper_language *language, const struct field *field,
                      struct buf *out)
{
    if (!paper_word(language, "label", field->label, out))
        buf_adds(out, language->tr(field->label));
}

void paper_fields(struct paper *p, const struct paper_language *language,
                  const struct field *fields, const json_t *payload, const char *const *skip)
{
    for (const struct field *f = fields; f->id; f++) {
        const json_t *value = json_object_get(payload, f->key);
        struct buf label = BUF_INIT, text = BUF_INIT;
        if (!value || is_listed(skip, f->key))
            continue;
        paper_value(language, f, value, &text);
        put_label(language, f, &label);
        paper_labelled(p, buf_text(&label), PAPER_LABEL, buf_text(&text));
        buf_release(&label);
        buf_release(&text);
    }
}

void paper_name_notes(const struct case_file *c, const struct field *fields, json_t *payload)
{
    for (const struct field *f = fields; f->id; f++) {
        const char *id = json_string_value(json_object_get(payload, f->key));
        const struct entry *e = f->type == FIELD_ACT && id ? case_entry(c, id) : NULL;
        struct buf call = BUF_INIT;
        if (e && e->act->kind == ACT_NOTE)
            note_call(e, &call);
        if (call.size)
            json_object_set_new(payload, f->key, json_string(buf_text(&call)));
        buf_release(&call);
    }
}
