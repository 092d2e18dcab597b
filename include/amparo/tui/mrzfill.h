/* SPDX-License-Identifier: MIT */
/* What a passport line says, put into the fields of a person. Layer: tui; uses agreement, base. */
#ifndef AMPARO_TUI_MRZFILL_H
#define AMPARO_TUI_MRZFILL_H

#include "amparo/tui/form.h"

/* FINE with "all digits agree" and what its codes mean, a doubt where the name may be cut, else an
 * error that names each field whose digit does not agree. */
enum form_level mrz_settle(const char *text, int this_year, struct buf *echo);

/*
 * Puts what the line says into the fields that are empty, or stand in for what was not typed yet
 * (the first nationality), of the form of a person or of one document; tells `keep` of each. A line
 * with a fault fills nothing.
 */
void mrz_fill(struct form *form, bool of_person, int this_year,
              void (*keep)(void *ctx, const char *path, const char *text), void *ctx);

#endif
