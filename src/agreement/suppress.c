/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/suppress.h"

#include <limits.h>

/*
 * Two hidden cells or more, that are not all as small or all as large as such a cell can be: then
 * each of them can be larger or smaller than it is, and one of the others makes up for it.
 */
static bool is_safe(const long *cells, size_t count, const bool *hidden)
{
    size_t n = 0, ones = 0, largest = 0;

    for (size_t i = 0; i < count; i++) {
        n += hidden[i];
        ones += hidden[i] && cells[i] == 1;
        largest += hidden[i] && cells[i] == CELL_LEAST - 1;
    }
    return n == 0 || (n > 1 && ones < n && largest < n);
}

/* All cells of the smallest number that still stands: which of two alike would tell something. */
static bool hide_next(const long *cells, size_t count, bool *hidden)
{
    long next = LONG_MAX;

    for (size_t i = 0; i < count; i++)
        if (!hidden[i] && cells[i] > 0 && cells[i] < next)
            next = cells[i];
    for (size_t i = 0; i < count; i++)
        hidden[i] = hidden[i] || cells[i] == next;
    return next < LONG_MAX;
}

bool suppress_cells(const long *cells, size_t count, bool *hidden)
{
    for (size_t i = 0; i < count; i++)
        hidden[i] = cells[i] > 0 && cells[i] < CELL_LEAST;
    while (!is_safe(cells, count, hidden))
        if (!hide_next(cells, count, hidden))
            return false;
    return true;
}
