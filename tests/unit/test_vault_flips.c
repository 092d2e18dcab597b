/* SPDX-License-Identifier: MIT */
/*
 * One byte changed, in every structure of a case file and its WAL: an error (E) or the same answer
 * (S), and verify names it (V); never another answer, never another kind of error. Closed, as
 * kill -9 leaves it, opened by one alone, and under a connection that goes on reading. A page that
 * the WAL has anew is read there alone, and written over by the next checkpoint, which may have
 * been cut short in it: of such a one verify says nothing.
 *
 * 20,000 bytes in the long run; test_vault_attacks.c does it with a whole case.
 */
#include "vault_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRUCTURES = 9 };

enum moment {
    CLOSED, /* all of it in the case file */
    KILLED, /* commits in the WAL alone, and a checkpoint before them */
    ALONE,  /* the same by an exclusive session, and asked by another */
    IN_USE, /* under an open connection; the WAL beside it */
    MOMENTS,
};

static const char *const moments[MOMENTS] = {"closed", "killed", "exclusive", "in use"};

struct structure {
    const char *name;
    bool wal;
    int64_t from, size;
    int flips, errors, same, superseded;
};

struct subject {
    enum moment moment;
    struct vault *v;
    sqlite3 *db; /* IN_USE: the connection; else NULL */
    char path[2][310];
    uint8_t *bytes[2]; /* the case file, and its WAL or NULL: put back before each trial */
    size_t size[2];
    int64_t answer;
    bool superseded[64]; /* pages that the WAL has whole: nobody reads them in the case file */
    struct structure structures[STRUCTURES];
    int count;
};

static const char question[] = "SELECT coalesce(sum(length(a)*7+i),0)+count(*)*1000003 FROM t";

static unsigned flags_of(const struct subject *s)
{
    return s->moment == ALONE ? VAULT_EXCLUSIVE : 0;
}

static void put_back(const struct subject *s)
{
    if (s->db)
        return; /* one byte is flipped back */
    kit_remove(s->path[0]);
    for (int i = 0; i < 2; i++)
        if (s->bytes[i])
            kit_write(s->path[i], s->bytes[i], s->size[i]);
}

static void add(struct subject *s, const char *name, bool wal, int64_t from, int64_t size)
{
    s->structures[s->count++] =
        (struct structure){.name = name, .wal = wal, .from = from, .size = size};
}

/*
 * Records up to the last commit; what is behind it is of an earlier epoch, and counts for nothing.
 * Notes their pages.
 */
static int64_t read_records(struct subject *s)
{
    struct anchor a;
    struct raw raw;

    assert_true(raw_open(&raw, s->v->fs->base, s->path[0], false, NULL));
    assert_int_equal(anchor_read(raw.file, s->v->fs->keys, &a), SQLITE_OK);
    raw_close(&raw);
    assert_true(a.commit >= 6 && a.backfill == 0);
    for (uint64_t i = 0; i < a.commit; i++) {
        uint8_t frame[FORMAT_FRAME];
        assert_true(record_open(s->v->fs->keys, a.epoch, i,
                                s->bytes[1] + format_record_at((int64_t)i), frame));
        s->superseded[get32be(frame)] = true;
    }
    return (int64_t)a.commit;
}

static void list_structures(struct subject *s)
{
    int64_t room = FORMAT_LEAF_ROOM / 2, pages = format_page_at(1);

    add(s, "header A", false, FORMAT_HEADER_A, FORMAT_PAGE);
    add(s, "header B", false, FORMAT_HEADER_B, FORMAT_PAGE);
    add(s, "anchor A", false, FORMAT_ANCHOR_A, FORMAT_PAGE);
    add(s, "anchor B", false, FORMAT_ANCHOR_B, FORMAT_PAGE);
    add(s, "page tags A", false, format_leaf_at(0, 0), FORMAT_PAGE);
    add(s, "pages", false, pages, (int64_t)s->size[0] - pages);
    if (!s->bytes[1]) { /* a checkpoint that was cut short may have left anything there */
        add(s, "page tags B", false, format_leaf_at(0, 1), room);
        add(s, "room for page tags", false, format_leaf_at(1, 0), room - FORMAT_PAGE);
    } else {
        add(s, "WAL header", true, 0, FORMAT_WAL_RECORDS);
        add(s, "WAL records", true, FORMAT_WAL_RECORDS, read_records(s) * FORMAT_WAL_RECORD);
    }
    assert_true(s->count <= STRUCTURES);
}

static struct subject subject(enum moment moment)
{
    struct subject s = {.moment = moment, .v = kit_vault("flips")};
    sqlite3 *db = kit_database(s.v, flags_of(&s));

    snprintf(s.path[0], sizeof(s.path[0]), "%s", vault_path(s.v));
    snprintf(s.path[1], sizeof(s.path[1]), "%s-wal", vault_path(s.v));
    kit_exec(db, "CREATE TABLE t(i INTEGER PRIMARY KEY, a); CREATE INDEX ta ON t(a);"
                 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<200)"
                 "INSERT INTO t SELECT i, hex(randomblob(40)) FROM n");
    kit_exec(db, "PRAGMA wal_checkpoint(RESTART)");
    for (int i = 0; i < 6; i++)
        kit_exec(db, "INSERT INTO t(a) VALUES(hex(randomblob(40)))");
    s.answer = kit_number(db, question);
    if (moment == CLOSED)
        sqlite3_close(db);
    for (int i = 0; i < 2; i++)
        s.bytes[i] = kit_read(s.path[i], &s.size[i]);
    assert_true((s.bytes[1] == NULL) == (moment == CLOSED));
    if (moment == IN_USE)
        s.db = db;
    else if (moment != CLOSED)
        sqlite3_close(db);
    put_back(&s);
    list_structures(&s);
    return s;
}

static void subject_end(struct subject *s)
{
    sqlite3_close(s->db);
    vault_close(s->v);
    free(s->bytes[0]);
    free(s->bytes[1]);
}

/* By a new connection, or the open one that has forgotten what it read; true with an answer. */
static bool ask(const struct subject *s, int64_t *answer, struct error *err)
{
    sqlite3 *db = s->db;
    sqlite3_stmt *row = NULL;
    bool fine;

    if (!db && !vault_open(s->v, flags_of(s), &db, err))
        return false;
    sqlite3_db_release_memory(db);
    fine = sqlite3_prepare_v2(db, question, -1, &row, NULL) == SQLITE_OK &&
           sqlite3_step(row) == SQLITE_ROW;
    if (fine)
        *answer = sqlite3_column_int64(row, 0);
    else
        vault_sqlite_error(db, err);
    sqlite3_finalize(row);
    if (!s->db)
        sqlite3_close(db);
    return fine;
}

static bool is_superseded(const struct subject *s, const struct structure *what, int64_t at)
{
    return !what->wal && at >= format_page_at(1) &&
           s->superseded[(at - format_page_at(1)) / FORMAT_PAGE + 1];
}

static void trial(struct subject *s, struct structure *what, int64_t at, uint8_t bits)
{
    struct error err = ERROR_INIT;
    int64_t answer = 0;

    put_back(s);
    kit_flip(s->path[what->wal], at, bits);
    if (is_superseded(s, what, at))
        what->superseded++;
    else if (vault_verify(s->v, NULL, NULL, &err) || err.kind != ERROR_VAULT)
        fail_msg("%s, %s, byte %lld: verify says \"%s\"", moments[s->moment], what->name,
                 (long long)(at - what->from), error_text(&err));
    error_release(&err);
    assert_true(!s->bytes[1] || access(s->path[1], F_OK) == 0); /* verify changes nothing */
    if (!ask(s, &answer, &err)) {
        if (err.kind != ERROR_VAULT || is_superseded(s, what, at))
            fail_msg("%s, %s, byte %lld: kind %d: %s", moments[s->moment], what->name,
                     (long long)(at - what->from), err.kind, error_text(&err));
        what->errors++;
    } else if (answer == s->answer) {
        what->same++;
    } else {
        fail_msg("%s, %s, byte %lld: another answer, without a word", moments[s->moment],
                 what->name, (long long)(at - what->from));
    }
    what->flips++;
    error_release(&err);
    if (s->db)
        kit_flip(s->path[what->wal], at, bits);
}

static int total, silent_not;

/* One byte in each of `times` equal parts of the structure. */
static void flip(struct subject *s, struct structure *what, int times)
{
    for (int i = 0; i < times && i < what->size; i++) {
        int64_t from = what->size * i / times, to = what->size * (i + 1) / times;
        uint32_t width = (uint32_t)(to > from ? to - from : 1);
        /* One bit mostly; sometimes several. */
        uint8_t bits = i % 4 ? (uint8_t)(1u << randombytes_uniform(8))
                             : (uint8_t)(1 + randombytes_uniform(255));

        trial(s, what, what->from + from + randombytes_uniform(width), bits);
    }
    total += what->flips;
    silent_not += what->errors + what->same;
}

static void flips(enum moment moment)
{
    struct subject s = subject(moment);
    struct error err = ERROR_INIT;
    int64_t answer = 0;

    if (!ask(&s, &answer, &err))
        fail_msg("%s: %s", moments[moment], error_text(&err));
    assert_int_equal(answer, s.answer);
    for (int i = 0; i < s.count; i++) {
        struct structure *what = &s.structures[i];
        flip(&s, what, getenv("AMPARO_LONG") ? 640 : 10);
        print_message("# %s, %s: %d bytes, E %d, S %d, V %d, superseded %d\n", moments[moment],
                      what->name, what->flips, what->errors, what->same,
                      what->flips - what->superseded, what->superseded);
    }
    /* All put right again, nothing is wrong. */
    put_back(&s);
    assert_true(ask(&s, &answer, &err));
    assert_int_equal(answer, s.answer);
    if (!vault_verify(s.v, NULL, NULL, &err))
        fail_msg("%s: %s", moments[moment], error_text(&err));
    subject_end(&s);
}

static void closed(void **state)
{
    (void)state;
    flips(CLOSED);
}

static void killed(void **state)
{
    (void)state;
    flips(KILLED);
}

static void alone(void **state)
{
    (void)state;
    flips(ALONE);
}

static void in_use(void **state)
{
    (void)state;
    flips(IN_USE);
}

static void counted(void **state)
{
    (void)state;
    print_message("# %d bytes flipped, silent: %d\n", total, total - silent_not);
    assert_int_equal(total, silent_not);
    assert_true(!getenv("AMPARO_LONG") || total >= 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed), cmocka_unit_test(killed),  cmocka_unit_test(alone),
        cmocka_unit_test(in_use), cmocka_unit_test(counted),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_flips", tests, kit_begin, kit_end);
}
