/* SPDX-License-Identifier: MIT */
/*
 * Counts the calls of write() in which a program writes to its terminal, by tracing its system
 * calls with ptrace. For tests and benches only.
 */
#ifndef TESTS_HARNESS_WRITES_H
#define TESTS_HARNESS_WRITES_H

#include <stddef.h>
#include <sys/types.h>

/* Shared between the test and the tracer. */
struct write_count;

struct write_count *writes_new(void);
void writes_free(struct write_count *count);

/* The traced program's own id; 0 before it runs. */
pid_t writes_pid(const struct write_count *count);

/* Writes to descriptors 0 to 2, so far. */
size_t writes_count(const struct write_count *count);

/*
 * Becomes the tracer: starts args[0], counts, and ends as it ends (same status, or same signal).
 * Called by a child process of its own.
 */
_Noreturn void writes_trace(char *const args[], struct write_count *count);

#endif
