/* SPDX-License-Identifier: MIT */
/*
 * A new data key: the same content under it, the old one good for nothing; refused while anybody
 * has the file open; and whatever is cut short, by a failing disk or a kill at any operation, one
 * of the two files is whole at its path and nothing is left lying.
 */
#include "vault_fault.h"
#include "vault_kit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { ROWS = 150 };

/* ---- names, which fail when told to ---- */

/* What happened, in order: w s t d of the file system below; l r u c f here. */
static char order[4096];
static size_t order_length;

static void note(char what)
{
    if (order_length + 1 < sizeof(order))
        order[order_length++] = what;
}

static bool strikes(char what)
{
    note(what);
    errno = EIO;
    return fault_strikes(FAULT_NAME, FAULT_MAIN);
}

int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __real_chmod(const char *path, mode_t mode);
int __wrap_chmod(const char *path, mode_t mode);
int __real_fsync(int fd);
int __wrap_fsync(int fd);

int __wrap_link(const char *from, const char *to)
{
    return strikes('l') ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
    return strikes('r') ? -1 : __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
    return strikes('u') ? -1 : __real_unlink(path);
}

int __wrap_chmod(const char *path, mode_t mode)
{
    return strikes('c') ? -1 : __real_chmod(path, mode);
}

int __wrap_fsync(int fd)
{
    return strikes('f') ? -1 : __real_fsync(fd);
}

static void note_below(enum fault_op op, int file)
{
    static const char letters[] = "wtsd";

    (void)file;
    if (op != FAULT_NAME)
        note(letters[op]);
}

/* Names count too; a write that fails does its first half. */
static void begin_faults(void)
{
    fault_reset();
    fault.counted |= 1u << FAULT_NAME;
    fault.quarters = 2;
}

/* ---- a file, and how it must be ---- */

static const struct vault_setup setup = {"fault", {1, KDF_KIB_MIN}};

static struct vault *make(const char *name)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = NULL;
    sqlite3 *db;

    fault_name();
    begin_faults();
    kit_remove(kit_path(name));
    if (!vault_create_with(&setup, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, &v, &recovery,
                           &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    db = kit_database(v, 0);
    kit_exec(db, "CREATE TABLE t(i, b); WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 "
                 "FROM n WHERE i<150) INSERT INTO t SELECT i, randomblob(400) FROM n");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return v;
}

static struct vault *unlock(const char *path)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    if (!vault_unlock_with(&setup, path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err))
        fail_msg("%s", error_text(&err));
    return v;
}

/* How many files beside a path begin as its name does, itself among them. */
static int files_at(const char *path)
{
    char folder[300];
    const char *name = strrchr(path, '/') + 1;
    struct dirent *entry;
    int count = 0;
    DIR *dir;

    snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
    dir = opendir(folder);
    while ((entry = readdir(dir)))
        count += strncmp(entry->d_name, name, strlen(name)) == 0;
    closedir(dir);
    return count;
}

/* What passphrase and path give is whole; after that nothing lies beside it. */
static void check_whole(const char *path, const char *when, int64_t at)
{
    struct error err = ERROR_INIT;
    struct vault *v = unlock(path);
    sqlite3 *db = NULL;

    if (!vault_open(v, 0, &db, &err) || !vault_verify(v, NULL, NULL, &err))
        fail_msg("%s %lld: %s", when, (long long)at, error_text(&err));
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t WHERE length(b)=400"), ROWS);
    kit_exec(db, "INSERT INTO t VALUES(0, 'more'); DELETE FROM t WHERE i=0");
    sqlite3_close(db);
    vault_close(v);
    if (files_at(path) != 1)
        fail_msg("%s %lld: %d files", when, (long long)at, files_at(path));
}

static void take_key(const struct vault *v, uint8_t out[CRYPTO_KEY])
{
    memcpy(out, v->fs->keys->data, CRYPTO_KEY);
}

static void refused(bool fine, struct error *err, enum error_kind kind, const char *word)
{
    assert_false(fine);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(err), word);
    error_release(err);
}

/* ---- what it does ---- */

static void new_key(void **state)
{
    struct vault *v = make("new.amparo"), *stale = unlock(kit_path("new.amparo"));
    struct error err = ERROR_INIT;
    uint8_t before[CRYPTO_KEY], after[CRYPTO_KEY], start[FORMAT_GROUPS], id[VAULT_FILE_ID];
    sqlite3 *db = NULL;
    struct stat st;
    int old;
    (void)state;

    take_key(v, before);
    memcpy(id, vault_file_id(v), sizeof(id));
    assert_int_equal(__real_chmod(vault_path(v), 0640), 0);
    old = open(vault_path(v), O_RDONLY | O_CLOEXEC);
    if (!vault_rekey(v, NULL, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    take_key(v, after);
    assert_memory_not_equal(before, after, CRYPTO_KEY);
    assert_memory_equal(vault_file_id(v), id, VAULT_FILE_ID);
    assert_int_equal(files_at(kit_path("new.amparo")), 1);
    assert_int_equal(stat(vault_path(v), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    /* Of the old one, nothing opens any more. */
    assert_int_equal(pread(old, start, sizeof(start), 0), sizeof(start));
    assert_true(sodium_is_zero(start + 32, sizeof(start) - 32));
    close(old);
    /* Who had unlocked it before. */
    refused(vault_open(stale, 0, &db, &err), &err, ERROR_VAULT, "unlock it again");
    refused(vault_rekey(stale, NULL, NULL, NULL, &err), &err, ERROR_VAULT, "unlock it again");
    vault_close(stale);
    /* It goes on. */
    db = kit_database(v, 0);
    kit_exec(db, "INSERT INTO t VALUES(1000, 'x')");
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), ROWS + 1);
    kit_exec(db, "DELETE FROM t WHERE i=1000");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    vault_close(v);
    check_whole(kit_path("new.amparo"), "twice", 0);
}

/* The old key against the pages of the new file. */
static void old_key_is_useless(void **state)
{
    struct vault *v = make("useless.amparo");
    struct keys *keys = keys_new();
    struct error err = ERROR_INIT;
    uint8_t *bytes;
    size_t size;
    (void)state;

    *keys = *v->fs->keys;
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    bytes = kit_read(vault_path(v), &size);
    for (int64_t n = 1; n <= format_pages((int64_t)size); n++)
        assert_false(page_open(keys, (uint32_t)n, bytes + format_page_at(n)));
    assert_false(header_authentic((struct header *)bytes, keys));
    keys_free(keys);
    free(bytes);
    vault_close(v);
}

static void wal_comes_along(void **state)
{
    struct vault *v = make("wal.amparo");
    struct error err = ERROR_INIT;
    char wal[300], kept[300];
    sqlite3 *db = kit_database(v, 0);
    int64_t answer;
    (void)state;

    /* As a kill leaves it: with a WAL that has commits of its own. */
    kit_exec(db, "UPDATE t SET b=randomblob(400) WHERE i<50; UPDATE t SET i=-i WHERE i<7");
    answer = kit_number(db, "SELECT sum(i) FROM t");
    snprintf(kept, sizeof(kept), "%s", kit_path("wal-kept"));
    snprintf(wal, sizeof(wal), "%s-wal", vault_path(v));
    kit_copy(wal, kept);
    kit_copy(vault_path(v), kit_path("main-kept"));
    sqlite3_close(db);
    kit_copy(kit_path("main-kept"), vault_path(v));
    kit_copy(kept, wal);
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    assert_int_equal(files_at(vault_path(v)), 1);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT sum(i) FROM t"), answer);
    sqlite3_close(db);
    /* The old one's, put back beside the new one, is none. */
    kit_copy(kept, wal);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT sum(i) FROM t"), answer);
    kit_exec(db, "UPDATE t SET i=-i WHERE i<0");
    sqlite3_close(db);
    vault_close(v);
    check_whole(kit_path("wal.amparo"), "wal", 0);
}

static void not_while_open(void **state)
{
    struct vault *v = make("open.amparo"), *other = unlock(kit_path("open.amparo"));
    struct error err = ERROR_INIT;
    uint8_t before[CRYPTO_KEY], after[CRYPTO_KEY];
    int ready[2], done[2];
    char c = 0;
    pid_t child;
    sqlite3 *db = kit_database(v, 0);
    (void)state;

    take_key(v, before);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_FAILED, "another program");
    sqlite3_close(db);
    db = kit_database(other, VAULT_READ_ONLY);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_FAILED, "another program");
    sqlite3_close(db);
    assert_int_equal(pipe(ready) + pipe(done), 0);
    child = fork();
    if (child == 0) {
        db = NULL;
        vault_open(other, 0, &db, &err);
        _exit(write(ready[1], "r", 1) == 1 && read(done[0], &c, 1) == 1 ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_FAILED, "another program");
    assert_int_equal(write(done[1], "d", 1), 1);
    waitpid(child, NULL, 0);
    vault_close(other);
    take_key(v, after);
    assert_memory_equal(before, after, CRYPTO_KEY);
    assert_int_equal(link(vault_path(v), kit_path("second name")), 0);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_FAILED, "hard link");
    assert_int_equal(unlink(kit_path("second name")), 0);
    vault_close(v);
    check_whole(kit_path("open.amparo"), "open", 0);
}

static bool step_left(void *ctx, uint64_t done, uint64_t total)
{
    assert_true(done <= total);
    return (*(int *)ctx)-- > 0;
}

static void given_up(void **state)
{
    struct vault *v = make("give up.amparo");
    struct error err = ERROR_INIT;
    int64_t answer;
    sqlite3 *db = kit_database(v, 0);
    (void)state;

    /* More than a step of each half. */
    kit_exec(db, "CREATE TABLE u AS SELECT randomblob(400000) FROM t LIMIT 8");
    answer = kit_number(db, "SELECT sum(length(b)) FROM t");
    sqlite3_close(db);
    for (int steps = 0;; steps++) {
        int left = steps;
        uint8_t before[CRYPTO_KEY], after[CRYPTO_KEY];

        take_key(v, before);
        if (vault_rekey(v, NULL, step_left, &left, &err)) {
            assert_true(steps > 4);
            break;
        }
        assert_non_null(strstr(error_text(&err), "given up"));
        error_release(&err);
        take_key(v, after);
        assert_memory_equal(before, after, CRYPTO_KEY);
        assert_int_equal(files_at(vault_path(v)), 1);
    }
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT sum(length(b)) FROM t"), answer);
    sqlite3_close(db);
    vault_close(v);
}

static bool add_row(void *ctx, struct vault *fresh, struct error *err)
{
    sqlite3 *db = NULL;
    bool fine = vault_open(fresh, 0, &db, err) &&
                vault_exec(db, "INSERT INTO t VALUES(1, zeroblob(400))", err);

    sqlite3_close(db);
    return fine && (*(bool *)ctx || error_set(err, ERROR_INPUT, "no"));
}

static void finished_by_the_caller(void **state)
{
    struct vault *v = make("finish.amparo");
    struct error err = ERROR_INIT;
    bool wanted = false;
    struct vault_change change = {.finish = add_row, .ctx = &wanted};
    sqlite3 *db;
    (void)state;

    refused(vault_rekey(v, &change, NULL, NULL, &err), &err, ERROR_INPUT, "no");
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), ROWS);
    sqlite3_close(db);
    wanted = true;
    assert_true(vault_rekey(v, &change, NULL, NULL, &err));
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), ROWS + 1);
    sqlite3_close(db);
    assert_int_equal(files_at(vault_path(v)), 1);
    vault_close(v);
}

/* Files that only look as if they were of ours. */
static void others_are_left_alone(void **state)
{
    static const char *const names[] = {".old-00000000", ".rekey-12345678", ".old-",
                                        ".old-0123abcd"};
    struct vault *v = make("others.amparo");
    struct error err = ERROR_INIT;
    char path[300];
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        snprintf(path, sizeof(path), "%s%s", vault_path(v), names[i]);
        if (i < 3)
            kit_write(path, (const uint8_t *)"somebody's letter", 17);
        else
            assert_true(vault_backup(v, path, NULL, NULL, &err));
    }
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    sqlite3_close(kit_database(v, 0));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        snprintf(path, sizeof(path), "%s%s", vault_path(v), names[i]);
        if (i < 3)
            assert_true(kit_holds(path, "somebody's letter"));
        else
            vault_close(unlock(path));
        unlink(path);
    }
    vault_close(v);
    check_whole(kit_path("others.amparo"), "others", 0);
}

/* The very names that this file would use, taken by files that are not ours. */
static void others_at_our_names(void **state)
{
    struct vault *v = make("names.amparo"), *copy;
    struct error err = ERROR_INIT;
    uint8_t mac[CRYPTO_KEY];
    char hex[2 * HEADER_NAME + 1], part[300], old[300];
    (void)state;

    mac_make(v->fs->keys->header, v->fs->keys->file_id, "amparo rekey", sizeof("amparo rekey"),
             mac);
    sodium_bin2hex(hex, sizeof(hex), mac, HEADER_NAME);
    snprintf(part, sizeof(part), "%s.rekey-%s", vault_path(v), hex);
    snprintf(old, sizeof(old), "%s.old-%s", vault_path(v), hex);
    kit_write(part, (const uint8_t *)"somebody's letter", 17);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_INPUT, "exists");
    assert_true(kit_holds(part, "somebody's letter"));
    unlink(part);
    kit_write(old, (const uint8_t *)"somebody's letter", 17);
    refused(vault_rekey(v, NULL, NULL, NULL, &err), &err, ERROR_FAILED, "cannot be made");
    assert_true(kit_holds(old, "somebody's letter"));
    assert_int_equal(files_at(kit_path("names.amparo")), 2);
    unlink(old);
    assert_true(vault_backup(v, kit_path("kept.amparo"), NULL, NULL, &err));
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    /* A backup under the name of what was replaced, and one that has another name too. */
    kit_copy(kit_path("kept.amparo"), old);
    sqlite3_close(kit_database(v, 0));
    copy = unlock(old);
    vault_close(copy);
    unlink(old);
    assert_int_equal(__real_link(kit_path("kept.amparo"), old), 0);
    sqlite3_close(kit_database(v, 0));
    vault_close(unlock(kit_path("kept.amparo")));
    unlink(old);
    vault_close(v);
    check_whole(kit_path("names.amparo"), "names", 0);
}

/* Flushed, then named; and the old one wiped only when the name is on the disk. */
static void in_that_order(void **state)
{
    struct vault *v = make("order.amparo");
    struct error err = ERROR_INIT;
    const char *named, *wiped;
    (void)state;

    order_length = 0;
    fault.before = note_below;
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    order[order_length] = '\0';
    named = strchr(order, 'r');
    assert_non_null(named);
    wiped = strchr(named, 'w');
    assert_non_null(wiped);
    assert_non_null(memchr(named, 'f', (size_t)(wiped - named)));
    assert_int_equal(strncmp(wiped, "wsu", 3), 0);
    /* Nothing is written between the last flush and the name. */
    for (const char *at = named; *at != 's'; at--)
        if (*at == 'w' || *at == 't' || at == order)
            fail_msg("written after the flush: %s", order);
    begin_faults();
    vault_close(v);
    check_whole(kit_path("order.amparo"), "order", 0);
}

/* ---- what fails, and what is killed ---- */

static void each_failure(const char *name, int code, int failures)
{
    struct vault *v = make(name);
    struct error err = ERROR_INIT;
    int64_t total = 1, step = getenv("AMPARO_LONG") ? 1 : 3, failed = 0;

    for (int64_t at = -1; at < total; at += at < 0 ? 1 : step) {
        uint8_t before[CRYPTO_KEY], after[CRYPTO_KEY];
        bool fine;

        take_key(v, before);
        begin_faults();
        fault.fail_at = at;
        fault.failures = failures;
        fault.code = code;
        fault.quarters = 2;
        fine = vault_rekey(v, NULL, NULL, NULL, &err);
        total = fault.count > total ? fault.count : total;
        begin_faults();
        take_key(v, after);
        if (fine != (memcmp(before, after, CRYPTO_KEY) != 0))
            fail_msg("%s %lld: the key and the answer differ", name, (long long)at);
        failed += !fine;
        error_release(&err);
        check_whole(vault_path(v), name, at);
        sqlite3_close(kit_database(v, 0));
    }
    assert_true(failed > 5);
    vault_close(v);
}

static void disk_fails_once(void **state)
{
    (void)state;
    each_failure("io.amparo", SQLITE_IOERR_WRITE, 1);
}

static void disk_is_full(void **state)
{
    (void)state;
    each_failure("full.amparo", SQLITE_FULL, 1 << 20);
}

static int64_t kill_at;

static void kill_there(enum fault_op op, int file)
{
    (void)op;
    (void)file;
    if (fault.count - 1 == kill_at)
        raise(SIGKILL);
}

/* Again and again on the same file, so that one kill's leftovers meet the next rekeying. */
static void each_kill(void **state)
{
    struct vault *v = make("kill.amparo");
    char path[300];
    int status = 0, kills = 0;
    int64_t step = getenv("AMPARO_LONG") ? 1 : 2;
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    vault_close(v);
    for (kill_at = 0;; kill_at += step) {
        pid_t child = fork();

        if (child == 0) {
            v = unlock(path);
            begin_faults();
            fault.before = kill_there;
            _exit(vault_rekey(v, NULL, NULL, NULL, NULL) ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status))
            break;
        kills++;
        if (kills % 3)
            check_whole(path, "kill", kill_at);
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(kills > 15);
    check_whole(path, "kill", kill_at);
}

static void after_a_while(void)
{
    const struct timespec t = {0, (long)(random() % 30000) * 1000};

    nanosleep(&t, NULL);
}

/* By the clock, with unlocking and opening around it. */
static void random_kills(void **state)
{
    struct vault *v = make("random.amparo");
    char path[300];
    int rounds = getenv("AMPARO_LONG") ? 500 : 12;
    (void)state;

    srandom(11);
    snprintf(path, sizeof(path), "%s", vault_path(v));
    for (int i = 0; i < rounds; i++) {
        int ready[2];
        char c;
        pid_t child;

        vault_close(v);
        v = unlock(path);
        assert_int_equal(pipe(ready), 0);
        child = fork();
        if (child == 0) {
            if (write(ready[1], "r", 1) == 1)
                while (vault_rekey(v, NULL, NULL, NULL, NULL))
                    ;
            _exit(1);
        }
        assert_int_equal(read(ready[0], &c, 1), 1);
        after_a_while();
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(ready[0]);
        close(ready[1]);
        check_whole(path, "random", i);
    }
    vault_close(v);
}

/* Others unlock and read it meanwhile: they are let in, or told to wait; never that it is damaged.
 */
static void others_beside(void **state)
{
    struct vault *v = make("beside.amparo");
    char path[300];
    int rounds = getenv("AMPARO_LONG") ? 300 : 15, done = 0, status;
    pid_t child;
    (void)state;

    snprintf(path, sizeof(path), "%s", vault_path(v));
    child = fork();
    if (child == 0) {
        for (int i = 0; i < rounds; i++) {
            struct vault *mine = NULL;
            sqlite3 *db = NULL;
            struct error err = ERROR_INIT;

            if (!vault_unlock_with(&setup, path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &mine, &err))
                _exit(2);
            if (vault_open(mine, 0, &db, &err) && kit_number(db, "SELECT count(*) FROM t") != ROWS)
                _exit(3);
            if (!db && !strstr(error_text(&err), "unlock it again"))
                _exit(4);
            sqlite3_close(db);
            vault_close(mine);
            error_release(&err);
        }
        _exit(0);
    }
    while (waitpid(child, &status, WNOHANG) == 0) {
        done += vault_rekey(v, NULL, NULL, NULL, NULL);
        after_a_while(); /* a passphrase takes longer than this small file */
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(done > 0);
    vault_close(v);
    check_whole(path, "beside", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_key),
        cmocka_unit_test(old_key_is_useless),
        cmocka_unit_test(wal_comes_along),
        cmocka_unit_test(not_while_open),
        cmocka_unit_test(given_up),
        cmocka_unit_test(finished_by_the_caller),
        cmocka_unit_test(others_are_left_alone),
        cmocka_unit_test(others_at_our_names),
        cmocka_unit_test(in_that_order),
        cmocka_unit_test(disk_fails_once),
        cmocka_unit_test(disk_is_full),
        cmocka_unit_test(each_kill),
        cmocka_unit_test(random_kills),
        cmocka_unit_test(others_beside),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_rekey", tests, kit_begin, kit_end);
}
