/* SPDX-License-Identifier: MIT */
/* The sheet on which one recovery share is kept: whose it is, the share, and where to keep it.
 * Layer: paper. */
#ifndef AMPARO_PAPER_RECOVERYSHEET_H
#define AMPARO_PAPER_RECOVERYSHEET_H

#include <stddef.h>

#include "amparo/store/store.h"

/* Number `number` of so many; the share is the first `size` bytes of `share`. Appended. */
void recovery_sheet(struct buf *out, const char *path, const struct post_profile *post,
                    const char *share, size_t size, int number, int of);

#endif
