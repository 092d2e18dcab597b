/* SPDX-License-Identifier: MIT */
/*
 * Texts that run from right to left, within pages that run from left to right. Layer: pdf; uses
 * base.
 */
#ifndef AMPARO_PDF_BIDI_H
#define AMPARO_PDF_BIDI_H

#include <stdbool.h>

#include "amparo/base/buf.h"

/*
 * Appends the text with every run that goes from right to left set apart (U+2068, U+2069), so that
 * numbers and signs beside it stay where they were written. False where there is none, and nothing
 * was appended.
 */
bool bidi_isolate(const char *text, struct buf *out);

#endif
