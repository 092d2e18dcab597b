/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/visual.h"

#include <stdlib.h>
#include <string.h>

#include <pango/pangocairo.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"

#define LAM "\xd9\x84"

/* Each alef, and what it and the lam before it are together. */
static const struct {
    const char *both, *one;
} forms[] = {
    {LAM "\u0622", "\ufef5"},
    {LAM "\u0623", "\ufef7"},
    {LAM "\u0625", "\ufef9"},
    {LAM "\u0627", "\ufefb"},
};

static const char *one_for(const char *text, size_t size)
{
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
        if (size == strlen(forms[i].both) && !memcmp(text, forms[i].both, size))
            return forms[i].one;
    return NULL;
}

static bool is_backward(const PangoGlyphItem *run)
{
    return run->item->analysis.level % 2 == 1;
}

/* What the run says, its clusters from left to right, and where in that each begins, by where it
 * began. */
static void tell(PangoGlyphItem *run, const char *text, struct buf *told, int *begins)
{
    PangoGlyphItemIter at;

    for (bool more = pango_glyph_item_iter_init_end(&at, run, text); more;
         more = pango_glyph_item_iter_prev_cluster(&at)) {
        const char *says = text + at.start_index;
        size_t size = (size_t)(at.end_index - at.start_index);
        const char *one = one_for(says, size);
        begins[at.start_index - run->item->offset] = (int)told->size;
        buf_add(told, one ? one : says, one ? strlen(one) : size);
    }
}

/* Draws a run from right to left as if it were one from left to right that says what it shows. */
static void show_turned(cairo_t *cairo, PangoGlyphItem *run, const char *text)
{
    PangoGlyphItem *own = pango_glyph_item_copy(run);
    int *begins = xcalloc((size_t)run->item->length + 1, sizeof *begins);
    struct buf told = BUF_INIT;

    tell(run, text, &told, begins);
    own->item->analysis.level = 0;
    own->item->offset = 0;
    own->item->length = (int)told.size;
    own->item->num_chars = (int)g_utf8_strlen(buf_text(&told), (gssize)told.size);
    for (int i = 0; i < own->glyphs->num_glyphs; i++)
        own->glyphs->log_clusters[i] = begins[own->glyphs->log_clusters[i]];
    pango_cairo_show_glyph_item(cairo, buf_text(&told), own);
    pango_glyph_item_free(own);
    free(begins);
    buf_release(&told);
}

static bool has_backward(const PangoLayoutLine *line)
{
    for (GSList *at = line->runs; at; at = at->next)
        if (is_backward(at->data))
            return true;
    return false;
}

void visual_show_line(cairo_t *cairo, PangoLayoutLine *line)
{
    const char *text = pango_layout_get_text(line->layout);
    double x, y;

    if (!has_backward(line)) {
        pango_cairo_show_layout_line(cairo, line);
        return;
    }
    cairo_get_current_point(cairo, &x, &y);
    for (GSList *at = line->runs; at; at = at->next) {
        PangoGlyphItem *run = at->data;
        cairo_move_to(cairo, x, y);
        if (is_backward(run))
            show_turned(cairo, run, text);
        else
            pango_cairo_show_glyph_item(cairo, text, run);
        x += (double)pango_glyph_string_get_width(run->glyphs) / PANGO_SCALE;
    }
}
