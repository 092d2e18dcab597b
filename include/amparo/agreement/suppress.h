/* SPDX-License-Identifier: MIT */
/*
 * Small numbers in published tables. Layer: agreement (pure).
 */
#ifndef AMPARO_AGREEMENT_SUPPRESS_H
#define AMPARO_AGREEMENT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>

enum { CELL_LEAST = 5 }; /* a smaller number of cases, but not none, is not published */

/*
 * Which cells of a table, whose sum is published beside it, are to be hidden: those under
 * CELL_LEAST, and as many of the next larger ones as it takes so that no hidden cell can be worked
 * out from the others and the sum, also by who knows this rule. False: nothing that is hidden
 * would be enough; then the table is withheld as a whole.
 */
bool suppress_cells(const long *cells, size_t count, bool *hidden);

#endif
