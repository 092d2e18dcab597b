/* SPDX-License-Identifier: MIT */
/*
 * The memory that SQLite takes: pages in plain, rows, values. What it gives back is wiped, so that
 * nothing of a case stays behind when its file is closed or the screen is locked.
 */
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/vault/inside.h"

enum { ROUND = 8 };

static void *take(int size)
{
    return malloc((size_t)size);
}

/* realloc() would leave the old place as it was. */
static void *retake(void *old, int size)
{
    void *new;

    if (malloc_usable_size(old) >= (size_t)size)
        return old;
    new = malloc((size_t)size);
    if (new) {
        memcpy(new, old, malloc_usable_size(old));
        free_wiped(old);
    }
    return new;
}

static int size_of(void *p)
{
    return (int)malloc_usable_size(p);
}

static int round_up(int size)
{
    return (size + ROUND - 1) / ROUND * ROUND;
}

static int start(void *ctx)
{
    (void)ctx;
    return SQLITE_OK;
}

static void stop(void *ctx)
{
    (void)ctx;
}

void vault_wipe_what_is_freed(void)
{
    static const sqlite3_mem_methods methods = {take,     free_wiped, retake, size_of,
                                                round_up, start,      stop,   NULL};

    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
