/* SPDX-License-Identifier: MIT */
/* What the parts of the print screen share; for printing*.c only. */
#ifndef AMPARO_TUI_PRINTING_WORK_H
#define AMPARO_TUI_PRINTING_WORK_H

#include "amparo/paper/printset.h"
#include "amparo/tui/printing.h"

/* As what it is printed. */
enum print_form { AS_PRINTER, AS_PAGES, AS_TEXT, FORMS };

struct printing {
    struct printable what;
    char *name; /* of the file */
    struct print_how how;
    struct print_set set;
    enum paper_size size;
    enum print_form form;
    bool can_draw; /* it is a document, and pages can be drawn here */

    char *last; /* the printer of last time, or NULL */
    enum { NOT_ASKED, ASKING, NO_PRINTER, KNOWN } asked;
    struct program lpstat;
    struct printers printers;
    struct buf no_printer; /* why there is none */
};

/* printer NULL: the usual one, or a file. */
static inline bool printing_draws(const struct printing *p, const char *printer)
{
    bool dots = printer && print_set_has_dots(&p->set, printer);
    return p->can_draw && p->form != AS_TEXT && (p->form == AS_PAGES || !dots);
}

/* ---- printing_leave.c: it leaves ---- */

/* To that printer (NULL: the usual one), or into that file, whose name says as what; then the
 * screen is left. Where it does not arrive the message line says why, and the screen stays. */
void printing_print(struct screen *s, const char *printer);
void printing_write(struct screen *s, const char *path);

#endif
