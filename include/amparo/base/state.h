/* SPDX-License-Identifier: MIT */
/*
 * What the program remembers for this account between two runs: small texts in files of
 * $XDG_STATE_HOME/amparo, for their owner alone. Nothing of a case, no name. Layer: base.
 */
#ifndef AMPARO_BASE_STATE_H
#define AMPARO_BASE_STATE_H

/* The text that was kept under a name: a new string; NULL where there is none. */
char *state_get(const char *name);

/* Keeps a text. That it cannot be kept is no error worth a word. */
void state_set(const char *name, const char *text);

#endif
