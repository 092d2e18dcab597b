/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/bidi.h"

#include <string.h>

#include <utf8proc.h>

#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"
#define POP_ISOLATE "\xe2\x81\xa9"

/* Which way a character goes, and how many bytes it has. */
enum way { NEITHER, LEFT_TO_RIGHT, RIGHT_TO_LEFT, ON_ITS_LETTER };

static enum way way_of(const char *text, size_t *size)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);

    *size = n > 0 ? (size_t)n : 1;
    switch (n > 0 ? utf8proc_get_property(point)->bidi_class : 0) {
    case UTF8PROC_BIDI_CLASS_L:
        return LEFT_TO_RIGHT;
    case UTF8PROC_BIDI_CLASS_R:
    case UTF8PROC_BIDI_CLASS_AL:
        return RIGHT_TO_LEFT;
    case UTF8PROC_BIDI_CLASS_NSM:
        return ON_ITS_LETTER;
    default:
        return NEITHER;
    }
}

/* Where the first letter from right to left stands; the end where there is none. */
static size_t find_run(const char *text)
{
    size_t at = 0, size = 0;

    while (text[at] && way_of(text + at, &size) != RIGHT_TO_LEFT)
        at += size;
    return at;
}

/* From there to the last such letter that no letter of the other way precedes, with its marks. */
static size_t run_size(const char *text)
{
    size_t end = 0, size = 0;

    for (size_t at = 0; text[at] && text[at] != '\n'; at += size) {
        enum way way = way_of(text + at, &size);
        if (way == LEFT_TO_RIGHT)
            break;
        if (way == RIGHT_TO_LEFT || (way == ON_ITS_LETTER && end == at))
            end = at + size;
    }
    return end;
}

/* All such letters are U+0590 or later: their first byte is 0xd6 or more. */
static bool may_have_run(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xd6)
            return true;
    return false;
}

bool bidi_isolate(const char *text, struct buf *out)
{
    if (!may_have_run(text) || !text[find_run(text)])
        return false;
    while (*text) {
        size_t before = find_run(text), run = run_size(text + before);
        buf_add(out, text, before);
        if (run) {
            buf_adds(out, FIRST_STRONG_ISOLATE);
            buf_add(out, text + before, run);
            buf_adds(out, POP_ISOLATE);
        }
        text += before + run;
    }
    return true;
}
