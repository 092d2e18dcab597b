/* SPDX-License-Identifier: MIT */
/*
 * Signals that are read where input is read, and do nothing by themselves, whatever the program was
 * started with. Layer: tui.
 */
#ifndef AMPARO_TUI_CAUGHT_H
#define AMPARO_TUI_CAUGHT_H

#include <signal.h>
#include <stddef.h>

/* A descriptor that tells of them (signalfd(2)); caught_end() closes it, and *before is the mask
 * that is set again then. */
int caught_begin(const int *signals, size_t count, sigset_t *before);
void caught_end(int fd, const sigset_t *before);

/* Stops the program as SIGTSTP does, which is caught; returns when it goes on. */
void caught_stop(void);

#endif
