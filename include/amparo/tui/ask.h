/* SPDX-License-Identifier: MIT */
/* One question that is answered in a line. Keys typed ahead do not answer it. Layer: tui. */
#ifndef AMPARO_TUI_ASK_H
#define AMPARO_TUI_ASK_H

#include "amparo/tui/screen.h"

/* What is to be done with the answer, which is not blank; `below` is the screen that asked. */
typedef void ask_fn(struct screen *below, const char *answer);

/* Both texts are copied. `about` explains, in a sentence or two; `begin` stands there already.
 * `answered` is an answer of the screen below (struct answer). */
void ask_push(struct app *app, const char *title, const char *about, const char *begin,
              ask_fn *answered);

/* The same for what may be typed ahead, because nothing comes of it: words to search. */
void ask_ahead_push(struct app *app, const char *title, const char *about, const char *begin,
                    ask_fn *answered);

/* The same question anew, from what was kept of it (keep.h). */
void asked_reopen(struct app *app, const json_t *kept);

#endif
