/* SPDX-License-Identifier: MIT */
/*
 * Lines of text drawn so that they can be found in the file and copied out of it, from right to
 * left too. Layer: pdf; uses base.
 *
 * Who reads a PDF expects the words of a line in the order in which they are read, and the glyphs
 * of a word from left to right, to turn them around where they are Arabic or Hebrew: so they are
 * written. The two letters of the one glyph of lam and
 * alef would be turned around with them, and Salam be read Salem: the file says of that glyph the
 * one character that stands for both (U+FEFB and the like), which any comparison of texts takes for
 * the two.
 */
#ifndef AMPARO_PDF_VISUAL_H
#define AMPARO_PDF_VISUAL_H

#include <cairo.h>
#include <pango/pango.h>

/* Draws the line at the current point, as pango_cairo_show_layout_line() does. */
void visual_show_line(cairo_t *cairo, PangoLayoutLine *line);

#endif
