/* SPDX-License-Identifier: MIT */
/*
 * What commands put out, where it goes to a terminal. Layer: cli; uses base.
 *
 * Cases, notes, lists and the names of files hold what anybody wrote. In a file or a pipe it stays
 * as it is; a terminal takes some of it for commands. So all that a command prints there passes
 * through one place, in which nothing but letters and newlines gets by (text_shown()).
 */
#ifndef AMPARO_CLI_TERMINAL_H
#define AMPARO_CLI_TERMINAL_H

#include <stdio.h>

/* Once, at the start: standard output and standard error, each if it is a terminal. */
void terminal_guard(void);

/* A stream to that descriptor of a terminal that lets no more than that by; NULL: no memory. */
FILE *terminal_stream(int fd);

#endif
