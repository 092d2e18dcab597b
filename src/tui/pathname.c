/* SPDX-License-Identifier: MIT */
#include "amparo/tui/pathname.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
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

bool path_read(const char *typed, size_t most, struct buf *out, struct error *err)
{
    char *path = path_in_full(typed), part[4096];
    FILE *in = fopen(path, "re");
    for (size_t got; in && out->size <= most && (got = fread(part, 1, sizeof part, in)) > 0;)
        buf_add(out, part, got);
    bool ok = in && !ferror(in);
    if (in)
        fclose(in);
    if (!ok)
        error_set(err, ERROR_FAILED, _("%s cannot be read"), path);
    free(path);
    return ok;
}
