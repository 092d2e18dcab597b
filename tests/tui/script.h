/* SPDX-License-Identifier: MIT */
/*
 * A story told to the player in a table: what to type, what must be seen. For tests only.
 *
 *     static const struct script_step story[] = {
 *         SEE("Due"), KEYS("n"),
 *         RECORD("open", {"Where now", "haiti", "HT Haiti", "HT"}),
 *         ...
 *         END,
 *     };
 */
#ifndef TESTS_TUI_SCRIPT_H
#define TESTS_TUI_SCRIPT_H

#include "tests/tui/player.h"

enum script_op {
    SCRIPT_END,
    SCRIPT_SEE,
    SCRIPT_MISS,
    SCRIPT_KEYS,
    SCRIPT_PRESS,
    SCRIPT_LEAVE,
    SCRIPT_ROW,
    SCRIPT_NEXT,
    SCRIPT_FILL,
    SCRIPT_RECORD,
    SCRIPT_REFUSED,
};

struct script_step {
    enum script_op op;
    int line;
    int press;
    const char *text; /* of a form, the act */
    const struct play_field *fields;
};

/* The text stands on the screen; stands nowhere on it. */
#define SEE(text_) {SCRIPT_SEE, __LINE__, 0, text_, NULL}
#define MISS(text_) {SCRIPT_MISS, __LINE__, 0, text_, NULL}
/* Keys typed; one key of enum press; to the row that holds the text. */
#define KEYS(text_) {SCRIPT_KEYS, __LINE__, 0, text_, NULL}
#define PRESS(key_) {SCRIPT_PRESS, __LINE__, key_, NULL, NULL}
#define ROW(text_) {SCRIPT_ROW, __LINE__, 0, text_, NULL}
/* The case's next step is that one, and is opened. */
#define NEXT(text_) {SCRIPT_NEXT, __LINE__, 0, text_, NULL}
/* The form of that act: filled in; filled in and recorded (F2). */
#define FIELDS(...) (const struct play_field[]){__VA_ARGS__, {NULL, NULL, NULL, NULL}}
#define FILL(act_, ...) {SCRIPT_FILL, __LINE__, 0, act_, FIELDS(__VA_ARGS__)}
#define RECORD(act_, ...) {SCRIPT_RECORD, __LINE__, 0, act_, FIELDS(__VA_ARGS__)}
/* A key that leaves the field which was typed in. */
#define LEAVE(key_) {SCRIPT_LEAVE, __LINE__, key_, NULL, NULL}
/* The same with what stands there already. */
#define RECORD_AS_IT_IS(act_) {SCRIPT_RECORD, __LINE__, 0, act_, NULL}
#define AS_IT_IS(act_) {SCRIPT_FILL, __LINE__, 0, act_, NULL}
/* F2 is refused, for that reason; the form is there again. */
#define REFUSED(text_) {SCRIPT_REFUSED, __LINE__, 0, text_, NULL}
#define END {SCRIPT_END, 0, 0, NULL, NULL}

void script_play(struct player *p, const char *file, const struct script_step *steps);

#endif
