/* SPDX-License-Identifier: MIT */
/*
 * What long work is and how far, on standard error where that is a terminal: after a fifth of a
 * second, then once a second at most, where it is further. And a way to give it up: SIGINT
 * (Ctrl-C), SIGTERM and SIGHUP end the work at its next step, which leaves everything as it was.
 * Layer: cli.
 *
 *   struct progress progress;
 *   progress_begin(&progress, _("Verifying"));
 *   ok = store_verify(store, progress_step, &progress, …);
 *   progress_end(&progress);
 */
#ifndef AMPARO_CLI_PROGRESS_H
#define AMPARO_CLI_PROGRESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
    sigset_t watched, before;
    bool terminal;
    const char *what;
    int64_t since, shown_at; /* ms of a steady clock */
    int shown;               /* percent; -1: nothing */
    int cells;               /* that the line takes */
};

/* From here on the signals wait. `what` is borrowed. */
void progress_begin(struct progress *p, const char *what);

/* A store_progress: false once a signal has come. */
bool progress_step(void *ctx, uint64_t done, uint64_t total);

/* Takes the line away; signals do again what they did. */
void progress_end(struct progress *p);

#endif
