/* SPDX-License-Identifier: MIT */
#include "amparo/cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

struct guarded {
    int fd;
    char cut[4]; /* a letter whose last bytes are still to come */
    size_t cut_size;
};

/* How many bytes at the end may be a letter that is not whole yet. */
static size_t cut_short(const char *bytes, size_t size)
{
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = (unsigned char)bytes[size - back];
        size_t whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        if (whole > back)
            return back;
        if ((byte & 0xC0) != 0x80)
            return 0;
    }
    return 0;
}

static void show(struct buf *out, const char *bytes, size_t size)
{
    char *text = xstrndup(bytes, size);

    for (size_t i = 0; i < size; i++)
        text[i] = bytes[i] ? bytes[i] : '\x01'; /* shown as what it is: none of ours */
    for (size_t at = 0; at < size;) {
        size_t line = strcspn(text + at, "\n");
        text_shown(out, text + at, line);
        at += line;
        if (at < size)
            buf_addc(out, text[at++]);
    }
    explicit_bzero(text, size);
    free(text);
}

static bool send(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t sent = write(fd, bytes, size);
        if (sent < 0 && errno != EINTR)
            return false;
        bytes += sent > 0 ? sent : 0;
        size -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static ssize_t put(void *cookie, const char *bytes, size_t size)
{
    struct guarded *g = cookie;
    struct buf all = BUF_INIT, shown = BUF_INIT;

    buf_add(&all, g->cut, g->cut_size);
    buf_add(&all, bytes, size);
    g->cut_size = cut_short(all.data, all.size);
    memcpy(g->cut, all.data + all.size - g->cut_size, g->cut_size);
    show(&shown, all.data, all.size - g->cut_size);
    bool sent = send(g->fd, buf_text(&shown), shown.size);
    buf_release(&all);
    buf_release(&shown);
    return sent ? (ssize_t)size : 0;
}

static int finish(void *cookie)
{
    free(cookie);
    return 0;
}

static FILE *stream_of(struct guarded *g, int fd, cookie_close_function_t *close)
{
    FILE *stream = fopencookie(g, "w", (cookie_io_functions_t){.write = put, .close = close});

    g->fd = fd;
    if (stream)
        setvbuf(stream, NULL, _IOLBF, BUFSIZ);
    return stream;
}

FILE *terminal_stream(int fd)
{
    struct guarded *g = xcalloc(1, sizeof *g);
    FILE *stream = stream_of(g, fd, finish);

    if (!stream)
        free(g);
    return stream;
}

/* The C library here lets its streams be other ones. */
void terminal_guard(void)
{
    static struct guarded guards[2]; /* as long as the program */
    FILE *out = isatty(STDOUT_FILENO) ? stream_of(&guards[0], STDOUT_FILENO, NULL) : NULL;
    FILE *err = isatty(STDERR_FILENO) ? stream_of(&guards[1], STDERR_FILENO, NULL) : NULL;

    if (out)
        stdout = out;
    if (err)
        stderr = err;
}
