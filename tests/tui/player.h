/* SPDX-License-Identifier: MIT */
/*
 * Somebody who works on the program's screens by keys, remembers each field that was left, and can
 * be cut off by kill -9 at any key: then all further playing does nothing. For tests and benches.
 */
#ifndef TESTS_TUI_PLAYER_H
#define TESTS_TUI_PLAYER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/harness/child.h"

/* One field of a form, in the order in which they are passed. A list ends with label NULL. */
struct play_field {
    const char *label; /* as it stands before the value */
    const char *typed; /* "\n" is the Enter key */
    const char *shown; /* beside the label after it was left */
    const char *value; /* in the act's payload; NULL: `typed` */
};

/* A field that was left, and what became of it. */
struct play_left {
    const struct play_field *field;
    const char *act;
    bool recorded; /* the program said so before it was killed */
};

struct player {
    struct child *child;
    size_t keys; /* pressed so far */

    /* With this key, counted from 1, the program is killed; 0: never. */
    size_t kill_at;
    /* Not when that key has been worked off, but so long after it was sent (0: when worked off). */
    int64_t kill_after_ns;
    bool killed;
    char focus[80]; /* begin of the row where the cursor stood, when it was killed at rest */

    /* Shared by the test after the end. */
    struct play_left left[240];
    size_t left_count;

    const char *act;                 /* of the form one is in */
    const struct play_field *typing; /* not left yet */
};

void play_press(struct player *p, int press);
void play_type(struct player *p, const char *text);

/* Says what must be on the screen; nothing where the program was killed. */
#define play_see(p, text) play_see_at(p, text, __FILE__, __LINE__)
#define play_miss(p, text) play_miss_at(p, text, __FILE__, __LINE__)
void play_see_at(struct player *p, const char *text, const char *file, int line);
void play_miss_at(struct player *p, const char *text, const char *file, int line);

/* Moves down a list until the cursor stands in a row that holds `text`. */
void play_row(struct player *p, const char *text);

/* Goes by Enter to each field and types; stays in the last one. */
void play_form(struct player *p, const char *act, const struct play_field *fields);

/* Presses a key that leaves the last field of the form, and perhaps the form. */
void play_done(struct player *p, int press);

/* Where values that stand there dim are asked about: they are meant. */
void play_take_offered(struct player *p, int press);

/* The same without a player: F2, and once more where values were only offered. */
void press_done(struct child *child);

/* The form is done by that key (F2), and the program says that it was recorded. */
void play_record(struct player *p, int press);

/* What the form of the act said is recorded: the program has just said so. */
void play_recorded(struct player *p);

/* Reads the label of the form's field that the cursor stands in; "" where it is in none. */
void play_focus(const struct child *child, char *label, size_t size);

/* Whether an act of that kind, in the output of `acts --json`, has that value anywhere. */
bool acts_have(const json_t *acts, const char *act, const char *value);

#endif
