/* SPDX-License-Identifier: MIT */
/*
 * The routes by which a pouch goes from post to post, and what people do for each: one table, for
 * screens, commands and the manual. Layer: pouch; uses base.
 */
#ifndef AMPARO_POUCH_ROUTE_H
#define AMPARO_POUCH_ROUTE_H

#include <stdbool.h>

enum route {
    ROUTE_FOLDER,   /* a USB stick, a folder that is shared */
    ROUTE_MAIL,     /* a file that a mail program opens and sends */
    ROUTE_SENDMAIL, /* the mail system of the machine */
    ROUTE_TEXT,     /* armour, pasted into anything */
    ROUTE_PAPER,    /* QR codes on paper, by post */
    ROUTE_SCREEN,   /* QR codes on the screen, for a telephone or a camera */
    ROUTE_SCANNER,  /* codes typed in by a hand scanner */
    ROUTE_COUNT,
};

struct route_row {
    const char *code;  /* a word of the command line, never translated */
    const char *label; /* msgids: one or two words */
    const char *send;  /* sentences: what who sends does; NULL: this route only brings */
    const char *receive;
};

const struct route_row *route_row(enum route route);

/* The route of a code; false where there is none. */
bool route_parse(const char *code, enum route *route);

#endif
