/* SPDX-License-Identifier: MIT */
#include "incoming_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/identity.h"

/* ---- what is there ---- */

const char *incoming_text(const json_t *payload, const char *key)
{
    const char *found = json_string_value(json_object_get(payload, key));

    return found ? found : "";
}

void assert_text(const json_t *payload, const char *key, const char *should)
{
    assert_string_equal(incoming_text(payload, key), should);
}

char *incoming_last_id(struct store *store, const char *reference, enum act_kind kind)
{
    struct case_file c = kit_case_of(store, reference);
    char id[2 * ACT_ID_SIZE + 1] = "";

    if (case_last(&c, kind))
        act_id_hex(case_last(&c, kind)->act->id, id);
    case_release(&c);
    return xstrdup(id);
}

int64_t incoming_number(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;
    int64_t value;

    assert_true(db_number(store, &value, -1, &err, sql, ""));
    return value;
}

/* ---- what somebody forges ---- */

struct act_bytes incoming_forge(struct kit_net *net, const struct forged *how)
{
    static const uint8_t root[ROOT];
    struct error err = ERROR_INIT;
    struct secret secret;
    struct core core = {.kind = how->kind, .sequence = how->sequence ? how->sequence : 1};
    struct act_bytes bytes;
    json_t *payload = kit_json(how->payload);
    json_t *context = json_pack("{s:s, s:s, s:s}", "receiving_state", "AE", "requesting_state",
                                "HN", "priority", "urgent");
    const struct act_content content = {act_type(how->kind), NULL, payload, context, NULL};

    memcpy(core.author, net->store[how->author]->post.author, AUTHOR);
    if (how->like) {
        memcpy(core.case_id, how->like->case_id, CASE_ID);
        if (memcmp(core.author, how->like->author, AUTHOR) != 0)
            memcpy(core.opener,
                   sodium_is_zero(how->like->opener, OPENER) ? how->like->author
                                                             : how->like->opener,
                   OPENER);
    } else {
        randombytes_buf(core.case_id, CASE_ID);
    }
    for (size_t i = 0; i < 4 && how->to[i]; i++)
        audience_add(&core.audience, how->to[i]);
    instant_parse("2026-03-12T12:00:00-06:00", &core.at);
    assert_true(identity_secret(net->store[how->by_other_key ? MX : how->author], POST_KEY_SIGNING,
                                NULL, &secret, &err));
    dispatch_bytes_make(&bytes, &core, &content, root, secret.bytes);
    secret_free(&secret);
    json_decref(payload);
    json_decref(context);
    return bytes;
}

struct taken_in incoming_take(struct kit_net *net, size_t to, struct act_bytes *bytes)
{
    struct error err = ERROR_INIT;
    struct taken_in taken;

    if (!store_take_in(net->store[to], &net->trust[to], NULL, bytes, 1, &taken, &err))
        fail_msg("%s", error_text(&err));
    return taken;
}

enum incoming incoming_take_forged(struct kit_net *net, size_t to, const struct forged *how,
                                   struct taken_in *taken)
{
    struct act_bytes bytes = incoming_forge(net, how);

    *taken = incoming_take(net, to, &bytes);
    enum incoming what = taken->each[0];
    free(taken->each);
    taken->each = NULL;
    act_bytes_release(&bytes);
    return what;
}

struct core incoming_core(const struct act_bytes *bytes)
{
    struct core core;

    assert_true(act_bytes_core(bytes, &core));
    return core;
}

struct core incoming_core_of_poll(struct kit_net *net)
{
    const struct reader reader = kit_reader(&kit_mexican, net->store[MX]);
    struct due due = kit_due(net->store[HN], &reader);
    struct core core = incoming_core(kit_of_kind(&due, ACT_POLL));

    due_release(&due);
    return core;
}
