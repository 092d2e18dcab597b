/* SPDX-License-Identifier: MIT */
/* The case file as SQLite sees it: whole pages, decrypted; and the rules about its locks. */
#include "amparo/vault/vfs.h"

#include <string.h>

#include "amparo/base/i18n.h"

enum {
    LOCK_WRITE = 0, /* SQLite's locks in the WAL index */
    LOCK_CKPT = 1,
    LOCK_RECOVER = 2,
    LOCK_READ_0 = 3, /* of readers that look into the case file alone */
    LOCK_READ_1 = 4, /* of readers that look into the WAL: this one and those behind it */
    CKPT_WAIT_MS = 100,
    OPEN_PROBE = 100, /* bytes of page 1 that SQLite reads before it holds any lock */
    READ_TRIES = 3,
};

static struct main_file *main_of(sqlite3_file *file)
{
    return (struct main_file *)file;
}

static int x_close(sqlite3_file *file)
{
    struct main_file *m = main_of(file);
    struct vfs *fs = m->fs;

    pthread_mutex_lock(&fs->lock);
    for (struct main_file **at = &fs->files; *at; at = &(*at)->next)
        if (*at == m) {
            *at = m->next;
            break;
        }
    pthread_mutex_unlock(&fs->lock);
    tags_release(&m->tags);
    gather_release(&m->gather);
    ahead_release(&m->ahead);
    return vfs_close_file(fs, m->real);
}

/* What lies behind pages that can have a tag is none; and SQLite counts them in 32 bits. */
static int pages_of(struct main_file *m, int64_t *pages)
{
    sqlite3_int64 size = 0;
    int rc = m->real->pMethods->xFileSize(m->real, &size);

    *pages = format_pages(size);
    if (*pages > TAGS_MOST)
        *pages = TAGS_MOST;
    return rc;
}

/*
 * What SQLite reads of page 1 before it locks, and before it has looked at the WAL, may just be
 * under another's pen, or torn while the WAL has it whole. But all that it wants then is the
 * geometry, and that there is a WAL; the format fixes both, and page 1 is read anew behind it.
 */
static int read_geometry(struct main_file *m, uint8_t *out, int amount, int within)
{
    static const uint8_t geometry[24] = {'S', 'Q', 'L', 'i', 't', 'e', ' ',
                                         'f', 'o', 'r', 'm', 'a', 't', ' ',
                                         '3', 0,   16,  0,   2,   2,   FORMAT_RESERVE,
                                         64,  32,  32};
    int64_t pages;
    int rc = pages_of(m, &pages);

    memset(out, 0, (size_t)amount);
    if (rc != SQLITE_OK)
        return rc;
    if (pages == 0)
        return SQLITE_IOERR_SHORT_READ;
    for (int i = 0; i < amount && within + i < (int)sizeof(geometry); i++)
        out[i] = geometry[within + i];
    return SQLITE_OK;
}

/*
 * Page 1 says that there is a WAL, and always has once the file was made: an older one, of a file
 * half made, would have SQLite leave the WAL aside.
 */
static bool is_wal_mode(const uint8_t *page)
{
    return page[18] == 2 && page[19] == 2;
}

/* The table of page tags as the anchor has it, where another process may have changed it. */
static int tags_ready(struct main_file *m)
{
    struct anchor a = {0};
    int rc;

    if (!m->tags_stale || m->fs->as_it_is)
        return SQLITE_OK;
    ahead_drop(&m->ahead);
    rc = tags_load(&m->tags, m->real, m->fs->keys);
    m->tags_stale = rc != SQLITE_OK;
    if (rc == SQLITE_IOERR_DATA && main_read_anchor(m, &a) != rc)
        vfs_refuse(m->fs, rc, _("the table of its page tags is damaged"));
    return rc;
}

/* One look at a page: whether it is authentic, and the one that the table knows. */
static int look_at_page(struct main_file *m, uint32_t number, uint8_t *plain, bool *authentic,
                        bool *present)
{
    uint8_t tag[CRYPTO_TAG];
    int rc = tags_ready(m);

    if (rc == SQLITE_OK)
        rc = ahead_read(&m->ahead, m->real, plain, FORMAT_PAGE, format_page_at(number));
    if (rc == SQLITE_IOERR_SHORT_READ && !m->fs->creating)
        return vfs_refuse(m->fs, SQLITE_IOERR_DATA, _("page %u has been cut off"), number);
    if (rc != SQLITE_OK)
        return rc;
    memcpy(tag, plain + FORMAT_PAGE - CRYPTO_TAG, sizeof(tag));
    *present = m->fs->as_it_is || tags_match(&m->tags, number, tag);
    *authentic = page_open(m->fs->keys, number, plain) &&
                 (number != 1 || m->fs->creating || is_wal_mode(plain));
    return SQLITE_OK;
}

static int read_page(struct main_file *m, uint32_t number, uint8_t *plain)
{
    bool authentic = false, present = false;

    for (int i = 0; i < READ_TRIES; i++) {
        int rc = look_at_page(m, number, plain, &authentic, &present);

        if (rc != SQLITE_OK || (authentic && present))
            return rc;
        m->tags_stale = true;
        if (i > 0)
            m->fs->base->xSleep(m->fs->base, 1000);
    }
    return vfs_refuse(m->fs, SQLITE_IOERR_DATA,
                      authentic ? _("page %u has been put back to an older one")
                                : _("page %u is damaged or not authentic"),
                      number);
}

static int x_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at)
{
    struct main_file *m = main_of(file);
    uint32_t number = (uint32_t)(at / FORMAT_PAGE) + 1;
    int within = (int)(at % FORMAT_PAGE), rc;
    uint8_t plain[FORMAT_PAGE];

    if (!m->fs->keys || within + amount > FORMAT_PAGE)
        return SQLITE_IOERR_READ;
    if ((at == 0 && amount == OPEN_PROBE) || (number == 1 && !m->wal && !m->fs->creating))
        return read_geometry(m, out, amount, within);
    rc = read_page(m, number, amount == FORMAT_PAGE ? out : plain);
    if (rc == SQLITE_IOERR_SHORT_READ)
        memset(out, 0, (size_t)amount);
    else if (rc == SQLITE_OK && amount != FORMAT_PAGE)
        memcpy(out, plain + within, (size_t)amount);
    return rc;
}

static int x_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
    struct main_file *m = main_of(file);
    uint32_t number = (uint32_t)(at / FORMAT_PAGE) + 1;
    uint8_t *page;
    int rc;

    if (!m->fs->keys || amount != FORMAT_PAGE || at % FORMAT_PAGE != 0)
        return SQLITE_IOERR_WRITE;
    rc = tags_ready(m);
    if (rc != SQLITE_OK)
        return rc;
    ahead_drop(&m->ahead);
    rc = gather_room(&m->gather, m->real, format_page_at(number), FORMAT_PAGE, &page);
    if (rc == SQLITE_OK)
        page_seal(m->fs->keys, number, bytes, page);
    if (rc == SQLITE_OK && !m->gathering)
        rc = gather_write(&m->gather, m->real);
    if (rc == SQLITE_OK && !tags_set(&m->tags, number, page + FORMAT_PAGE - CRYPTO_TAG))
        rc = SQLITE_FULL;
    if (rc != SQLITE_OK)
        gather_drop(&m->gather);
    return rc;
}

/*
 * SQLite cuts a file off before it flushes it. But the leaves behind the new end count until the
 * anchor is written: so the file itself is cut then.
 */
static int x_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct main_file *m = main_of(file);
    int64_t pages = size / FORMAT_PAGE;
    int rc = m->fs->keys ? tags_ready(m) : SQLITE_IOERR_TRUNCATE;

    if (rc == SQLITE_OK)
        rc = m->late;
    if (rc == SQLITE_OK && m->fs->creating)
        rc = m->real->pMethods->xTruncate(m->real, format_size(pages));
    if (rc == SQLITE_OK) {
        tags_cut(&m->tags, (uint32_t)pages);
        m->end = pages;
    }
    return rc;
}

/* The end that x_truncate() was told of. */
static int cut_off(struct main_file *m, int flags)
{
    int64_t end = m->end;
    sqlite3_int64 size = 0;
    int rc = SQLITE_OK;

    m->end = -1;
    if (end >= 0)
        rc = m->real->pMethods->xFileSize(m->real, &size);
    if (rc != SQLITE_OK || end < 0 || size == format_size(end))
        return rc;
    rc = m->real->pMethods->xTruncate(m->real, format_size(end));
    return rc == SQLITE_OK ? main_flush(m, flags) : rc;
}

static int x_sync(sqlite3_file *file, int flags)
{
    struct main_file *m = main_of(file);
    int rc;

    if (!m->fs->keys)
        return SQLITE_IOERR_FSYNC;
    /* In WAL mode SQLite flushes the case file only when a checkpoint has brought all of the WAL.
     * Pages and leaves first, then the anchor that says so. */
    rc = m->tags.changed ? main_secure_anchor(m, flags) : SQLITE_OK;
    if (rc == SQLITE_OK)
        rc = tags_write(&m->tags, m->real, m->fs->keys);
    if (rc == SQLITE_OK)
        rc = main_flush(m, flags);
    if (rc == SQLITE_OK)
        rc = main_anchor_state(m, flags);
    return rc == SQLITE_OK ? cut_off(m, flags) : rc;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct main_file *m = main_of(file);
    int64_t pages;
    int rc = pages_of(m, &pages);

    *size = pages * FORMAT_PAGE;
    /* SQLite would take it for a new database, and delete the WAL. */
    if (rc == SQLITE_OK && pages == 0 && !m->fs->creating)
        return vfs_refuse(m->fs, SQLITE_IOERR_DATA, _("all its pages have been cut off"));
    return rc;
}

static int x_lock(sqlite3_file *file, int level)
{
    struct main_file *m = main_of(file);

    m->tags_stale = true;
    return m->real->pMethods->xLock(m->real, level);
}

static int x_unlock(sqlite3_file *file, int level)
{
    struct main_file *m = main_of(file);

    return m->real->pMethods->xUnlock(m->real, level);
}

static int x_check_reserved_lock(sqlite3_file *file, int *out)
{
    struct main_file *m = main_of(file);

    return m->real->pMethods->xCheckReservedLock(m->real, out);
}

/*
 * From here to its end a checkpoint only writes pages, in their order. Where it brings over all of
 * the WAL, a truncation follows, which can tell SQLite of an error that comes late.
 */
static void begin_checkpoint(struct main_file *m)
{
    m->late = SQLITE_OK;
    m->gathering = wal_all_goes_over(m);
}

static void end_checkpoint(struct main_file *m)
{
    m->gathering = false;
    m->late = gather_write(&m->gather, m->real);
    gather_drop(&m->gather);
}

/* What speaks of sizes or mappings in SQLite's measure is not for the file below. */
static int x_file_control(sqlite3_file *file, int op, void *arg)
{
    struct main_file *m = main_of(file);

    switch (op) {
    case SQLITE_FCNTL_CKPT_START:
        begin_checkpoint(m);
        return SQLITE_OK;
    case SQLITE_FCNTL_CKPT_DONE:
        end_checkpoint(m);
        return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE:
        return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE:
        *(sqlite3_int64 *)arg = 0;
        return SQLITE_OK;
    case SQLITE_FCNTL_PRAGMA:
    case SQLITE_FCNTL_POWERSAFE_OVERWRITE:
    case SQLITE_FCNTL_OVERWRITE:
        return SQLITE_NOTFOUND;
    default:
        return m->real->pMethods->xFileControl(m->real, op, arg);
    }
}

/* Powersafe overwrite, so that SQLite writes each frame of the WAL once and whole. */
static int x_device_characteristics(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int x_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    struct main_file *m = main_of(file);
    int rc = m->real->pMethods->xShmMap(m->real, region, size, extend, out);

    if (rc == SQLITE_OK && region == 0)
        m->shm = *out;
    return rc;
}

static int base_shm_lock(struct main_file *m, int at, int count, int flags)
{
    return m->real->pMethods->xShmLock(m->real, at, count, flags);
}

static int take_write_for_ckpt(struct main_file *m)
{
    sqlite3_vfs *base = m->fs->base;
    int rc = SQLITE_BUSY;

    for (int ms = 0; rc == SQLITE_BUSY && ms <= CKPT_WAIT_MS; ms++) {
        rc = base_shm_lock(m, LOCK_WRITE, 1, SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE);
        if (rc == SQLITE_BUSY && ms < CKPT_WAIT_MS)
            base->xSleep(base, 1000);
    }
    m->write_for_ckpt = rc == SQLITE_OK;
    return rc;
}

static void end_write_for_ckpt(struct main_file *m)
{
    if (m->write_for_ckpt && !m->write_held)
        base_shm_lock(m, LOCK_WRITE, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
    m->write_for_ckpt = false;
}

/*
 * A reader of an older state has SQLite bring over a part of the WAL, unflushed and without a word
 * to us: the table of page tags would not know those pages. It would not let the WAL begin anew
 * either. So a checkpoint is all or nothing: any code but plain BUSY ends it before it writes.
 */
static int no_part_of_a_checkpoint(void)
{
    return SQLITE_BUSY_TIMEOUT;
}

/* Readers of an older state end, and no new ones of it come while writers are kept out. */
static int wait_for_readers(struct main_file *m, int at, int count, int flags)
{
    sqlite3_vfs *base = m->fs->base;
    int rc = SQLITE_BUSY;

    for (; rc == SQLITE_BUSY && m->ckpt_patience > 0; m->ckpt_patience--) {
        base->xSleep(base, 1000);
        rc = base_shm_lock(m, at, count, flags);
    }
    /* SQLite's own waiting would begin on plain BUSY. */
    return rc == SQLITE_BUSY ? no_part_of_a_checkpoint() : rc;
}

static void note_locks(struct main_file *m, int at, int count, bool held)
{
    if (at == LOCK_WRITE)
        m->write_held = held;
    if (at <= LOCK_CKPT && at + count > LOCK_CKPT)
        m->ckpt_held = held;
    if (at <= LOCK_RECOVER && at + count > LOCK_RECOVER)
        m->recover_held = held;
}

static int lock_exclusive(struct main_file *m, int at, int count, int flags)
{
    bool ckpt = at <= LOCK_CKPT && at + count > LOCK_CKPT, took = false;
    int rc = SQLITE_OK;

    if (at == LOCK_WRITE && m->write_for_ckpt) {
        m->write_held = true;
        return SQLITE_OK;
    }
    /*
     * A checkpoint with a writer beside it can lose what the writer commits (SQLite up to 3.51.2,
     * between its two looks at the WAL index); so whoever checkpoints also keeps writers out.
     */
    if (ckpt && !m->write_held && !m->write_for_ckpt) {
        rc = take_write_for_ckpt(m);
        took = rc == SQLITE_OK;
    }
    if (rc == SQLITE_OK)
        rc = base_shm_lock(m, at, count, flags);
    if (rc != SQLITE_OK && took)
        end_write_for_ckpt(m);
    if (rc == SQLITE_BUSY && m->ckpt_bound && at >= LOCK_READ_0)
        rc = wait_for_readers(m, at, count, flags);
    if (rc == SQLITE_BUSY && m->ckpt_held && !m->recover_held && at >= LOCK_READ_1 && count == 1)
        return no_part_of_a_checkpoint();
    if (rc != SQLITE_OK)
        return rc;
    if ((at == LOCK_WRITE || ckpt) && m->wal)
        wal_forget(m->wal);
    if (ckpt) {
        m->tags_stale = true;
        m->end = -1;
    }
    note_locks(m, at, count, true);
    return SQLITE_OK;
}

static int unlock_exclusive(struct main_file *m, int at, int count, int flags)
{
    int rc;

    note_locks(m, at, count, false);
    if (at == LOCK_WRITE) {
        if (m->wal)
            wal_forget(m->wal);
        if (m->write_for_ckpt)
            return SQLITE_OK;
    }
    rc = base_shm_lock(m, at, count, flags);
    if (at <= LOCK_CKPT && at + count > LOCK_CKPT)
        end_write_for_ckpt(m);
    return rc;
}

static int x_shm_lock(sqlite3_file *file, int at, int count, int flags)
{
    struct main_file *m = main_of(file);

    if (flags & SQLITE_SHM_SHARED) {
        m->tags_stale = true;
        if (m->wal)
            ahead_drop(&m->wal->ahead);
        return base_shm_lock(m, at, count, flags);
    }
    if (flags & SQLITE_SHM_UNLOCK)
        return unlock_exclusive(m, at, count, flags);
    return lock_exclusive(m, at, count, flags);
}

static void x_shm_barrier(sqlite3_file *file)
{
    struct main_file *m = main_of(file);

    m->real->pMethods->xShmBarrier(m->real);
}

static int x_shm_unmap(sqlite3_file *file, int delete_it)
{
    struct main_file *m = main_of(file);

    m->shm = NULL;
    return m->real->pMethods->xShmUnmap(m->real, delete_it);
}

/* Version 2: with a WAL index, without memory maps, which could not be decrypted. */
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
    .xSectorSize = vfs_sector_size,
    .xDeviceCharacteristics = x_device_characteristics,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

void main_file_init(struct main_file *m, struct vfs *fs, sqlite3_file *real)
{
    memset(m, 0, sizeof(*m));
    m->file.pMethods = &methods;
    m->fs = fs;
    m->real = real;
    m->end = -1;
    m->secured = MAIN_NONE_SECURED;
    m->tags_stale = true;
    pthread_mutex_lock(&fs->lock);
    m->next = fs->files;
    fs->files = m;
    pthread_mutex_unlock(&fs->lock);
}
