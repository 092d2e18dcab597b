/* SPDX-License-Identifier: MIT */
/* A file into a folder, whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/folder.h"

enum { NAMES = 9 }; /* that are tried */

void folder_name(struct buf *out, struct date day, const char name[POUCH_NAME_SIZE],
                 const char *ending)
{
    buf_addf(out, "%04d%02d%02d-%s%s", day.year, day.month, day.day, name, ending);
}

/* ---- the file ---- */

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

/* Some file systems cannot flush a folder; then there is nothing to be done for it. */
static bool flush(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

enum present { PRESENT_NOT, PRESENT_SAME, PRESENT_OTHER, PRESENT_UNKNOWN };

/* Whether the name is taken, and by what. The file that is the same is flushed once more. */
static enum present look(int folder, const char *name, const char *bytes, size_t size)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    char some[16384];
    size_t at = 0;
    ssize_t n;

    if (fd < 0)
        return errno == ENOENT ? PRESENT_NOT : PRESENT_OTHER;
    while ((n = read(fd, some, sizeof some)) > 0 && (size_t)n <= size - at &&
           memcmp(bytes + at, some, (size_t)n) == 0)
        at += (size_t)n;
    enum present is = n < 0 ? PRESENT_OTHER : n == 0 && at == size ? PRESENT_SAME : PRESENT_OTHER;
    if (is == PRESENT_SAME && !flush(fd))
        is = PRESENT_UNKNOWN;
    close(fd);
    return is;
}

/* On file systems that know neither of the better ways, nobody else makes that name meanwhile. */
static bool give_name(int folder, const char *part, const char *name)
{
    if (renameat2(folder, part, folder, name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (linkat(folder, part, folder, name, 0) == 0) {
        unlinkat(folder, part, 0);
        return true;
    }
    if (errno == EEXIST)
        return false;
    if (faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return renameat(folder, part, folder, name) == 0;
}

/* Writes it aside, and gives it its name; EEXIST where that was taken meanwhile. */
static bool make(int folder, const char *name, const char *bytes, size_t size)
{
    char *part = xasprintf(".%s.part-%08x", name, randombytes_random());
    int fd = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool fine = fd >= 0 && write_all(fd, bytes, size) && fsync(fd) == 0;
    int why = errno;

    if (fd >= 0 && close(fd) != 0 && fine) {
        fine = false;
        why = errno;
    }
    if (fine && !give_name(folder, part, name)) {
        fine = false;
        why = errno;
    }
    if (fd >= 0 && !fine)
        unlinkat(folder, part, 0);
    free(part);
    errno = why;
    return fine && flush(folder);
}

/* The n-th name that is tried, from 1. */
static char *name_of(const char *name, int n)
{
    const char *ending = strrchr(name, '.');
    int stem = (int)(ending ? (size_t)(ending - name) : strlen(name));

    return n == 1 ? xstrdup(name) : xasprintf("%.*s-%d%s", stem, name, n, ending ? ending : "");
}

/* Under the first name that is not taken by something else; it is the caller's. */
static char *put(int folder, const char *name, const char *bytes, size_t size)
{
    for (int n = 1; n <= NAMES; n++) {
        char *wanted = name_of(name, n);
        enum present is = look(folder, wanted, bytes, size);
        if (is == PRESENT_SAME && flush(folder))
            return wanted;
        if (is == PRESENT_NOT && make(folder, wanted, bytes, size))
            return wanted;
        int why = errno;
        free(wanted);
        errno = why;
        if (is != PRESENT_OTHER && why != EEXIST)
            return NULL;
    }
    errno = EEXIST;
    return NULL;
}

static int open_folder(const char *folder, struct error *err)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        error_set(err, ERROR_FAILED, _("%s: the folder cannot be opened: %s"), folder,
                  strerror(errno));
    return fd;
}

bool folder_check(const char *folder, struct error *err)
{
    int fd = open_folder(folder, err);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

bool folder_put(const char *folder, const char *name, const void *bytes, size_t size, char **path,
                struct error *err)
{
    int fd = open_folder(folder, err);
    if (fd < 0)
        return false;
    char *placed = put(fd, name, bytes, size);
    int why = errno;
    close(fd);
    if (!placed)
        return error_set(
            err, ERROR_FAILED,
            _("%s: nothing can be put into the folder: %s; make room, or take another"), folder,
            strerror(why));
    if (path)
        *path = xasprintf("%s/%s", folder, placed);
    free(placed);
    return true;
}
