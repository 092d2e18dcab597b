/* SPDX-License-Identifier: MIT */
/* One frame as its text, and as what a scanner made of it. Layer: pouch, inside. */
#ifndef AMPARO_POUCH_FRAME_TEXT_H
#define AMPARO_POUCH_FRAME_TEXT_H

#include "amparo/pouch/frames.h"

#define FRAME_NAME "AMPARO1"
#define FRAME_BEGINS FRAME_NAME ":"
#define FRAME_ENDS "."

enum {
    FRAME_AROUND = sizeof FRAME_BEGINS - 1 + sizeof FRAME_ENDS - 1, /* letters */
    FRAME_HEAD = POUCH_PREFIX + 2,                                  /* bytes */
    FRAME_CHECK = 4,
};

struct frame {
    uint8_t prefix[POUCH_PREFIX];
    unsigned number, count;
    const uint8_t *piece;
    size_t size;
};

void frame_check(const void *bytes, size_t size, uint8_t check[FRAME_CHECK]);
void frame_name(const struct frame *frame, char name[POUCH_NAME_SIZE]);

/* QR_FOREIGN, QR_DAMAGED with the fault, or QR_TAKEN: then the frame's piece is in `bytes`. */
enum qr_taken frame_read(const char *text, size_t size, struct buf *bytes, struct frame *frame,
                         const char **fault);

#endif
