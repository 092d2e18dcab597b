/* SPDX-License-Identifier: MIT */
#include "amparo/tui/lastfile.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"

/* The folder of the program's state; NULL without a home. */
static char *state_folder(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        return xasprintf("%s/amparo", state);
    if (home && *home == '/')
        return xasprintf("%s/.local/state/amparo", home);
    return NULL;
}

/* Each part of the path that is not there yet; a part that cannot be made shows at the end. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)!mkdir(path, 0700);
        *slash = '/';
    }
    (void)!mkdir(path, 0700);
}

char *lastfile_get(void)
{
    char *folder = state_folder();
    if (!folder)
        return NULL;
    char *name = xasprintf("%s/last", folder);
    char path[PATH_MAX];
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, path, sizeof path - 1);
    if (fd >= 0)
        close(fd);
    free(name);
    free(folder);
    if (size <= 0)
        return NULL;
    path[size] = 0;
    path[strcspn(path, "\n")] = 0;
    return access(path, F_OK) == 0 ? xstrdup(path) : NULL;
}

void lastfile_set(const char *path)
{
    char *folder = state_folder();
    if (!folder)
        return;
    make_folders(folder);
    char *name = xasprintf("%s/last", folder);
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        (void)!write(fd, path, strlen(path));
        close(fd);
    }
    free(name);
    free(folder);
}
