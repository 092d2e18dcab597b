/* SPDX-License-Identifier: MIT */
/*
 * Dispatches in words: what they say, whose word it is, where they stand, what they ask of us; and
 * the way from there to the form that answers. Layer: tui; uses store, agreement.
 */
#ifndef AMPARO_TUI_LETTERS_H
#define AMPARO_TUI_LETTERS_H

#include "amparo/base/buf.h"
#include "amparo/store/correspondence.h"
#include "amparo/tui/screen.h"

/* Who said it, or of ours for whom it is, in so many cells: "MXAUH", "CA CR +4"; who said it in
 * full: "MXAUH, Embassy, Abu Dhabi, Mexico"; and for whom: "Mexico, Technical Secretariat". */
void letter_say_post(struct buf *out, const struct letter *l, int cells);
void letter_say_author(struct buf *out, const struct letter *l);
void letter_say_readers(struct buf *out, const struct letter *l);
/* "Mexico offers: shelter, legal advice". */
void letter_say(struct buf *out, const struct letter *l);
/* What it asks of us, with its day: "reply to the poll until Wed 18 Mar"; or to be placed. */
void letter_say_asked(struct buf *out, const struct letter *l, struct instant now);

/*
 * The row, and all that behind it, where it finds room; else below it, so many cells further in.
 * The buffer is spent.
 */
void letter_add_more(struct body *b, long tag, const char *ref, struct buf *row,
                     const struct letter *l, struct instant now, int width, int indent);

/* Does it stand in the way of something, so that somebody has to look at it? */
bool letter_is_odd(const struct letter *l);

/* Whether there is a form for what it asks; and goes there. */
bool letter_may_answer(const struct letter *l);
void letter_answer(struct screen *s, const struct letter *l);
extern const struct answer letter_answers[];

/* Why its author is trusted, or is not. */
void letter_trust(struct app *app, const struct letter *l);

/* Asks which case it is about. */
void letter_place(struct screen *s, const struct letter *l);

#endif
