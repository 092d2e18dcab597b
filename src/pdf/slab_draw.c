/* SPDX-License-Identifier: MIT */
/* A laid out block on its page: its texts, and the lines and areas that belong to its kind. */
#include "amparo/pdf/picture.h"
#include "amparo/pdf/slab.h"
#include "slab_parts.h"

#define HAIR 0.4
#define CUT_GAP 8.0 /* between the dashes and the words on their line */

struct drawing {
    const struct slab *slab;
    const struct type *type;
    cairo_t *cairo;
    double x, width; /* of its column */
    double y;        /* the upper edge of the first strip that is drawn */
    int from, strips;
    bool on_top;
};

/* The upper edge of a strip, without what is empty above its text. */
static double strip_top(const struct drawing *d, int strip)
{
    double y = d->y + (strip == 0 ? d->slab->before : 0);

    for (int i = d->from; i < strip; i++)
        y += slab_height(d->slab, i);
    return y;
}

static bool has_strip(const struct drawing *d, int strip)
{
    return strip >= d->from && strip < d->from + d->strips;
}

/* Each text to its end before the next one: so it is read, and copied. */
static void draw_piece(const struct drawing *d, const struct piece *piece)
{
    if (piece->lump) {
        if (has_strip(d, piece->first))
            text_draw(&piece->text, d->type, d->cairo, piece->x,
                      strip_top(d, piece->first) + d->slab->baseline, piece->width, piece->align, 0,
                      piece->text.lines);
        return;
    }
    for (int line = 0; line < piece->text.lines; line++)
        if (has_strip(d, piece->first + line))
            text_draw(&piece->text, d->type, d->cairo, piece->x,
                      strip_top(d, piece->first + line) + d->slab->baseline, piece->width,
                      piece->align, line, 1);
}

static void across(const struct drawing *d, double x, double width, double y, double thick,
                   double grey)
{
    cairo_set_source_rgb(d->cairo, grey, grey, grey);
    cairo_set_line_width(d->cairo, thick);
    cairo_move_to(d->cairo, x, y);
    cairo_line_to(d->cairo, x + width, y);
    cairo_stroke(d->cairo);
}

/* ---- what belongs to a kind ---- */

/* On both sides of the words. */
static void draw_cut(const struct drawing *d)
{
    static const double dashes[] = {4, 3};
    double side = (d->width - text_width(&d->slab->pieces[0].text)) / 2 - CUT_GAP;
    double y = strip_top(d, 0) + d->slab->pitch / 2;

    if (!has_strip(d, 0) || side <= 0)
        return;
    cairo_save(d->cairo);
    cairo_set_dash(d->cairo, dashes, 2, 0);
    across(d, d->x, side, y, 2 * HAIR, 0.35);
    across(d, d->x + d->width - side, side, y, 2 * HAIR, 0.35);
    cairo_restore(d->cairo);
}

static void draw_rule(const struct drawing *d)
{
    if (d->slab->block->count)
        draw_cut(d);
    else
        across(d, d->x, d->width, d->y + 1.5, 2 * HAIR, 0.2);
}

/* Over what is added up, as wide as the row has texts. */
static void draw_sum_line(const struct drawing *d)
{
    double left = d->x + d->width, right = d->x;

    for (int i = 0; i < d->slab->count; i++) {
        const struct piece *piece = &d->slab->pieces[i];
        if (!*d->slab->block->texts[i])
            continue;
        left = piece->x < left ? piece->x : left;
        right = piece->x + piece->width > right ? piece->x + piece->width : right;
    }
    if (right > left)
        across(d, left, right - left, d->y, HAIR, 0.3);
}

static void draw_row(const struct drawing *d)
{
    if (d->slab->block->sum && d->from == 0)
        draw_sum_line(d);
    if (d->slab->block->head && has_strip(d, d->slab->strips - 1))
        across(d, d->x, d->width, strip_top(d, d->slab->strips - 1) + d->slab->pitch + 1.2, HAIR,
               0.3);
    if (d->slab->ruled && d->from == 0 && !d->on_top)
        across(d, d->x, d->width, d->y, HAIR, 0.75);
}

static void draw_bar(const struct drawing *d)
{
    const struct block *b = d->slab->block;
    double left = d->x + d->width * BAR_NAME + 10, room = d->x + d->width - left;
    double height = d->slab->pitch - 3.6;

    if (b->number < 1 || !has_strip(d, 0))
        return;
    cairo_set_source_rgb(d->cairo, 0.45, 0.45, 0.45);
    cairo_rectangle(d->cairo, left, strip_top(d, 0) + 1.8, room * (double)b->number / (double)b->of,
                    height);
    cairo_fill(d->cairo);
}

static void draw_code(const struct drawing *d)
{
    picture_draw(d->slab->picture, d->cairo, d->x, strip_top(d, 0));
}

static void draw_image(const struct drawing *d)
{
    double over = d->width - picture_width(d->slab->picture);

    picture_draw(d->slab->picture, d->cairo, d->x + over / 2, strip_top(d, 0));
}

static void draw_entry(const struct drawing *d)
{
    double label = style_width(d->type->style, (int)d->slab->block->of);
    bool pair = d->slab->block->count > 1;
    double half = entry_half(d->width), width = pair ? half : d->width;

    for (int i = d->from; i < d->from + d->strips; i++) {
        double y = strip_top(d, i) + d->slab->pitch - 2;
        across(d, d->x + label, width - label, y, HAIR, 0.3);
        if (pair)
            across(d, d->x + d->width - half + label, half - label, y, HAIR, 0.3);
    }
}

static void draw_ticks(const struct drawing *d)
{
    for (int i = 1; i < d->slab->count; i++) {
        const struct piece *piece = &d->slab->pieces[i];
        if (!has_strip(d, piece->first))
            continue;
        double y = strip_top(d, piece->first) + (d->slab->pitch - TICK) / 2;
        cairo_set_source_rgb(d->cairo, 0, 0, 0);
        cairo_set_line_width(d->cairo, 1.5 * HAIR);
        cairo_rectangle(d->cairo, piece->x - 2 * TICK, y, TICK, TICK);
        cairo_stroke(d->cairo);
    }
}

static void (*const draw_kind[BLOCK_KINDS])(const struct drawing *) = {
    [BLOCK_RULE] = draw_rule,   [BLOCK_ROW] = draw_row,     [BLOCK_BAR] = draw_bar,
    [BLOCK_QR] = draw_code,     [BLOCK_IMAGE] = draw_image, [BLOCK_ENTRY] = draw_entry,
    [BLOCK_TICKS] = draw_ticks,
};

void slab_draw(const struct slab *slab, const struct type *type, cairo_t *cairo, double y, int from,
               int strips, bool on_top)
{
    const struct block *b = slab->block;
    struct drawing d = {.slab = slab,
                        .type = type,
                        .cairo = cairo,
                        .x = style_x(type->style, b->left),
                        .width = style_width(type->style, b->width),
                        .y = y,
                        .from = from,
                        .strips = strips,
                        .on_top = on_top};

    if (draw_kind[b->kind])
        draw_kind[b->kind](&d);
    for (int i = 0; i < slab->count; i++)
        draw_piece(&d, &slab->pieces[i]);
}
