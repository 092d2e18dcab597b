/* SPDX-License-Identifier: MIT */
/*
 * Folders that pouches leave and come by: a USB stick, what a program for sharing files keeps
 * alike, a Maildir. Layer: pouch; uses store (its kind of progress) and base.
 */
#ifndef AMPARO_POUCH_FOLDER_H
#define AMPARO_POUCH_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/date.h"
#include "amparo/base/error.h"
#include "amparo/pouch/find.h"
#include "amparo/store/store.h"

/* ---- out ---- */

/*
 * Appends the name of a file for a pouch, which tells nothing but the day: "20261129-1a2b3c4d5e6f"
 * and the ending (".pch", ".eml", ".txt").
 */
void folder_name(struct buf *out, struct date day, const char name[POUCH_NAME_SIZE],
                 const char *ending);

/* Is it a folder that can be opened? ERROR_FAILED says why not. */
bool folder_check(const char *folder, struct error *err);

/*
 * Puts a file into a folder, for its owner alone, whole or not at all: it is written aside,
 * flushed, and only then gets its name. A file of that name and content is left as it is; one of
 * other content is never overwritten, and "-2" to "-9" comes before the ending of the new one.
 * *path (may be NULL) is where it lies, freed by the caller. Whether a failure came before or after
 * it got its name, it may be done again.
 */
bool folder_put(const char *folder, const char *name, const void *bytes, size_t size, char **path,
                struct error *err);

/* ---- in ---- */

enum { FOLDER_FILE_MOST = 8 << 20 }; /* bytes of a file that is read */

struct folder_reader {
    /* Each pouch, and each fault; also a file that cannot be read, without a form. False: enough.
     */
    bool (*found)(void *ctx, const char *path, const struct pouch_found *found);
    /* Whether it was taken before; then it is only counted. NULL: none was. */
    bool (*known)(void *ctx, const uint8_t hash[POUCH_HASH]);
    store_progress *progress; /* in bytes; NULL: quiet */
    void *ctx;
};

struct folder_count {
    size_t files;   /* that were read */
    size_t pouches; /* whole and new */
    size_t known;
    size_t faults;  /* files that cannot be read too */
    size_t nothing; /* files with nothing of ours in them */
    size_t passed;  /* links, devices and folders: not followed */
};

/*
 * Reads a file, or all files of a folder and of the folders cur and new in it (a Maildir), by their
 * names; what begins with a point is not looked at. Codes of one pouch may lie in several files.
 * Nothing is changed there. A file that cannot be read is a fault and no more. False where the
 * path itself cannot be read, and where it was given up (by progress or by found): then all that
 * was taken is known the next time.
 */
bool folder_read(const char *path, const struct folder_reader *reader, struct folder_count *count,
                 struct error *err);

#endif
