/* SPDX-License-Identifier: MIT */
#include "amparo/vault/vfs.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

union any_file {
    struct main_file main;
    struct wal_file wal;
    struct temp_file temp;
};

enum {
    KIND_TEMP = SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL |
                SQLITE_OPEN_SUBJOURNAL
};

static struct vfs *fs_of(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

int vfs_refuse(struct vfs *fs, int rc, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    pthread_mutex_lock(&fs->lock);
    vsnprintf(fs->reason, sizeof(fs->reason), format, args);
    pthread_mutex_unlock(&fs->lock);
    va_end(args);
    return rc;
}

static void count_open(struct vfs *fs)
{
    pthread_mutex_lock(&fs->lock);
    fs->open++;
    pthread_mutex_unlock(&fs->lock);
}

static void free_fs(struct vfs *fs)
{
    pthread_mutex_destroy(&fs->lock);
    free(fs->path);
    free(fs);
}

int vfs_close_file(struct vfs *fs, sqlite3_file *real)
{
    int rc = real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
    bool last;

    pthread_mutex_lock(&fs->lock);
    last = --fs->open == 0 && fs->closed;
    pthread_mutex_unlock(&fs->lock);
    if (last)
        free_fs(fs);
    return rc;
}

int vfs_no_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

int vfs_no_reserved_lock(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

int vfs_no_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

int vfs_sector_size(sqlite3_file *file)
{
    (void)file;
    return FORMAT_PAGE;
}

static bool names(const struct vfs *fs, const char *path, const char *suffix)
{
    size_t length = strlen(fs->path);

    return path && strncmp(path, fs->path, length) == 0 && strcmp(path + length, suffix) == 0;
}

static int open_main(struct vfs *fs, const char *path, struct main_file *m, int flags, int *out)
{
    sqlite3_file *real = (sqlite3_file *)((union any_file *)m + 1);
    int rc;

    if (!names(fs, path, ""))
        return vfs_refuse(fs, SQLITE_CANTOPEN,
                          _("%s is another file than the one that was unlocked"), path ? path : "");
    rc = fs->base->xOpen(fs->base, path, real, flags & ~SQLITE_OPEN_CREATE, out);
    if (rc == SQLITE_OK) {
        main_file_init(m, fs, real);
        count_open(fs);
    }
    return rc;
}

/*
 * A WAL that is missing is reviewed before an empty one takes its place. But where one is there
 * now, another process has made it since we looked, and what the anchor wants may be in it.
 */
static int review_missing(struct vfs *fs, const char *path, struct wal_file *w, int *there)
{
    int rc = fs->base->xAccess(fs->base, path, SQLITE_ACCESS_EXISTS, there), refusal;

    if (rc != SQLITE_OK || *there)
        return rc;
    refusal = wal_review(w);
    if (refusal == SQLITE_IOERR_DATA)
        rc = fs->base->xAccess(fs->base, path, SQLITE_ACCESS_EXISTS, there);
    return rc == SQLITE_OK && !*there ? refusal : rc;
}

static int open_wal(struct vfs *fs, const char *path, struct wal_file *w, int flags, int *out)
{
    sqlite3_file *real = (sqlite3_file *)((union any_file *)w + 1);
    struct main_file *m = (struct main_file *)sqlite3_database_file_object(path);
    int there = 0, rc;

    wal_file_init(w, fs, NULL, m);
    rc = review_missing(fs, path, w, &there);
    if (rc == SQLITE_OK)
        rc = fs->base->xOpen(fs->base, path, real, flags, out);
    if (rc != SQLITE_OK) {
        w->file.pMethods = NULL;
        return rc;
    }
    w->real = real;
    rc = there ? wal_review(w) : SQLITE_OK;
    if (rc != SQLITE_OK) {
        real->pMethods->xClose(real);
        w->file.pMethods = NULL;
        return rc;
    }
    m->wal = w;
    count_open(fs);
    return SQLITE_OK;
}

static int open_temp(struct vfs *fs, struct temp_file *t, int flags, int *out)
{
    sqlite3_file *real = (sqlite3_file *)((union any_file *)t + 1);
    int rc;

    flags = (flags & ~KIND_TEMP) | SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_DELETEONCLOSE |
            SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_CREATE | SQLITE_OPEN_READWRITE;
    rc = fs->base->xOpen(fs->base, NULL, real, flags, out);
    if (rc == SQLITE_OK) {
        temp_file_init(t, fs, real);
        count_open(fs);
    }
    return rc;
}

static int x_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
    struct vfs *fs = fs_of(vfs);

    file->pMethods = NULL;
    if (!fs->keys)
        return SQLITE_CANTOPEN;
    if (flags & SQLITE_OPEN_MAIN_DB)
        return open_main(fs, path, (struct main_file *)file, flags, out);
    if (flags & SQLITE_OPEN_WAL)
        return open_wal(fs, path, (struct wal_file *)file, flags, out);
    /* A temporary file with a name of its own would be one that somebody asked for. */
    if (flags & KIND_TEMP && (!path || flags & SQLITE_OPEN_DELETEONCLOSE))
        return open_temp(fs, (struct temp_file *)file, flags, out);
    return vfs_refuse(fs, SQLITE_CANTOPEN, _("%s: no such file is kept beside a case file"),
                      path ? path : "");
}

static int x_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
    struct vfs *fs = fs_of(vfs);

    return names(fs, path, "-wal") ? fs->base->xDelete(fs->base, path, sync_dir) : SQLITE_OK;
}

/* Only the case file and its WAL exist: a journal that somebody put there is none of ours. */
static int x_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    struct vfs *fs = fs_of(vfs);

    *out = 0;
    if (!names(fs, path, "") && !names(fs, path, "-wal"))
        return SQLITE_OK;
    return fs->base->xAccess(fs->base, path, flags, out);
}

static int x_full_pathname(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    sqlite3_vfs *base = fs_of(vfs)->base;

    return base->xFullPathname(base, path, size, out);
}

static int x_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    randombytes_buf(out, (size_t)size);
    return size;
}

static int x_sleep(sqlite3_vfs *vfs, int microseconds)
{
    sqlite3_vfs *base = fs_of(vfs)->base;

    return base->xSleep(base, microseconds);
}

static int x_current_time(sqlite3_vfs *vfs, double *out)
{
    sqlite3_vfs *base = fs_of(vfs)->base;

    return base->xCurrentTime(base, out);
}

static int x_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    sqlite3_vfs *base = fs_of(vfs)->base;

    return base->xGetLastError(base, size, out);
}

static int x_current_time64(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    sqlite3_vfs *base = fs_of(vfs)->base;

    return base->xCurrentTimeInt64(base, out);
}

struct vfs *vfs_new(const char *base, char *path, struct keys *keys)
{
    static atomic_uint number; /* only so that names differ within SQLite's list */
    struct vfs *fs = xcalloc(1, sizeof(*fs));

    fs->base = sqlite3_vfs_find(base);
    if (!fs->base || fs->base->iVersion < 2)
        BUG("no file system below");
    fs->path = path;
    fs->keys = keys;
    pthread_mutex_init(&fs->lock, NULL);
    snprintf(fs->name, sizeof(fs->name), "amparo-%u", atomic_fetch_add(&number, 1));
    fs->vfs = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = (int)sizeof(union any_file) + fs->base->szOsFile,
        .mxPathname = fs->base->mxPathname,
        .zName = fs->name,
        .pAppData = fs,
        .xOpen = x_open,
        .xDelete = x_delete,
        .xAccess = x_access,
        .xFullPathname = x_full_pathname,
        .xRandomness = x_randomness,
        .xSleep = x_sleep,
        .xCurrentTime = x_current_time,
        .xGetLastError = x_last_error,
        .xCurrentTimeInt64 = x_current_time64,
    };
    if (sqlite3_vfs_register(&fs->vfs, 0) != SQLITE_OK)
        BUG("SQLite did not take the file system");
    return fs;
}

void vfs_close(struct vfs *fs)
{
    bool free_now;

    sqlite3_vfs_unregister(&fs->vfs);
    pthread_mutex_lock(&fs->lock);
    keys_free(fs->keys);
    fs->keys = NULL;
    fs->closed = true;
    free_now = fs->open == 0;
    pthread_mutex_unlock(&fs->lock);
    if (free_now)
        free_fs(fs);
}

struct vfs *vfs_of(sqlite3 *db)
{
    sqlite3_vfs *vfs = NULL;

    if (!db || sqlite3_file_control(db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs) != SQLITE_OK ||
        !vfs || vfs->xOpen != x_open)
        return NULL;
    return fs_of(vfs);
}

struct main_file *vfs_main_file(sqlite3 *db)
{
    sqlite3_file *file = NULL;

    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file)
        BUG("a connection without a file");
    return (struct main_file *)file;
}
