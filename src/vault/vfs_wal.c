/* SPDX-License-Identifier: MIT */
/*
 * The WAL as SQLite sees it: its header of 32 bytes and frames of 24 + 4096, each of them one
 * sealed record below. See sqlite.org/walformat.html for SQLite's side.
 */
#include "amparo/vault/wal.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"

static struct wal_file *wal_of(sqlite3_file *file)
{
    return (struct wal_file *)file;
}

/* A frame header whose page never came: SQLite has changed that header alone. */
static int settle(struct wal_file *w)
{
    uint64_t index = (uint64_t)w->pending;
    int rc;

    if (w->pending < 0)
        return SQLITE_OK;
    w->pending = -1;
    rc = wal_load(w, index);
    if (rc != SQLITE_OK)
        return rc == SQLITE_IOERR_DATA ? wal_bad_record(w, index) : rc;
    memcpy(w->frame, w->pending_header, FORMAT_FRAME_HEADER);
    return wal_store(w, index);
}

/* What SQLite reads whole is a recovery, or a frame of its own transaction. */
static int read_whole(struct wal_file *w, uint64_t index, uint8_t *out)
{
    int rc = wal_load(w, index);
    bool needed = index < w->required || index < w->highest;

    if (rc == SQLITE_OK)
        memcpy(out, w->frame, FORMAT_FRAME);
    if (rc == SQLITE_OK && wal_follow(w, index))
        return SQLITE_OK;
    if ((rc == SQLITE_OK || rc == SQLITE_IOERR_DATA) && needed)
        return wal_bad_record(w, index);
    if (rc == SQLITE_IOERR_DATA) {
        /* The tail of a crash: SQLite stops at what is no frame. */
        memset(out, 0, FORMAT_FRAME);
        return SQLITE_OK;
    }
    return rc;
}

static int read_head_part(struct wal_file *w, uint8_t *out, int amount, int at)
{
    int rc = amount == FORMAT_WAL_HEADER ? wal_review(w) : wal_refresh(w);

    memset(out, 0, (size_t)amount);
    if (rc == SQLITE_OK && amount == FORMAT_WAL_HEADER && w->required > w->told)
        return wal_bad_record(w, w->told);
    if (rc == SQLITE_OK && w->epoch != 0)
        memcpy(out, w->head.sqlite + at, (size_t)amount);
    return rc;
}

/*
 * A record that others may have written: it must be the version that was committed. Our own, of a
 * transaction that has not ended, is whichever we wrote last.
 */
static int load_proved(struct wal_file *w, uint64_t index)
{
    int rc = SQLITE_OK;

    if (w->fs->as_it_is)
        return wal_load(w, index);
    if (index >= w->proof.proved && index >= w->highest)
        rc = wal_prove(w);
    if (rc == SQLITE_OK)
        rc = wal_load(w, index);
    if (rc == SQLITE_OK && index < w->proof.proved && !wal_is_proved(&w->proof, index, w->record)) {
        ahead_drop(&w->ahead);
        rc = SQLITE_IOERR_DATA;
    }
    return rc;
}

static int read_part(struct wal_file *w, uint64_t index, uint8_t *out, int amount, int within)
{
    int rc = wal_refresh(w);

    if (rc == SQLITE_OK && within == WAL_FRAME_CHECKSUM && amount == WAL_CHECKSUM && w->last)
        return wal_mend(w, index, out);
    if (rc == SQLITE_OK && w->held != (int64_t)index)
        rc = load_proved(w, index);
    else if (rc == SQLITE_OK && !w->main->write_held)
        rc = load_proved(w, index); /* another connection may have written it anew */
    if (rc == SQLITE_IOERR_DATA) {
        w->known = false;
        rc = wal_read_head(w);
        if (rc == SQLITE_OK)
            rc = load_proved(w, index);
    }
    if (rc == SQLITE_IOERR_DATA)
        return wal_bad_record(w, index);
    if (rc == SQLITE_OK)
        memcpy(out, w->frame + within, (size_t)amount);
    return rc;
}

static int x_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at)
{
    struct wal_file *w = wal_of(file);
    int64_t frame = (at - FORMAT_WAL_HEADER) / FORMAT_FRAME;
    int within = (int)((at - FORMAT_WAL_HEADER) % FORMAT_FRAME), rc;

    if (!w->fs->keys)
        return SQLITE_IOERR_READ;
    if (amount == FORMAT_WAL_HEADER && at == 0)
        w->chain = 0; /* a recovery begins so */
    else if (amount != FORMAT_FRAME)
        w->chain = WAL_NO_CHAIN;
    rc = settle(w);
    if (rc != SQLITE_OK)
        return rc;
    if (at + amount <= FORMAT_WAL_HEADER)
        return read_head_part(w, out, amount, (int)at);
    if (at < FORMAT_WAL_HEADER || within + amount > FORMAT_FRAME)
        return SQLITE_IOERR_READ;
    rc = amount == FORMAT_FRAME ? read_whole(w, (uint64_t)frame, out)
                                : read_part(w, (uint64_t)frame, out, amount, within);
    if (rc == SQLITE_IOERR_SHORT_READ)
        memset(out, 0, (size_t)amount);
    return rc;
}

static int write_frame_header(struct wal_file *w, int64_t frame, const uint8_t *bytes)
{
    int rc = settle(w);

    if (rc != SQLITE_OK)
        return rc;
    memcpy(w->pending_header, bytes, FORMAT_FRAME_HEADER);
    w->pending = frame;
    /* Just read whole: SQLite mends the checksum and leaves the page. */
    return w->held == frame ? settle(w) : SQLITE_OK;
}

static int write_page(struct wal_file *w, int64_t frame, const uint8_t *bytes)
{
    int rc = SQLITE_OK;

    if (w->pending == frame) {
        w->pending = -1;
        rc = wal_unclaim(w, (uint64_t)frame);
        if (rc != SQLITE_OK)
            return rc;
        memcpy(w->frame, w->pending_header, FORMAT_FRAME_HEADER);
        /* SQLite goes on behind its last commit; or before it, where it took that back. */
        if ((uint64_t)frame >= w->candidate)
            wal_accept(w);
        w->candidate = 0;
        w->last = (uint64_t)frame + 1;
        if (sodium_is_zero(w->frame + WAL_FRAME_SALTS, WAL_SALTS) && w->bare > (uint64_t)frame)
            w->bare = (uint64_t)frame;
    } else {
        rc = settle(w);
        if (rc == SQLITE_OK)
            rc = wal_load(w, (uint64_t)frame);
        if (rc == SQLITE_IOERR_DATA)
            rc = wal_bad_record(w, (uint64_t)frame);
    }
    if (rc != SQLITE_OK)
        return rc;
    memcpy(w->frame + FORMAT_FRAME_HEADER, bytes, FORMAT_PAGE);
    return wal_store(w, (uint64_t)frame);
}

static int x_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
    struct wal_file *w = wal_of(file);
    int64_t frame = (at - FORMAT_WAL_HEADER) / FORMAT_FRAME;
    int within = (int)((at - FORMAT_WAL_HEADER) % FORMAT_FRAME), rc;

    if (!w->fs->keys)
        return SQLITE_IOERR_WRITE;
    w->chain = WAL_NO_CHAIN;
    if (at == 0 && amount == FORMAT_WAL_HEADER)
        return wal_write_head(w, bytes);
    rc = wal_refresh(w);
    if (rc != SQLITE_OK)
        return rc;
    if (at < FORMAT_WAL_HEADER || w->epoch == 0)
        return SQLITE_IOERR_WRITE;
    if (within == 0 && amount == FORMAT_FRAME_HEADER)
        return write_frame_header(w, frame, bytes);
    if (within == FORMAT_FRAME_HEADER && amount == FORMAT_PAGE)
        return write_page(w, frame, bytes);
    return SQLITE_IOERR_WRITE;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct wal_file *w = wal_of(file);
    int64_t frames = (size - FORMAT_WAL_HEADER + FORMAT_FRAME - 1) / FORMAT_FRAME;

    w->pending = -1;
    wal_forget(w);
    return w->real->pMethods->xTruncate(w->real,
                                        size < FORMAT_WAL_HEADER ? 0 : format_record_at(frames));
}

static int x_sync(sqlite3_file *file, int flags)
{
    struct wal_file *w = wal_of(file);
    int rc = w->fs->keys ? settle(w) : SQLITE_IOERR_FSYNC;

    if (rc == SQLITE_OK)
        rc = gather_write(&w->gather, w->real);
    if (rc == SQLITE_OK && !w->main->unsynced)
        rc = w->real->pMethods->xSync(w->real, flags);
    if (rc == SQLITE_OK)
        wal_accept(w);
    w->candidate = 0;
    return rc == SQLITE_OK ? wal_anchor(w) : rc;
}

/* A recovery asks, and reads no more than it is told of: so that is held against the anchor. */
static int x_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct wal_file *w = wal_of(file);
    int rc = settle(w);

    if (rc == SQLITE_OK)
        rc = wal_review(w);
    w->told = rc == SQLITE_OK ? w->there : 0;
    *size = w->told ? FORMAT_WAL_HEADER + (sqlite3_int64)w->told * FORMAT_FRAME : 0;
    return rc;
}

static int x_close(sqlite3_file *file)
{
    struct wal_file *w = wal_of(file);
    struct vfs *fs = w->fs;

    w->main->wal = NULL;
    gather_release(&w->gather);
    wal_proof_release(&w->proof);
    ahead_release(&w->ahead);
    return vfs_close_file(fs, w->real);
}

static int x_device_characteristics(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_file_size,
    .xLock = vfs_no_lock,
    .xUnlock = vfs_no_lock,
    .xCheckReservedLock = vfs_no_reserved_lock,
    .xFileControl = vfs_no_control,
    .xSectorSize = vfs_sector_size,
    .xDeviceCharacteristics = x_device_characteristics,
};

void wal_file_init(struct wal_file *w, struct vfs *fs, sqlite3_file *real, struct main_file *main)
{
    memset(w, 0, sizeof(*w));
    w->file.pMethods = &methods;
    w->fs = fs;
    w->real = real;
    w->main = main;
    w->pending = w->held = -1;
    w->chain = WAL_NO_CHAIN;
    w->bare = WAL_NONE_BARE;
    w->claimed = w->proof.own = WAL_UNKNOWN;
}
