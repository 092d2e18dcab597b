/* SPDX-License-Identifier: MIT */
/*
 * The key header changed in place: passphrases, officers who come and leave, the escrow key; each
 * change whole or not made, whatever fails between its two copies and the anchor; and what somebody
 * who may write the file tries with it.
 */
#include "vault_fault.h"
#include "vault_kit.h"
#include "vault_power.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"

static void refused(bool fine, struct error *err, enum error_kind kind, const char *word)
{
    assert_false(fine);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(err), word);
    error_release(err);
}

static struct vault *open_by(const char *path, const char *passphrase)
{
    struct vault_setup setup = {fault_name(), kit_cheap.cost};
    struct vault *v = NULL;

    vault_unlock_with(&setup, path, passphrase, strlen(passphrase), -1, &v, NULL);
    if (v)
        v->cost = kit_cheap.cost;
    return v;
}

static bool opens(const char *path, const char *passphrase)
{
    struct vault *v = open_by(path, passphrase);

    vault_close(v);
    return v;
}

static struct vault *make(const char *name)
{
    vault_close(kit_vault(name));
    return open_by(kit_path(name), PASSPHRASE);
}

/* ---- what it does ---- */

static void another_passphrase(void **state)
{
    struct vault *v = make("another.amparo");
    struct error err = ERROR_INIT;
    uint8_t pk[VAULT_SIGN_PK], key[CRYPTO_KEY];
    (void)state;

    memcpy(pk, vault_sign_pk(v), sizeof(pk));
    memcpy(key, v->fs->keys->data, sizeof(key));
    refused(vault_set_passphrase(v, "not it", 6, "new one", 7, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    refused(vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "", 0, &err), &err, ERROR_INPUT,
            "empty");
    assert_true(vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "new one", 7, &err));
    assert_false(opens(vault_path(v), PASSPHRASE));
    vault_close(v);
    v = open_by(kit_path("another.amparo"), "new one");
    assert_memory_equal(vault_sign_pk(v), pk, sizeof(pk));
    assert_memory_equal(v->fs->keys->data, key, sizeof(key));
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
}

/* By a rekeying, the officer's own keys are new too. */
static void a_passphrase_that_was_seen(void **state)
{
    struct vault *v = make("seen.amparo");
    struct error err = ERROR_INIT;
    struct vault_change change = {.new_passphrase = "new one", .new_length = 7};
    uint8_t pk[VAULT_SIGN_PK], founder[VAULT_SIGN_PK], second[VAULT_SIGN_PK],
        signature[VAULT_SIGNATURE];
    (void)state;

    memcpy(pk, vault_sign_pk(v), sizeof(pk));
    memcpy(founder, vault_founder_pk(v), sizeof(founder));
    assert_true(vault_add_slot(v, "second", 6, second, &err));
    assert_true(vault_rekey(v, &change, NULL, NULL, &err));
    assert_memory_not_equal(vault_sign_pk(v), pk, sizeof(pk));
    assert_memory_equal(vault_founder_pk(v), founder, sizeof(founder));
    vault_sign(v, "x", 1, signature);
    assert_true(vault_check_signature(vault_sign_pk(v), "x", 1, signature));
    assert_false(opens(vault_path(v), PASSPHRASE));
    assert_true(opens(vault_path(v), "new one"));
    assert_true(opens(vault_path(v), "second"));
    vault_close(v);
}

/* All eight places are used again and again, the founder's too. */
static void officers_come_and_leave(void **state)
{
    struct vault *v = make("come.amparo"), *second;
    struct error err = ERROR_INIT;
    struct vault_change change = {0};
    uint8_t pk[VAULT_SIGN_PK], founder[VAULT_SIGN_PK];
    char name[16];
    (void)state;

    memcpy(founder, vault_founder_pk(v), sizeof(founder));
    for (int i = 1; i < VAULT_SLOTS; i++) {
        snprintf(name, sizeof(name), "officer %d", i);
        assert_true(vault_add_slot(v, name, strlen(name), pk, &err));
    }
    refused(vault_add_slot(v, "one more", 8, pk, &err), &err, ERROR_INPUT, "taken");
    change.remove = 1u << vault_slot(v);
    refused(vault_rekey(v, &change, NULL, NULL, &err), &err, ERROR_INPUT, "their own");
    vault_close(v);
    second = open_by(kit_path("come.amparo"), "officer 5");
    change.remove = 1u << 0 | 1u << 3;
    assert_true(vault_rekey(second, &change, NULL, NULL, &err));
    assert_null(vault_slot_pk(second, 0));
    assert_null(vault_slot_pk(second, 3));
    assert_non_null(vault_slot_pk(second, 4));
    assert_string_equal(vault_slot_label(second, 3), "");
    assert_memory_equal(vault_founder_pk(second), founder, sizeof(founder));
    assert_false(opens(vault_path(second), PASSPHRASE));
    assert_false(opens(vault_path(second), "officer 3"));
    assert_true(opens(vault_path(second), "officer 7"));
    /* Of them, nothing is left in the header. */
    assert_true(sodium_is_zero(second->header.bytes + 640, 384));
    assert_true(vault_add_slot(second, "the next", 8, pk, &err));
    assert_memory_equal(vault_slot_pk(second, 0), pk, sizeof(pk));
    assert_true(vault_add_slot(second, "and the next", 12, pk, &err));
    refused(vault_add_slot(second, "one more", 8, pk, &err), &err, ERROR_INPUT, "taken");
    assert_true(vault_verify(second, NULL, NULL, &err));
    vault_close(second);
    v = open_by(kit_path("come.amparo"), "the next");
    assert_int_equal(vault_slot(v), 0);
    assert_memory_equal(vault_founder_pk(v), founder, sizeof(founder));
    vault_close(v);
}

static void escrow(void **state)
{
    struct vault *v = make("escrow.amparo"), *ministry = NULL;
    struct error err = ERROR_INIT;
    struct vault_change change = {.end_escrow = true};
    uint8_t seed[VAULT_ESCROW], other[VAULT_ESCROW], pk[VAULT_ESCROW], sign[VAULT_SIGN_PK];
    sqlite3 *db = kit_database(v, 0);
    (void)state;

    kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(7)");
    sqlite3_close(db);
    randombytes_buf(seed, sizeof(seed));
    randombytes_buf(other, sizeof(other));
    header_box_pk(seed, pk);
    assert_null(vault_escrow(v));
    refused(vault_unlock_escrow(vault_path(v), seed, &ministry, &err), &err, ERROR_VAULT,
            "no escrow key");
    assert_true(vault_set_escrow(v, pk, &err));
    assert_memory_equal(vault_escrow(v), pk, sizeof(pk));
    refused(vault_unlock_escrow(vault_path(v), other, &ministry, &err), &err, ERROR_VAULT,
            "another one");
    assert_true(vault_unlock_escrow(vault_path(v), seed, &ministry, &err));
    assert_int_equal(vault_slot(ministry), -2);
    assert_true(sodium_is_zero(vault_sign_pk(ministry), VAULT_SIGN_PK));
    assert_true(sodium_is_zero(ministry->fs->keys->circle, CRYPTO_KEY));
    db = kit_database(ministry, VAULT_READ_ONLY);
    assert_int_equal(kit_number(db, "SELECT a FROM t"), 7);
    assert_int_equal(kit_try(db, "DELETE FROM t") & 0xff, SQLITE_READONLY);
    sqlite3_close(db);
    refused(vault_add_slot(ministry, "me too", 6, sign, &err), &err, ERROR_INPUT, "reads");
    refused(vault_rekey(ministry, NULL, NULL, NULL, &err), &err, ERROR_INPUT, "reads");
    vault_close(ministry);
    /* Others come while it is there; a backup has it too; then it is ended. */
    assert_true(vault_add_slot(v, "second", 6, sign, &err));
    assert_true(vault_backup(v, kit_path("escrow-backup"), NULL, NULL, &err));
    assert_true(vault_unlock_escrow(kit_path("escrow-backup"), seed, &ministry, &err));
    vault_close(ministry);
    assert_true(vault_rekey(v, &change, NULL, NULL, &err));
    assert_null(vault_escrow(v));
    refused(vault_unlock_escrow(vault_path(v), seed, &ministry, &err), &err, ERROR_VAULT,
            "no escrow key");
    assert_true(opens(vault_path(v), "second"));
    vault_close(v);
}

/* ---- what fails between the copies ---- */

/* One of two passphrases opens it, never none and never both; then it is whole, and mended. */
static void check_either(const char *path, bool changed, int64_t at)
{
    struct error err = ERROR_INIT;
    bool new = opens(path, "new one"), old = opens(path, PASSPHRASE);
    struct vault *v;
    sqlite3 *db = NULL;
    uint8_t *bytes;
    size_t size;

    if (new == old || (changed && !new))
        fail_msg("%lld: %d %d", (long long)at, old, new);
    v = open_by(path, new ? "new one" : PASSPHRASE);
    assert_null(vault_slot_pk(v, 1));
    if (!vault_open(v, 0, &db, &err))
        fail_msg("%lld: %s", (long long)at, error_text(&err));
    kit_exec(db, "CREATE TABLE t(a); DROP TABLE t"); /* writes a torn anchor anew */
    sqlite3_close(db);
    /* Torn after the change was made: verify tells it, and the next change mends it. */
    if (!vault_verify(v, NULL, NULL, &err)) {
        if (!changed || !strstr(error_text(&err), "of the key header is damaged"))
            fail_msg("%lld: %s", (long long)at, error_text(&err));
        error_release(&err);
        assert_true(vault_set_passphrase(v, "new one", 7, "new one", 7, &err));
        assert_true(vault_verify(v, NULL, NULL, &err));
    }
    bytes = kit_read(path, &size);
    assert_memory_equal(bytes + FORMAT_HEADER_A, bytes + FORMAT_HEADER_B, HEADER_SIZE);
    free(bytes);
    vault_close(v);
}

/* Fails each operation of a change of the passphrase in turn, and those behind it. */
static void each_failure(const char *name, int failures)
{
    struct error err = ERROR_INIT;
    struct vault *v = make(name);
    char path[300];
    int64_t total = 1;
    uint8_t *before;
    size_t size;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    vault_close(v);
    before = kit_read(path, &size);
    for (int64_t at = 0; at < total; at++) {
        bool changed;

        kit_remove(path);
        kit_write(path, before, size);
        v = open_by(path, PASSPHRASE);
        fault_reset();
        fault.fail_at = at;
        fault.failures = failures;
        fault.code = SQLITE_IOERR_WRITE;
        fault.quarters = 2;
        changed = vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "new one", 7, &err);
        total = fault.count > total ? fault.count : total;
        fault_reset();
        vault_close(v);
        error_release(&err);
        /* A write that fails leaves its first half: with both copies so, it is damage. */
        if (failures == 1)
            check_either(path, changed, at);
        else if (!opens(path, "new one") && !opens(path, PASSPHRASE))
            fail_msg("%s %lld: nothing opens it", name, (long long)at);
    }
    assert_true(total >= 4);
    free(before);
}

static void one_write_fails(void **state)
{
    (void)state;
    each_failure("fails-once.amparo", 1);
}

static void all_writes_fail(void **state)
{
    (void)state;
    each_failure("fails-on.amparo", 1 << 20);
}

static int64_t kill_at;

static void kill_there(enum fault_op op, int file)
{
    (void)op;
    (void)file;
    if (fault.count - 1 == kill_at)
        raise(SIGKILL);
}

static void killed_between(void **state)
{
    struct vault *v = make("killed.amparo");
    char path[300];
    uint8_t *before;
    size_t size;
    int status = 0;
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    vault_close(v);
    before = kit_read(path, &size);
    for (kill_at = 0;; kill_at++) {
        pid_t child;

        kit_remove(path);
        kit_write(path, before, size);
        child = fork();
        if (child == 0) {
            v = open_by(path, PASSPHRASE);
            fault_reset();
            fault.before = kill_there;
            _exit(vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "new one", 7, NULL) ? 0
                                                                                             : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        check_either(path, WIFEXITED(status), kill_at);
        if (WIFEXITED(status))
            break;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(kill_at >= 4);
    free(before);
}

/* Power lost before each operation of it, each write since the last flush whole, torn or not there.
 */
static void power_lost_between(void **state)
{
    struct vault *v = make("power.amparo");
    char path[300];
    int length, acknowledged, seeds = getenv("AMPARO_LONG") ? 60 : 6;
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    fault_reset();
    power_log_begin(path);
    assert_true(vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "new one", 7, NULL));
    acknowledged = length = power_log_length();
    power_log_pause();
    vault_close(v);
    for (int at = 0; at <= length; at++)
        for (int seed = 0; seed < seeds; seed++) {
            bool new, old;

            kit_remove(path);
            power_loss((enum power)(seed % POWER_NEIGHBOURS), at, (uint32_t)(at * 1000 + seed));
            new = opens(path, "new one");
            old = opens(path, PASSPHRASE);
            if (new == old || (at >= acknowledged && !new))
                fail_msg("%d, %d: %d %d", at, seed, old, new);
            v = open_by(path, new ? "new one" : PASSPHRASE);
            sqlite3_close(kit_database(v, 0)); /* its pages are right */
            vault_close(v);
        }
    power_log_end();
}

/* ---- attacks ---- */

static void put_header(const char *path, const struct header *h)
{
    size_t size;
    uint8_t *bytes = kit_read(path, &size);

    memcpy(bytes + FORMAT_HEADER_A, h->bytes, HEADER_SIZE);
    memcpy(bytes + FORMAT_HEADER_B, h->bytes, HEADER_SIZE);
    kit_write(path, bytes, size);
    free(bytes);
}

static void not_authentic(const char *path, const char *passphrase)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    refused(vault_unlock(path, passphrase, strlen(passphrase), -1, &v, &err), &err, ERROR_VAULT,
            "");
}

/* Who was removed puts their place back, out of an old copy of the file. */
static void removed_slot_put_back(void **state)
{
    struct vault *v = make("back.amparo");
    struct error err = ERROR_INIT;
    struct vault_change change = {.remove = 1u << 1};
    uint8_t pk[VAULT_SIGN_PK];
    struct header before, mixed;
    char path[300];
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    assert_true(vault_add_slot(v, "dismissed", 9, pk, &err));
    before = v->header;
    assert_true(vault_rekey(v, &change, NULL, NULL, &err));
    /* The whole header from then: another data key, and an older generation. */
    put_header(path, &before);
    not_authentic(path, "dismissed");
    not_authentic(path, PASSPHRASE);
    /* Their place alone, the header signed by themselves, who know the circle and the old key. */
    {
        struct keys *theirs = keys_new();
        struct seeds seeds;

        assert_int_equal(header_open_slot(&before, 1, "dismissed", 9, &seeds, theirs),
                         HEADER_SLOT_OPENED);
        memcpy(theirs->file_id, vault_file_id(v), sizeof(theirs->file_id));
        assert_true(header_take_key(&before, 1, seeds.box, theirs->data));
        keys_derive(theirs);
        vault_take_sign_key(theirs, &seeds);
        mixed = v->header;
        memcpy(mixed.bytes + 640 + 384, before.bytes + 640 + 384, 384);
        header_finish(&mixed, theirs, 1);
        assert_int_equal(header_look(&mixed), HEADER_WHOLE);
        put_header(path, &mixed);
        not_authentic(path, PASSPHRASE);
        not_authentic(path, "dismissed");
        keys_free(theirs);
        sodium_memzero(&seeds, sizeof(seeds));
    }
    put_header(path, &v->header);
    assert_true(opens(path, PASSPHRASE));
    vault_close(v);
}

/* Without any key: an escrow key, a recovery key, shares' hashes of one's own. */
static void planted_keys(void **state)
{
    struct vault *v = make("plant.amparo"), *none = NULL;
    struct error err = ERROR_INIT;
    struct keys *forger = keys_new();
    struct seeds seeds = {{1}, {2}};
    struct share shares[RECOVERY_SHARES];
    uint8_t secret[RECOVERY_SECRET] = {3}, pk[HEADER_PK];
    struct header planted = v->header;
    struct buf text = BUF_INIT;
    char path[300];
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    memcpy(forger->file_id, vault_file_id(v), sizeof(forger->file_id));
    randombytes_buf(forger->data, sizeof(forger->data));
    randombytes_buf(forger->circle, sizeof(forger->circle));
    keys_derive(forger);
    vault_take_sign_key(forger, &seeds);
    header_box_pk(seeds.box, pk);
    /* An escrow key, signed by a slot of one's own. */
    header_set_escrow(&planted, pk);
    assert_true(header_set_slot(&planted, 1, kit_cheap.cost, "forger", 6, &seeds, forger));
    header_finish(&planted, forger, 1);
    assert_int_equal(header_look(&planted), HEADER_WHOLE);
    put_header(path, &planted);
    not_authentic(path, PASSPHRASE);
    refused(vault_unlock_escrow(path, seeds.box, &none, &err), &err, ERROR_VAULT, "not authentic");
    /* A recovery key: its shares look good alone, and open nothing. */
    planted = v->header;
    recovery_split(secret, shares);
    header_set_recovery(&planted, secret, shares, forger);
    for (int i = 0; i < RECOVERY_NEEDED; i++) {
        shares[i].set = (uint8_t)header_recovery_set(&planted);
        memcpy(shares[i].file, vault_file_id(v), SHARE_FILE);
        share_print(&shares[i], &text);
        buf_adds(&text, "\n");
    }
    assert_true(header_set_slot(&planted, 1, kit_cheap.cost, "forger", 6, &seeds, forger));
    header_finish(&planted, forger, 1);
    put_header(path, &planted);
    not_authentic(path, PASSPHRASE);
    refused(vault_unlock_recovery(path, buf_text(&text), &none, &err), &err, ERROR_VAULT,
            "not authentic");
    put_header(path, &v->header);
    assert_true(opens(path, PASSPHRASE));
    buf_release(&text);
    keys_free(forger);
    vault_close(v);
}

/* A cheaper key derivation than the officer chose, or one that never ends. */
static void weakened_derivation(void **state)
{
    static const struct kdf_cost costs[] = {
        {1, KDF_KIB_MIN},     {1, 16},
        {0, KDF_KIB_MIN},     {KDF_PASSES_MAX + 1, KDF_KIB_MIN},
        {1, KDF_KIB_MAX + 1}, {UINT32_MAX, UINT32_MAX},
    };
    struct vault_setup dear = {NULL, {2, 2 * KDF_KIB_MIN}};
    struct buf recovery = BUF_INIT;
    struct error err = ERROR_INIT;
    struct keys *forger = keys_new();
    struct seeds seeds = {{1}, {2}};
    struct vault *v = NULL;
    const char *path = kit_path("weak.amparo");
    (void)state;

    kit_remove(path);
    assert_true(vault_create_with(&dear, path, PASSPHRASE, PASSPHRASE_LENGTH, &v, &recovery, &err));
    vault_take_sign_key(forger, &seeds);
    memcpy(forger->file_id, vault_file_id(v), sizeof(forger->file_id));
    for (size_t i = 0; i < ARRAY_SIZE(costs); i++) {
        struct header h = v->header;
        struct vault *none = NULL;

        put32(h.bytes + 640 + 4, costs[i].passes);
        put32(h.bytes + 640 + 8, costs[i].kib);
        assert_true(header_set_slot(&h, 1, kit_cheap.cost, "forger", 6, &seeds, forger));
        header_finish(&h, forger, 1);
        put_header(path, &h);
        refused(vault_unlock(path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &none, &err), &err,
                ERROR_VAULT, i == 0 ? "wrong passphrase" : "outside the bounds");
    }
    keys_free(forger);
    buf_release(&recovery);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_passphrase),      cmocka_unit_test(a_passphrase_that_was_seen),
        cmocka_unit_test(officers_come_and_leave), cmocka_unit_test(escrow),
        cmocka_unit_test(one_write_fails),         cmocka_unit_test(all_writes_fail),
        cmocka_unit_test(killed_between),          cmocka_unit_test(power_lost_between),
        cmocka_unit_test(removed_slot_put_back),   cmocka_unit_test(planted_keys),
        cmocka_unit_test(weakened_derivation),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_keys", tests, kit_begin, kit_end);
}
