/* SPDX-License-Identifier: MIT */
#include "amparo/store/persons_over.h"

#include <stdlib.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

void persons_over_release(struct persons_over *p)
{
    free(p->list);
    *p = (struct persons_over){NULL, 0, false};
}

bool persons_over_here(const struct persons_over *p, long theirs, long *ours)
{
    *ours = theirs;
    for (size_t i = p->count; i-- > 0;)
        if (p->list[i].theirs == theirs) {
            *ours = p->list[i].ours;
            return true;
        }
    return p->same;
}

bool persons_over_there(const struct persons_over *p, long ours, long *theirs)
{
    *theirs = ours;
    for (size_t i = p->count; i-- > 0;)
        if (p->list[i].ours == ours) {
            *theirs = p->list[i].theirs;
            return true;
        }
    return p->same;
}

static long person_of(const struct act_bytes *bytes)
{
    json_t *payload, *context;
    long number = 0;

    if (act_bytes_read(bytes, &payload, &context)) {
        number = payload_number(payload, "person");
        json_decref(payload);
        json_decref(context);
    }
    return number;
}

static long number_here(const struct case_file *c, int64_t seq)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->acts[i].seq == seq && c->acts[i].kind == ACT_PERSON)
            return payload_number(c->acts[i].payload, "person");
    return 0;
}

bool persons_over_load(struct store *store, const struct case_key *key, const struct case_file *c,
                       bool opened_here, struct persons_over *out, struct error *err)
{
    struct kept_dispatches kept = {NULL, 0};
    bool ok = opened_here || dispatches_of_case(store, key, &kept, err);

    *out = (struct persons_over){NULL, 0, opened_here};
    for (size_t i = 0; i < kept.count; i++) {
        const struct kept_dispatch *d = &kept.list[i];
        long theirs = d->core.kind == ACT_PERSON && d->act ? person_of(&d->bytes) : 0;
        long ours = theirs ? number_here(c, d->act) : 0;
        if (!ours)
            continue;
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        out->list[out->count++] = (struct person_over){theirs, ours};
    }
    kept_dispatches_release(&kept);
    return ok;
}
