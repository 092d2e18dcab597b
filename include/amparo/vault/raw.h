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

/* The whole copy of the higher generation; ERROR_VAULT saying why there is none. */
bool raw_best_header(sqlite3_file *file, const char *path, struct header *h, struct error *err);

/* Writes one copy after the other, each flushed. */
int raw_write_header(sqlite3_file *file, const struct header *h);

#endif
