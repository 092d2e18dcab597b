/* SPDX-License-Identifier: MIT */
/*
 * Reading ahead: reads that go on where the last ones ended are answered from one larger read.
 * Layer: vault, inside.
 *
 * What was read ahead is the file as it was then. Its owner drops it wherever the file may have
 * changed: at each lock, at its own writes, and where something read so turns out to be bad.
 */
#ifndef AMPARO_VAULT_AHEAD_H
#define AMPARO_VAULT_AHEAD_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* All zero is an empty one; ahead_release() frees its memory. */
struct ahead {
    uint8_t *bytes;
    int64_t at; /* where in the file they lie */
    size_t have;
    int64_t next; /* where the last read ended */
    int run;      /* reads that each began where the one before ended */
};

void ahead_release(struct ahead *a);

/* As xRead of the file; all reads of one file are of one size. */
int ahead_read(struct ahead *a, sqlite3_file *file, void *out, size_t size, int64_t at);

void ahead_drop(struct ahead *a);

#endif
