/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing the case file below the pages: headers, anchors, sealed bytes. Layer: vault,
 * inside.
 *
 * Always through SQLite's own file system: closing a descriptor of one's own on a file that SQLite
 * has open in this process would drop SQLite's locks (fcntl(2)).
 */
#ifndef AMPARO_VAULT_RAW_H
#define AMPARO_VAULT_RAW_H

#include <sqlite3.h>

#include "amparo/base/error.h"
#include "amparo/vault/header.h"

struct raw {
    sqlite3_file *file;
    const char *name; /* SQLite's kind of file name */
};

/* The absolute path without symbolic links; free() it. NULL with the error set. */
char *raw_full_path(sqlite3_vfs *base, const char *path, struct error *err);

/* Opens an existing file (`wal`: as a WAL). Close with raw_close(), which may be called anyway. */
bool raw_open(struct raw *raw, sqlite3_vfs *base, const char *path, bool wal, struct error *err);
void raw_close(struct raw *raw);

/* Whole reads and writes; SQLite's codes (SQLITE_FULL also where a limit is reached). Past the end:
 * SQLITE_IOERR_SHORT_READ, filled with zeros.
 */
int raw_read(sqlite3_file *file, void *out, size_t size, int64_t at);
int raw_write(sqlite3_file *file, const void *bytes, size_t size, int64_t at);
int raw_sync(sqlite3_file *file);
int64_t raw_size(sqlite3_file *file);

/* Reads copy 0 or 1 of the key header and says what it looks like. */
enum header_copy_state raw_header(sqlite3_file *file, int copy, struct header *h);

/*
 * The whole copies, the newest first; one where they are equal. Their number; 0 with ERROR_VAULT
 * saying why there is none, ERROR_FAILED where the disk does not answer.
 */
int raw_headers(sqlite3_file *file, const char *path, struct header h[2], struct error *err);

/*
 * Which of them counts, by the generation that the anchor knows: that one, or else a newer one, of
 * an edit that was cut short; -1 where all are older.
 */
int raw_which_header(const struct header h[2], int count, uint64_t generation);

/* Writes copy 0 or 1, and flushes it. */
int raw_write_header(sqlite3_file *file, int copy, const struct header *h);

#endif
