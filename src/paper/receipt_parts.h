/* SPDX-License-Identifier: MIT */
/* What the files of the receipt share. Not for others. */
#ifndef AMPARO_PAPER_RECEIPT_PARTS_H
#define AMPARO_PAPER_RECEIPT_PARTS_H

#include "amparo/paper/receipt.h"

struct receipt {
    const struct paper_source *source;
    const struct paper_language *l;
    struct paper *p;
    long person;
    bool full;
    char number[24]; /* of the person: who is to read */
    struct audience her;
};

/* Of an act what she may have: a new reference. */
json_t *receipt_hers(const struct receipt *r, const struct entry *e);

/* Is it one of a list of codes? */
bool receipt_has_code(const json_t *codes, const char *code);

/* Before each line of what she agreed to; those lines; and what else of the consents is a field of
 * the template. */
extern const char receipt_item_sign[];
void receipt_write_agreed(const void *ctx, struct buf *out);
void receipt_write_held(const void *ctx, struct buf *out);
void receipt_write_basis(const void *ctx, struct buf *out);

#endif
