/* SPDX-License-Identifier: MIT */
/*
 * From the bytes of a terminal to events: text in UTF-8, control characters, the key sequences of
 * ANSI, DEC and xterm-like terminals (ECMA-48 control sequences), bracketed pastes. Layer: tui;
 * pure: the time comes as an argument, so that every pause is tested without one.
 *
 * What has been typed is never lost: bytes stay queued until taken. A lone Esc is undecided for
 * DECODE_ESC_MS, since a digit after it makes an F-key; text that follows later decides it.
 */
#ifndef AMPARO_TUI_DECODE_H
#define AMPARO_TUI_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/tui/event.h"

#define DECODE_SEQUENCE_MS 50      /* bytes of one key come closer together than this */
#define DECODE_ESC_MS 700          /* how long Esc waits for its digit */
#define DECODE_PASTE_MAX (1 << 16) /* bytes that are kept of a paste, or a few more */

/* A key sequence of this terminal that is not one of the usual ones. */
struct decode_key {
    const char *bytes;
    enum term_key key;
};

struct decoder {
    struct buf in;    /* not yet taken */
    struct buf paste; /* of the last paste event */
    int64_t last;     /* when bytes came last, ms */
    bool alone;       /* the Esc at the start came alone: no key sequence starts with it */
    bool pasting;
    const struct decode_key *keys; /* of the terminal; ended by bytes NULL; may be NULL */
};

void decoder_init(struct decoder *decoder, const struct decode_key *keys);
void decoder_release(struct decoder *decoder);

/* Adds bytes that came at `now` (milliseconds of any steady clock). */
void decoder_feed(struct decoder *decoder, const char *bytes, size_t size, int64_t now);

/*
 * Takes the next event: TERM_KEY, TERM_TEXT, TERM_PASTE, TERM_SUSPEND or TERM_ANSWER. False where
 * there is none yet; *wait is then how many ms of silence would decide what is held, -1 where
 * nothing is held.
 */
bool decoder_next(struct decoder *decoder, int64_t now, struct term_event *event, int *wait);

#endif
