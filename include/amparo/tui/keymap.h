/* SPDX-License-Identifier: MIT */
/*
 * What a key means, the same on every screen: one table of the F-keys, each with its twin of Esc
 * and a digit and its letter. Commands that have such a key get the other forms of it from here;
 * so do the help and the line of keys. Layer: tui.
 */
#ifndef AMPARO_TUI_KEYMAP_H
#define AMPARO_TUI_KEYMAP_H

#include "amparo/tui/screen.h"

struct key_meaning {
    enum term_key key;
    const char *name;    /* "F2" */
    const char *twin;    /* "Esc-2" */
    const char *letter;  /* where letters are commands; NULL: none */
    const char *meaning; /* N_() */
};

/* Ended by key TK_NONE. */
extern const struct key_meaning keymap[];

/* NULL: the key means what the screen says, or nothing. */
const struct key_meaning *key_meaning(enum term_key key);

/* What it means, in the reader's language. */
const char *key_meaning_said(const struct key_meaning *m);

/* The word of a command in the reader's language; it has one. */
const char *command_label(const struct command *command);

/*
 * The key of a command as the bottom line has it, the form that this terminal can send: "F2" or
 * "Esc-2", "n", "Enter", "^P". term NULL: any terminal. `typing`: letters are text.
 */
void command_key(struct buf *out, const struct command *command, bool typing,
                 const struct terminal *term);

/* All forms of it but the twin, for the help: "p", "? F1", "F2". */
void command_keys(struct buf *out, const struct command *command, bool typing);

/* Whether the event is the key of that command, in any of its forms. */
bool command_is_for(const struct command *command, const struct term_event *event, bool typing);

#endif
