/* SPDX-License-Identifier: MIT */
#include "amparo/store/store.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/diract.h"
#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/accesscheck.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/log.h"
#include "amparo/store/presence.h"
#include "amparo/store/trustlog.h"

/* ---- profile ---- */

static const char *const post_kinds[] = {"consulate", "directorate", "secretariat"};

static bool check_code(const char *code, struct error *err)
{
    if (post_code_ok(code))
        return true;
    return error_set(err, ERROR_INPUT,
                     _("code: \"%s\" cannot begin case references; take %d to %d capitals and "
                       "digits, a capital first, such as HNTGU"),
                     code, POST_CODE_LEAST, POST_CODE_MOST);
}

static bool check_state(const char *state, const char *what, struct error *err)
{
    return country_find(state) ||
           error_set(err, ERROR_INPUT, _("%s: \"%s\" is no ISO 3166-1 code of two letters"), what,
                     state);
}

static bool check_line(const char *text, const char *what, struct error *err)
{
    if (!cbor_text_ok(text, strlen(text)) || strchr(text, '\n'))
        return error_set(err, ERROR_INPUT, _("%s: takes one line of text"), what);
    if (strspn(text, " ") == strlen(text))
        return error_set(err, ERROR_INPUT, _("%s: is empty"), what);
    return true;
}

bool post_check(const struct post_profile *p, struct error *err)
{
    bool kind = false, ok = check_state(p->state, "state", err);

    for (size_t i = 0; i < ARRAY_SIZE(post_kinds); i++)
        kind |= strcmp(p->kind, post_kinds[i]) == 0;
    ok &= check_code(p->code, err);
    ok &= check_line(p->name, "post", err);
    ok &= check_state(p->country, "country", err);
    ok &= check_line(p->city, "city", err);
    if (!kind)
        ok = error_set(err, ERROR_INPUT,
                       _("kind: \"%s\" is none of consulate, directorate, secretariat"), p->kind);
    return ok;
}

void officers_release(struct officers *officers)
{
    for (size_t i = 0; i < officers->count; i++)
        free(officers->list[i].name);
    free(officers->list);
    *officers = (struct officers){NULL, 0};
}

/* ---- time ---- */

const char *store_now(struct store *store, char out[INSTANT_SIZE])
{
    if (store->now)
        memcpy(out, store->now, strlen(store->now) + 1);
    else
        instant_format(clock_now(), out);
    return out;
}

void store_set_now(struct store *store, const char *instant)
{
    struct instant at;
    char text[INSTANT_SIZE];

    free(store->now);
    store->now = instant && instant_parse(instant, &at) ? xstrdup(instant_format(at, text)) : NULL;
}

static struct instant now(struct store *store)
{
    struct instant at = {0};
    char text[INSTANT_SIZE];

    instant_parse(store_now(store, text), &at);
    return at;
}

/* ---- open and close ---- */

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->db)
        access_log_end(store);
    presence_leave(store);
    db_disconnect(store);
    vault_close(store->vault);
    trust_cache_free(store->trust);
    inbox_cache_free(store->inbox);
    post_state_release(&store->post);
    free(store->me.name);
    free(store->now);
    free(store->path);
    free(store);
}

struct store *store_begin(struct vault *vault, const char *path, unsigned flags)
{
    struct store *store = xcalloc(1, sizeof *store);

    store->vault = vault;
    store->patience = STORE_PATIENT;
    json_set_alloc_funcs(malloc, free_wiped); /* payloads hold what people said */
    store->path = xstrdup(path);
    store->flags = flags;
    post_state_begin(&store->post, vault);
    return store;
}

/* What nobody had before: the first two acts of the file. */
static bool found_post(struct store *store, const struct post_profile *post, const char *officer,
                       struct error *err)
{
    const uint8_t *key = vault_sign_pk(store->vault);
    json_t *profile = post_genesis_payload(post, vault_recovery_sign_pk(store->vault));
    json_t *head = post_officer_payload(officer, ROLE_HEAD, key);
    struct new_act act = {.case_id = post_case, .kind = POST_GENESIS, .payload = profile};

    act.at = now(store);
    randombytes_buf(store->post.author, AUTHOR);
    bool ok = db_begin(store, err);
    if (ok) {
        ok = log_append(store, &act, NULL, err);
        act.kind = POST_OFFICER;
        act.payload = head;
        ok = ok && log_append(store, &act, NULL, err);
        ok = db_end(store, ok, err);
    }
    json_decref(profile);
    json_decref(head);
    return ok && post_refresh(store, err);
}

void store_remove_file(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        char *name = xasprintf("%s%s", path, endings[i]);
        unlink(name);
        free(name);
    }
}

bool store_create(const char *path, const struct post_profile *post, const char *officer,
                  struct passphrase passphrase, unsigned flags, struct store **out,
                  struct buf *recovery, struct error *err)
{
    struct vault *vault;
    bool ok = post_check(post, err);

    ok &= check_line(officer, "officer", err);
    enum vault_effort effort = flags & STORE_NO_SECRET ? VAULT_NO_SECRET
                               : flags & STORE_LEAST   ? VAULT_LEAST
                                                       : VAULT_MEASURED;
    if (!ok ||
        !vault_create(path, passphrase.bytes, passphrase.length, effort, &vault, recovery, err))
        return false;
    struct store *store = store_begin(vault, path, flags);
    if (db_connect(store, err) && found_post(store, post, officer, err)) {
        *out = store;
        return true;
    }
    store_close(store);
    store_remove_file(path);
    return false;
}

/* Does the passphrase belong to somebody who has a role here, and to whom it was said? */
bool store_check_officer(const struct store *store, const char *officer, struct error *err)
{
    if (!store->post.profile.code)
        return error_set(err, ERROR_VAULT, _("%s: has no profile of a post; it is not whole"),
                         store->path);
    if (!*store->me.name)
        return error_set(err, ERROR_VAULT,
                         _("%s: nobody with this passphrase has a role in this file; a head of "
                           "post can add them again"),
                         store->path);
    if (officer && !post_state_named(&store->post, officer))
        return error_set(err, ERROR_INPUT, _("%s: there is no officer \"%s\"; see officer list"),
                         store->path, officer);
    if (officer &&
        post_state_named(&store->post, officer) != post_state_named(&store->post, store->me.name))
        return error_set(err, ERROR_VAULT, _("%s: this is not the passphrase of %s"), store->path,
                         officer);
    return true;
}

bool store_open(const char *path, const char *officer, struct passphrase passphrase, unsigned flags,
                struct store **out, struct error *err)
{
    return store_open_at(path, officer, passphrase, -1, flags, out, err);
}

bool store_open_at(const char *path, const char *officer, struct passphrase passphrase, int hint,
                   unsigned flags, struct store **out, struct error *err)
{
    struct vault *vault;

    if (!vault_unlock(path, passphrase.bytes, passphrase.length, hint, &vault, err))
        return false;
    struct store *store = store_begin(vault, path, flags);
    if (db_connect(store, err) && post_refresh(store, err) &&
        store_check_officer(store, officer, err)) {
        *out = store;
        return true;
    }
    store_close(store);
    return false;
}

bool store_open_recovery(const char *path, const char *recovery, struct store **out,
                         struct error *err)
{
    struct vault *vault;

    if (!vault_unlock_recovery(path, recovery, &vault, err))
        return false;
    struct store *store = store_begin(vault, path, 0);
    if (db_connect(store, err) && post_refresh(store, err) &&
        (memcmp(store->post.recovery, vault_recovery_sign_pk(vault), KEY) == 0 ||
         error_set(err, ERROR_VAULT, _("%s: this recovery key is none that a head of post made"),
                   path))) {
        *out = store;
        return true;
    }
    store_close(store);
    return false;
}

bool store_open_escrow(const char *path, const uint8_t *seed, struct store **out, struct error *err)
{
    struct vault *vault;

    if (!vault_unlock_escrow(path, seed, &vault, err))
        return false;
    struct store *store = store_begin(vault, path, STORE_READ_ONLY);
    if (db_connect(store, err) && post_refresh(store, err)) {
        *out = store;
        return true;
    }
    store_close(store);
    return false;
}

const char *store_path(const struct store *store)
{
    return store->path;
}

const struct post_profile *store_post(const struct store *store)
{
    return &store->post.profile;
}

const struct officer *store_officer(const struct store *store)
{
    return &store->me;
}

void store_seal_own(const struct store *store, const void *bytes, size_t size, struct buf *out)
{
    vault_seal_own(store->vault, bytes, size, out);
}

bool store_open_own(const struct store *store, const void *sealed, size_t size, struct buf *out)
{
    return vault_open_own(store->vault, sealed, size, out);
}

/* ---- officers ---- */

bool store_officers(struct store *store, struct officers *out, struct error *err)
{
    if (!post_refresh(store, err))
        return false;
    *out = (struct officers){xcalloc(store->post.count, sizeof *out->list), 0};
    for (size_t i = 0; i < store->post.count; i++) {
        if (store->post.roster[i].until != INT64_MAX)
            continue;
        struct officer *officer = &out->list[out->count++];
        *officer = store->post.roster[i].officer;
        officer->name = xstrdup(officer->name);
    }
    return true;
}

static bool by_recovery(const struct store *store)
{
    return vault_slot(store->vault) == -1;
}

static bool may_add(struct store *store, const char *name, enum role role, struct error *err)
{
    if (by_recovery(store) ? role != ROLE_HEAD : store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED,
                         by_recovery(store)
                             ? _("the recovery key names a head of post, nobody else")
                             : _("only a head of post adds officers; you are not one"));
    if (!check_line(name, "officer", err))
        return false;
    if (post_state_named(&store->post, name) && !by_recovery(store))
        return error_set(err, ERROR_INPUT, _("officer: there is a \"%s\" already"), name);
    return true;
}

void store_set_slow(struct store *store)
{
    vault_set_effort(store->vault, VAULT_LEAST);
}

/*
 * A free place; or, for who has forgotten their passphrase and is named again by the recovery key,
 * their own: the drafts stay theirs.
 */
static bool give_slot(struct store *store, const char *name, struct passphrase passphrase,
                      uint8_t key[KEY], struct error *err)
{
    const struct roster_entry *again = post_state_named(&store->post, name);
    int slot = again ? vault_find_slot(store->vault, again->key) : -1;

    return vault_put_slot(store->vault, slot, passphrase.bytes, passphrase.length, key, err) &&
           (!again || db_run(store, err, "UPDATE drafts SET officer = ? WHERE officer = ?", "bb",
                             key, (size_t)KEY, again->key, (size_t)KEY));
}

bool store_add_officer(struct store *store, const char *name, enum role role,
                       struct passphrase passphrase, struct error *err)
{
    uint8_t key[KEY];

    if (store->depth)
        BUG("an officer is added outside of batches");
    if (!may_add(store, name, role, err))
        return false;
    vault_measure(store->vault);
    if (!db_begin(store, err))
        return false;
    bool ok = post_refresh(store, err) && may_add(store, name, role, err) &&
              give_slot(store, name, passphrase, key, err);
    if (ok) {
        json_t *payload = post_officer_payload(name, role, key);
        struct new_act act = {.case_id = post_case, .kind = POST_OFFICER, .payload = payload};
        act.at = now(store);
        ok = log_append(store, &act, NULL, err);
        json_decref(payload);
    }
    return db_end(store, ok, err) && post_refresh(store, err);
}

/* ---- the rest ---- */

int64_t store_changes(struct store *store)
{
    int64_t version;

    return db_number(store, &version, 0, NULL, "PRAGMA data_version", "") ? version : 0;
}

bool store_batch_begin(struct store *store, struct error *err)
{
    return db_begin(store, err);
}

bool store_batch_end(struct store *store, bool keep, struct error *err)
{
    return db_end(store, keep, err);
}

bool store_setting(struct store *store, const char *name, char **value, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT value FROM settings WHERE name = ?", "t", name);

    if (!row)
        return false;
    *value = NULL;
    if (!db_step(store, row, &failed, err))
        return !failed;
    *value = db_text(row, 0);
    db_done(row);
    return true;
}

bool store_set_setting(struct store *store, const char *name, const char *value, struct error *err)
{
    return db_run(store, err,
                  "INSERT INTO settings (name, value) VALUES (?, ?) "
                  "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  "tt", name, value);
}

bool store_room_is_little(const struct store *store, uint64_t *left)
{
    return vault_room(store->vault, left);
}

bool store_is_exposed(const struct store *store)
{
    return vault_is_exposed(store->vault);
}
