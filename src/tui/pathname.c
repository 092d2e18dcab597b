/* SPDX-License-Identifier: MIT */
#include "amparo/tui/pathname.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

char *path_in_full(const char *typed)
{
    const char *home = getenv("HOME");
    if (strncmp(typed, "~/", 2) == 0 && home && *home)
        return xasprintf("%s%s", home, typed + 1);
    return xstrdup(typed);
}

char *path_beside(const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    return slash ? xasprintf("%.*s/%s", (int)(slash - file), file, name) : xstrdup(name);
}
