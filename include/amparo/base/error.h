/* SPDX-License-Identifier: MIT */
/*
 * The one error idiom. Layer: base.
 *
 * A function that can fail returns bool and takes a struct error as its last parameter: untouched
 * on success, whole when set. The text says what failed, where, and what to do; it has a line for
 * each cause, and never personal data beyond what its reader typed. Bugs of the program are BUG().
 */
#ifndef AMPARO_BASE_ERROR_H
#define AMPARO_BASE_ERROR_H

#include <stdbool.h>

#include "amparo/base/buf.h"

/* The values are the exit statuses of the command line. */
enum error_kind {
    ERROR_NONE = 0,
    ERROR_FAILED = 1,  /* input or output, no space, locked */
    ERROR_INPUT = 2,   /* the call or its input is wrong */
    ERROR_REFUSED = 3, /* refused by the instrument */
    ERROR_VAULT = 4,   /* wrong passphrase, not a case file, not authentic, damaged */
};

struct error {
    enum error_kind kind;
    struct buf text; /* one line a cause, without a final newline */
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        ERROR_NONE, BUF_INIT                                                                       \
    }

void error_init(struct error *err);
void error_release(struct error *err);
void error_clear(struct error *err);

/*
 * Sets the error, or adds a further cause to it: each call is one line. The kind of the first call
 * stands. Always returns false, so that `return error_set(err, …)` reads well. err may be NULL.
 */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The lines so far; "" when nothing is set. */
const char *error_text(const struct error *err);

#endif
