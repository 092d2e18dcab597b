/* SPDX-License-Identifier: MIT */
#include "tests/harness/scratch.h"

#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "amparo/base/mem.h"

char *scratch_make(void)
{
    const char *under = getenv("TMPDIR");
    char *path = xasprintf("%s/amparo-test-XXXXXX", under && *under ? under : "/tmp");

    if (!mkdtemp(path))
        err(1, "%s", path);
    return path;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    if (remove(path) != 0)
        warn("%s", path);
    return 0;
}

void scratch_remove(char *path)
{
    if (path)
        nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(path);
}

char *scratch_path(const char *folder, const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

void scratch_write(const char *path, const void *bytes, unsigned long size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        err(1, "%s", path);
}
