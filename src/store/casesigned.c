/* SPDX-License-Identifier: MIT */
#include "amparo/store/casesigned.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/conversed.h"
#include "amparo/store/trustlog.h"

struct case_signed {
    struct conversed talk;
};

static bool any_of(struct store *store, const struct case_key *key, bool *any, struct error *err)
{
    int64_t count;
    bool ok = db_number(store, &count, 0, err,
                        "SELECT count(*) FROM dispatches WHERE opener = ? AND case_id = ?", "bb",
                        key->opener, (size_t)OPENER, key->id, (size_t)CASE_ID);

    *any = count > 0;
    return ok;
}

bool case_signed_load(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct case_signed **out, struct error *err)
{
    const struct trusted *trust;
    struct case_key key;
    bool known, any, opened_here = strcmp(case_role(c), "requesting") == 0;

    *out = NULL;
    if (!case_key_of(store, case_id, opened_here, &key, &known, err))
        return false;
    if (!known)
        return true;
    if (!any_of(store, &key, &any, err))
        return false;
    if (!any)
        return true;
    *out = xcalloc(1, sizeof **out);
    return store_trust(store, &trust, err) &&
           conversed_load(store, trust, &key, &(*out)->talk, err);
}

void case_signed_free(struct case_signed *said)
{
    if (said)
        conversed_release(&said->talk);
    free(said);
}

void case_signed_add(const struct case_signed *said, int64_t seq, json_t *entry)
{
    char id[2 * ACT_ID_SIZE + 1];

    for (size_t i = 0; said && i < said->talk.kept.count; i++) {
        const struct kept_dispatch *k = &said->talk.kept.list[i];
        if (k->act != seq)
            continue;
        act_id_hex(k->bytes.id, id);
        json_object_set_new(entry, "dispatch", json_string(id));
        json_object_set_new(entry, "trust", json_string(trust_name(said->talk.list[i].trust)));
    }
}
