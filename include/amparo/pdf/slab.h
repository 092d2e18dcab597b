/* SPDX-License-Identifier: MIT */
/*
 * A block of a document, laid out: its texts in lines, in their places across the page, and how
 * high it is. It is cut into strips, of which a page takes as many as it has room for; where a page
 * may end is told by the bonds between them. Layer: pdf; uses page, base.
 */
#ifndef AMPARO_PDF_SLAB_H
#define AMPARO_PDF_SLAB_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/error.h"
#include "amparo/pdf/text.h"

/* One text of a block, across the page. */
struct piece {
    struct text text;
    double x, width;
    enum block_align align;
    int first; /* the strip that has its first line */
    bool lump; /* all its lines are in that strip */
};

/* How strongly what is above a place holds to what is below it. */
enum bond {
    BOND_FREE, /* a page may end here */
    BOND_SOFT, /* not if the page can end higher up and is half full there */
    BOND_FIRM, /* only where nothing else is left */
    BOND_ONE,  /* not where one page has room for all */
};

struct slab {
    const struct block *block;
    double above;         /* left empty, but not at the top of a page */
    double pitch;         /* the height of a strip; the first is higher by... */
    double before, after; /* ...this, and the last by that */
    double baseline;      /* of the text of a strip, from its upper edge */
    int strips;
    enum bond end;      /* to what follows */
    bool page;          /* it begins a page */
    bool ruled;         /* a row with another one above it */
    bool under;         /* a paragraph that belongs to a row above it */
    size_t head, heads; /* the slabs that head its table: the first, and how many */
    struct piece *pieces;
    int count;
    struct picture *picture; /* a code or a seal, or NULL */
};

/* A document laid out, from slabs_init() to slabs_release(). */
struct slabs {
    const struct paper *paper; /* the caller's, until the end */
    const struct type *type;
    struct slab *list;
    size_t count;
};

bool slabs_init(struct slabs *slabs, const struct paper *paper, const struct type *type,
                struct error *err);
void slabs_release(struct slabs *slabs);

/* The height of a strip, and the bond below it. */
double slab_height(const struct slab *slab, int strip);
enum bond slab_bond(const struct slab *slab, int strip);

/* Draws strips of it, the upper edge of the first at y; on_top: nothing is above it on the page. */
void slab_draw(const struct slab *slab, const struct type *type, cairo_t *cairo, double y, int from,
               int strips, bool on_top);

/* Of which it is made: the columns of all tables (pdf/table.c). */
void slabs_place_tables(struct slabs *slabs);

#endif
