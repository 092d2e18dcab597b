/* SPDX-License-Identifier: MIT */
/*
 * What a loss of power leaves on a disk: a log of all that was written through vault_fault.h to one
 * database file and its WAL, and the files that a loss at any moment of it could have left.
 *
 * What was flushed is there. Of what was not, each write by itself is there, or not (then the file
 * may have grown by zeros), or as POWER_TORN and POWER_GARBAGE say; truncations and the deletion of
 * the WAL have happened or not. That is the promise of SQLite's "powersafe overwrite": a write
 * harms no byte beside it. But a page and a header have blocks of their own, and there the garbage
 * goes to the block's end. POWER_NEIGHBOURS breaks the promise in the WAL too: see
 * sqlite.org/psow.html.
 */
#ifndef TESTS_VAULT_POWER_H
#define TESTS_VAULT_POWER_H

#include <stdint.h>

enum power {
    POWER_DROPPED,    /* whole or not at all */
    POWER_TORN,       /* or some of its sectors of 512 bytes */
    POWER_GARBAGE,    /* or noise in some of its blocks of 4096 bytes */
    POWER_NEIGHBOURS, /* and also in what else lies in these blocks of the WAL */
};

/* Begins a log from the files as they are now; ends an older one. */
void power_log_begin(const char *path);

/* Operations logged so far. */
int power_log_length(void);

/* Logs no more; forgets the log. */
void power_log_pause(void);
void power_log_end(void);

/* Writes the files as a loss before operation `at` could have left them; `seed` chooses. */
void power_loss(enum power kind, int at, uint32_t seed);

/* How many operations before `at` the last flush of the WAL covers. */
int power_wal_flushed(int at);

#endif
