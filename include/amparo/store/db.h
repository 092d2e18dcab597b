/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: the open file, and SQL in few words. Layer: store.
 *
 * A statement is prepared once for each connection and kept. Arguments
 * follow a string of type letters, one for each `?`:
 *   i  int64_t        t  const char * (NULL is SQL's NULL)    b  const void *, size_t
 * Text and bytes are copied. A query is read with db_step() until it says false, or ended early by
 * db_done(): none may be left open when the caller returns.
 */
#ifndef AMPARO_STORE_DB_H
#define AMPARO_STORE_DB_H

#include <sqlite3.h>

#include "amparo/store/poststate.h"
#include "amparo/store/waiting.h"
#include "amparo/vault/vault.h"

struct statement {
    char *sql;
    sqlite3_stmt *prepared;
};

struct store {
    struct vault *vault;
    sqlite3 *db;
    char *path;
    unsigned flags; /* STORE_ that it was opened with */
    struct post_state post;
    struct officer me; /* empty name and clerk: by the recovery key */
    int64_t presence;  /* row of ours, or 0 */
    store_wait *wait;  /* waiting.h; or NULL */
    void *wait_ctx;
    bool (*go_on)(void *ctx); /* store_on_reading(), or NULL */
    void *go_on_ctx;
    store_progress *work; /* working.h; or NULL */
    void *work_ctx;
    uint64_t done, total;
    bool given_up;
    int patience;          /* ms, or STORE_PATIENT */
    int64_t waiting_since; /* of a steady clock, ms */
    char *now;             /* store_set_now(), or NULL */
    int depth;             /* of transactions */
    struct buf unlogged;   /* views that are not in the access log yet (accesslog.c) */
    struct trust_cache *trust; /* whom the post trusts (trustlog.c); NULL: not read yet */
    uint64_t trust_turn;       /* how often that has changed */
    struct inbox_cache *inbox; /* what was counted of it (correspondence_count.c); or NULL */
    struct statement *statements;
    size_t statement_count;
};

/* A store without a connection yet. Takes over the vault. */
struct store *store_begin(struct vault *vault, const char *path, unsigned flags);

/* Has who opened it a role, and the name `officer` (NULL: any)? Else err says which. */
bool store_check_officer(const struct store *store, const char *officer, struct error *err);

/* Runs a statement that gives no rows. */
bool db_run(struct store *store, struct error *err, const char *sql, const char *types, ...);

/* Begins a query; NULL on error. */
sqlite3_stmt *db_query(struct store *store, struct error *err, const char *sql, const char *types,
                       ...);
/* The next row: true. False at the end, or on an error, which sets *failed (may not be NULL). */
bool db_step(struct store *store, sqlite3_stmt *query, bool *failed, struct error *err);
void db_done(sqlite3_stmt *query);

/* The one number that a query gives; `missing` where it gives no row or NULL. */
bool db_number(struct store *store, int64_t *value, int64_t missing, struct error *err,
               const char *sql, const char *types, ...);

/* A column as a new string ("" for NULL); as one or NULL; as a number. */
char *db_text(sqlite3_stmt *query, int column);
char *db_text_or_null(sqlite3_stmt *query, int column);
int64_t db_int(sqlite3_stmt *query, int column);
/* A blob of exactly that size into `out`; false where it has another. */
bool db_bytes(sqlite3_stmt *query, int column, void *out, size_t size);

/*
 * A write transaction (within another one, a savepoint). db_end keeps or undoes what was done since
 * db_begin; answers `keep`, and false where keeping fails, which then has undone it.
 */
bool db_begin(struct store *store, struct error *err);
/* The same for several queries that are to see one state of the file, and write nothing. */
bool db_begin_reading(struct store *store, struct error *err);
bool db_end(struct store *store, bool keep, struct error *err);

/* err from the connection's last error; false. */
bool db_fail(struct store *store, struct error *err);

/* Connects as store->flags say, and makes or migrates the schema. */
bool db_connect(struct store *store, struct error *err);

/* Ends all prepared statements, and the connection: then every call fails. */
void db_disconnect(struct store *store);

/* The schema of this version, in an empty database (verify compares with it). */
bool db_make_schema(sqlite3 *db);

/* Bytes as lower-case hex: 2 × size digits and a NUL; and back, false where it is not that. */
void hex_write(const uint8_t *bytes, size_t size, char *out);
bool hex_read(const char *hex, uint8_t *out, size_t size);

#endif
