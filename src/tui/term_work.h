/* SPDX-License-Identifier: MIT */
/* What the parts of the terminal share; for term*.c only. */
#ifndef AMPARO_TUI_TERM_WORK_H
#define AMPARO_TUI_TERM_WORK_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <termios.h>

#include <ncurses.h>

#include "amparo/tui/decode.h"
#include "amparo/tui/term.h"

/* Events that were read while nobody took them. */
struct held_events {
    struct held_event *list;
    size_t count, first;
};

struct terminal {
    int fd;        /* the terminal */
    bool own_fd;   /* opened here */
    int signal_fd; /* the signals below */
    int watched;   /* term_watch(), or -1 */
    FILE *memory;  /* what ncurses writes */
    FILE *keys_of; /* where ncurses would read keys, were it asked */
    SCREEN *screen;
    struct termios before;
    bool handing_on; /* another program takes over: its modes stay */
    sigset_t mask_before;
    struct decoder decoder;
    struct decode_key *keys;
    struct held_events held;
    bool plain;   /* no attributes at all */
    bool colours; /* else: some roles have one */
    int row, col; /* of the cursor */
    bool due;     /* a paint is asked for */
    int64_t due_since;
    bool stopped;   /* it waits for a line that takes nothing */
    size_t unasked; /* bytes painted since the last question */
    bool must_ask;  /* with the next paint, however small */
    bool asking;    /* an answer is awaited */
    int64_t asked;  /* since when */
    bool answers;   /* it has answered before */
    int silences;   /* questions since its last answer that got none */
    bool never;     /* it never will: ask no more */
    bool gone;      /* hung up */
    bool told;      /* told to end: no more events */
    bool ansi;      /* moves its cursor as ANSI terminals do */
};

/* ---- term_look.c ---- */

/* Whether NO_COLOR is set. */
bool term_no_colour(void);

/* After `plain` is decided: the colours, where there are any. */
void term_start_looks(struct terminal *term);

/* What is put next looks so. */
void term_set_role(const struct terminal *term, enum term_role role);

/* ---- term_paint.c ---- */

/* After the terminal is known: how its cursor is moved in few bytes. */
void term_make_cheap(struct terminal *term);

/* Sends what ncurses has left in memory, and `more` behind it, in one write(); drops it. */
void term_send(struct terminal *term, const char *more);
void term_forget(const struct terminal *term);

/* Whether the line takes something within that time: not while Ctrl-S has stopped it. */
bool term_can_send(const struct terminal *term, int wait_ms);

/* Paints, in one write(), and asks whether it has come where that is worth it. */
void term_paint_due(struct terminal *term);

/* ---- term_crash.c ---- */

#define TERM_PASTE_ON "\x1B[?2004h"
#define TERM_PASTE_OFF "\x1B[?2004l"

/* From here on a crash gives the terminal back first; from there on no more. */
void term_expect_crash(const struct terminal *term);
void term_expect_no_crash(void);

/* ---- term_held.c ---- */

/* Keeps an event for later; a paste is copied. */
void held_add(struct held_events *held, const struct term_event *event);
/* The oldest one; its paste stays valid until the next call. False: there is none. */
bool held_take(struct held_events *held, struct term_event *event);
/* Wipes and forgets all. */
void held_clear(struct held_events *held);

#endif
