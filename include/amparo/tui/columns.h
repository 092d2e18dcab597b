/* SPDX-License-Identifier: MIT */
/* Words in columns, for the rows of a body. Layer: tui; uses base. */
#ifndef AMPARO_TUI_COLUMNS_H
#define AMPARO_TUI_COLUMNS_H

#include <string.h>

#include "amparo/base/buf.h"
#include "amparo/base/number.h"
#include "amparo/base/text.h"

/* Appends the text in exactly so many cells, and a blank that parts it from the next column. */
static inline void column(struct buf *out, const char *text, int cells)
{
    if (cells < 1)
        return;
    text_pad(out, text, cells);
    buf_addc(out, ' ');
}

/* Cells for a label that stands before a sum: as many as are left of the width. */
static inline int column_label(int width, int most, int sum)
{
    int room = width - sum - 5;
    return room > most ? most : room < 6 ? 6 : room;
}

/* A sum of money that ends in that column, so that sums can be read down. */
static inline void column_money(struct buf *out, const char *currency, int64_t units, int cells)
{
    struct buf sum = BUF_INIT;
    money_say(&sum, units, currency, reader_language);
    int gap = cells - text_cells(buf_text(&sum));
    buf_addf(out, "%*s%s", gap > 0 ? gap : 0, "", buf_text(&sum));
    buf_release(&sum);
}

#endif
