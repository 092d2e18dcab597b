/* SPDX-License-Identifier: MIT */
/*
 * A walk through every screen of the program, on a case file in which each has something to show.
 * For tests of what holds "on every screen".
 */
#ifndef TESTS_TUI_WALK_H
#define TESTS_TUI_WALK_H

#include "tests/harness/expect.h"

#define WALK_CASE "HNTGU-2026-0001"

/* A screen, and how one comes there from today's work. */
struct walk_stop {
    const char *name; /* of its struct screen_type */
    const char *keys; /* "\r" is Enter, "\t" Tab, "\x10" Ctrl-P, "\x04" the down arrow, "\x02" F2 */
    const char *see;  /* stands in the top line there; NULL: the keys show where one is */
    bool typing;      /* letters are text there */
    bool passing;     /* a question, a list to choose from, a text to agree to */
};

/* Ended by name NULL. The unlock screen is not among them: one comes from there. */
extern const struct walk_stop walk_stops[];

/* The name of the case file for kit_open(); it is made anew. */
#define WALK_FILE "walk"
void walk_begin(void);
/* The program on it, unlocked by the head of post, at today's work; on a new file, on the same. */
struct child *walk_start(const struct child_options *options);
struct child *walk_again(const struct child_options *options);
void walk_keys(struct child *child, const char *keys);
void walk_to(struct child *child, const struct walk_stop *stop);
/* Back to today's work, by F12 alone. */
void walk_home(struct child *child);
void walk_end(struct child *child);

#endif
