/* SPDX-License-Identifier: MIT */
/*
 * The screens of disasters: all events, one with its cases, what is known of it, and its people, a
 * line each. Names are copied. Layer: tui.
 */
#ifndef AMPARO_TUI_EVENTSCREENS_H
#define AMPARO_TUI_EVENTSCREENS_H

#include "amparo/store/draft.h"
#include "amparo/tui/screen.h"

void events_push(struct app *app);
void event_push(struct app *app, const char *name);
/* What an event is; NULL: a new one. */
void eventform_push(struct app *app, const char *name);
/* Its people, one line a person. */
void eventlist_push(struct app *app, const char *name);

/* The same anew after a lock, from what was kept of them (keep.h). */
void event_reopen(struct app *app, const json_t *kept);
void eventform_reopen(struct app *app, const json_t *kept);
void eventlist_reopen(struct app *app, const json_t *kept);

/* Whether the draft is of one of these: then `out` gets what it is, and of which event. */
bool event_draft_named(const struct draft *draft, struct buf *subject, struct buf *what);
/* Opens the screen where it was left; it is one of these. */
void event_draft_resume(struct app *app, const struct draft *draft);

/* "Saint-Louis, Senegal · natural disaster · …": what each case takes over; appended. */
void event_say_carried(struct buf *out, const json_t *content);

/* What drafts of events have for a subject, and how their screens are called. */
#define EVENT_SUBJECT "event:"
#define EVENT_FORM "event-form"
#define EVENT_LIST "event-list"

#endif
