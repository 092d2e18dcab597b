/* SPDX-License-Identifier: MIT */
/*
 * Where a document goes: to a printer by `lp`, or into a file that the officer names. It is laid
 * down nowhere on the way. Layer: paper; uses base.
 */
#ifndef AMPARO_PAPER_OUTPUT_H
#define AMPARO_PAPER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/paper/program.h"

/*
 * Writes a new file that only its owner can read, whole or not at all. ERROR_INPUT where something
 * has that name already: nothing is ever overwritten.
 */
bool output_file(const char *path, const char *text, size_t size, struct error *err);

/*
 * Sends a document to a printer, in the steps of program_step(); printer NULL: the one that the
 * system takes by default. Nothing of the case is in the call.
 */
bool output_print_start(struct program *job, const char *printer, const char *text, size_t size,
                        struct error *err);

/*
 * Ends it; where it is still going on, it is stopped, and nothing more is sent. True: the printer's
 * queue has it, and *said (may be NULL) gets what the program answered. False: err has its words.
 */
bool output_print_end(struct program *job, struct buf *said, struct error *err);

/* All at once. */
bool output_print(const char *printer, const char *text, size_t size, struct buf *said,
                  struct error *err);

struct printers {
    char **names;
    size_t count;
};

/* The printers known here, as `lpstat -e` names them. False: printing is not installed. */
bool output_printers(struct printers *out, struct error *err);
void printers_release(struct printers *printers);

#endif
