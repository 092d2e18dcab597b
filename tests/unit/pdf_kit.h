/* SPDX-License-Identifier: MIT */
/* Documents as drawn pages, looked at: their text as it is copied out, their ink. For tests only.
 */
#ifndef TESTS_UNIT_PDF_KIT_H
#define TESTS_UNIT_PDF_KIT_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/page/paper.h"

/* The program that draws, as it was built. */
const char *pdf_kit_helper(void);

/* A document without blocks: its title and what else runs over its pages. */
void pdf_kit_begin(struct paper *p);

/* Draws it; the test fails where it cannot be. Returns how many letters no font has. */
size_t pdf_kit_draw(const struct paper *p, enum paper_size size, struct buf *pdf);

/*
 * The text of a page (0: of all, a form feed after each), by pdftotext; by lines: as it stands on
 * the page, else in the order in which it is written. The caller frees it. Where pdftotext is not
 * installed the test is skipped.
 */
char *pdf_kit_text(const struct buf *pdf, int page, bool by_lines);

/* What pdfinfo says of it; the caller frees it. */
char *pdf_kit_info(const struct buf *pdf);

/* The ink of a page, by pdftoppm: 0 is black, 255 white. */
struct pdf_ink {
    int width, height; /* dots */
    unsigned char *dots;
    struct buf file;
};
void pdf_kit_ink(const struct buf *pdf, int page, int dots_an_inch, struct pdf_ink *ink);
void pdf_kit_ink_release(struct pdf_ink *ink);

#endif
