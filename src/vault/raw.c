/* SPDX-License-Identifier: MIT */
#include "amparo/vault/raw.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

char *raw_full_path(sqlite3_vfs *base, const char *path, struct error *err)
{
    size_t room = (size_t)base->mxPathname + 1;
    char *full = xcalloc(1, room);
    int rc = base->xFullPathname(base, path, (int)room, full);

    if (rc == SQLITE_OK || rc == SQLITE_OK_SYMLINK)
        return full;
    free(full);
    error_set(err, ERROR_FAILED, _("%s: no such place"), path);
    return NULL;
}

bool raw_open(struct raw *raw, sqlite3_vfs *base, const char *path, bool wal, struct error *err)
{
    char *wal_path = xasprintf("%s-wal", path);
    int flags = SQLITE_OPEN_READWRITE | (wal ? SQLITE_OPEN_WAL : SQLITE_OPEN_MAIN_DB);
    int rc, out = 0;

    *raw = (struct raw){NULL, NULL};
    raw->name = sqlite3_create_filename(path, "", wal_path, 0, NULL);
    raw->file = xcalloc(1, (size_t)base->szOsFile);
    free(wal_path);
    if (!raw->name)
        BUG("no memory for a file name");
    rc = base->xOpen(base, wal ? sqlite3_filename_wal(raw->name) : raw->name, raw->file, flags,
                     &out);
    if (rc != SQLITE_OK) {
        raw_close(raw);
        return error_set(err, ERROR_FAILED,
                         _("%s cannot be opened; is it there, and may you read it?"), path);
    }
    return true;
}

void raw_close(struct raw *raw)
{
    if (raw->file && raw->file->pMethods)
        raw->file->pMethods->xClose(raw->file);
    free(raw->file);
    sqlite3_free_filename(raw->name);
    *raw = (struct raw){NULL, NULL};
}

int raw_read(sqlite3_file *file, void *out, size_t size, int64_t at)
{
    return file->pMethods->xRead(file, out, (int)size, at);
}

int raw_write(sqlite3_file *file, const void *bytes, size_t size, int64_t at)
{
    int rc = file->pMethods->xWrite(file, bytes, (int)size, at);

    /* A limit on files or on a user is no other case than a full disk, which SQLite knows alone. */
    return rc == SQLITE_IOERR_WRITE && (errno == EFBIG || errno == EDQUOT) ? SQLITE_FULL : rc;
}

int raw_sync(sqlite3_file *file)
{
    return file->pMethods->xSync(file, SQLITE_SYNC_FULL);
}

int64_t raw_size(sqlite3_file *file)
{
    sqlite3_int64 size = 0;

    return file->pMethods->xFileSize(file, &size) == SQLITE_OK ? size : 0;
}

static int64_t header_at(int copy)
{
    return copy ? FORMAT_HEADER_B : FORMAT_HEADER_A;
}

enum header_copy_state raw_header(sqlite3_file *file, int copy, struct header *h)
{
    int rc = raw_read(file, h->bytes, HEADER_SIZE, header_at(copy));

    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
        return HEADER_UNREADABLE;
    return rc == SQLITE_OK ? header_look(h) : HEADER_FOREIGN;
}

int raw_headers(sqlite3_file *file, const char *path, struct header h[2], struct error *err)
{
    enum header_copy_state state[2];
    struct header copy[2];
    int count = 0;

    for (int i = 0; i < 2; i++)
        state[i] = raw_header(file, i, &copy[i]);
    for (int i = 0; i < 2; i++)
        if (state[i] == HEADER_WHOLE &&
            (count == 0 || memcmp(h[0].bytes, copy[i].bytes, HEADER_SIZE) != 0))
            h[count++] = copy[i];
    if (count == 2 && header_generation(&h[1]) > header_generation(&h[0])) {
        struct header newer = h[1];

        h[1] = h[0];
        h[0] = newer;
    }
    if (count > 0)
        return count;
    if (state[0] == HEADER_UNREADABLE || state[1] == HEADER_UNREADABLE)
        error_set(err, ERROR_FAILED, "%s: %s", path,
                  _("it cannot be read or written; check the disk and try again"));
    else if (state[0] == HEADER_FOREIGN && state[1] == HEADER_FOREIGN)
        error_set(err, ERROR_VAULT, _("%s is not a case file"), path);
    else if (state[0] == HEADER_NEWER || state[1] == HEADER_NEWER)
        error_set(err, ERROR_VAULT,
                  _("%s was made by a newer version of this program; use that one"), path);
    else
        error_set(err, ERROR_VAULT,
                  _("%s: both copies of its key header are damaged; use a backup"), path);
    return 0;
}

int raw_which_header(const struct header h[2], int count, uint64_t generation)
{
    for (int i = 0; i < count; i++)
        if (header_generation(&h[i]) == generation)
            return i;
    return count > 0 && header_generation(&h[0]) > generation ? 0 : -1;
}

int raw_write_header(sqlite3_file *file, int copy, const struct header *h)
{
    int rc = raw_write(file, h->bytes, HEADER_SIZE, header_at(copy));

    return rc == SQLITE_OK ? raw_sync(file) : rc;
}
