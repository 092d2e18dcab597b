/* SPDX-License-Identifier: MIT */
/* The WAL does not grow for ever: whoever reads for long only puts off that it is cut. */
#include "store_kit.h"
#include "vault_kit.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/store/draft.h"

enum { WRITERS = 3, MIB = 1 << 20, ROW = 50000, STEP = VAULT_WAL_BOUND / 8, WAIT_MS = 100 };

/* ---- a file system that does not sleep, but counts ---- */

static int slept;

static int count_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    slept++;
    return microseconds;
}

static const char *sleepless(void)
{
    static sqlite3_vfs vfs;

    if (!vfs.zName) {
        vfs = *sqlite3_vfs_find(NULL);
        vfs.zName = "sleepless";
        vfs.xSleep = count_sleep;
        assert_int_equal(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
    }
    return vfs.zName;
}

static struct vault *make(const char *name, const char *base)
{
    struct vault_setup setup = {base, kit_cheap.cost};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = NULL;

    if (!vault_create_with(&setup, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, &v, &recovery,
                           &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    return v;
}

/* ---- writing ---- */

static int64_t wal_size(struct vault *v)
{
    char path[300];
    struct stat wal;

    snprintf(path, sizeof path, "%s-wal", vault_path(v));
    return stat(path, &wal) == 0 ? wal.st_size : 0;
}

static void write_row(struct sqlite3 *db)
{
    char sql[120];

    vault_before_write(db);
    snprintf(sql, sizeof sql, "BEGIN IMMEDIATE; INSERT INTO t VALUES(randomblob(%d)); COMMIT", ROW);
    kit_exec(db, sql);
}

static void is_cut_after_a_long_reader(void **state)
{
    struct vault *v = make("long", sleepless());
    sqlite3 *reader = kit_database(v, 0), *writer[WRITERS];
    int rows = 0, early = 0;
    (void)state;

    for (int i = 0; i < WRITERS; i++)
        writer[i] = kit_database(v, VAULT_UNSYNCED);
    kit_exec(writer[0], "CREATE TABLE t(b)");
    /* Without readers it stays below the bound by itself. */
    for (; rows < 3 * VAULT_WAL_BOUND / ROW; rows++) {
        write_row(writer[rows % WRITERS]);
        assert_true(wal_size(v) <= VAULT_WAL_BOUND + MIB);
    }
    assert_int_equal(slept, 0);
    kit_exec(reader, "BEGIN");
    early = (int)kit_number(reader, "SELECT count(*) FROM t");
    assert_int_equal(early, rows);
    while (wal_size(v) < 3 * VAULT_WAL_BOUND) {
        write_row(writer[rows++ % WRITERS]);
        assert_int_equal(kit_number(reader, "SELECT count(*) FROM t"), early);
    }
    /* They waited for the reader, each anew only when the WAL had grown by a step. */
    int most = 2 * VAULT_WAL_BOUND / STEP + 1;
    assert_true(slept >= WAIT_MS);
    assert_true(slept <= WRITERS * most * WAIT_MS);
    kit_exec(reader, "COMMIT");
    slept = 0;
    write_row(writer[1]);
    rows++;
    assert_true(wal_size(v) < MIB);
    assert_int_equal(slept, 0);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(kit_number(writer[i], "SELECT count(*) FROM t"), rows);
    assert_int_equal(kit_number(reader, "SELECT integrity_check='ok' FROM pragma_integrity_check"),
                     1);
    sqlite3_close(reader);
    for (int i = 0; i < WRITERS; i++)
        sqlite3_close(writer[i]);
    vault_close(v);
}

/* A large transaction leaves a large WAL: the next one cuts it. */
static void is_cut_after_a_large_write(void **state)
{
    struct vault *v = make("large", NULL);
    sqlite3 *db = kit_database(v, VAULT_UNSYNCED);
    (void)state;

    kit_exec(db, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(12000000))");
    assert_true(wal_size(v) > VAULT_WAL_BOUND);
    write_row(db);
    assert_true(wal_size(v) < MIB);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 2);
    sqlite3_close(db);
    vault_close(v);
}

/* What programs write goes through the store, which asks before each of its transactions. */
static void is_cut_by_the_store(void **state)
{
    struct store *store = kit_create("store");
    struct error err = ERROR_INIT;
    int64_t draft;
    (void)state;

    assert_true(store_draft_open(store, "new", ACT_OPEN, 0, 0, &draft, &err));
    kit_exec(store->db, "INSERT INTO settings (name, value) VALUES ('large', hex(randomblob(6000000)))");
    assert_true(wal_size(store->vault) > VAULT_WAL_BOUND);
    assert_true(store_draft_put(store, draft, "form", "detail", "a word", 6, &err));
    assert_true(wal_size(store->vault) < MIB);
    store_close(store);
}

/* Within a transaction nothing happens, and nothing is harmed. */
static void leaves_a_transaction_alone(void **state)
{
    struct vault *v = make("inside", NULL);
    sqlite3 *db = kit_database(v, VAULT_UNSYNCED);
    (void)state;

    kit_exec(db, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(12000000)); BEGIN IMMEDIATE;"
                 "INSERT INTO t VALUES(1)");
    vault_before_write(db);
    kit_exec(db, "COMMIT");
    assert_true(wal_size(v) > VAULT_WAL_BOUND);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 2);
    sqlite3_close(db);
    vault_close(v);
}

/* ---- readers who take turns, so that there is always one ---- */

struct turns {
    atomic_uint begun[2]; /* how often each has begun to read */
    atomic_bool stop;
};

static void read_in_turns(struct vault *v, struct turns *turns, int me)
{
    sqlite3 *db = NULL;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!vault_open(v, 0, &db, NULL))
        _exit(2);
    while (!turns->stop) {
        if (kit_try(db, "BEGIN; SELECT count(*) FROM t") != SQLITE_OK)
            _exit(3);
        unsigned seen = turns->begun[!me];
        turns->begun[me]++;
        while (turns->begun[!me] == seen && !turns->stop)
            sched_yield();
        if (kit_try(db, "COMMIT") != SQLITE_OK)
            _exit(4);
    }
    _exit(sqlite3_close(db) == SQLITE_OK ? 0 : 5);
}

static void is_not_starved_by_many_readers(void **state)
{
    struct vault *v = make("turns", NULL);
    sqlite3 *db = kit_database(v, VAULT_UNSYNCED);
    struct turns *turns =
        mmap(NULL, sizeof *turns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child[2];
    int rows = 0, status;
    (void)state;

    kit_exec(db, "CREATE TABLE t(b)");
    sqlite3_close(db);
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            read_in_turns(v, turns, i);
    }
    db = kit_database(v, VAULT_UNSYNCED);
    for (; rows < 4 * VAULT_WAL_BOUND / ROW; rows++) {
        write_row(db);
        assert_true(wal_size(v) <= 2 * VAULT_WAL_BOUND);
    }
    turns->stop = true;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), rows);
    sqlite3_close(db);
    munmap(turns, sizeof *turns);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_cut_after_a_long_reader),
        cmocka_unit_test(is_cut_after_a_large_write),
        cmocka_unit_test(is_cut_by_the_store),
        cmocka_unit_test(leaves_a_transaction_alone),
        cmocka_unit_test(is_not_starved_by_many_readers),
    };
    return cmocka_run_group_tests_name("vault bound", tests, kit_begin, kit_end);
}
