/* SPDX-License-Identifier: MIT */
#include "amparo/store/db.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"
#include "amparo/store/working.h"
#include "schema_steps.h"

bool db_fail(struct store *store, struct error *err)
{
    if (store->given_up && sqlite3_errcode(store->db) == SQLITE_INTERRUPT)
        return error_set(err, ERROR_FAILED, _("given up"));
    return vault_sqlite_error(store->db, err);
}

/* ---- statements ---- */

static sqlite3_stmt *prepared(struct store *store, const char *sql, struct error *err)
{
    for (size_t i = 0; i < store->statement_count; i++)
        if (strcmp(store->statements[i].sql, sql) == 0)
            return store->statements[i].prepared;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
        SQLITE_OK) {
        db_fail(store, err);
        return NULL;
    }
    store->statements =
        xreallocarray(store->statements, store->statement_count + 1, sizeof *store->statements);
    store->statements[store->statement_count++] = (struct statement){xstrdup(sql), stmt};
    return stmt;
}

static void close_statements(struct store *store)
{
    for (size_t i = 0; i < store->statement_count; i++) {
        sqlite3_finalize(store->statements[i].prepared);
        free(store->statements[i].sql);
    }
    free(store->statements);
    store->statements = NULL;
    store->statement_count = 0;
}

void db_done(sqlite3_stmt *query)
{
    sqlite3_reset(query);
    sqlite3_clear_bindings(query);
}

static bool bind(sqlite3_stmt *stmt, const char *types, va_list args)
{
    int rc = SQLITE_OK;

    for (int i = 1; types[i - 1] && rc == SQLITE_OK; i++) {
        switch (types[i - 1]) {
        case 'i':
            rc = sqlite3_bind_int64(stmt, i, va_arg(args, int64_t));
            break;
        case 't':
            rc = sqlite3_bind_text(stmt, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
            break;
        case 'b': {
            const void *bytes = va_arg(args, const void *);
            size_t size = va_arg(args, size_t);
            rc = sqlite3_bind_blob64(stmt, i, size ? bytes : "", size, SQLITE_TRANSIENT);
            break;
        }
        default:
            BUG("unknown type letter");
        }
    }
    return rc == SQLITE_OK;
}

static sqlite3_stmt *query_va(struct store *store, struct error *err, const char *sql,
                              const char *types, va_list args)
{
    sqlite3_stmt *stmt = prepared(store, sql, err);

    if (!stmt)
        return NULL;
    if (sqlite3_stmt_busy(stmt))
        BUG("a query is still open");
    if (bind(stmt, types, args))
        return stmt;
    db_fail(store, err);
    db_done(stmt);
    return NULL;
}

sqlite3_stmt *db_query(struct store *store, struct error *err, const char *sql, const char *types,
                       ...)
{
    va_list args;

    va_start(args, types);
    sqlite3_stmt *stmt = query_va(store, err, sql, types, args);
    va_end(args);
    return stmt;
}

bool db_step(struct store *store, sqlite3_stmt *query, bool *failed, struct error *err)
{
    int rc = sqlite3_step(query);

    *failed = false;
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE) {
        *failed = true;
        db_fail(store, err);
    }
    db_done(query);
    return false;
}

bool db_run(struct store *store, struct error *err, const char *sql, const char *types, ...)
{
    va_list args;
    bool failed;

    va_start(args, types);
    sqlite3_stmt *stmt = query_va(store, err, sql, types, args);
    va_end(args);
    if (!stmt)
        return false;
    while (db_step(store, stmt, &failed, err))
        ;
    return !failed;
}

bool db_number(struct store *store, int64_t *value, int64_t missing, struct error *err,
               const char *sql, const char *types, ...)
{
    va_list args;
    bool failed;

    va_start(args, types);
    sqlite3_stmt *stmt = query_va(store, err, sql, types, args);
    va_end(args);
    if (!stmt)
        return false;
    *value = missing;
    if (db_step(store, stmt, &failed, err)) {
        if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
            *value = db_int(stmt, 0);
        db_done(stmt);
    }
    return !failed;
}

char *db_text(sqlite3_stmt *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query, column);

    return xstrdup(text ? text : "");
}

char *db_text_or_null(sqlite3_stmt *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query, column);

    return text ? xstrdup(text) : NULL;
}

int64_t db_int(sqlite3_stmt *query, int column)
{
    return sqlite3_column_int64(query, column);
}

bool db_bytes(sqlite3_stmt *query, int column, void *out, size_t size)
{
    const void *bytes = sqlite3_column_blob(query, column);

    if ((size_t)sqlite3_column_bytes(query, column) != size)
        return false;
    if (size)
        memcpy(out, bytes, size);
    return true;
}

/* ---- transactions ---- */

static bool run_plain(struct store *store, const char *sql, struct error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || db_fail(store, err);
}

static bool begin(struct store *store, const char *outer, struct error *err)
{
    if (!run_plain(store, store->depth ? "SAVEPOINT inner" : outer, err))
        return false;
    store->depth++;
    return true;
}

bool db_begin(struct store *store, struct error *err)
{
    if (store->flags & STORE_READ_ONLY)
        return error_set(err, ERROR_INPUT, _("%s was opened for reading alone"), store->path);
    if (!store->depth)
        vault_before_write(store->db);
    return begin(store, "BEGIN IMMEDIATE", err);
}

bool db_begin_reading(struct store *store, struct error *err)
{
    return begin(store, "BEGIN", err);
}

bool db_end(struct store *store, bool keep, struct error *err)
{
    bool inner = --store->depth > 0;

    if (keep && run_plain(store, inner ? "RELEASE inner" : "COMMIT", err))
        return true;
    /* A failed statement may have ended the transaction already: then there is nothing to undo. */
    if (!sqlite3_get_autocommit(store->db))
        run_plain(store, inner ? "ROLLBACK TO inner; RELEASE inner" : "ROLLBACK", NULL);
    /* What was read meanwhile may not have come to be. */
    trust_cache_undone(store->trust);
    post_undone(store);
    return false;
}

/* ---- schema ---- */

static bool step_to(struct store *store, int64_t version, struct error *err)
{
    char *pragma = xasprintf("PRAGMA user_version = %lld", (long long)version);
    bool ok =
        run_plain(store, schema_steps[version - 1].text, err) && run_plain(store, pragma, err);

    free(pragma);
    return ok;
}

bool db_make_schema(sqlite3 *db)
{
    bool ok = true;

    for (size_t i = 0; ok && i < ARRAY_SIZE(schema_steps); i++)
        ok = sqlite3_exec(db, schema_steps[i].text, NULL, NULL, NULL) == SQLITE_OK;
    return ok;
}

static bool migrate(struct store *store, struct error *err)
{
    int64_t version;
    const int64_t newest = ARRAY_SIZE(schema_steps);

    if (!db_number(store, &version, 0, err, "PRAGMA user_version", ""))
        return false;
    if (version > newest)
        return error_set(err, ERROR_INPUT,
                         _("%s was written by a newer version of amparo; use that version"),
                         store->path);
    if (version == newest)
        return true;
    if (!db_begin(store, err))
        return false;
    /* Somebody else may have done it while we waited. */
    bool ok = db_number(store, &version, 0, err, "PRAGMA user_version", "");
    while (ok && version < newest)
        ok = step_to(store, ++version, err);
    return db_end(store, ok, err);
}

/* ---- connection ---- */

bool db_connect(struct store *store, struct error *err)
{
    unsigned flags = (store->flags & STORE_EXCLUSIVE ? VAULT_EXCLUSIVE : 0) |
                     (store->flags & STORE_READ_ONLY ? VAULT_READ_ONLY : 0) |
                     (store->flags & STORE_UNSYNCED ? VAULT_UNSYNCED : 0);

    if (!vault_open(store->vault, flags, &store->db, err))
        return false;
    store_on_wait(store, store->wait, store->wait_ctx);
    work_listen(store);
    return migrate(store, err);
}

void db_disconnect(struct store *store)
{
    close_statements(store);
    sqlite3_close(store->db);
    store->db = NULL;
}

/* ---- hex ---- */

void hex_write(const uint8_t *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_read(const char *hex, uint8_t *out, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int high = digit(hex[2 * i]);
        int low = high < 0 ? -1 : digit(hex[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return hex[2 * size] == '\0';
}
