/* SPDX-License-Identifier: MIT */
#include "amparo/vault/gather.h"

#include <stdlib.h>

#include "amparo/base/mem.h"
#include "amparo/vault/format.h"
#include "amparo/vault/raw.h"

/* SQLite's own file system writes less than 128 KiB in one. */
enum { MOST = 31 * FORMAT_WAL_RECORD };

void gather_release(struct gather *g)
{
    free(g->bytes);
    *g = (struct gather){NULL, 0, 0};
}

int gather_room(struct gather *g, sqlite3_file *file, int64_t at, size_t size, uint8_t **room)
{
    int rc = SQLITE_OK;

    if (at != g->at + (int64_t)g->used || g->used + size > MOST)
        rc = gather_write(g, file);
    if (rc != SQLITE_OK)
        return rc;
    if (!g->bytes)
        g->bytes = xmalloc(MOST);
    if (g->used == 0)
        g->at = at;
    *room = g->bytes + g->used;
    g->used += size;
    return SQLITE_OK;
}

int gather_write(struct gather *g, sqlite3_file *file)
{
    int rc = SQLITE_OK;

    if (g->used)
        rc = raw_write(file, g->bytes, g->used, g->at);
    if (rc == SQLITE_OK)
        g->used = 0;
    return rc;
}

void gather_drop(struct gather *g)
{
    g->used = 0;
}
