/* SPDX-License-Identifier: MIT */
/*
 * Printers, by the programs of CUPS: `lpstat` says which there are, `lp` takes a document. Nothing
 * of the case is in a call, and nothing is laid down on the way; what the printing system keeps
 * until it has printed is its own. Layer: paper; uses page, base.
 */
#ifndef AMPARO_PAPER_PRINTER_H
#define AMPARO_PAPER_PRINTER_H

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/page/paper.h"
#include "amparo/paper/program.h"

enum { PRINT_COPIES_MOST = 99 };

struct printer {
    char *name;
    bool usual;   /* the one that the system takes where none is named */
    bool stopped; /* it takes documents, and prints them when somebody has mended it */
    bool refuses; /* it takes none */
    char *says;   /* why, in the words of the printing system; or NULL */
};

struct printers {
    struct printer *list; /* in the order in which they are named there */
    size_t count;
};

/* Asks which there are, in the steps of program_step(). False: printing is not installed. */
bool printers_ask(struct program *asking, struct error *err);

/*
 * Ends it, and reads what it said; where it is still going on, it is stopped. False: there is no
 * printer, and err has the words of the printing system.
 */
bool printers_answer(struct program *asking, struct printers *out, struct error *err);

/* Reads what `lpstat -e -d -p -a` says in the locale C; whatever else it may be, is left out. */
void printers_read(const char *text, struct printers *out);

const struct printer *printers_find(const struct printers *printers, const char *name);
/* The usual one; NULL: none is. */
const struct printer *printers_usual(const struct printers *printers);
void printers_release(struct printers *printers);

struct print_order {
    const char *printer; /* NULL: the usual one */
    long copies;         /* 1 to PRINT_COPIES_MOST */
    enum paper_size size;
};

/* Sends a document, in the steps of program_step(); the bytes are the caller's until the end. */
bool print_start(struct program *job, const struct print_order *order, const char *bytes,
                 size_t size, struct error *err);

/* What came of it. */
enum print_fate {
    PRINT_TAKEN,   /* the printer's queue has it */
    PRINT_NOT,     /* it has nothing */
    PRINT_UNKNOWN, /* it was stopped when all was sent: it may be printed all the same */
};

/*
 * Ends it; where it is still going on, it is stopped, and nothing more is sent. Where it is taken
 * *request (may be NULL) gets what it is called there ("laser-7"), if that is said; else err has
 * the words of the printing system.
 */
enum print_fate print_end(struct program *job, struct buf *request, struct error *err);

/* All at once; it is taken, or not. */
bool print_document(const struct print_order *order, const char *bytes, size_t size,
                    struct buf *request, struct error *err);

#endif
