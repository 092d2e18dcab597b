/* SPDX-License-Identifier: MIT */
/*
 * From the description of a document to a PDF: the whole way. Layer: pdf; uses page, base.
 */
#ifndef AMPARO_PDF_DRAW_H
#define AMPARO_PDF_DRAW_H

#include <stddef.h>

#include <pango/pango.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

/*
 * Appends the PDF: the same bytes for the same description. *missing gets how many letters no font
 * here has. ERROR_INPUT where the description is none; ERROR_FAILED where it cannot be drawn.
 */
bool draw_document(PangoContext *fonts, const void *description, size_t size, struct buf *pdf,
                   size_t *missing, struct error *err);

#endif
