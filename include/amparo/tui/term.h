/* SPDX-License-Identifier: MIT */
/*
 * The terminal: the only file that knows ncurses. Layer: tui.
 *
 * A screen is drawn whole, from state, each time that something changed: term_begin(), then puts,
 * the cursor, term_paint(). Only what differs is sent, in one write(). A paint asked for is made by
 * the next term_read(), when no typed key waits any more and the terminal has answered for the
 * paint before (ECMA-48 DSR): so a held key never outruns a slow line, and no key is ever dropped.
 *
 * Callers name roles, never colours (term_look.c has the one table). On a slow line all roles look
 * alike, and what they say must therefore be in the words too.
 */
#ifndef AMPARO_TUI_TERM_H
#define AMPARO_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/tui/event.h"

struct terminal;

/*
 * --line=slow|fast. By default the terminal's speed, NO_COLOR and TERM decide. On a fast line
 * NO_COLOR still leaves colours out, but not bold.
 */
enum term_line {
    TERM_LINE_AUTO,
    TERM_LINE_SLOW,
    TERM_LINE_FAST,
};

enum term_role {
    ROLE_NORMAL,
    ROLE_HEADING, /* the top line, section names */
    ROLE_LABEL,
    ROLE_DIM,     /* what is there only for the eye that looks for it */
    ROLE_FIELD,   /* what can be typed over */
    ROLE_OFFERED, /* a value that nobody has looked at yet */
    ROLE_FOCUS,   /* the marker */
    ROLE_ERROR,
    ROLE_DOUBT,
    ROLE_MESSAGE, /* what happened, in the message line */
    ROLE_COUNT,
};

/*
 * Takes the terminal: standard input and output where both are one, else /dev/tty. The locale must
 * have been started. NULL with ERROR_FAILED where there is none or TERM is of no use. From here
 * until term_close() SIGHUP, SIGINT, SIGTERM, SIGTSTP and SIGWINCH of this thread come as events;
 * threads must be started afterwards, or block them.
 */
struct terminal *term_open(enum term_line line, struct error *err);

/*
 * The same for a program that takes the terminal over from another one: its modes are still that
 * one's, and `before` says what they were (term_hand_on). NULL or empty: nobody's.
 */
struct terminal *term_take_over(enum term_line line, const struct buf *before, struct error *err);

/* Gives the terminal back as it was, with nothing of ours on it. NULL is fine. */
void term_close(struct terminal *term);

/*
 * The same before a program that takes over at once: what is typed is still not shown. Adds to
 * `before` what it needs.
 */
void term_hand_on(struct terminal *term, struct buf *before);

/* Stops as every program does at Ctrl-Z, and comes back with the same drawing. */
void term_suspend(struct terminal *term);

int term_rows(const struct terminal *term);
int term_cols(const struct terminal *term);

/* No colour and no attributes: the profile for slow lines. */
bool term_is_plain(const struct terminal *term);

/* Whether this terminal can tell the role from others by its look; if not, words have to. */
bool term_shows(const struct terminal *term, enum term_role role);

/* Whether this terminal can send that key, one of TK_F1 to TK_F11, by its description. */
bool term_has_key(const struct terminal *term, enum term_key key);

/* An empty screen to draw on; the cursor in its lower left corner. */
void term_begin(struct terminal *term);

/*
 * Puts text that takes at most `cells` cells, cut between clusters; what lies outside the screen is
 * left out. Any text may be given: see text_shown(). Returns the cells taken.
 */
int term_put(struct terminal *term, int row, int col, enum term_role role, const char *text,
             int cells);

/* As term_put() for the first `size` bytes of text. */
int term_putn(struct terminal *term, int row, int col, enum term_role role, const char *text,
              size_t size, int cells);

/* One ASCII character so many times; a rule across the whole row. */
void term_fill(struct terminal *term, int row, int col, enum term_role role, char fill, int cells);
void term_rule(struct terminal *term, int row);

/* Where the cursor stands after the paint: always on the focus. */
void term_cursor(struct terminal *term, int row, int col);

/* The drawing is whole: show it as soon as the line can take it. */
void term_paint(struct terminal *term);

/* Shows it now, before work that takes long. */
void term_paint_now(struct terminal *term);

/* The next paint sends every cell again: what Ctrl-L is for. */
void term_redraw(struct terminal *term);

/*
 * The next event, after at most timeout_ms (-1: no limit) as TERM_TIMEOUT. After TERM_HANGUP every
 * further call gives TERM_HANGUP at once.
 */
void term_read(struct terminal *term, struct term_event *event, int timeout_ms);

/*
 * The same while work goes on that cannot take keys: they wait for the next term_read(). Only what
 * gives up is an event now, TK_CANCEL or TERM_SUSPEND, wherever it stands among them.
 */
void term_await(struct terminal *term, struct term_event *event, int timeout_ms);

/* While this descriptor (-1: none) can be read, reads give TERM_READY before they wait. */
void term_watch(struct terminal *term, int fd);

/* Whether something was typed that is still to be read: it stays to be read. */
bool term_has_typed(struct terminal *term);

/*
 * Paints, and forgets what was typed before that could be seen: of a question, or of an error. What
 * the terminal's own answer tells is not waited for longer than usual. All but keys, text and
 * pastes waits for the next reader.
 */
void term_flush(struct terminal *term);

#endif
