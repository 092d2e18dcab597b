/* SPDX-License-Identifier: MIT */
/*
 * What cuts a program off while somebody works on it, and that it then goes on in the same cell
 * with the same text. For tests only.
 */
#ifndef TESTS_TUI_CUTS_H
#define TESTS_TUI_CUTS_H

#include "tests/tui/post.h"

/* The screen without its message line, which says what happened; the caller frees it. */
char *cut_shown(const struct child *child);

/* One way of being cut off and coming back, to the screen where one was. */
typedef void cut_fn(const struct test_post *post, struct child **child);

cut_fn cut_lock;    /* ^X and the passphrase */
cut_fn cut_suspend; /* ^Z: it is locked then, and goes on at once under a harness without a shell */
cut_fn cut_resize;  /* to 40x12, and back */
cut_fn cut_hang_up; /* the line is lost; started again, the offer accepted */
cut_fn cut_kill;    /* kill -9 two seconds after the last key; the same */

/* Kills it at once, starts it again and unlocks: what it offers is on the screen. */
void cut_kill_now(const struct test_post *post, struct child **child);

/*
 * A screen on the way: the keys that lead there from the one before, and how many F12 lead back.
 * Keys behind a bar are typed when the screen has come: a question takes nothing typed ahead.
 */
struct cut_stop {
    const char *keys;
    int back;
};

/*
 * Goes from the work of today through the stops (ended by keys NULL), is cut off on the last, and
 * goes back through all of them: each shows what it showed when it was left, the cursor in the same
 * cell. Ends on the work of today.
 */
void cut_walk(const struct test_post *post, struct child **child, const struct cut_stop *stops,
              cut_fn *cut);

#endif
