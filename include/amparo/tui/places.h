/* SPDX-License-Identifier: MIT */
/*
 * The screens that one can go to by name from anywhere: those of the whole file, and those of the
 * case that one is in. One table, for the palette and for coming back after a lock. Layer: tui.
 */
#ifndef AMPARO_TUI_PLACES_H
#define AMPARO_TUI_PLACES_H

#include "amparo/tui/screen.h"

struct place {
    const struct screen_type *type;
    void (*push)(struct app *app); /* NULL: a screen of a case, or of a country */
    void (*push_of)(struct app *app, const char *reference);
    bool (*may)(const struct app *app); /* NULL: anybody */
    bool unlisted;                      /* one comes there from its list alone */
};

/* Ended by type NULL. */
extern const struct place places[];

/* Whether one does not simply walk away from it: a question, a list to choose from, a help. */
bool screen_is_question(const struct screen *s);

/* The case that one is in, or NULL. */
const char *app_case(const struct app *app);

/* Whether one can go there from that screen. */
bool place_is_open(const struct screen *from, const struct place *place);
void place_go(struct app *app, const struct place *place);

#endif
