/* SPDX-License-Identifier: MIT */
/*
 * What is drawn and is no text: a QR code, an image of the letterhead. Layer: pdf; uses base.
 */
#ifndef AMPARO_PDF_PICTURE_H
#define AMPARO_PDF_PICTURE_H

#include <stddef.h>

#include <cairo.h>

#include "amparo/base/error.h"

struct picture;

/* A QR code that says that. NULL: it says too much for one. */
struct picture *picture_code(const char *says, struct error *err);

/* A PNG, made to fit into width and height. NULL: it is none, or broken. */
struct picture *picture_image(const void *png, size_t size, double width, double height,
                              struct error *err);

/* NULL is fine. */
void picture_free(struct picture *picture);

/* In points. */
double picture_width(const struct picture *picture);
double picture_height(const struct picture *picture);

void picture_draw(const struct picture *picture, cairo_t *cairo, double x, double y);

#endif
