/* SPDX-License-Identifier: MIT */
/* A case file from making to closing: what opens it, what does not, and what lies on the disk. */
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARKER "MARKERxyzzyPLAINTEXT"

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void round_trip(void **state)
{
    struct vault *v = kit_vault("round.amparo");
    sqlite3 *db = kit_database(v, 0);
    struct stat st;

    (void)state;
    kit_exec(db, "CREATE TABLE t(a TEXT); INSERT INTO t VALUES('kept')");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vault_close(v);
    assert_false(exists(kit_path("round.amparo-wal")));
    assert_false(exists(kit_path("round.amparo-shm")));
    assert_int_equal(stat(kit_path("round.amparo"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    v = kit_unlock("round.amparo");
    db = kit_database(v, VAULT_EXCLUSIVE);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t WHERE a='kept'"), 1);
    kit_exec(db, "INSERT INTO t VALUES('more')");
    assert_false(exists(kit_path("round.amparo-shm")));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vault_close(v);

    v = kit_unlock("round.amparo");
    db = kit_database(v, VAULT_READ_ONLY);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 2);
    assert_int_equal(kit_try(db, "DELETE FROM t") & 0xff, SQLITE_READONLY);
    sqlite3_close(db);
    vault_close(v);
}

static void settings(void **state)
{
    struct vault *v = kit_vault("settings.amparo");
    sqlite3 *db = kit_database(v, 0);

    (void)state;
    assert_int_equal(kit_number(db, "PRAGMA page_size"), 4096);
    assert_int_equal(kit_number(db, "PRAGMA synchronous"), 2);
    assert_int_equal(kit_number(db, "PRAGMA secure_delete"), 1);
    assert_int_equal(kit_number(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(kit_number(db, "PRAGMA temp_store"), 2);
    assert_int_equal(kit_number(db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(kit_number(db, "PRAGMA cell_size_check"), 1);
    sqlite3_close(db);
    vault_close(v);
}

static void refusals(void **state)
{
    static const char *const denied[] = {
        "ATTACH 'file:x?vfs=unix' AS x", "ATTACH 'other' AS x",
        "ATTACH ':memory:' AS x",        "VACUUM INTO 'copy'",
        "PRAGMA journal_mode=DELETE",    "PRAGMA temp_store=FILE",
        "PRAGMA synchronous=OFF",        "PRAGMA synchronous=0",
        "PRAGMA locking_mode=NORMAL",    "PRAGMA secure_delete=OFF",
    };
    struct vault *v = kit_vault("refusals.amparo");
    sqlite3 *db = kit_database(v, 0);

    (void)state;
    for (size_t i = 0; i < sizeof(denied) / sizeof(*denied); i++)
        if (kit_try(db, denied[i]) != SQLITE_AUTH)
            fail_msg("%s: %s", denied[i], sqlite3_errmsg(db));
    kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(1); VACUUM");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 1);
    sqlite3_close(db);
    vault_close(v);
}

static void refused(bool fine, struct error *err, enum error_kind kind, const char *word)
{
    assert_false(fine);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(err), word);
    error_release(err);
}

static void what_does_not_open(void **state)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = kit_vault("shut.amparo");

    (void)state;
    vault_close(v);
    refused(vault_unlock(kit_path("shut.amparo"), "wrong", 5, 0, &v, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    refused(vault_unlock(kit_path("shut.amparo"), "", 0, 0, &v, &err), &err, ERROR_INPUT, "empty");
    refused(vault_unlock(kit_path("none.amparo"), "p", 1, 0, &v, &err), &err, ERROR_FAILED,
            "cannot be opened");
    kit_write(kit_path("text.amparo"), (const uint8_t *)"just a text\n", 12);
    refused(vault_unlock(kit_path("text.amparo"), "p", 1, 0, &v, &err), &err, ERROR_VAULT,
            "not a case file");
    refused(vault_create(kit_path("shut.amparo"), "p", 1, VAULT_NO_SECRET, &v, &recovery, &err),
            &err, ERROR_INPUT, "exists");
    assert_int_equal(recovery.size, 0);
    refused(vault_create(kit_path("no/such/folder"), "p", 1, VAULT_NO_SECRET, &v, &recovery, &err),
            &err, ERROR_FAILED, "");
}

static void damaged_headers(void **state)
{
    struct error err = ERROR_INIT;
    struct vault *v = kit_vault("header.amparo");

    (void)state;
    vault_close(v);
    kit_flip(kit_path("header.amparo"), FORMAT_HEADER_A + 500, 4);
    vault_close(kit_unlock("header.amparo")); /* the other copy is good */
    kit_flip(kit_path("header.amparo"), FORMAT_HEADER_B + 500, 4);
    refused(vault_unlock(kit_path("header.amparo"), PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err),
            &err, ERROR_VAULT, "damaged");
}

static void slots(void **state)
{
    struct error err = ERROR_INIT;
    uint8_t pk[VAULT_SIGN_PK], signature[VAULT_SIGNATURE];
    struct vault *v = kit_vault("slots.amparo"), *second = NULL;
    sqlite3 *db = kit_database(v, 0);

    (void)state;
    kit_exec(db, "CREATE TABLE t(a)");
    assert_null(vault_slot_pk(v, 1));
    assert_true(vault_add_slot(v, "second passphrase", 17, pk, &err));
    assert_memory_equal(vault_slot_pk(v, 1), pk, sizeof(pk));
    assert_null(vault_slot_pk(v, 2));
    assert_int_equal(strlen(vault_slot_label(v, 1)), 16);

    assert_true(vault_unlock(kit_path("slots.amparo"), "second passphrase", 17, -1, &second, &err));
    assert_int_equal(vault_slot(second), 1);
    assert_memory_equal(vault_sign_pk(second), pk, sizeof(pk));
    assert_memory_equal(vault_file_id(second), vault_file_id(v), VAULT_FILE_ID);
    vault_sign(second, "act", 3, signature);
    assert_true(vault_check_signature(pk, "act", 3, signature));
    assert_false(vault_check_signature(pk, "acT", 3, signature));
    assert_false(vault_check_signature(vault_sign_pk(v), "act", 3, signature));

    /* Inside a transaction of one's own, and seen by the other vault when it next connects. */
    kit_exec(db, "BEGIN IMMEDIATE; INSERT INTO t VALUES(1)");
    assert_true(vault_add_slot(v, "third", 5, pk, &err));
    kit_exec(db, "COMMIT");
    sqlite3_close(kit_database(second, 0));
    assert_non_null(vault_slot_pk(second, 2));
    assert_null(vault_slot_pk(second, 3));
    vault_close(second);
    sqlite3_close(db);
    db = kit_database(v, VAULT_EXCLUSIVE);
    assert_true(vault_add_slot(v, "fourth", 6, pk, &err));
    sqlite3_close(db);
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
    assert_true(vault_unlock(kit_path("slots.amparo"), "fourth", 6, -1, &v, &err));
    assert_int_equal(vault_slot(v), 3);
    vault_close(v);
}

static void nothing_in_plain(void **state)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    struct vault *v = kit_vault("plain.amparo");
    sqlite3 *db = kit_database(v, 0);
    char name[32];

    (void)state;
    kit_exec(db, "CREATE TABLE " MARKER "1(a); INSERT INTO " MARKER "1 VALUES('" MARKER "2')");
    kit_exec(db, "PRAGMA wal_checkpoint; INSERT INTO " MARKER "1 VALUES('" MARKER "3')");
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof(name), "plain.amparo%s", suffixes[i]);
        assert_true(exists(kit_path(name)));
        assert_false(kit_holds(kit_path(name), MARKER));
        assert_false(kit_holds(kit_path(name), "SQLite format"));
    }
    sqlite3_close(db);
    vault_close(v);
}

/* Looks through the deleted files that this process holds open; how many there are. */
static int grep_deleted_files(const char *text)
{
    int found = 0;

    for (int fd = 3; fd < 64; fd++) {
        char link[32], target[300], bytes[1 << 16];
        ssize_t length, got;

        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        length = readlink(link, target, sizeof(target) - 1);
        if (length <= 0)
            continue;
        target[length] = '\0';
        if (!strstr(target, "(deleted)"))
            continue;
        found++;
        for (off_t at = 0; (got = pread(fd, bytes, sizeof(bytes), at)) > 0; at += got / 2 + 1)
            assert_null(memmem(bytes, (size_t)got, text, strlen(text)));
    }
    return found;
}

/* Were SQLite to keep temporary tables in files, against our pragmas: they would be sealed. */
static void temporary_files(void **state)
{
    struct vault *v = kit_vault("temp.amparo");
    sqlite3 *db = NULL;

    (void)state;
    assert_int_equal(sqlite3_open_v2(vault_path(v), &db, SQLITE_OPEN_READWRITE, v->fs->name),
                     SQLITE_OK);
    kit_exec(db, "PRAGMA temp_store=FILE; PRAGMA temp.cache_size=5;"
                 "CREATE TEMP TABLE t(i INTEGER PRIMARY KEY, a TEXT, n UNIQUE);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<600)"
                 "INSERT INTO t SELECT i, '" MARKER "' || hex(zeroblob(300)), i FROM n");
    kit_exec(db, "BEGIN; UPDATE t SET a=a || 'x'");
    assert_int_equal(kit_try(db, "UPDATE t SET a=a || 'y', n=CASE WHEN i<599 THEN -i ELSE 0 END") &
                         0xff,
                     SQLITE_CONSTRAINT);
    assert_true(grep_deleted_files(MARKER) > 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t WHERE a LIKE '%x' AND n=i"), 600);
    kit_exec(db, "ROLLBACK");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t WHERE a LIKE '%0' AND n=i"), 600);
    sqlite3_close(db);
    vault_close(v);
}

/* The temporary file by itself, against a plain array. */
static void temporary_file_reads_back(void **state)
{
    enum { ROOM = 40000 };
    static uint8_t model[ROOM], bytes[ROOM];
    struct vault *v = kit_vault("model.amparo");
    sqlite3_vfs *vfs = &v->fs->vfs;
    sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
    sqlite3_int64 size = 0, now;
    int out, flags = SQLITE_OPEN_SUBJOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                     SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_DELETEONCLOSE;

    (void)state;
    memset(model, 0, sizeof(model));
    assert_int_equal(vfs->xOpen(vfs, NULL, file, flags, &out), SQLITE_OK);
    srandom(3);
    for (int i = 0; i < 2000; i++) {
        int at = (int)(random() % (ROOM / 2)), n = (int)(random() % 9000) + 1;

        switch (random() % 8) {
        case 0:
            if (at > size)
                break;
            assert_int_equal(file->pMethods->xTruncate(file, at), SQLITE_OK);
            memset(model + at, 0, (size_t)(ROOM - at));
            size = at;
            break;
        case 1:
        case 2:
        case 3:
            memset(bytes, (int)random(), (size_t)n);
            assert_int_equal(file->pMethods->xWrite(file, bytes, n, at), SQLITE_OK);
            memcpy(model + at, bytes, (size_t)n);
            size = at + n > size ? at + n : size;
            break;
        default:
            assert_int_equal(file->pMethods->xRead(file, bytes, n, at),
                             at + n > size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK);
            assert_memory_equal(bytes, model + at, n);
        }
        assert_int_equal(file->pMethods->xFileSize(file, &now), SQLITE_OK);
        assert_int_equal(now, size);
    }
    file->pMethods->xClose(file);
    free(file);
    vault_close(v);
}

/* Another file by the same file system, or a journal: not opened. */
static void one_path_only(void **state)
{
    struct vault *v = kit_vault("path.amparo"), *w = kit_vault("path2.amparo");
    sqlite3 *db = NULL;

    (void)state;
    assert_int_not_equal(sqlite3_open_v2(vault_path(w), &db, SQLITE_OPEN_READWRITE, v->fs->name),
                         SQLITE_OK);
    sqlite3_close(db);
    vault_close(w);
    vault_close(v);
}

static void backup(void **state)
{
    struct error err = ERROR_INIT;
    struct vault *v = kit_vault("origin.amparo"), *copy = NULL;
    sqlite3 *db = kit_database(v, 0);
    const char *path = kit_path("copy.amparo");

    (void)state;
    kit_remove(path);
    kit_exec(db, "CREATE TABLE t(a); WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n "
                 "WHERE i<3000) INSERT INTO t SELECT hex(randomblob(100)) FROM n");
    if (!vault_backup(v, path, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    refused(vault_backup(v, path, NULL, NULL, &err), &err, ERROR_INPUT, "exists");
    assert_memory_not_equal(v->fs->keys->data, (uint8_t[CRYPTO_KEY]){0}, CRYPTO_KEY);
    kit_exec(db, "DELETE FROM t");
    sqlite3_close(db);
    copy = kit_unlock("copy.amparo");
    assert_memory_equal(vault_file_id(copy), vault_file_id(v), VAULT_FILE_ID);
    assert_memory_not_equal(copy->fs->keys->data, v->fs->keys->data, CRYPTO_KEY);
    db = kit_database(copy, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 3000);
    kit_exec(db, "INSERT INTO t VALUES(1)");
    sqlite3_close(db);
    assert_true(vault_verify(copy, NULL, NULL, &err));
    vault_close(copy);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),       cmocka_unit_test(settings),
        cmocka_unit_test(refusals),         cmocka_unit_test(what_does_not_open),
        cmocka_unit_test(damaged_headers),  cmocka_unit_test(slots),
        cmocka_unit_test(nothing_in_plain), cmocka_unit_test(backup),
        cmocka_unit_test(temporary_files),  cmocka_unit_test(temporary_file_reads_back),
        cmocka_unit_test(one_path_only),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_file", tests, kit_begin, kit_end);
}
