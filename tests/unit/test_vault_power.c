/* SPDX-License-Identifier: MIT */
/*
 * The power fails at any moment: every commit that was acknowledged is there afterwards, none is
 * half there, and nobody cries damage. In the mode NORMAL the last ones may be gone, back to the
 * last flush of the WAL. The control is SQLite itself, on the same disk with the same work: what it
 * loses is not the vault's doing, but the vault must not be worse.
 *
 * What the control is known to lose (the version is printed):
 *   A transaction larger than its cache and taken back to a savepoint: that commit and all behind
 *   it, or the whole file (see savepoint_taken_back in test_vault_many.c). The vault mends it.
 *   With POWER_NEIGHBOURS, commits that were flushed: the next one begins in the same block.
 */
#include "vault_fault.h"
#include "vault_kit.h"
#include "vault_power.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEPS = 40 };

/* Steps that are no SQL. */
static const char reopen[] = "reopen", slot[] = "slot", commit[] = "commit",
                  large[] = "commit, larger than the cache",
                  taken_back[] = "commit, after going back to a savepoint";

struct course {
    const char *name;
    unsigned flags;
    const char *pragmas;
    const char *steps[STEPS];
};

#define FULL "PRAGMA synchronous=FULL; PRAGMA cache_size=5"
#define NORMAL "PRAGMA synchronous=NORMAL; PRAGMA cache_size=5"
#define CHECKPOINTS                                                                                \
    commit, "PRAGMA wal_checkpoint(PASSIVE)", commit, commit, "PRAGMA wal_checkpoint(FULL)",       \
        commit, "PRAGMA wal_checkpoint(RESTART)", commit, commit,                                  \
        "PRAGMA wal_checkpoint(TRUNCATE)", commit, large, commit

static const struct course courses[] = {
    {"full", 0, FULL, {CHECKPOINTS}},
    {"normal", 0, NORMAL, {CHECKPOINTS}},
    {"exclusive", VAULT_EXCLUSIVE, FULL, {CHECKPOINTS}},
    {"exclusive, normal", VAULT_EXCLUSIVE, NORMAL, {CHECKPOINTS}},
    {"automatic checkpoints",
     0,
     FULL "; PRAGMA wal_autocheckpoint=6",
     {commit, commit, commit, large, commit, commit, commit, commit}},
    {"closed and opened", 0, FULL, {commit, reopen, commit, reopen, large, commit, reopen, commit}},
    {"vacuum",
     0,
     FULL,
     {large, commit, "VACUUM", commit, "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", commit, reopen,
      commit}},
};
static const struct course savepoints[] = {
    {"savepoints",
     0,
     FULL,
     {taken_back, taken_back, commit, "PRAGMA wal_checkpoint(RESTART)", taken_back, large,
      taken_back}},
    {"savepoints, exclusive",
     VAULT_EXCLUSIVE,
     FULL,
     {taken_back, commit, taken_back, "PRAGMA wal_checkpoint", taken_back, commit}},
};
static const struct course officers = {"officers",
                                       0,
                                       FULL,
                                       {slot, commit, slot, "PRAGMA wal_checkpoint(RESTART)",
                                        commit, slot, slot, commit, reopen, slot}};

/* One file: a vault's, or for the control SQLite's own. */
struct subject {
    bool control;
    struct vault *v; /* while the work goes on */
    char path[300];
};

/* What was promised, and from which operation of the log on. */
struct promises {
    int commit_at[STEPS], commits;
    int slot_at[STEPS], slots;
};

/* Of the control; what is wrong with it shows at the first statement. */
static sqlite3 *control_open(const struct subject *s, unsigned flags)
{
    sqlite3 *db = NULL;

    assert_int_equal(
        sqlite3_open_v2(s->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, fault_name()),
        SQLITE_OK);
    if (flags & VAULT_EXCLUSIVE)
        kit_try(db, "PRAGMA locking_mode=EXCLUSIVE");
    kit_try(db, "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON");
    return db;
}

static sqlite3 *subject_open(struct subject *s, unsigned flags)
{
    return s->control ? control_open(s, flags) : kit_database(s->v, flags);
}

static struct subject subject_new(bool control)
{
    struct subject s = {.control = control};
    sqlite3 *db;

    fault_reset();
    snprintf(s.path, sizeof(s.path), "%s", kit_path(control ? "control" : "power"));
    kit_remove(s.path);
    if (!control)
        s.v = kit_vault_on(fault_name(), "power");
    db = subject_open(&s, 0);
    assert_int_equal(kit_try(db, "CREATE TABLE t(a, b); CREATE TABLE n(v); INSERT INTO n VALUES(0);"
                                 "CREATE TABLE seven(i); INSERT INTO seven "
                                 "VALUES(1),(2),(3),(4),(5),(6),(7)"),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return s;
}

static void commit_one(sqlite3 *db, const char *how, int i)
{
    char sql[500];

    snprintf(sql, sizeof(sql),
             "BEGIN IMMEDIATE; UPDATE n SET v=%d; DELETE FROM t WHERE a<%d; %s"
             "INSERT INTO t SELECT %d, randomblob(%d) FROM seven; COMMIT",
             i, i - 4,
             how == taken_back ? "SAVEPOINT s; DELETE FROM t; INSERT INTO t SELECT 101, "
                                 "randomblob(9000) FROM seven; ROLLBACK TO s;"
                               : "",
             i, how == large ? 9000 : 300);
    assert_int_equal(kit_try(db, sql), SQLITE_OK);
}

static struct promises work(struct subject *s, const struct course *c)
{
    struct promises p = {.commits = 0};
    sqlite3 *db = subject_open(s, c->flags);
    uint8_t pk[VAULT_SIGN_PK];

    assert_int_equal(kit_try(db, c->pragmas), SQLITE_OK);
    for (int i = 0; i < STEPS && c->steps[i]; i++) {
        const char *step = c->steps[i];
        if (step == commit || step == large || step == taken_back) {
            commit_one(db, step, p.commits + 1);
            p.commit_at[p.commits++] = power_log_length();
        } else if (step == slot && !s->control) {
            assert_true(vault_add_slot(s->v, &"0123456789"[p.slots + 1], 1, pk, NULL));
            p.slot_at[p.slots++] = power_log_length();
        } else if (step == reopen) {
            assert_int_equal(sqlite3_close(db), SQLITE_OK);
            db = subject_open(s, c->flags);
            assert_int_equal(kit_try(db, c->pragmas), SQLITE_OK);
        } else if (step != slot) {
            assert_int_equal(kit_try(db, step), SQLITE_OK);
        }
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return p;
}

static int count_until(const int *at, int count, int moment)
{
    int n = 0;

    while (n < count && at[n] <= moment)
        n++;
    return n;
}

static bool one(sqlite3 *db, const char *sql, int64_t *n)
{
    sqlite3_stmt *row = NULL;
    bool fine =
        sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW;

    *n = fine ? sqlite3_column_int64(row, 0) : -1;
    sqlite3_finalize(row);
    return fine;
}

/* What is wrong with the database; NULL where all is as it must be. */
static const char *fault_of(sqlite3 *db, int least, int most)
{
    int64_t n, halves, whole;

    if (!one(db, "SELECT v FROM n", &n) ||
        !one(db,
             "SELECT count(*) FROM (SELECT a, count(*) AS c FROM t GROUP BY a) WHERE c%7<>0 OR "
             "a>100",
             &halves) ||
        !one(db, "SELECT integrity_check='ok' FROM pragma_integrity_check", &whole))
        return sqlite3_errmsg(db);
    if (n < least)
        return "acknowledged and lost";
    if (n > most || halves)
        return "half a commit";
    if (!whole)
        return "malformed";
    if (kit_try(db, "INSERT INTO seven VALUES(8); DELETE FROM seven WHERE i=8") != SQLITE_OK)
        return sqlite3_errmsg(db);
    return NULL;
}

/* The same for a case file, from its passphrases to verify. */
static const struct vault_setup setup = {"fault", {1, KDF_KIB_MIN}};

static const char *fault_of_vault(const struct subject *s, int least, int most, int slots)
{
    static char text[400];
    struct error err = ERROR_INIT;
    const char *wrong = NULL;
    struct vault *v = NULL;
    sqlite3 *db = NULL;

    fault_reset();
    if (vault_unlock_with(&setup, s->path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err) &&
        vault_open(v, 0, &db, &err)) {
        wrong = vault_slot_count(v) <= slots ? "an officer acknowledged and lost"
                                             : fault_of(db, least, most);
        if (wrong)
            snprintf(text, sizeof(text), "%s", wrong);
        sqlite3_close(db);
        if (!wrong)
            vault_verify(v, NULL, NULL, &err);
        vault_close(v);
        v = NULL;
    }
    if (!wrong && slots &&
        vault_unlock_with(&setup, s->path, &"0123456789"[slots], 1, slots, &v, &err))
        vault_close(v);
    if (!wrong && err.kind)
        snprintf(text, sizeof(text), "%s", error_text(&err));
    wrong = wrong || err.kind ? text : NULL;
    error_release(&err);
    return wrong;
}

static const char *fault_of_control(const struct subject *s, int least, int most)
{
    static char text[400];
    sqlite3 *db = control_open(s, 0);
    const char *wrong = fault_of(db, least, most);

    if (wrong)
        snprintf(text, sizeof(text), "%s", wrong);
    sqlite3_close(db);
    return wrong ? text : NULL;
}

/* A part of the losses that a run of this length makes, of one course. */
static int share(int in_long_run)
{
    return getenv("AMPARO_LONG") ? in_long_run : in_long_run / 20 + 1;
}

/* Loses power `times` while the course's work goes on; returns how often something was wrong. */
static int lose_power(const struct course *c, enum power kind, bool control, int times)
{
    struct subject s = subject_new(control);
    bool normal = strstr(c->pragmas, NORMAL);
    struct promises p;
    int failures = 0;

    power_log_begin(s.path);
    p = work(&s, c);
    power_log_pause();
    vault_close(s.v);
    s.v = NULL;
    for (int i = 0; i < times; i++) {
        int at = (int)((int64_t)(power_log_length() + 1) * i / times);
        int flushed = normal ? power_wal_flushed(at) : at;
        int least = count_until(p.commit_at, p.commits, flushed);
        int most = count_until(p.commit_at, p.commits, at) + 1;
        const char *wrong;

        kit_remove(s.path);
        power_loss(kind, at, (uint32_t)(at * 1000 + i));
        wrong = control ? fault_of_control(&s, least, most)
                        : fault_of_vault(&s, least, most, count_until(p.slot_at, p.slots, at));
        failures += wrong != NULL;
        if (wrong && !control && kind != POWER_NEIGHBOURS)
            fail_msg("%s, kind %d, before operation %d of %d: %s", c->name, (int)kind, at,
                     power_log_length(), wrong);
    }
    power_log_end();
    return failures;
}

/* Vault and control on the same disk, doing the same. */
static void beside_the_control(const struct course *c, enum power kind)
{
    int times = share(kind == POWER_DROPPED ? 60 : 100);
    int control = lose_power(c, kind, true, times), ours = lose_power(c, kind, false, times);

    print_message("# %s: %d losses of power, failures: %d, SQLite %s alone: %d\n", c->name, times,
                  ours, sqlite3_libversion(), control);
    assert_int_equal(ours, 0);
    assert_int_equal(control, 0);
}

static void writes_dropped(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(courses) / sizeof(*courses); i++)
        beside_the_control(&courses[i], POWER_DROPPED);
}

static void writes_torn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(courses) / sizeof(*courses); i++)
        beside_the_control(&courses[i], POWER_TORN);
}

static void blocks_of_noise(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(courses) / sizeof(*courses); i++)
        beside_the_control(&courses[i], POWER_GARBAGE);
}

/* Here SQLite alone fails: see above. */
static void beyond_the_control(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(savepoints) / sizeof(*savepoints); i++)
        for (int kind = POWER_DROPPED; kind <= POWER_GARBAGE; kind++) {
            int times = share(60);
            int control = lose_power(&savepoints[i], (enum power)kind, true, times);
            int ours = lose_power(&savepoints[i], (enum power)kind, false, times);
            print_message("# %s: %d losses of power, failures: %d, SQLite %s alone: %d\n",
                          savepoints[i].name, times, ours, sqlite3_libversion(), control);
            assert_int_equal(ours, 0);
        }
}

static void headers_and_slots(void **state)
{
    (void)state;
    for (int kind = POWER_DROPPED; kind <= POWER_GARBAGE; kind++)
        assert_int_equal(lose_power(&officers, (enum power)kind, false, share(100)), 0);
}

/* A disk that harms what lies beside a write, in the WAL: no promise holds there, for nobody. */
static void neighbours_harmed(void **state)
{
    int times = share(100), control, ours;

    (void)state;
    control = lose_power(&courses[0], POWER_NEIGHBOURS, true, times);
    ours = lose_power(&courses[0], POWER_NEIGHBOURS, false, times);
    print_message("# neighbours harmed: %d losses of power, failures: %d, SQLite %s alone: %d\n",
                  times, ours, sqlite3_libversion(), control);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_dropped),    cmocka_unit_test(writes_torn),
        cmocka_unit_test(blocks_of_noise),   cmocka_unit_test(beyond_the_control),
        cmocka_unit_test(headers_and_slots), cmocka_unit_test(neighbours_harmed),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_power", tests, kit_begin, kit_end);
}
