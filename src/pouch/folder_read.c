/* SPDX-License-Identifier: MIT */
/* All that lies in a folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/folder.h"

/* A file is read without waiting for whoever is at its other end, and nothing else is. */
#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

struct listed {
    char *name; /* below the path */
    uint64_t size;
};

struct reading {
    const struct folder_reader *reader;
    struct folder_count *count;
    const char *path; /* of all */
    char *file;       /* of the one that is read now */
    struct listed *files;
    size_t file_count;
    uint64_t done, total; /* bytes */
    bool stopped;
    size_t found; /* in this file */
    struct qr_join join;
};

/* ---- the list ---- */

static void add_file(struct reading *r, const char *below, const char *name, uint64_t size)
{
    uint64_t most = size < FOLDER_FILE_MOST ? size : FOLDER_FILE_MOST;

    r->files = xreallocarray(r->files, r->file_count + 1, sizeof *r->files);
    r->files[r->file_count++] = (struct listed){xasprintf("%s%s", below, name), most};
    r->total += most;
}

static bool is_of_maildir(const char *name)
{
    return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0;
}

/* Takes over the folder; `below` is its path below the whole one, with a final slash, or "". */
static bool list(struct reading *r, int fd, const char *below)
{
    DIR *all = fdopendir(fd);
    struct dirent *entry;

    if (!all) {
        close(fd);
        return false;
    }
    while ((errno = 0, entry = readdir(all))) {
        const char *name = entry->d_name;
        struct stat is;
        if (*name == '.' || fstatat(fd, name, &is, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(is.st_mode)) {
            add_file(r, below, name, (uint64_t)is.st_size);
        } else if (S_ISDIR(is.st_mode) && !*below && is_of_maildir(name)) {
            char *deeper = xasprintf("%s/", name);
            int inside = openat(fd, name, READ_FLAGS | O_DIRECTORY | O_NOFOLLOW);
            if (inside < 0 || !list(r, inside, deeper))
                r->count->passed++;
            free(deeper);
        } else {
            r->count->passed++;
        }
    }
    bool fine = errno == 0;
    int why = errno;
    closedir(all);
    errno = why;
    return fine;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

/* ---- one file ---- */

static bool visit(void *ctx, const struct pouch_found *found)
{
    struct reading *r = ctx;
    uint8_t hash[POUCH_HASH];

    r->found++;
    if (!found->bytes) {
        r->count->faults++;
    } else {
        pouch_hash(found->bytes, found->size, hash);
        if (r->reader->known && r->reader->known(r->reader->ctx, hash)) {
            r->count->known++;
            return true;
        }
        r->count->pouches++;
    }
    if (r->reader->found(r->reader->ctx, r->file, found))
        return true;
    r->stopped = true;
    return false;
}

static void fault(struct reading *r, const char *why)
{
    const struct pouch_found found = {.fault = why};

    visit(r, &found);
}

/* So many bytes more were read; whether to go on. */
static bool tick(struct reading *r, uint64_t bytes)
{
    r->done += bytes;
    if (r->reader->progress &&
        !r->reader->progress(r->reader->ctx, r->done < r->total ? r->done : r->total, r->total))
        r->stopped = true;
    return !r->stopped;
}

/* All of it; NULL, or what is wrong with it. */
static const char *read_all(struct reading *r, int fd, struct buf *out)
{
    enum { SOME = 1 << 16 };
    struct stat is;
    ssize_t n;

    if (fstat(fd, &is) != 0)
        return strerror(errno);
    if (!S_ISREG(is.st_mode))
        return _("it is no file");
    if (is.st_size > FOLDER_FILE_MOST)
        return _("it is larger than any file with a pouch: 8 MiB");
    do {
        buf_reserve(out, SOME);
        n = read(fd, out->data + out->size, SOME);
        if (n > 0)
            out->size += (size_t)n;
        if (n < 0 && errno != EINTR)
            return strerror(errno);
    } while (n != 0 && out->size <= FOLDER_FILE_MOST && tick(r, n > 0 ? (uint64_t)n : 0));
    if (out->size > FOLDER_FILE_MOST)
        return _("it is larger than any file with a pouch: 8 MiB");
    return NULL;
}

/* Codes that were gathered so far, of all pouches. */
static size_t codes(const struct reading *r)
{
    size_t have = 0;

    for (size_t i = 0; i < r->join.count; i++)
        have += r->join.pouches[i].have;
    return have;
}

/* Takes over the descriptor, which may be none; of a file of that size as it was listed. */
static void read_file(struct reading *r, int fd, uint64_t size)
{
    uint64_t before = r->done;
    size_t had = codes(r);
    struct buf bytes = BUF_INIT;
    const char *why = fd < 0 ? strerror(errno) : read_all(r, fd, &bytes);

    if (fd >= 0)
        close(fd);
    r->found = 0;
    r->count->files += !why && !r->stopped;
    if (why && !r->stopped)
        fault(r, why);
    else if (!r->stopped && pouch_find(buf_text(&bytes), bytes.size, &r->join, visit, r))
        r->count->nothing += !r->found && codes(r) == had;
    buf_release(&bytes);
    r->done = before + size;
}

/* ---- all ---- */

static bool given_up(struct error *err)
{
    return error_set(err, ERROR_FAILED, "%s",
                     _("receiving was given up; what was taken so far is kept"));
}

static bool read_folder(struct reading *r, int fd, struct error *err)
{
    int again = dup(fd);

    if (again < 0 || !list(r, again, ""))
        return error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"), r->path, strerror(errno));
    if (r->file_count)
        qsort(r->files, r->file_count, sizeof *r->files, by_name);
    for (size_t i = 0; i < r->file_count && !r->stopped; i++) {
        const struct listed *file = &r->files[i];
        r->file = xasprintf("%s/%s", r->path, file->name);
        read_file(r, openat(fd, file->name, READ_FLAGS | O_NOFOLLOW), file->size);
        if (!r->stopped)
            tick(r, 0);
        free(r->file);
    }
    return true;
}

/* The codes that were missing in one file may have been in another; now it is over. */
static void tell_unfinished(struct reading *r)
{
    r->file = xstrdup(r->path);
    if (!r->stopped)
        pouch_find_unfinished(&r->join, visit, r);
    free(r->file);
}

bool folder_read(const char *path, const struct folder_reader *reader, struct folder_count *count,
                 struct error *err)
{
    struct reading r = {.reader = reader, .count = count, .path = path, .join = QR_JOIN_INIT};
    int fd = open(path, READ_FLAGS);
    struct stat is = {0};

    *count = (struct folder_count){0};
    if (fd < 0)
        return error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"), path, strerror(errno));
    bool fine = true;
    if (fstat(fd, &is) == 0 && S_ISDIR(is.st_mode)) {
        fine = read_folder(&r, fd, err);
        close(fd);
    } else {
        r.total = (uint64_t)is.st_size;
        r.file = xstrdup(path);
        read_file(&r, fd, r.total); /* which says what is wrong with what is no file */
        free(r.file);
    }
    if (fine)
        tell_unfinished(&r);
    for (size_t i = 0; i < r.file_count; i++)
        free(r.files[i].name);
    free(r.files);
    qr_join_release(&r.join);
    return fine && (!r.stopped || given_up(err));
}
