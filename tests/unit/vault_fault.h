/* SPDX-License-Identifier: MIT */
/*
 * A disk that fails when told to, below the vault: a file system over SQLite's own that counts the
 * operations that change something, fails one of them, calls a function before one, or writes a log
 * from which the disk after a loss of power can be made.
 */
#ifndef TESTS_VAULT_FAULT_H
#define TESTS_VAULT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_op { FAULT_WRITE, FAULT_TRUNCATE, FAULT_SYNC, FAULT_DELETE, FAULT_NAME };

enum { FAULT_MAIN = 0, FAULT_WAL = 1 };

struct fault {
    int64_t count;   /* operations so far */
    int64_t fail_at; /* the first of them that fails; -1: none */
    int failures;    /* how many fail from there on */
    int code;        /* what these return; a write does its first half then */
    void (*before)(enum fault_op op, int file);
    bool logging;
};

extern struct fault fault;

/* Registers it at the first call; its name for struct vault_setup. */
const char *fault_name(void);

/* For what a test puts in the way of the C library (FAULT_NAME): counts it; true where it fails. */
bool fault_strikes(enum fault_op op, int file);

/* Nothing fails, nothing is logged. */
void fault_reset(void);

/*
 * Begins a log from the files as they are now; forgets an older one. Then the number of operations
 * logged so far.
 */
void fault_log_begin(const char *path);
int fault_log_length(void);
void fault_log_end(void);

/*
 * Makes the files at the log's path as power lost before operation `at` could have left them: what
 * was flushed is there; of the rest each write by `seed` whole, torn at 512 bytes, or not at all.
 */
void fault_power_loss(int at, uint32_t seed);

#endif
