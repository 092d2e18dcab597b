/* SPDX-License-Identifier: MIT */
/*
 * A document as a PDF, drawn by another program, amparo-pdf: fonts and their shaping stay out of
 * the process that holds keys. It gets the description by a socket and answers by another; nothing
 * is laid down on the way. Layer: paper; uses
 * page, base.
 */
#ifndef AMPARO_PAPER_PDF_H
#define AMPARO_PAPER_PDF_H

#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/page/paper.h"
#include "amparo/paper/program.h"

/* Whether pages can be drawn here. */
bool pdf_is_here(void);

enum { PDF_PATIENCE_MS = 120000 }; /* after which drawing is given up */

struct pdf_job {
    struct program program; /* sent of size bytes: how far it is, to be shown */
    struct buf description;
    int64_t late;   /* ms on the monotonic clock */
    size_t missing; /* after pdf_end(): letters that no font here has, so that they are boxes */
};

/*
 * Starts drawing; the document is not needed any more. helper NULL: the program that was built or
 * installed with this one, never one found by PATH. False where there is none: err says what to
 * install.
 */
bool pdf_start(struct pdf_job *job, const char *helper, const struct paper *p, enum paper_size size,
               struct error *err);

/* Goes on, waiting at most so many ms. False: it has come to its end, or takes too long. */
bool pdf_step(struct pdf_job *job, int wait_ms);

/* Ends it, and appends the PDF, whole or not at all; where it still goes on, it is stopped. */
bool pdf_end(struct pdf_job *job, struct buf *pdf, struct error *err);

/* All at once; *missing (may be NULL) as in the job. */
bool pdf_make(const char *helper, const struct paper *p, enum paper_size size, struct buf *pdf,
              size_t *missing, struct error *err);

#endif
