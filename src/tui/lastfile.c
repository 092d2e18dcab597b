/* SPDX-License-Identifier: MIT */
#include "amparo/tui/lastfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/state.h"

char *lastfile_get(void)
{
    char *path = state_get("last");

    if (path)
        path[strcspn(path, "\n")] = 0;
    if (!path || access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

void lastfile_set(const char *path)
{
    state_set("last", path);
}
