/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=vault: whole workloads on the case file against plain SQLite with the same
 * pragmas, and against Debian's SQLCipher where it is installed: the ratios of alternating rounds.
 * A SQLCipher line is printed only for what that library can do (FTS5 may be missing).
 *
 * A floor is what plain SQLite takes and, for the pages that it read and wrote in that time,
 * libsodium's XChaCha20-Poly1305 alone: no file system that seals each page can go below it on this
 * machine but by saving elsewhere.
 */
#include <dlfcn.h>
#include <err.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/vault/inside.h"
#include "tests/bench/figure.h"

enum { ROWS = 100000, BATCH = 5000, POINTS = 100000, DOCUMENTS = 20000, SEARCHES = 100 };

/* The calls that the workloads make, of one library or the other. */
struct api {
    __typeof__(sqlite3_open_v2) *open_v2;
    __typeof__(sqlite3_close) *close;
    __typeof__(sqlite3_exec) *exec;
    __typeof__(sqlite3_prepare_v2) *prepare_v2;
    __typeof__(sqlite3_step) *step;
    __typeof__(sqlite3_reset) *reset;
    __typeof__(sqlite3_finalize) *finalize;
    __typeof__(sqlite3_bind_int64) *bind_int64;
    __typeof__(sqlite3_bind_text) *bind_text;
    __typeof__(sqlite3_errmsg) *errmsg;
};

struct engine {
    const char *name;
    struct api api;
    char path[128];
    struct vault *vault; /* of the case file alone */
    bool keyed;          /* SQLCipher */
    sqlite3 *db;
    int64_t read, written; /* pages, in what was measured last */
};

static const struct api ours = {
    sqlite3_open_v2, sqlite3_close,    sqlite3_exec,       sqlite3_prepare_v2, sqlite3_step,
    sqlite3_reset,   sqlite3_finalize, sqlite3_bind_int64, sqlite3_bind_text,  sqlite3_errmsg,
};

/* SQLCipher has SQLite's names for its functions: it must see its own. */
static bool load_sqlcipher(struct api *api)
{
    static const struct {
        const char *name;
        size_t at;
    } calls[] = {
        {"sqlite3_open_v2", offsetof(struct api, open_v2)},
        {"sqlite3_close", offsetof(struct api, close)},
        {"sqlite3_exec", offsetof(struct api, exec)},
        {"sqlite3_prepare_v2", offsetof(struct api, prepare_v2)},
        {"sqlite3_step", offsetof(struct api, step)},
        {"sqlite3_reset", offsetof(struct api, reset)},
        {"sqlite3_finalize", offsetof(struct api, finalize)},
        {"sqlite3_bind_int64", offsetof(struct api, bind_int64)},
        {"sqlite3_bind_text", offsetof(struct api, bind_text)},
        {"sqlite3_errmsg", offsetof(struct api, errmsg)},
    };
    void *library = dlopen("libsqlcipher.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);

    for (size_t i = 0; library && i < ARRAY_SIZE(calls); i++) {
        void *call = dlsym(library, calls[i].name);

        if (!call)
            return false;
        memcpy((char *)api + calls[i].at, &call, sizeof call);
    }
    return library;
}

/* False where the statement is beyond the library. */
static bool try_sql(struct engine *e, const char *sql)
{
    return e->api.exec(e->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void run(struct engine *e, const char *sql)
{
    if (!try_sql(e, sql))
        errx(1, "%s: %s: %s", e->name, sql, e->api.errmsg(e->db));
}

static sqlite3_stmt *prepare(struct engine *e, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    if (e->api.prepare_v2(e->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        errx(1, "%s: %s: %s", e->name, sql, e->api.errmsg(e->db));
    return stmt;
}

static void remove_files(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        char *name = xasprintf("%s%s", path, suffixes[i]);

        unlink(name);
        free(name);
    }
}

static void connect_to(struct engine *e, const char *pragmas)
{
    struct error err = ERROR_INIT;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

    if (e->vault) {
        if (!vault_open(e->vault, 0, &e->db, &err))
            errx(1, "%s", error_text(&err));
    } else {
        if (e->api.open_v2(e->path, &e->db, flags, NULL) != SQLITE_OK)
            errx(1, "%s: %s", e->path, e->api.errmsg(e->db));
        if (e->keyed)
            run(e, "PRAGMA key=\"x'000102030405060708090a0b0c0d0e0f"
                   "101112131415161718191a1b1c1d1e1f'\"; PRAGMA cipher_page_size=4096");
        run(e, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY;"
               "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
               "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-65536");
    }
    run(e, pragmas);
}

static void disconnect(struct engine *e)
{
    e->api.close(e->db);
    e->db = NULL;
}

static void start_anew(struct engine *e)
{
    static const struct vault_setup cheap = {NULL, {1, KDF_KIB_MIN}};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;

    if (e->vault)
        vault_close(e->vault);
    remove_files(e->path);
    if (e->vault && !vault_create_with(&cheap, e->path, "bench", 5, &e->vault, &recovery, &err))
        errx(1, "%s", error_text(&err));
    buf_release(&recovery);
}

static double seconds_since(int64_t began)
{
    return (double)(bench_clock() - began) / 1e9;
}

/* Pages counted since the last call; not for SQLCipher, whose connections are its own. */
static int64_t counted(struct engine *e, int what)
{
    int now = 0, highest;

    if (!e->keyed)
        sqlite3_db_status(e->db, what, &now, &highest, 1);
    return now;
}

/* What is measured begins, with the connection open, and ends. */
static int64_t begin(struct engine *e)
{
    counted(e, SQLITE_DBSTATUS_CACHE_MISS);
    counted(e, SQLITE_DBSTATUS_CACHE_WRITE);
    return bench_clock();
}

static double end(struct engine *e, int64_t began)
{
    double took = seconds_since(began);

    e->read = counted(e, SQLITE_DBSTATUS_CACHE_MISS);
    e->written = counted(e, SQLITE_DBSTATUS_CACHE_WRITE);
    return took;
}

enum { ROW = 500 };

static void insert_rows(struct engine *e)
{
    sqlite3_stmt *stmt = prepare(e, "INSERT INTO t(b) VALUES(?)");
    char text[ROW];

    for (int i = 0; i < ROWS; i++) {
        if (i % BATCH == 0)
            run(e, "BEGIN");
        memset(text, 'a' + i % 26, sizeof text);
        e->api.bind_text(stmt, 1, text, sizeof text, SQLITE_TRANSIENT);
        e->api.step(stmt);
        e->api.reset(stmt);
        if (i % BATCH == BATCH - 1)
            run(e, "COMMIT");
    }
    e->api.finalize(stmt);
}

/* The file that it leaves is what the reading workloads read. */
static double bulk(struct engine *e)
{
    int64_t began;
    double took;

    start_anew(e);
    connect_to(e, "CREATE TABLE t(i INTEGER PRIMARY KEY, b)");
    began = begin(e);
    insert_rows(e);
    run(e, "PRAGMA wal_checkpoint(TRUNCATE)");
    took = end(e, began);
    disconnect(e);
    return took;
}

static double durable(struct engine *e, const char *pragmas)
{
    int64_t began, count = bench_rounds(400, 2000);
    double took;

    connect_to(e, pragmas);
    run(e, "CREATE TABLE IF NOT EXISTS d(i INTEGER PRIMARY KEY, b)");
    sqlite3_stmt *stmt = prepare(e, "INSERT INTO d(b) VALUES(randomblob(200))");
    began = begin(e);
    for (int64_t i = 0; i < count; i++) {
        if (e->api.step(stmt) != SQLITE_DONE)
            errx(1, "%s: %s", e->name, e->api.errmsg(e->db));
        e->api.reset(stmt);
    }
    took = end(e, began);
    e->api.finalize(stmt);
    disconnect(e);
    return took;
}

static double full(struct engine *e)
{
    return durable(e, "PRAGMA synchronous=FULL");
}

static double normal(struct engine *e)
{
    return durable(e, "PRAGMA synchronous=NORMAL");
}

static double points(struct engine *e, const char *pragmas)
{
    uint32_t at = 1;
    int64_t began;
    double took;

    connect_to(e, pragmas);
    run(e, "SELECT sum(length(b)) FROM t");
    sqlite3_stmt *stmt = prepare(e, "SELECT b FROM t WHERE i=?");
    began = begin(e);
    for (int i = 0; i < POINTS; i++) {
        at = at * 1664525u + 1013904223u;
        e->api.bind_int64(stmt, 1, (at >> 8) % ROWS + 1);
        if (e->api.step(stmt) != SQLITE_ROW)
            errx(1, "%s: %s", e->name, e->api.errmsg(e->db));
        e->api.reset(stmt);
    }
    took = end(e, began);
    e->api.finalize(stmt);
    disconnect(e);
    return took;
}

static double points_2mb(struct engine *e)
{
    return points(e, "PRAGMA cache_size=-2048");
}

static double points_64mb(struct engine *e)
{
    return points(e, "PRAGMA cache_size=-65536");
}

/* Documents of 40 words out of 3,000; made once. */
static bool make_documents(struct engine *e)
{
    uint32_t at = 7;

    connect_to(e, "PRAGMA synchronous=NORMAL");
    if (try_sql(e, "CREATE VIRTUAL TABLE f USING fts5(b)")) {
        sqlite3_stmt *stmt = prepare(e, "INSERT INTO f VALUES(?)");

        run(e, "BEGIN");
        for (int i = 0; i < DOCUMENTS; i++) {
            char text[400];
            int length = 0;

            for (int word = 0; word < 40; word++) {
                at = at * 1664525u + 1013904223u;
                length +=
                    snprintf(text + length, sizeof text - (size_t)length, "w%u ", (at >> 8) % 3000);
            }
            e->api.bind_text(stmt, 1, text, length, SQLITE_TRANSIENT);
            e->api.step(stmt);
            e->api.reset(stmt);
        }
        run(e, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        e->api.finalize(stmt);
        disconnect(e);
        return true;
    }
    disconnect(e);
    return false;
}

static double fts(struct engine *e)
{
    int64_t began;
    double took;
    char sql[128];

    connect_to(e, "PRAGMA cache_size=-2048");
    began = begin(e);
    for (int i = 0; i < SEARCHES; i++) {
        snprintf(sql, sizeof sql,
                 "SELECT sum(length(b)) FROM (SELECT b FROM f WHERE f MATCH 'w%d' LIMIT 300)",
                 i * 29 % 3000);
        run(e, sql);
    }
    took = end(e, began);
    disconnect(e);
    return took;
}

static double scan(struct engine *e)
{
    int64_t began;
    double took;

    connect_to(e, "PRAGMA cache_size=-2048");
    began = begin(e);
    run(e, "SELECT sum(length(b)) FROM t");
    run(e, "SELECT sum(length(b)) FROM t");
    took = end(e, began);
    disconnect(e);
    return took;
}

/* In this order: the first fills the files. `rounds` few and many. */
static const struct {
    const char *name;
    double (*run)(struct engine *e);
    int few, many;
    bool needs_documents;
    bool checkpoint; /* all that is written is also brought over in that time */
} workloads[] = {
    {"bulk", bulk, 3, 9, false, true},
    {"full", full, 5, 9, false, false},
    {"normal", normal, 9, 15, false, false},
    {"points_2mb", points_2mb, 3, 9, false, false},
    {"points_64mb", points_64mb, 5, 15, false, false},
    {"fts", fts, 5, 15, true, false},
    {"scan", scan, 5, 15, false, false},
};

enum { PLAIN, VAULT, SQLCIPHER, ENGINES };

/* A busy machine gets fewer rounds, so that the whole group ends in time. */
static bool another(size_t workload, int round, int64_t began)
{
    enum { LEAST = 3, BUDGET_S = 5 };
    bool in_time = bench_rounds(0, 1) || seconds_since(began) < BUDGET_S;

    return round < bench_rounds(workloads[workload].few, workloads[workload].many) &&
           (round < LEAST || in_time);
}

/* Seconds that libsodium takes to seal as many bytes once; opening takes as long. */
static double sealing(unsigned long long size)
{
    enum { TIMES = 300 };
    static uint8_t plain[FORMAT_FRAME], sealed[FORMAT_FRAME], tag[CRYPTO_TAG];
    static const uint8_t place[CRYPTO_FILE_ID + 17], nonce[CRYPTO_NONCE], key[CRYPTO_KEY];
    int64_t began = bench_clock();

    for (int i = 0; i < TIMES; i++)
        crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed, tag, NULL, plain, size, place,
                                                            sizeof place, NULL, nonce, key);
    return seconds_since(began) / TIMES;
}

/* What sealing and opening alone would add to what plain SQLite has just done. */
static double least_added(const struct engine *plain, bool checkpoint)
{
    double page = sealing(FORMAT_CONTENT), record = sealing(FORMAT_FRAME);
    double written = (double)plain->written;

    return (double)plain->read * page + written * record +
           (checkpoint ? written * (record + page) : 0);
}

static void measure(struct engine engines[], int count, size_t workload, const bool able[])
{
    struct measured ratio[ENGINES] = {{0}}, floor = {0};
    int64_t began = bench_clock();

    for (int round = 0; another(workload, round, began); round++) {
        double plain = workloads[workload].run(&engines[PLAIN]);

        measured_add(&floor,
                     1 + least_added(&engines[PLAIN], workloads[workload].checkpoint) / plain);
        for (int i = VAULT; i < count; i++)
            if (able[i])
                measured_add(&ratio[i], workloads[workload].run(&engines[i]) / plain);
    }
    figuref(measured_median(&ratio[VAULT]), "x", "vault.%s", workloads[workload].name);
    figuref(measured_median(&floor), "x", "vault.%s.floor", workloads[workload].name);
    if (count > SQLCIPHER && able[SQLCIPHER])
        figuref(measured_median(&ratio[SQLCIPHER]), "x", "vault.%s.sqlcipher",
                workloads[workload].name);
    for (int i = 0; i < ENGINES; i++)
        measured_release(&ratio[i]);
    measured_release(&floor);
}

int main(void)
{
    const char *folder = getenv("AMPARO_BENCH");
    struct engine engines[ENGINES] = {{.name = "plain", .api = ours},
                                      {.name = "vault", .api = ours},
                                      {.name = "sqlcipher", .keyed = true}};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    bool able[ENGINES] = {true, true, true};
    int count = ENGINES;

    vault_prepare();
    if (!load_sqlcipher(&engines[SQLCIPHER].api))
        count = SQLCIPHER;
    for (int i = 0; i < count; i++) {
        snprintf(engines[i].path, sizeof engines[i].path, "%s/vault-%s", folder ? folder : "/tmp",
                 engines[i].name);
        remove_files(engines[i].path);
    }
    if (!vault_create(engines[VAULT].path, "bench", 5, VAULT_LEAST, &engines[VAULT].vault,
                      &recovery, &err))
        errx(1, "%s", error_text(&err));
    buf_release(&recovery);
    for (size_t w = 0; w < ARRAY_SIZE(workloads); w++) {
        for (int i = 0; i < count && workloads[w].needs_documents; i++)
            able[i] = make_documents(&engines[i]);
        measure(engines, count, w, able);
        for (int i = 0; i < count; i++)
            able[i] = true;
    }
    vault_close(engines[VAULT].vault);
    for (int i = 0; i < count; i++)
        remove_files(engines[i].path);
    return 0;
}
