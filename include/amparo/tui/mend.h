/* SPDX-License-Identifier: MIT */
/* From a cause that a gate named to the form by which it is put right. Layer: tui. */
#ifndef AMPARO_TUI_MEND_H
#define AMPARO_TUI_MEND_H

#include "amparo/tui/app.h"

/* A cause as the gates write it: its id is in square brackets at the end. */
bool mend_known(const char *cause);

/* Whether that gate leaves room for a reasoned exception. */
bool mend_overridable(const char *cause);

/* Opens the form or the screen; nothing where none is known. */
void mend_push(struct app *app, const char *reference, const char *cause);

/* The same by the id of the gate alone. */
bool mend_known_gate(const char *gate);
void mend_push_gate(struct app *app, const char *reference, const char *gate);

#endif
