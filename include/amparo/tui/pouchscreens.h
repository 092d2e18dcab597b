/* SPDX-License-Identifier: MIT */
/* The screens of the correspondence. Texts are copied. Layer: tui. */
#ifndef AMPARO_TUI_POUCHSCREENS_H
#define AMPARO_TUI_POUCHSCREENS_H

#include "amparo/tui/screen.h"
#include "amparo/tui/screentypes.h"
#include "amparo/tui/sending.h"

/* What came in, and what it asks of us. */
void inbox_push(struct app *app);
/* One of them, or of a case's conversation, by its id: all that it says, from whom, and whether it
 * counts. */
void letter_push(struct app *app, const char *id);
void letter_reopen(struct app *app, const json_t *kept);
/* What both sides of a case said to each other. */
void talk_push(struct app *app, const char *reference);
/* That in one file that proves itself: for whom, and with what. */
void dossier_push(struct app *app, const char *reference);
/* What waits for whom; of one post all that it has not acknowledged. */
void outbox_push(struct app *app);
void outpost_reopen(struct app *app, const json_t *kept);
/* Takes in what came, by whatever route. */
void receive_push(struct app *app);

/* Pouches shown one after the other, as text or as QR codes, until they count as sent. */
void handtext_push(struct app *app, const struct sending *sending);
void handcodes_push(struct app *app, const struct sending *sending);
void handtext_reopen(struct app *app, const json_t *kept);
void handcodes_reopen(struct app *app, const json_t *kept);

/* How they are called. */
#define HANDTEXT_SCREEN "pouch-text"
#define HANDCODES_SCREEN "pouch-codes"
#define LETTER_SCREEN "letter"
#define OUTPOST_SCREEN "post"

#endif
