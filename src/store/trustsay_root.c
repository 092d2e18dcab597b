/* SPDX-License-Identifier: MIT */
/* What is said for a State by its directorate, and by the root in the Secretariat's file. */
#include "amparo/store/trustsay.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "trust_rows.h"

/* One act, and what follows from it, as one transaction. */
static bool say_alone(struct store *store, enum diract_kind kind, enum trust_voice voice,
                      json_t *payload, uint8_t id[ACT_ID_SIZE], struct error *err)
{
    if (!db_begin(store, err)) {
        json_decref(payload);
        return false;
    }
    bool ok =
        trustlog_say_by(store, kind, voice, payload, id, err) && trustlog_apply(store, NULL, err);
    return db_end(store, ok, err);
}

static void set_bytes(json_t *object, const char *key, const uint8_t *bytes, size_t size)
{
    char hex[2 * HASH + 1];

    hex_write(bytes, size, hex);
    json_object_set_new(object, key, json_string(hex));
}

/* ---- whose word it is ---- */

static bool must_be_of_root(struct store *store, struct error *err)
{
    const struct trusted *t;

    return store_trust(store, &t, err) &&
           (trustlog_is_of_root(store, t) ||
            error_set(err, ERROR_REFUSED,
                      _("only an officer of the Secretariat whose key is one of the root does "
                        "this")));
}

static bool must_have_state_key(struct store *store, struct error *err)
{
    if (!post_refresh(store, err) || !trustlog_may(store, ROLE_HEAD, err))
        return false;
    return !sodium_is_zero(store->post.trust.state_key, KEY) ||
           error_set(err, ERROR_INPUT,
                     _("%s: the key of the State does not lie in this file; its directorate makes "
                       "it: amparo identity FILE new --state"),
                     store->path);
}

/* ---- certifying ---- */

static json_t *post_payload(const struct card *card)
{
    json_t *said = json_pack("{s:s, s:s, s:s, s:s, s:s}", "code", card->code, "name", card->name,
                             "country", card->country, "city", card->city, "kind", card->kind);

    set_bytes(said, "post", card->post, POST_ID);
    set_bytes(said, "key", card->key, TRUST_KEY);
    return said;
}

static json_t *state_payload(const struct card *card)
{
    json_t *said = json_pack("{s:s}", "state", card->state);

    set_bytes(said, "key", card->key, TRUST_KEY);
    set_bytes(said, "post", card->post, POST_ID);
    return said;
}

static bool certify_post(struct store *store, const struct card *card, uint8_t id[ACT_ID_SIZE],
                         struct error *err)
{
    if (!must_have_state_key(store, err))
        return false;
    if (card->of_state || strcmp(card->state, store->post.profile.state) != 0)
        return error_set(err, ERROR_REFUSED,
                         _("a directorate certifies the posts of its own State, and nobody else"));
    return say_alone(store, DIR_POST, VOICE_STATE, post_payload(card), id, err);
}

bool trust_certify(struct store *store, const struct card *card, uint8_t id[ACT_ID_SIZE],
                   struct error *err)
{
    bool secretariat = strcmp(card->state, CODE_SECRETARIAT) == 0;

    if (!post_is_secretariat(&store->post.profile))
        return certify_post(store, card, id, err);
    if (!must_be_of_root(store, err))
        return false;
    if (!card->of_state && !secretariat)
        return error_set(
            err, ERROR_REFUSED,
            _("the Secretariat certifies the keys of States; its directorate certifies "
              "the posts of a State"));
    return card->of_state ? say_alone(store, DIR_STATE, VOICE_ROOT, state_payload(card), id, err)
                          : say_alone(store, DIR_POST, VOICE_ROOT, post_payload(card), id, err);
}

bool trust_certify_own(struct store *store, uint8_t id[ACT_ID_SIZE], struct error *err)
{
    struct buf text = BUF_INIT;
    struct card card;
    bool ok = trust_card(store, false, &card, &text, err) && trust_certify(store, &card, id, err);

    card_release(&card);
    buf_release(&text);
    return ok;
}

/* ---- revoking ---- */

/* What names a place, of each head. */
static json_t *bare_heads(const json_t *heads)
{
    static const char *const keys[] = {"case", "incarnation", "sequence", "hash"};
    json_t *bare = json_array();

    for (size_t i = 0; i < json_array_size(heads); i++) {
        const json_t *head = json_array_get(heads, i);
        json_t *one = json_object();
        for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
            if (json_object_get(head, keys[k]))
                json_object_set(one, keys[k], json_object_get(head, keys[k]));
        json_array_append_new(bare, one);
    }
    return bare;
}

/* The key as it is known here; NULL with an error. */
static const struct trust_key *known_key(const struct trusted *t, const uint8_t key[TRUST_KEY],
                                         struct error *err)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (memcmp(t->keys[i].key, key, TRUST_KEY) == 0)
            return &t->keys[i];
    error_set(err, ERROR_INPUT, _("that key is not known here: take its card, or the directory"));
    return NULL;
}

bool trust_revoke(struct store *store, const uint8_t key[TRUST_KEY], const json_t *heads,
                  const char *reason, uint8_t id[ACT_ID_SIZE], struct error *err)
{
    const struct trusted *t;
    const struct trust_key *k;

    if (!store_trust(store, &t, err) || !(k = known_key(t, key, err)))
        return false;
    bool root = k->of_state || !*k->state;
    if (root ? !must_be_of_root(store, err) : !must_have_state_key(store, err))
        return false;
    if (!root && strcmp(k->state, store->post.profile.state) != 0)
        return error_set(err, ERROR_REFUSED, _("that key is of another State: it revokes it"));
    json_t *said = trustlog_named("key", key, TRUST_KEY);
    json_object_set_new(said, "heads", bare_heads(heads));
    json_object_set_new(said, "reason", json_string(reason));
    return say_alone(store, DIR_REVOKE, root ? VOICE_ROOT : VOICE_STATE, said, id, err);
}

/* One dispatch of a post, of which heads are made. */
struct point {
    uint8_t id[ACT_ID_SIZE];
    struct core core;
    char at[INSTANT_SIZE];
};

struct points {
    struct point *list;
    size_t count;
};

static bool read_points(struct store *store, const uint8_t post[POST_ID], const uint8_t *key,
                        struct points *out, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT id, signer, core, at FROM dispatches WHERE author = ? "
                                 "ORDER BY place",
                                 "b", post, (size_t)POST_ID);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct point p;
        buf_add(&a.core, sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2));
        if (db_bytes(row, 0, p.id, sizeof p.id) && db_bytes(row, 1, a.signer, sizeof a.signer) &&
            (!key || memcmp(a.signer, key, KEY) == 0) &&
            cbor_check(a.core.data, a.core.size, NULL, NULL) && act_bytes_core(&a, &p.core)) {
            instant_format(p.core.at, p.at);
            out->list = xreallocarray(out->list, out->count + 1, sizeof p);
            out->list[out->count++] = p;
        }
        buf_release(&a.core);
    }
    return !failed;
}

/* Whoever may read this one can be led to it from another one that names it. */
static bool is_below_another(const struct points *points, const struct point *p)
{
    for (size_t i = 0; i < points->count; i++) {
        const struct point *after = &points->list[i];
        bool names = memcmp(after->core.case_id, p->core.case_id, CASE_ID) == 0 &&
                     after->core.incarnation == p->core.incarnation &&
                     memcmp(after->core.prev, p->id, PREV_SHORT) == 0;
        for (size_t c = 0; names && c < p->core.audience.count; c++)
            names = audience_has(&after->core.audience, p->core.audience.code[c]);
        if (names)
            return true;
    }
    return false;
}

static json_t *head_of(const struct point *p)
{
    const struct act_type *type = any_act_type(p->core.kind);
    json_t *head = json_object();

    set_bytes(head, "case", p->core.case_id, CASE_ID);
    if (p->core.incarnation)
        json_object_set_new(head, "incarnation", json_integer((json_int_t)p->core.incarnation));
    json_object_set_new(head, "sequence", json_integer((json_int_t)p->core.sequence));
    set_bytes(head, "hash", p->id, PREV_SHORT);
    json_object_set_new(head, "at", json_string(p->at));
    json_object_set_new(head, "act", json_string(type ? type->name : ""));
    return head;
}

json_t *trust_heads(struct store *store, const uint8_t post[POST_ID], const uint8_t *key,
                    struct error *err)
{
    struct points points = {NULL, 0};
    bool ok = read_points(store, post, key, &points, err);
    json_t *heads = ok ? json_array() : NULL;

    for (size_t i = 0; ok && i < points.count; i++)
        if (!is_below_another(&points, &points.list[i]))
            json_array_append_new(heads, head_of(&points.list[i]));
    free(points.list);
    return heads;
}

/* ---- the root ---- */

static bool find_keys(struct store *store, const char *const officers[ROOT_KEYS],
                      uint8_t keys[ROOT_KEYS][TRUST_KEY], struct error *err)
{
    bool among = false;

    for (size_t i = 0; i < ROOT_KEYS; i++) {
        const struct roster_entry *entry = post_state_named(&store->post, officers[i]);
        if (!entry)
            return error_set(err, ERROR_INPUT,
                             _("%s: there is no officer \"%s\"; see officer list"), store->path,
                             officers[i]);
        memcpy(keys[i], entry->key, TRUST_KEY);
        among |= memcmp(entry->key, vault_sign_pk(store->vault), KEY) == 0;
        for (size_t j = 0; j < i; j++)
            if (memcmp(keys[j], keys[i], TRUST_KEY) == 0)
                return error_set(err, ERROR_INPUT, _("%s is named twice: it takes three officers"),
                                 officers[i]);
    }
    return among || error_set(err, ERROR_INPUT, _("who makes the root is one of the three"));
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, TRUST_KEY);
}

static bool say_root(struct store *store, uint8_t keys[ROOT_KEYS][TRUST_KEY],
                     const uint8_t root[ROOT_SIZE], struct error *err)
{
    json_t *list = json_array();

    qsort(keys, ROOT_KEYS, TRUST_KEY, by_bytes);
    for (size_t i = 0; i < ROOT_KEYS; i++) {
        char hex[2 * TRUST_KEY + 1];
        hex_write(keys[i], TRUST_KEY, hex);
        json_array_append_new(list, json_string(hex));
    }
    json_t *said = json_pack("{s:o}", "keys", list);
    const struct trust_saying what = {
        .kind = DIR_ROOT, .payload = said, .voice = VOICE_ROOT, .root = root};
    bool ok = trustlog_say(store, &what, NULL, err);
    json_decref(said);
    return ok;
}

static bool make_root(struct store *store, const char *const officers[ROOT_KEYS],
                      char fingerprint[FINGERPRINT_SIZE], struct error *err)
{
    uint8_t keys[ROOT_KEYS][TRUST_KEY], root[ROOT_SIZE];

    if (!post_refresh(store, err) || !trustlog_may(store, ROLE_HEAD, err))
        return false;
    if (!post_is_secretariat(&store->post.profile))
        return error_set(err, ERROR_REFUSED,
                         _("the root of the directory is the Secretariat's to make"));
    if (!find_keys(store, officers, keys, err))
        return false;
    fingerprint_root(keys, root);
    fingerprint_of_root(root, fingerprint);
    return say_root(store, keys, root, err) &&
           trustlog_note(store, POST_ROOT, json_pack("{s:s}", "fingerprint", fingerprint), err);
}

bool trust_make_root(struct store *store, const char *const officers[ROOT_KEYS],
                     char fingerprint[FINGERPRINT_SIZE], struct error *err)
{
    return db_begin(store, err) &&
           db_end(store, make_root(store, officers, fingerprint, err), err) &&
           post_refresh(store, err);
}

bool trust_approve(struct store *store, const uint8_t id[ACT_ID_SIZE], struct error *err)
{
    const struct trusted *t;

    if (!must_be_of_root(store, err) || !store_trust(store, &t, err))
        return false;
    const struct trust_act *act = trust_act_of(t, id);
    if (!act || !act->by[0] || act->act.kind == DIR_APPROVE)
        return error_set(err, ERROR_INPUT,
                         _("there is no such act here that a key of the root signed"));
    if (act->by[1])
        return error_set(err, ERROR_INPUT, _("it is approved already"));
    if (memcmp(act->act.signer, vault_sign_pk(store->vault), KEY) == 0)
        return error_set(err, ERROR_REFUSED,
                         _("another officer of the root approves what you signed"));
    return say_alone(store, DIR_APPROVE, VOICE_ROOT, trustlog_named("of", id, ACT_ID_SIZE), NULL,
                     err);
}

/* ---- versions ---- */

/* All that counts and no version has; the caller frees them. */
static uint8_t (*find_added(const struct trusted *t, size_t *count))[32]
{
    uint8_t(*adds)[32] = xcalloc(t->act_count + 1, sizeof *adds);

    *count = 0;
    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].standing == TRUST_COUNTS && !t->acts[i].version)
            memcpy(adds[(*count)++], t->acts[i].act.id, 32);
    return adds;
}

/* One more than any that was ever signed here, also if it was never approved. */
static uint64_t next_version(const struct trusted *t)
{
    uint64_t highest = 0;

    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_RELEASE && t->acts[i].by[0] &&
            (uint64_t)payload_number(t->acts[i].act.payload, "version") > highest)
            highest = (uint64_t)payload_number(t->acts[i].act.payload, "version");
    return highest + 1;
}

static json_t *release_payload(const struct trusted *t, uint64_t version, struct date until)
{
    static const uint8_t none[VERSION_HASH];
    const struct trust_version *before = trust_version_newest(t);
    uint8_t hash[VERSION_HASH];
    char day[DATE_SIZE];
    size_t count;
    uint8_t(*adds)[32] = find_added(t, &count);
    json_t *list = json_array();

    fingerprint_version(before ? before->hash : none, version,
                        (uint32_t)(until.year * 10000 + until.month * 100 + until.day), adds, count,
                        hash);
    for (size_t i = 0; i < count; i++) {
        char hex[65];
        hex_write(adds[i], 32, hex);
        json_array_append_new(list, json_string(hex));
    }
    free(adds);
    json_t *said =
        json_pack("{s:I, s:s}", "version", (json_int_t)version, "until", date_format(until, day));
    set_bytes(said, "hash", hash, sizeof hash);
    if (before)
        set_bytes(said, "after", before->act->act.id, ACT_ID_SIZE);
    if (count)
        json_object_set(said, "adds", list);
    json_decref(list);
    return said;
}

bool trust_make_release(struct store *store, struct date until, uint8_t id[ACT_ID_SIZE],
                        uint64_t *version, struct error *err)
{
    const struct trusted *t;

    if (!must_be_of_root(store, err) || !store_trust(store, &t, err))
        return false;
    if (trust_version_newest(t) && trust_version_newest(t)->missing)
        return error_set(err, ERROR_INPUT,
                         _("the last version is not whole here: take the rest of it first"));
    *version = next_version(t);
    return say_alone(store, DIR_RELEASE, VOICE_ROOT, release_payload(t, *version, until), id, err);
}

bool trust_set_minimum(struct store *store, uint64_t version, uint8_t id[ACT_ID_SIZE],
                       struct error *err)
{
    return must_be_of_root(store, err) &&
           say_alone(store, DIR_MINIMUM, VOICE_ROOT,
                     json_pack("{s:I}", "version", (json_int_t)version), id, err);
}
