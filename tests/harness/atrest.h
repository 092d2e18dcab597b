/* SPDX-License-Identifier: MIT */
/*
 * Whether a program has come to rest: it can do nothing more before something reaches it from
 * outside. For tests only.
 *
 * A sample is taken from /proc. Two samples around a look at the terminal's queues prove rest, if
 * both say asleep and nothing was switched in between: then it slept during that look. Where
 * /proc/PID/syscall may be read (by root, or of a program that may be dumped) the main thread
 * must also be waiting for input: so waiting for a lock is not taken for rest.
 */
#ifndef TESTS_HARNESS_ATREST_H
#define TESTS_HARNESS_ATREST_H

#include <stdbool.h>
#include <sys/types.h>

struct rest_sample {
    bool asleep;            /* its one thread sleeps, and it runs no other program (or is stopped) */
    unsigned long switches; /* how often its threads were switched, so far */
};

struct rest_sample rest_sample(pid_t pid);

/* Whether nothing ran between the two samples, and all slept. */
bool rest_between(struct rest_sample before, struct rest_sample after);

/* What it does instead: its state, the system call and its arguments, and where in the kernel. */
void rest_tell(pid_t pid, char *out, size_t room);

#endif
