/* SPDX-License-Identifier: MIT */
#include "tests/unit/pdf_kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/paper/pdf.h"

const char *pdf_kit_helper(void)
{
    static char path[4096];
    const char *build = getenv("AMPARO_BUILD");

    snprintf(path, sizeof path, "%s/amparo-pdf", build ? build : ".");
    return path;
}

void pdf_kit_begin(struct paper *p)
{
    paper_init(p);
    buf_adds(&p->title, "Made-up document");
    buf_adds(&p->mark, "CONFIDENTIAL");
    buf_adds(&p->pages, "page %zu of %zu");
    buf_adds(&p->witness, "Witness 1042-K7QX-93MD-PZ4V");
    buf_adds(&p->language, "es");
    buf_adds(&p->at, "2026-03-16T10:00:00Z");
}

size_t pdf_kit_draw(const struct paper *p, enum paper_size size, struct buf *pdf)
{
    struct error err = ERROR_INIT;
    size_t missing = 0;

    if (!pdf_make(pdf_kit_helper(), p, size, pdf, &missing, &err))
        fail_msg("%s", error_text(&err));
    return missing;
}

/* A tool of poppler, given the file, and what it answers. */
static void ask(char *const argv[], const struct buf *pdf, struct buf *answer)
{
    struct program tool;

    if (program_start(&tool, argv, environ, pdf->data, pdf->size)) {
        print_message("%s is not installed\n", argv[0]);
        skip();
    }
    while (program_step(&tool, 1000))
        ;
    if (program_end(&tool) != PROGRAM_DONE || tool.words.size)
        fail_msg("%s: %s", argv[0], buf_text(&tool.words));
    buf_add(answer, tool.answer.data, tool.answer.size);
    program_release(&tool);
}

char *pdf_kit_text(const struct buf *pdf, int page, bool by_lines)
{
    char tool[] = "pdftotext", from[] = "-f", to[] = "-l", dash[] = "-", out[] = "-";
    char layout[] = "-layout", raw[] = "-raw", number[16], last[16];
    char *argv[] = {tool, by_lines ? layout : raw, from, number, to, last, dash, out, NULL};
    struct buf answer = BUF_INIT;

    snprintf(number, sizeof number, "%d", page ? page : 1);
    snprintf(last, sizeof last, "%d", page ? page : 100000);
    ask(argv, pdf, &answer);
    return answer.data ? buf_detach(&answer) : xstrdup("");
}

char *pdf_kit_info(const struct buf *pdf)
{
    char tool[] = "pdfinfo", dash[] = "-", *argv[] = {tool, dash, NULL};
    struct buf answer = BUF_INIT;

    ask(argv, pdf, &answer);
    return buf_detach(&answer);
}

void pdf_kit_ink(const struct buf *pdf, int page, int dots_an_inch, struct pdf_ink *ink)
{
    char tool[] = "pdftoppm", gray[] = "-gray", one[] = "-singlefile", from[] = "-f", r[] = "-r";
    char number[16], dots[16], dash[] = "-";
    char *argv[] = {tool, gray, one, from, number, r, dots, dash, NULL};
    int size = 0;

    *ink = (struct pdf_ink){0};
    snprintf(number, sizeof number, "%d", page);
    snprintf(dots, sizeof dots, "%d", dots_an_inch);
    ask(argv, pdf, &ink->file);
    assert_int_equal(
        sscanf(buf_text(&ink->file), "P5 %d %d 255%n", &ink->width, &ink->height, &size), 2);
    ink->dots = (unsigned char *)ink->file.data + size + 1;
    assert_int_equal(ink->file.size, (size_t)size + 1 + (size_t)ink->width * (size_t)ink->height);
}

void pdf_kit_ink_release(struct pdf_ink *ink)
{
    buf_release(&ink->file);
}
