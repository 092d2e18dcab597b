/* SPDX-License-Identifier: MIT */
/*
 * The order in which pages, leaves of page tags, anchor and WAL come to the disk: crashes between
 * any two of these steps, and a second crash in the way back from a first. Nobody means harm; so
 * whatever was acknowledged is there, and nobody cries damage. What was tried:
 *
 *   a process killed at each step of a checkpoint that cuts leaves off with the pages
 *   power lost while what a killed process had brought over is brought over again
 *   power lost while a commit is written, copy A of the anchor being lost already
 *   a process killed when its commit is on the disk, before the others know of it; then a shorter
 *       one of another process, or a checkpoint, and a crash
 *   power lost while an officer is added to a file that was closed well (verify may then say that
 *       a copy of the key header is damaged, which it is)
 *   verify at each step of another one's closing
 */
#include "vault_fault.h"
#include "vault_kit.h"
#include "vault_power.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct vault *make(const char *name)
{
    fault_reset();
    return kit_vault_on(fault_name(), name);
}

static struct vault *unlock(const char *name)
{
    struct vault_setup setup = {fault_name(), kit_cheap.cost};
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    if (!vault_unlock_with(&setup, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err))
        fail_msg("%s", error_text(&err));
    return v;
}

/* ---- killed at a step ---- */

/* What is watched, and where its copies are looked at: as kill -9 leaves the files at that step. */
static struct {
    const char *path;
    char copy[300];
    struct vault *after;
    const char *question;
    int64_t least, most;
    int steps;
} watched;

static void copy_file(const char *from, const char *to, const char *suffix)
{
    char source[310], target[310];

    snprintf(source, sizeof(source), "%s%s", from, suffix);
    snprintf(target, sizeof(target), "%s%s", to, suffix);
    unlink(target);
    if (access(source, F_OK) == 0)
        kit_copy(source, target);
}

static void look_at_copy(void)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    int64_t answer;

    if (!watched.after && !vault_unlock_with(&kit_cheap, watched.copy, PASSPHRASE,
                                             PASSPHRASE_LENGTH, 0, &watched.after, &err))
        fail_msg("step %d: %s", watched.steps, error_text(&err));
    if (!vault_verify(watched.after, NULL, NULL, &err) || !vault_open(watched.after, 0, &db, &err))
        fail_msg("step %d: %s", watched.steps, error_text(&err));
    answer = kit_number(db, watched.question);
    if (answer < watched.least || answer > watched.most)
        fail_msg("step %d: %lld", watched.steps, (long long)answer);
    assert_int_equal(kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check"), 1);
    sqlite3_close(db);
    if (!vault_verify(watched.after, NULL, NULL, &err))
        fail_msg("step %d, then closed: %s", watched.steps, error_text(&err));
}

static void killed_here(enum fault_op op, int file)
{
    void (*before)(enum fault_op, int) = fault.before;

    (void)op;
    (void)file;
    fault.before = NULL;
    copy_file(watched.path, watched.copy, "");
    copy_file(watched.path, watched.copy, "-wal");
    look_at_copy();
    watched.steps++;
    fault.before = before;
}

static void watch(struct vault *v, const char *question, int64_t least, int64_t most)
{
    memset(&watched, 0, sizeof(watched));
    watched.path = vault_path(v);
    snprintf(watched.copy, sizeof(watched.copy), "%s.copy", vault_path(v));
    watched.question = question;
    watched.least = least;
    watched.most = most;
    fault.before = killed_here;
}

static void watch_end(int least)
{
    fault.before = NULL;
    assert_true(watched.steps >= least);
    vault_close(watched.after);
    kit_remove(watched.copy);
}

/* From more pages than one group of leaves has to a few: the second group goes. */
static void leaves_cut_off(void **state)
{
    struct vault *v = make("cut");
    sqlite3 *db = kit_database(v, 0);

    (void)state;
    kit_exec(db, "CREATE TABLE t(b); INSERT INTO t VALUES(zeroblob(17000000)), ('kept');"
                 "PRAGMA wal_checkpoint(TRUNCATE)");
    kit_exec(db, "DELETE FROM t WHERE typeof(b)='blob'; VACUUM");
    watch(v, "SELECT count(*) FROM t", 1, 1);
    kit_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
    watch_end(8);
    vault_close(v);
}

/* ---- a second blow ---- */

static const char rows[] = "SELECT count(*) FROM t WHERE length(b)=5000";

/* Some pages; `more` rows lie in the WAL, which has been brought over once (`checkpoint`). */
static sqlite3 *fill(struct vault *v, int more, const char *checkpoint)
{
    sqlite3 *db = kit_database(v, 0);

    kit_exec(db, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(5000)), (randomblob(5000));"
                 "PRAGMA wal_checkpoint(TRUNCATE)");
    for (int i = 0; i < more; i++)
        kit_exec(db, "INSERT INTO t VALUES(randomblob(5000)); UPDATE t SET b=randomblob(5000)");
    kit_exec(db, checkpoint);
    return db;
}

/*
 * Lost before each operation of the log, each time in several ways; then all rows are there, and
 * nothing is damaged but what is `excused`.
 */
static void lose_power_everywhere(const char *name, int64_t least, const char *excused)
{
    int length = power_log_length(), seeds = getenv("AMPARO_LONG") ? 200 : 6;

    power_log_pause();
    for (int at = 0; at <= length; at++)
        for (int seed = 0; seed < seeds; seed++) {
            struct error err = ERROR_INIT;
            struct vault *v = NULL;
            sqlite3 *db = NULL;

            kit_remove(kit_path(name));
            power_loss(POWER_GARBAGE, at, (uint32_t)(at * 1000 + seed));
            if (!vault_unlock_with(&kit_cheap, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, 0, &v,
                                   &err) ||
                !vault_open(v, 0, &db, &err))
                fail_msg("before operation %d of %d: %s", at, length, error_text(&err));
            assert_true(kit_number(db, rows) >= least);
            kit_exec(db, "INSERT INTO t VALUES(1); DELETE FROM t WHERE b=1");
            sqlite3_close(db);
            if (!vault_verify(v, NULL, NULL, &err) &&
                (!excused || !strstr(error_text(&err), excused) || strchr(error_text(&err), '\n')))
                fail_msg("before operation %d of %d: %s", at, length, error_text(&err));
            error_release(&err);
            vault_close(v);
        }
    power_log_end();
}

static void brought_over_twice(void **state)
{
    struct vault *v = make("killed"), *w;
    sqlite3 *db = fill(v, 2, "PRAGMA wal_checkpoint(PASSIVE)");

    (void)state;
    copy_file(kit_path("killed"), kit_path("twice"), "");
    copy_file(kit_path("killed"), kit_path("twice"), "-wal");
    sqlite3_close(db);
    vault_close(v);
    w = unlock("twice");
    power_log_begin(kit_path("twice"));
    db = kit_database(w, 0);
    assert_int_equal(kit_number(db, rows), 4);
    sqlite3_close(db);
    lose_power_everywhere("twice", 4, NULL);
    vault_close(w);
}

static void copy_a_lost(void **state)
{
    struct vault *v = make("lost");
    uint8_t noise[ANCHOR_SIZE] = "noise", *bytes;
    sqlite3 *db = fill(v, 2, "PRAGMA wal_checkpoint(PASSIVE)");
    size_t size;

    (void)state;
    kit_exec(db, "INSERT INTO t VALUES(randomblob(5000))"); /* copy B knows all */
    copy_file(kit_path("lost"), kit_path("again"), "");
    copy_file(kit_path("lost"), kit_path("again"), "-wal");
    sqlite3_close(db);
    vault_close(v);
    bytes = kit_read(kit_path("again"), &size);
    memcpy(bytes + FORMAT_ANCHOR_A, noise, sizeof(noise));
    kit_write(kit_path("again"), bytes, size);
    free(bytes);
    v = unlock("again");
    assert_true(vault_doubt(v));
    power_log_begin(kit_path("again"));
    db = kit_database(v, 0);
    for (int i = 0; i < 3; i++)
        kit_exec(db, "INSERT INTO t VALUES(randomblob(5000))");
    lose_power_everywhere("again", 5, NULL);
    sqlite3_close(db);
    vault_close(v);
}

static void officer_added(void **state)
{
    struct vault *v = make("officer");
    struct error err = ERROR_INIT;
    uint8_t pk[VAULT_SIGN_PK];

    (void)state;
    sqlite3_close(fill(v, 2, ""));
    power_log_begin(kit_path("officer"));
    assert_true(vault_add_slot(v, "another", 7, pk, &err));
    lose_power_everywhere("officer", 4, "key header");
    vault_close(v);
}

/* ---- a commit that nobody was told of ---- */

static void die_after_copy_b(enum fault_op op, int file, int64_t at, const void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    if (op == FAULT_WRITE && file == FAULT_MAIN && at == FORMAT_ANCHOR_B)
        kill(getpid(), SIGKILL);
}

/* Waits for its word; commits several pages, and is killed before the WAL index has them. */
static pid_t start_killed(struct vault *v, int word[2])
{
    char byte;
    sqlite3 *db;
    pid_t child;

    assert_int_equal(pipe(word), 0);
    child = fork();
    if (child != 0)
        return child;
    if (read(word[0], &byte, 1) != 1 || !vault_open(v, 0, &db, NULL))
        _exit(1);
    kit_try(db, "BEGIN IMMEDIATE; INSERT INTO t VALUES(randomblob(30000))");
    fault.done = die_after_copy_b;
    kit_try(db, "COMMIT");
    _exit(2);
}

static void not_made_known(const char *name, const char *then, int64_t least)
{
    struct vault *v = make(name), *w;
    int word[2], status;
    pid_t child;
    sqlite3 *db;

    sqlite3_close(fill(v, 0, ""));
    child = start_killed(v, word);
    db = kit_database(v, 0);
    kit_exec(db, "INSERT INTO t VALUES(randomblob(5000))");
    assert_int_equal(write(word[1], "!", 1), 1);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    close(word[0]);
    close(word[1]);
    kit_exec(db, then);
    assert_int_equal(kit_number(db, rows), least);
    copy_file(kit_path(name), kit_path("then"), "");
    copy_file(kit_path(name), kit_path("then"), "-wal");
    sqlite3_close(db);
    w = unlock("then");
    db = kit_database(w, 0);
    assert_int_equal(kit_number(db, rows), least);
    kit_exec(db, "INSERT INTO t VALUES(1)");
    sqlite3_close(db);
    assert_true(vault_verify(w, NULL, NULL, NULL));
    vault_close(w);
    w = unlock(name);
    db = kit_database(w, 0);
    assert_int_equal(kit_number(db, rows), least);
    sqlite3_close(db);
    assert_true(vault_verify(w, NULL, NULL, NULL));
    vault_close(w);
    vault_close(v);
}

static void commit_not_made_known(void **state)
{
    (void)state;
    not_made_known("shorter", "UPDATE t SET b=randomblob(5000) WHERE rowid=1", 3);
    not_made_known("over", "PRAGMA wal_checkpoint(PASSIVE)", 3);
    not_made_known("restart", "PRAGMA wal_checkpoint(RESTART); INSERT INTO t VALUES(1)", 3);
    not_made_known("closed", "SELECT 1", 3);
}

/* ---- verify beside others ---- */

static struct vault *verified;
static int verified_times, verified_busy;

static void verify_here(enum fault_op op, int file)
{
    void (*before)(enum fault_op, int) = fault.before;
    struct error err = ERROR_INIT;

    (void)op;
    (void)file;
    fault.before = NULL;
    verified_times++;
    if (!vault_verify(verified, NULL, NULL, &err)) {
        verified_busy++;
        if (err.kind != ERROR_FAILED)
            fail_msg("%s", error_text(&err));
    }
    error_release(&err);
    fault.before = before;
}

static void verified_while_closed(void **state)
{
    struct vault *v = make("closing");
    sqlite3 *db = fill(v, 3, "");

    (void)state;
    verified = unlock("closing");
    verified_times = verified_busy = 0;
    fault_never_sleep();
    fault.before = verify_here;
    sqlite3_close(db);
    fault_reset();
    assert_true(verified_times > 5 && verified_busy > 2);
    assert_true(vault_verify(verified, NULL, NULL, NULL));
    vault_close(verified);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_cut_off),        cmocka_unit_test(brought_over_twice),
        cmocka_unit_test(copy_a_lost),           cmocka_unit_test(officer_added),
        cmocka_unit_test(commit_not_made_known), cmocka_unit_test(verified_while_closed),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_order", tests, kit_begin, kit_end);
}
