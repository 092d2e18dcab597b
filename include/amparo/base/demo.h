/* SPDX-License-Identifier: MIT */
/*
 * How demo case files tell their passphrase: by a file beside them, which the maker writes and the
 * unlock screen reads. Layer: base.
 */
#ifndef AMPARO_BASE_DEMO_H
#define AMPARO_BASE_DEMO_H

#include <stdbool.h>

#include "amparo/base/buf.h"

#define DEMO_PASSPHRASE_FILE "demo-passphrase.txt"

/* Appends the passphrase of the demo files in the folder of `case_file`; false: no demo files. */
bool demo_passphrase(const char *case_file, struct buf *out);

#endif
