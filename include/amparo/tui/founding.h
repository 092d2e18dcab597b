/* SPDX-License-Identifier: MIT */
/*
 * The guided start, where no case file was used before or the one named is not there: a post's
 * profile and its first head, a passphrase, all of it once more, and then the file is made, in one
 * piece; before that nothing is written. Then its recovery sheets, one after the other, of which
 * one is asked back. Or the demo, or a file that is there. Layer: tui; uses store.
 *
 * Each step is a screen on top of the one before, and Esc goes back to it with all that was typed.
 */
#ifndef AMPARO_TUI_FOUNDING_H
#define AMPARO_TUI_FOUNDING_H

#include "amparo/store/draft.h"
#include "amparo/store/store.h"
#include "amparo/tui/app.h"
#include "amparo/tui/passentry.h"

/* What was said so far; the screen of the profile owns it. */
struct founding {
    struct post_profile post;
    char *officer, *path;
    struct passentry secret;
};

/* Where one begins. */
void welcome_push(struct app *app);

/* The steps: the profile; the passphrase, for what was said; all of it once more. */
void founding_push(struct app *app);
void newpass_push(struct app *app, struct founding *f);
void foundnow_push(struct app *app, struct founding *f);

/* The recovery sheets of the file that is open: `shares`, a line each, is taken over; NULL: none
 * can be shown any more, and only one is asked for. */
void sheets_push(struct app *app, struct buf *shares);

void sheets_reopen(struct app *app, const json_t *kept);

/* The setting that says so; and whether the guided start still waits for a sheet to be tried. */
#define SHEETS_UNTRIED "sheets_untried"
bool sheets_untried(struct store *store);

/* Asks for a sheet to be typed back; from there new ones are made. */
void sheetask_push(struct app *app);

/* The form that says since when a State takes part; and the same after a lock. */
void partyform_push(struct app *app, const char *state);
void partyform_reopen(struct app *app, const json_t *kept);

/* Whether the draft is of such a form: then `out` gets what it is; and where it was left. */
bool party_draft_named(const struct draft *draft, struct buf *subject, struct buf *what);
void party_draft_resume(struct app *app, const struct draft *draft);
#define PARTY_FORM "party-form"

/* Asks for a list of missions, and takes it into the directory. */
void directory_ask_import(struct app *app);
/* The answer to that, for the screens that ask (screen.h). */
void directory_take_import(struct screen *below, const char *path);

#endif
