/* SPDX-License-Identifier: MIT */
/*
 * A document as plain text: lines of at most 80 columns, cut into pages that say which of how many
 * they are. For dot-matrix printers and for reading in the terminal. Columns are cells, so that
 * accents and wide letters line up. Layer: page; uses base.
 */
#ifndef AMPARO_PAGE_PLAIN_H
#define AMPARO_PAGE_PLAIN_H

#include "amparo/page/paper.h"

/* Appends the pages, with a form feed between them, every line ended by a newline. */
void paper_text(const struct paper *p, enum paper_size size, struct buf *out);
/* The lines alone, as one page without a head and a foot: for a screen that shows it whole. */
void paper_lines(const struct paper *p, struct buf *out);
/* The same as paper_text() as a new string. */
char *paper_string(const struct paper *p, enum paper_size size);

#endif
