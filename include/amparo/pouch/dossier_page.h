/* SPDX-License-Identifier: MIT */
/*
 * A dossier as a page to read: whether it is to be believed, why not, and what it proves. Layer:
 * pouch; uses agreement.
 */
#ifndef AMPARO_POUCH_DOSSIER_PAGE_H
#define AMPARO_POUCH_DOSSIER_PAGE_H

#include "amparo/pouch/dossier_say.h"

/*
 * Appends lines of at most 80 cells. Under another root than the reader's all of it could be
 * somebody's invention: then the causes alone. True: all that is in it is authentic (if the digits
 * are those of the card, where the reader gave none).
 */
bool dossier_page(const void *bytes, size_t size, const struct dossier_reader *reader,
                  struct buf *out);

#endif
