/* SPDX-License-Identifier: MIT */
/* A document into a file that the officer names, or wherever its bytes go. Layer: paper; uses base.
 */
#ifndef AMPARO_PAPER_OUTPUT_H
#define AMPARO_PAPER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/error.h"

/*
 * Writes a new file that only its owner can read, whole or not at all. ERROR_INPUT where something
 * has that name already: nothing is ever overwritten.
 */
bool output_file(const char *path, const char *text, size_t size, struct error *err);

/* Whether the name ends so (".pdf"), in capitals or not. */
bool output_is_named(const char *path, const char *ending);

/* How many of the bytes were taken there; where those are not all, errno says why. */
size_t output_bytes(int fd, const char *text, size_t size);

/* Whether nothing has that name so far, to be asked before a document is made: the same error. */
bool output_is_free(const char *path, struct error *err);

#endif
