/* SPDX-License-Identifier: MIT */
/* The three sheets on which recovery shares are kept. Layer: cli. */
#ifndef AMPARO_CLI_SHEETS_H
#define AMPARO_CLI_SHEETS_H

#include "amparo/store/store.h"

/*
 * Puts a sheet for each share of `shares` (a line each) on standard output: what it is, whose,
 * where to keep it. Each is a page of its own to a printer, and cut off by a line on a terminal.
 */
void sheets_put(const char *path, struct store *store, const struct buf *shares);

#endif
