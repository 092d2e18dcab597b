/* SPDX-License-Identifier: MIT */
/*
 * A text in a face, shaped once: measured, broken into lines, drawn line by line. Layer: pdf; uses
 * page, base.
 */
#ifndef AMPARO_PDF_TEXT_H
#define AMPARO_PDF_TEXT_H

#include <stddef.h>

#include <cairo.h>
#include <pango/pango.h>

#include "amparo/pdf/style.h"

/* What texts are set with; from type_init() to type_release(). */
struct type {
    PangoContext *context; /* the caller's */
    const struct style *style;
    PangoFontDescription *fonts[FACES];
    PangoAttrList *attributes;
    GHashTable
        *shaped[FACES]; /* what was said before, on lines as long as they are, is said again */
};

/* language: "es"; "" where it is not known. */
void type_init(struct type *type, PangoContext *context, const struct style *style,
               const char *language);
void type_release(struct type *type);

/* How many letters of what was set with it no font here has: boxes are drawn for them. */
size_t type_missing(const struct type *type);

struct text {
    PangoLayout *layout; /* of several texts that say the same; NULL: there is nothing to say */
    enum face face;
    int lines;
};

/* In lines as they are written. End it with text_release(). */
void text_init(struct text *text, const struct type *type, enum face face, const char *says);
void text_release(struct text *text);

/* The width of the longest line, as it is broken now. */
double text_width(const struct text *text);
/* The width of the longest word. */
double text_word_width(const struct text *text);

/* Breaks it into lines of at most that width: between words, and in a word that is longer. */
void text_wrap_to(struct text *text, double width);
/* Leaves of it what has room on one line, and an ellipsis. */
void text_cut_to(struct text *text, double width);

/*
 * Draws the lines from `from` on, so many, the letters of the first standing on that baseline, each
 * aligned within x to x + width.
 */
void text_draw(const struct text *text, const struct type *type, cairo_t *cairo, double x,
               double baseline, double width, enum block_align align, int from, int lines);

#endif
