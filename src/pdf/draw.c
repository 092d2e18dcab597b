/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/draw.h"

#include <cairo-pdf.h>

#include "amparo/page/bytes.h"
#include "amparo/pdf/catalogue.h"
#include "amparo/pdf/pages.h"
#include "amparo/pdf/running.h"

static cairo_status_t append(void *pdf, const unsigned char *bytes, unsigned size)
{
    buf_add(pdf, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

/* What the file says of itself: its title, and when it was made. Nothing of the case, nor of us. */
static void set_metadata(cairo_surface_t *surface, const struct paper *p)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, buf_text(&p->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   p->at.size ? buf_text(&p->at) : "1970-01-01T00:00:00Z");
}

static void draw_pages(const struct slabs *slabs, const struct pages *pages, cairo_t *cairo)
{
    const struct paper *p = slabs->paper;

    for (size_t i = 0; i < pages->count; i++) {
        running_draft(p, slabs->type, cairo);
        running_head(p, slabs->type, cairo, i + 1);
        pages_draw(pages, i, slabs, cairo);
        running_foot(p, slabs->type, cairo, i + 1, pages->count);
        cairo_show_page(cairo);
    }
}

static bool draw_slabs(const struct slabs *slabs, struct buf *pdf, struct error *err)
{
    const struct style *style = slabs->type->style;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append, pdf, style->width, style->height);
    cairo_t *cairo = cairo_create(surface);
    struct pages pages;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    set_metadata(surface, slabs->paper);
    pages_init(&pages, slabs);
    draw_pages(slabs, &pages, cairo);
    pages_release(&pages);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status)
        return error_set(err, ERROR_FAILED, "%s", cairo_status_to_string(status));
    catalogue_set_language(pdf, buf_text(&slabs->paper->language));
    return true;
}

static bool draw_paper(PangoContext *fonts, const struct paper *p, enum paper_size size,
                       struct buf *pdf, size_t *missing, struct error *err)
{
    struct style style;
    struct type type;
    struct slabs slabs;

    style_init(&style, p->style, size);
    type_init(&type, fonts, &style, buf_text(&p->language));
    bool ok = slabs_init(&slabs, p, &type, err) && draw_slabs(&slabs, pdf, err);
    *missing = type_missing(&type);
    slabs_release(&slabs);
    type_release(&type);
    return ok;
}

bool draw_document(PangoContext *fonts, const void *description, size_t size, struct buf *pdf,
                   size_t *missing, struct error *err)
{
    struct paper p;
    enum paper_size paper;

    paper_init(&p);
    bool ok = page_decode(description, size, &p, &paper, err) &&
              draw_paper(fonts, &p, paper, pdf, missing, err);
    paper_release(&p);
    return ok;
}
