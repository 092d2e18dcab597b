/* SPDX-License-Identifier: MIT */
/* What the files of the plain text share: the lines of a document. Not for others. */
#ifndef AMPARO_PAGE_PLAIN_PARTS_H
#define AMPARO_PAGE_PLAIN_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/page/paper.h"

struct line {
    char *text;
    bool keep;         /* on the same page as the next line */
    bool one;          /* the same, however much of the page before stays empty */
    bool last;         /* of its page, wherever that is */
    size_t head, rows; /* the lines that head its table: the first, and how many */
};

struct plain {
    const struct paper *p;
    struct line *lines;
    size_t count, room;
    size_t head, rows, table; /* of the table that is being written */
    bool in_head;             /* the block before is of its head */
    int left, width;          /* of the block that is being written */
};

/* Adds the lines of a block. */
void plain_put(struct plain *out, const struct block *b);

#endif
