/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/text.h"

#include <string.h>

#include <pango/pangocairo.h>

#include "amparo/base/buf.h"
#include "amparo/page/hold.h"
#include "amparo/pdf/bidi.h"
#include "amparo/pdf/visual.h"

#define LEAST 6.0  /* a width in points: Pango gives up on some words where no letter fits */
#define SLACK 0.01 /* points that rounding may add to a width */

/* ---- what texts are set with ---- */

static PangoFontDescription *font_of(const struct face_style *face)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, face->family);
    pango_font_description_set_size(font, (int)(face->size * PANGO_SCALE));
    pango_font_description_set_weight(font, face->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    return font;
}

void type_init(struct type *type, PangoContext *context, const struct style *style,
               const char *language)
{
    *type = (struct type){.context = context, .style = style};
    pango_context_set_language(context, pango_language_from_string(*language ? language : "en"));
    for (int i = 0; i < FACES; i++) {
        type->fonts[i] = font_of(&style->faces[i]);
        type->shaped[i] = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_object_unref);
    }
    type->attributes = pango_attr_list_new();
    /* A number that is cut between lines must not get a sign that it has not. */
    pango_attr_list_insert(type->attributes, pango_attr_insert_hyphens_new(FALSE));
}

void type_release(struct type *type)
{
    for (int i = 0; i < FACES; i++) {
        pango_font_description_free(type->fonts[i]);
        g_hash_table_destroy(type->shaped[i]);
    }
    pango_attr_list_unref(type->attributes);
}

size_t type_missing(const struct type *type)
{
    size_t missing = 0;

    for (int i = 0; i < FACES; i++) {
        GHashTableIter at;
        gpointer layout;
        g_hash_table_iter_init(&at, type->shaped[i]);
        while (g_hash_table_iter_next(&at, NULL, &layout))
            missing += (size_t)pango_layout_get_unknown_glyphs_count(layout);
    }
    return missing;
}

/* ---- one text ---- */

/* Between what belongs together no line ends: the break before the letter after each blank that
 * holds is forbidden. */
static PangoAttrList *attributes_of(const struct type *type, const char *says)
{
    PangoAttrList *all = pango_attr_list_copy(type->attributes);

    for (const char *blank = says; (blank = strchr(blank, ' ')); blank++) {
        if (!hold_blank(says, (size_t)(blank - says)))
            continue;
        PangoAttribute *one = pango_attr_allow_breaks_new(FALSE);
        one->start_index = (guint)(blank - says);
        one->end_index = (guint)(g_utf8_next_char(blank + 1) - says);
        pango_attr_list_insert(all, one);
    }
    return all;
}

static PangoLayout *shape(const struct type *type, enum face face, const char *says)
{
    PangoLayout *layout = pango_layout_new(type->context);
    PangoAttrList *attributes = attributes_of(type, says);

    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_font_description(layout, type->fonts[face]);
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, says, -1);
    pango_attr_list_unref(attributes);
    return layout;
}

/* The key of each is the text that it holds. */
static PangoLayout *shape_once(const struct type *type, enum face face, const char *says)
{
    PangoLayout *layout = g_hash_table_lookup(type->shaped[face], says);

    if (!layout) {
        layout = shape(type, face, says);
        g_hash_table_insert(type->shaped[face], (gpointer)pango_layout_get_text(layout), layout);
    }
    return g_object_ref(layout);
}

void text_init(struct text *text, const struct type *type, enum face face, const char *says)
{
    struct buf isolated = BUF_INIT;

    *text = (struct text){.face = face};
    if (!*says)
        return;
    if (bidi_isolate(says, &isolated))
        says = buf_text(&isolated);
    text->layout = shape_once(type, face, says);
    text->lines = pango_layout_get_line_count(text->layout);
    buf_release(&isolated);
}

/* It is to be broken otherwise than others that say the same. */
static void set_apart(struct text *text, double width)
{
    PangoLayout *own = pango_layout_copy(text->layout);

    width = width > LEAST ? width : LEAST; /* less than nothing would be as much as it takes */
    g_object_unref(text->layout);
    text->layout = own;
    pango_layout_set_width(own, (int)((width + SLACK) * PANGO_SCALE));
}

void text_release(struct text *text)
{
    g_clear_object(&text->layout);
}

static double line_width(PangoLayoutLine *line)
{
    PangoRectangle logical;

    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

double text_width(const struct text *text)
{
    double widest = 0;

    for (int i = 0; i < text->lines; i++) {
        double width = line_width(pango_layout_get_line_readonly(text->layout, i));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static double x_at(PangoLayoutLine *line, const char *whole, const char *at)
{
    int x;

    pango_layout_line_index_to_x(line, (int)(at - whole), FALSE, &x);
    return (double)x / PANGO_SCALE;
}

/* The widest stretch of a line, which runs from left to right, without a place to break it. */
static double widest_word(PangoLayoutLine *line, const char *whole, const PangoLogAttr *attribute)
{
    const char *begin = whole + line->start_index, *end = begin + line->length;
    const char *word = begin;
    double widest = 0;

    for (const char *at = begin; at < end; attribute++) {
        at = g_utf8_next_char(at);
        if (at < end && !attribute[1].is_line_break)
            continue;
        const char *last = at; /* without the blanks at its end */
        while (last > word && last[-1] == ' ')
            last--;
        double width = x_at(line, whole, last) - x_at(line, whole, word);
        width = width < 0 ? -width : width;
        widest = width > widest ? width : widest;
        word = at;
    }
    return widest;
}

double text_word_width(const struct text *text)
{
    double widest = 0;

    if (!text->layout)
        return 0;
    const char *whole = pango_layout_get_text(text->layout);
    const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly(text->layout, NULL);
    for (int i = 0; i < text->lines; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(text->layout, i);
        long before = g_utf8_pointer_to_offset(whole, whole + line->start_index);
        double width = widest_word(line, whole, attributes + before);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool fits(const struct text *text, double width)
{
    return !text->layout || text_width(text) <= width + SLACK;
}

static gboolean holds_together(PangoAttribute *attribute, gpointer none)
{
    (void)none;
    return attribute->klass->type == PANGO_ATTR_ALLOW_BREAKS;
}

/* Its lines may end at every blank. */
static void let_go(struct text *text)
{
    PangoAttrList *rest = pango_attr_list_copy(pango_layout_get_attributes(text->layout));
    PangoAttrList *holding = pango_attr_list_filter(rest, holds_together, NULL);

    pango_layout_set_attributes(text->layout, rest);
    pango_attr_list_unref(rest);
    if (holding)
        pango_attr_list_unref(holding);
}

void text_wrap_to(struct text *text, double width)
{
    if (fits(text, width))
        return;
    bool narrow = text_word_width(text) > width + SLACK;
    set_apart(text, width);
    if (narrow) /* better between words than in one */
        let_go(text);
    text->lines = pango_layout_get_line_count(text->layout);
}

void text_cut_to(struct text *text, double width)
{
    if (fits(text, width))
        return;
    set_apart(text, width);
    pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_END);
    text->lines = 1;
}

void text_draw(const struct text *text, const struct type *type, cairo_t *cairo, double x,
               double baseline, double width, enum block_align align, int from, int lines)
{
    const struct face_style *face = &type->style->faces[text->face];

    cairo_set_source_rgb(cairo, face->grey, face->grey, face->grey);
    for (int i = from; i < from + lines && i < text->lines; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(text->layout, i);
        double over = align == ALIGN_LEFT ? 0 : width - line_width(line);
        cairo_move_to(cairo, x + (align == ALIGN_CENTRE ? over / 2 : over), baseline);
        visual_show_line(cairo, line);
        baseline += face->pitch;
    }
}
