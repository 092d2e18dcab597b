/* SPDX-License-Identifier: MIT */
/*
 * The usual way of a case: which step is next. One table; a person may always do something else.
 * Layer: tui; uses agreement.
 */
#ifndef AMPARO_TUI_STEPS_H
#define AMPARO_TUI_STEPS_H

#include "amparo/tui/casework.h"
#include "amparo/tui/screen.h"

/* What the next step is, in words with its article; NULL: nothing is left to do. */
const char *step_text(const struct casework *w);

/* Opens the screen or the form of the next step. */
void step_open(struct app *app, const struct casework *w);

/* The step for which gate_missing() says "for" so: "poll", "note", "assist", "close"; "" none. */
const char *step_gate(const struct casework *w);

/* How the sections of the intake follow on one another; ACT_NONE after the last. */
enum act_kind intake_next(enum act_kind kind);
/* 1 to 6 of 6; 0: not of the intake. */
int intake_place(enum act_kind kind, int *of);

/* The instant at which each stage was reached first (NULL where it was not): RFC 3339. */
struct stage_dates {
    const char *at[STAGE_COUNT];
};
void stage_dates(const struct casework *w, struct stage_dates *out);

#endif
