/* SPDX-License-Identifier: MIT */
/*
 * Work of the store that takes a while: after a fifth of a second the message line says what it is
 * and how far, and Esc gives it up; other keys wait until it is done. Nothing on the screen moves
 * but that line, once a second at most, and only where it says something else. Layer: tui.
 */
#ifndef AMPARO_TUI_WORKING_H
#define AMPARO_TUI_WORKING_H

#include "amparo/tui/app.h"

/* Between the two the store may be at work for long; `what` is said, and copied. They nest: the
 * outermost is told. */
void working_begin(struct app *app, const char *what);

/*
 * Whether it was given up before it was `done`: then a message says so, in place of what the work
 * said of it.
 */
bool working_end(struct app *app, bool done);

/* For work that says by itself how far it is (store_progress): ctx is the app. */
bool working_progress(void *app, uint64_t done, uint64_t total);

#endif
