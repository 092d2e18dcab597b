/* SPDX-License-Identifier: MIT */
#include "amparo/base/state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { MOST = 8192 };

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

/* Opens the file of that name; -1 where there is none. */
static int open_state(const char *name, int flags)
{
    char *folder = state_folder(), *path;
    int fd;

    if (!folder)
        return -1;
    if (flags & O_CREAT)
        make_folders(folder);
    path = xasprintf("%s/%s", folder, name);
    fd = open(path, flags | O_CLOEXEC, 0600);
    free(path);
    free(folder);
    return fd;
}

char *state_get(const char *name)
{
    char text[MOST];
    int fd = open_state(name, O_RDONLY);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

    if (fd >= 0)
        close(fd);
    return size > 0 ? xstrndup(text, (size_t)size) : NULL;
}

void state_set(const char *name, const char *text)
{
    int fd = open_state(name, O_WRONLY | O_CREAT | O_TRUNC);

    if (fd < 0)
        return;
    (void)!write(fd, text, strlen(text));
    close(fd);
}
