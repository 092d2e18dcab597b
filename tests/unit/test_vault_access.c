/* SPDX-License-Identifier: MIT */
/* Which accounts of the machine may read and write a case file, and what lies beside it. */
#include "vault_kit.h"

#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { GROUP = 20000, ANA = 20001, LUIS = 20002, ROWS = 40 };

/* A new folder in the test's own one. */
static void make_folder(const char *name, mode_t mode)
{
    assert_int_equal(mkdir(kit_path(name), 0700), 0);
    assert_int_equal(chmod(kit_path(name), mode), 0);
}

static unsigned mode_of(const char *name, const char *suffix)
{
    char path[300];
    struct stat st;

    snprintf(path, sizeof(path), "%s%s", kit_path(name), suffix);
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

/* A case file made under that umask: it and all that lies beside it have the mode. */
static void expect_mode(const char *name, mode_t mask, unsigned mode)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    mode_t before = umask(mask);
    struct vault *v = kit_vault(name);
    sqlite3 *db = kit_database(v, 0);

    kit_exec(db, "CREATE TABLE t(i)");
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++)
        assert_int_equal(mode_of(name, suffixes[i]), mode);
    sqlite3_close(db);
    vault_close(v);
    umask(before);
}

static void follows_the_folder(void **state)
{
    (void)state;
    make_folder("own", 0770);
    make_folder("group", 02770);
    expect_mode("own/a", 0022, 0600);
    expect_mode("own/b", 0, 0600);
    expect_mode("group/a", 0022, 0660);
    expect_mode("group/b", 0002, 0660);
    expect_mode("group/c", 0, 0660);
    expect_mode("group/d", 0077, 0600);
}

/* A copy has the mode of the place where it is made; a new data key changes nothing. */
static void copies_and_new_keys(void **state)
{
    struct error err = ERROR_INIT;
    struct vault *v = kit_vault("group/copied");
    char away[300];
    (void)state;

    snprintf(away, sizeof(away), "%s", kit_path("own/copy"));
    assert_true(vault_backup(v, kit_path("group/copy"), NULL, NULL, &err));
    assert_true(vault_backup(v, away, NULL, NULL, &err));
    assert_int_equal(mode_of("group/copy", ""), 0660);
    assert_int_equal(mode_of("own/copy", ""), 0600);
    assert_int_equal(chmod(kit_path("group/copied"), 0640), 0);
    assert_true(vault_rekey(v, NULL, NULL, NULL, &err));
    assert_int_equal(mode_of("group/copied", ""), 0640);
    vault_close(v);
}

static void everybody(void **state)
{
    struct error err = ERROR_INIT;
    struct vault *v = kit_vault("open");
    (void)state;

    assert_false(vault_is_exposed(v));
    vault_close(v);
    assert_int_equal(chmod(kit_path("open"), 0664), 0);
    v = kit_unlock("open");
    assert_true(vault_is_exposed(v));
    vault_close(v);
    assert_int_equal(chmod(kit_path("open"), 0662), 0);
    assert_false(vault_unlock(kit_path("open"), PASSPHRASE, PASSPHRASE_LENGTH, -1, &v, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "chmod o-rwx"));
    error_release(&err);
}

/* ---- accounts of their own ---- */

/* In a child: ends with a status. */
static void insert_as(uid_t account, int rows)
{
    struct error err = ERROR_INIT;
    struct vault *v;
    sqlite3 *db = NULL;

    if (setgroups(0, NULL) != 0 || setgid(GROUP) != 0 || setuid(account) != 0)
        _exit(2);
    umask(022);
    vault_harden_process();
    if (!vault_unlock(kit_path("office/file"), PASSPHRASE, PASSPHRASE_LENGTH, -1, &v, &err) ||
        !vault_open(v, 0, &db, &err))
        _exit(3);
    for (int i = 0; i < rows; i++)
        if (kit_try(db, "INSERT INTO t VALUES(1)") != SQLITE_OK)
            _exit(4);
    _exit(sqlite3_close(db) == SQLITE_OK ? 0 : 5);
}

static int ended(pid_t child)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static pid_t start_as(uid_t account, int rows)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        insert_as(account, rows);
    return child;
}

/* Two accounts of a group in one file, by turns and at once; whichever of them is the last to close
 * it.
 */
static void accounts_of_a_group(void **state)
{
    sqlite3 *db;
    (void)state;

    make_folder("office", 02770);
    assert_int_equal(chmod(kit_path(""), 0711), 0);
    assert_int_equal(chown(kit_path("office"), 0, GROUP), 0);
    assert_int_equal(chmod(kit_path("office"), 02770), 0);
    struct vault *v = kit_vault("office/file");
    db = kit_database(v, 0);
    kit_exec(db, "CREATE TABLE t(i)");
    sqlite3_close(db);
    assert_int_equal(chown(kit_path("office/file"), ANA, GROUP), 0);
    assert_int_equal(ended(start_as(ANA, ROWS)), 0);
    assert_int_equal(ended(start_as(LUIS, ROWS)), 0);
    pid_t ana = start_as(ANA, ROWS), luis = start_as(LUIS, ROWS);
    assert_int_equal(ended(ana), 0);
    assert_int_equal(ended(luis), 0);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 4 * ROWS);
    sqlite3_close(db);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_folder), cmocka_unit_test(copies_and_new_keys),
        cmocka_unit_test(everybody),
        cmocka_unit_test(accounts_of_a_group), /* the last one: only root has several */
    };

    vault_prepare();
    return _cmocka_run_group_tests("vault access", tests, ARRAY_SIZE(tests) - (geteuid() != 0),
                                   kit_begin, kit_end);
}
