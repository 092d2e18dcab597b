/* SPDX-License-Identifier: MIT */
/*
 * A passphrase of words drawn at random, from our own lists of 512 plain words of four letters
 * or more, without accents (data/words), one for each language of the program: each word is 9 bits,
 * a hair less as none comes twice. Layer: base.
 */
#ifndef AMPARO_BASE_WORDS_H
#define AMPARO_BASE_WORDS_H

#include <stddef.h>

enum { WORDS_IN_LIST = 512, WORDS_BITS = 9, WORDS_USUAL = 6, WORDS_MOST = 16 };

/*
 * Writes so many words of that language (en, es, fr; of another: English), blanks between them, and
 * a NUL; into memory of the caller's, which ought to be locked. Returns their length; 0 where there
 * is not the room, or no randomness.
 */
size_t words_draw(const char *language, size_t count, char *out, size_t room);

#endif
