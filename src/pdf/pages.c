/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/pages.h"

#include <stdio.h>
#include <stdlib.h>

#include <cairo-pdf.h>

#include "amparo/base/mem.h"

enum { LONG = 5 /* pages: that document has an outline */ };

/* A strip of any slab, in the order of the document. */
struct strip {
    struct place place;
    double above, height; /* above: not at the top of a page */
    enum bond bond;       /* to the next */
    bool page;            /* it begins a page */
};

struct strips {
    const struct slabs *slabs;
    struct strip *list;
    size_t count;
    double room; /* of a page */
};

static void list_strips(struct strips *out, const struct slabs *slabs)
{
    size_t count = 0;

    for (size_t i = 0; i < slabs->count; i++)
        count += (size_t)slabs->list[i].strips;
    out->list = xcalloc(count + 1, sizeof *out->list);
    for (size_t i = 0; i < slabs->count; i++) {
        const struct slab *slab = &slabs->list[i];
        for (int s = 0; s < slab->strips; s++)
            out->list[out->count++] = (struct strip){{i, s},
                                                     s == 0 ? slab->above : 0,
                                                     slab_height(slab, s),
                                                     slab_bond(slab, s),
                                                     slab->page && s == 0};
    }
}

static double slab_whole_height(const struct slab *slab)
{
    double height = 0;

    for (int i = 0; i < slab->strips; i++)
        height += slab_height(slab, i);
    return height;
}

/* The head that a page beginning with that strip repeats: its slabs, and its height. */
static double repeated(const struct strips *strips, size_t from, struct page *page)
{
    const struct slabs *slabs = strips->slabs;
    const struct slab *slab = &slabs->list[strips->list[from].place.slab];
    double height = 0;

    for (size_t i = 0; i < slab->heads; i++)
        height += slab_whole_height(&slabs->list[slab->head + i]);
    if (height == 0 || height > strips->room / 2)
        return 0;
    page->head = slab->head;
    page->heads = slab->heads;
    return height;
}

/*
 * The best place to end, at or before `end`, where the bond is no stronger than that and the page
 * is filled to `least` of what would go on it; `from` where there is none.
 */
static size_t cut(const struct strips *strips, size_t from, size_t end, enum bond most,
                  double least)
{
    double filled = 0;
    size_t best = from;

    for (size_t i = from; i < end; i++) {
        filled += (i > from ? strips->list[i].above : 0) + strips->list[i].height;
        if (strips->list[i].bond <= most && filled >= least)
            best = i + 1;
    }
    return best;
}

/* Where the page that begins with that strip ends. */
static size_t page_end(const struct strips *strips, size_t from, double room)
{
    double filled = strips->list[from].height;
    size_t end = from + 1;

    for (; end < strips->count && !strips->list[end].page; end++) {
        filled += strips->list[end].above + strips->list[end].height;
        if (filled > room)
            break;
    }
    if (end == strips->count || strips->list[end].page)
        return end;

    const struct {
        enum bond most;
        double least;
    } wishes[] = {{BOND_FREE, room / 2},
                  {BOND_SOFT, room / 2},
                  {BOND_FREE, 0},
                  {BOND_SOFT, 0},
                  {BOND_FIRM, 0}};
    for (size_t i = 0; i < ARRAY_SIZE(wishes); i++) {
        size_t best = cut(strips, from, end, wishes[i].most, wishes[i].least);
        if (best > from)
            return best;
    }
    return end;
}

static struct place place_at(const struct strips *strips, size_t at)
{
    return at < strips->count ? strips->list[at].place : (struct place){strips->slabs->count, 0};
}

void pages_init(struct pages *pages, const struct slabs *slabs)
{
    const struct style *style = slabs->type->style;
    struct strips strips = {.slabs = slabs, .room = style->bottom - style->top};
    size_t at = 0;

    list_strips(&strips, slabs);
    *pages = (struct pages){.list = xcalloc(strips.count + 1, sizeof *pages->list)};
    do {
        struct page *page = &pages->list[pages->count++];
        double head = at < strips.count ? repeated(&strips, at, page) : 0;
        page->begin = place_at(&strips, at);
        at = at < strips.count ? page_end(&strips, at, strips.room - head) : at;
        page->end = place_at(&strips, at);
    } while (at < strips.count);
    free(strips.list);
}

void pages_release(struct pages *pages)
{
    free(pages->list);
}

/* A heading is a place to go to, in a document in which one has to look for it. */
static void add_outline(const struct pages *pages, size_t number, const struct slab *slab, double y,
                        cairo_t *cairo)
{
    char where[64];

    if (slab->block->kind != BLOCK_HEADING || pages->count < LONG)
        return;
    snprintf(where, sizeof where, "page=%zu pos=[0 %.1f]", number + 1, y);
    cairo_pdf_surface_add_outline(cairo_get_target(cairo), CAIRO_PDF_OUTLINE_ROOT,
                                  slab->block->texts[0], where, (cairo_pdf_outline_flags_t)0);
}

void pages_draw(const struct pages *pages, size_t number, const struct slabs *slabs, cairo_t *cairo)
{
    const struct page *page = &pages->list[number];
    double y = slabs->type->style->top;
    bool on_top = true;

    for (size_t i = page->head; i < page->head + page->heads; i++) {
        slab_draw(&slabs->list[i], slabs->type, cairo, y, 0, slabs->list[i].strips, true);
        y += slab_whole_height(&slabs->list[i]);
    }
    for (size_t i = page->begin.slab; i <= page->end.slab && i < slabs->count; i++) {
        const struct slab *slab = &slabs->list[i];
        int from = i == page->begin.slab ? page->begin.strip : 0;
        int end = i == page->end.slab ? page->end.strip : slab->strips;
        if (end <= from)
            continue;
        if (!on_top && from == 0)
            y += slab->above;
        if (from == 0)
            add_outline(pages, number, slab, y, cairo);
        slab_draw(slab, slabs->type, cairo, y, from, end - from, on_top);
        for (int s = from; s < end; s++)
            y += slab_height(slab, s);
        on_top = false;
    }
}
