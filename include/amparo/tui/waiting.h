/* SPDX-License-Identifier: MIT */
/*
 * What the screen does while another program writes to the file: it says for whom one waits, keeps
 * what is typed, and takes Esc to give up. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_WAITING_H
#define AMPARO_TUI_WAITING_H

struct app;

/* From now on; for the store that was just opened. */
void waiting_begin(struct app *app);

#endif
