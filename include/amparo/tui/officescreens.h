/* SPDX-License-Identifier: MIT */
/* The screens of the State's own list of offices (7.6). Names are copied. Layer: tui. */
#ifndef AMPARO_TUI_OFFICESCREENS_H
#define AMPARO_TUI_OFFICESCREENS_H

#include "amparo/store/draft.h"
#include "amparo/tui/screen.h"

void offices_push(struct app *app);
/* One of it, by office_name(); NULL: one more. */
void officeform_push(struct app *app, const char *of);
/* The same anew after a lock (keep.h). */
void officeform_reopen(struct app *app, const json_t *kept);

/* Whether the draft is of an office: then `out` gets of which; and the form where it was left. */
bool office_draft_named(const struct draft *draft, struct buf *subject, struct buf *what);
void office_draft_resume(struct app *app, const struct draft *draft);

/* What drafts of offices have for a subject, and how the screens are called. */
#define OFFICE_SUBJECT "office:"
#define OFFICE_FORM "office-form"
#define OFFICES_SCREEN "offices"

#endif
