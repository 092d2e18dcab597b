/* SPDX-License-Identifier: MIT */
/*
 * The WAL as SQLite sees it: its header of 32 bytes and frames of 24 + 4096, each of them one
 * sealed record below. See sqlite.org/walformat.html for SQLite's side.
 */
#include "amparo/vault/vfs.h"

#include <string.h>

#include "amparo/base/i18n.h"

enum {
    /* Within SQLite's WAL header and frame header, all big-endian. */
    HEAD_MAGIC = 0,
    HEAD_SALTS = 16,
    HEAD_CHECKSUM = 24,
    FRAME_COMMIT = 4, /* pages of the database after the commit; 0: not a commit */
    FRAME_SALTS = 8,
    FRAME_CHECKSUM = 16,
    SALTS = 8,
    /* Within the first region of the WAL index. */
    SHM_LAST_FRAME = 16,
    SHM_SALTS = 32,

    REVIEW_TRIES = 10,
};

static const uint64_t NO_CHAIN = UINT64_MAX; /* the frames read are no recovery */

static struct wal_file *wal_of(sqlite3_file *file)
{
    return (struct wal_file *)file;
}

void wal_forget(struct wal_file *w)
{
    w->known = false;
    w->held = -1;
    w->highest = 0;
    if (w->main->shm)
        w->commit = 0; /* the WAL index knows it */
}

/* Reads the header copies; epoch 0 where neither counts. */
static int read_head(struct wal_file *w)
{
    uint8_t copy[FORMAT_WAL_HEAD_RECORD], head[FORMAT_WAL_HEADER];
    uint64_t epoch, old = w->epoch;

    w->epoch = 0;
    for (int i = 0; w->real && i < 2; i++) {
        int rc = w->real->pMethods->xRead(w->real, copy, sizeof(copy), i * FORMAT_WAL_COPY_B);

        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
            return rc;
        if (rc == SQLITE_OK && wal_head_open(w->fs->keys, copy, &epoch, head) && epoch > w->epoch) {
            w->epoch = epoch;
            memcpy(w->head, head, sizeof(head));
        }
    }
    if (w->epoch != old)
        w->commit = w->highest = 0;
    w->known = true;
    return SQLITE_OK;
}

/* Whether the WAL index speaks of another WAL than the header that we know. */
static bool index_differs(const struct wal_file *w)
{
    const volatile uint8_t *salts = (const volatile uint8_t *)w->main->shm + SHM_SALTS;

    for (int i = 0; i < SALTS; i++)
        if (salts[i] != w->head[HEAD_SALTS + i])
            return true;
    return false;
}

/* Learns the header again where another connection may have begun a new epoch. */
static int refresh(struct wal_file *w)
{
    if (w->known && (!w->main->shm || w->main->write_held || !index_differs(w)))
        return SQLITE_OK;
    return read_head(w);
}

static int records_of(struct wal_file *w, uint64_t *records)
{
    sqlite3_int64 size = 0;
    int rc = w->real ? w->real->pMethods->xFileSize(w->real, &size) : SQLITE_OK;

    *records = (uint64_t)format_records(size);
    return rc;
}

/* Why the WAL cannot be the one that the anchor knows; NULL where it can. */
static const char *quarrel(const struct anchor *a, uint64_t epoch, uint64_t records)
{
    bool needed = a->commit > a->backfill;

    if (needed && epoch == 0)
        return N_("its -wal file is missing or unreadable, and holds work that is nowhere else; "
                  "was only the case file copied? Copy both, or use a backup");
    if (needed && epoch < a->epoch)
        return N_("its -wal file is older than the case file needs; put the right one back, or "
                  "use a backup");
    if (needed && epoch == a->epoch && records < a->commit)
        return N_("its -wal file has been cut off; put the whole one back, or use a backup");
    if ((needed && epoch > a->epoch) || epoch > a->epoch + 1)
        return N_("its -wal file is newer than the case file; put the right pair back, or use a "
                  "backup");
    return NULL;
}

int wal_review(struct wal_file *w)
{
    const char *why = NULL;
    struct anchor a = {0};
    uint64_t records = 0, seen = 0;

    /* Another process may be at work between our looks: only what stands still is a quarrel. */
    for (int i = 0; i < REVIEW_TRIES; i++) {
        int rc = anchor_read(w->main->real, w->fs->keys, &a);

        if (rc == SQLITE_IOERR_DATA)
            return vfs_refuse(w->fs, rc, _("both copies of the anchor are damaged"));
        if (rc == SQLITE_OK)
            rc = read_head(w);
        if (rc == SQLITE_OK)
            rc = records_of(w, &records);
        if (rc != SQLITE_OK)
            return rc;
        why = quarrel(&a, w->epoch, records);
        if (!why || (i > 0 && seen == a.counter))
            break;
        seen = a.counter;
    }
    if (why)
        return vfs_refuse(w->fs, SQLITE_IOERR_DATA, "%s", _(why));
    w->required = w->epoch == a.epoch && a.commit > a.backfill ? a.commit : 0;
    if (w->epoch < a.epoch)
        w->epoch = 0; /* a stale one, all of it brought over: as if there were none */
    return SQLITE_OK;
}

static uint64_t last_commit(const struct wal_file *w)
{
    const volatile uint8_t *shm = w->main->shm;
    uint64_t indexed = 0;

    if (shm && !index_differs(w))
        indexed = *(const volatile uint32_t *)(const volatile void *)(shm + SHM_LAST_FRAME);
    return indexed > w->commit ? indexed : w->commit;
}

int wal_anchor(struct wal_file *w, bool checkpointed)
{
    struct anchor a, old;
    uint64_t records;
    int rc = refresh(w);

    if (rc == SQLITE_OK)
        rc = records_of(w, &records);
    if (rc == SQLITE_OK)
        rc = anchor_read(w->main->real, w->fs->keys, &old);
    if (rc != SQLITE_OK || w->epoch == 0 || w->epoch < old.epoch)
        return rc;
    a = old;
    if (a.epoch != w->epoch) {
        a.epoch = w->epoch;
        a.commit = a.backfill = 0;
    }
    if (last_commit(w) > a.commit && last_commit(w) <= records)
        a.commit = last_commit(w);
    if (checkpointed)
        a.backfill = a.commit;
    if (memcmp(&a, &old, sizeof(a)) == 0)
        return SQLITE_OK;
    return anchor_write(w->main->real, w->fs->keys, &a);
}

/* SQLite's running checksum, over a frame's first eight bytes and its page. */
static void checksum(const struct wal_file *w, const uint8_t *bytes, size_t size, uint32_t sum[2])
{
    bool big = w->head[HEAD_MAGIC + 3] & 1;

    for (size_t i = 0; i < size; i += 8) {
        sum[0] += (big ? get32be(bytes + i) : get32(bytes + i)) + sum[1];
        sum[1] += (big ? get32be(bytes + i + 4) : get32(bytes + i + 4)) + sum[0];
    }
}

/* Follows SQLite's recovery, which reads the frames in order; false where it would stop. */
static bool follow(struct wal_file *w, uint64_t index, const uint8_t *frame)
{
    if (index == 0) {
        w->checksum[0] = get32be(w->head + HEAD_CHECKSUM);
        w->checksum[1] = get32be(w->head + HEAD_CHECKSUM + 4);
    }
    if (index != w->chain)
        return true; /* not a recovery: SQLite mends checksums of its own transaction */
    checksum(w, frame, 8, w->checksum);
    checksum(w, frame + FORMAT_FRAME_HEADER, FORMAT_PAGE, w->checksum);
    if (memcmp(frame + FRAME_SALTS, w->head + HEAD_SALTS, SALTS) != 0 ||
        get32be(frame + FRAME_CHECKSUM) != w->checksum[0] ||
        get32be(frame + FRAME_CHECKSUM + 4) != w->checksum[1])
        return false;
    w->chain++;
    if (get32be(frame + FRAME_COMMIT) != 0 && w->chain > w->commit)
        w->commit = w->chain;
    return index + 1 != w->required || get32be(frame + FRAME_COMMIT) != 0;
}

static int bad_record(struct wal_file *w, uint64_t index)
{
    return vfs_refuse(w->fs, SQLITE_IOERR_DATA,
                      _("record %llu of its -wal file is damaged or not "
                        "authentic"),
                      (unsigned long long)index + 1);
}

/* Reads and opens one record into w->frame; SQLITE_IOERR_DATA, without a reason, where it is bad.
 */
static int load(struct wal_file *w, uint64_t index)
{
    int rc = w->real->pMethods->xRead(w->real, w->record, FORMAT_WAL_RECORD,
                                      format_record_at((int64_t)index));

    w->held = -1;
    if (rc != SQLITE_OK)
        return rc;
    if (!record_open(w->fs->keys, w->epoch, index, w->record, w->frame))
        return SQLITE_IOERR_DATA;
    w->held = (int64_t)index;
    return SQLITE_OK;
}

static int store(struct wal_file *w, uint64_t index)
{
    int rc;

    record_seal(w->fs->keys, w->epoch, index, w->frame, w->record);
    rc = w->real->pMethods->xWrite(w->real, w->record, FORMAT_WAL_RECORD,
                                   format_record_at((int64_t)index));
    w->held = rc == SQLITE_OK ? (int64_t)index : -1;
    if (rc != SQLITE_OK)
        return rc;
    if (index + 1 > w->highest)
        w->highest = index + 1;
    if (get32be(w->frame + FRAME_COMMIT) != 0)
        w->commit = index + 1;
    else if (w->commit > index)
        w->commit = index; /* SQLite goes on from its last commit: what was after it is gone */
    return SQLITE_OK;
}

/* A frame header whose page never came: SQLite has changed that header alone. */
static int settle(struct wal_file *w)
{
    uint64_t index = (uint64_t)w->pending;
    int rc;

    if (w->pending < 0)
        return SQLITE_OK;
    w->pending = -1;
    rc = load(w, index);
    if (rc != SQLITE_OK)
        return rc == SQLITE_IOERR_DATA ? bad_record(w, index) : rc;
    memcpy(w->frame, w->pending_header, FORMAT_FRAME_HEADER);
    return store(w, index);
}

/* What SQLite reads whole is a recovery, or a frame of its own transaction. */
static int read_whole(struct wal_file *w, uint64_t index, uint8_t *out)
{
    int rc = load(w, index);
    bool needed = index < w->required || index < w->highest;

    if (rc == SQLITE_OK)
        memcpy(out, w->frame, FORMAT_FRAME);
    if (rc == SQLITE_OK && follow(w, index, w->frame))
        return SQLITE_OK;
    if ((rc == SQLITE_OK || rc == SQLITE_IOERR_DATA) && needed)
        return bad_record(w, index);
    if (rc == SQLITE_IOERR_DATA) {
        /* The tail of a crash: SQLite stops at what is no frame. */
        memset(out, 0, FORMAT_FRAME);
        return SQLITE_OK;
    }
    return rc;
}

static int read_head_part(struct wal_file *w, uint8_t *out, int amount, int at)
{
    sqlite3_int64 size = 0;
    int rc = amount == FORMAT_WAL_HEADER ? wal_review(w) : refresh(w);

    if (rc == SQLITE_OK)
        rc = w->real->pMethods->xFileSize(w->real, &size);
    memset(out, 0, (size_t)amount);
    if (rc != SQLITE_OK)
        return rc;
    if (w->epoch == 0)
        return size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
    memcpy(out, w->head + at, (size_t)amount);
    return SQLITE_OK;
}

static int read_part(struct wal_file *w, uint64_t index, uint8_t *out, int amount, int within)
{
    int rc = refresh(w);

    if (rc == SQLITE_OK && w->held != (int64_t)index)
        rc = load(w, index);
    else if (rc == SQLITE_OK && !w->main->write_held)
        rc = load(w, index); /* another connection may have written it anew */
    if (rc == SQLITE_IOERR_DATA) {
        w->known = false;
        rc = read_head(w);
        if (rc == SQLITE_OK)
            rc = load(w, index);
    }
    if (rc == SQLITE_IOERR_DATA)
        return bad_record(w, index);
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
        w->chain = NO_CHAIN;
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

/*
 * A new header is a new epoch, one above all that were: SQLite's own salts begin anew at random.
 * The anchor learns of it first, claiming nothing, so that no epoch is used twice; a claimed one in
 * which nothing was committed (the disk was full, say) is taken again.
 */
static int write_head(struct wal_file *w, const uint8_t *head)
{
    uint8_t copies[FORMAT_WAL_RECORDS] = {0};
    struct anchor a;
    int rc = read_head(w);

    if (rc == SQLITE_OK)
        rc = anchor_read(w->main->real, w->fs->keys, &a);
    if (rc != SQLITE_OK)
        return rc;
    if (a.epoch == 0 || a.commit > 0 || w->epoch > a.epoch) {
        a.epoch = (w->epoch > a.epoch ? w->epoch : a.epoch) + 1;
        a.commit = a.backfill = 0;
        rc = anchor_write(w->main->real, w->fs->keys, &a);
    }
    wal_head_seal(w->fs->keys, a.epoch, head, copies);
    wal_head_seal(w->fs->keys, a.epoch, head, copies + FORMAT_WAL_COPY_B);
    if (rc == SQLITE_OK)
        rc = w->real->pMethods->xWrite(w->real, copies, sizeof(copies), 0);
    w->known = rc == SQLITE_OK;
    if (rc != SQLITE_OK)
        return rc;
    w->epoch = a.epoch;
    w->commit = w->highest = w->required = 0;
    w->held = -1;
    memcpy(w->head, head, FORMAT_WAL_HEADER);
    return SQLITE_OK;
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
        memcpy(w->frame, w->pending_header, FORMAT_FRAME_HEADER);
        w->pending = -1;
    } else {
        rc = settle(w);
        if (rc == SQLITE_OK)
            rc = load(w, (uint64_t)frame);
        if (rc == SQLITE_IOERR_DATA)
            rc = bad_record(w, (uint64_t)frame);
    }
    if (rc != SQLITE_OK)
        return rc;
    memcpy(w->frame + FORMAT_FRAME_HEADER, bytes, FORMAT_PAGE);
    return store(w, (uint64_t)frame);
}

static int x_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
    struct wal_file *w = wal_of(file);
    int64_t frame = (at - FORMAT_WAL_HEADER) / FORMAT_FRAME;
    int within = (int)((at - FORMAT_WAL_HEADER) % FORMAT_FRAME), rc;

    if (!w->fs->keys)
        return SQLITE_IOERR_WRITE;
    w->chain = NO_CHAIN;
    if (at == 0 && amount == FORMAT_WAL_HEADER)
        return write_head(w, bytes);
    rc = refresh(w);
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

    if (rc == SQLITE_OK && !w->main->unsynced)
        rc = w->real->pMethods->xSync(w->real, flags);
    if (rc == SQLITE_OK)
        return wal_anchor(w, false);
    w->commit = 0; /* not known to be on the disk, and SQLite takes it back */
    return rc;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct wal_file *w = wal_of(file);
    int rc = settle(w);

    if (rc == SQLITE_OK)
        rc = w->real->pMethods->xFileSize(w->real, size);
    if (rc == SQLITE_OK && *size)
        *size = FORMAT_WAL_HEADER + format_records(*size) * FORMAT_FRAME;
    return rc;
}

static int x_close(sqlite3_file *file)
{
    struct wal_file *w = wal_of(file);
    struct vfs *fs = w->fs;

    w->main->wal = NULL;
    return vfs_close_file(fs, w->real);
}

/* SQLite locks the case file, never its WAL. */
static int x_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int x_check_reserved_lock(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int x_file_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int x_sector_size(sqlite3_file *file)
{
    (void)file;
    return FORMAT_PAGE;
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
    .xLock = x_lock,
    .xUnlock = x_lock,
    .xCheckReservedLock = x_check_reserved_lock,
    .xFileControl = x_file_control,
    .xSectorSize = x_sector_size,
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
    w->chain = NO_CHAIN;
}
