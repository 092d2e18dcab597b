/* SPDX-License-Identifier: MIT */
/* Things of one size, each met once, found by the bytes with which they begin. */
#ifndef AMPARO_TESTS_TABLE_H
#define AMPARO_TESTS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct table {
    char *items;
    size_t size, key; /* of one; its first so many bytes tell it from others */
    size_t count, room;
    uint32_t *slots; /* places, plus one; 0: free */
    size_t slot_count;
};

void table_begin(struct table *t, size_t size, size_t key);
void table_end(struct table *t);

/* Its place; *met (may be NULL): it was there before, and then is as it was. */
size_t table_meet(struct table *t, const void *item, bool *met);

/* The one of that place, until the next is met. */
void *table_at(const struct table *t, size_t place);

#endif
