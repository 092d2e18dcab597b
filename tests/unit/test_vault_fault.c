/* SPDX-License-Identifier: MIT */
/*
 * A disk that is full, fails or is busy, at every operation in turn, once or from there on: reads
 * and writes (in part), truncations, flushes, deletions, openings, locks, shared memory, names.
 * Whatever was acknowledged is there afterwards, nothing is half there, nobody cries damage, and
 * every error says that the surroundings failed. A read that comes short is a file that was cut,
 * for all that can be told: that one may be called damage, while it lasts.
 *
 * Each operation in the long run; some in the short one.
 */
#include "vault_fault.h"
#include "vault_kit.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { ROUNDS = 4, FOR_EVER = 1 << 30 };

static bool patient(void)
{
    return getenv("AMPARO_LONG");
}

/* Files are opened on that disk also to look at them: nobody waits for a real one then. */
static const struct vault_setup setup = {"fault", {1, KDF_KIB_MIN}};

/* ---- the C library, where the vault uses it: it fails when told to, with fault.code's errno ----
 */

int __wrap_fsync(int fd);
ssize_t __real_pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags);
int __wrap_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags);

static bool strikes(enum fault_op op)
{
    errno = fault.code == SQLITE_FULL ? ENOSPC : EIO;
    return fault_strikes(op, FAULT_MAIN);
}

/* The disk is not made to wait. */
int __wrap_fsync(int fd)
{
    (void)fd;
    return strikes(FAULT_SYNC) ? -1 : 0;
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    if (!strikes(FAULT_WRITE))
        return __real_pwrite(fd, bytes, size, at);
    return fault.quarters ? __real_pwrite(fd, bytes, size / 4, at) : -1;
}

int __wrap_rename(const char *from, const char *to)
{
    return strikes(FAULT_NAME) ? -1 : __real_rename(from, to);
}

int __wrap_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    return strikes(FAULT_NAME) ? -1 : __real_renameat2(from_fd, from, to_fd, to, flags);
}

/* ---- what is done while the disk fails ---- */

struct trial {
    const char *job, *weather;
    int64_t at;
    bool cut; /* reads come short */
    struct vault *v;
    char path[300];
    int commits; /* acknowledged */
    bool done;   /* the rest of it acknowledged */
};

static void fail_trial(const struct trial *t, const char *why)
{
    fail_msg("%s, %s, operation %lld: %s", t->job, t->weather, (long long)t->at, why);
}

/* The surroundings failed, and nothing else. */
static void check_error(const struct trial *t, struct error *err)
{
    if (err->kind != ERROR_FAILED && !(t->cut && err->kind == ERROR_VAULT))
        fail_trial(t, error_text(err));
    error_release(err);
}

static bool run(const struct trial *t, sqlite3 *db, const char *sql)
{
    struct error err = ERROR_INIT;
    bool fine = vault_exec(db, sql, &err);

    if (!fine)
        check_error(t, &err);
    return fine;
}

static sqlite3 *open_for(struct trial *t, unsigned flags)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;

    if (!vault_open(t->v, flags, &db, &err))
        check_error(t, &err);
    return db;
}

/* Commits, some larger than the cache, with checkpoints. */
static void work(struct trial *t, unsigned flags)
{
    static const char *const after[ROUNDS] = {"", "PRAGMA wal_checkpoint(RESTART)", "",
                                              "PRAGMA wal_checkpoint(TRUNCATE)"};
    sqlite3 *db = open_for(t, flags);
    char sql[400];

    for (int i = 0; db && i < ROUNDS; i++) {
        snprintf(sql, sizeof(sql),
                 "BEGIN IMMEDIATE; UPDATE n SET v=%d; SAVEPOINT s;"
                 "INSERT INTO t SELECT %d, randomblob(3000) FROM seven;"
                 "UPDATE t SET b=randomblob(2900) WHERE a=%d; ROLLBACK TO s;"
                 "INSERT INTO t SELECT %d, randomblob(900) FROM seven; COMMIT",
                 i + 1, i + 100, i + 100, i + 1);
        if (i == 0)
            run(t, db, "PRAGMA cache_size=10");
        if (run(t, db, sql))
            t->commits = i + 1;
        else
            kit_try(db, "ROLLBACK");
        run(t, db, after[i]);
        /* What is in the cache need not be read. */
        sqlite3_db_release_memory(db);
        run(t, db, "SELECT sum(length(b)) FROM t");
    }
    sqlite3_close(db);
}

static void commit_shared(struct trial *t)
{
    work(t, 0);
}

static void commit_alone(struct trial *t)
{
    work(t, VAULT_EXCLUSIVE);
}

static void add_slot(struct trial *t)
{
    struct error err = ERROR_INIT;
    uint8_t pk[VAULT_SIGN_PK];

    t->done = vault_add_slot(t->v, "second", 6, pk, &err);
    if (!t->done)
        check_error(t, &err);
}

static void back_up(struct trial *t)
{
    struct error err = ERROR_INIT;

    t->done = vault_backup(t->v, kit_path("copy"), NULL, NULL, &err);
    if (!t->done)
        check_error(t, &err);
}

static void new_key(struct trial *t)
{
    struct error err = ERROR_INIT;

    t->done = vault_rekey(t->v, NULL, NULL, NULL, &err);
    if (!t->done)
        check_error(t, &err);
}

static void verify(struct trial *t)
{
    struct error err = ERROR_INIT;

    t->done = vault_verify(t->v, NULL, NULL, &err);
    if (!t->done)
        check_error(t, &err);
}

static void create(struct trial *t)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = NULL;

    t->done = vault_create_with(&setup, kit_path("copy"), "second", 6, &v, &recovery, &err);
    if (!t->done)
        check_error(t, &err);
    buf_release(&recovery);
    vault_close(v);
}

static void unlock(struct trial *t)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    t->done = vault_unlock_with(&setup, t->path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err);
    if (!t->done)
        check_error(t, &err);
    vault_close(v);
}

/* ---- and how it must be afterwards ---- */

static struct vault *opens(const struct trial *t, const char *path, const char *passphrase,
                           bool must)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    if (!vault_unlock_with(&setup, path, passphrase, strlen(passphrase), -1, &v, &err) && must)
        fail_trial(t, error_text(&err));
    error_release(&err);
    return v;
}

static void whole(const struct trial *t, struct vault *v)
{
    struct error err = ERROR_INIT;

    if (!vault_verify(v, NULL, NULL, &err))
        fail_trial(t, error_text(&err));
}

/* The state is that of one whole commit, not before those acknowledged. */
static void check_commits(const struct trial *t)
{
    struct vault *v = opens(t, t->path, PASSPHRASE, true);
    sqlite3 *db = kit_database(v, 0);

    if (kit_number(db, "SELECT v FROM n") < t->commits)
        fail_trial(t, "acknowledged and lost");
    if (kit_number(db, "SELECT count(*) FROM (SELECT a, count(*) AS c FROM t GROUP BY a) WHERE "
                       "c<>7 OR a>100"))
        fail_trial(t, "half a commit");
    if (!kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check"))
        fail_trial(t, "malformed");
    kit_exec(db, "INSERT INTO seven VALUES(8); DELETE FROM seven WHERE i=8");
    sqlite3_close(db);
    whole(t, v);
    vault_close(v);
}

static void check_slot(const struct trial *t)
{
    vault_close(opens(t, t->path, "second", t->done));
    check_commits(t);
}

/* The new file is whole, or there is none; nor is anything else left lying. */
static void check_copy(const struct trial *t, const char *passphrase)
{
    glob_t found = {0};

    glob(kit_path("copy*"), 0, NULL, &found);
    if (found.gl_pathc != t->done)
        fail_trial(t, found.gl_pathc ? found.gl_pathv[found.gl_pathc - 1] : "no file");
    globfree(&found);
    if (t->done) {
        struct error err = ERROR_INIT;
        struct vault *v = opens(t, kit_path("copy"), passphrase, true);
        sqlite3 *db = NULL;
        if (!vault_open(v, 0, &db, &err))
            fail_trial(t, error_text(&err));
        sqlite3_close(db);
        whole(t, v);
        vault_close(v);
    }
    check_commits(t);
}

static void check_backup(const struct trial *t)
{
    check_copy(t, PASSPHRASE);
}

static void check_created(const struct trial *t)
{
    check_copy(t, "second");
}

/* One of two files whole at the path, and nothing else there once it was opened. */
static void check_key(const struct trial *t)
{
    glob_t found = {0};
    char pattern[310];

    check_commits(t);
    snprintf(pattern, sizeof(pattern), "%s*", t->path);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    if (found.gl_pathc != 1)
        fail_trial(t, found.gl_pathv[1]);
    globfree(&found);
}

static void check_verify(const struct trial *t)
{
    check_commits(t);
}

/* ---- every operation in turn ---- */

static const struct job {
    const char *name;
    void (*run)(struct trial *t);
    void (*check)(const struct trial *t);
} jobs[] = {
    {"commits", commit_shared, check_commits}, {"exclusive", commit_alone, check_commits},
    {"officer", add_slot, check_slot},         {"backup", back_up, check_backup},
    {"new key", new_key, check_key},           {"creation", create, check_created},
    {"unlocking", unlock, check_commits},      {"verify", verify, check_verify},
};

static const struct weather {
    const char *name;
    unsigned counted;
    int code, quarters;
} weathers[] = {
    {"failing disk", FAULT_EVERYTHING, 0, 2},
    {"full disk", 1u << FAULT_WRITE | 1u << FAULT_TRUNCATE | 1u << FAULT_SHM_MAP, SQLITE_FULL, 1},
    {"busy", 1u << FAULT_LOCK | 1u << FAULT_SHM_LOCK, SQLITE_BUSY, 0},
    {"short reads", 1u << FAULT_READ, SQLITE_IOERR_SHORT_READ, 1},
    {"no memory", 1u << FAULT_OPEN | 1u << FAULT_SHM_MAP, SQLITE_NOMEM, 0},
};

static void fill(struct vault *v)
{
    sqlite3 *db = kit_database(v, 0);

    kit_exec(db, "CREATE TABLE t(a, b); CREATE TABLE n(v); INSERT INTO n VALUES(0);"
                 "CREATE TABLE seven(i); INSERT INTO seven VALUES(1),(2),(3),(4),(5),(6),(7)");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static long trials;

/* Fails from operation `at` on, in a copy of the file; returns how many operations there were. */
static int64_t try_at(const struct job *job, const struct weather *w, int64_t at, int failures,
                      const uint8_t *bytes, size_t size)
{
    struct trial t = {.job = job->name, .weather = w->name, .at = at};
    int64_t count;

    t.cut = w->code == SQLITE_IOERR_SHORT_READ;
    snprintf(t.path, sizeof(t.path), "%s", kit_path("file"));
    kit_remove(t.path);
    kit_remove(kit_path("copy"));
    kit_write(t.path, bytes, size);
    assert_true(vault_unlock_with(&setup, t.path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &t.v, NULL));
    fault.counted = w->counted;
    fault.count = 0;
    fault.fail_at = at;
    fault.failures = failures;
    fault.code = w->code;
    fault.quarters = w->quarters;
    job->run(&t);
    count = fault.count;
    fault_reset();
    vault_close(t.v);
    job->check(&t);
    trials++;
    return count;
}

static void each_operation(const struct job *job)
{
    struct vault *v;
    uint8_t *bytes;
    size_t size;

    fault_reset();
    v = kit_vault_on(fault_name(), "file");
    fill(v);
    vault_close(v);
    bytes = kit_read(kit_path("file"), &size);
    for (size_t i = 0; i < ARRAY_SIZE(weathers); i++) {
        const struct weather *w = &weathers[i];
        /* First none fails, and they are counted. */
        int64_t total = try_at(job, w, -1, 0, bytes, size);
        for (int64_t at = 0; patient() && at < total; at++) {
            try_at(job, w, at, 1, bytes, size);
            try_at(job, w, at, FOR_EVER, bytes, size);
        }
        if (!patient() && total > 0) {
            try_at(job, w, total / 3, 1, bytes, size);
            try_at(job, w, total * 2 / 3, FOR_EVER, bytes, size);
        }
    }
    free(bytes);
}

static void commits_shared(void **state)
{
    (void)state;
    each_operation(&jobs[0]);
}

static void commits_alone(void **state)
{
    (void)state;
    each_operation(&jobs[1]);
}

static void officers(void **state)
{
    (void)state;
    each_operation(&jobs[2]);
}

static void backups(void **state)
{
    (void)state;
    each_operation(&jobs[3]);
}

static void new_keys(void **state)
{
    (void)state;
    each_operation(&jobs[4]);
}

static void creations(void **state)
{
    (void)state;
    each_operation(&jobs[5]);
}

static void unlockings(void **state)
{
    (void)state;
    each_operation(&jobs[6]);
}

static void verifyings(void **state)
{
    (void)state;
    each_operation(&jobs[7]);
    print_message("# operations failed: %ld; lost, half there, false alarms: 0\n", trials);
}

static void full_disk_says_so(void **state)
{
    struct error err = ERROR_INIT;
    struct vault *v;
    sqlite3 *db;

    (void)state;
    fault_reset();
    v = kit_vault_on(fault_name(), "says");
    fill(v);
    db = kit_database(v, 0);
    fault.fail_at = fault.count;
    fault.failures = FOR_EVER;
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
        cmocka_unit_test(commits_shared),    cmocka_unit_test(commits_alone),
        cmocka_unit_test(officers),          cmocka_unit_test(backups),
        cmocka_unit_test(new_keys),          cmocka_unit_test(creations),
        cmocka_unit_test(unlockings),        cmocka_unit_test(verifyings),
        cmocka_unit_test(full_disk_says_so),
    };

    vault_prepare();
    fault_name();
    fault_never_sleep();
    return cmocka_run_group_tests_name("vault_fault", tests, kit_begin, kit_end);
}
