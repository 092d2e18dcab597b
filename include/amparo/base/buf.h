/* SPDX-License-Identifier: MIT */
/*
 * A growable byte buffer that is always NUL-terminated. Layer: base; uses nothing of ours but mem.
 *
 * Start with BUF_INIT or buf_init(); end with buf_release(), which wipes what it held, so that a
 * buffer may carry personal data. buf_clear() wipes and keeps the memory.
 */
#ifndef AMPARO_BASE_BUF_H
#define AMPARO_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;  /* NUL-terminated; never NULL for a reader: use buf_text() */
    size_t size; /* bytes in use, without the final NUL */
    size_t room; /* bytes allocated */
};

#define BUF_INIT                                                                                   \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

void buf_init(struct buf *buf);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);

/* Makes room for `more` bytes beyond size. */
void buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *bytes, size_t size);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Cuts to `size` bytes, which must not be more than in use. */
void buf_cut(struct buf *buf, size_t size);

/* The content as a C string; "" when empty. Valid until the buffer changes. */
const char *buf_text(const struct buf *buf);

/* Hands the string to the caller, who frees it; the buffer is empty afterwards. */
char *buf_detach(struct buf *buf);

#endif
