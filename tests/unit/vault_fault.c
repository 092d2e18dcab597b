/* SPDX-License-Identifier: MIT */
#include "vault_fault.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096 };

struct file {
    sqlite3_file file;
    sqlite3_file *real;
    int kind; /* FAULT_MAIN, FAULT_WAL, or -1 */
};

/* What an operation returns where fault.code says nothing. */
static const int codes[FAULT_OPS] = {
    [FAULT_WRITE] = SQLITE_IOERR_WRITE,      [FAULT_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
    [FAULT_SYNC] = SQLITE_IOERR_FSYNC,       [FAULT_DELETE] = SQLITE_IOERR_DELETE,
    [FAULT_READ] = SQLITE_IOERR_READ,        [FAULT_OPEN] = SQLITE_CANTOPEN,
    [FAULT_SIZE] = SQLITE_IOERR_FSTAT,       [FAULT_ACCESS] = SQLITE_IOERR_ACCESS,
    [FAULT_LOCK] = SQLITE_IOERR_LOCK,        [FAULT_SHM_MAP] = SQLITE_IOERR_SHMMAP,
    [FAULT_SHM_LOCK] = SQLITE_IOERR_SHMLOCK,
};

struct fault fault = {.counted = FAULT_CHANGES, .fail_at = -1};

static sqlite3_vfs *base;

bool fault_strikes(enum fault_op op, int kind)
{
    int64_t n;

    if (!(fault.counted >> op & 1))
        return false;
    n = fault.count++;
    if (fault.before)
        fault.before(op, kind);
    return fault.fail_at >= 0 && n >= fault.fail_at && n < fault.fail_at + fault.failures;
}

static int failure(enum fault_op op)
{
    if (fault.code == FAULT_KILL)
        kill(getpid(), SIGKILL);
    return fault.code ? fault.code : codes[op];
}

static void done(enum fault_op op, int kind, int64_t at, const void *bytes, size_t size)
{
    if (fault.done && kind >= 0)
        fault.done(op, kind, at, bytes, size);
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
    if (fault_strikes(FAULT_READ, kind_of(f))) {
        int part = n * fault.quarters / 4;

        memset(out, 0, (size_t)n);
        if (part)
            real_of(f)->pMethods->xRead(real_of(f), out, part, at);
        return failure(FAULT_READ);
    }
    return real_of(f)->pMethods->xRead(real_of(f), out, n, at);
}

/* Linux does not stop for a signal within a page of its cache. */
static int part_of_write(int n, sqlite3_int64 at)
{
    sqlite3_int64 part = n * fault.quarters / 4;

    if (fault.code == FAULT_KILL)
        part = (at + part) / PAGE * PAGE - at;
    return (int)part;
}

static int x_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    int rc;

    if (fault_strikes(FAULT_WRITE, kind_of(f))) {
        int part = part_of_write(n, at);

        if (part > 0)
            real_of(f)->pMethods->xWrite(real_of(f), bytes, part, at);
        return failure(FAULT_WRITE);
    }
    rc = real_of(f)->pMethods->xWrite(real_of(f), bytes, n, at);
    done(FAULT_WRITE, kind_of(f), at, bytes, (size_t)n);
    return rc;
}

static int x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (fault_strikes(FAULT_TRUNCATE, kind_of(f)))
        return failure(FAULT_TRUNCATE);
    done(FAULT_TRUNCATE, kind_of(f), size, NULL, 0);
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int x_sync(sqlite3_file *f, int flags)
{
    (void)flags;
    if (fault_strikes(FAULT_SYNC, kind_of(f)))
        return failure(FAULT_SYNC);
    done(FAULT_SYNC, kind_of(f), 0, NULL, 0);
    return SQLITE_OK;
}

static int x_file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    int rc;

    if (fault_strikes(FAULT_SIZE, kind_of(f)))
        return failure(FAULT_SIZE);
    rc = real_of(f)->pMethods->xFileSize(real_of(f), size);
    if (rc == SQLITE_OK && kind_of(f) >= 0 && *size)
        *size += fault.longer[kind_of(f)];
    return rc;
}

static int x_lock(sqlite3_file *f, int level)
{
    if (fault_strikes(FAULT_LOCK, kind_of(f)))
        return failure(FAULT_LOCK);
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
    if (fault_strikes(FAULT_SHM_MAP, kind_of(f))) {
        *out = NULL;
        return failure(FAULT_SHM_MAP);
    }
    return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, out);
}

static int x_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    if (flags & SQLITE_SHM_LOCK && fault_strikes(FAULT_SHM_LOCK, kind_of(f)))
        return failure(FAULT_SHM_LOCK);
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
    if (fault_strikes(FAULT_OPEN, f->kind))
        return failure(FAULT_OPEN);
    rc = base->xOpen(base, path, f->real, flags, out);
    if (rc == SQLITE_OK)
        f->file.pMethods = &methods;
    return rc;
}

static int x_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
    int rc;

    (void)vfs;
    if (fault_strikes(FAULT_DELETE, FAULT_WAL))
        return failure(FAULT_DELETE);
    rc = base->xDelete(base, path, sync_dir);
    done(FAULT_DELETE, FAULT_WAL, 0, NULL, 0);
    return rc;
}

static int x_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    (void)vfs;
    if (fault_strikes(FAULT_ACCESS, -1))
        return failure(FAULT_ACCESS);
    return base->xAccess(base, path, flags, out);
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
        vfs.xAccess = x_access;
        sqlite3_vfs_register(&vfs, 0);
    }
    return "fault";
}

void fault_reset(void)
{
    fault = (struct fault){.counted = FAULT_CHANGES, .fail_at = -1};
}

static int no_time(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

void fault_never_sleep(void)
{
    fault_name();
    base->xSleep = no_time;
    sqlite3_vfs_find("fault")->xSleep = no_time;
}
