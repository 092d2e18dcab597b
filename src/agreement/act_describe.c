/* SPDX-License-Identifier: MIT */
/* The acts as `help acts --json` prints them: the table of fields is the contract. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

static const char *const side_names[] = {
    [SIDE_ANY] = "any", [SIDE_REQUESTING] = "requesting", [SIDE_ASSISTING] = "assisting"};

static const char *const test_names[] = {[TEST_PRESENT] = "present",
                                         [TEST_ABSENT] = "absent",
                                         [TEST_IS] = "is",
                                         [TEST_IS_NOT] = "is_not"};

static json_t *describe_codes(const struct code *codes, translate_fn *tr)
{
    json_t *list = json_array();

    for (const struct code *c = codes; c->code; c++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s}", "code", c->code, "label", tr(c->label)));
    return list;
}

/* [{"key": "stage", "test": "is", "value": "poll"}]: where one of them holds. */
static json_t *describe_rules(enum act_kind act, const char *key, enum rule_effect effect)
{
    json_t *list = json_array();

    for (const struct payload_rule *r = payload_rules; r->act; r++)
        if (r->act == act && r->effect == effect && !strcmp(r->key, key))
            json_array_append_new(list, json_pack("{s:s, s:s, s:s*}", "key", r->other, "test",
                                                  test_names[r->test], "value", r->value));
    return list;
}

static void put_rules(json_t *object, const char *name, enum act_kind act, const char *key,
                      enum rule_effect effect)
{
    json_t *rules = describe_rules(act, key, effect);

    if (json_array_size(rules))
        json_object_set(object, name, rules);
    json_decref(rules);
}

static json_t *describe_table(enum act_kind act, const struct field *table, translate_fn *tr);

static json_t *describe_field(enum act_kind act, const struct field *f, translate_fn *tr)
{
    json_t *object =
        json_pack("{s:s, s:i, s:s, s:s, s:b, s:s, s:s, s:s}", "key", f->key, "number", f->id,
                  "type", field_type_name(f->type), "class", field_class_name(f->class), "needed",
                  f->needed, "article", f->article, "label", tr(f->label), "help", tr(f->help));

    if (!object)
        BUG("a field that cannot be described");
    put_rules(object, "needed_where", act, f->key, RULE_NEEDED);
    put_rules(object, "refused_where", act, f->key, RULE_REFUSED);
    if (field_takes_answer(f))
        json_object_set_new(object, "answers", json_true());
    if (f->codes)
        json_object_set_new(object, "codes", describe_codes(f->codes, tr));
    if (f->members)
        json_object_set_new(object, "members", describe_table(ACT_NONE, f->members, tr));
    return object;
}

static json_t *describe_table(enum act_kind act, const struct field *table, translate_fn *tr)
{
    json_t *list = json_array();

    for (const struct field *f = table; f->id; f++)
        json_array_append_new(list, describe_field(act, f, tr));
    return list;
}

static json_t *describe_act(const struct act_type *type, translate_fn *tr)
{
    json_t *fields = describe_table(type->kind, type->fields, tr);

    const struct field *carried;

    for (size_t i = 0; (carried = act_carried(type, i)); i++)
        json_array_append_new(fields, describe_field(type->kind, carried, tr));
    return json_pack("{s:s, s:i, s:s, s:s, s:s, s:b, s:b, s:o}", "act", type->name, "number",
                     (int)type->kind, "article", type->article, "label", tr(type->label), "side",
                     side_names[type->side], "transcribable", type->transcribable, "overridable",
                     type->overridable, "fields", fields);
}

json_t *acts_describe(const struct act_type *one, translate_fn *tr)
{
    json_t *list = json_array();

    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        if (!one || one->kind == kind)
            json_array_append_new(list, describe_act(act_type(kind), tr));
    return list;
}
