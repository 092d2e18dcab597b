/* SPDX-License-Identifier: MIT */
/*
 * Damage and meddling: whatever part of the file is taken away, put back or exchanged, the answers
 * are an error or what they were; and verify names what is damaged. Single bytes are in
 * test_vault_flips.c.
 */
#include "vault_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A vault whose path is filled with these bytes anew before each trial. */
struct subject {
    struct vault *v;
    uint8_t *main, *wal;
    size_t main_size, wal_size;
    char wal_path[300];
    int64_t answer;
};

static const char question[] = "SELECT coalesce(sum(length(a)*7+i),0)+count(*)*1000003 FROM t";

static void put_back(const struct subject *s)
{
    kit_remove(vault_path(s->v));
    kit_write(vault_path(s->v), s->main, s->main_size);
    if (s->wal)
        kit_write(s->wal_path, s->wal, s->wal_size);
}

static void subject_end(struct subject *s)
{
    vault_close(s->v);
    free(s->main);
    free(s->wal);
}

/*
 * A closed file of a few pages; or (live) as kill -9 leaves it: commits in the WAL alone, and a
 * checkpoint before them, so that its epoch is the second.
 */
static struct subject subject(const char *name, bool live)
{
    struct subject s = {.v = kit_vault(name)};
    sqlite3 *db = kit_database(s.v, 0);

    snprintf(s.wal_path, sizeof(s.wal_path), "%s-wal", vault_path(s.v));
    kit_exec(db, "CREATE TABLE t(i INTEGER PRIMARY KEY, a); CREATE INDEX ta ON t(a);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<200)"
                 "INSERT INTO t SELECT i, hex(randomblob(40)) FROM n");
    if (live) {
        kit_exec(db, "PRAGMA wal_checkpoint(RESTART)");
        for (int i = 0; i < 6; i++)
            kit_exec(db, "INSERT INTO t(a) VALUES(hex(randomblob(40)))");
        s.main = kit_read(vault_path(s.v), &s.main_size);
        s.wal = kit_read(s.wal_path, &s.wal_size);
    }
    s.answer = kit_number(db, question);
    sqlite3_close(db);
    if (!live)
        s.main = kit_read(vault_path(s.v), &s.main_size);
    put_back(&s);
    return s;
}

/* Asks anew; true with the answer where there was one. */
static bool ask(struct vault *v, int64_t *answer, struct error *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool fine = vault_open(v, 0, &db, err);

    if (fine) {
        fine = sqlite3_prepare_v2(db, question, -1, &stmt, NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW;
        if (fine)
            *answer = sqlite3_column_int64(stmt, 0);
        else
            vault_sqlite_error(db, err);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
    }
    return fine;
}

/* After meddling: an error of the right kind, or the same answer. */
static void same_or_error(const struct subject *s, const char *what, long at, bool *answered)
{
    struct error err = ERROR_INIT;
    int64_t answer = 0;

    *answered = ask(s->v, &answer, &err);
    if (*answered && answer != s->answer)
        fail_msg("%s %ld: another answer, without a word", what, at);
    if (!*answered && err.kind != ERROR_VAULT)
        fail_msg("%s %ld: kind %d: %s", what, at, err.kind, error_text(&err));
    error_release(&err);
}

static void verify_names(const struct subject *s, const char *what, long at)
{
    struct error err = ERROR_INIT;

    if (vault_verify(s->v, NULL, NULL, &err) || err.kind != ERROR_VAULT)
        fail_msg("%s %ld: verify found nothing", what, at);
    error_release(&err);
}

/* What must be refused, with a word of the reason. */
static void refused(struct subject *s, const char *word)
{
    struct error err = ERROR_INIT;
    int64_t answer;

    if (ask(s->v, &answer, &err))
        fail_msg("not refused: %s", word);
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(&err), word);
    error_release(&err);
    put_back(s);
}

static void pages_moved(void **state)
{
    struct subject s = subject("moved", false);
    static const uint8_t zeros[FORMAT_PAGE] = {0};
    uint8_t *changed = malloc(s.main_size);
    int64_t one = format_page_at(2), two = format_page_at(3);

    (void)state;
    memcpy(changed, s.main, s.main_size);
    memcpy(changed + one, s.main + two, FORMAT_PAGE);
    memcpy(changed + two, s.main + one, FORMAT_PAGE);
    kit_write(vault_path(s.v), changed, s.main_size);
    refused(&s, "page");
    memcpy(changed, s.main, s.main_size);
    memcpy(changed + one, zeros, FORMAT_PAGE);
    kit_write(vault_path(s.v), changed, s.main_size);
    refused(&s, "page 2");
    kit_write(vault_path(s.v), s.main, (size_t)format_page_at(3));
    refused(&s, "");
    kit_write(vault_path(s.v), s.main, FORMAT_GROUPS);
    refused(&s, "cut off");
    free(changed);
    subject_end(&s);
}

/* The file cut while the WAL is there: SQLite alone takes what is missing for zeros. */
static void cut_beside_a_wal(void **state)
{
    struct subject s = subject("cut-wal", true);
    int64_t pages = format_pages((int64_t)s.main_size);
    int refusals = 0;

    (void)state;
    for (int64_t left = pages - 1; left > 1; left--) {
        struct error err = ERROR_INIT;
        int64_t answer = 0;
        bool found;

        put_back(&s);
        kit_write(vault_path(s.v), s.main, (size_t)format_size(left));
        found = !vault_verify(s.v, NULL, NULL, NULL);
        if (ask(s.v, &answer, &err)) {
            assert_int_equal(answer, s.answer);
        } else {
            assert_int_equal(err.kind, ERROR_VAULT);
            assert_non_null(strstr(error_text(&err), "cut off"));
            assert_true(found);
            refusals++;
        }
        error_release(&err);
    }
    assert_true(refusals > 0);
    subject_end(&s);
}

/* Page 1 of a time before the WAL mode was set, sealed with the right key. */
static void page_one_without_wal(void **state)
{
    struct subject s = subject("no-wal", false);
    uint8_t page[FORMAT_PAGE], *at = s.main + format_page_at(1);

    (void)state;
    memcpy(page, at, sizeof(page));
    assert_true(page_open(s.v->fs->keys, 1, page));
    page[18] = page[19] = 1;
    page_seal(s.v->fs->keys, 1, page, at);
    put_back(&s);
    refused(&s, "page 1");
    subject_end(&s);
}

static void wal_taken_away(void **state)
{
    struct subject s = subject("wal-away", true);

    (void)state;
    unlink(s.wal_path);
    refused(&s, "missing");
    kit_write(s.wal_path, s.wal, 0);
    refused(&s, "missing");
    kit_write(s.wal_path, s.wal, FORMAT_WAL_RECORDS);
    refused(&s, "cut off");
    kit_write(s.wal_path, s.wal, (size_t)format_record_at(5));
    refused(&s, "cut off");
    /* By SQLite's own word for a leftover: the file itself would be deleted as a journal's. */
    kit_write(vault_path(s.v), s.main, FORMAT_GROUPS);
    refused(&s, "cut off");
    subject_end(&s);
}

/* A WAL of an earlier time, beside a file that has gone on. */
static void wal_of_another_time(void **state)
{
    struct subject s = subject("wal-time", true);
    uint8_t *newer_main, *newer_wal;
    size_t newer_main_size, newer_wal_size;
    struct error err = ERROR_INIT;
    int64_t answer, now;
    sqlite3 *db = kit_database(s.v, 0);

    (void)state;
    kit_exec(db, "PRAGMA wal_checkpoint(RESTART); INSERT INTO t(a) VALUES('a'),('b')");
    kit_exec(db, "PRAGMA wal_checkpoint(RESTART); INSERT INTO t(a) VALUES('c')");
    newer_main = kit_read(vault_path(s.v), &newer_main_size);
    newer_wal = kit_read(s.wal_path, &newer_wal_size);
    sqlite3_close(db);

    /* Older than needed. */
    kit_write(vault_path(s.v), newer_main, newer_main_size);
    kit_write(s.wal_path, s.wal, s.wal_size);
    refused(&s, "older");
    /* Newer than the file. */
    kit_write(s.wal_path, newer_wal, newer_wal_size);
    refused(&s, "newer");
    /* A stale one beside a closed file: its frames must not come back. */
    kit_write(vault_path(s.v), newer_main, newer_main_size);
    kit_write(s.wal_path, newer_wal, newer_wal_size);
    db = kit_database(s.v, 0);
    now = kit_number(db, question);
    sqlite3_close(db);
    kit_write(s.wal_path, s.wal, s.wal_size);
    assert_true(ask(s.v, &answer, &err));
    assert_int_equal(answer, now);
    free(newer_main);
    free(newer_wal);
    subject_end(&s);
}

/* A frame put back to what it was before its transaction was written again. */
static void record_put_back(void **state)
{
    struct subject s = subject("put-back", true);
    uint8_t *later;
    size_t later_size;
    sqlite3 *db;

    (void)state;
    /* Another continuation from the same start: the same epoch and indices, other content. */
    put_back(&s);
    db = kit_database(s.v, 0);
    kit_exec(db, "INSERT INTO t(a) VALUES('one way')");
    later = kit_read(s.wal_path, &later_size);
    sqlite3_close(db);
    put_back(&s);
    db = kit_database(s.v, 0);
    kit_exec(db, "INSERT INTO t(a) VALUES('another way')");
    free(s.main);
    free(s.wal);
    s.main = kit_read(vault_path(s.v), &s.main_size);
    s.wal = kit_read(s.wal_path, &s.wal_size);
    sqlite3_close(db);
    assert_int_equal(s.wal_size, later_size);
    put_back(&s);
    kit_write(s.wal_path, later, later_size);
    refused(&s, "record");
    /* Some of each. */
    memcpy(later + later_size - FORMAT_WAL_RECORD, s.wal + later_size - FORMAT_WAL_RECORD,
           FORMAT_WAL_RECORD);
    kit_write(s.wal_path, later, later_size);
    refused(&s, "record");
    free(later);
    subject_end(&s);
}

static void planted_journal(void **state)
{
    struct subject s = subject("planted", false);
    struct vault *plain = kit_vault("plain");
    char path[300];
    bool answered;

    (void)state;
    snprintf(path, sizeof(path), "%s-journal", vault_path(s.v));
    kit_copy(vault_path(plain), path);
    same_or_error(&s, "journal", 0, &answered);
    assert_true(answered);
    assert_int_equal(access(path, F_OK), 0); /* none of ours: left alone */
    vault_close(plain);
    subject_end(&s);
}

static void page_one_torn(void **state)
{
    struct subject s = subject("torn", false);
    sqlite3 *db;
    bool answered;

    (void)state;
    /* Page 1 is in the WAL; a checkpoint was cut short while it wrote page 1 below. */
    db = kit_database(s.v, 0);
    kit_exec(db, "CREATE TABLE more(x)");
    free(s.main);
    s.main = kit_read(vault_path(s.v), &s.main_size);
    s.wal = kit_read(s.wal_path, &s.wal_size);
    sqlite3_close(db);
    memset(s.main + format_page_at(1), 0x55, 512);
    put_back(&s);
    assert_true(vault_verify(s.v, NULL, NULL, NULL));
    same_or_error(&s, "torn", 0, &answered);
    assert_true(answered);
    /* Without the WAL it is damage. */
    put_back(&s);
    unlink(s.wal_path);
    refused(&s, "");
    subject_end(&s);
}

static bool unlocks(const char *path, const char *passphrase, struct error *err)
{
    struct vault *v = NULL;

    error_clear(err);
    if (!vault_unlock(path, passphrase, strlen(passphrase), 0, &v, err))
        return false;
    vault_close(v);
    return true;
}

/* The header's layout, written down a second time on purpose: it must not move. */
#define SLOT_AT(slot) (640 + 384 * (slot))
enum { GENERATION_AT = 32, FOUNDER_AT = 48, SIGN_PK_AT = 72 };

static void write_headers(const char *path, uint8_t *bytes, size_t size, const struct header *h)
{
    memcpy(bytes + FORMAT_HEADER_A, h->bytes, HEADER_SIZE);
    memcpy(bytes + FORMAT_HEADER_B, h->bytes, HEADER_SIZE);
    kit_write(path, bytes, size);
}

/*
 * Somebody without any secret makes a file of their own under the officer's slot, with a data key
 * that they know, to read what the officer will write: all is right but the hash under the circle.
 */
static void planted_file(void **state)
{
    struct subject s = subject("planted-file", false);
    struct error err = ERROR_INIT;
    struct keys *forger = keys_new();
    struct header h = s.v->header;
    struct seeds seeds = {{1}, {2}};
    struct anchor a = {0};
    char path[300];

    (void)state;
    snprintf(path, sizeof(path), "%s", vault_path(s.v));
    memcpy(forger->file_id, header_file_id(&h), sizeof(forger->file_id));
    randombytes_buf(forger->data, sizeof(forger->data));
    keys_derive(forger);
    vault_take_sign_key(forger, &seeds);
    for (int attempt = 0; attempt < 3; attempt++) {
        /* A circle of nobody, of their own, and themselves as the founder. */
        if (attempt == 1)
            randombytes_buf(forger->circle, sizeof(forger->circle));
        if (attempt == 2)
            memset(h.bytes + FOUNDER_AT, 0, CRYPTO_KEY);
        assert_true(header_set_slot(&h, 1, kit_cheap.cost, "forger", 6, &seeds, forger));
        header_give_key(&h, forger->data);
        header_finish(&h, forger, 1);
        assert_int_equal(header_look(&h), HEADER_WHOLE);
        a.header_generation = 1;
        a.counter = 0;
        anchor_print(&a, ANCHOR_FLUSHED, forger, s.main + FORMAT_ANCHOR_A);
        a.counter = 1;
        anchor_print(&a, ANCHOR_COMMIT, forger, s.main + FORMAT_ANCHOR_B);
        write_headers(path, s.main, s.main_size, &h);
        assert_false(unlocks(path, PASSPHRASE, &err));
        assert_int_equal(err.kind, ERROR_VAULT);
        assert_non_null(strstr(error_text(&err), "not authentic"));
    }
    error_release(&err);
    keys_free(forger);
    subject_end(&s);
}

static void header_meddling(void **state)
{
    struct subject s = subject("meddle", false);
    struct error err = ERROR_INIT;
    uint8_t pk[VAULT_SIGN_PK];
    char path[300];
    size_t size;
    uint8_t *now;

    (void)state;
    snprintf(path, sizeof(path), "%s", vault_path(s.v));
    assert_true(vault_add_slot(s.v, "second", 6, pk, &err));
    now = kit_read(path, &size);

    /* Both copies put back to before the second officer. */
    memcpy(now + FORMAT_HEADER_A, s.main + FORMAT_HEADER_A, HEADER_SIZE);
    kit_write(path, now, size);
    assert_true(unlocks(path, "second", &err)); /* one copy: the newer one counts */
    verify_names(&s, "older copy", 0);
    memcpy(now + FORMAT_HEADER_B, s.main + FORMAT_HEADER_B, HEADER_SIZE);
    kit_write(path, now, size);
    assert_false(unlocks(path, PASSPHRASE, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    assert_non_null(strstr(error_text(&err), "older"));

    /* Signed again by who has no data key: the second slot out, slot 0's signing key exchanged. */
    {
        struct keys *forger = keys_new();
        struct header h = s.v->header;

        memset(h.bytes + SLOT_AT(1), 0, SLOT_AT(1) - SLOT_AT(0));
        put64(h.bytes + GENERATION_AT, 99);
        crypto_sign_keypair(h.bytes + SLOT_AT(0) + SIGN_PK_AT, forger->sign_sk);
        header_finish(&h, forger, 0);
        assert_int_equal(header_look(&h), HEADER_WHOLE);
        write_headers(path, now, size, &h);
        assert_false(unlocks(path, PASSPHRASE, &err));
        assert_int_equal(err.kind, ERROR_VAULT);

        /* Parameters outside the bounds are not even tried. */
        put32(h.bytes + SLOT_AT(0) + 8, 1024);
        header_finish(&h, forger, 0);
        write_headers(path, now, size, &h);
        assert_false(unlocks(path, PASSPHRASE, &err));
        assert_non_null(strstr(error_text(&err), "bounds"));
        keys_free(forger);
    }
    error_release(&err);
    free(now);
    subject_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_moved),         cmocka_unit_test(wal_taken_away),
        cmocka_unit_test(wal_of_another_time), cmocka_unit_test(record_put_back),
        cmocka_unit_test(planted_journal),     cmocka_unit_test(page_one_torn),
        cmocka_unit_test(cut_beside_a_wal),    cmocka_unit_test(page_one_without_wal),
        cmocka_unit_test(planted_file),        cmocka_unit_test(header_meddling),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_damage", tests, kit_begin, kit_end);
}
