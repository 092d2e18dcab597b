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

static double width_of(const PangoGlyphItem *run)
{
    return (double)pango_glyph_string_get_width(run->glyphs) / PANGO_SCALE;
}

/* Draws a word from right to left as if it were one from left to right that says what it shows. */
static void show_turned(cairo_t *cairo, double x, double y, PangoGlyphItem *word, const char *text)
{
    int *begins = xcalloc((size_t)word->item->length + 1, sizeof *begins);
    struct buf told = BUF_INIT;

    tell(word, text, &told, begins);
    word->item->analysis.level = 0;
    word->item->offset = 0;
    word->item->length = (int)told.size;
    word->item->num_chars = (int)g_utf8_strlen(buf_text(&told), (gssize)told.size);
    for (int i = 0; i < word->glyphs->num_glyphs; i++)
        word->glyphs->log_clusters[i] = begins[word->glyphs->log_clusters[i]];
    cairo_move_to(cairo, x, y);
    pango_cairo_show_glyph_item(cairo, buf_text(&told), word);
    free(begins);
    buf_release(&told);
}

/* The first word of a run, and the blanks after it: so many bytes. */
static int word_size(const PangoGlyphItem *run, const char *text)
{
    const char *begin = text + run->item->offset, *end = begin + run->item->length, *at = begin;

    while (at < end && *at != ' ')
        at++;
    while (at < end && *at == ' ')
        at++;
    return (int)(at - begin);
}

/* Its words one after the other as they are read, beginning at its right end. */
static void show_backward(cairo_t *cairo, double x, double y, PangoGlyphItem *run, const char *text)
{
    PangoGlyphItem *rest = pango_glyph_item_copy(run);
    double right = x + width_of(run);

    while (rest) {
        int size = word_size(rest, text);
        PangoGlyphItem *word =
            size < rest->item->length ? pango_glyph_item_split(rest, text, size) : NULL;
        if (!word) { /* the last one; or a mark that is one sign with the blank before it */
            word = rest;
            rest = NULL;
        }
        right -= width_of(word);
        show_turned(cairo, right, y, word, text);
        pango_glyph_item_free(word);
    }
}

/* ---- lines ---- */

struct placed {
    PangoGlyphItem *run;
    double x;
};

static bool is_backward(const PangoGlyphItem *run)
{
    return run->item->analysis.level % 2 == 1;
}

static bool has_backward(const PangoLayoutLine *line)
{
    for (GSList *at = line->runs; at; at = at->next)
        if (is_backward(at->data))
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    const struct placed *first = a, *second = b;

    return first->run->item->offset - second->run->item->offset;
}

/* The runs of a line are from left to right: so they are placed, and put in the order of the text.
 */
static size_t place_runs(PangoLayoutLine *line, double x, struct placed *placed)
{
    size_t count = 0;

    for (GSList *at = line->runs; at; at = at->next) {
        placed[count++] = (struct placed){at->data, x};
        x += width_of(at->data);
    }
    qsort(placed, count, sizeof *placed, by_text);
    return count;
}

void visual_show_line(cairo_t *cairo, PangoLayoutLine *line)
{
    const char *text = pango_layout_get_text(line->layout);
    double x, y;

    if (!has_backward(line)) {
        pango_cairo_show_layout_line(cairo, line);
        return;
    }
    struct placed *placed = xcalloc(g_slist_length(line->runs), sizeof *placed);
    cairo_get_current_point(cairo, &x, &y);
    size_t count = place_runs(line, x, placed);
    for (size_t i = 0; i < count; i++)
        if (is_backward(placed[i].run)) {
            show_backward(cairo, placed[i].x, y, placed[i].run, text);
        } else {
            cairo_move_to(cairo, placed[i].x, y);
            pango_cairo_show_glyph_item(cairo, text, placed[i].run);
        }
    free(placed);
}
