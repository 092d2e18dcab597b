/* SPDX-License-Identifier: MIT */
/*
 * How hard a passphrase is to guess: an estimate that would rather be too low, for who has a copy
 * of the file and knows how people choose. Layer: base; pure, keeps no copy of what it looks at.
 *
 * (Debian has libzxcvbn and libpwquality: both copy what they look at into memory that is neither
 * locked nor wiped, and know English words alone.)
 *
 * What counts: a word 9 bits, as if it stood among 512, one of three letters or less 2 a letter;
 * said before, 1; one that the file itself tells (a name, a city), 2.
 * Letters that are no word, by no vowel among seven or by capitals within, 4 bits each. A digit 3.3
 * bits, a year 7, a row such as 1234, qwerty or aaaa 4 in all. Another sign 4 bits for the first of
 * its kind, 1 for the next; blanks and hyphens between words nothing. A capital to begin with, 1
 * once.
 */
#ifndef AMPARO_BASE_STRENGTH_H
#define AMPARO_BASE_STRENGTH_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

struct strength {
    size_t words;
    double bits;
};

enum strength_level { STRENGTH_NONE, STRENGTH_WEAK, STRENGTH_FAIR, STRENGTH_GOOD };

/* known: texts that anybody would try first, ended by NULL; or NULL. */
struct strength strength_of(const char *text, size_t length, const char *const known[]);

/* Below 30 bits it is none; from 40 fair, from 50 good. */
enum strength_level strength_level(const struct strength *strength);

/*
 * "6 words, about 54 bits: good. With a copy of the file, a thousand machines at ten tries a second
 * each would need about 28,000 years." Appended; the key derivation is what holds a machine to such
 * a number of tries (vault/kdf.h: half a second of one, and its memory).
 */
void strength_say(struct buf *out, const struct strength *strength);

#endif
