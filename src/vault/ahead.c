/* SPDX-License-Identifier: MIT */
#include "amparo/vault/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/vault/format.h"

/* Reads in a row before more is read than asked; then so many in one. */
enum { RUN = 2, MOST = 16 };

void ahead_release(struct ahead *a)
{
    free(a->bytes);
    *a = (struct ahead){0};
}

static bool has(const struct ahead *a, int64_t at, size_t size)
{
    return at >= a->at && at + (int64_t)size <= a->at + (int64_t)a->have;
}

/* The end of the file may be nearer: then nothing, and not again for a while. */
static void fill(struct ahead *a, sqlite3_file *file, size_t size, int64_t at)
{
    if (!a->bytes)
        a->bytes = xmalloc(MOST * FORMAT_WAL_RECORD);
    a->at = at;
    a->have = 0;
    if (file->pMethods->xRead(file, a->bytes, (int)size, at) == SQLITE_OK)
        a->have = size;
    else
        a->run = -MOST;
}

int ahead_read(struct ahead *a, sqlite3_file *file, void *out, size_t size, int64_t at)
{
    a->run = at == a->next ? a->run + 1 : 0;
    a->next = at + (int64_t)size;
    if (a->run >= RUN && !has(a, at, size))
        fill(a, file, MOST * size, at);
    if (!has(a, at, size))
        return file->pMethods->xRead(file, out, (int)size, at);
    memcpy(out, a->bytes + (at - a->at), size);
    return SQLITE_OK;
}

void ahead_drop(struct ahead *a)
{
    a->have = 0;
}
