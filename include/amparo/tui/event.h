/* SPDX-License-Identifier: MIT */
/*
 * What a person or the terminal did: keys, text, pastes, and what happens to the terminal itself.
 * Layer: tui. term_read() gives these; widgets take them.
 */
#ifndef AMPARO_TUI_EVENT_H
#define AMPARO_TUI_EVENT_H

#include <stddef.h>

/* Keys that are not text. Every F-key has a twin, Esc and a digit; Esc 0 is F12. */
enum term_key {
    TK_NONE,
    TK_ENTER,
    TK_NEWLINE, /* Ctrl-J or Alt-Enter: a new line within a long text */
    TK_TAB,
    TK_BACKTAB,
    TK_UP,
    TK_DOWN,
    TK_LEFT,
    TK_RIGHT,
    TK_WORD_LEFT, /* with Ctrl */
    TK_WORD_RIGHT,
    TK_HOME,
    TK_END,
    TK_FIRST, /* Ctrl-Home */
    TK_LAST,  /* Ctrl-End */
    TK_PAGE_UP,
    TK_PAGE_DOWN,
    TK_INSERT,
    TK_DELETE,
    TK_BACKSPACE,
    TK_F1,
    TK_F2,
    TK_F3,
    TK_F4,
    TK_F5,
    TK_F6,
    TK_F7,
    TK_F8,
    TK_F9,
    TK_F10,
    TK_F11,
    TK_CANCEL, /* F12, Esc 0, Esc alone, Esc Esc, Ctrl-C */
    TK_CTRL_A,
    TK_CTRL_B,
    TK_CTRL_C,
    TK_CTRL_D,
    TK_CTRL_E,
    TK_CTRL_F,
    TK_CTRL_G,
    TK_CTRL_H,
    TK_CTRL_I,
    TK_CTRL_J,
    TK_CTRL_K,
    TK_CTRL_L,
    TK_CTRL_M,
    TK_CTRL_N,
    TK_CTRL_O,
    TK_CTRL_P,
    TK_CTRL_Q,
    TK_CTRL_R,
    TK_CTRL_S,
    TK_CTRL_T,
    TK_CTRL_U,
    TK_CTRL_V,
    TK_CTRL_W,
    TK_CTRL_X,
    TK_CTRL_Y,
    TK_CTRL_Z,
};
#define TK_F(n) ((enum term_key)(TK_F1 + (n)-1))
#define TK_CTRL(letter) ((enum term_key)(TK_CTRL_A + (letter) - 'A'))

enum term_event_kind {
    TERM_KEY,     /* key */
    TERM_TEXT,    /* text: one cluster as typed, never a control character */
    TERM_PASTE,   /* paste: UTF-8 with lines ended by \n, no other control character */
    TERM_RESIZE,  /* draw again; also after a suspension */
    TERM_TIMEOUT, /* nothing came in the time asked for */
    TERM_READY,   /* the descriptor of term_watch() can be read */
    TERM_SUSPEND, /* Ctrl-Z: term_suspend() does it, once what is shown may stay behind */
    TERM_HANGUP,  /* the terminal is gone, or the program is told to end: save and leave */
    TERM_ANSWER,  /* the terminal's answer to a question of ours; never leaves term */
};

#define TERM_TEXT_MAX 32

struct term_event {
    enum term_event_kind kind;
    enum term_key key;
    char text[TERM_TEXT_MAX]; /* NUL-terminated */
    const char *paste;        /* the terminal's, until the next read */
};

#endif
