/* SPDX-License-Identifier: MIT */
/*
 * QR codes of texts in the alphanumeric letters (ISO/IEC 18004: digits, A to Z, blank, $%*+-./:),
 * as modules, and drawn as lines of text. How large a module is on paper is for who prints it.
 * Layer: pouch; uses base and the library libqrencode.
 */
#ifndef AMPARO_POUCH_QR_H
#define AMPARO_POUCH_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

/* How much of a code may be lost: about 7, 15, 25, 30 in a hundred. */
enum qr_level { QR_LEVEL_L, QR_LEVEL_M, QR_LEVEL_Q, QR_LEVEL_H };

enum {
    QR_VERSION_MOST = 40,
    QR_VERSION_PAPER = 20, /* with level M: what is read off paper well */
    QR_VERSION_SCREEN = 6, /* with level L, half blocks and a margin of 3: fits 24 lines */
    QR_MARGIN = 4,         /* modules of paper around a code, as the standard wants them */
};

struct qr_code {
    int version;   /* 1 to 40 */
    int width;     /* modules: 17 + 4 × version */
    uint8_t *dark; /* width × width, row by row: 1 or 0 */
};

/*
 * The smallest code that holds the text. False, with the code empty, where none up to that version
 * does, or where the text has other letters.
 */
bool qr_encode(struct qr_code *code, const char *text, int max_version, enum qr_level level);
void qr_release(struct qr_code *code);

/* How many letters a code of that version holds. */
size_t qr_room(int version, enum qr_level level);

/* Whether the module is dark; around the code there is paper. */
bool qr_dark(const struct qr_code *code, int x, int y);

struct qr_drawing {
    bool blocks;  /* half blocks of Unicode, two modules high; else two signs of ASCII a module */
    bool inverse; /* paper is drawn, and ink left out: for light letters on a dark screen */
    int margin;   /* modules around it */
};

/* Columns and lines that the drawing takes. */
int qr_columns(const struct qr_code *code, const struct qr_drawing *how);
int qr_lines(const struct qr_code *code, const struct qr_drawing *how);

/* Appends one line of it, from 0, without a newline. */
void qr_draw_line(struct buf *out, const struct qr_code *code, const struct qr_drawing *how,
                  int line);

#endif
