/* SPDX-License-Identifier: MIT */
#include "amparo/store/identity.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "amparo/store/log.h"

enum { DAY = 24 * 60 * 60, SEED = 32 };

static const uint8_t no_key[KEY];

/* ---- secrets ---- */

void secret_free(struct secret *secret)
{
    if (secret->bytes)
        sodium_free(secret->bytes);
    *secret = (struct secret)SECRET_INIT;
}

static bool signs(enum post_key_purpose purpose)
{
    return purpose == POST_KEY_SIGNING || purpose == POST_KEY_STATE || purpose == POST_KEY_ROOT;
}

/* What a seed makes: the secret, and the public key that goes with it. */
static bool expand(enum post_key_purpose purpose, const uint8_t seed[SEED], struct secret *out)
{
    out->size = signs(purpose) ? POST_SECRET_SIGN : POST_SECRET_OTHER;
    out->bytes = sodium_malloc(out->size);
    if (!out->bytes)
        return false;
    if (signs(purpose)) {
        crypto_sign_seed_keypair(out->key, out->bytes, seed);
        return true;
    }
    memcpy(out->bytes, seed, SEED);
    if (purpose == POST_KEY_SEALING)
        return x25519_public(seed, out->key);
    crypto_generichash(out->key, KEY, seed, SEED, NULL, 0);
    return true;
}

static bool no_memory(struct error *err)
{
    return error_set(err, ERROR_FAILED, _("not enough memory; close other programs and try again"));
}

/* The seed of a row: false where it is none. */
static bool take_seed(sqlite3_stmt *row, int column, enum post_key_purpose purpose,
                      struct secret *out)
{
    uint8_t *seed = sodium_malloc(SEED);
    bool ok = seed && db_bytes(row, column, seed, SEED) && expand(purpose, seed, out);

    if (seed)
        sodium_free(seed);
    return ok;
}

bool identity_secret(struct store *store, enum post_key_purpose purpose, const uint8_t key[KEY],
                     struct secret *out, struct error *err)
{
    bool failed, any = !key;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT seed FROM post_keys WHERE purpose = ?1 AND seed IS NOT "
                 "NULL AND CASE WHEN ?2 THEN until IS NULL ELSE key = ?3 END",
                 "iib", (int64_t)purpose, (int64_t)any, any ? no_key : key, (size_t)KEY);

    *out = (struct secret)SECRET_INIT;
    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed &&
               error_set(err, ERROR_INPUT,
                         _("%s: has no such key of the post, or it was destroyed"), store->path);
    bool ok = take_seed(row, 0, purpose, out);
    db_done(row);
    if (!ok)
        secret_free(out);
    return ok || no_memory(err);
}

bool identity_sealing(struct store *store, struct secret out[POST_SEALING_MOST], size_t *count,
                      struct error *err)
{
    bool failed = false, ok = true;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT seed FROM post_keys WHERE purpose = ? AND seed IS NOT "
                                 "NULL ORDER BY until IS NOT NULL, until DESC LIMIT ?",
                                 "ii", (int64_t)POST_KEY_SEALING, (int64_t)POST_SEALING_MOST);

    *count = 0;
    if (!row)
        return false;
    while (ok && db_step(store, row, &failed, err)) {
        out[*count] = (struct secret)SECRET_INIT;
        ok = take_seed(row, 0, POST_KEY_SEALING, &out[*count]);
        ++*count;
    }
    if (!ok)
        db_done(row);
    while ((!ok || failed) && *count)
        secret_free(&out[--*count]);
    return ok ? !failed : no_memory(err);
}

/* ---- making ---- */

bool identity_new_key(struct store *store, enum post_key_purpose purpose, uint8_t key[KEY],
                      struct error *err)
{
    struct secret secret = SECRET_INIT;
    char now[INSTANT_SIZE];
    uint8_t *seed = sodium_malloc(SEED);

    if (!seed)
        return no_memory(err);
    randombytes_buf(seed, SEED);
    store_now(store, now);
    bool ok = expand(purpose, seed, &secret) || no_memory(err);
    if (ok)
        memcpy(key, secret.key, KEY);
    ok = ok &&
         db_run(store, err, "UPDATE post_keys SET until = ? WHERE purpose = ? AND until IS NULL",
                "ti", now, (int64_t)purpose) &&
         db_run(store, err, "INSERT INTO post_keys (key, purpose, seed, since) VALUES (?, ?, ?, ?)",
                "bibt", key, (size_t)KEY, (int64_t)purpose, seed, (size_t)SEED, now);
    secret_free(&secret);
    sodium_free(seed);
    return ok;
}

bool identity_destroy(struct store *store, const uint8_t key[KEY], struct error *err)
{
    return db_run(store, err, "UPDATE post_keys SET seed = NULL WHERE key = ?", "b", key,
                  (size_t)KEY);
}

static struct instant now_of(struct store *store)
{
    char text[INSTANT_SIZE];
    struct instant now = {0};

    instant_parse(store_now(store, text), &now);
    return now;
}

static bool say_key(struct store *store, enum post_act kind, const uint8_t key[KEY],
                    struct error *err)
{
    char hex[2 * KEY + 1];

    hex_write(key, KEY, hex);
    json_t *payload = json_pack("{s:s}", "key", hex);
    struct new_act act = {
        .case_id = post_case, .kind = kind, .payload = payload, .at = now_of(store)};
    bool ok = log_append(store, &act, NULL, err);
    json_decref(payload);
    return ok;
}

static bool new_key(struct store *store, enum post_key_purpose purpose, struct error *err)
{
    uint8_t key[KEY];

    return identity_new_key(store, purpose, key, err) &&
           (purpose == POST_KEY_MACHINE ||
            say_key(store, purpose == POST_KEY_SIGNING ? POST_SIGNING : POST_SEALING, key, err));
}

/* Sealing secrets whose time is over, by the days on which they went out of use. */
static bool forget_old(struct store *store, struct error *err)
{
    struct buf keys = BUF_INIT;
    struct instant end = instant_add_seconds(now_of(store), -(int64_t)POST_KEY_DAYS * DAY), until;
    bool failed, ok;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT key, until FROM post_keys WHERE purpose = ? AND seed IS "
                                 "NOT NULL AND until IS NOT NULL",
                                 "i", (int64_t)POST_KEY_SEALING);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        const char *text = (const char *)sqlite3_column_text(row, 1);
        if (text && instant_parse(text, &until) && instant_compare(until, end) <= 0)
            buf_add(&keys, sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
    }
    ok = !failed;
    for (size_t at = 0; ok && at + KEY <= keys.size; at += KEY)
        ok = identity_destroy(store, (const uint8_t *)keys.data + at, err);
    buf_release(&keys);
    return ok;
}

static bool may(const struct store *store, enum role least, struct error *err)
{
    if (store->me.role >= least)
        return true;
    return error_set(err, ERROR_REFUSED,
                     least == ROLE_HEAD ? _("only a head of post does this; you are not one")
                                        : _("a clerk reads only"));
}

static bool has_keys(const struct store *store)
{
    return memcmp(store->post.signing.key, no_key, KEY) != 0;
}

static bool make_all(struct store *store, struct error *err)
{
    if (!post_refresh(store, err) || !may(store, ROLE_HEAD, err))
        return false;
    if (has_keys(store))
        return error_set(err, ERROR_INPUT, _("%s: this post has its keys already"), store->path);
    return new_key(store, POST_KEY_SIGNING, err) && new_key(store, POST_KEY_SEALING, err) &&
           new_key(store, POST_KEY_MACHINE, err);
}

bool store_make_identity(struct store *store, struct error *err)
{
    return db_begin(store, err) && db_end(store, make_all(store, err), err) &&
           post_refresh(store, err);
}

/* Are there keys to be renewed? */
static bool may_renew(struct store *store, enum role least, struct error *err)
{
    return post_refresh(store, err) && may(store, least, err) &&
           (has_keys(store) || error_set(err, ERROR_INPUT,
                                         _("%s: this post has no keys yet: a head of post makes "
                                           "them"),
                                         store->path));
}

bool store_renew_sealing(struct store *store, struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = may_renew(store, ROLE_OFFICER, err) && forget_old(store, err) &&
              new_key(store, POST_KEY_SEALING, err);
    return db_end(store, ok, err) && post_refresh(store, err);
}

bool store_renew_identity(struct store *store, uint8_t old[KEY], struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = may_renew(store, ROLE_HEAD, err);
    if (ok)
        memcpy(old, store->post.signing.key, KEY);
    ok = ok && forget_old(store, err) && new_key(store, POST_KEY_SIGNING, err) &&
         new_key(store, POST_KEY_SEALING, err);
    return db_end(store, ok, err) && post_refresh(store, err);
}

/* ---- telling ---- */

static bool has_secret(struct store *store, enum post_key_purpose purpose,
                       const struct post_key *key, bool *has, struct error *err)
{
    int64_t count;
    bool ok = db_number(store, &count, 0, err,
                        "SELECT count(*) FROM post_keys WHERE purpose = ? AND key = ? AND seed IS "
                        "NOT NULL",
                        "ib", (int64_t)purpose, key->key, (size_t)KEY);

    *has = count > 0;
    return ok;
}

bool store_identity(struct store *store, struct identity *out, struct error *err)
{
    const struct post_state *post = &store->post;
    bool opens;

    *out = (struct identity){.made = false};
    if (!post_refresh(store, err) ||
        !has_secret(store, POST_KEY_SIGNING, &post->signing, &out->made, err) ||
        !has_secret(store, POST_KEY_SEALING, &post->sealing, &opens, err))
        return false;
    memcpy(out->post, post->author, POST_ID);
    out->made = out->made && opens;
    out->owed = has_keys(store) && (!out->made || post->secrets_out > post->signing.seq);
    if (!out->made)
        return true;
    memcpy(out->signing, post->signing.key, KEY);
    memcpy(out->sealing, post->sealing.key, KEY);
    instant_format(post->signing.since, out->signing_since);
    instant_format(post->sealing.since, out->sealing_since);
    struct instant old = instant_add_seconds(post->sealing.since, (int64_t)POST_KEY_DAYS * DAY);
    out->sealing_old = instant_compare(old, now_of(store)) <= 0;
    return true;
}

/* ---- for verify ---- */

static bool check_seeds(struct store *store, struct error *found, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT key, purpose, seed FROM post_keys WHERE seed IS NOT NULL "
                                 "ORDER BY since, key",
                                 "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct secret secret = SECRET_INIT;
        uint8_t key[KEY];
        char hex[2 * KEY + 1];
        bool whole = db_bytes(row, 0, key, KEY);
        if (!whole || !take_seed(row, 2, (enum post_key_purpose)db_int(row, 1), &secret) ||
            memcmp(key, secret.key, KEY) != 0) {
            hex_write(key, whole ? KEY : 0, hex);
            error_set(found, ERROR_VAULT, _("the secret of the post's key %.16s is not its own"),
                      hex);
        }
        secret_free(&secret);
    }
    return !failed;
}

bool identity_check(struct store *store, const struct post_state *post, struct error *found,
                    struct buf *notes, struct error *err)
{
    bool has_signing, has_sealing;

    if (!check_seeds(store, found, err) ||
        !has_secret(store, POST_KEY_SIGNING, &post->signing, &has_signing, err) ||
        !has_secret(store, POST_KEY_SEALING, &post->sealing, &has_sealing, err))
        return false;
    if (!has_signing && post->signing.seq)
        buf_adds(notes, _("the secret of the key that signs for the post is missing: make new "
                          "keys of the post\n"));
    if (!has_sealing && post->sealing.seq)
        buf_adds(notes, _("the secret of the key that opens what comes in is missing: make new "
                          "keys of the post\n"));
    return true;
}
