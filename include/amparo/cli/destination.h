/* SPDX-License-Identifier: MIT */
/*
 * Where a document goes that a command makes, and as what: plain text to standard output; into a
 * new file, whose name says as what; to a printer, as pages where they can be drawn, unless the
 * post has said that it prints dots. Layer: cli; uses paper.
 */
#ifndef AMPARO_CLI_DESTINATION_H
#define AMPARO_CLI_DESTINATION_H

#include "amparo/cli/cli.h"
#include "amparo/page/paper.h"
#include "amparo/store/accesslog.h"

/* The options of such a command, in its table. */
/* clang-format off */
#define DESTINATION_OPTIONS                                                                        \
    {"paper", "letter|a4", 0}, {"output", "FILE.pdf|FILE.txt", 'o'}, {"printer", "NAME", 0},       \
    {"copies", "N", 0}, {"pdf", NULL, 0}, {"text", NULL, 0}
/* clang-format on */

struct destination {
    const char *output, *printer; /* both NULL: standard output */
    long copies;                  /* 1 where nothing is said */
    const char *paper;            /* NULL: the post's */
    bool pdf, text;               /* said so */
};

/* Reads the options, before the case file is opened. */
bool destination_read(const struct cli *cli, struct destination *out, struct error *err);

/*
 * Puts the document there. Where nothing of it arrives, the access log says so of what was entered
 * before.
 */
bool destination_put(const struct destination *to, struct store *store, const struct paper *paper,
                     const struct access_copy *entered, struct error *err);

#endif
