/* SPDX-License-Identifier: MIT */
/* Little room on the disk is said before it is none; no room has one name, whatever took it. */
#include "vault_kit.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

static void knows_what_is_little(void **state)
{
    enum { MIB = 1 << 20 };
    (void)state;

    assert_true(vault_room_is_little(0, 0));
    assert_true(vault_room_is_little((uint64_t)64 * MIB - 1, 0));
    assert_false(vault_room_is_little((uint64_t)64 * MIB, 0));
    assert_false(vault_room_is_little((uint64_t)64 * MIB, (uint64_t)1280 * MIB));
    assert_true(vault_room_is_little((uint64_t)99 * MIB, (uint64_t)2000 * MIB));
    assert_false(vault_room_is_little((uint64_t)100 * MIB, (uint64_t)2000 * MIB));
    assert_true(2 * VAULT_WAL_BOUND <= 64 * MIB);
}

static void asks_the_disk_of_the_file(void **state)
{
    struct vault *v = kit_vault("room");
    struct statvfs disk;
    uint64_t left = 0;
    (void)state;

    bool little = vault_room(v, &left);
    assert_int_equal(statvfs(vault_path(v), &disk), 0);
    uint64_t then = (uint64_t)disk.f_bavail * disk.f_frsize;
    assert_true(left > then / 2 && left / 2 < then); /* others write there too */
    assert_int_equal(little, vault_room_is_little(left, 0));
    vault_close(v);
}

/* The limit on files stops the WAL, a checkpoint, a backup: each says that the disk is full. */
static void a_limit_is_a_full_disk(void **state)
{
    struct vault *v = kit_vault("limit");
    struct sqlite3 *db = kit_database(v, 0);
    struct rlimit before, limit;
    struct error err = ERROR_INIT;
    (void)state;

    signal(SIGXFSZ, SIG_IGN);
    kit_exec(db, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(60000))");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 100000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int rc = kit_try(db, "INSERT INTO t VALUES(randomblob(90000))");
    vault_sqlite_error(db, &err);
    int brought = kit_try(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    bool copied = vault_backup(v, kit_path("limit-copy"), NULL, NULL, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(rc, SQLITE_FULL);
    assert_int_equal(brought, SQLITE_FULL);
    assert_false(copied);
    assert_int_equal(err.kind, ERROR_FAILED);
    const char *second = strchr(error_text(&err), '\n');
    assert_non_null(second);
    assert_non_null(strstr(error_text(&err), "limit: the disk is full"));
    assert_non_null(strstr(second, "the disk is full"));
    error_release(&err);
    kit_exec(db, "INSERT INTO t VALUES(randomblob(90000))");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 2);
    sqlite3_close(db);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_is_little),
        cmocka_unit_test(asks_the_disk_of_the_file),
        cmocka_unit_test(a_limit_is_a_full_disk),
    };
    return cmocka_run_group_tests_name("vault room", tests, kit_begin, kit_end);
}
