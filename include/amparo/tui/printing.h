/* SPDX-License-Identifier: MIT */
/*
 * Where and how something is printed: on which printer or into which file, how many copies, as
 * pages or plain text. The screen below makes what leaves when it leaves, and not before.
 * Layer: tui; uses paper.
 */
#ifndef AMPARO_TUI_PRINTING_H
#define AMPARO_TUI_PRINTING_H

#include "amparo/paper/printer.h"
#include "amparo/store/accesslog.h"
#include "amparo/tui/screen.h"

/* What it takes to make a document. */
struct print_how {
    long copies;
    bool draft; /* it is marked as one, and gets no number */
};

/* What leaves: a document, of which pages can be drawn; or a text, where that is empty. */
struct print_matter {
    struct paper paper;
    struct buf text;
    struct access_copy entered; /* in the access log */
};

/* Makes it, and enters it in the access log; the matter is empty before. `below` is the screen that
 * prints. False: nothing may leave. */
typedef bool print_take_fn(struct screen *below, const struct print_how *how,
                           struct print_matter *out, struct error *err);

/*
 * `take` is an answer of the screen below that puts the question anew by itself (`again` of struct
 * answer).
 */
struct printable {
    const char *name; /* proposed for a file, without its ending; copied */
    bool pages;       /* it is a document */
    bool drafts;      /* it may be printed as a draft */
    bool no_file;     /* it goes on paper alone */
    print_take_fn *take;
};

/* Over the screen that prints. */
void printing_push(struct app *app, const struct printable *what);
/* The same, and asks for the file at once. */
void printing_push_file(struct app *app, const struct printable *what);

void printing_reopen(struct app *app, const json_t *kept);

#endif
