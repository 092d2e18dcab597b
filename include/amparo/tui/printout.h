/* SPDX-License-Identifier: MIT */
/*
 * What leaves by a screen: pages are drawn, bytes go to a printer or into a file. What takes longer
 * shows how far it is, above the screen that stands there, and can be given up. Layer: tui; uses
 * paper.
 */
#ifndef AMPARO_TUI_PRINTOUT_H
#define AMPARO_TUI_PRINTOUT_H

#include "amparo/paper/printer.h"
#include "amparo/tui/screen.h"

/* Appends the document as a PDF; *missing gets how many letters of it no font here has. */
bool printout_draw(struct screen *s, const struct paper *paper, enum paper_size size,
                   struct buf *out, size_t *missing, struct error *err);

/* *request gets what the printing system calls it ("laser-7"), where it says so. */
enum print_fate printout_send(struct screen *s, const struct print_order *order,
                              const struct buf *bytes, struct buf *request, struct error *err);

/* Waits for a program that was asked something, and says so: N_(). It may be given up before it
 * has answered. */
void printout_await(struct screen *s, struct program *asking, const char *words);

/* Whether it is a name for a new file, before what goes into it is made. */
bool printout_may_write(const char *path, struct error *err);

/* Into a new file, and says in the message line where it is; `~/` is the officer's own folder. */
bool printout_write(struct screen *s, const char *path, const struct buf *bytes, struct error *err);

#endif
