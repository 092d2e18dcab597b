/* SPDX-License-Identifier: MIT */
/*
 * A printing system of the test's own: the cupsd of Debian's cups-daemon in a folder of its own,
 * asked over a socket there, as root or as anybody. Its queues write what comes into files. Who is
 * to print there needs CUPS_SERVER in the environment. For tests only.
 *
 *   laser    the usual one
 *   matrix
 *   closed   takes nothing, and says why: CUPS_CLOSED
 *   stopped  takes all, prints nothing until cups_mend(), and says why: CUPS_STOPPED
 */
#ifndef TESTS_HARNESS_CUPS_H
#define TESTS_HARNESS_CUPS_H

#include <stdbool.h>

#include "amparo/base/buf.h"

#define CUPS_CLOSED "Toner is at its end"
#define CUPS_STOPPED "Paper jam: open the cover"

struct cups;

/* What is not installed of it: a reason to leave tests out. NULL: all is there. */
const char *cups_missing(void);

/* Comes back when it answers; where it does not start, that ends the program. */
struct cups *cups_start(void);
void cups_stop(struct cups *cups);

/* "CUPS_SERVER=…" */
const char *cups_environment(const struct cups *cups);

/* From now on it does nothing, and who prints waits; and it goes on. */
void cups_hold(struct cups *cups);
void cups_go_on(struct cups *cups);

/* Mends the queue that is stopped. */
void cups_mend(struct cups *cups);

/* What came out of a queue. */
struct cups_job {
    char *queue;
    int number, copies; /* the queue prints the paper once, and is told how often */
    char *options;      /* "… media=A4 …" */
    struct buf paper;
};

/* The next one to come out of any queue. False: none has until the deadline. */
bool cups_take(struct cups *cups, struct cups_job *job);
void cups_job_release(struct cups_job *job);

#endif
