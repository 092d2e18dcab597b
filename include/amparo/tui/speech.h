/* SPDX-License-Identifier: MIT */
/*
 * In which language the screens are. What --lang or LANGUAGE says holds; else the officer's own,
 * which is in the case file; else, until somebody has unlocked it, the one that was spoken here
 * last; else that of the locale. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_SPEECH_H
#define AMPARO_TUI_SPEECH_H

#include "amparo/tui/app.h"

/* Before anything is drawn: as a locked run left it, or as it was last. */
void speech_begin(struct app *app);

/* An officer has come: in their own language, before any of their screens is opened. */
void speech_take_own(struct app *app);

/* From now on in that language, for this officer for good. Every open screen is made anew from what
 * it holds; what is typed, and where one is, stays. */
void speech_change(struct app *app, const char *language);

#endif
