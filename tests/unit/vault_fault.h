/* SPDX-License-Identifier: MIT */
/*
 * A disk that fails when told to, below the vault or below SQLite itself: a file system over
 * SQLite's own that counts operations, fails some of them, kills the process at one, or calls a
 * function before each. Its files are never really flushed: no test needs the disk to wait.
 */
#ifndef TESTS_VAULT_FAULT_H
#define TESTS_VAULT_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault_op {
    FAULT_WRITE,
    FAULT_TRUNCATE,
    FAULT_SYNC,
    FAULT_DELETE,
    FAULT_NAME,
    FAULT_READ,
    FAULT_OPEN,
    FAULT_SIZE,
    FAULT_ACCESS,
    FAULT_LOCK,
    FAULT_SHM_MAP,
    FAULT_SHM_LOCK,
    FAULT_OPS,
};

enum { FAULT_MAIN = 0, FAULT_WAL = 1, FAULT_FILES = 2 };

/* Those that change something on the disk; all. */
enum {
    FAULT_CHANGES =
        1u << FAULT_WRITE | 1u << FAULT_TRUNCATE | 1u << FAULT_SYNC | 1u << FAULT_DELETE,
    FAULT_EVERYTHING = (1u << FAULT_OPS) - 1,
};

/* For `code`: the process ends as by kill -9. */
enum { FAULT_KILL = -9 };

struct fault {
    unsigned counted; /* a bit for each kind of operation that counts */
    int64_t count;    /* such operations so far */
    int64_t fail_at;  /* the first of them that fails; -1: none */
    int failures;     /* how many fail from there on */
    int code;         /* what these return; 0: what the operation returns by itself when it fails */
    int quarters;     /* of its bytes that a failing read or write does nevertheless */
    int64_t longer[FAULT_FILES]; /* bytes that a file is said to have more than it has */
    void (*before)(enum fault_op op, int file);
    /* Sees what was done: bytes of a write; else NULL, and `at` is the size of a truncation. */
    void (*done)(enum fault_op op, int file, int64_t at, const void *bytes, size_t size);
};

extern struct fault fault;

/* Registers it at the first call; its name for struct vault_setup and for sqlite3_open_v2(). */
const char *fault_name(void);

/* For what a test puts in the way of the C library (FAULT_NAME): counts it; true where it fails. */
bool fault_strikes(enum fault_op op, int file);

/* Nothing fails, nobody looks on; changes count. */
void fault_reset(void);

/* From now on this process waits for no lock: SQLite's sleeping takes no time. */
void fault_never_sleep(void);

#endif
