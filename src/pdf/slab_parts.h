/* SPDX-License-Identifier: MIT */
/* Lengths by which a block is laid out and drawn. */
#ifndef AMPARO_PDF_SLAB_PARTS_H
#define AMPARO_PDF_SLAB_PARTS_H

#define TICK 7.0     /* the side of a box to tick; its words begin twice as far right */
#define BAR_NAME 0.5 /* of the column: where the numbers of a chart end */
#define ENTRY_GAP 14.0 /* between two entries on one line */

/* The width of each of two entries that share a line. */
static inline double entry_half(double width)
{
    return (width - ENTRY_GAP) / 2;
}

#endif
