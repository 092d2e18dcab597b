/* SPDX-License-Identifier: MIT */
/*
 * Key cards (store/card.h) as QR codes: the bytes of a card's line, or the line of a root's as it
 * is, in the frames by which pouches go. Layer: pouch; uses base.
 */
#ifndef AMPARO_POUCH_CARDCODES_H
#define AMPARO_POUCH_CARDCODES_H

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/pouch/frames.h"

enum {
    CARD_PAPER_VERSION = 11, /* the largest that has room on a page of 80 columns, as text */
};

/* As qr_frames(); the caller releases them. ERROR_INPUT where the line is none of a card's. */
bool card_codes(const char *line, int max_version, enum qr_level level, struct qr_frames *out,
                struct error *err);

/* Are the bytes those of a card, as they came out of codes? Then its line is appended; whether it
 * is whole and good is for who reads it. */
bool card_of_codes(const void *bytes, size_t size, struct buf *line);

/* Appends the codes for paper, one under the other, a line of text for each line of a drawing: dark
 * on light, in half blocks. Above and below there have to be two lines of paper. */
void card_draw(const struct qr_frames *codes, struct buf *out);

#endif
