/* SPDX-License-Identifier: MIT */
/*
 * What stands on every page of a document: title and mark at its head, at its foot who printed it
 * and when, what to check it by, and which page of how many it is; DRAFT across it. Layer: pdf;
 * uses page, base.
 */
#ifndef AMPARO_PDF_RUNNING_H
#define AMPARO_PDF_RUNNING_H

#include <stddef.h>

#include "amparo/pdf/text.h"

/* The mark across a page, under what is written on it: an outline, no text that is copied. */
void running_draft(const struct paper *p, const struct type *type, cairo_t *cairo);

/* Head and foot of the page `number` of so many, from 1. */
void running_head(const struct paper *p, const struct type *type, cairo_t *cairo, size_t number);
void running_foot(const struct paper *p, const struct type *type, cairo_t *cairo, size_t number,
                  size_t pages);

#endif
