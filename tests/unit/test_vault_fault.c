/* SPDX-License-Identifier: MIT */
/*
 * A disk that is full or fails at every operation in turn: whatever was acknowledged is there
 * afterwards, nothing is half there, and nobody cries damage.
 */
#include "vault_fault.h"
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 6 };

static struct vault *make(const char *name)
{
    fault_reset();
    return kit_vault_on(fault_name(), name);
}

/*
 * Commits ROUNDS times, some larger than the cache and than what is written in one, with
 * checkpoints; returns how many held.
 */
static int work(sqlite3 *db)
{
    static const struct {
        int size;
        const char *after;
    } rounds[ROUNDS] = {
        {900, ""},   {9000, "PRAGMA wal_checkpoint(RESTART)"},
        {900, ""},   {900, "PRAGMA wal_checkpoint(TRUNCATE)"},
        {15000, ""}, {900, "PRAGMA wal_checkpoint(RESTART)"},
    };
    int held = 0;
    char sql[400];

    for (int i = 0; i < ROUNDS; i++) {
        snprintf(sql, sizeof(sql),
                 "BEGIN IMMEDIATE; UPDATE n SET v=%d; SAVEPOINT s;"
                 "INSERT INTO t SELECT %d, randomblob(3000) FROM seven;"
                 "UPDATE t SET b=randomblob(2900) WHERE a=%d; ROLLBACK TO s;"
                 "INSERT INTO t SELECT %d, randomblob(%d) FROM seven; COMMIT",
                 i + 1, i + 100, i + 100, i + 1, rounds[i].size);
        if (kit_try(db, sql) == SQLITE_OK)
            held = i + 1;
        else
            kit_try(db, "ROLLBACK");
        kit_try(db, rounds[i].after);
    }
    return held;
}

static void fill(struct vault *v)
{
    sqlite3 *db = kit_database(v, 0);

    kit_exec(db, "CREATE TABLE t(a, b); CREATE TABLE n(v); INSERT INTO n VALUES(0);"
                 "CREATE TABLE seven(i); INSERT INTO seven VALUES(1),(2),(3),(4),(5),(6),(7)");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The state is that of one whole commit, not before `least`; the file is whole. */
static void check_state(struct vault *v, int least, const char *when, int at)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    int64_t n;

    if (!vault_open(v, 0, &db, &err))
        fail_msg("%s %d: %s", when, at, error_text(&err));
    n = kit_number(db, "SELECT v FROM n");
    if (n < least)
        fail_msg("%s %d: %d commits acknowledged, %d there", when, at, least, (int)n);
    if (kit_number(db, "SELECT count(*) FROM (SELECT a FROM t GROUP BY a HAVING count(*)=7)") !=
            kit_number(db, "SELECT count(DISTINCT a) FROM t") ||
        kit_number(db, "SELECT count(*) FROM t WHERE a>100"))
        fail_msg("%s %d: half a commit", when, at);
    if (kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check") != 1)
        fail_msg("%s %d: malformed", when, at);
    kit_exec(db, "INSERT INTO seven VALUES(8); DELETE FROM seven WHERE i=8");
    sqlite3_close(db);
    if (!vault_verify(v, NULL, NULL, &err))
        fail_msg("%s %d: %s", when, at, error_text(&err));
}

/* Fails operation after operation (each third in the short run); `failures` of them each time. */
static void each_operation(const char *name, int code, int failures, unsigned flags)
{
    struct vault *v = make(name);
    struct error err = ERROR_INIT;
    uint8_t *before;
    size_t size;
    int64_t total = 1, step = getenv("AMPARO_LONG") ? 1 : 3;

    fill(v);
    before = kit_read(vault_path(v), &size);
    /* First none fails, and they are counted. */
    for (int64_t at = -1; at < total; at += at < 0 ? 1 + failures % 3 : step) {
        sqlite3 *db = NULL;
        int held = 0;

        kit_remove(vault_path(v));
        kit_write(vault_path(v), before, size);
        fault_reset();
        fault.fail_at = at;
        fault.failures = failures;
        fault.code = code;
        fault.quarters = 2;
        if (vault_open(v, flags, &db, &err)) {
            kit_exec(db, "PRAGMA cache_size=10");
            held = work(db);
        }
        error_release(&err);
        sqlite3_close(db);
        total = fault.count > total ? fault.count : total;
        fault_reset();
        check_state(v, held, name, (int)at);
    }
    assert_true(total > 100);
    free(before);
    vault_close(v);
}

static void disk_full_once(void **state)
{
    (void)state;
    each_operation("full-once", SQLITE_FULL, 1, 0);
}

static void disk_full_from_there(void **state)
{
    (void)state;
    each_operation("full-on", SQLITE_FULL, 1 << 20, 0);
}

static void io_error_exclusive(void **state)
{
    (void)state;
    each_operation("io-exclusive", SQLITE_IOERR_WRITE, 1, VAULT_EXCLUSIVE);
}

static void full_disk_says_so(void **state)
{
    struct vault *v = make("says");
    struct error err = ERROR_INIT;
    sqlite3 *db;

    (void)state;
    fill(v);
    db = kit_database(v, 0);
    fault.fail_at = fault.count;
    fault.failures = 1 << 20;
    fault.code = SQLITE_FULL;
    fault.quarters = 2;
    assert_false(vault_exec(db, "INSERT INTO seven VALUES(9)", &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "disk is full"));
    error_release(&err);
    fault_reset();
    kit_exec(db, "INSERT INTO seven VALUES(9)");
    sqlite3_close(db);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(disk_full_once),
        cmocka_unit_test(disk_full_from_there),
        cmocka_unit_test(io_error_exclusive),
        cmocka_unit_test(full_disk_says_so),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_fault", tests, kit_begin, kit_end);
}
