/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/draw.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "amparo/page/bytes.h"

static cairo_status_t append(void *pdf, const unsigned char *bytes, unsigned size)
{
    buf_add(pdf, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

bool draw_document(PangoContext *fonts, const void *description, size_t size, struct buf *pdf,
                   struct error *err)
{
    struct paper p;
    enum paper_size paper;

    paper_init(&p);
    bool ok = page_decode(description, size, &p, &paper, err);
    paper_release(&p);
    if (!ok)
        return false;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, pdf, 612, 792);
    cairo_t *cairo = cairo_create(surface);
    PangoLayout *layout = pango_layout_new(fonts);
    pango_layout_set_text(layout, "amparo", -1);
    cairo_move_to(cairo, 72, 72);
    pango_cairo_show_layout(cairo, layout);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return !status || error_set(err, ERROR_FAILED, "%s", cairo_status_to_string(status));
}
