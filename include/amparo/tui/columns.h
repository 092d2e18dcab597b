/* SPDX-License-Identifier: MIT */
/* Words in columns, for the rows of a body. Layer: tui; uses base. */
#ifndef AMPARO_TUI_COLUMNS_H
#define AMPARO_TUI_COLUMNS_H

#include <string.h>

#include "amparo/base/buf.h"
#include "amparo/base/text.h"

/* Appends the text in exactly so many cells, and a blank that parts it from the next column. */
static inline void column(struct buf *out, const char *text, int cells)
{
    if (cells < 1)
        return;
    text_pad(out, text, cells);
    buf_addc(out, ' ');
}

#endif
