/* SPDX-License-Identifier: MIT */
/*
 * A PNG picture, checked by its head and chunks and never decoded: what draws it decodes it, in
 * another process. Layer: base; uses buf, error, and zlib for the check sums.
 */
#ifndef AMPARO_BASE_PNG_H
#define AMPARO_BASE_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

enum { PNG_MOST_BYTES = 64 << 10, PNG_MOST_SIDE = 1000 };

struct png_size {
    uint32_t width, height; /* pixels */
};

/*
 * Appends the picture with the chunks that draw it and no other: what cameras and editors write
 * beside it (places, names, dates) stays behind. ERROR_INPUT where it is no PNG, is damaged, or is
 * larger than above; nothing is appended then.
 */
bool png_take(const void *bytes, size_t size, struct png_size *measures, struct buf *out,
              struct error *err);

#endif
