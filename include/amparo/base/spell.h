/* SPDX-License-Identifier: MIT */
/*
 * Codes that people read to each other over the telephone: thirty-two characters of which none is
 * taken for another, five bits each, and a character that checks the rest. Layer: base.
 */
#ifndef AMPARO_BASE_SPELL_H
#define AMPARO_BASE_SPELL_H

/* Digits and capitals without I, L, O and U. */
extern const char spell_alphabet[33];

/* The value of a character as typed (O is 0, I and L are 1, small letters are capitals); -1 where
 * it is none, -2 where it only separates: blanks and hyphens. */
int spell_value(char c);

/*
 * A check over values of 5 bits: begin with any sum but 0, add each value in turn, and what
 * spell_check() then says is the value of the check character. One wrong character is always
 * found, and so are two that have changed places.
 */
unsigned spell_add(unsigned sum, unsigned value);
unsigned spell_check(unsigned sum);

#endif
