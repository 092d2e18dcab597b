/* SPDX-License-Identifier: MIT */
/* What goes of dispatches with a person who is erased: of dispatches.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/persons_over.h"

/* ---- whom it is about ---- */

struct named {
    size_t all, erased;
};

static void look_at(const struct case_file *c, const struct persons_over *persons,
                    const json_t *number, struct named *out)
{
    long ours;

    if (!json_is_integer(number))
        return;
    out->all++;
    if (persons_over_here(persons, (long)json_integer_value(number), &ours))
        out->erased += case_erased(c, ours) || case_erasure(c, ours);
}

/* By the numbers that stand open in it, also in what it says anew. */
static void count_named(const struct case_file *c, const struct persons_over *persons,
                        const json_t *payload, struct named *out)
{
    const json_t *list = json_object_get(payload, "persons");

    look_at(c, persons, json_object_get(payload, "person"), out);
    for (size_t i = 0; i < json_array_size(list); i++)
        look_at(c, persons, json_array_get(list, i), out);
    if (json_is_object(json_object_get(payload, "payload")))
        count_named(c, persons, json_object_get(payload, "payload"), out);
}

/* ---- what goes ---- */

static const struct act *act_numbered(const struct case_file *c, int64_t seq)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->acts[i].seq == seq)
            return &c->acts[i];
    return NULL;
}

/* It came before somebody of this case was erased. */
static bool is_older(const struct case_file *c, const struct kept_dispatch *d)
{
    struct instant came, erased;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE));)
        if (!instant_parse(d->at, &came) || !instant_parse(e->act->at, &erased) ||
            instant_compare(came, erased) <= 0)
            return true;
    return false;
}

bool dispatch_goes(const struct case_file *c, const struct persons_over *persons,
                   const struct kept_dispatch *d)
{
    const struct act *act = d->act ? act_numbered(c, d->act) : NULL;
    struct named named = {0, 0};
    json_t *payload, *context;

    if (!case_last(c, ACT_ERASE))
        return false;
    if (act && case_goes(c, act) != GOES_NOTHING)
        return true;
    if (!act_bytes_read(&d->bytes, &payload, &context))
        return is_older(c, d);
    count_named(c, persons, payload, &named);
    json_decref(payload);
    json_decref(context);
    return named.erased || (!act && !named.all && is_older(c, d));
}

static bool has_parts(const struct kept_dispatch *d)
{
    for (size_t i = 0; i < d->bytes.count; i++)
        if (d->bytes.parts[i].present)
            return true;
    return false;
}

bool dispatches_erase(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct error *err)
{
    bool opened_here = strcmp(case_role(c), "requesting") == 0, known, ok;
    struct kept_dispatches kept = {NULL, 0};
    struct persons_over persons;
    struct case_key key;

    if (!case_key_of(store, case_id, opened_here, &key, &known, err))
        return false;
    if (!known)
        return true;
    ok = dispatches_of_case(store, &key, &kept, err);
    if (ok)
        ok = persons_over_load(store, &key, c, opened_here, &persons, err);
    for (size_t i = 0; ok && i < kept.count; i++)
        if ((has_parts(&kept.list[i]) || kept.list[i].refused) &&
            dispatch_goes(c, &persons, &kept.list[i]))
            ok = dispatch_forget(store, kept.list[i].place, err);
    kept_dispatches_release(&kept);
    if (ok)
        persons_over_release(&persons);
    return ok;
}
