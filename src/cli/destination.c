/* SPDX-License-Identifier: MIT */
#include "amparo/cli/destination.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/page/plain.h"
#include "amparo/paper/output.h"
#include "amparo/paper/pdf.h"
#include "amparo/paper/printer.h"
#include "amparo/paper/printset.h"

static bool read_copies(const char *text, struct destination *to, struct error *err)
{
    char *end;

    if (!text)
        return true;
    if (!to->printer)
        return error_set(err, ERROR_INPUT, _("--copies: a printer makes them; say --printer"));
    to->copies = strtol(text, &end, 10);
    return (end != text && !*end && to->copies >= 1 && to->copies <= PRINT_COPIES_MOST) ||
           error_set(err, ERROR_INPUT, _("--copies %s: from 1 to %d"), text, PRINT_COPIES_MOST);
}

/* As what: the name of a file says it, and nothing may say otherwise. */
static bool read_form(const struct cli *cli, struct destination *to, struct error *err)
{
    to->pdf = cli_has(cli, "pdf");
    to->text = cli_has(cli, "text");
    if (to->pdf && to->text)
        return error_set(err, ERROR_INPUT, _("--pdf and --text: one of them at a time"));
    bool pages = to->output && output_is_named(to->output, ".pdf");
    if (pages && to->text)
        return error_set(err, ERROR_INPUT, _("--text: %s is a name for pages"), to->output);
    if (to->output && to->pdf && output_is_named(to->output, ".txt"))
        return error_set(err, ERROR_INPUT, _("--pdf: %s is a name for plain text"), to->output);
    to->pdf = to->pdf || pages;
    if (to->pdf && !to->output && !to->printer && isatty(STDOUT_FILENO))
        return error_set(err, ERROR_INPUT, _("--pdf: no terminal shows pages; say -o FILE.pdf"));
    return true;
}

bool destination_read(const struct cli *cli, struct destination *out, struct error *err)
{
    enum paper_size size;

    *out = (struct destination){.output = cli_value(cli, "output"),
                                .printer = cli_value(cli, "printer"),
                                .paper = cli_value(cli, "paper"),
                                .copies = 1};
    if (out->output && strcmp(out->output, "-") == 0)
        out->output = NULL;
    if (out->paper && !paper_size_parse(out->paper, &size))
        return error_set(err, ERROR_INPUT, _("--paper %s: it is letter or a4"), out->paper);
    if (out->output && out->printer)
        return error_set(err, ERROR_INPUT, _("-o and --printer: one of them at a time"));
    return read_copies(cli_value(cli, "copies"), out, err) && read_form(cli, out, err) &&
           (!out->output || output_is_free(out->output, err));
}

/* ---- putting it there ---- */

static bool is_drawn(const struct destination *to, const struct print_set *set)
{
    if (to->printer && !to->text && !to->pdf)
        return pdf_is_here() && !print_set_has_dots(set, to->printer);
    return to->pdf;
}

/* Who reads it may have had enough after a part of it. */
static bool to_standard_output(const struct buf *bytes, bool *gone, struct error *err)
{
    size_t size = output_bytes(STDOUT_FILENO, buf_text(bytes), bytes->size);

    *gone = size > 0;
    return size == bytes->size ||
           error_set(err, ERROR_FAILED, _("standard output: cannot be written: %s"),
                     strerror(errno));
}

/* *gone: some of it arrived, or may have. */
static bool put(const struct destination *to, enum paper_size size, const struct buf *bytes,
                bool *gone, struct error *err)
{
    const struct print_order order = {to->printer, to->copies, size};

    return to->output    ? output_file(to->output, buf_text(bytes), bytes->size, err)
           : to->printer ? print_document(&order, buf_text(bytes), bytes->size, NULL, err)
                         : to_standard_output(bytes, gone, err);
}

static bool draw(const struct paper *paper, enum paper_size size, struct buf *out,
                 struct error *err)
{
    size_t missing;

    if (!pdf_make(NULL, paper, size, out, &missing, err))
        return false;
    if (missing)
        fprintf(stderr,
                n_("%zu letter is in no font here, and is drawn as a box\n",
                   "%zu letters are in no font here, and are drawn as boxes\n", missing),
                missing);
    return true;
}

static bool make_and_put(const struct destination *to, struct store *store,
                         const struct paper *paper, bool *gone, struct error *err)
{
    struct print_set set;
    struct buf bytes = BUF_INIT;

    if (!print_set_read(store, &set, err))
        return false;
    enum paper_size size = set.size;
    if (to->paper)
        paper_size_parse(to->paper, &size);
    bool ok = true;
    if (is_drawn(to, &set))
        ok = draw(paper, size, &bytes, err);
    else
        paper_text(paper, size, &bytes);
    ok = ok && put(to, size, &bytes, gone, err);
    print_set_release(&set);
    buf_release(&bytes);
    return ok;
}

bool destination_put(const struct destination *to, struct store *store, const struct paper *paper,
                     const struct access_copy *entered, struct error *err)
{
    bool gone = false;
    bool ok = make_and_put(to, store, paper, &gone, err);

    if (!ok && !gone)
        access_lost(store, entered);
    return ok;
}
