/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/running.h"

#include <math.h>
#include <string.h>

#include <pango/pangocairo.h>

#define GAP 16.0
#define ACROSS 0.78 /* of the diagonal: how long the draft mark is */
#define LARGEST 110.0

static void rule(const struct style *style, cairo_t *cairo, double y)
{
    cairo_set_source_rgb(cairo, 0.35, 0.35, 0.35);
    cairo_set_line_width(cairo, 0.5);
    cairo_move_to(cairo, style->left, y);
    cairo_line_to(cairo, style->left + style->column, y);
    cairo_stroke(cairo);
}

/* A text on one line, as much of it as there is room for. */
static void line_of(const struct type *type, cairo_t *cairo, const char *says, double y,
                    double width, enum block_align align)
{
    struct text text;

    text_init(&text, type, FACE_RUNNING, says);
    text_cut_to(&text, width);
    double over = align == ALIGN_RIGHT ? type->style->column - width : 0;
    text_draw(&text, type, cairo, type->style->left + over,
              y + face_baseline(&type->style->faces[FACE_RUNNING]), width, align, 0, 1);
    text_release(&text);
}

static double width_of(const struct type *type, const char *says)
{
    struct text text;

    text_init(&text, type, FACE_RUNNING, says);
    double width = text_width(&text);
    text_release(&text);
    return width < type->style->column / 2 ? width : type->style->column / 2;
}

/* Two texts at both ends of a line; the left one gives way. */
static void ends(const struct type *type, cairo_t *cairo, const char *left, const char *right,
                 double y)
{
    double width = width_of(type, right) + 1;

    line_of(type, cairo, left, y, type->style->column - width - (*right ? GAP : 0), ALIGN_LEFT);
    line_of(type, cairo, right, y, width, ALIGN_RIGHT);
}

void running_head(const struct paper *p, const struct type *type, cairo_t *cairo, size_t number)
{
    const struct style *style = type->style;
    double pitch = style->faces[FACE_RUNNING].pitch;
    struct buf title = BUF_INIT, marks = BUF_INIT;

    if (number == 1) { /* where the document itself says the rest */
        ends(type, cairo, "", buf_text(&p->draft), style->head - pitch - 2);
        return;
    }
    paper_marks(p, &marks);
    buf_addf(&title, "%s%s%s", buf_text(&p->title), p->over.size ? "      " : "",
             buf_text(&p->over));
    ends(type, cairo, buf_text(&title), buf_text(&marks), style->head - pitch - 2);
    rule(style, cairo, style->head);
    buf_release(&title);
    buf_release(&marks);
}

void running_foot(const struct paper *p, const struct type *type, cairo_t *cairo, size_t number,
                  size_t pages)
{
    const struct style *style = type->style;
    struct buf page = BUF_INIT;

    paper_number(p, number, pages, &page);
    rule(style, cairo, style->foot);
    ends(type, cairo, buf_text(p->printed.size ? &p->printed : &p->title), buf_text(&page),
         style->foot + 3);
    line_of(type, cairo, buf_text(&p->witness), style->foot + 3 + style->faces[FACE_RUNNING].pitch,
            style->column, ALIGN_LEFT);
    buf_release(&page);
}

/* As large as it can be on one line from corner to corner. */
void running_draft(const struct paper *p, const struct type *type, cairo_t *cairo)
{
    const struct style *style = type->style;
    struct text text;
    PangoRectangle ink;

    if (!p->draft.size)
        return;
    text_init(&text, type, FACE_TITLE, buf_text(&p->draft));
    double size = style->faces[FACE_TITLE].size, width = text_width(&text);
    double scale = ACROSS * hypot(style->width, style->height) / width;
    scale = scale * size > LARGEST ? LARGEST / size : scale;
    pango_layout_get_extents(text.layout, &ink, NULL);
    cairo_save(cairo);
    cairo_translate(cairo, style->width / 2, style->height / 2);
    cairo_rotate(cairo, -atan2(style->height, style->width));
    cairo_scale(cairo, scale, scale);
    cairo_move_to(cairo, -((double)ink.x + ink.width / 2.0) / PANGO_SCALE,
                  -((double)ink.y + ink.height / 2.0) / PANGO_SCALE);
    pango_cairo_layout_path(cairo, text.layout);
    cairo_set_source_rgb(cairo, 0.93, 0.93, 0.93);
    cairo_fill(cairo);
    cairo_restore(cairo);
    text_release(&text);
}
