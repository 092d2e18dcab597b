/* SPDX-License-Identifier: MIT */
#include "amparo/vault/code.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { DATA = CODE_GROUP - 1, BITS = 5 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

unsigned code_groups(size_t size)
{
    return (unsigned)(8 * size + DATA * BITS - 1) / (DATA * BITS);
}

/* Multiplies by x in GF(32), modulo x^5 + x^2 + 1. */
static unsigned times_x(unsigned a)
{
    a <<= 1;
    return a & 32 ? a ^ 37 : a;
}

/* A polynomial code over GF(32), started with the group's number: hence what it finds. */
static unsigned check_of(const unsigned data[DATA], unsigned group)
{
    unsigned sum = group + 1;

    for (int i = 0; i < DATA; i++)
        sum = times_x(sum) ^ data[i];
    return times_x(sum);
}

/* The n-th five bits; those past the end are zero. */
static unsigned bits_at(const uint8_t *bytes, size_t size, unsigned n)
{
    unsigned value = 0;

    for (unsigned bit = n * BITS; bit < (n + 1) * BITS; bit++) {
        value <<= 1;
        if (bit < 8 * size)
            value |= bytes[bit / 8] >> (7 - bit % 8) & 1;
    }
    return value;
}

void code_print(const uint8_t *bytes, size_t size, struct buf *out)
{
    if (size > CODE_MOST)
        BUG("a code for so much cannot tell its groups apart");
    for (unsigned g = 0; g < code_groups(size); g++) {
        unsigned data[DATA];

        buf_adds(out, g ? "-" : "");
        for (unsigned i = 0; i < DATA; i++) {
            data[i] = bits_at(bytes, size, g * DATA + i);
            buf_addc(out, alphabet[data[i]]);
        }
        buf_addc(out, alphabet[check_of(data, g)]);
        sodium_memzero(data, sizeof(data));
    }
}

/* The value of a character; -1 where it is none, -2 where it only separates. */
static int value_of(char c)
{
    const char *at;

    if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n')
        return -2;
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* Takes the next group off the text; whether it is a whole one. */
static bool next_group(const char **text, unsigned value[CODE_GROUP])
{
    int n = 0;

    while (n < CODE_GROUP && **text) {
        int v = value_of(*(*text)++);

        if (v == -1)
            return false;
        if (v >= 0)
            value[n++] = (unsigned)v;
    }
    return n == CODE_GROUP;
}

/* False where a bit is set past the end. */
static bool put_bits(uint8_t *bytes, size_t size, unsigned n, unsigned value)
{
    for (unsigned i = 0; i < BITS; i++) {
        unsigned bit = n * BITS + i, set = value >> (BITS - 1 - i) & 1;

        if (set && bit >= 8 * size)
            return false;
        if (set)
            bytes[bit / 8] |= (uint8_t)(1u << (7 - bit % 8));
    }
    return true;
}

static bool is_blank(const char *text)
{
    while (*text)
        if (value_of(*text++) != -2)
            return false;
    return true;
}

int code_parse(const char *text, uint8_t *bytes, size_t size)
{
    unsigned value[CODE_GROUP] = {0}, groups = code_groups(size);
    int bad = 0;

    memset(bytes, 0, size);
    for (unsigned g = 0; !bad && g < groups; g++) {
        bool fine = next_group(&text, value) && check_of(value, g) == value[DATA];

        for (unsigned i = 0; fine && i < DATA; i++)
            fine = put_bits(bytes, size, g * DATA + i, value[i]);
        bad = fine ? 0 : (int)g + 1;
    }
    if (!bad && !is_blank(text))
        bad = CODE_TOO_LONG;
    if (bad)
        sodium_memzero(bytes, size);
    sodium_memzero(value, sizeof(value));
    return bad;
}
