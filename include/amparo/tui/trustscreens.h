/* SPDX-License-Identifier: MIT */
/*
 * The screens of identity and trust. Texts are copied; a subject is as trustwords.h has it. Layer:
 * tui.
 */
#ifndef AMPARO_TUI_TRUSTSCREENS_H
#define AMPARO_TUI_TRUSTSCREENS_H

#include "amparo/store/draft.h"
#include "amparo/tui/screen.h"

/* Whom this post trusts. */
void trust_push(struct app *app);

/* One of them: why, its digits, what can be done. */
void trustwhy_push(struct app *app, const char *subject);
void trustwhy_reopen(struct app *app, const json_t *kept);

/* The form in which a telephone check of its digits is recorded. */
void callform_push(struct app *app, const char *subject);
void callform_reopen(struct app *app, const json_t *kept);

/* Takes a card, or sets the root: what is typed, pasted, scanned, or lies in a file. */
void takecard_push(struct app *app);
/* What a card says that was read, by its line; and what can be done with it. */
void cardview_push(struct app *app, const char *line);
void cardview_reopen(struct app *app, const json_t *kept);

/* A card of ours, to be handed over. */
enum keycard_kind { KEYCARD_POST, KEYCARD_STATE, KEYCARD_ROOT };
void keycard_push(struct app *app, enum keycard_kind kind);
void keycard_reopen(struct app *app, const json_t *kept);

/* The keys of this post. */
void identity_push(struct app *app);
/* Three of the Secretariat's officers become the root. */
void makeroot_push(struct app *app);

/* The versions of the directory. */
void network_push(struct app *app);

/* The key of that subject is revoked, but for what is named as good. */
void revoke_push(struct app *app, const char *subject);
void revoke_reopen(struct app *app, const json_t *kept);

/* Whether the draft is of a telephone check: then `out` gets of whom; and the form where it was
 * left. */
bool call_draft_named(const struct draft *draft, struct buf *subject, struct buf *what);
void call_draft_resume(struct app *app, const struct draft *draft);

/* How the screens are called, and what drafts of calls have for a subject. */
#define TRUST_WHY "trust-why"
#define CALL_FORM "call-form"
#define CALL_SUBJECT "call:"
#define CARD_VIEW "card"
#define KEYCARD_SCREEN "key-card"
#define REVOKE_SCREEN "revoke"

#endif
