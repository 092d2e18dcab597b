/* SPDX-License-Identifier: MIT */
#include "amparo/store/poststate.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/log.h"

/* ---- the acts of the post, as rows of the same kind of table ---- */

static const struct field genesis_fields[] = {
    {.id = 1, .key = "state", .type = FIELD_STATE, .needed = true},
    {.id = 2, .key = "code", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "name", .type = FIELD_TEXT, .needed = true},
    {.id = 4, .key = "country", .type = FIELD_STATE, .needed = true},
    {.id = 5, .key = "city", .type = FIELD_TEXT, .needed = true},
    {.id = 6, .key = "kind", .type = FIELD_TEXT, .needed = true},
    {.id = 7, .key = "recovery", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct field officer_fields[] = {
    {.id = 1, .key = "name", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 2, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "role", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct field resumes_fields[] = {
    {.id = 1, .key = "head", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "cause", .type = FIELD_TEXT},
    {.id = 3, .key = "lost_acts", .type = FIELD_TEXT},
    {.id = 4, .key = "lost_parts", .type = FIELD_TEXT},
    /* Of a loss that was accepted: the WAL as it was known and as it is there, and what was damaged
     * or older than what was known. */
    {.id = 5, .key = "known_epoch", .type = FIELD_NUMBER},
    {.id = 6, .key = "known_records", .type = FIELD_NUMBER},
    {.id = 7, .key = "found_epoch", .type = FIELD_NUMBER},
    {.id = 8, .key = "found_records", .type = FIELD_NUMBER},
    {.id = 9, .key = "old_pages", .type = FIELD_TEXT},
    {.id = 10, .key = "damaged", .type = FIELD_TEXT},
    {.id = 0},
};

static const struct field rekeyed_fields[] = {
    {.id = 1, .key = "why", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct field key_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct field escrow_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT},
    {.id = 0},
};

static const struct field rehearsed_fields[] = {
    {.id = 1, .key = "share", .type = FIELD_NUMBER, .needed = true},
    {.id = 0},
};

static const struct act_type post_types[] = {
    {.kind = (enum act_kind)POST_GENESIS, .name = "post", .fields = genesis_fields},
    {.kind = (enum act_kind)POST_OFFICER, .name = "officer", .fields = officer_fields},
    {.kind = (enum act_kind)POST_RESUMES, .name = "resumes", .fields = resumes_fields},
    {.kind = (enum act_kind)POST_REKEYED, .name = "rekeyed", .fields = rekeyed_fields},
    {.kind = (enum act_kind)POST_LEAVES, .name = "leaves", .fields = key_fields},
    {.kind = (enum act_kind)POST_KEY, .name = "key", .fields = key_fields},
    {.kind = (enum act_kind)POST_RECOVERY, .name = "recovery", .fields = key_fields},
    {.kind = (enum act_kind)POST_REHEARSED, .name = "rehearsed", .fields = rehearsed_fields},
    {.kind = (enum act_kind)POST_ESCROW, .name = "escrow", .fields = escrow_fields},
    {.kind = (enum act_kind)POST_SIGNING, .name = "signing", .fields = key_fields},
    {.kind = (enum act_kind)POST_SEALING, .name = "sealing", .fields = key_fields},
};

const struct act_type *any_act_type(unsigned kind)
{
    if (act_kind_known(kind))
        return act_type((enum act_kind)kind);
    for (size_t i = 0; i < ARRAY_SIZE(post_types); i++)
        if ((unsigned)post_types[i].kind == kind)
            return &post_types[i];
    return post_trust_knows(kind) ? post_trust_type(kind) : diract_type(kind);
}

static void set_hex(json_t *object, const char *key, const uint8_t *bytes, size_t size)
{
    char hex[2 * HASH + 1];

    hex_write(bytes, size, hex);
    json_object_set_new(object, key, json_string(hex));
}

json_t *post_genesis_payload(const struct post_profile *p, const uint8_t recovery[KEY])
{
    json_t *payload =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "state", p->state, "code", p->code, "name",
                  p->name, "country", p->country, "city", p->city, "kind", p->kind);

    set_hex(payload, "recovery", recovery, KEY);
    return payload;
}

json_t *post_officer_payload(const char *name, enum role role, const uint8_t key[KEY])
{
    json_t *payload = json_pack("{s:s, s:s}", "name", name, "role", role_name(role));

    set_hex(payload, "key", key, KEY);
    return payload;
}

/* ---- the fold ---- */

bool post_is_secretariat(const struct post_profile *profile)
{
    return profile->kind && !strcmp(profile->kind, "secretariat");
}

void post_profile_release(struct post_profile *p)
{
    free(p->state);
    free(p->code);
    free(p->name);
    free(p->country);
    free(p->city);
    free(p->kind);
    *p = (struct post_profile){NULL, NULL, NULL, NULL, NULL, NULL};
}

void post_state_begin(struct post_state *state, const struct vault *vault)
{
    memset(state, 0, sizeof *state);
    memcpy(state->founder, vault_founder_pk(vault), KEY);
}

void post_state_release(struct post_state *state)
{
    post_profile_release(&state->profile);
    for (size_t i = 0; i < state->count; i++)
        free(state->roster[i].officer.name);
    free(state->roster);
    losses_release(&state->losses);
    post_trust_release(&state->trust);
    memset(state, 0, sizeof *state);
}

static bool stands_at(const struct roster_entry *e, int64_t seq)
{
    return e->from < seq && seq <= e->until;
}

const struct roster_entry *post_state_signer(const struct post_state *state, const uint8_t key[KEY],
                                             int64_t seq)
{
    for (size_t i = 0; i < state->count; i++) {
        const struct roster_entry *e = &state->roster[i];
        if (memcmp(e->key, key, KEY) == 0 && stands_at(e, seq))
            return e;
    }
    return NULL;
}

static bool same_name(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;

    text_fold(&x, a);
    text_fold(&y, b);
    bool same = strcmp(buf_text(&x), buf_text(&y)) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

const struct roster_entry *post_state_named(const struct post_state *state, const char *name)
{
    for (size_t i = 0; i < state->count; i++)
        if (state->roster[i].until == INT64_MAX && same_name(state->roster[i].officer.name, name))
            return &state->roster[i];
    return NULL;
}

size_t post_state_heads_at(const struct post_state *state, int64_t seq)
{
    size_t heads = 0;

    for (size_t i = 0; i < state->count; i++)
        heads += stands_at(&state->roster[i], seq) && state->roster[i].officer.role == ROLE_HEAD;
    return heads;
}

size_t post_state_heads(const struct post_state *state)
{
    return post_state_heads_at(state, INT64_MAX);
}

int64_t post_state_enrolled(const struct post_state *state, const char *key, int64_t seq)
{
    int64_t since = 0;

    /* From the latest role to the earlier ones that it took the place of. */
    for (size_t i = state->count; i-- > 0;) {
        const struct roster_entry *e = &state->roster[i];
        if (strcmp(e->officer.key, key) != 0 || (since ? e->until != since : !stands_at(e, seq)))
            continue;
        if (e->officer.role == ROLE_CLERK)
            break;
        since = e->from;
    }
    return since;
}

static const char *text_of(const json_t *payload, const char *key)
{
    const char *text = json_string_value(json_object_get(payload, key));

    return text ? text : "";
}

static char *copy_text(const json_t *payload, const char *key)
{
    return xstrdup(text_of(payload, key));
}

static const char *add_genesis(struct post_state *state, const struct logged *act,
                               const json_t *payload)
{
    const char *hex = json_string_value(json_object_get(payload, "recovery"));
    uint8_t recovery[KEY];

    if (state->profile.code)
        return N_("a second profile of the post");
    if (memcmp(act->bytes.signer, state->founder, KEY) != 0)
        return N_("not signed by the founder of the file");
    if (!hex || !hex_read(hex, recovery, KEY))
        return N_("names no recovery key");
    memcpy(state->recovery, recovery, KEY);
    state->rehearsed = act->core.at;
    memcpy(state->author, act->core.author, AUTHOR);
    state->incarnation = act->core.incarnation;
    state->keyed = act->seq;
    state->profile = (struct post_profile){
        copy_text(payload, "state"),   copy_text(payload, "code"), copy_text(payload, "name"),
        copy_text(payload, "country"), copy_text(payload, "city"), copy_text(payload, "kind")};
    return NULL;
}

/* The founder names themselves; then heads name officers, and the recovery key a head. */
static bool may_name(const struct post_state *state, const struct logged *act,
                     const uint8_t key[KEY], enum role role)
{
    const uint8_t *signer = act->bytes.signer;
    const struct roster_entry *by = post_state_signer(state, signer, act->seq);

    if (!state->count)
        return role == ROLE_HEAD && memcmp(signer, state->founder, KEY) == 0 &&
               memcmp(key, signer, KEY) == 0;
    return (by && by->officer.role == ROLE_HEAD) ||
           (role == ROLE_HEAD && memcmp(signer, state->recovery, KEY) == 0);
}

static void add_entry(struct post_state *state, struct roster_entry entry)
{
    state->roster = xreallocarray(state->roster, state->count + 1, sizeof entry);
    state->roster[state->count++] = entry;
}

/* Who was here before under that name, and comes back with another key, is the same person: nobody
 * countersigns their own acts by leaving and coming back. Acts of another copy (replay.h) come
 * without the names. */
static void set_identity(const struct post_state *state, struct roster_entry *entry)
{
    hex_write(entry->key, KEY, entry->officer.key);
    for (size_t i = 0; *entry->officer.name && i < state->count; i++)
        if (same_name(state->roster[i].officer.name, entry->officer.name)) {
            memcpy(entry->officer.key, state->roster[i].officer.key, sizeof entry->officer.key);
            return;
        }
}

/* Who is named by the recovery key and is there has forgotten the passphrase: the key is another.
 */
static void end_named(struct post_state *state, const char *name, int64_t seq)
{
    for (size_t i = 0; i < state->count; i++)
        if (state->roster[i].until == INT64_MAX && same_name(state->roster[i].officer.name, name))
            state->roster[i].until = seq;
}

static const char *add_officer(struct post_state *state, const struct logged *act,
                               const json_t *payload)
{
    const char *hex = json_string_value(json_object_get(payload, "key"));
    const char *role = json_string_value(json_object_get(payload, "role"));
    struct roster_entry entry = {.from = act->seq, .until = INT64_MAX};

    if (!hex || !hex_read(hex, entry.key, KEY) || !role || !role_parse(role, &entry.officer.role))
        return N_("an officer without key or role");
    if (!may_name(state, act, entry.key, entry.officer.role))
        return N_("signed by somebody who may not name officers");
    for (size_t i = 0; i < state->count; i++)
        if (state->roster[i].until == INT64_MAX &&
            memcmp(state->roster[i].key, entry.key, KEY) == 0)
            state->roster[i].until = act->seq;
    entry.officer.name = copy_text(payload, "name");
    if (memcmp(act->bytes.signer, state->recovery, KEY) == 0)
        end_named(state, entry.officer.name, act->seq);
    set_identity(state, &entry);
    instant_format(act->core.at, entry.officer.since);
    add_entry(state, entry);
    return NULL;
}

/* The role that a key has now, or NULL. */
static struct roster_entry *present(struct post_state *state, const uint8_t key[KEY])
{
    for (size_t i = 0; i < state->count; i++)
        if (state->roster[i].until == INT64_MAX && memcmp(state->roster[i].key, key, KEY) == 0)
            return &state->roster[i];
    return NULL;
}

static bool by_head(const struct post_state *state, const struct logged *act)
{
    const struct roster_entry *by = post_state_signer(state, act->bytes.signer, act->seq);

    return by && by->officer.role == ROLE_HEAD;
}

static bool read_key(const json_t *payload, uint8_t key[KEY])
{
    const char *hex = json_string_value(json_object_get(payload, "key"));

    return hex && hex_read(hex, key, KEY);
}

static const char *add_leaves(struct post_state *state, const struct logged *act,
                              const json_t *payload)
{
    uint8_t key[KEY];
    struct roster_entry *who = read_key(payload, key) ? present(state, key) : NULL;

    if (!who)
        return N_("of somebody who has no role");
    if (!by_head(state, act) || memcmp(key, act->bytes.signer, KEY) == 0)
        return N_("signed by somebody who may not end this role");
    who->until = state->secrets_out = act->seq;
    return NULL;
}

/* Name, role and first key stay. */
static const char *add_key(struct post_state *state, const struct logged *act,
                           const json_t *payload)
{
    struct roster_entry *who = present(state, act->bytes.signer), entry;

    if (!who)
        return N_("signed by somebody who has no role");
    entry = *who;
    if (!read_key(payload, entry.key) || present(state, entry.key))
        return N_("names no new key");
    who->until = entry.from = act->seq;
    entry.officer.name = xstrdup(entry.officer.name);
    add_entry(state, entry);
    return NULL;
}

static const char *add_recovery(struct post_state *state, const struct logged *act,
                                const json_t *payload)
{
    uint8_t key[KEY];

    if (!by_head(state, act))
        return N_("signed by somebody who may not make a recovery key");
    if (!read_key(payload, key))
        return N_("names no recovery key");
    memcpy(state->recovery, key, KEY);
    state->rehearsed = act->core.at;
    return NULL;
}

/* A head of post begins it; who records that somebody is to be protected ends it. */
static const char *add_escrow(struct post_state *state, const struct logged *act,
                              const json_t *payload)
{
    uint8_t key[KEY] = {0};
    bool on = json_object_get(payload, "key");

    if (on ? !by_head(state, act) : !post_state_signer(state, act->bytes.signer, act->seq))
        return N_("signed by somebody who may not change the escrow key");
    if (on && !read_key(payload, key))
        return N_("names no escrow key");
    memcpy(state->escrow, key, KEY);
    if (!on)
        state->escrow_ended = act->seq;
    return NULL;
}

static const char *add_rehearsed(struct post_state *state, const struct logged *act)
{
    if (!post_state_signer(state, act->bytes.signer, act->seq))
        return N_("signed by somebody who has no role");
    if (instant_compare(act->core.at, state->rehearsed) > 0)
        state->rehearsed = act->core.at;
    return NULL;
}

/* Of what was there before, and nothing that is to come. */
static bool add_losses(struct post_state *state, const struct logged *act, const json_t *payload)
{
    struct losses l = {.count = 0};
    const char *acts = text_of(payload, "lost_acts"), *parts = text_of(payload, "lost_parts");
    bool fine = losses_read(&l, acts, parts) && losses_end(&l) < act->seq;

    losses_release(&l);
    return fine && losses_read(&state->losses, acts, parts);
}

static const char *add_resumes(struct post_state *state, const struct logged *act,
                               const json_t *payload)
{
    if (!by_head(state, act))
        return N_("signed by somebody who may not restore the file");
    if (act->core.incarnation <= state->incarnation)
        return N_("an incarnation that is not a new one");
    if (!add_losses(state, act, payload))
        return N_("says of acts to come that they are lost");
    state->incarnation = act->core.incarnation;
    state->keyed = act->seq;
    return NULL;
}

/* Whose passphrase was seen is at once in a hurry: any officer may. */
static const char *add_rekeyed(struct post_state *state, const struct logged *act,
                               const json_t *payload)
{
    if (!post_state_signer(state, act->bytes.signer, act->seq))
        return N_("signed by somebody who has no role");
    state->keyed = act->seq;
    if (strcmp(text_of(payload, "why"), "seen") == 0)
        state->secrets_out = act->seq;
    return NULL;
}

/* What the post is known by is a head's to say; what opens its mail, every officer's. */
static const char *add_post_key(struct post_state *state, const struct logged *act,
                                const json_t *payload)
{
    const struct roster_entry *by = post_state_signer(state, act->bytes.signer, act->seq);
    bool signs = act->core.kind == POST_SIGNING;
    struct post_key named = {.seq = act->seq, .since = act->core.at};

    if (!by || by->officer.role < (signs ? ROLE_HEAD : ROLE_OFFICER))
        return N_("signed by somebody who may not change the keys of the post");
    if (!read_key(payload, named.key))
        return N_("names no key");
    *(signs ? &state->signing : &state->sealing) = named;
    return NULL;
}

bool post_state_add(struct post_state *state, const struct logged *act, const char **why)
{
    json_t *payload, *context;

    state->seq = act->seq;
    *why = N_("unreadable");
    if (!act_bytes_read(&act->bytes, &payload, &context))
        return false;
    if (act->core.kind != POST_GENESIS && !state->profile.code)
        *why = N_("before the profile of the post");
    else if (act->core.kind == POST_GENESIS)
        *why = add_genesis(state, act, payload);
    else if (act->core.kind == POST_OFFICER)
        *why = add_officer(state, act, payload);
    else if (act->core.kind == POST_RESUMES)
        *why = add_resumes(state, act, payload);
    else if (act->core.kind == POST_REKEYED)
        *why = add_rekeyed(state, act, payload);
    else if (act->core.kind == POST_LEAVES)
        *why = add_leaves(state, act, payload);
    else if (act->core.kind == POST_KEY)
        *why = add_key(state, act, payload);
    else if (act->core.kind == POST_RECOVERY)
        *why = add_recovery(state, act, payload);
    else if (act->core.kind == POST_REHEARSED)
        *why = add_rehearsed(state, act);
    else if (act->core.kind == POST_ESCROW)
        *why = add_escrow(state, act, payload);
    else if (act->core.kind == POST_SIGNING || act->core.kind == POST_SEALING)
        *why = add_post_key(state, act, payload);
    else if (post_trust_knows(act->core.kind))
        *why = post_trust_add(state, act, payload);
    json_decref(payload);
    json_decref(context);
    return *why == NULL;
}

static bool fold(void *ctx, const struct logged *act, struct error *err)
{
    const char *why;

    (void)err;
    post_state_add(ctx, act, &why); /* verify names what does not count */
    return true;
}

void post_undone(struct store *store)
{
    int64_t last;

    if (!store->post.seq ||
        !db_number(store, &last, 0, NULL, "SELECT max(seq) FROM acts WHERE case_id = zeroblob(8)",
                   "") ||
        store->post.seq <= last)
        return;
    post_state_release(&store->post);
    post_state_begin(&store->post, store->vault);
    post_refresh(store, NULL);
}

bool post_refresh(struct store *store, struct error *err)
{
    struct post_state *state = &store->post;
    struct officer *me = &store->me;

    if (!log_read(store, post_case, state->seq, fold, state, err))
        return false;
    const struct roster_entry *entry =
        post_state_signer(state, vault_sign_pk(store->vault), INT64_MAX);
    free(me->name);
    *me = entry ? entry->officer : (struct officer){.role = ROLE_CLERK};
    me->name = xstrdup(entry ? entry->officer.name : "");
    return true;
}
