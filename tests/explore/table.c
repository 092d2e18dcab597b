/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void table_begin(struct table *t, size_t size, size_t key)
{
    *t = (struct table){.size = size, .key = key};
}

void table_end(struct table *t)
{
    free(t->items);
    free(t->slots);
    *t = (struct table){.size = 0};
}

void *table_at(const struct table *t, size_t place)
{
    return t->items + place * t->size;
}

static size_t hash(const void *key, size_t size)
{
    const unsigned char *p = key;
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < size; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ h >> 29);
}

static uint32_t *slot_of(const struct table *t, const void *item)
{
    size_t at = hash(item, t->key) & (t->slot_count - 1);

    while (t->slots[at] && memcmp(table_at(t, t->slots[at] - 1), item, t->key) != 0)
        at = (at + 1) & (t->slot_count - 1);
    return &t->slots[at];
}

static void grow(struct table *t)
{
    free(t->slots);
    t->slot_count = t->slot_count ? 2 * t->slot_count : 4096;
    t->slots = xcalloc(t->slot_count, sizeof *t->slots);
    for (size_t i = 0; i < t->count; i++)
        *slot_of(t, table_at(t, i)) = (uint32_t)i + 1;
}

size_t table_meet(struct table *t, const void *item, bool *met)
{
    if (2 * (t->count + 1) > t->slot_count)
        grow(t);
    uint32_t *slot = slot_of(t, item);
    if (met)
        *met = *slot != 0;
    if (*slot)
        return *slot - 1;
    if (t->count == t->room) {
        t->room = t->room ? 2 * t->room : 1024;
        t->items = xreallocarray(t->items, t->room, t->size);
    }
    memcpy(table_at(t, t->count), item, t->size);
    *slot = (uint32_t)++t->count;
    return t->count - 1;
}
