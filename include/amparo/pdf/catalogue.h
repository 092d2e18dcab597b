/* SPDX-License-Identifier: MIT */
/*
 * What Cairo does not write into the catalogue of a PDF. Layer: pdf; uses base.
 */
#ifndef AMPARO_PDF_CATALOGUE_H
#define AMPARO_PDF_CATALOGUE_H

#include "amparo/base/buf.h"

/*
 * Appends to a finished PDF, as a later version of its catalogue, in which language it is ("es"),
 * and that its title is shown instead of the name of the file. A file that is not as Cairo writes
 * it, or a language that is none, is left as it is.
 */
void catalogue_set_language(struct buf *pdf, const char *language);

#endif
