/* SPDX-License-Identifier: MIT */
/*
 * What is typed or scanned line by line where pouches come in: whether a line is the name of a
 * file, a QR code or part of a text; and what is gathered until it is whole. Layer: tui; pure but
 * for what it holds; uses pouch.
 */
#ifndef AMPARO_TUI_ARRIVING_H
#define AMPARO_TUI_ARRIVING_H

#include <jansson.h>

#include "amparo/base/buf.h"
#include "amparo/pouch/frames.h"

struct arriving {
    struct qr_join join; /* codes of pouches that are not whole */
    json_t *codes;       /* the same as they were typed: lists by the names of the pouches */
    struct buf text;     /* lines of a text of which the end has not come */
};

void arriving_init(struct arriving *a);
void arriving_release(struct arriving *a);

enum arriving_kind {
    ARRIVING_NOTHING,
    ARRIVING_PATH,
    ARRIVING_CODE,
    ARRIVING_TEXT, /* a line of a text */
};
enum arriving_kind arriving_kind(const struct arriving *a, const char *line);

/* Whether something that was pasted is a text, or codes, and no name of a file. */
bool arriving_is_text(const char *pasted);

/* Takes a line of a text; true: it is whole (a->text), and the caller clears it. */
bool arriving_take_text(struct arriving *a, const char *line);

struct arriving_code {
    const struct qr_gathered *of; /* NULL where there is a fault */
    const char *fault;            /* in the reader's language; NULL: it was taken */
    bool again;                   /* it was here before */
};

/* Takes a code; true: its pouch is whole (out->of->whole), and the caller forgets it. */
bool arriving_take_code(struct arriving *a, const char *typed, struct arriving_code *out);
void arriving_forget(struct arriving *a, const struct qr_gathered *of);

void arriving_keep(const struct arriving *a, json_t *kept);
void arriving_restore(struct arriving *a, const json_t *kept);

#endif
