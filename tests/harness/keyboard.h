/* SPDX-License-Identifier: MIT */
/*
 * What a terminal sends for a key, by its terminfo entry. For tests only.
 *
 * A key is one of the names below, or CTRL('P') for a control key. A terminal need not have every
 * key: a vt220 sends nothing for Shift-Tab.
 */
#ifndef TESTS_HARNESS_KEYBOARD_H
#define TESTS_HARNESS_KEYBOARD_H

#include "amparo/base/buf.h"

enum press {
    PRESS_F1 = 0x100,
    PRESS_F2,
    PRESS_F3,
    PRESS_F4,
    PRESS_F5,
    PRESS_F6,
    PRESS_F7,
    PRESS_F8,
    PRESS_F9,
    PRESS_F10,
    PRESS_F11,
    PRESS_F12,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_INSERT,
    PRESS_DELETE,
    PRESS_BACKSPACE,
    PRESS_BACK_TAB,
    PRESS_CTRL_HOME,
    PRESS_CTRL_END,
    PRESS_PAST_LAST, /* no key */
    PRESS_TAB = '\t',
    PRESS_ENTER = '\r',
    PRESS_ESC = 0x1B,
};

#ifndef CTRL
#define CTRL(letter) ((letter)&0x1F)
#endif

struct keyboard;

/* The keys of a terminal type; NULL where terminfo does not know it. */
struct keyboard *keyboard_new(const char *term);
void keyboard_free(struct keyboard *keys);

/* The bytes of that key; NULL where that terminal has no such key. Valid as long as `keys`. */
const char *keyboard_sequence(const struct keyboard *keys, int press);

#endif
