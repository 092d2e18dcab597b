/* SPDX-License-Identifier: MIT */
#include "amparo/base/png.h"

#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const uint8_t magic[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

enum {
    FRAME = 12, /* bytes of a chunk beside its data: length, type, check sum */
    HEAD = 13,  /* of IHDR */
    PALETTE = 3,
};

/* The chunks that draw, in the order in which they come. */
enum chunk { IHDR, PLTE, TRNS, IDAT, IEND, CHUNKS };
static const char *const names[CHUNKS] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};

struct reading {
    const uint8_t *at;
    size_t left;
    int last;   /* chunk read last that draws; -1: none */
    bool apart; /* another came after it */
    bool seen[CHUNKS];
    uint8_t colours; /* colour type */
    struct png_size measures;
    struct buf *out;
};

static uint32_t number(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Which depths each colour type may have. */
static bool has_depth(uint8_t colours, uint8_t depth)
{
    switch (colours) {
    case 0:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case PALETTE:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
        return depth == 8 || depth == 16;
    default:
        return false;
    }
}

static bool read_head(struct reading *r, const uint8_t *data, size_t size)
{
    if (size != HEAD)
        return false;
    r->measures = (struct png_size){number(data), number(data + 4)};
    r->colours = data[9];
    return r->measures.width && r->measures.height && has_depth(r->colours, data[8]) &&
           data[10] == 0 && data[11] == 0 && data[12] <= 1;
}

static bool fits_palette(const struct reading *r, size_t size)
{
    return size && size % 3 == 0 && size <= 3 * 256 && r->colours != 0 && r->colours != 4;
}

static bool is_letter(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int chunk_named(const uint8_t *type)
{
    int chunk = 0;

    while (chunk < CHUNKS && memcmp(names[chunk], type, 4) != 0)
        chunk++;
    return chunk;
}

/* In its order, once; the data may be in several that follow each other. */
static bool is_in_place(const struct reading *r, int chunk)
{
    if (chunk == IDAT && r->last == IDAT)
        return !r->apart;
    return chunk > r->last && (chunk == IHDR || r->seen[IHDR]) &&
           (chunk != IEND || r->seen[IDAT]) &&
           (chunk != IDAT || r->colours != PALETTE || r->seen[PLTE]);
}

static bool read_chunk(struct reading *r)
{
    if (r->left < FRAME)
        return false;
    uint32_t size = number(r->at);
    if (size > r->left - FRAME)
        return false;
    const uint8_t *type = r->at + 4, *data = type + 4;
    for (int i = 0; i < 4; i++)
        if (!is_letter(type[i]))
            return false;
    if (crc32(crc32(0, NULL, 0), type, size + 4) != number(data + size))
        return false;

    int chunk = chunk_named(type);
    if (chunk < CHUNKS) {
        if (!is_in_place(r, chunk) || (chunk == IHDR && !read_head(r, data, size)) ||
            (chunk == PLTE && !fits_palette(r, size)) || (chunk == IEND && size))
            return false;
        buf_add(r->out, r->at, size + FRAME);
        r->seen[chunk] = true;
        r->last = chunk;
    } else if (!(type[0] & 0x20) || r->last < 0) {
        return false; /* needed to draw it, and unknown; or before the head */
    }
    r->apart = chunk == CHUNKS;
    r->at += size + FRAME;
    r->left -= size + FRAME;
    return true;
}

static bool read_all(struct reading *r)
{
    while (r->last != IEND)
        if (!read_chunk(r))
            return false;
    return !r->left;
}

bool png_take(const void *bytes, size_t size, struct png_size *measures, struct buf *out,
              struct error *err)
{
    struct buf kept = BUF_INIT;
    struct reading r = {.last = -1, .out = &kept};
    bool ok = false;

    if (size > PNG_MOST_BYTES) {
        error_set(err, ERROR_INPUT, _("the picture is larger than %d kilobytes"),
                  PNG_MOST_BYTES >> 10);
    } else if (size < sizeof magic || memcmp(bytes, magic, sizeof magic) != 0) {
        error_set(err, ERROR_INPUT, "%s", _("it is no PNG picture"));
    } else {
        r.at = (const uint8_t *)bytes + sizeof magic;
        r.left = size - sizeof magic;
        buf_add(&kept, magic, sizeof magic);
        ok = read_all(&r);
        if (!ok)
            error_set(err, ERROR_INPUT, "%s", _("the picture is damaged, or not as a PNG is"));
        else if (r.measures.width > PNG_MOST_SIDE || r.measures.height > PNG_MOST_SIDE)
            ok = error_set(err, ERROR_INPUT, _("the picture has %u by %u dots; at most %d"),
                           r.measures.width, r.measures.height, PNG_MOST_SIDE);
    }
    if (ok) {
        buf_add(out, kept.data, kept.size);
        *measures = r.measures;
    }
    buf_release(&kept);
    return ok;
}
