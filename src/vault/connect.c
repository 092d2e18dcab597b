/* SPDX-License-Identifier: MIT */
/* Connections: how they are set, what they refuse, and what their errors mean. */
#include "amparo/vault/inside.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { BUSY_MS = 10000, BUSY_STEP_MS = 4, READER_WAIT_MS = 100 };

bool vault_exec(struct sqlite3 *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || vault_sqlite_error(db, err);
}

/*
 * Waits for others. SQLite's own waiting looks every 100 ms in the end, and beside processes that
 * write without a pause it may find none in ten seconds.
 */
static int wait_for_others(void *ctx, int count)
{
    (void)ctx;
    if (count >= BUSY_MS / BUSY_STEP_MS)
        return 0;
    sqlite3_sleep(count < 2 ? 1 : BUSY_STEP_MS);
    return 1;
}

/* Pragmas that would weaken the file, or write in plain; reading them is fine. */
static const char *const kept_pragmas[] = {
    "cell_size_check",
    "data_store_directory",
    "journal_mode",
    "locking_mode",
    "mmap_size",
    "secure_delete",
    "temp_store",
    "temp_store_directory",
    "trusted_schema",
    "writable_schema",
    "reverse_unordered_selects",
};

static bool weakens(const char *pragma, const char *value)
{
    if (!value)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(kept_pragmas); i++)
        if (sqlite3_stricmp(pragma, kept_pragmas[i]) == 0)
            return true;
    /* The anchor is written when SQLite flushes: VAULT_UNSYNCED leaves out the flush alone. */
    return sqlite3_stricmp(pragma, "synchronous") == 0 && sqlite3_stricmp(value, "NORMAL") != 0 &&
           sqlite3_stricmp(value, "FULL") != 0 && sqlite3_stricmp(value, "EXTRA") != 0;
}

/* A plain VACUUM attaches "", a temporary file; whatever has a name is refused. */
static int authorize(void *ctx, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    (void)ctx;
    (void)database;
    (void)trigger;
    if (action == SQLITE_ATTACH && (!first || *first))
        return SQLITE_DENY;
    if (action == SQLITE_PRAGMA && weakens(first, second))
        return SQLITE_DENY;
    return SQLITE_OK;
}

static bool open_plain(struct vault *v, unsigned flags, struct sqlite3 **db, struct error *err)
{
    int reserve = FORMAT_RESERVE;

    *db = NULL;
    if (sqlite3_open_v2(v->fs->path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE,
                        v->fs->name) != SQLITE_OK)
        return vault_sqlite_error(*db, err);
    if (flags & VAULT_KEEP_WAL)
        sqlite3_db_config(*db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (!(flags & VAULT_IMPATIENT))
        sqlite3_busy_handler(*db, wait_for_others, NULL);
    /* Before anything else: set later, SQLite makes a malformed file without a word. */
    if (sqlite3_file_control(*db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve) != SQLITE_OK)
        return vault_sqlite_error(*db, err);
    return true;
}

static bool set_up(struct vault *v, unsigned flags, struct sqlite3 *db, struct error *err)
{
    struct main_file *m = vfs_main_file(db);

    m->exclusive = flags & VAULT_EXCLUSIVE;
    m->unsynced = flags & VAULT_UNSYNCED;
    if (flags & VAULT_EXCLUSIVE && !vault_exec(db, "PRAGMA locking_mode=EXCLUSIVE", err))
        return false;
    if (!vault_exec(db,
                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA mmap_size=0;"
                    "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
                    "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON",
                    err))
        return false;
    if (flags & VAULT_READ_ONLY && !vault_exec(db, "PRAGMA query_only=ON", err))
        return false;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_set_authorizer(db, authorize, NULL);
    /* Looks at the file: what is wrong with it shows now. */
    return vault_exec(db,
                      flags & VAULT_EXCLUSIVE ? "BEGIN EXCLUSIVE; COMMIT" : "PRAGMA user_version",
                      err) &&
           (v->fs->as_it_is || vault_refresh(v, m->real, err));
}

bool vault_open(struct vault *v, unsigned flags, struct sqlite3 **db, struct error *err)
{
    struct error why = ERROR_INIT;

    if (open_plain(v, flags, db, &why) && set_up(v, flags, *db, &why)) {
        if (!(flags & VAULT_READ_ONLY) && !v->fs->as_it_is) {
            vault_clear_leftovers(v);
            vault_mend_header(v, *db);
        }
        return true;
    }
    sqlite3_close(*db);
    *db = NULL;
    if (vault_has_new_key(v))
        error_set(err, ERROR_VAULT,
                  _("%s: its key was changed since you unlocked it; unlock it again"), v->fs->path);
    else
        error_set(err, why.kind, "%s", error_text(&why));
    error_release(&why);
    return false;
}

void vault_before_write(struct sqlite3 *db)
{
    struct main_file *m = vfs_main_file(db);
    sqlite3_int64 size = 0;

    if (!m->wal || m->wal->real->pMethods->xFileSize(m->wal->real, &size) != SQLITE_OK ||
        size <= VAULT_WAL_BOUND)
        return;
    bool waits = size >= m->ckpt_after;
    m->ckpt_bound = true;
    m->ckpt_patience = waits ? READER_WAIT_MS : 0;
    int rc = sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    m->ckpt_bound = false;
    if (rc == SQLITE_OK)
        m->ckpt_after = 0;
    else if (waits)
        m->ckpt_after = size + VAULT_WAL_BOUND / 8;
}

bool vault_open_new(struct vault *v, struct sqlite3 **db, struct error *err)
{
    if (open_plain(v, 0, db, err) &&
        vault_exec(*db,
                   "PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY;"
                   "PRAGMA secure_delete=ON",
                   err))
        return true;
    sqlite3_close(*db);
    *db = NULL;
    return false;
}

bool vault_start_wal(struct vault *v, struct sqlite3 *db, struct error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool fine = sqlite3_prepare_v2(db, "PRAGMA journal_mode=WAL", -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step(stmt) == SQLITE_ROW,
         wal = fine && strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;

    /* It answers first, and writes then. */
    fine = fine && sqlite3_step(stmt) == SQLITE_DONE;
    if (!fine)
        vault_sqlite_error(db, err);
    else if (!wal)
        fine = error_set(err, ERROR_FAILED,
                         _("%s: the file system there has no shared memory; "
                           "keep the case file on a local disk"),
                         v->fs->path);
    sqlite3_finalize(stmt);
    return fine;
}

/* SQLite's primary codes that mean the surroundings, not the file, and what to do about them. */
static const struct {
    int code;
    const char *text;
} surroundings[] = {
    {SQLITE_FULL, N_("the disk is full; make room and try again")},
    {SQLITE_BUSY, N_("another program is at work in it; wait a moment and try again")},
    {SQLITE_LOCKED, N_("another program is at work in it; wait a moment and try again")},
    {SQLITE_CANTOPEN, N_("it cannot be opened; is it there, and may you write in its folder?")},
    {SQLITE_READONLY, N_("it is write-protected; give yourself the right to write")},
    {SQLITE_PERM, N_("it is write-protected; give yourself the right to write")},
    {SQLITE_IOERR, N_("it cannot be read or written; check the disk and try again")},
    {SQLITE_NOMEM, N_("not enough memory; close other programs and try again")},
    {SQLITE_INTERRUPT, N_("given up")},
};

bool vault_sqlite_error(struct sqlite3 *db, struct error *err)
{
    int rc = sqlite3_extended_errcode(db);
    struct vfs *fs = vfs_of(db);
    const char *path = fs ? fs->path : "";
    bool ours = rc == SQLITE_IOERR_DATA || rc == SQLITE_CANTOPEN;

    if (fs && fs->reason[0] && ours) {
        error_set(err, rc == SQLITE_IOERR_DATA ? ERROR_VAULT : ERROR_FAILED, "%s: %s", path,
                  fs->reason);
        fs->reason[0] = '\0';
        return false;
    }
    if (rc == SQLITE_IOERR_DATA || (rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
        return error_set(err, ERROR_VAULT, _("%s: it is damaged (%s); run verify, or use a backup"),
                         path, sqlite3_errmsg(db));
    for (size_t i = 0; i < ARRAY_SIZE(surroundings); i++)
        if ((rc & 0xff) == surroundings[i].code)
            return error_set(err, ERROR_FAILED, "%s: %s", path, _(surroundings[i].text));
    return error_set(err, ERROR_FAILED, "%s: %s", path, sqlite3_errmsg(db));
}
