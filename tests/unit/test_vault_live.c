/* SPDX-License-Identifier: MIT */
/*
 * Who has the files, and changes them while a program has them open, between any two of its steps:
 * a server that they lie on, say. What was tried beside test_vault_tags.c, and how it must end (E:
 * an error; S: the same answers as before):
 *
 *   the -wal file cut off for one step, at each step of a recovery        E or S
 *   a size of the -wal file that SQLite's 32 bits cannot count            E or S
 *   a size of the case file that they cannot, as if it were empty         S
 *   case file and -wal file made longer by a terabyte                     S; verify comes to an end
 *   the head of the -shm file as it was some commits before               E at the next write, S
 * later
 *   a record of another continuation in its place, for who wrote it, for who has read it and for
 *       who has not; and before a checkpoint                              E
 *   all of the case file put back to an earlier time, its WAL being empty   E
 *   the anchor alone put back, and the -wal file cut to it                E
 *   an older block of a temporary file in its place                       E
 *
 * The -shm file is not authenticated, and cannot be: it says which record holds which page. Who
 * changes it under a running program can make it read another page's record or an older one, or
 * overlook the last commits, and a checkpoint makes that last. Opened alone (VAULT_EXCLUSIVE), a
 * file has none.
 */
#include "vault_fault.h"
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char question[] = "SELECT count(*) * 1000 + sum(i) FROM t";

static char wal_path[310];

/* The question is an error, or answered as before; whether it was answered. */
static bool asked(struct vault *v, unsigned flags, int64_t answer)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool answered = vault_open(v, flags, &db, &err) &&
                    sqlite3_prepare_v2(db, question, -1, &stmt, NULL) == SQLITE_OK &&
                    sqlite3_step(stmt) == SQLITE_ROW;

    if (answered)
        assert_int_equal(sqlite3_column_int64(stmt, 0), answer);
    else if (db)
        vault_sqlite_error(db, &err);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    error_release(&err);
    return answered;
}

static void insert(sqlite3 *db, int from, int to)
{
    char sql[100];

    for (int i = from; i < to; i++) {
        snprintf(sql, sizeof(sql), "INSERT INTO t VALUES(%d, randomblob(3000))", i);
        kit_exec(db, sql);
    }
}

/* ---- a crash, whose way back is watched ---- */

struct crash {
    struct vault *v;
    uint8_t *main, *wal;
    size_t main_size, wal_size;
    int64_t answer;
};

/* Commits in the -wal file alone, which the anchor knows. */
static struct crash crash(const char *name)
{
    struct crash c = {.v = NULL};
    sqlite3 *db;

    fault_reset();
    c.v = kit_vault_on(fault_name(), name);
    snprintf(wal_path, sizeof(wal_path), "%s-wal", vault_path(c.v));
    db = kit_database(c.v, 0);
    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 2);
    kit_exec(db, "PRAGMA wal_checkpoint(RESTART)");
    insert(db, 2, 6);
    c.answer = kit_number(db, question);
    c.main = kit_read(vault_path(c.v), &c.main_size);
    c.wal = kit_read(wal_path, &c.wal_size);
    sqlite3_close(db);
    return c;
}

static void crash_again(const struct crash *c)
{
    kit_remove(vault_path(c->v));
    kit_write(vault_path(c->v), c->main, c->main_size);
    kit_write(wal_path, c->wal, c->wal_size);
}

static void crash_end(struct crash *c)
{
    fault_reset();
    vault_close(c->v);
    free(c->main);
    free(c->wal);
}

static struct {
    const struct crash *crash;
    int at, step;
    int64_t size;
} cutting;

static void cut_for_a_step(enum fault_op op, int file)
{
    (void)op;
    (void)file;
    if (cutting.step == cutting.at)
        assert_int_equal(truncate(wal_path, cutting.size), 0);
    if (cutting.step == cutting.at + 1)
        kit_write(wal_path, cutting.crash->wal, cutting.crash->wal_size);
    cutting.step++;
}

static void wal_cut_for_a_step(void **state)
{
    struct crash c = crash("cut");
    const int64_t sizes[] = {0, FORMAT_WAL_RECORDS, format_record_at(2)};
    unsigned modes[] = {0, VAULT_EXCLUSIVE};

    (void)state;
    for (int i = 0; i < 6; i++) {
        int steps = 1, answers = 0;

        for (int at = 0; at < steps; at++) {
            crash_again(&c);
            fault.counted = FAULT_EVERYTHING;
            cutting.crash = &c;
            cutting.at = at;
            cutting.step = 0;
            cutting.size = sizes[i % 3];
            fault.before = cut_for_a_step;
            answers += asked(c.v, modes[i / 3], c.answer);
            fault_reset();
            steps = cutting.step < 60 ? cutting.step : 60;
        }
        assert_true(steps > 20 && answers > 3);
    }
    crash_end(&c);
}

static void wal_of_any_size(void **state)
{
    struct crash c = crash("size");

    (void)state;
    for (int64_t k = 1; k < 8; k++) {
        crash_again(&c);
        fault.longer[FAULT_WAL] =
            (((int64_t)1 << 32) + k - format_records((int64_t)c.wal_size)) * FORMAT_WAL_RECORD;
        asked(c.v, 0, c.answer);
        fault_reset();
    }
    crash_end(&c);
}

/* SQLite takes a file without pages for a new one, and removes its WAL. */
static void file_of_any_size(void **state)
{
    struct crash c = crash("large");
    int64_t pages = format_pages((int64_t)c.main_size);

    (void)state;
    for (int64_t k = 0; k < 4; k++) {
        crash_again(&c);
        fault.longer[FAULT_MAIN] = format_size(((int64_t)1 << 32) + k) - format_size(pages);
        assert_true(asked(c.v, 0, c.answer));
        fault_reset();
    }
    crash_end(&c);
}

static void made_endless(void **state)
{
    const off_t terabyte = (off_t)1 << 40;
    struct crash c = crash("endless");
    struct error err = ERROR_INIT;

    (void)state;
    crash_again(&c);
    assert_int_equal(truncate(wal_path, terabyte), 0);
    assert_int_equal(truncate(vault_path(c.v), terabyte), 0);
    assert_true(vault_verify(c.v, NULL, NULL, &err)); /* as a killed checkpoint could leave it */
    assert_true(asked(c.v, 0, c.answer));             /* and is brought over */
    assert_int_equal(truncate(vault_path(c.v), terabyte), 0);
    assert_false(vault_verify(c.v, NULL, NULL, &err));
    assert_non_null(strstr(error_text(&err), "behind its last page"));
    assert_true(asked(c.v, VAULT_EXCLUSIVE, c.answer));
    error_release(&err);
    crash_end(&c);
}

/* ---- a record ---- */

static void put_record(const uint8_t *wal, uint64_t index)
{
    FILE *file = fopen(wal_path, "r+b");

    assert_non_null(file);
    assert_int_equal(fseek(file, (long)format_record_at((int64_t)index), SEEK_SET), 0);
    assert_int_equal(fwrite(wal + format_record_at((int64_t)index), 1, FORMAT_WAL_RECORD, file),
                     FORMAT_WAL_RECORD);
    fclose(file);
}

/* The same answer, or an error that says what is wrong. */
static bool refuses(sqlite3 *db, int64_t answer)
{
    int rc = kit_try(db, question);

    if (rc == SQLITE_OK)
        assert_int_equal(kit_number(db, question), answer);
    else
        assert_int_equal(rc, SQLITE_IOERR_DATA);
    return rc != SQLITE_OK;
}

/* Two days were lived from the same files. Records of the other day, one by one. */
static void record_of_another_day(void **state)
{
    struct crash c = crash("day");
    sqlite3 *db, *beside;
    uint8_t *other, *wal;
    size_t other_size, wal_size;
    int errors = 0, fresh = 0;

    (void)state;
    crash_again(&c);
    db = kit_database(c.v, 0);
    insert(db, 100, 104);
    other = kit_read(wal_path, &other_size);
    sqlite3_close(db);
    crash_again(&c);
    db = kit_database(c.v, 0);
    insert(db, 200, 204);
    kit_exec(db, "PRAGMA cache_size=0");
    beside = kit_database(c.v, 0);
    kit_exec(beside, "PRAGMA cache_size=0");
    c.answer = kit_number(beside, question);
    wal = kit_read(wal_path, &wal_size);
    assert_int_equal(wal_size, other_size);
    for (int64_t i = format_records((int64_t)c.wal_size); i < format_records((int64_t)wal_size);
         i++) {
        put_record(other, (uint64_t)i);
        errors += refuses(db, c.answer) + refuses(beside, c.answer);
        fresh += !asked(c.v, 0, c.answer); /* by who has read none of them yet */
        put_record(wal, (uint64_t)i);
    }
    /* Some are superseded, and nobody reads them; some say the same on both days. */
    assert_true(errors >= 8 && fresh >= 8);
    put_record(other, (uint64_t)format_records((int64_t)wal_size) - 1);
    assert_int_equal(kit_try(beside, "PRAGMA wal_checkpoint"), SQLITE_IOERR_DATA);
    put_record(wal, (uint64_t)format_records((int64_t)wal_size) - 1);
    assert_int_equal(kit_number(db, question), c.answer);
    sqlite3_close(beside);
    sqlite3_close(db);
    assert_true(vault_verify(c.v, NULL, NULL, NULL));
    free(other);
    free(wal);
    crash_end(&c);
}

/* ---- all of it ---- */

static void put_in_place(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    assert_int_equal(truncate(path, (off_t)size), 0);
}

/* SQLite would go on with what it has in memory, before what is older in the file. */
static void all_put_back(void **state)
{
    struct vault *v = kit_vault("all");
    sqlite3 *db = kit_database(v, 0);
    struct error err = ERROR_INIT;
    uint8_t *then;
    size_t size;

    (void)state;
    kit_exec(db, "CREATE TABLE t(i, b); CREATE TABLE u(i); INSERT INTO u VALUES(1)");
    insert(db, 0, 3);
    kit_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    then = kit_read(vault_path(v), &size);
    kit_exec(db, "UPDATE t SET i=i+1; UPDATE u SET i=2; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, question), 3006);
    put_in_place(vault_path(v), then, size);
    assert_false(vault_exec(db, "SELECT * FROM u", &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    assert_false(vault_exec(db, "INSERT INTO u VALUES(3)", &err));
    error_release(&err);
    sqlite3_close(db);
    free(then);
    vault_close(v);
}

static void commits_put_back(void **state)
{
    struct vault *v = kit_vault("commits");
    sqlite3 *db = kit_database(v, 0);
    struct error err = ERROR_INIT;
    uint8_t *main, *wal;
    size_t main_size, wal_size;
    char path[310];

    (void)state;
    snprintf(path, sizeof(path), "%s-wal", vault_path(v));
    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 3);
    main = kit_read(vault_path(v), &main_size);
    wal = kit_read(path, &wal_size);
    insert(db, 3, 6);
    put_in_place(vault_path(v), main, main_size);
    put_in_place(path, wal, wal_size);
    assert_false(vault_exec(db, "INSERT INTO t VALUES(9, 9)", &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    sqlite3_close(db);
    free(main);
    free(wal);
    vault_close(v);
}

/* ---- the WAL index ---- */

enum { SHM_HEAD = 136 };

static void shm_bytes(struct vault *v, uint8_t head[SHM_HEAD], const char *mode)
{
    char path[310];
    FILE *file;

    snprintf(path, sizeof(path), "%s-shm", vault_path(v));
    file = fopen(path, mode);
    assert_non_null(file);
    assert_int_equal(*mode == 'r' && !mode[1] ? fread(head, 1, SHM_HEAD, file)
                                              : fwrite(head, 1, SHM_HEAD, file),
                     SHM_HEAD);
    fclose(file);
}

static void index_set_back(void **state)
{
    struct vault *v = kit_vault("index");
    struct error err = ERROR_INIT;
    sqlite3 *db = kit_database(v, 0);
    uint8_t head[SHM_HEAD];

    (void)state;
    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 2);
    shm_bytes(v, head, "r");
    insert(db, 2, 5);
    shm_bytes(v, head, "r+");
    assert_int_equal(kit_number(db, question), 2001); /* that much it can do */
    assert_false(vault_exec(db, "INSERT INTO t VALUES(9, 9)", &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    assert_non_null(strstr(error_text(&err), "-shm"));
    error_release(&err);
    assert_false(vault_exec(db, "PRAGMA wal_checkpoint", &err));
    error_release(&err);
    sqlite3_close(db);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, question), 5010);
    insert(db, 5, 6);
    sqlite3_close(db);
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
}

/* ---- temporary files ---- */

/* The one that this process holds open and has no name. */
static int nameless_file(void)
{
    char link[32], target[300];
    ssize_t length;

    for (int fd = 3; fd < 64; fd++) {
        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        length = readlink(link, target, sizeof(target) - 1);
        target[length > 0 ? length : 0] = '\0';
        if (strstr(target, "(deleted)"))
            return fd;
    }
    return -1;
}

static void old_block_of_a_temporary_file(void **state)
{
    enum { SIZE = 60 * (FORMAT_PAGE + FORMAT_RESERVE) };
    struct vault *v = kit_vault("temp");
    sqlite3 *db = NULL;
    char *then = malloc(SIZE);
    int fd;

    (void)state;
    assert_int_equal(sqlite3_open_v2(vault_path(v), &db, SQLITE_OPEN_READWRITE, v->fs->name),
                     SQLITE_OK);
    kit_exec(db, "PRAGMA temp_store=FILE; PRAGMA temp.cache_size=5;"
                 "CREATE TEMP TABLE t(i INTEGER PRIMARY KEY, a);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<600)"
                 "INSERT INTO t SELECT i, zeroblob(600) FROM n");
    fd = nameless_file();
    assert_true(fd >= 0 && pread(fd, then, SIZE, 0) == SIZE);
    kit_exec(db, "UPDATE t SET a=randomblob(600)");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t WHERE a=zeroblob(600)"), 0);
    assert_int_equal(pwrite(fd, then, SIZE, 0), SIZE);
    assert_int_equal(kit_try(db, "SELECT count(*) FROM t WHERE a=zeroblob(600)"),
                     SQLITE_IOERR_DATA);
    free(then);
    sqlite3_close(db);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wal_cut_for_a_step),
        cmocka_unit_test(wal_of_any_size),
        cmocka_unit_test(file_of_any_size),
        cmocka_unit_test(made_endless),
        cmocka_unit_test(record_of_another_day),
        cmocka_unit_test(all_put_back),
        cmocka_unit_test(commits_put_back),
        cmocka_unit_test(index_set_back),
        cmocka_unit_test(old_block_of_a_temporary_file),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_live", tests, kit_begin, kit_end);
}
