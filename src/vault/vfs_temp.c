/* SPDX-License-Identifier: MIT */
/*
 * SQLite's temporary files: any offset, any length. Blocks of 4096 bytes under a key that only this
 * open file knows; one block is held in plain. The tags of all are kept, so that no older block is
 * taken for the one that was written last.
 */
#include "amparo/vault/vfs.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { BLOCK = FORMAT_PAGE + FORMAT_RESERVE };

static struct temp_file *temp_of(sqlite3_file *file)
{
    return (struct temp_file *)file;
}

static uint8_t *tag_of(struct temp_file *t, int64_t number)
{
    if (number >= t->room) {
        int64_t room = number + number / 2 + 16;

        t->tags = xreallocarray(t->tags, (size_t)room, CRYPTO_TAG);
        memset(t->tags + t->room * CRYPTO_TAG, 0, (size_t)(room - t->room) * CRYPTO_TAG);
        t->room = room;
    }
    return t->tags + number * CRYPTO_TAG;
}

static const uint8_t *sealed_tag(const struct temp_file *t)
{
    return t->sealed + BLOCK - CRYPTO_TAG;
}

static int flush(struct temp_file *t)
{
    int rc;

    if (!t->dirty)
        return SQLITE_OK;
    block_seal(t->fs->keys, t->key, (uint64_t)t->held, t->plain, t->sealed);
    rc = t->real->pMethods->xWrite(t->real, t->sealed, BLOCK, t->held * BLOCK);
    if (rc == SQLITE_OK) {
        memcpy(tag_of(t, t->held), sealed_tag(t), CRYPTO_TAG);
        t->dirty = false;
    }
    return rc;
}

/* What was never written is zero; what was must be there as it was written last. */
static bool open_held(struct temp_file *t, int64_t number)
{
    const uint8_t *tag = tag_of(t, number);

    memset(t->plain, 0, sizeof(t->plain));
    if (sodium_is_zero(tag, CRYPTO_TAG))
        return true;
    return memcmp(tag, sealed_tag(t), CRYPTO_TAG) == 0 &&
           block_open(t->key, (uint64_t)number, t->sealed, t->plain);
}

/* Holds block `number` in plain; what was never written is zero. */
static int hold(struct temp_file *t, int64_t number)
{
    int rc = number == t->held ? SQLITE_OK : flush(t);

    if (rc != SQLITE_OK || number == t->held)
        return rc;
    t->held = -1;
    rc = t->real->pMethods->xRead(t->real, t->sealed, BLOCK, number * BLOCK);
    if (rc == SQLITE_IOERR_SHORT_READ)
        rc = SQLITE_OK; /* of what is missing, zeros */
    if (rc == SQLITE_OK && !open_held(t, number))
        rc = vfs_refuse(t->fs, SQLITE_IOERR_DATA, _("a temporary file has been tampered with"));
    if (rc == SQLITE_OK)
        t->held = number;
    return rc;
}

/* How much of `left` bytes at `at` lies within one block. */
static int within_block(sqlite3_int64 at, int left)
{
    int room = FORMAT_PAGE - (int)(at % FORMAT_PAGE);

    return left < room ? left : room;
}

static int x_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at)
{
    struct temp_file *t = temp_of(file);
    uint8_t *to = out;
    bool past_end = at + amount > t->size;
    int there = (int)(at >= t->size ? 0 : past_end ? t->size - at : amount);

    if (!t->fs->keys)
        return SQLITE_IOERR_READ;
    memset(to + there, 0, (size_t)(amount - there));
    while (there > 0) {
        int n = within_block(at, there), rc = hold(t, at / FORMAT_PAGE);

        if (rc != SQLITE_OK)
            return rc;
        memcpy(to, t->plain + at % FORMAT_PAGE, (size_t)n);
        to += n;
        at += n;
        there -= n;
    }
    return past_end ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int x_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
    struct temp_file *t = temp_of(file);
    const uint8_t *from = bytes;

    if (!t->fs->keys)
        return SQLITE_IOERR_WRITE;
    while (amount > 0) {
        int n = within_block(at, amount), rc = hold(t, at / FORMAT_PAGE);

        if (rc != SQLITE_OK)
            return rc;
        memcpy(t->plain + at % FORMAT_PAGE, from, (size_t)n);
        t->dirty = true;
        from += n;
        at += n;
        amount -= n;
        if (at > t->size)
            t->size = at;
    }
    return SQLITE_OK;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct temp_file *t = temp_of(file);
    int64_t blocks = (size + FORMAT_PAGE - 1) / FORMAT_PAGE;
    int rc = SQLITE_OK;

    /* What is cut off must read as zero where the file grows again. */
    if (size < t->size && size % FORMAT_PAGE) {
        rc = hold(t, size / FORMAT_PAGE);
        if (rc != SQLITE_OK)
            return rc;
        memset(t->plain + size % FORMAT_PAGE, 0, (size_t)(FORMAT_PAGE - size % FORMAT_PAGE));
        t->dirty = true;
    }
    if (t->held >= blocks) {
        t->held = -1;
        t->dirty = false;
    }
    rc = t->real->pMethods->xTruncate(t->real, blocks * BLOCK);
    if (rc == SQLITE_OK && blocks < t->room)
        memset(t->tags + blocks * CRYPTO_TAG, 0, (size_t)(t->room - blocks) * CRYPTO_TAG);
    if (rc == SQLITE_OK && size < t->size)
        t->size = size;
    return rc;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = temp_of(file)->size;
    return SQLITE_OK;
}

/* It need not outlive the process. */
static int x_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    return SQLITE_OK;
}

static int x_close(sqlite3_file *file)
{
    struct temp_file *t = temp_of(file);

    sodium_memzero(t->key, sizeof(t->key));
    sodium_memzero(t->plain, sizeof(t->plain));
    free(t->tags);
    return vfs_close_file(t->fs, t->real);
}

static int x_device_characteristics(sqlite3_file *file)
{
    (void)file;
    return 0;
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

void temp_file_init(struct temp_file *t, struct vfs *fs, sqlite3_file *real)
{
    memset(t, 0, sizeof(*t));
    t->file.pMethods = &methods;
    t->fs = fs;
    t->real = real;
    t->held = -1;
    randombytes_buf(t->key, sizeof(t->key));
}
