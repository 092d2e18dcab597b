/* SPDX-License-Identifier: MIT */
/*
 * Where boxes to tick stand: side by side in columns of one width, as many as have room; what is
 * wider than its column takes two. Layer: page (pure).
 */
#ifndef AMPARO_PAGE_GRID_H
#define AMPARO_PAGE_GRID_H

#include <stddef.h>

#include "amparo/page/paper.h"

struct grid {
    double column; /* from the beginning of one to that of the next */
    size_t rows;
    struct {
        size_t row, column;
    } at[PAPER_MOST_TEXTS];
};

/* For so many of these widths, with at least that gap between them. */
void grid_place(struct grid *grid, const double *widths, size_t count, double room, double gap);

#endif
