/* SPDX-License-Identifier: MIT */
#include "amparo/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void buf_init(struct buf *buf)
{
    *buf = (struct buf)BUF_INIT;
}

void buf_release(struct buf *buf)
{
    if (buf->data)
        explicit_bzero(buf->data, buf->room);
    free(buf->data);
    buf_init(buf);
}

void buf_clear(struct buf *buf)
{
    if (buf->data)
        explicit_bzero(buf->data, buf->room);
    buf->size = 0;
}

/* Never realloc: the old block would be freed with its content in it. */
void buf_reserve(struct buf *buf, size_t more)
{
    size_t need = buf->size + more + 1;

    if (need < more)
        BUG("buffer size overflow");
    if (need <= buf->room)
        return;
    size_t room = buf->room * 2 > need ? buf->room * 2 : need + 32;
    char *data = xmalloc(room);
    if (buf->data) {
        memcpy(data, buf->data, buf->size + 1);
        explicit_bzero(buf->data, buf->room);
        free(buf->data);
    } else {
        data[0] = '\0';
    }
    buf->data = data;
    buf->room = room;
}

void buf_add(struct buf *buf, const void *bytes, size_t size)
{
    buf_reserve(buf, size);
    if (size)
        memcpy(buf->data + buf->size, bytes, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void buf_adds(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_addc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        BUG("format failed");
    buf_reserve(buf, (size_t)size);
    vsnprintf(buf->data + buf->size, (size_t)size + 1, format, args);
    buf->size += (size_t)size;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vaddf(buf, format, args);
    va_end(args);
}

void buf_cut(struct buf *buf, size_t size)
{
    if (size > buf->size)
        BUG("cut past the end");
    if (!buf->data)
        return;
    explicit_bzero(buf->data + size, buf->size - size);
    buf->size = size;
}

const char *buf_text(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}

char *buf_detach(struct buf *buf)
{
    buf_reserve(buf, 0);
    char *text = buf->data;
    buf_init(buf);
    return text;
}
