/* SPDX-License-Identifier: MIT */
/* The line being typed in the list of an event; for eventl*.c only. */
#ifndef AMPARO_TUI_EVENTLINE_WORK_H
#define AMPARO_TUI_EVENTLINE_WORK_H

#include "amparo/store/event.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/formdraft.h"
#include "amparo/tui/screen.h"

struct eventline {
    struct app *app;
    char *event;       /* name */
    struct casework w; /* of no case: what may stand in a field asks for one */
    struct act_items items;
    struct form *form;
    struct form_draft draft;
    json_t *last;              /* texts of the line before, by path */
    struct buf scan;           /* lines of a passport read so far, a newline after each */
    struct person_rows likely; /* who on record may be the person of the line */
    bool changed;              /* since they were looked for */
    bool scanned;              /* what stands in the first cell is one of them */
    bool done;                 /* taken in: nothing is kept any more */
    size_t faults;
};

void eventline_init(struct eventline *l, struct app *app, const char *event);
void eventline_release(struct eventline *l);

/* Makes the cells, empty but for what is carried from the line before; what was typed and not taken
 * in stands there again, and one is where one was (`kept` of keep.h, or NULL). */
bool eventline_begin(struct eventline *l, const json_t *content, const json_t *kept,
                     struct error *err);

/* The cells in the language of now. */
void eventline_tell_again(struct eventline *l);

/* Writes what could not be written before. */
bool eventline_flush(struct eventline *l, struct error *err);

/* A passport line in the first cell: the next one is waited for, or all of it fills the cells. */
void eventline_take_scan(struct eventline *l);

/* Looks for who may be the person, where something changed; what the event is stands in `content`.
 */
void eventline_look(struct eventline *l, const json_t *content);

/* Whether nothing was typed. */
bool eventline_is_empty(const struct eventline *l);

/* Takes the line in; false: faults stand beside their cells, or err says why not. */
bool eventline_take(struct eventline *l, struct taken *out, struct error *err);

#endif
