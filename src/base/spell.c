/* SPDX-License-Identifier: MIT */
#include "amparo/base/spell.h"

#include <string.h>

const char spell_alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int spell_value(char c)
{
    if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n')
        return -2;
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *at = c ? strchr(spell_alphabet, c) : NULL;
    return at ? (int)(at - spell_alphabet) : -1;
}

/* Multiplies by x in GF(32), modulo x^5 + x^2 + 1: a polynomial code. */
static unsigned times_x(unsigned a)
{
    a <<= 1;
    return a & 32 ? a ^ 37 : a;
}

unsigned spell_add(unsigned sum, unsigned value)
{
    return times_x(sum) ^ value;
}

unsigned spell_check(unsigned sum)
{
    return times_x(sum);
}
