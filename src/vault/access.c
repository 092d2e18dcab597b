/* SPDX-License-Identifier: MIT */
/*
 * Which accounts of the machine may read and write a case file: its owner's alone, or, in a folder
 * that hands its group on (setgid), those of the group. SQLite gives the files beside it the same
 * mode, whatever the umask.
 */
#include "amparo/vault/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { OWN = 0600, SHARED = 0660 };

static bool hands_group_on(const char *path)
{
    char *copy = xstrdup(path);
    struct stat folder;
    bool does = stat(dirname(copy), &folder) == 0 && (folder.st_mode & S_ISGID);

    free(copy);
    return does;
}

int access_create(const char *path)
{
    mode_t mode = hands_group_on(path) ? SHARED : OWN;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    struct stat made;

    if (fd < 0 || mode == OWN)
        return fd;
    if (fstat(fd, &made) == 0 && fchmod(fd, made.st_mode & S_IRGRP ? SHARED : OWN) == 0)
        return fd;
    int reason = errno;
    close(fd);
    unlink(path);
    errno = reason;
    return -1;
}

void access_prepare(void)
{
    mode_t mask = umask(S_IRWXG | S_IRWXO);

    if (!(mask & S_IRGRP))
        umask(S_IRWXO);
}

bool access_check(const char *path, struct error *err)
{
    struct stat st;

    if (stat(path, &st) != 0 || !(st.st_mode & S_IWOTH))
        return true;
    return error_set(err, ERROR_FAILED,
                     _("%s: everybody on this machine may change it; take that away first, with "
                       "chmod o-rwx"),
                     path);
}

bool vault_is_exposed(const struct vault *v)
{
    struct stat st;

    return stat(v->fs->path, &st) == 0 && (st.st_mode & S_IROTH);
}
