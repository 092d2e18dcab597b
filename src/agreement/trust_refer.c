/* SPDX-License-Identifier: MIT */
/* What dispatches refer to: for trust.h, which takes a good key's word for another's. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/trust.h"
#include "amparo/base/mem.h"

static void add_reference(struct dispatch_facts *facts, const json_t *value)
{
    uint8_t id[ACT_ID_SIZE];

    if (!diract_hex(json_string_value(value), id, sizeof id))
        return;
    facts->refers = xreallocarray(facts->refers, facts->refer_count + 1, sizeof *facts->refers);
    memcpy(facts->refers[facts->refer_count++], id, sizeof id);
}

static void add_references(struct dispatch_facts *facts, const struct field *table,
                           const json_t *object)
{
    for (const struct field *f = table; f && f->id; f++) {
        const json_t *value = json_object_get(object, f->key);
        if (f->type == FIELD_ACT)
            add_reference(facts, value);
        if (f->type == FIELD_OBJECT)
            add_references(facts, f->members, value);
        for (size_t i = 0; f->type == FIELD_OBJECTS && i < json_array_size(value); i++)
            add_references(facts, f->members, json_array_get(value, i));
    }
}

static const struct dispatch *find(const struct dispatch *list, size_t count, const json_t *id)
{
    uint8_t bytes[ACT_ID_SIZE];
    bool is = diract_hex(json_string_value(id), bytes, sizeof bytes);

    for (size_t i = 0; is && i < count; i++)
        if (memcmp(list[i].id, bytes, sizeof bytes) == 0)
            return &list[i];
    return NULL;
}

void trust_refer(struct dispatch_facts *facts, const struct dispatch *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct dispatch *d = &list[i], *of = NULL;
        if (d->kind == ACT_NONE)
            continue;
        add_references(&facts[i], act_type(d->kind)->fields, d->payload);
        if (d->kind == ACT_CORRECT)
            of = find(list, count, json_object_get(d->payload, "of"));
        if (of && of->kind != ACT_NONE && of->kind != ACT_CORRECT)
            add_references(&facts[i], act_type(of->kind)->fields,
                           json_object_get(d->payload, "payload"));
    }
}
