/* SPDX-License-Identifier: MIT */
/*
 * What the screens of identity and trust share: how they say what was done, and what stands on
 * them. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_TRUSTDONE_H
#define AMPARO_TUI_TRUSTDONE_H

#include "amparo/tui/screen.h"

/*
 * Says what was done or (not ok) what went wrong, and clears the error; every screen reads again.
 * Where it was done, cases whose dispatches did not count, and may now, are folded anew; the
 * message says of how many acts came of that.
 */
void trust_done(struct screen *s, bool ok, const char *what, struct error *err);

/* Adds one thing that cannot be done here, with why: a dim paragraph. */
void trust_refused(struct body *b, int width, const char *what, const char *why);

/* Adds each line of a text as a paragraph, its further lines `indent` further in. */
void trust_lines(struct body *b, int width, int indent, const char *text);

/* Adds the six groups of a fingerprint, in one line or two, with room around them. */
void trust_digits(struct body *b, int width, const char *digits);

/* On a small screen what there is to read has a screen of its own, and a row leads to it. */
bool trust_is_small(const struct screen *s);
void trust_read(struct screen *s, const char *title, const char *text);

/* A label and what it says, as such a line. */
enum { TRUST_LABEL = 16 };
void trust_labelled(struct buf *out, const char *label, const char *text);

#endif
