/* SPDX-License-Identifier: MIT */
/*
 * Writes that lie one behind the other, brought to the file in one: fewer system calls, and the
 * kernel keeps and flushes what came in one in larger pieces. Layer: vault, inside.
 *
 * What is gathered is not in the file yet: whoever reads the file, asks its size or flushes it
 * brings it there first, and so does whoever must answer for it, while SQLite can still be told of
 * an error.
 */
#ifndef AMPARO_VAULT_GATHER_H
#define AMPARO_VAULT_GATHER_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* All zero is an empty one; gather_release() frees its memory. */
struct gather {
    uint8_t *bytes;
    size_t used;
    int64_t at; /* where in the file they belong */
};

void gather_release(struct gather *g);

/*
 * Room for `size` bytes at `at`, which the caller fills; what is gathered elsewhere, or fills the
 * room, is written first. SQLite's code.
 */
int gather_room(struct gather *g, sqlite3_file *file, int64_t at, size_t size, uint8_t **room);

/* Writes what is gathered; after an error it is still there. SQLite's code. */
int gather_write(struct gather *g, sqlite3_file *file);

/* Nobody wants it any more. */
void gather_drop(struct gather *g);

#endif
