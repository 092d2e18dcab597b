/* SPDX-License-Identifier: MIT */
/* Names of files as people type them. Layer: tui; uses base. */
#ifndef AMPARO_TUI_PATHNAME_H
#define AMPARO_TUI_PATHNAME_H

/* `~/` is the officer's own folder: a new string. */
char *path_in_full(const char *typed);

/* What lies beside that file under that name: a new string. */
char *path_beside(const char *file, const char *name);

#endif
