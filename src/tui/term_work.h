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

struct terminal {
    int fd;        /* the terminal */
    bool own_fd;   /* opened here */
    int signal_fd; /* the signals below */
    FILE *memory;  /* what ncurses writes */
    FILE *keys_of; /* where ncurses would read keys, were it asked */
    SCREEN *screen;
    struct termios before;
    sigset_t mask_before;
    struct decoder decoder;
    struct decode_key *keys;
    bool plain;
    int row, col; /* of the cursor */
    bool due;     /* a paint is asked for */
    int64_t due_since;
    size_t unasked; /* bytes painted since the last question */
    bool asking;    /* an answer is awaited */
    int64_t asked;  /* since when */
    bool answers;   /* it has answered before */
    bool never;     /* it never will: ask no more */
    bool gone;      /* hung up, or told to end */
};

/* The few colours of the rich profile, where the terminal has any. */
void term_start_colors(void);

#endif
