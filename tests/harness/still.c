/* SPDX-License-Identifier: MIT */
/*
 * A world in which nothing changes by itself, for tests that compare what a program shows: loaded
 * before the C library (LD_PRELOAD), the clock says AMPARO_STILL, in seconds since 1970, and what
 * is drawn at random follows from AMPARO_CHANCE, another number for each program. For tests only.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

static uint64_t number(const char *name)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : 0;
}

time_t time(time_t *out)
{
    time_t now = (time_t)number("AMPARO_STILL");

    if (out)
        *out = now;
    return now;
}

/* splitmix64: a byte of it at a time. */
ssize_t getrandom(void *bytes, size_t size, unsigned flags)
{
    static uint64_t drawn;
    (void)flags;

    if (!drawn)
        drawn = (number("AMPARO_CHANCE") + 1) << 40;
    for (size_t i = 0; i < size; i++) {
        uint64_t z = drawn += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        ((unsigned char *)bytes)[i] = (unsigned char)((z ^ (z >> 31)) >> 56);
    }
    return (ssize_t)size;
}
