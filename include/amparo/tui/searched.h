/* SPDX-License-Identifier: MIT */
/*
 * A list under a field in which one types what is searched: the top line of the body is the field,
 * the rows are under it, and Up and Down go between the two. Layer: tui.
 */
#ifndef AMPARO_TUI_SEARCHED_H
#define AMPARO_TUI_SEARCHED_H

#include "amparo/tui/edit.h"
#include "amparo/tui/screen.h"

struct searched {
    struct edit query;
    bool moved; /* the focus is in the list, not in the search field */
};

/* Draws the field and, two rows below, the screen's body. */
void searched_draw(struct searched *list, struct screen *s, struct terminal *term, int row,
                   int rows);

/* Draws a field alone in which one types, by that label, and below it the screen's body. */
void typed_draw(struct edit *typed, const char *label, struct screen *s, struct terminal *term,
                int row, int rows);

/* Takes what is typed into such a field; arrows scroll what stands below. False: not used. */
bool typed_event(struct edit *typed, struct screen *s, const struct term_event *event);

/* The field as a line (screen.h). */
void searched_line(struct searched *list, struct screen_line *out);

/* Takes moves in the list, and what is typed: then the screen is read anew. False: not used. */
bool searched_event(struct searched *list, struct screen *s, const struct term_event *event);

#endif
