/* SPDX-License-Identifier: MIT */
#include "vault_fault.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vault_kit.h"

enum { SECTOR = 512, FILES = 2 };

struct file {
    sqlite3_file file;
    sqlite3_file *real;
    int kind; /* FAULT_MAIN, FAULT_WAL, or -1 */
};

struct entry {
    enum fault_op op;
    int kind;
    int64_t at; /* of a write; the size of a truncation */
    size_t size;
    uint8_t *bytes;
};

struct image {
    uint8_t *bytes;
    size_t size;
    bool there;
};

struct fault fault = {.fail_at = -1};

static sqlite3_vfs *base;
static struct entry *entries;
static int length, room;
static struct image start[FILES];
static char main_path[256], wal_path[260];

static const char *path_of(int kind)
{
    return kind == FAULT_WAL ? wal_path : main_path;
}

static void log_op(enum fault_op op, int kind, int64_t at, const void *bytes, size_t size)
{
    struct entry *e;

    if (!fault.logging || kind < 0)
        return;
    if (length == room) {
        room = room ? 2 * room : 256;
        entries = realloc(entries, (size_t)room * sizeof(*entries));
    }
    e = &entries[length++];
    *e = (struct entry){op, kind, at, size, NULL};
    if (size) {
        e->bytes = malloc(size);
        memcpy(e->bytes, bytes, size);
    }
}

bool fault_strikes(enum fault_op op, int kind)
{
    int64_t n = fault.count++;

    if (fault.before)
        fault.before(op, kind);
    return fault.fail_at >= 0 && n >= fault.fail_at && n < fault.fail_at + fault.failures;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct file *)file)->real;
}

static int kind_of(sqlite3_file *file)
{
    return ((struct file *)file)->kind;
}

static int x_close(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int x_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
    return real_of(f)->pMethods->xRead(real_of(f), out, n, at);
}

static int x_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    if (fault_strikes(FAULT_WRITE, kind_of(f))) {
        real_of(f)->pMethods->xWrite(real_of(f), bytes, n / 2, at);
        return fault.code;
    }
    log_op(FAULT_WRITE, kind_of(f), at, bytes, (size_t)n);
    return real_of(f)->pMethods->xWrite(real_of(f), bytes, n, at);
}

static int x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (fault_strikes(FAULT_TRUNCATE, kind_of(f)))
        return SQLITE_IOERR_TRUNCATE;
    log_op(FAULT_TRUNCATE, kind_of(f), size, NULL, 0);
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int x_sync(sqlite3_file *f, int flags)
{
    (void)flags; /* the real disk need not be made to wait */
    if (fault_strikes(FAULT_SYNC, kind_of(f)))
        return SQLITE_IOERR_FSYNC;
    log_op(FAULT_SYNC, kind_of(f), 0, NULL, 0);
    return SQLITE_OK;
}

static int x_file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int x_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int x_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int x_check_reserved_lock(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int x_file_control(sqlite3_file *f, int op, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int x_sector_size(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int x_device_characteristics(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int x_shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, out);
}

static int x_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void x_shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int x_shm_unmap(sqlite3_file *f, int remove_it)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), remove_it);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_file_size,
    .xLock = x_lock,
    .xUnlock = x_unlock,
    .xCheckReservedLock = x_check_reserved_lock,
    .xFileControl = x_file_control,
    .xSectorSize = x_sector_size,
    .xDeviceCharacteristics = x_device_characteristics,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
    struct file *f = (struct file *)file;
    int rc;

    (void)vfs;
    f->file.pMethods = NULL;
    f->real = (sqlite3_file *)(f + 1);
    f->kind = flags & SQLITE_OPEN_MAIN_DB ? FAULT_MAIN : flags & SQLITE_OPEN_WAL ? FAULT_WAL : -1;
    rc = base->xOpen(base, path, f->real, flags, out);
    if (rc == SQLITE_OK)
        f->file.pMethods = &methods;
    return rc;
}

static int x_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
    (void)vfs;
    if (fault_strikes(FAULT_DELETE, FAULT_WAL))
        return SQLITE_IOERR_DELETE;
    log_op(FAULT_DELETE, FAULT_WAL, 0, NULL, 0);
    return base->xDelete(base, path, sync_dir);
}

const char *fault_name(void)
{
    static sqlite3_vfs vfs;

    if (!base) {
        base = sqlite3_vfs_find(NULL);
        vfs = *base;
        vfs.pNext = NULL;
        vfs.zName = "fault";
        vfs.szOsFile = (int)sizeof(struct file) + base->szOsFile;
        vfs.xOpen = x_open;
        vfs.xDelete = x_delete;
        sqlite3_vfs_register(&vfs, 0);
    }
    return "fault";
}

void fault_reset(void)
{
    fault = (struct fault){.fail_at = -1};
}

void fault_log_end(void)
{
    for (int i = 0; i < length; i++)
        free(entries[i].bytes);
    for (int k = 0; k < FILES; k++)
        free(start[k].bytes);
    free(entries);
    memset(start, 0, sizeof(start));
    entries = NULL;
    length = room = 0;
    fault.logging = false;
}

void fault_log_begin(const char *path)
{
    fault_log_end();
    snprintf(main_path, sizeof(main_path), "%s", path);
    snprintf(wal_path, sizeof(wal_path), "%s-wal", main_path);
    for (int k = 0; k < FILES; k++) {
        start[k].bytes = kit_read(path_of(k), &start[k].size);
        start[k].there = start[k].bytes;
    }
    fault.logging = true;
}

int fault_log_length(void)
{
    return length;
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void put(struct image *im, int64_t at, const uint8_t *bytes, size_t size)
{
    size_t end = (size_t)at + size;

    if (end > im->size) {
        im->bytes = realloc(im->bytes, end);
        memset(im->bytes + im->size, 0, end - im->size);
        im->size = end;
    }
    memcpy(im->bytes + at, bytes, size);
    im->there = true;
}

static void apply(struct image *im, const struct entry *e)
{
    switch (e->op) {
    case FAULT_WRITE:
        put(im, e->at, e->bytes, e->size);
        break;
    case FAULT_TRUNCATE:
        if ((size_t)e->at > im->size) {
            uint8_t zero = 0;

            put(im, e->at - 1, &zero, 1);
        }
        im->size = (size_t)e->at;
        break;
    case FAULT_DELETE:
        im->size = 0;
        im->there = false;
        break;
    case FAULT_SYNC:
    case FAULT_NAME:
        break;
    }
}

/* A write that no flush followed, sector by sector. */
static void tear(struct image *im, const struct entry *e, uint32_t *seed)
{
    for (int64_t at = e->at; at < e->at + (int64_t)e->size;) {
        int64_t end = (at / SECTOR + 1) * SECTOR;

        if (end > e->at + (int64_t)e->size)
            end = e->at + (int64_t)e->size;
        if (next(seed) & 1)
            put(im, at, e->bytes + (at - e->at), (size_t)(end - at));
        at = end;
    }
}

void fault_power_loss(int at, uint32_t seed)
{
    int flushed[FILES] = {0, 0};

    for (int i = 0; i < at; i++)
        if (entries[i].op == FAULT_SYNC)
            flushed[entries[i].kind] = i;
    for (int k = 0; k < FILES; k++) {
        struct image im = {malloc(start[k].size + 1), start[k].size, start[k].there};

        if (im.there)
            memcpy(im.bytes, start[k].bytes, im.size);
        for (int i = 0; i < at; i++) {
            uint32_t fate;

            if (entries[i].kind != k)
                continue;
            fate = i < flushed[k] ? 0 : next(&seed) % 3;
            if (fate == 0)
                apply(&im, &entries[i]);
            else if (fate == 1 && entries[i].op == FAULT_WRITE)
                tear(&im, &entries[i], &seed);
        }
        unlink(path_of(k));
        if (im.there)
            kit_write(path_of(k), im.bytes, im.size);
        free(im.bytes);
    }
}
