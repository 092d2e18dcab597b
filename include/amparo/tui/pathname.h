/* SPDX-License-Identifier: MIT */
/* Names of files as people type them. Layer: tui; uses base. */
#ifndef AMPARO_TUI_PATHNAME_H
#define AMPARO_TUI_PATHNAME_H

#include <stdbool.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

/* `~/` is the officer's own folder: a new string. */
char *path_in_full(const char *typed);

/* What lies beside that file under that name: a new string. */
char *path_beside(const char *file, const char *name);

/* All of that file, or as much as shows that it is larger than `most` bytes. */
bool path_read(const char *typed, size_t most, struct buf *out, struct error *err);

#endif
