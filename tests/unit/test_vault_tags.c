/* SPDX-License-Identifier: MIT */
/*
 * The table of page tags: an older page put back, alone or with what vouched for it; the table
 * where the file grows and shrinks; and several connections that checkpoint in turn, each with a
 * table of its own. What was tried (E: an error at reading it; V: verify names it):
 *
 *   each page of an earlier time, put back alone                         E or never read, and V
 *   all pages of an earlier time but one                                 E, and V
 *   the same with the leaves of then                                     E, and V
 *   the same with leaves and anchors of then                             E, and V
 *   one leaf of an earlier time in the place of the present one          E, and V
 *   an older page put back beside who has the file open                  E
 *   a page exchanged while a part of the WAL is brought over             no part ever is
 */
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- an earlier time ---- */

struct times {
    struct vault *v;
    uint8_t *then, *now;
    size_t then_size, now_size;
    int64_t answer;
};

static const char question[] = "SELECT sum(length(b)) + count(*) * 1000003 + sum(i) FROM t";

/* A file of some forty pages at two times, of which it changed most. */
static struct times two_times(const char *name)
{
    struct times w = {.v = kit_vault(name)};
    sqlite3 *db = kit_database(w.v, 0);

    kit_exec(db, "CREATE TABLE t(i INTEGER PRIMARY KEY, b); CREATE TABLE settings(name, value);"
                 "INSERT INTO settings VALUES('limit', 1);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<120)"
                 "INSERT INTO t SELECT i, randomblob(1000) FROM n");
    sqlite3_close(db);
    w.then = kit_read(vault_path(w.v), &w.then_size);
    db = kit_database(w.v, 0);
    kit_exec(db, "UPDATE settings SET value=2; UPDATE t SET b=randomblob(1001)");
    w.answer = kit_number(db, question);
    sqlite3_close(db);
    w.now = kit_read(vault_path(w.v), &w.now_size);
    assert_int_equal(w.then_size, w.now_size);
    return w;
}

static void times_end(struct times *w)
{
    vault_close(w->v);
    free(w->then);
    free(w->now);
}

static bool changed(const struct times *w, int64_t page)
{
    int64_t at = format_page_at(page);

    return memcmp(w->then + at, w->now + at, FORMAT_PAGE) != 0;
}

/* The question is an error, or answered as before; returns whether it was answered. */
static bool asked(struct times *w)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool answered = vault_open(w->v, 0, &db, &err) &&
                    sqlite3_prepare_v2(db, question, -1, &stmt, NULL) == SQLITE_OK &&
                    sqlite3_step(stmt) == SQLITE_ROW;

    if (answered)
        assert_int_equal(sqlite3_column_int64(stmt, 0), w->answer);
    else if (db)
        vault_sqlite_error(db, &err);
    if (!answered)
        assert_int_equal(err.kind, ERROR_VAULT);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    error_release(&err);
    return answered;
}

static void named(struct times *w, const char *word)
{
    struct error err = ERROR_INIT;

    assert_false(vault_verify(w->v, NULL, NULL, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(&err), word);
    error_release(&err);
}

static void each_page_put_back(void **state)
{
    struct times w = two_times("page");
    uint8_t *mixed = malloc(w.now_size);
    int put_back = 0, errors = 0;

    (void)state;
    for (int64_t n = 1; n <= format_pages((int64_t)w.now_size); n++) {
        if (!changed(&w, n))
            continue;
        memcpy(mixed, w.now, w.now_size);
        memcpy(mixed + format_page_at(n), w.then + format_page_at(n), FORMAT_PAGE);
        kit_write(vault_path(w.v), mixed, w.now_size);
        named(&w, "older one");
        errors += !asked(&w);
        put_back++;
    }
    assert_true(put_back > 30);
    assert_true(errors >= put_back - 1); /* the settings are never asked for */
    free(mixed);
    times_end(&w);
}

/* All that changed but one page, with more and more of what vouches for it. */
static void all_but_one_put_back(void **state)
{
    static const struct {
        int64_t at, size;
    } with[] = {
        {0, 0},
        {FORMAT_GROUPS, FORMAT_LEAF_ROOM},
        {FORMAT_ANCHOR_A, FORMAT_GROUPS - FORMAT_ANCHOR_A + FORMAT_LEAF_ROOM},
    };
    struct times w = two_times("most");
    uint8_t *mixed = malloc(w.now_size);
    int64_t pages = format_pages((int64_t)w.now_size), last = pages;

    (void)state;
    while (!changed(&w, last))
        last--;
    for (size_t i = 0; i < 3; i++) {
        memcpy(mixed, w.now, w.now_size);
        memcpy(mixed + with[i].at, w.then + with[i].at, (size_t)with[i].size);
        for (int64_t n = 1; n < last; n++)
            memcpy(mixed + format_page_at(n), w.then + format_page_at(n), FORMAT_PAGE);
        kit_write(vault_path(w.v), mixed, w.now_size);
        named(&w, "");
        assert_false(asked(&w));
    }
    free(mixed);
    times_end(&w);
}

static void leaf_put_back(void **state)
{
    struct times w = two_times("leaf");
    uint8_t *mixed = malloc(w.now_size);
    int64_t a = format_leaf_at(0, 0), b = format_leaf_at(0, 1);

    (void)state;
    assert_memory_not_equal(w.now + a, w.now + b, FORMAT_PAGE);
    memcpy(mixed, w.now, w.now_size);
    memcpy(mixed + a, w.now + b, FORMAT_PAGE);
    memcpy(mixed + b, w.now + a, FORMAT_PAGE);
    kit_write(vault_path(w.v), mixed, w.now_size);
    named(&w, "page tags");
    assert_false(asked(&w));
    free(mixed);
    times_end(&w);
}

/* One has the file open and has read it; another checkpoints; then a page of before comes back. */
static void put_back_beside_a_reader(void **state)
{
    struct vault *v = kit_vault("beside"), *w = kit_unlock("beside");
    sqlite3 *reader = kit_database(v, 0), *writer = kit_database(w, 0);
    uint8_t *then, *now;
    size_t size, now_size;
    int errors = 0;

    (void)state;
    kit_exec(writer, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(2000));"
                     "PRAGMA wal_checkpoint(TRUNCATE)");
    kit_exec(reader, "PRAGMA cache_size=0");
    assert_int_equal(kit_number(reader, "SELECT count(*) FROM t"), 1);
    then = kit_read(vault_path(v), &size);
    kit_exec(writer, "UPDATE t SET b=randomblob(1500); PRAGMA wal_checkpoint(TRUNCATE)");
    now = kit_read(vault_path(v), &now_size);
    assert_int_equal(size, now_size);
    assert_int_equal(kit_number(reader, "SELECT length(b) FROM t"), 1500);
    for (int64_t n = 1; n <= format_pages((int64_t)size); n++) {
        int64_t at = format_page_at(n);

        if (memcmp(then + at, now + at, FORMAT_PAGE) == 0)
            continue;
        memcpy(now + at, then + at, FORMAT_PAGE);
        kit_write(vault_path(v), now, size); /* in place: it stays the same file */
        kit_exec(writer, "CREATE TABLE IF NOT EXISTS other(a); INSERT INTO other VALUES(1)");
        errors += kit_try(reader, "SELECT length(b) FROM t") == SQLITE_IOERR_DATA;
    }
    assert_true(errors > 0);
    sqlite3_close(reader);
    sqlite3_close(writer);
    free(then);
    free(now);
    vault_close(w);
    vault_close(v);
}

/* ---- growing and shrinking ---- */

static void whole(struct vault *v)
{
    struct error err = ERROR_INIT;

    if (!vault_verify(v, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
}

static void many_leaves(void **state)
{
    struct vault *v = kit_vault("grow");
    sqlite3 *db = kit_database(v, 0);
    char sql[200];
    size_t size;

    (void)state;
    kit_exec(db, "CREATE TABLE t(i INTEGER PRIMARY KEY, b)");
    /* Past a leaf, and past a group of leaves. */
    for (int i = 1; i <= 5; i++) {
        snprintf(sql, sizeof(sql),
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<900)"
                 "INSERT INTO t(b) SELECT randomblob(3900) FROM n; PRAGMA wal_checkpoint(%s)",
                 i % 2 ? "TRUNCATE" : "RESTART");
        kit_exec(db, sql);
        whole(v);
    }
    sqlite3_close(db);
    free(kit_read(vault_path(v), &size));
    assert_true(format_pages((int64_t)size) > FORMAT_GROUP_PAGES);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 4500);
    /* Back to a few pages, and up again. */
    kit_exec(db, "DELETE FROM t WHERE i>20; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    whole(v);
    free(kit_read(vault_path(v), &size));
    assert_true(format_pages((int64_t)size) < FORMAT_LEAF_PAGES);
    kit_exec(db, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<300)"
                 "INSERT INTO t(b) SELECT randomblob(3900) FROM n; PRAGMA wal_checkpoint");
    sqlite3_close(db);
    whole(v);
    db = kit_database(v, VAULT_EXCLUSIVE);
    assert_int_equal(kit_number(db, "SELECT count(*) FROM t"), 320);
    sqlite3_close(db);
    vault_close(v);
}

/* ---- several at work ---- */

/* The tables of both are brought up to date by one and by several generations. */
static void checkpoints_in_turn(void **state)
{
    struct vault *v = kit_vault("turn"), *w = kit_unlock("turn");
    sqlite3 *one = kit_database(v, 0), *other = kit_database(w, 0);

    (void)state;
    kit_exec(one, "CREATE TABLE t(i INTEGER PRIMARY KEY, b); PRAGMA cache_size=0;"
                  "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<600)"
                  "INSERT INTO t(b) SELECT randomblob(3900) FROM n");
    kit_exec(other, "PRAGMA cache_size=0");
    for (int i = 0; i < 12; i++) {
        sqlite3 *writer = i % 3 ? one : other, *reader = i % 3 ? other : one;

        for (int k = 0; k <= i % 4; k++)
            kit_exec(writer, "UPDATE t SET b=randomblob(3890) WHERE i%97=random()%97;"
                             "UPDATE t SET b=randomblob(1000) WHERE i=7;"
                             "PRAGMA wal_checkpoint(RESTART)");
        assert_int_equal(kit_number(reader, "SELECT count(*) FROM t WHERE length(b)>0"), 600);
    }
    sqlite3_close(one);
    sqlite3_close(other);
    whole(v);
    vault_close(w);
    vault_close(v);
}

/* While somebody reads an older state, nothing of the WAL is brought over; then all of it is. */
static void no_part_of_a_checkpoint(void **state)
{
    struct vault *v = kit_vault("part");
    sqlite3 *writer = kit_database(v, 0), *reader = kit_database(v, 0);
    uint8_t *before, *after;
    size_t size, after_size;

    (void)state;
    sqlite3_busy_handler(writer, NULL, NULL);
    kit_exec(writer, "CREATE TABLE t(b); INSERT INTO t VALUES(randomblob(5000));"
                     "PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO t VALUES(randomblob(5000))");
    kit_exec(reader, "BEGIN");
    assert_int_equal(kit_number(reader, "SELECT count(*) FROM t"), 2);
    kit_exec(writer, "INSERT INTO t VALUES(randomblob(5000))");
    before = kit_read(vault_path(v), &size);
    assert_int_equal(kit_try(writer, "PRAGMA wal_checkpoint(PASSIVE)") & 0xff, SQLITE_BUSY);
    assert_int_equal(kit_try(writer, "PRAGMA wal_checkpoint(FULL)") & 0xff, SQLITE_BUSY);
    after = kit_read(vault_path(v), &after_size);
    assert_int_equal(size, after_size);
    assert_memory_equal(before + format_page_at(1), after + format_page_at(1),
                        size - (size_t)format_page_at(1));
    kit_exec(writer, "INSERT INTO t VALUES(randomblob(5000))"); /* nobody is in its way */
    assert_int_equal(kit_number(reader, "SELECT count(*) FROM t"), 2);
    kit_exec(reader, "COMMIT");
    assert_int_equal(kit_number(writer, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    sqlite3_close(reader);
    sqlite3_close(writer);
    whole(v);
    free(before);
    free(after);
    vault_close(v);
}

/* Readers without a cache read every page from the file, beside processes that checkpoint. */
static void read_for_long(struct vault *v, int rounds)
{
    sqlite3 *db = NULL;

    if (!vault_open(v, 0, &db, NULL))
        _exit(2);
    kit_try(db, "PRAGMA cache_size=0");
    for (int i = 0; i < rounds; i++)
        if (kit_try(db, "SELECT sum(length(b)) FROM t") != SQLITE_OK)
            _exit(3);
    _exit(sqlite3_close(db) == SQLITE_OK ? 0 : 4);
}

static void readers_beside_checkpoints(void **state)
{
    enum { READERS = 2 };
    struct vault *v = kit_vault("readers");
    sqlite3 *db = kit_database(v, 0);
    int rounds = getenv("AMPARO_LONG") ? 4000 : 100, status;
    pid_t child[READERS];

    (void)state;
    kit_exec(db, "CREATE TABLE t(i INTEGER PRIMARY KEY, b);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<300)"
                 "INSERT INTO t(b) SELECT randomblob(3900) FROM n");
    for (int p = 0; p < READERS; p++) {
        child[p] = fork();
        assert_true(child[p] >= 0);
        if (child[p] == 0)
            read_for_long(v, rounds);
    }
    for (int i = 0; i < rounds; i++) {
        kit_exec(db, "UPDATE t SET b=randomblob(3890) WHERE i%13=random()%13");
        kit_try(db, i % 2 ? "PRAGMA wal_checkpoint(PASSIVE)" : "PRAGMA wal_checkpoint(RESTART)");
    }
    for (int p = 0; p < READERS; p++) {
        assert_int_equal(waitpid(child[p], &status, 0), child[p]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    sqlite3_close(db);
    whole(v);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_put_back),
        cmocka_unit_test(all_but_one_put_back),
        cmocka_unit_test(leaf_put_back),
        cmocka_unit_test(put_back_beside_a_reader),
        cmocka_unit_test(many_leaves),
        cmocka_unit_test(checkpoints_in_turn),
        cmocka_unit_test(no_part_of_a_checkpoint),
        cmocka_unit_test(readers_beside_checkpoints),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_tags", tests, kit_begin, kit_end);
}
