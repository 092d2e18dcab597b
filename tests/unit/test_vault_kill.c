/* SPDX-License-Identifier: MIT */
/*
 * Processes killed by kill -9, round after round: what was acknowledged is there, nothing is half
 * there, and nobody cries damage; not in the mode NORMAL either, where only a loss of power may
 * take the last commits. Two rounds of three a process kills itself at some operation on the disk,
 * a write being cut short there; the third a timer kills it wherever it may be. Only each second
 * time the file is looked at: otherwise the next process is killed over what the last one left.
 *
 * 10,000 rounds in the long run.
 */
#include "vault_fault.h"
#include "vault_kit.h"

#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WRITERS = 4, ENDED = 1, LOST = 9 };

/* In memory that parent and children share: written after each acknowledgement. */
struct promise {
    volatile int commits[WRITERS];
    volatile int slots, copies, passphrase;
    volatile bool started;
    volatile bool lit; /* the first of several writers is dead */
    char said[200];    /* by a child that could not go on */
};

static struct promise *promised;
static long rounds, acknowledged;

struct mode {
    const char *name;
    int share; /* of each hundred rounds */
    unsigned flags;
    int writers;
    int span; /* operations within which a process kills itself */
    const char *pragmas;
    const char *commit;  /* within a transaction, after the writer's number has been counted up */
    const char *between; /* transactions, each `every` commits */
    int every;
};

#define ROWS(bytes)                                                                                \
    "INSERT INTO t SELECT who, v, hex(randomblob(" #bytes ")) FROM n, seven WHERE who=?1;"

static const struct mode modes[] = {
    {"full", 8, 0, 1, 60, "PRAGMA wal_autocheckpoint=8", ROWS(300), "", 1},
    {"normal", 9, 0, 1, 60, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8", ROWS(300), "",
     1},
    {"cache spill", 9, 0, 1, 200, "PRAGMA cache_size=5; PRAGMA wal_autocheckpoint=40", ROWS(2000),
     "", 1},
    {"savepoints", 9, 0, 1, 200, "PRAGMA cache_size=5; PRAGMA wal_autocheckpoint=40",
     "SAVEPOINT s; DELETE FROM t;" ROWS(2000) "ROLLBACK TO s;" ROWS(300), "", 1},
    {"passive checkpoints", 6, 0, 1, 60, "PRAGMA wal_autocheckpoint=0", ROWS(300),
     "PRAGMA wal_checkpoint(PASSIVE)", 2},
    {"full checkpoints", 6, 0, 1, 60, "PRAGMA wal_autocheckpoint=0", ROWS(300),
     "PRAGMA wal_checkpoint(FULL)", 2},
    {"restarting checkpoints", 6, 0, 1, 60, "PRAGMA wal_autocheckpoint=0", ROWS(300),
     "PRAGMA wal_checkpoint(RESTART)", 2},
    {"truncating checkpoints", 6, 0, 1, 60, "PRAGMA wal_autocheckpoint=0", ROWS(300),
     "PRAGMA wal_checkpoint(TRUNCATE)", 2},
    {"vacuum", 6, 0, 1, 150, "PRAGMA cache_size=10", ROWS(300), "VACUUM", 3},
    {"exclusive", 8, VAULT_EXCLUSIVE, 1, 100, "PRAGMA wal_autocheckpoint=8", ROWS(300), "", 1},
    {"exclusive, all at once", 8, VAULT_EXCLUSIVE, 1, 200,
     "PRAGMA cache_size=5; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=30",
     "SAVEPOINT s; DELETE FROM t;" ROWS(2000) "ROLLBACK TO s;" ROWS(300),
     "PRAGMA wal_checkpoint(TRUNCATE); VACUUM", 5},
    {"several processes", 8, 0, 3, 100, "PRAGMA wal_autocheckpoint=12", ROWS(300), "", 1},
};

/* Rounds: 200 in all, or 10,000. */
static int share(int per_hundred)
{
    return (getenv("AMPARO_LONG") ? 100 : 2) * per_hundred;
}

/* ---- in a child ---- */

/* It will be killed, by itself or by a timer. */
static void light_fuse(int round, int span)
{
    if (round % 3) {
        fault.code = FAULT_KILL;
        fault.quarters = (int)random() % 4;
        fault.failures = 1;
        fault.fail_at = fault.count + random() % span;
    } else {
        struct sigevent kill_me = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
        struct itimerspec in = {.it_value = {0, 1 + random() % 8000000}};
        timer_t timer;

        if (timer_create(CLOCK_MONOTONIC, &kill_me, &timer) != 0 ||
            timer_settime(timer, 0, &in, NULL) != 0)
            _exit(ENDED);
    }
}

/* Runs statements whose ?1 is the writer. */
static bool run(sqlite3 *db, const char *sql, int who)
{
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && *sql) {
        sqlite3_stmt *stmt = NULL;
        rc = sqlite3_prepare_v2(db, sql, -1, &stmt, &sql);
        if (rc != SQLITE_OK || !stmt)
            break;
        if (sqlite3_bind_parameter_count(stmt))
            sqlite3_bind_int(stmt, 1, who);
        while (sqlite3_step(stmt) == SQLITE_ROW)
            ;
        rc = sqlite3_finalize(stmt);
    }
    return rc == SQLITE_OK;
}

static int64_t number(sqlite3 *db, const char *sql, int who)
{
    sqlite3_stmt *row = NULL;
    int64_t n = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK) {
        sqlite3_bind_int(row, 1, who);
        if (sqlite3_step(row) == SQLITE_ROW)
            n = sqlite3_column_int64(row, 0);
    }
    sqlite3_finalize(row);
    return n;
}

/* Ends the child: something failed that may not. */
static void give_up(sqlite3 *db)
{
    struct error err = ERROR_INIT;

    if (db)
        vault_sqlite_error(db, &err);
    snprintf(promised->said, sizeof(promised->said), "%s", error_text(&err));
    _exit(ENDED);
}

static void commit_forever(struct vault *v, const struct mode *m, int who)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    int64_t n;

    if (!vault_open(v, m->flags, &db, &err)) {
        snprintf(promised->said, sizeof(promised->said), "%s", error_text(&err));
        _exit(ENDED);
    }
    if (!run(db, m->pragmas, who))
        give_up(db);
    n = number(db, "SELECT v FROM n WHERE who=?1", who);
    if (n != promised->commits[who] && n != promised->commits[who] + 1)
        _exit(LOST);
    promised->commits[who] = (int)n; /* what was read must stay */
    for (int i = 1;; i++) {
        if (!run(db,
                 "BEGIN IMMEDIATE; UPDATE n SET v=v+1 WHERE who=?1; DELETE FROM t WHERE who=?1 AND "
                 "i < (SELECT v-3 FROM n WHERE who=?1);",
                 who) ||
            !run(db, m->commit, who) || !run(db, "COMMIT", who))
            give_up(db);
        promised->commits[who] = (int)n + i;
        /* Of a checkpoint BUSY may be said. */
        if (i % m->every == 0)
            run(db, m->between, who);
        /* The other writers go on for a while when one of them has died. */
        if (who && promised->lit && fault.fail_at < 0)
            light_fuse(1, m->span);
    }
}

static void add_slots(struct vault *v)
{
    uint8_t pk[VAULT_SIGN_PK];

    while (vault_add_slot(v, &"0123456789"[promised->slots + 1], 1, pk, NULL))
        promised->slots++;
    kill(getpid(), SIGKILL); /* all places are taken */
}

static const char *const passphrases[] = {PASSPHRASE, "another passphrase"};

static void change_forever(struct vault *v)
{
    for (;;) {
        const char *old = passphrases[promised->passphrase % 2],
                   *new = passphrases[(promised->passphrase + 1) % 2];
        if (!vault_set_passphrase(v, old, strlen(old), new, strlen(new), NULL))
            _exit(ENDED);
        promised->passphrase++;
    }
}

/* A commit under each key. */
static void rekey_forever(struct vault *v)
{
    for (;;) {
        struct error err = ERROR_INIT;
        sqlite3 *db = NULL;
        if (!vault_open(v, 0, &db, &err) || !run(db,
                                                 "BEGIN IMMEDIATE; UPDATE n SET v=v+1 WHERE who=?1;"
                                                 "DELETE FROM t;" ROWS(300) "COMMIT",
                                                 0))
            give_up(db);
        promised->commits[0] = (int)number(db, "SELECT v FROM n WHERE who=?1", 0);
        sqlite3_close(db);
        if (!vault_rekey(v, NULL, NULL, NULL, &err)) {
            snprintf(promised->said, sizeof(promised->said), "%s", error_text(&err));
            _exit(ENDED);
        }
        promised->copies++;
    }
}

static void copy_forever(struct vault *v)
{
    char name[40];

    for (;;) {
        snprintf(name, sizeof(name), "copy-%d", promised->copies + 1);
        if (!vault_backup(v, kit_path(name), NULL, NULL, NULL))
            _exit(ENDED);
        promised->copies++;
    }
}

/* ---- in the parent ---- */

static void reap(pid_t child, const char *name)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == LOST)
        fail_msg("%s, round %ld: acknowledged and lost", name, rounds);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        fail_msg("%s, round %ld: the child ended by itself: %s", name, rounds, promised->said);
}

static void verify(struct vault *v, const char *name)
{
    struct error err = ERROR_INIT;

    if (!vault_verify(v, NULL, NULL, &err))
        fail_msg("%s, round %ld: %s", name, rounds, error_text(&err));
}

static void check_commits(struct vault *v, const struct mode *m)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;

    if (!vault_open(v, 0, &db, &err))
        fail_msg("%s, round %ld: %s", m->name, rounds, error_text(&err));
    for (int who = 0; who < m->writers; who++) {
        int64_t n = number(db, "SELECT v FROM n WHERE who=?1", who);
        if (n != promised->commits[who] && n != promised->commits[who] + 1)
            fail_msg("%s, round %ld: %d commits acknowledged, %d there", m->name, rounds,
                     promised->commits[who], (int)n);
        promised->commits[who] = (int)n;
    }
    if (kit_number(db, "SELECT count(*) FROM (SELECT count(*) AS c FROM t GROUP BY who, i) "
                       "WHERE c<>7") ||
        kit_number(db, "SELECT count(*) FROM n WHERE v>0 AND v<>(SELECT max(i) FROM t WHERE "
                       "t.who=n.who)"))
        fail_msg("%s, round %ld: half a commit", m->name, rounds);
    if (!kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check"))
        fail_msg("%s, round %ld: malformed", m->name, rounds);
    sqlite3_close(db);
    verify(v, m->name);
}

static struct vault *make(const char *name)
{
    struct vault *v;
    sqlite3 *db;

    fault_reset();
    memset(promised, 0, sizeof(*promised));
    v = kit_vault_on(fault_name(), name);
    db = kit_database(v, 0);
    kit_exec(db, "CREATE TABLE t(who, i, b); CREATE TABLE n(who, v);"
                 "INSERT INTO n VALUES(0,0),(1,0),(2,0),(3,0);"
                 "CREATE TABLE seven(i); INSERT INTO seven VALUES(1),(2),(3),(4),(5),(6),(7)");
    sqlite3_close(db);
    return v;
}

static void round_of(struct vault *v, const struct mode *m, int round)
{
    pid_t child[WRITERS];

    promised->lit = false;
    for (int who = 0; who < m->writers; who++) {
        srandom((unsigned)(round * WRITERS + who));
        child[who] = fork();
        assert_true(child[who] >= 0);
        if (child[who] == 0) {
            if (who == 0)
                light_fuse(round, m->span);
            commit_forever(v, m, who);
        }
    }
    for (int who = 0; who < m->writers; who++) {
        reap(child[who], m->name);
        promised->lit = true;
    }
    if (round % 2)
        check_commits(v, m);
    rounds++;
}

static void commits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        struct vault *v = make("kill");
        for (int round = 0; round < share(modes[i].share); round++)
            round_of(v, &modes[i], round);
        for (int who = 0; who < WRITERS; who++)
            acknowledged += promised->commits[who];
        vault_close(v);
    }
}

static void slots(void **state)
{
    struct vault *v = make("slots");
    struct error err = ERROR_INIT;
    size_t size;
    uint8_t *before = kit_read(vault_path(v), &size);
    char path[300];
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    for (int round = 0; round < share(4); round++, rounds++) {
        struct vault *after = NULL;
        pid_t child;

        kit_remove(path);
        kit_write(path, before, size);
        promised->slots = 0;
        srandom((unsigned)round);
        child = fork();
        if (child == 0) {
            light_fuse(1 + round % 2, 12);
            add_slots(v);
        }
        reap(child, "slots");
        if (!vault_unlock_with(&kit_cheap, path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &after, &err))
            fail_msg("slots, round %d: %s", round, error_text(&err));
        assert_in_range(vault_slot_count(after), 1 + promised->slots, 2 + promised->slots);
        sqlite3_close(kit_database(after, 0));
        verify(after, "slots");
        vault_close(after);
        for (int slot = 1; slot <= promised->slots; slot++) {
            if (!vault_unlock_with(&kit_cheap, path, &"0123456789"[slot], 1, slot, &after, &err))
                fail_msg("slots, round %d: %s", round, error_text(&err));
            vault_close(after);
        }
        acknowledged += promised->slots;
    }
    free(before);
    vault_close(v);
}

static struct vault *try_unlock(const char *path, const char *passphrase, struct error *err)
{
    struct vault_setup setup = {fault_name(), kit_cheap.cost};
    struct vault *v = NULL;

    vault_unlock_with(&setup, path, passphrase, strlen(passphrase), 0, &v, err);
    return v;
}

/* The passphrase that was acknowledged opens, or the one that was being written then. */
static void passphrases_changed(void **state)
{
    struct vault *v = make("changed");
    (void)state;

    for (int round = 0; round < share(1); round++, rounds++) {
        struct error err = ERROR_INIT;
        char path[300];
        pid_t child;

        srandom((unsigned)round);
        child = fork();
        if (child == 0) {
            light_fuse(1 + round % 2, 12);
            change_forever(v);
        }
        reap(child, "passphrases");
        snprintf(path, sizeof(path), "%s", vault_path(v));
        vault_close(v);
        v = try_unlock(path, passphrases[promised->passphrase % 2], &err);
        if (!v)
            v = try_unlock(path, passphrases[++promised->passphrase % 2], &err);
        if (!v)
            fail_msg("passphrases, round %d: %s", round, error_text(&err));
        error_release(&err);
        sqlite3_close(kit_database(v, 0));
        verify(v, "passphrases");
    }
    acknowledged += promised->passphrase;
    vault_close(v);
}

/* One whole file at the path, with one key or the next, and nothing left beside it. */
static void new_keys(void **state)
{
    struct vault *v = make("rekey");
    (void)state;

    for (int round = 0; round < share(2); round++, rounds++) {
        struct error err = ERROR_INIT;
        char path[300];
        glob_t found = {0};
        pid_t child;

        srandom((unsigned)round);
        child = fork();
        if (child == 0) {
            light_fuse(round, 250);
            rekey_forever(v);
        }
        reap(child, "new keys");
        snprintf(path, sizeof(path), "%s", vault_path(v));
        vault_close(v);
        v = try_unlock(path, PASSPHRASE, &err);
        if (!v)
            fail_msg("new keys, round %d: %s", round, error_text(&err));
        check_commits(v, &modes[0]);
        assert_int_equal(glob(kit_path("rekey*"), 0, NULL, &found), 0);
        if (found.gl_pathc != 1)
            fail_msg("new keys, round %d: %s is left", round, found.gl_pathv[1]);
        globfree(&found);
    }
    acknowledged += promised->commits[0] + promised->copies;
    vault_close(v);
}

/* A backup that has its name is whole, whether the call came to its end or not. */
static void copies(void **state)
{
    struct vault *v = make("origin");
    (void)state;

    for (int round = 0; round < share(3); round++, rounds++) {
        pid_t child;

        promised->copies = 0;
        srandom((unsigned)round);
        child = fork();
        if (child == 0) {
            light_fuse(1 + round % 2, 120);
            copy_forever(v);
        }
        reap(child, "copies");
        for (int i = 1; i <= promised->copies + 1; i++) {
            char name[40];
            snprintf(name, sizeof(name), "copy-%d", i);
            if (access(kit_path(name), F_OK) == 0) {
                struct vault *copy = kit_unlock(name);
                sqlite3 *db = kit_database(copy, 0);
                assert_int_equal(kit_number(db, "SELECT count(*) FROM n"), WRITERS);
                sqlite3_close(db);
                verify(copy, "copies");
                vault_close(copy);
                kit_remove(kit_path(name));
            } else {
                assert_true(i > promised->copies);
            }
        }
        acknowledged += promised->copies;
    }
    verify(v, "copies");
    vault_close(v);
}

/* A file that was half made lets nobody in, or is whole. */
static void creation(void **state)
{
    (void)state;
    for (int round = 0; round < share(1); round++, rounds++) {
        struct error err = ERROR_INIT;
        struct buf recovery = BUF_INIT;
        struct vault *v = NULL;
        struct vault_setup setup = {fault_name(), kit_cheap.cost};
        char path[300];
        pid_t child;

        snprintf(path, sizeof(path), "%s", kit_path("new"));
        kit_remove(path);
        fault_reset();
        srandom((unsigned)round);
        promised->copies = 0;
        child = fork();
        if (child == 0) {
            light_fuse(1, 16);
            promised->copies =
                vault_create_with(&setup, path, PASSPHRASE, PASSPHRASE_LENGTH, &v, &recovery, &err);
            kill(getpid(), SIGKILL);
        }
        reap(child, "creation");
        if (vault_unlock_with(&kit_cheap, path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err)) {
            sqlite3 *db = NULL;
            bool opened = vault_open(v, 0, &db, &err);
            assert_true(opened || !promised->copies);
            if (opened)
                kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
            sqlite3_close(db);
            if (opened)
                verify(v, "creation");
            vault_close(v);
        } else {
            assert_false(promised->copies);
        }
        acknowledged += promised->copies;
        error_release(&err);
    }
}

static void counted(void **state)
{
    (void)state;
    print_message("# killed %ld times; acknowledged: %ld; lost, half there or corrupt: 0\n", rounds,
                  acknowledged);
    assert_true(!getenv("AMPARO_LONG") || rounds >= 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits),  cmocka_unit_test(slots),  cmocka_unit_test(passphrases_changed),
        cmocka_unit_test(new_keys), cmocka_unit_test(copies), cmocka_unit_test(creation),
        cmocka_unit_test(counted),
    };

    vault_prepare();
    promised =
        mmap(NULL, sizeof(*promised), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (promised == MAP_FAILED)
        return 1;
    return cmocka_run_group_tests_name("vault_kill", tests, kit_begin, kit_end);
}
