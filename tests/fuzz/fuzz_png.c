/* SPDX-License-Identifier: MIT */
/*
 * The picture of a seal. What is taken is within its bounds, no longer than what was given, and is
 * taken again as it is. Mutants get new check sums: without them hardly one would be read.
 */
#include <string.h>
#include <zlib.h>

#include "amparo/base/png.h"
#include "fuzz.h"

enum { MAGIC = 8, FRAME = 12 };

static bool run(const uint8_t *bytes, size_t size)
{
    struct error err = ERROR_INIT;
    struct buf once = BUF_INIT, twice = BUF_INIT;
    struct png_size measures = {0, 0}, again;
    bool taken = png_take(bytes, size, &measures, &once, &err);

    if (taken) {
        PROMISE(once.size <= size && size <= PNG_MOST_BYTES, "it grew, or is too large");
        PROMISE(measures.width && measures.width <= PNG_MOST_SIDE && measures.height &&
                    measures.height <= PNG_MOST_SIDE,
                "%u by %u", measures.width, measures.height);
        PROMISE(png_take(once.data, once.size, &again, &twice, &err), "not taken again");
        PROMISE(twice.size == once.size && !memcmp(once.data, twice.data, once.size) &&
                    again.width == measures.width && again.height == measures.height,
                "another one when it is taken again");
    } else {
        fuzz_message(&err, NULL);
        PROMISE(!once.size, "refused, and half taken");
    }
    buf_release(&once);
    buf_release(&twice);
    error_release(&err);
    return taken;
}

/* The check sums of the chunks as their lengths say they are. */
static void mend(struct buf *input)
{
    uint8_t *bytes = (uint8_t *)input->data;

    for (size_t at = MAGIC; at + FRAME <= input->size;) {
        size_t size = (size_t)bytes[at] << 24 | (size_t)bytes[at + 1] << 16 |
                      (size_t)bytes[at + 2] << 8 | bytes[at + 3];
        if (size > input->size - at - FRAME)
            return;
        uLong sum = crc32(crc32(0, NULL, 0), bytes + at + 4, (uInt)size + 4);
        for (int i = 0; i < 4; i++)
            bytes[at + 8 + size + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
        at += size + FRAME;
    }
}

static void mutate(struct fuzz_random *random, const char *const *words, struct buf *input)
{
    fuzz_mutate_bytes(random, words, input);
    if (fuzz_below(random, 8))
        mend(input);
}

/* Grey; with a palette, what is seen through, and a text; with an alpha channel. */
static const struct fuzz_seed seeds[] = {
    SEED("\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x04"
         "\x00\x00\x00\x04\x08\x00\x00\x00\x00\x8c\x9a\xc1\xa2\x00\x00\x00\x1c\x49\x44\x41"
         "\x54\x78\xda\x63\x60\x60\xe7\x13\x65\x60\xe6\x12\x94\x60\x60\xe3\x15\x91\x66\xe0"
         "\x14\x10\x97\x03\x00\x07\xbc\x00\xf1\x42\xce\xa8\x49\x00\x00\x00\x00\x49\x45\x4e"
         "\x44\xae\x42\x60\x82"),
    SEED("\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x08"
         "\x00\x00\x00\x02\x02\x03\x00\x00\x00\x18\xfa\x75\x7e\x00\x00\x00\x0c\x50\x4c\x54"
         "\x45\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\xdc\x4c\x38\x9c\x00\x00\x00"
         "\x02\x74\x52\x4e\x53\x00\xff\x5b\x91\x22\xb5\x00\x00\x00\x08\x74\x45\x58\x74\x41"
         "\x75\x74\x68\x6f\x72\x00\x78\xf4\x72\x71\xed\x00\x00\x00\x0e\x49\x44\x41\x54\x78"
         "\xda\x63\x60\x60\x67\x60\xe6\x02\x00\x00\x32\x00\x15\x94\x3d\x5d\xa7\x00\x00\x00"
         "\x00\x49\x45\x4e\x44\xae\x42\x60\x82"),
    SEED("\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x03"
         "\x00\x00\x00\x03\x08\x06\x00\x00\x00\x56\x28\xb5\xbf\x00\x00\x00\x2f\x49\x44\x41"
         "\x54\x78\xda\x63\x60\x60\xe7\x13\x95\x51\xd6\x32\xb4\xb0\x77\xf3\x65\x60\xe6\x12"
         "\x94\x90\x57\xd3\x35\xb1\x76\xf2\x0c\x60\x60\xe3\x15\x91\x56\xd2\x34\x30\xb7\x73"
         "\xf5\x09\x06\x00\x62\x91\x05\xd7\x8c\xd3\x2e\xa3\x00\x00\x00\x00\x49\x45\x4e\x44"
         "\xae\x42\x60\x82"),
    SEEDS_END,
};

static const char *const list[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND", "eXIf", "acTL", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(png, run) = {"png", run, seeds, words, mutate, 6000};
