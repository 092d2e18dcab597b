/* SPDX-License-Identifier: MIT */
/*
 * The description of a document by which the program that draws it gets it: one item of our CBOR
 * (base/cbor.h), version 2, and nothing else. Layer: page; uses base.
 *
 *   [2, size, style,
 *    [title, mark, pages, witness, printed, draft, over, language, at], [block, ...]]
 *   block: [kind, flags, left, width, table, number, of, [text, ...], [cells, ...], image]
 *   flags: align + 4 keep + 8 whole + 16 head + 32 sum
 */
#ifndef AMPARO_PAGE_BYTES_H
#define AMPARO_PAGE_BYTES_H

#include "amparo/base/error.h"
#include "amparo/page/paper.h"

/* Appends the description. */
void page_encode(const struct paper *p, enum paper_size size, struct buf *out);

/*
 * Reads a description into an empty document (paper_init() made it), which the caller releases
 * whatever comes of it. The bytes may be anybody's: ERROR_INPUT for whatever page_encode() would
 * not write.
 */
bool page_decode(const void *bytes, size_t size, struct paper *p, enum paper_size *paper_size,
                 struct error *err);

#endif
