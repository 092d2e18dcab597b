/* SPDX-License-Identifier: MIT */
#include "hostile_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "amparo/store/card.h"
#include "amparo/store/trustsay.h"

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct error err_ = ERROR_INIT;                                                            \
        struct error *err = &err_;                                                                 \
        if (!(call))                                                                               \
            fail_msg("%s", error_text(err));                                                       \
        error_release(err);                                                                        \
    } while (0)

void hostile_key(struct kit_net *net, size_t of, uint8_t secret[POST_SECRET_SIGN])
{
    struct secret key;

    MUST(identity_secret(net->store[of], POST_KEY_SIGNING, NULL, &key, err));
    memcpy(secret, key.bytes, POST_SECRET_SIGN);
    secret_free(&key);
}

/* ---- saying ---- */

static json_t *context_of(const struct hostile *how)
{
    if (!how->context)
        return json_pack("{s:s, s:s, s:s}", "receiving_state", "AE", "requesting_state", "HN",
                         "priority", "urgent");
    return *how->context ? kit_json(how->context) : NULL;
}

void hostile_say(struct kit_net *net, const struct hostile *how, struct act_bytes *out)
{
    static const uint8_t root[ROOT];
    struct core core = {.kind = how->kind,
                        .incarnation = how->incarnation,
                        .sequence = how->sequence ? how->sequence : 1,
                        .directory = how->directory};
    uint8_t own[POST_SECRET_SIGN];
    json_t *payload = how->says ? json_deep_copy(how->says) : kit_json(how->payload);
    json_t *context = context_of(how);
    const struct act_content content = {
        any_act_type(how->kind), how->of ? any_act_type(how->of) : NULL, payload, context, NULL};

    memcpy(core.author, net->store[how->author]->post.author, AUTHOR);
    if (how->id)
        memcpy(core.case_id, how->id, CASE_ID);
    else
        randombytes_buf(core.case_id, CASE_ID);
    if (how->opener && memcmp(how->opener, core.author, OPENER) != 0)
        memcpy(core.opener, how->opener, OPENER);
    if (how->prev)
        memcpy(core.prev, how->prev, PREV_SHORT);
    if (how->hash)
        memcpy(core.directory_hash, how->hash, DIRECTORY_HASH);
    for (size_t i = 0; i < ARRAY_SIZE(how->to) && how->to[i]; i++)
        audience_add(&core.audience, how->to[i]);
    assert_true(instant_parse(how->at ? how->at : "2026-03-12T12:00:00-06:00", &core.at));
    hostile_key(net, how->author, own);
    dispatch_bytes_make(out, &core, &content, root, how->secret ? how->secret : own);
    sodium_memzero(own, sizeof own);
    json_decref(payload);
    json_decref(context);
}

/* ---- sealing ---- */

void hostile_seal(struct kit_net *net, size_t to, const struct hostile_pouch *how, struct buf *out)
{
    static const uint8_t machine[ENVELOPE_SECRET] = "a machine of somebody else's";
    struct content content = {.dispatches = (struct act_bytes *)(uintptr_t)how->said,
                              .count = how->count,
                              .receipts = (uint8_t(*)[RECEIPT])(uintptr_t)how->receipts,
                              .receipt_count = how->receipt_count};
    struct identity identity;
    struct buf inner = BUF_INIT;

    if (how->sender)
        memcpy(content.sender, how->sender, POST_ID);
    if (how->signs)
        content_sign_receipts(&content, how->signs);
    MUST(store_identity(net->store[to], &identity, err));
    MUST(content_put(&inner, &content, err));
    buf_init(out);
    MUST(envelope_seal(out, identity.sealing, 1, inner.data, inner.size, machine, NULL, err));
    buf_release(&inner);
}

struct carry_received hostile_receive(struct kit_net *net, size_t to, const struct buf *pouch)
{
    const struct carry_source source = {.bytes = pouch};
    struct carry_received received;

    MUST(carry_receive(net->store[to], &source, &received, err));
    assert_int_equal(received.count, 1);
    return received;
}

enum incoming hostile_send(struct kit_net *net, size_t to, const struct hostile *how,
                           struct taken_in *taken)
{
    struct act_bytes said;
    struct buf pouch;

    hostile_say(net, how, &said);
    hostile_seal(net, to, &(struct hostile_pouch){.said = &said, .count = 1}, &pouch);
    struct carry_received received = hostile_receive(net, to, &pouch);
    struct carry_arrival *a = &received.list[0];
    enum incoming what = a->taken.count ? a->taken.each[0]
                         : a->unknown   ? INCOMING_UNKNOWN
                         : a->forged    ? INCOMING_DAMAGED
                         : a->strange   ? INCOMING_DAMAGED
                                        : INCOMING_DIRECTORY;
    *taken = a->taken;
    taken->each = NULL;
    carry_received_release(&received);
    act_bytes_release(&said);
    buf_release(&pouch);
    return what;
}

/* ---- cards ---- */

bool hostile_take_card(struct store *store, const struct hostile_card *how)
{
    struct card card = {.code = xstrdup(how->code),
                        .name = xstrdup("Consulate"),
                        .country = xstrdup("AE"),
                        .city = xstrdup("Abu Dhabi"),
                        .kind = xstrdup("consulate"),
                        .sealed = true,
                        .sealing_until = {2027, 1, 1}};
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;

    memcpy(card.state, how->state, STATE_SIZE);
    memcpy(card.post, how->post, POST_ID);
    memcpy(card.key, how->secret + crypto_sign_SEEDBYTES, TRUST_KEY);
    assert_true(x25519_public(how->secret, card.sealing));
    card_write(&card, how->secret, &text);
    bool taken = trust_take_card(store, buf_text(&text), &err);
    card_release(&card);
    buf_release(&text);
    error_release(&err);
    return taken;
}

/* ---- honest pouches ---- */

struct buf *hostile_pouches(struct kit_net *net, size_t from, size_t to, size_t *count)
{
    const struct carry_wish wish = {.post = net->post[to]->code, .again = true, .receipts = true};
    struct carry_load load;
    struct buf *list;

    MUST(carry_load(net->store[from], &wish, &load, err));
    *count = load.pouches.count;
    list = xcalloc(*count + 1, sizeof *list);
    for (size_t i = 0; i < *count; i++) {
        buf_add(&list[i], load.pouches.list[i].bytes.data, load.pouches.list[i].bytes.size);
        MUST(carry_gone(net->store[from], &load, i, CARRY_ALL, err));
    }
    carry_load_release(&load);
    return list;
}

void hostile_pouches_free(struct buf *pouches, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_release(&pouches[i]);
    free(pouches);
}

size_t hostile_carry(struct kit_net *net, size_t from, size_t to)
{
    size_t count;
    struct buf *pouches = hostile_pouches(net, from, to, &count);

    for (size_t i = 0; i < count; i++) {
        struct carry_received received = hostile_receive(net, to, &pouches[i]);
        if (received.list[0].outcome != CARRY_TAKEN)
            fail_msg("%s", received.list[0].why);
        carry_received_release(&received);
    }
    hostile_pouches_free(pouches, count);
    return count;
}

void hostile_carry_all(struct kit_net *net)
{
    enum { ROUNDS = 8 };
    size_t went = 1;

    for (int round = 0; went && round < ROUNDS; round++) {
        went = 0;
        for (size_t from = 0; from < NET; from++)
            for (size_t to = 0; to < NET; to++)
                if (from != to && net->post[from] && net->post[to])
                    went += hostile_carry(net, from, to);
    }
    assert_int_equal(went, 0);
}

/* ---- looking ---- */

int64_t hostile_number(struct store *store, const char *sql)
{
    int64_t value;

    MUST(db_number(store, &value, -1, err, sql, ""));
    return value;
}

static bool table_tells(struct store *store, const char *table, const char *text)
{
    struct error err = ERROR_INIT;
    char *sql = xasprintf("SELECT * FROM \"%s\"", table);
    sqlite3_stmt *row = db_query(store, &err, sql, "");
    bool failed, tells = false;

    free(sql);
    if (!row)
        fail_msg("%s: %s", table, error_text(&err));
    while (db_step(store, row, &failed, &err))
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const void *bytes = sqlite3_column_blob(row, i);
            int size = sqlite3_column_bytes(row, i);
            tells |= size && memmem(bytes, (size_t)size, text, strlen(text));
        }
    return tells;
}

bool hostile_file_tells(struct store *store, const char *text)
{
    struct error err = ERROR_INIT;
    sqlite3_stmt *row =
        db_query(store, &err,
                 "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND "
                 "(sql NOT LIKE '%VIRTUAL%')",
                 "");
    bool failed, tells = false;

    assert_true(row && db_step(store, row, &failed, &err));
    char *names = db_text(row, 0), *left = names;
    db_done(row);
    for (char *name; (name = strsep(&left, ","));)
        tells |= table_tells(store, name, text);
    free(names);
    return tells;
}
