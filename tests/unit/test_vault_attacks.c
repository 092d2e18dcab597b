/* SPDX-License-Identifier: MIT */
/*
 * Who has the files of a case, without a passphrase, and may change them at any moment. What was
 * tried beside test_vault_damage.c, and how it must end (E: an error; S: the same answers as
 * before; V: verify names it):
 *
 *   every byte of a real case file, flipped                              E or S, and V
 *   both copies of the key header flipped                                E
 *   the key header of before a new passphrase, and either copy of the
 *       anchor destroyed                                                 E
 *   the WAL of a session that ended well put back, the end cut off       S, and V
 *   the same in another continuation, of which there are two             E
 *   the same, whole                                                      S
 *   the WAL begun next, with the file of one checkpoint before           E, and V
 *   the WAL of another case file                                         S, and V
 *   the anchor's newer copy destroyed, and the WAL cut to the older      V, and a doubt on opening
 *   each page of a backup in its place                                   E or S, and V
 *   an index of the acts put back to an older one                        V
 *   header or anchor of a backup (same officers, same id) before these   E
 *   the file that is unlocked exchanged for another                      E
 *   symbolic links in the places of the files beside it                  E; what they name is whole
 *
 * What nothing in the file can tell, and only a witness outside does: all of it put back to an
 * earlier moment. One page put back is in test_vault_tags.c.
 */
#include "store_kit.h"
#include "vault_kit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/store/verify.h"

static bool patient(void)
{
    return getenv("AMPARO_LONG");
}

struct copy {
    char path[300];
    uint8_t *bytes; /* NULL: no such file */
    size_t size;
};

static struct copy take(const char *path, const char *suffix)
{
    struct copy c;

    snprintf(c.path, sizeof(c.path), "%s%s", path, suffix);
    c.bytes = kit_read(c.path, &c.size);
    return c;
}

static void put(const struct copy *c)
{
    unlink(c->path);
    if (c->bytes)
        kit_write(c->path, c->bytes, c->size);
}

/* ---- a real case file ---- */

/* Adds what a question is answered. */
static bool add_answer(sqlite3 *db, const char *question, int64_t *answer, struct error *err)
{
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(db, question, -1, &row, NULL);

    for (; rc == SQLITE_OK && (rc = sqlite3_step(row)) == SQLITE_ROW; rc = SQLITE_OK)
        for (int c = 0; c < sqlite3_column_count(row); c++) {
            uint8_t hash[16];
            crypto_generichash(hash, sizeof(hash), sqlite3_column_blob(row, c),
                               (size_t)sqlite3_column_bytes(row, c), NULL, 0);
            *answer = (int64_t)((uint64_t)*answer * 31 + get64(hash));
        }
    sqlite3_finalize(row);
    return rc == SQLITE_DONE || vault_sqlite_error(db, err);
}

/* Every table, and what the search finds; the pages of its index verify looks after. */
static bool add_tables(sqlite3 *db, int64_t *answer, struct error *err)
{
    sqlite3_stmt *name = NULL;
    int rc = sqlite3_prepare_v2(db,
                                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT "
                                "LIKE 'search%' ORDER BY name",
                                -1, &name, NULL);
    bool fine = true;

    for (; fine && rc == SQLITE_OK && (rc = sqlite3_step(name)) == SQLITE_ROW; rc = SQLITE_OK) {
        char question[100];
        snprintf(question, sizeof(question), "SELECT * FROM %s", sqlite3_column_text(name, 0));
        fine = add_answer(db, question, answer, err);
    }
    sqlite3_finalize(name);
    return fine && (rc == SQLITE_DONE || vault_sqlite_error(db, err));
}

/* A number that stands for all that the file says. */
static bool fingerprint(struct vault *v, int64_t *answer, struct error *err)
{
    sqlite3 *db = NULL;
    bool fine = vault_open(v, 0, &db, err);

    *answer = 0;
    fine = fine && add_answer(db, "SELECT * FROM sqlite_schema", answer, err) &&
           add_tables(db, answer, err) &&
           add_answer(db, "SELECT rowid FROM search WHERE search MATCH 'KAREN*'", answer, err);
    sqlite3_close(db);
    return fine;
}

static void make_case_file(const char *name)
{
    struct store *store = kit_create(name);
    struct error err = ERROR_INIT;
    int64_t draft;

    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    kit_record(store, "HNTGU-2026-0001", ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}");
    assert_true(store_draft_open(store, "HNTGU-2026-0001", ACT_NEED, 0, 0, &draft, &err));
    assert_true(store_draft_put(store, draft, "need", "need", "shelter", 3, &err));
    store_close(store);
}

static struct vault *unlock(const char *name)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    if (!vault_unlock(kit_path(name), kit_ana.bytes, kit_ana.length, 0, &v, &err))
        fail_msg("%s", error_text(&err));
    return v;
}

/* False: an error. Fails the test on another answer. */
static bool same_answer(struct vault *v, int64_t answer, int64_t at)
{
    struct error err = ERROR_INIT;
    int64_t now;
    bool answered = fingerprint(v, &now, &err);

    if (!answered)
        assert_int_equal(err.kind, ERROR_VAULT);
    else if (now != answer)
        fail_msg("byte %lld: another answer", (long long)at);
    error_release(&err);
    return answered;
}

/* Unlocking anew, one copy of the key header being damaged, takes the other. */
static void other_header_counts(struct vault *v, const struct copy *file)
{
    struct error err = ERROR_INIT;
    struct header best[2];
    struct raw raw;

    assert_true(raw_open(&raw, v->fs->base, file->path, false, &err));
    assert_int_equal(raw_headers(raw.file, file->path, best, &err), 1);
    raw_close(&raw);
    assert_memory_equal(best[0].bytes, file->bytes, HEADER_SIZE);
}

static void flips_every_byte(void **state)
{
    struct vault *v;
    struct copy file;
    struct error err = ERROR_INIT;
    int64_t answer, now, step, errors = 0;
    (void)state;

    make_case_file("bytes");
    file = take(kit_path("bytes"), "");
    v = unlock("bytes");
    assert_true(fingerprint(v, &answer, &err));
    assert_true(vault_verify(v, NULL, NULL, &err));
    step = patient() ? 1 : (int64_t)file.size / 300;
    for (int64_t at = 0, i = 0; at < (int64_t)file.size; at += step, i++) {
        uint8_t bits = (uint8_t)(1u << (i % 8));
        kit_flip(file.path, at, bits);
        if (vault_verify(v, NULL, NULL, &err))
            fail_msg("byte %lld: verify finds nothing", (long long)at);
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        /* In the patient run each byte is verified, and each fifth asked for: it is slower. */
        if (!patient() || i % 5 == 0)
            errors += !same_answer(v, answer, at);
        if (at < FORMAT_ANCHOR_A)
            other_header_counts(v, &file);
        kit_flip(file.path, at, bits);
    }
    assert_true(fingerprint(v, &now, &err));
    assert_int_equal(now, answer);
    assert_true(errors > 50);
    vault_close(v);
    free(file.bytes);
}

static void flips_both_headers(void **state)
{
    struct copy file;
    (void)state;

    make_case_file("headers");
    file = take(kit_path("headers"), "");
    for (int64_t at = 0; at < HEADER_SIZE; at += patient() ? 1 : 37) {
        struct error err = ERROR_INIT;
        struct vault *v = NULL;
        kit_flip(file.path, FORMAT_HEADER_A + at, 1);
        kit_flip(file.path, FORMAT_HEADER_B + at, 1);
        assert_false(vault_unlock(file.path, kit_ana.bytes, kit_ana.length, 0, &v, &err));
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        put(&file);
    }
    free(file.bytes);
}

static void header_of_an_old_passphrase(void **state)
{
    struct vault *v = kit_vault("passphrase"), *w = NULL;
    struct error err = ERROR_INIT;
    struct copy then, now;
    (void)state;

    sqlite3_close(kit_database(v, 0));
    then = take(vault_path(v), "");
    assert_true(vault_set_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, "a new one", 9, &err));
    now = take(vault_path(v), "");
    for (int copy = 0; copy < 3; copy++) {
        struct copy mixed = now;
        mixed.bytes = malloc(now.size);
        memcpy(mixed.bytes, now.bytes, now.size);
        memcpy(mixed.bytes, then.bytes, 2 * HEADER_SIZE);
        if (copy < 2)
            memset(mixed.bytes + anchor_at(copy), 0, ANCHOR_SIZE);
        put(&mixed);
        assert_false(
            vault_unlock_with(&kit_cheap, mixed.path, PASSPHRASE, PASSPHRASE_LENGTH, 0, &w, &err));
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        free(mixed.bytes);
    }
    vault_close(v);
    free(then.bytes);
    free(now.bytes);
}

/* ---- the WAL of a session that is over ---- */

static const char count[] = "SELECT count(*)*1000+coalesce(sum(i),0) FROM t";

static void insert(sqlite3 *db, int from, int to)
{
    char sql[200];

    for (int i = from; i < to; i++) {
        snprintf(sql, sizeof(sql), "INSERT INTO t VALUES(%d, randomblob(2000))", i);
        kit_exec(db, sql);
    }
}

static void session_put_back(void **state)
{
    struct vault *v = kit_vault("session");
    struct error err = ERROR_INIT;
    struct copy half, whole, main;
    sqlite3 *db = kit_database(v, 0);
    int64_t answer;
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 5);
    half = take(vault_path(v), "-wal");
    insert(db, 5, 12);
    whole = take(vault_path(v), "-wal");
    answer = kit_number(db, count);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    main = take(vault_path(v), "");

    /* The first half: its pages are older than those of the case file. */
    put(&half);
    assert_false(vault_verify(v, NULL, NULL, &err));
    error_release(&err);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, count), answer);
    assert_int_equal(kit_number(db, "SELECT integrity_check='ok' FROM pragma_integrity_check"), 1);
    insert(db, 12, 13);
    assert_int_equal(kit_number(db, count), answer + 1012);
    sqlite3_close(db);
    /* All of it says what the file says. */
    put(&main);
    put(&whole);
    assert_true(vault_verify(v, NULL, NULL, &err));
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, count), answer);
    sqlite3_close(db);
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
    free(half.bytes);
    free(whole.bytes);
    free(main.bytes);
}

/* The files put back to a moment within a session, and another day lived from there. */
static void two_continuations(void **state)
{
    struct vault *v = kit_vault("twice");
    struct error err = ERROR_INIT;
    struct copy main, wal, other, none;
    sqlite3 *db = kit_database(v, 0);
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 3);
    main = take(vault_path(v), "");
    wal = take(vault_path(v), "-wal");
    sqlite3_close(db);
    none = take(vault_path(v), "-wal");
    assert_null(none.bytes);
    put(&main);
    put(&wal);
    db = kit_database(v, 0);
    insert(db, 100, 106);
    other = take(vault_path(v), "-wal");
    sqlite3_close(db);
    put(&main);
    put(&wal);
    db = kit_database(v, 0);
    insert(db, 200, 206);
    sqlite3_close(db);
    /* The same epoch, as many records, each of them authentic. */
    put(&other);
    assert_false(vault_verify(v, NULL, NULL, &err));
    error_release(&err);
    db = NULL;
    if (vault_open(v, 0, &db, &err)) {
        assert_int_not_equal(kit_try(db, count), SQLITE_OK);
        sqlite3_close(db);
    } else {
        assert_int_equal(err.kind, ERROR_VAULT);
    }
    error_release(&err);
    vault_close(v);
    free(main.bytes);
    free(wal.bytes);
    free(other.bytes);
}

/*
 * All of a WAL is brought over; but somebody still reads in it, so that it goes on, and is brought
 * over once more before the next one begins. That one, before the case file as it was the first
 * time, would hide what was written in between.
 */
static void wal_of_the_next_epoch(void **state)
{
    struct vault *v = kit_vault("next");
    struct error err = ERROR_INIT;
    sqlite3 *db = kit_database(v, 0), *reader = kit_database(v, 0);
    struct copy main, wal;
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b); CREATE TABLE u(i); CREATE TABLE w(i)");
    insert(db, 0, 3);
    kit_exec(reader, "BEGIN");
    assert_int_equal(kit_number(reader, count), 3003);
    kit_exec(db, "PRAGMA wal_checkpoint(PASSIVE)");
    main = take(vault_path(v), "");
    insert(db, 3, 5);
    kit_exec(db, "INSERT INTO u VALUES(1)");
    kit_exec(reader, "COMMIT");
    kit_exec(db, "PRAGMA wal_checkpoint(PASSIVE); INSERT INTO w VALUES(1)");
    wal = take(vault_path(v), "-wal");
    sqlite3_close(reader);
    sqlite3_close(db);
    put(&main);
    put(&wal);
    assert_false(vault_verify(v, NULL, NULL, &err));
    error_release(&err);
    assert_false(vault_open(v, 0, &db, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    vault_close(v);
    free(main.bytes);
    free(wal.bytes);
}

/*
 * As a crash leaves it, with the anchor's newer copy destroyed and the -wal file cut back to what
 * the older one knows. A power loss may destroy a copy too: that cannot be refused.
 */
static void anchor_destroyed(void **state)
{
    struct vault *v = kit_vault("anchor");
    struct error err = ERROR_INIT;
    sqlite3 *db = kit_database(v, 0);
    struct copy main, wal;
    struct anchor a[2];
    uint8_t commits[ANCHOR_SIZE];
    struct vault *again;
    int64_t answer;
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 3);
    kit_exec(db, "PRAGMA wal_checkpoint");
    answer = kit_number(db, count);
    insert(db, 3, 5);
    main = take(vault_path(v), "");
    wal = take(vault_path(v), "-wal");
    sqlite3_close(db);
    for (int i = 0; i < 2; i++)
        assert_true(anchor_parse(main.bytes + anchor_at(i), i, v->fs->keys, &a[i]));
    assert_true(a[0].counter < a[1].counter && a[0].epoch < a[1].epoch);
    memcpy(commits, main.bytes + FORMAT_ANCHOR_B, sizeof(commits));
    memset(main.bytes + FORMAT_ANCHOR_B, 0, ANCHOR_SIZE);
    wal.size = (size_t)format_record_at(0);
    put(&main);
    put(&wal);
    assert_false(vault_verify(v, NULL, NULL, &err));
    assert_non_null(strstr(error_text(&err), "anchor"));
    error_release(&err);
    again = kit_unlock("anchor");
    assert_true(vault_doubt(again));
    assert_false(vault_doubt(v));
    db = kit_database(again, 0);
    assert_int_equal(kit_number(db, count), answer); /* what came after the checkpoint, no more */
    sqlite3_close(db);
    vault_close(again);
    /* Cut back with the anchor as it is, it is refused. */
    memcpy(main.bytes + FORMAT_ANCHOR_B, commits, sizeof(commits));
    put(&main);
    put(&wal);
    assert_false(vault_open(v, 0, &db, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    vault_close(v);
    free(main.bytes);
    free(wal.bytes);
}

static void wal_of_another_file(void **state)
{
    struct vault *v = kit_vault("mine"), *w = kit_vault("theirs");
    struct error err = ERROR_INIT;
    sqlite3 *db = kit_database(v, 0), *other = kit_database(w, 0);
    struct copy wal;
    char path[300];
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 3);
    kit_exec(other, "CREATE TABLE t(i, b)");
    insert(other, 10, 30);
    wal = take(vault_path(w), "-wal");
    sqlite3_close(db);
    snprintf(path, sizeof(path), "%s-wal", vault_path(v));
    kit_write(path, wal.bytes, wal.size);
    assert_false(vault_verify(v, NULL, NULL, &err));
    error_release(&err);
    db = kit_database(v, 0);
    assert_int_equal(kit_number(db, count), 3003);
    insert(db, 3, 4);
    sqlite3_close(db);
    sqlite3_close(other);
    assert_true(vault_verify(v, NULL, NULL, &err));
    vault_close(v);
    vault_close(w);
    free(wal.bytes);
}

/* ---- backups: the same id and officers, another data key ---- */

static void pieces_of_a_backup(void **state)
{
    static const struct {
        int64_t at, size;
    } pieces[] = {
        {FORMAT_HEADER_A, 2 * FORMAT_PAGE},
        {FORMAT_ANCHOR_A, 2 * FORMAT_PAGE},
        {FORMAT_HEADER_A, 4 * FORMAT_PAGE},
    };
    struct error err = ERROR_INIT;
    struct vault *v;
    struct copy mine, backup;
    int64_t now, answer;
    (void)state;

    make_case_file("origin");
    v = unlock("origin");
    assert_true(fingerprint(v, &answer, &err));
    assert_true(vault_backup(v, kit_path("spare"), NULL, NULL, &err));
    mine = take(kit_path("origin"), "");
    backup = take(kit_path("spare"), "");
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        struct copy mixed = mine;
        struct vault *again = NULL;
        mixed.bytes = malloc(mine.size);
        memcpy(mixed.bytes, mine.bytes, mine.size);
        memcpy(mixed.bytes + pieces[i].at, backup.bytes + pieces[i].at, (size_t)pieces[i].size);
        put(&mixed);
        if (vault_unlock(mixed.path, kit_ana.bytes, kit_ana.length, 0, &again, &err)) {
            assert_false(fingerprint(again, &now, &err));
            vault_close(again);
        }
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        free(mixed.bytes);
    }
    /* One page after another. */
    for (int64_t n = 1; n <= format_pages((int64_t)mine.size); n++) {
        struct copy mixed = mine;
        int64_t at = format_page_at(n);
        if (at + FORMAT_PAGE > (int64_t)backup.size)
            break;
        mixed.bytes = malloc(mine.size);
        memcpy(mixed.bytes, mine.bytes, mine.size);
        memcpy(mixed.bytes + at, backup.bytes + at, FORMAT_PAGE);
        put(&mixed);
        assert_false(vault_verify(v, NULL, NULL, &err));
        error_release(&err);
        if (fingerprint(v, &now, &err))
            assert_int_equal(now, answer); /* it reads no free page */
        error_release(&err);
        free(mixed.bytes);
    }
    /* All of the backup where the file was, for who has it open: another key, nothing is read. */
    kit_write(mine.path, backup.bytes, backup.size);
    assert_false(fingerprint(v, &now, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    vault_close(v);
    free(mine.bytes);
    free(backup.bytes);
}

/* ---- an index put back to an older one: whole in itself, but not the page that is known ---- */

static void index_put_back(void **state)
{
    struct error err = ERROR_INIT;
    struct copy before, after;
    struct store *store;
    struct verified verified;
    int64_t page, at;
    (void)state;

    make_case_file("index");
    before = take(kit_path("index"), "");
    store = kit_open("index", kit_ana);
    kit_record(store, "HNTGU-2026-0001", ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    assert_true(db_number(store, &page, 0, &err,
                          "SELECT rootpage FROM sqlite_schema WHERE name = "
                          "'sqlite_autoindex_acts_1'",
                          ""));
    store_close(store);
    after = take(kit_path("index"), "");
    at = format_page_at(page);
    assert_memory_not_equal(after.bytes + at, before.bytes + at, FORMAT_PAGE);
    memcpy(after.bytes + at, before.bytes + at, FORMAT_PAGE);
    put(&after);
    store = kit_open("index", kit_ana);
    assert_false(store_verify(store, NULL, NULL, &verified, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    buf_release(&verified.notes);
    error_release(&err);
    store_close(store);
    free(before.bytes);
    free(after.bytes);
}

/* ---- what lies beside the file ---- */

static void links_beside(void **state)
{
    static const char *const suffixes[] = {"-wal", "-shm"};
    static const uint8_t text[] = "somebody's letter";
    struct vault *v = kit_vault("links");
    struct copy letter;
    sqlite3 *db = kit_database(v, 0);
    char path[300];
    (void)state;

    kit_exec(db, "CREATE TABLE t(i, b)");
    insert(db, 0, 3);
    sqlite3_close(db);
    kit_write(kit_path("letter"), text, sizeof(text));
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        struct error err = ERROR_INIT;
        snprintf(path, sizeof(path), "%s%s", vault_path(v), suffixes[i]);
        assert_int_equal(symlink(kit_path("letter"), path), 0);
        db = NULL;
        if (vault_open(v, 0, &db, &err)) {
            kit_try(db, "INSERT INTO t VALUES(9, 'x')");
            sqlite3_close(db);
        }
        error_release(&err);
        letter = take(kit_path("letter"), "");
        assert_int_equal(letter.size, sizeof(text));
        assert_memory_equal(letter.bytes, text, sizeof(text));
        free(letter.bytes);
        unlink(path);
    }
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flips_every_byte),
        cmocka_unit_test(flips_both_headers),
        cmocka_unit_test(header_of_an_old_passphrase),
        cmocka_unit_test(session_put_back),
        cmocka_unit_test(two_continuations),
        cmocka_unit_test(wal_of_the_next_epoch),
        cmocka_unit_test(wal_of_another_file),
        cmocka_unit_test(pieces_of_a_backup),
        cmocka_unit_test(anchor_destroyed),
        cmocka_unit_test(index_put_back),
        cmocka_unit_test(links_beside),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault attacks", tests, kit_begin, kit_end);
}
