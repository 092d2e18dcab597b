/* SPDX-License-Identifier: MIT */
#include "amparo/base/demo.h"

#include <stdio.h>
#include <string.h>

bool demo_passphrase(const char *case_file, struct buf *out)
{
    const char *slash = strrchr(case_file, '/');
    struct buf path = BUF_INIT;
    char line[80];

    buf_add(&path, case_file, slash ? (size_t)(slash + 1 - case_file) : 0);
    buf_adds(&path, DEMO_PASSPHRASE_FILE);
    FILE *file = fopen(buf_text(&path), "re");
    buf_release(&path);
    if (!file)
        return false;
    bool good = fgets(line, sizeof line, file) && *line != '\n';
    fclose(file);
    if (good)
        buf_add(out, line, strcspn(line, "\r\n"));
    return good;
}
