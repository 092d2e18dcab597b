/* SPDX-License-Identifier: MIT */
#include "amparo/vault/recovery.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"

enum { GROUPS = 13, DATA = 4, GROUP = DATA + 1, BITS = 5 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

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

/* The n-th five bits of the secret; those past its end are zero. */
static unsigned bits_at(const uint8_t secret[RECOVERY_SECRET], unsigned n)
{
    unsigned value = 0;

    for (unsigned bit = n * BITS; bit < (n + 1) * BITS; bit++) {
        value <<= 1;
        if (bit < 8 * RECOVERY_SECRET)
            value |= secret[bit / 8] >> (7 - bit % 8) & 1;
    }
    return value;
}

void recovery_print(const uint8_t secret[RECOVERY_SECRET], struct buf *out)
{
    for (unsigned g = 0; g < GROUPS; g++) {
        unsigned data[DATA];

        buf_adds(out, g ? "-" : "");
        for (unsigned i = 0; i < DATA; i++) {
            data[i] = bits_at(secret, g * DATA + i);
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

/* Takes the next group off the text; returns how many of its characters there were. */
static int next_group(const char **text, unsigned value[GROUP])
{
    int n = 0;

    while (n < GROUP && **text) {
        int v = value_of(*(*text)++);

        if (v == -1)
            return -1;
        if (v >= 0)
            value[n++] = (unsigned)v;
    }
    return n;
}

static void put_bits(uint8_t secret[RECOVERY_SECRET], unsigned n, unsigned value)
{
    for (unsigned i = 0; i < BITS; i++) {
        unsigned bit = n * BITS + i;

        if (bit < 8 * RECOVERY_SECRET && (value >> (BITS - 1 - i) & 1))
            secret[bit / 8] |= (uint8_t)(1u << (7 - bit % 8));
    }
}

bool recovery_parse(const char *text, uint8_t secret[RECOVERY_SECRET], struct error *err)
{
    unsigned value[GROUP] = {0};
    bool fine = true;

    memset(secret, 0, RECOVERY_SECRET);
    for (unsigned g = 0; fine && g < GROUPS; g++) {
        fine = next_group(&text, value) == GROUP && check_of(value, g) == value[DATA];
        if (!fine)
            error_set(err, ERROR_VAULT,
                      _("the recovery key is mistyped: look at group %u of %d again"), g + 1,
                      (int)GROUPS);
        for (unsigned i = 0; fine && i < DATA; i++)
            put_bits(secret, g * DATA + i, value[i]);
    }
    /* The last character carries one bit of the secret and four zeros. */
    if (fine && value[DATA - 1] & 15)
        fine = error_set(err, ERROR_VAULT,
                         _("the recovery key is mistyped: look at group %d of %d again"),
                         (int)GROUPS, (int)GROUPS);
    while (fine && *text)
        if (value_of(*text++) != -2)
            fine = error_set(err, ERROR_VAULT,
                             _("the recovery key is too long: it has %d groups of %d characters"),
                             (int)GROUPS, (int)GROUP);
    if (!fine)
        sodium_memzero(secret, RECOVERY_SECRET);
    sodium_memzero(value, sizeof(value));
    return fine;
}
