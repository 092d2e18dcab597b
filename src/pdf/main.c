/* SPDX-License-Identifier: MIT */
/*
 * amparo-pdf: reads the description of a document (page/bytes.h) on its standard input, draws it,
 * and writes a PDF on its standard output. It reads nothing before it has given up all that it does
 * not need: pdf/sandbox.h. `amparo-pdf --sandbox` says how much of that this kernel lets it give
 * up.
 *
 * Exit status: 0 done; 1 it could not (no fonts, no memory, nobody reads the answer); 2 the call or
 * the description is wrong. What is wrong is said on standard error, and how many letters are
 * missing from what was drawn.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/base/mem.h"
#include "amparo/pdf/draw.h"
#include "amparo/pdf/fonts.h"
#include "amparo/pdf/sandbox.h"

enum { INPUT_MOST = 64 << 20 }; /* bytes */

static bool read_all(struct buf *in, struct error *err)
{
    enum { CHUNK = 65536 };

    for (;;) {
        buf_reserve(in, CHUNK);
        ssize_t n = read(STDIN_FILENO, in->data + in->size, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, ERROR_FAILED, "standard input: %s", strerror(errno));
        if (n == 0)
            return true;
        in->size += (size_t)n;
        if (in->size > INPUT_MOST)
            return error_set(err, ERROR_INPUT, "a description of more than 64 MiB");
    }
}

static bool write_all(const struct buf *out, struct error *err)
{
    for (size_t done = 0; done < out->size;) {
        ssize_t n = write(STDOUT_FILENO, out->data + done, out->size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, ERROR_FAILED, "standard output: %s", strerror(errno));
        done += (size_t)n;
    }
    return true;
}

static bool make(PangoContext *fonts, struct error *err)
{
    struct buf in = BUF_INIT, pdf = BUF_INIT;
    size_t missing = 0;
    bool ok = read_all(&in, err) && draw_document(fonts, in.data, in.size, &pdf, &missing, err) &&
              write_all(&pdf, err);

    if (ok && missing)
        fprintf(stderr, "amparo-pdf: no font has %zu of its letters\n", missing);
    buf_release(&in);
    buf_release(&pdf);
    return ok;
}

static int say_sandbox(const struct sandbox *held)
{
    const char *const words[] = {"does not hold", "holds"};

    printf("privileges %s\nlimits %s\nfiles %s\ncalls %s\n", words[held->privileges],
           words[held->limits], words[held->files], words[held->calls]);
    return 0;
}

static int run(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct sandbox held = sandbox_enter(fonts_folders);
    PangoContext *fonts = fonts_open();

    if (fonts && !held.files)
        fonts_load(fonts);
    sandbox_shut(&held);
    if (argc == 2 && !strcmp(argv[1], "--sandbox"))
        return say_sandbox(&held);
    if (argc > 1)
        error_set(&err, ERROR_INPUT,
                  "usage: amparo-pdf <DESCRIPTION >PDF, or amparo-pdf --sandbox");
    else if (!fonts)
        error_set(&err, ERROR_FAILED, "no fonts: install fonts-dejavu-core");
    else
        make(fonts, &err);
    if (err.kind)
        fprintf(stderr, "amparo-pdf: %s\n", error_text(&err));
    return (int)err.kind;
}

/* Not by return: what libraries do at the end takes time, and calls that are given up. */
int main(int argc, char **argv)
{
    int status = run(argc, argv);

    fflush(stdout);
    _exit(status);
}
