/* SPDX-License-Identifier: MIT */
#include "tests/harness/keyboard.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { FIRST = PRESS_F1, COUNT = PRESS_PAST_LAST - FIRST };

static const char capability[COUNT][6] = {
    [PRESS_F1 - FIRST] = "kf1",          [PRESS_F2 - FIRST] = "kf2",
    [PRESS_F3 - FIRST] = "kf3",          [PRESS_F4 - FIRST] = "kf4",
    [PRESS_F5 - FIRST] = "kf5",          [PRESS_F6 - FIRST] = "kf6",
    [PRESS_F7 - FIRST] = "kf7",          [PRESS_F8 - FIRST] = "kf8",
    [PRESS_F9 - FIRST] = "kf9",          [PRESS_F10 - FIRST] = "kf10",
    [PRESS_F11 - FIRST] = "kf11",        [PRESS_F12 - FIRST] = "kf12",
    [PRESS_UP - FIRST] = "kcuu1",        [PRESS_DOWN - FIRST] = "kcud1",
    [PRESS_LEFT - FIRST] = "kcub1",      [PRESS_RIGHT - FIRST] = "kcuf1",
    [PRESS_HOME - FIRST] = "khome",      [PRESS_END - FIRST] = "kend",
    [PRESS_PAGE_UP - FIRST] = "kpp",     [PRESS_PAGE_DOWN - FIRST] = "knp",
    [PRESS_INSERT - FIRST] = "kich1",    [PRESS_DELETE - FIRST] = "kdch1",
    [PRESS_BACKSPACE - FIRST] = "kbs",   [PRESS_BACK_TAB - FIRST] = "kcbt",
    [PRESS_CTRL_HOME - FIRST] = "kHOM5", [PRESS_CTRL_END - FIRST] = "kEND5",
};

struct keyboard {
    char *sequence[COUNT];
    char plain[0x100][2]; /* a control key is its own byte */
};

struct keyboard *keyboard_new(const char *term)
{
    int status;

    if (setupterm(term, STDOUT_FILENO, &status) != OK)
        return NULL;

    struct keyboard *keys = xcalloc(1, sizeof *keys);
    for (int i = 0; i < COUNT; i++) {
        const char *sequence = tigetstr(capability[i]);
        if (sequence && sequence != (char *)-1)
            keys->sequence[i] = xstrdup(sequence);
    }
    for (int c = 1; c < 0x100; c++)
        keys->plain[c][0] = (char)c;
    del_curterm(cur_term);
    return keys;
}

void keyboard_free(struct keyboard *keys)
{
    if (!keys)
        return;
    for (int i = 0; i < COUNT; i++)
        free(keys->sequence[i]);
    free(keys);
}

const char *keyboard_sequence(const struct keyboard *keys, int press)
{
    if (press > 0 && press < 0x100)
        return keys->plain[press];
    if (press < FIRST || press >= PRESS_PAST_LAST)
        BUG("no such key");
    return keys->sequence[press - FIRST];
}
