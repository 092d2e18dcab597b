/* SPDX-License-Identifier: MIT */
/*
 * The sheet on which one recovery share is kept: whose it is, the share, and where to keep it. It is
 * typed back from the paper by hand; there is no QR code on it, since a telephone keeps and sends on
 * whatever it was held to, and two shares open the file. Layer: paper; uses store.
 */
#ifndef AMPARO_PAPER_RECOVERYSHEET_H
#define AMPARO_PAPER_RECOVERYSHEET_H

#include <stddef.h>

#include "amparo/page/paper.h"
#include "amparo/store/store.h"

/*
 * Number `number` of so many, in the reader's language, into an empty document, which wipes it when
 * it is released; the share is the first `size` bytes of `share`. The set is made today, since it is
 * shown once.
 */
void recovery_sheet(struct paper *out, const char *path, struct store *store, const char *share,
                    size_t size, int number, int of);

#endif
