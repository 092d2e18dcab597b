/* SPDX-License-Identifier: MIT */
#include "amparo/base/base45.h"

#include <stdint.h>
#include <string.h>

enum { RADIX = 45, GROUP = 3 };

static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

size_t base45_length(size_t size)
{
    return size / 2 * GROUP + size % 2 * 2;
}

void base45_put(struct buf *out, const void *bytes, size_t size)
{
    const uint8_t *b = bytes;

    buf_reserve(out, base45_length(size));
    for (size_t i = 0; i < size; i += 2) {
        bool pair = i + 1 < size;
        unsigned value = pair ? (unsigned)b[i] << 8 | b[i + 1] : b[i];
        for (int n = pair ? GROUP : 2; n; n--, value /= RADIX)
            buf_addc(out, letters[value % RADIX]);
    }
}

static bool group(const char *text, size_t size, unsigned *value)
{
    *value = 0;
    for (size_t i = size; i; i--) {
        const char *letter = text[i - 1] ? strchr(letters, text[i - 1]) : NULL;
        if (!letter)
            return false;
        *value = *value * RADIX + (unsigned)(letter - letters);
    }
    return *value <= (size == GROUP ? UINT16_MAX : UINT8_MAX);
}

bool base45_get(struct buf *out, const char *text, size_t size)
{
    size_t before = out->size;

    if (size % GROUP == 1)
        return false;
    buf_reserve(out, size / GROUP * 2 + 1);
    for (size_t i = 0; i < size; i += GROUP) {
        size_t n = size - i < GROUP ? size - i : GROUP;
        unsigned value;
        if (!group(text + i, n, &value)) {
            buf_cut(out, before);
            return false;
        }
        if (n == GROUP)
            buf_addc(out, (char)(value >> 8));
        buf_addc(out, (char)(value & UINT8_MAX));
    }
    return true;
}
