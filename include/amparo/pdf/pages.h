/* SPDX-License-Identifier: MIT */
/*
 * Where pages end: a laid out document cut into pages, before anything is drawn, so that each can
 * say which of how many it is. Layer: pdf; uses page, base.
 */
#ifndef AMPARO_PDF_PAGES_H
#define AMPARO_PDF_PAGES_H

#include <stddef.h>

#include "amparo/pdf/slab.h"

/* A place between two strips: the one below it. */
struct place {
    size_t slab;
    int strip;
};

struct page {
    struct place begin, end;
    size_t head, heads; /* slabs that are repeated at its top: of a table that goes on */
};

struct pages {
    struct page *list;
    size_t count; /* at least one */
};

void pages_init(struct pages *pages, const struct slabs *slabs);
void pages_release(struct pages *pages);

/* Draws what stands on that page. */
void pages_draw(const struct pages *pages, size_t number, const struct slabs *slabs,
                cairo_t *cairo);

#endif
