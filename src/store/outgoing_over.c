/* SPDX-License-Identifier: MIT */
/* A dispatch as this file would say it, and what of it does not go: of outgoing.h. */
#include <string.h>

#include "amparo/store/caseload.h"
#include "amparo/store/crossing.h"
#include "outgoing_work.h"

bool case_over_load(struct store *store, const uint8_t case_id[CASE_ID], const struct case_key *key,
                    struct case_over *out, struct error *err)
{
    bool opened_here = memcmp(key->opener, store->post.author, OPENER) == 0;

    *out = (struct case_over){.store = store, .key = *key};
    if (!case_load(store, case_id, NULL, &out->c, NULL, err))
        return false;
    if (persons_over_load(store, key, &out->c, opened_here, &out->persons, err))
        return true;
    case_over_release(out);
    return false;
}

void case_over_release(struct case_over *over)
{
    case_release(&over->c);
    persons_over_release(&over->persons);
}

const struct entry *case_over_entry(const struct case_over *over, int64_t seq)
{
    for (size_t i = 0; i < over->c.count; i++)
        if (over->c.acts[i].seq == seq)
            return &over->c.entries[i];
    return NULL;
}

static bool act_here(void *ctx, const char *id, char out[2 * ACT_ID_SIZE + 1])
{
    const struct case_over *over = ctx;
    uint8_t dispatch[ACT_ID_SIZE], act[ACT_ID_SIZE];
    bool failed, found;
    sqlite3_stmt *row;

    if (!hex_read(id, dispatch, sizeof dispatch) ||
        !(row =
              db_query(over->store, NULL,
                       "SELECT a.id FROM dispatches d JOIN acts a ON a.seq = d.act WHERE d.id = ?",
                       "b", dispatch, sizeof dispatch)))
        return false;
    found = db_step(over->store, row, &failed, NULL) && db_bytes(row, 0, act, sizeof act);
    if (found) {
        hex_write(act, sizeof act, out);
        db_done(row);
    }
    return found;
}

static bool person_here(void *ctx, long number, long *out)
{
    const struct case_over *over = ctx;

    return persons_over_here(&over->persons, number, out);
}

json_t *case_over_say(const struct case_over *over, const struct act_type *type,
                      const struct act_type *inner, const json_t *payload,
                      const struct field **lost)
{
    const struct crossing_terms x = {act_here, person_here, (struct case_over *)(uintptr_t)over};

    return crossing_translate(&x, type, inner, payload, lost);
}

json_t *case_over_payload(const struct case_over *over, const struct kept_dispatch *d,
                          const struct act_type *inner, const struct field **lost)
{
    json_t *payload, *context, *here;

    if (!act_bytes_read(&d->bytes, &payload, &context))
        return NULL;
    here = case_over_say(over, act_type((enum act_kind)d->core.kind), inner, payload, lost);
    json_decref(payload);
    json_decref(context);
    return here;
}

const struct field *outbound_taken(const struct act_type *type, const struct act_type *inner,
                                   const json_t *redacted, enum field_class class)
{
    const struct field *f, *found = NULL;

    for (size_t n = 0; !found && (f = act_field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(redacted, f->key);
        if (f->type == FIELD_PAYLOAD && value && !outbound_redacted(value))
            found = inner ? outbound_taken(inner, NULL, value, class) : NULL;
        else if (outbound_redacted(value) && act_field_class(f) == class)
            found = f;
    }
    return found;
}

void outbound_wipe(struct act_bytes *a)
{
    for (size_t i = 0; i < a->count; i++) {
        struct part *part = &a->parts[i];
        if (part->present)
            continue;
        buf_release(&part->bytes);
        explicit_bzero(part->salt, sizeof part->salt);
    }
}
