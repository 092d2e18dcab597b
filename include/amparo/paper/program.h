/* SPDX-License-Identifier: MIT */
/*
 * Another program that is given a document and answers something: `lp`, or the one that draws
 * pages. In steps, so that a screen can show how far it is and give up. Nothing of a case is ever
 * in the call or in the environment. Layer: paper; uses base.
 */
#ifndef AMPARO_PAPER_PROGRAM_H
#define AMPARO_PAPER_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "amparo/base/buf.h"

enum { PROGRAM_MOST = 256 << 20 }; /* bytes of an answer: one that says more is stopped */

struct program {
    pid_t pid;
    int input, output, errors; /* to the program and from it; -1: closed */
    int end;                   /* that it has ended; -1: so it has, or the kernel cannot tell */
    const char *text;          /* the caller's until the end */
    size_t size, sent;         /* bytes */
    struct buf answer, words;  /* its output, its errors */
};

/*
 * Starts argv[0], looked for in PATH where it has no slash, with what it is to read. It gets the
 * standard streams, the variables of `environment` (ended by NULL), and nothing else of ours. 0, or
 * an errno: ENOENT where it is not there; then nothing is to be ended.
 */
int program_start(struct program *p, char *const argv[], char *const environment[],
                  const char *text, size_t size);

/* Goes on, waiting at most so many ms. False: it has come to its end. */
bool program_step(struct program *p, int wait_ms);

enum program_end {
    PROGRAM_DONE,     /* with status 0 */
    PROGRAM_FAILED,   /* with another, or by a signal */
    PROGRAM_GIVEN_UP, /* it was still going on, and was stopped */
};

/* Ends it; where it is still going on, it is stopped. What it said can be read until... */
enum program_end program_end(struct program *p);

/* ...this, which wipes it. */
void program_release(struct program *p);

/* The first line of its errors, else of its output, without the newline; may be empty. */
void program_first_words(const struct program *p, struct buf *out);

#endif
