/* SPDX-License-Identifier: MIT */
#include "amparo/store/erase.h"
#include "amparo/store/keys.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/identity.h"

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
    [REKEY_REMOVED] = "removed",   [REKEY_SEEN] = "seen",     [REKEY_ERASED] = "erased",
    [REKEY_RESTORED] = "restored", [REKEY_ESCROW] = "escrow",
};

struct rekeying {
    struct store *store;
    enum rekey_why why;
    /* Records what it is for, and rekeyed(), with the keys from before. NULL: that alone. */
    bool (*acts)(const struct rekeying *r, struct vault *fresh, struct error *err);
    uint8_t key[KEY]; /* of whom it is for */
};

static bool rekeyed(const struct rekeying *r, struct error *err)
{
    return append(r->store, POST_REKEYED, json_pack("{s:s}", "why", reasons[r->why]), err);
}

static bool record_all(struct rekeying *r, struct vault *fresh, struct error *err)
{
    return r->acts ? r->acts(r, fresh, err) : rekeyed(r, err);
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
static bool change_key(const struct rekeying *r, struct vault *fresh, struct error *err)
{
    return rekeyed(r, err) &&
           db_run(r->store, err, "UPDATE drafts SET officer = ? WHERE officer = ?", "bb",
                  vault_sign_pk(fresh), (size_t)KEY, vault_sign_pk(r->store->vault), (size_t)KEY) &&
           db_run(r->store, err, "UPDATE bookmarks SET officer = ? WHERE officer = ?", "bb",
                  vault_sign_pk(fresh), (size_t)KEY, vault_sign_pk(r->store->vault), (size_t)KEY) &&
           append(r->store, POST_KEY, key_payload(vault_sign_pk(fresh)), err);
}

bool store_set_passphrase(struct store *store, struct passphrase old, struct passphrase new,
                          const struct rekey_ask *ask, struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_SEEN, .acts = change_key};
    struct vault_change change = {.new_passphrase = new.bytes, .new_length = new.length};

    if (!ask->rekey)
        return vault_set_passphrase(store->vault, old.bytes, old.length, new.bytes, new.length,
                                    err);
    return vault_check_passphrase(store->vault, old.bytes, old.length, err) &&
           rekey(&r, change, ask->progress, ask->ctx, err);
}

/* ---- officers who leave ---- */

static bool leave(const struct rekeying *r, struct vault *fresh, struct error *err)
{
    (void)fresh;
    return db_run(r->store, err, "UPDATE OR IGNORE drafts SET officer = ? WHERE officer = ?", "bb",
                  vault_sign_pk(r->store->vault), (size_t)KEY, r->key, (size_t)KEY) &&
           db_run(r->store, err, "DELETE FROM drafts WHERE officer = ?", "b", r->key,
                  (size_t)KEY) &&
           db_run(r->store, err, "DELETE FROM bookmarks WHERE officer = ?", "b", r->key,
                  (size_t)KEY) &&
           append(r->store, POST_LEAVES, key_payload(r->key), err) && rekeyed(r, err);
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
    struct rekeying r = {.store = store, .why = REKEY_REMOVED, .acts = leave};
    struct vault_change change = {0};

    if (!post_refresh(store, err) || !only_head(store, err))
        return false;
    const struct roster_entry *who = post_state_named(&store->post, name);
    int slot = who ? vault_find_slot(store->vault, who->key) : slot_labelled(store, name);
    if (!who && slot < 0)
        return error_set(err, ERROR_INPUT, _("%s: there is no officer \"%s\"; see officer list"),
                         store->path, name);
    if (who)
        memcpy(r.key, who->key, KEY);
    else if (post_state_signer(&store->post, vault_slot_pk(store->vault, slot), INT64_MAX))
        return error_set(err, ERROR_INPUT, _("that is the label of an officer; say the name"));
    else
        r.acts = NULL;
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

static bool renew(const struct rekeying *r, struct vault *fresh, struct error *err)
{
    return renewed(r->store, fresh, err) && rekeyed(r, err);
}

bool store_renew_recovery(struct store *store, const struct rekey_ask *ask, struct buf *shares,
                          struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_SEEN, .acts = renew};
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

/* Whether that is now. */
static bool rehearsal_is_due(struct store *store)
{
    char text[INSTANT_SIZE];
    struct instant now, due;

    return instant_parse(store_now(store, text), &now) &&
           instant_parse(store_rehearsal_due(store, text), &due) && due.seconds <= now.seconds;
}

/* ---- escrow ---- */

static const uint8_t no_key[KEY];

static bool any_locked(const struct case_file *c)
{
    size_t count = case_persons(c, NULL, 0);
    long *persons = xcalloc(count + 1, sizeof *persons);
    bool found = false;

    case_persons(c, persons, count);
    for (size_t i = 0; i < count && !found; i++)
        found = case_locked(c, persons[i]) && !case_erased(c, persons[i]);
    free(persons);
    return found;
}

static bool check_unlocked(struct store *store, const uint8_t case_id[CASE_ID], struct error *err)
{
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    bool ok = !any_locked(&c) ||
              error_set(err, ERROR_REFUSED,
                        _("%s: a person of this case is under the protection lock, and must be in "
                          "no escrow"),
                        c.reference);
    case_release(&c);
    return ok;
}

/* Looks through all cases, also closed ones. */
static bool nobody_locked(struct store *store, struct error *err)
{
    struct buf ids = BUF_INIT;
    bool failed, ok = true;
    sqlite3_stmt *row = db_query(store, err, "SELECT case_id FROM cases", "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        buf_add(&ids, sqlite3_column_blob(row, 0), CASE_ID);
    for (size_t at = 0; ok && !failed && at < ids.size; at += CASE_ID)
        ok = check_unlocked(store, (const uint8_t *)ids.data + at, err);
    buf_release(&ids);
    return ok && !failed;
}

bool store_begin_escrow(struct store *store, const uint8_t key[VAULT_ESCROW], struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = post_refresh(store, err) && only_head(store, err) && nobody_locked(store, err) &&
              vault_set_escrow(store->vault, key, err) &&
              append(store, POST_ESCROW, key_payload(key), err);
    return db_end(store, ok, err) && post_refresh(store, err);
}

static bool end_escrow(const struct rekeying *r, struct vault *fresh, struct error *err)
{
    (void)fresh;
    return append(r->store, POST_ESCROW, json_object(), err) && rekeyed(r, err);
}

bool store_end_escrow(struct store *store, store_progress *progress, void *ctx, struct error *err)
{
    struct rekeying r = {.store = store, .why = REKEY_ESCROW, .acts = end_escrow};

    return post_refresh(store, err) && only_head(store, err) &&
           rekey(&r, (struct vault_change){.end_escrow = true}, progress, ctx, err);
}

bool keys_protect(struct store *store, const struct case_file *c, struct error *err)
{
    bool sealed = memcmp(store->post.escrow, no_key, KEY) != 0 || vault_escrow(store->vault);

    if (!sealed || !any_locked(c))
        return true;
    return vault_set_escrow(store->vault, NULL, err) &&
           append(store, POST_ESCROW, json_object(), err);
}

enum escrow_state store_escrow(struct store *store, uint8_t key[VAULT_ESCROW])
{
    post_refresh(store, NULL);
    vault_look_again(store->vault);
    const uint8_t *there = vault_escrow(store->vault);
    const struct post_state *post = &store->post;

    if (there)
        memcpy(key, there, KEY);
    if (memcmp(there ? there : no_key, post->escrow, KEY) != 0)
        return ESCROW_UNKNOWN;
    if (there)
        return ESCROW_ON;
    return post->escrow_ended > post->keyed ? ESCROW_OWED : ESCROW_OFF;
}

/* ---- what is owed ---- */

/* The post knows others, and they it not. */
static bool needs_keys(const struct store *store, const struct identity *identity)
{
    return !identity->made && (*store->post.trust.root || store->post.trust.card_count);
}

void store_duties(struct store *store, struct buf *out)
{
    uint8_t key[KEY];
    char due[INSTANT_SIZE];
    enum escrow_state escrow = store_escrow(store, key);
    struct identity identity;
    bool erased;

    if (vault_doubt(store->vault))
        buf_addf(out, "%s\n",
                 _("A copy of what was committed last is gone: amparo verify FILE --witness CODE"));
    if (!knows_recovery(store))
        buf_addf(out, "%s\n", _("Make new recovery shares: amparo recovery FILE new"));
    else if (rehearsal_is_due(store))
        buf_addf(out, _("Try a recovery share (since %.10s): amparo recovery FILE check\n"),
                 store_rehearsal_due(store, due));
    if (escrow == ESCROW_OWED || escrow == ESCROW_UNKNOWN)
        buf_addf(out, "%s\n", _("End the escrow by a new key of the file: amparo escrow FILE off"));
    bool known = store_identity(store, &identity, NULL);
    if (known && identity.owed)
        buf_addf(out, "%s\n",
                 _("Who left may know the keys of the post: amparo identity FILE roll"));
    if (known && needs_keys(store, &identity))
        buf_addf(out, "%s\n",
                 _("The post needs keys, to write to others: amparo identity FILE new"));
    if (store_erase_owed(store, &erased, NULL) && erased)
        buf_addf(out, "%s\n", _("A person was erased: give the file a new key: amparo erase FILE"));
}
