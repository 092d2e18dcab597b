/* SPDX-License-Identifier: MIT */
/*
 * A key card on paper: the fingerprint in digits, to be compared over the telephone, the card's
 * line, and its QR codes. Nothing on it is secret or personal. Layer: paper; uses store.
 */
#ifndef AMPARO_PAPER_KEYCARD_H
#define AMPARO_PAPER_KEYCARD_H

#include "amparo/page/paper.h"
#include "amparo/store/card.h"
#include "amparo/store/store.h"

struct keycard {
    const struct card *card; /* NULL: of the root of the directory */
    const char *fingerprint; /* six groups of digits */
    const char *line;        /* as card.h has it */
    const char *const *codes; /* what its QR codes say, ended by NULL */
    const char *drawing;      /* the same as lines of text, at most PAPER_COLUMNS wide; "": none */
};

/* Appends its pages; language NULL: the reader's. ERROR_INPUT where there is no such language. */
bool paper_keycard(struct store *store, const struct keycard *what, const char *language,
                   struct paper *out, struct error *err);

#endif
