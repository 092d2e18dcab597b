/* SPDX-License-Identifier: MIT */
/* Which case file was opened last: its path alone, in $XDG_STATE_HOME/amparo. Layer: tui. */
#ifndef AMPARO_TUI_LASTFILE_H
#define AMPARO_TUI_LASTFILE_H

/* A new string; NULL where none is remembered. */
char *lastfile_get(void);

/* Remembers an absolute path. That it cannot be kept is no error worth a word. */
void lastfile_set(const char *path);

#endif
