/* SPDX-License-Identifier: MIT */
/* What is due or waited for as a row of a screen. Layer: tui; uses store. */
#ifndef AMPARO_TUI_TASKROW_H
#define AMPARO_TUI_TASKROW_H

#include "amparo/base/instant.h"
#include "amparo/store/worklist.h"
#include "amparo/tui/body.h"

enum { DUE_CELLS = 9 }; /* of the longest time left, in all languages: "10 jours!" */

/* When, which case (also the row's ref), who, where, what: columns that narrow with the screen. */
void caserow_add(struct body *b, long tag, const char *when, const char *reference,
                 const char *title, enum name_hidden hidden, const char *country, const char *what,
                 int width);

/* The time left, or, of what has no day, how long it is there; it stands for so many more alike. */
void taskrow_add(struct body *b, long tag, const struct task *task, size_t more, struct instant now,
                 int width);

#endif
