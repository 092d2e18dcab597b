/* SPDX-License-Identifier: MIT */
/* Several connections and processes at one file. */
#include "vault_fault.h"
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int scale(int short_run, int long_run)
{
    return getenv("AMPARO_LONG") ? long_run : short_run;
}

/* In a child: ends with a status, never through cmocka. */
static void insert_or_die(struct vault *v, int who, int rows)
{
    sqlite3 *db = NULL;
    struct error err = ERROR_INIT;
    char sql[128];

    if (!vault_open(v, 0, &db, &err))
        _exit(2);
    kit_try(db, "PRAGMA wal_autocheckpoint=20");
    for (int i = 0; i < rows; i++) {
        snprintf(sql, sizeof(sql), "INSERT INTO t VALUES(%d, %d, randomblob(600))", who, i);
        if (kit_try(db, sql) != SQLITE_OK)
            _exit(3);
        if (i % 10 == 9 && kit_try(db, "SELECT count(*) FROM t") != SQLITE_OK)
            _exit(4);
        if (i % 25 == who)
            kit_try(db,
                    who & 1 ? "PRAGMA wal_checkpoint(RESTART)" : "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    _exit(sqlite3_close(db) == SQLITE_OK ? 0 : 5);
}

static void exact_counts(void **state)
{
    enum { PROCESSES = 4 };
    struct vault *v = kit_vault("many.amparo");
    sqlite3 *db = kit_database(v, 0);
    struct error err = ERROR_INIT;
    int rows = scale(60, 1500), status;
    pid_t child[PROCESSES];

    (void)state;
    kit_exec(db, "CREATE TABLE t(who, i, pad, UNIQUE(who, i))");
    sqlite3_close(db);
    for (int p = 0; p < PROCESSES; p++) {
        child[p] = fork();
        assert_true(child[p] >= 0);
        if (child[p] == 0)
            insert_or_die(v, p, rows);
    }
    /* Verifying beside them finds nothing. */
    for (int i = 0; i < 5; i++)
        if (!vault_verify(v, NULL, NULL, &err))
            fail_msg("%s", error_text(&err));
    for (int p = 0; p < PROCESSES; p++) {
        assert_int_equal(waitpid(child[p], &status, 0), child[p]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), PROCESSES * rows);
    assert_int_equal(kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check"), 1);
    sqlite3_close(db);
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
}

/*
 * A writes; B checkpoints, begins the WAL anew and writes; A, who remembers the old epoch, commits.
 * What A was told is there must be there.
 */
static void stale_epoch(void **state)
{
    struct vault *va = kit_vault("epoch.amparo"), *vb = kit_unlock("epoch.amparo");
    sqlite3 *a = kit_database(va, 0), *b = kit_database(vb, 0);
    uint8_t *main, *wal;
    size_t main_size, wal_size;
    char path[300];

    (void)state;
    snprintf(path, sizeof(path), "%s-wal", vault_path(va));
    kit_exec(a, "CREATE TABLE t(who, n)");
    for (int i = 0; i < 5; i++) {
        kit_exec(a, "INSERT INTO t VALUES('a', 1)");
        kit_exec(b, "PRAGMA wal_checkpoint(RESTART); INSERT INTO t VALUES('b', 1)");
        kit_exec(a, "INSERT INTO t VALUES('a', 2)");
        assert_int_equal(kit_number(b, "SELECT count(*) FROM t"), 3 * (i + 1));
    }
    /* As after a crash: recovered from the files alone. */
    main = kit_read(vault_path(va), &main_size);
    wal = kit_read(path, &wal_size);
    sqlite3_close(a);
    sqlite3_close(b);
    kit_remove(vault_path(va));
    kit_write(vault_path(va), main, main_size);
    kit_write(path, wal, wal_size);
    a = kit_database(va, 0);
    assert_int_equal(kit_number(a, "SELECT count(*) FROM t"), 15);
    sqlite3_close(a);
    free(main);
    free(wal);
    vault_close(vb);
    vault_close(va);
}

/*
 * A transaction larger than the cache that goes back to a savepoint: SQLite 3.40 alone leaves
 * frames without checksum then, and a recovery loses that commit and all behind it.
 */
static void savepoint_taken_back(unsigned flags)
{
    struct vault *v = kit_vault("back.amparo");
    struct vault_setup setup = kit_cheap;
    struct vault *after = NULL;
    sqlite3 *db = kit_database(v, flags), *recovered;
    char copy[300], wal[310], copy_wal[310], sql[300];

    snprintf(copy, sizeof(copy), "%s.copy", vault_path(v));
    snprintf(wal, sizeof(wal), "%s-wal", vault_path(v));
    snprintf(copy_wal, sizeof(copy_wal), "%s-wal", copy);
    kit_exec(db, "PRAGMA cache_size=5; CREATE TABLE t(b); CREATE TABLE n(v);"
                 "INSERT INTO n VALUES(0); CREATE TABLE seven(i);"
                 "INSERT INTO seven VALUES(1),(2),(3),(4),(5),(6),(7)");
    for (int i = 1; i <= 14; i++) {
        snprintf(sql, sizeof(sql),
                 "BEGIN IMMEDIATE; UPDATE n SET v=%d; SAVEPOINT s; DELETE FROM t;"
                 "INSERT INTO t SELECT randomblob(%d) FROM seven; ROLLBACK TO s;"
                 "INSERT INTO t SELECT randomblob(%d) FROM seven; COMMIT",
                 i, i % 3 ? 2000 : 9000, i % 2 ? 700 : 100);
        kit_exec(db, sql);
        kit_copy(vault_path(v), copy);
        kit_copy(wal, copy_wal);
        if (!after &&
            !vault_unlock_with(&setup, copy, PASSPHRASE, PASSPHRASE_LENGTH, 0, &after, NULL))
            fail();
        recovered = kit_database(after, 0);
        assert_int_equal(kit_number(recovered, "SELECT v FROM n"), i);
        assert_int_equal(kit_number(recovered, "SELECT count(*) FROM t"), 7 * i);
        sqlite3_close(recovered);
        if (i % 5 == 0)
            kit_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    sqlite3_close(db);
    vault_close(after);
    kit_remove(copy);
    vault_close(v);
}

static void savepoint_taken_back_shared(void **state)
{
    (void)state;
    savepoint_taken_back(0);
}

static void savepoint_taken_back_exclusive(void **state)
{
    (void)state;
    savepoint_taken_back(VAULT_EXCLUSIVE);
}

/* Frames that wait to be written, of a transaction taken back, are not written over another's. */
static void waiting_frames_taken_back(void **state)
{
    struct vault *v = kit_vault("waiting.amparo");
    sqlite3 *a = kit_database(v, 0), *b = kit_database(v, 0);
    char sql[200];

    (void)state;
    kit_exec(a, "PRAGMA cache_size=5; CREATE TABLE t(b)");
    for (int i = 1; i <= 12; i++) {
        snprintf(sql, sizeof(sql),
                 "BEGIN; INSERT INTO t VALUES(zeroblob(%d)), (zeroblob(40000)); ROLLBACK",
                 4000 * i);
        kit_exec(b, "PRAGMA wal_checkpoint"); /* so that taking back reads nothing of the WAL */
        kit_exec(a, sql);
        kit_exec(b, "INSERT INTO t VALUES(randomblob(30000))");
        assert_int_equal(kit_number(a, "SELECT count(*) FROM t WHERE length(b)=30000"), i);
    }
    assert_int_equal(kit_number(a, "SELECT integrity_check='ok' FROM pragma_integrity_check"), 1);
    sqlite3_close(b);
    sqlite3_close(a);
    assert_true(vault_verify(v, NULL, NULL, NULL));
    vault_close(v);
}

static sqlite3 *other;
static int tried, busy, got_in;

/* Between a checkpoint's looks at the WAL index: the other connection inserts, as in the race. */
static void insert_meanwhile(enum fault_op op, int file)
{
    static bool inside;

    (void)op;
    (void)file;
    if (inside)
        return;
    inside = true;
    tried++;
    if (kit_try(other, "INSERT INTO t VALUES(randomblob(3000))") == SQLITE_BUSY)
        busy++;
    else
        got_in++;
    inside = false;
}

static void reset_race(void **state)
{
    static const char *const modes[] = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
    struct vault_setup setup = {fault_name(), kit_cheap.cost};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = NULL;
    char sql[64];
    sqlite3 *db;

    (void)state;
    fault_reset();
    assert_true(vault_create_with(&setup, kit_path("race.amparo"), PASSPHRASE, PASSPHRASE_LENGTH,
                                  &v, &recovery, &err));
    buf_release(&recovery);
    db = kit_database(v, 0);
    other = kit_database(v, 0);
    sqlite3_busy_timeout(other, 0);
    kit_exec(db, "CREATE TABLE t(a)");
    for (size_t i = 0; i < 4; i++) {
        kit_exec(db, "INSERT INTO t VALUES(randomblob(9000))");
        tried = busy = got_in = 0;
        fault.before = insert_meanwhile;
        snprintf(sql, sizeof(sql), "PRAGMA wal_checkpoint(%s)", modes[i]);
        kit_exec(db, sql);
        fault.before = NULL;
        assert_true(tried > 3);
        assert_int_equal(busy, tried);
        assert_int_equal(got_in, 0);
    }
    kit_exec(other, "INSERT INTO t VALUES(1)");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 5);
    sqlite3_close(db);
    sqlite3_close(other);
    vault_close(v);
}

static int looks, chosen_look;

/* Between a look whether there is a WAL and what is read or asked then: the other makes one. */
static void insert_after_a_look(enum fault_op op, int file)
{
    (void)file;
    if (op == FAULT_ACCESS)
        looks++;
    if ((op == FAULT_READ || op == FAULT_SIZE) && looks == chosen_look) {
        chosen_look = 0;
        kit_exec(other, "INSERT INTO t VALUES(1)");
    }
}

static void wal_made_meanwhile(void **state)
{
    struct vault *v = kit_vault("meanwhile.amparo"), *w;
    struct vault_setup setup = {fault_name(), kit_cheap.cost};
    sqlite3 *db = kit_database(v, 0);
    int inserted = 0;

    (void)state;
    kit_exec(db, "CREATE TABLE t(a)");
    sqlite3_close(db);
    fault_reset();
    fault.counted = FAULT_EVERYTHING;
    assert_true(
        vault_unlock_with(&setup, vault_path(v), PASSPHRASE, PASSPHRASE_LENGTH, 0, &w, NULL));
    for (int look = 1; chosen_look == 0; look++) {
        other = kit_database(v, 0);
        looks = 0;
        chosen_look = look;
        fault.before = insert_after_a_look;
        db = kit_database(w, 0);
        fault.before = NULL;
        inserted += chosen_look == 0;
        assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), inserted);
        sqlite3_close(db);
        sqlite3_close(other);
    }
    assert_true(inserted > 1);
    vault_close(w);
    vault_close(v);
}

/* A checkpoint waits for a writer only a while, and leaves no lock behind. */
static void checkpoint_beside_a_writer(void **state)
{
    struct vault *v = kit_vault("starve.amparo");
    sqlite3 *db = kit_database(v, 0), *writer = kit_database(v, 0);

    (void)state;
    sqlite3_busy_timeout(db, 0);
    kit_exec(db, "CREATE TABLE t(a)");
    kit_exec(writer, "BEGIN IMMEDIATE; INSERT INTO t VALUES(1)");
    assert_int_equal(kit_number(db, "PRAGMA wal_checkpoint(FULL)"), 1); /* 1: busy */
    assert_int_equal(kit_number(db, "PRAGMA wal_checkpoint(PASSIVE)"), 1);
    kit_exec(writer, "COMMIT; BEGIN IMMEDIATE; ROLLBACK");
    assert_int_equal(kit_number(db, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    kit_exec(writer, "INSERT INTO t VALUES(2)");
    sqlite3_close(writer);
    sqlite3_close(db);
    vault_close(v);
}

static void exclusive_is_alone(void **state)
{
    struct vault *v = kit_vault("alone.amparo"), *w = kit_unlock("alone.amparo");
    sqlite3 *db = kit_database(v, VAULT_EXCLUSIVE), *second = NULL;
    int rc;

    (void)state;
    kit_exec(db, "CREATE TABLE t(a)");
    assert_int_equal(sqlite3_open_v2(vault_path(w), &second, SQLITE_OPEN_READWRITE, w->fs->name),
                     SQLITE_OK);
    rc = kit_try(second, "SELECT * FROM sqlite_schema");
    assert_int_equal(rc & 0xff, SQLITE_BUSY);
    sqlite3_close(second);
    sqlite3_close(db);
    sqlite3_close(kit_database(w, 0));
    vault_close(w);
    vault_close(v);
}

/* Two vaults of one path in one process: closing one does not take the other's keys or locks. */
static void unlocked_twice(void **state)
{
    struct vault *v = kit_vault("twice.amparo"), *w = kit_unlock("twice.amparo");
    sqlite3 *db = kit_database(v, 0), *second = kit_database(w, 0);
    struct error err = ERROR_INIT;
    pid_t child;
    int status;

    (void)state;
    kit_exec(db, "CREATE TABLE t(a); BEGIN IMMEDIATE; INSERT INTO t VALUES(1)");
    assert_true(vault_verify(w, NULL, NULL, &err));
    vault_close(kit_unlock("twice.amparo"));
    sqlite3_close(second);
    /* The lock still holds against another process. */
    child = fork();
    if (child == 0) {
        sqlite3 *late = NULL;

        if (!vault_open(w, 0, &late, NULL))
            _exit(1);
        sqlite3_busy_timeout(late, 0);
        _exit((kit_try(late, "BEGIN IMMEDIATE") & 0xff) == SQLITE_BUSY ? 0 : 2);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    vault_close(w);
    kit_exec(db, "COMMIT");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 1);
    sqlite3_close(db);
    vault_close(v);
}

/* Another case file takes the place of the one that was unlocked; then that one is unlocked too. */
static void two_keys_for_one_path(void **state)
{
    struct vault *v = kit_vault("place.amparo"), *w = kit_vault("taker.amparo");
    struct error err = ERROR_INIT;
    sqlite3 *db = kit_database(v, 0), *second;

    (void)state;
    kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES('first')");
    sqlite3_close(db);
    db = kit_database(w, 0);
    kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES('second')");
    sqlite3_close(db);
    vault_close(w);
    assert_int_equal(rename(kit_path("taker.amparo"), kit_path("place.amparo")), 0);
    w = kit_unlock("place.amparo");
    second = kit_database(w, 0);
    assert_false(vault_open(v, 0, &db, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    assert_false(vault_verify(v, NULL, NULL, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    vault_close(v);
    kit_exec(second, "INSERT INTO t VALUES('more')");
    assert_int_equal(kit_number(second, "SELECT count(*) FROM t WHERE a<>'first'"), 2);
    sqlite3_close(second);
    if (!vault_verify(w, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    vault_close(w);
}

/* A vault closed before its connection: that one fails from then on, and nothing else does. */
static void closed_too_early(void **state)
{
    struct vault *v = kit_vault("early.amparo");
    sqlite3 *db = kit_database(v, 0);

    (void)state;
    kit_exec(db, "CREATE TABLE t(a)");
    vault_close(v);
    assert_int_equal(kit_try(db, "INSERT INTO t VALUES(1)") & 0xff, SQLITE_IOERR);
    sqlite3_close(db);
    v = kit_unlock("early.amparo");
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 0);
    sqlite3_close(db);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_counts),
        cmocka_unit_test(stale_epoch),
        cmocka_unit_test(reset_race),
        cmocka_unit_test(wal_made_meanwhile),
        cmocka_unit_test(exclusive_is_alone),
        cmocka_unit_test(checkpoint_beside_a_writer),
        cmocka_unit_test(savepoint_taken_back_shared),
        cmocka_unit_test(savepoint_taken_back_exclusive),
        cmocka_unit_test(waiting_frames_taken_back),
        cmocka_unit_test(unlocked_twice),
        cmocka_unit_test(two_keys_for_one_path),
        cmocka_unit_test(closed_too_early),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_many", tests, kit_begin, kit_end);
}
