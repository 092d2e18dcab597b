/* SPDX-License-Identifier: MIT */
/*
 * A text that may be quoted-printable, HTML, quoted, in any character set, read letter by letter:
 * only what can be part of an armour comes out. Layer: pouch, inside.
 */
#ifndef AMPARO_POUCH_ARMOUR_TEXT_H
#define AMPARO_POUCH_ARMOUR_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ARMOUR_TEXT_END = -1 };

/* What one can only guess, and hence is done where the plain reading brought nothing. */
enum {
    ARMOUR_INITIALS = 1,    /* lines are quoted as "AB> " */
    ARMOUR_LONG_DASHES = 2, /* two dashes have become a long one */
    ARMOUR_ESCAPED = 4,     /* "- " was put before lines that begin with a dash */
    ARMOUR_GUESSES = 7,     /* all of these */
};

struct armour_text {
    const char *at, *end;
    bool inside;      /* between the marks, or in one: here tags are passed over */
    bool line_starts; /* nothing of this line was read yet */
    unsigned reading; /* of the above, those that are done */
    unsigned seen;    /* and those for which there was occasion */
    uint32_t part;    /* of a letter in UTF-8 */
    int missing;      /* bytes to it */
    bool another;     /* dash still to come */
};

struct armour_text armour_text_of(const void *bytes, size_t size);

/* Passes over what cannot be a bracket, nor stand for one. For where no mark has begun. */
void armour_text_skip(struct armour_text *text);

/* The next letter, a visible one of ASCII; ARMOUR_TEXT_END at the end. */
int armour_text_next(struct armour_text *text);

#endif
