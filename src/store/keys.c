/* SPDX-License-Identifier: MIT */
#include "amparo/store/keys.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/log.h"

/* ---- acts ---- */

/* An act of the post about a key; within a transaction. Takes the reference to `payload`. */
static bool append(struct store *store, enum post_act kind, json_t *payload, struct error *err)
{
    struct new_act act = {.case_id = post_case, .kind = kind, .payload = payload};
    char now[INSTANT_SIZE];
    bool ok = instant_parse(store_now(store, now), &act.at) && log_append(store, &act, NULL, err);

    json_decref(payload);
    return ok;
}

static json_t *key_payload(const uint8_t key[KEY])
{
    char hex[2 * KEY + 1];

    hex_write(key, KEY, hex);
    return json_pack("{s:s}", "key", hex);
}

static bool only_head(const struct store *store, struct error *err)
{
    return store->me.role == ROLE_HEAD ||
           error_set(err, ERROR_REFUSED, _("only a head of post does this; you are not one"));
}

/* ---- a new data key ---- */

static const char *const reasons[] = {
    [REKEY_REMOVED] = "removed",
    [REKEY_SEEN] = "seen",
    [REKEY_ERASED] = "erased",
    [REKEY_RESTORED] = "restored",
};

struct rekeying {
    struct store *store;
    enum rekey_why why;
    /* What else it is for, as an act of its own; NULL: nothing. With the keys from before. */
    bool (*also)(struct rekeying *r, struct vault *fresh, struct error *err);
    uint8_t key[KEY]; /* of whom it is for */
};

static bool record_all(struct rekeying *r, struct vault *fresh, struct error *err)
{
    return append(r->store, POST_REKEYED, json_pack("{s:s}", "why", reasons[r->why]), err) &&
           (!r->also || r->also(r, fresh, err));
}

/*
 * The new file is there, and not yet in its place: the acts are in it from its first moment. They
 * are signed with the keys from before, which the log knows.
 */
static bool record(void *ctx, struct vault *fresh, struct error *err)
{
    struct rekeying *r = ctx;
    struct vault *old = r->store->vault;

    r->store->vault = fresh;
    bool ok = db_connect(r->store, err);
    r->store->vault = old;
    ok = ok && db_begin(r->store, err) && db_end(r->store, record_all(r, fresh, err), err);
    db_disconnect(r->store);
    return ok;
}

static bool rekey(struct rekeying *r, struct vault_change change, store_progress *progress,
                  void *ctx, struct error *err)
{
    struct store *store = r->store;

    if (store->depth)
        BUG("a new key is made outside of batches");
    change.finish = record;
    change.ctx = r;
    db_disconnect(store);
    bool ok = vault_rekey(store->vault, &change, progress, ctx, err);
    /* Where this fails, so does what is asked of the store from now on. */
    return db_connect(store, err) && post_refresh(store, err) && ok;
}

bool store_rekey(struct store *store, enum rekey_why why, store_progress *progress, void *ctx,
                 struct error *err)
{
    struct rekeying r = {.store = store, .why = why};

    return rekey(&r, (struct vault_change){0}, progress, ctx, err);
}

/* ---- passphrases ---- */

/* The officer goes on with another key; their drafts too. */
static bool change_key(struct rekeying *r, struct vault *fresh, struct error *err)
{
    return db_run(r->store, err, "UPDATE drafts SET officer = ? WHERE officer = ?", "bb",
                  vault_sign_pk(fresh), (size_t)KEY, vault_sign_pk(r->store->vault), (size_t)KEY) &&
           append(r->store, POST_KEY, key_payload(vault_sign_pk(fresh)), err);
}

bool store_set_passphrase(struct store *store, struct passphrase old, struct passphrase new,
                          const struct rekey_ask *ask, struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_SEEN, .also = change_key};
    struct vault_change change = {.new_passphrase = new.bytes, .new_length = new.length};

    if (!ask->rekey)
        return vault_set_passphrase(store->vault, old.bytes, old.length, new.bytes, new.length,
                                    err);
    return vault_check_passphrase(store->vault, old.bytes, old.length, err) &&
           rekey(&r, change, ask->progress, ask->ctx, err);
}

/* ---- officers who leave ---- */

static bool leave(struct rekeying *r, struct vault *fresh, struct error *err)
{
    (void)fresh;
    return db_run(r->store, err, "UPDATE OR IGNORE drafts SET officer = ? WHERE officer = ?", "bb",
                  vault_sign_pk(r->store->vault), (size_t)KEY, r->key, (size_t)KEY) &&
           db_run(r->store, err, "DELETE FROM drafts WHERE officer = ?", "b", r->key,
                  (size_t)KEY) &&
           append(r->store, POST_LEAVES, key_payload(r->key), err);
}

static int slot_of(const struct store *store, const uint8_t key[KEY])
{
    for (int i = 0; i < VAULT_SLOTS; i++) {
        const uint8_t *pk = vault_slot_pk(store->vault, i);
        if (pk && memcmp(pk, key, KEY) == 0)
            return i;
    }
    return -1;
}

static int slot_labelled(const struct store *store, const char *label)
{
    for (int i = 0; i < VAULT_SLOTS; i++)
        if (*label && strcmp(vault_slot_label(store->vault, i), label) == 0)
            return i;
    return -1;
}

bool store_remove_officer(struct store *store, const char *name, store_progress *progress,
                          void *ctx, struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_REMOVED, .also = leave};
    struct vault_change change = {0};

    if (!post_refresh(store, err) || !only_head(store, err))
        return false;
    const struct roster_entry *who = post_state_named(&store->post, name);
    int slot = who ? slot_of(store, who->key) : slot_labelled(store, name);
    if (!who && slot < 0)
        return error_set(err, ERROR_INPUT, _("%s: there is no officer \"%s\"; see officer list"),
                         store->path, name);
    if (who)
        memcpy(r.key, who->key, KEY);
    else if (post_state_signer(&store->post, vault_slot_pk(store->vault, slot), INT64_MAX))
        return error_set(err, ERROR_INPUT, _("that is the label of an officer; say the name"));
    else
        r.also = NULL;
    if (slot >= 0)
        change.remove = 1u << slot;
    if (slot == vault_slot(store->vault))
        return error_set(err, ERROR_INPUT,
                         _("nobody removes themselves: another head of post does it"));
    return rekey(&r, change, progress, ctx, err);
}

/* ---- recovery ---- */

static bool renewed(struct store *store, const struct vault *vault, struct error *err)
{
    return append(store, POST_RECOVERY, key_payload(vault_recovery_sign_pk(vault)), err);
}

static bool renew_also(struct rekeying *r, struct vault *fresh, struct error *err)
{
    return renewed(r->store, fresh, err);
}

bool store_renew_recovery(struct store *store, const struct rekey_ask *ask, struct buf *shares,
                          struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_SEEN, .also = renew_also};
    struct vault_change change = {.shares = shares};

    if (!post_refresh(store, err) || !only_head(store, err))
        return false;
    if (ask->rekey)
        return rekey(&r, change, ask->progress, ask->ctx, err);
    if (!db_begin(store, err))
        return false;
    bool ok = vault_renew_recovery(store->vault, shares, err) && renewed(store, store->vault, err);
    return db_end(store, ok, err) && post_refresh(store, err);
}

bool store_note_rehearsal(struct store *store, int share, struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = append(store, POST_REHEARSED, json_pack("{s:i}", "share", share), err);
    return db_end(store, ok, err) && post_refresh(store, err);
}

static struct instant a_year_on(struct instant from)
{
    return instant_add_seconds(from, (int64_t)365 * 24 * 3600);
}

static bool knows_recovery(const struct store *store)
{
    return memcmp(store->post.recovery, vault_recovery_sign_pk(store->vault), KEY) == 0;
}

const char *store_rehearsal_due(const struct store *store, char out[INSTANT_SIZE])
{
    const struct post_state *post = &store->post;

    return instant_format(knows_recovery(store) ? a_year_on(post->rehearsed) : post->rehearsed,
                          out);
}

bool store_rehearsal_is_due(struct store *store)
{
    char text[INSTANT_SIZE];
    struct instant now, due;

    return instant_parse(store_now(store, text), &now) &&
           instant_parse(store_rehearsal_due(store, text), &due) && due.seconds <= now.seconds;
}
