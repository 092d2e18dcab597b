/* SPDX-License-Identifier: MIT */
/*
 * Sending from a screen: by which route is asked first, then what that route needs; each says what
 * one does on it. What went, and what comes next, stands in a text afterwards. Layer: tui; uses
 * pouch, store.
 *
 * A screen that sends has a struct sending as the first member of its state, takes sending_answers
 * into its own, and keeps it with sending_keep().
 */
#ifndef AMPARO_TUI_SENDING_H
#define AMPARO_TUI_SENDING_H

#include "amparo/pouch/carry.h"
#include "amparo/tui/screen.h"

struct sending {
    char *post; /* code of the only one that it goes to; NULL: all */
    bool again; /* also what it got and has not acknowledged */
    enum route route;
    char *address; /* of a mail to that one post, where none is known; or NULL */
};

void sending_release(struct sending *sending);

/* Asks by which route. */
void sending_begin(struct screen *s, const char *post, bool again);

extern const struct answer sending_answers[];

void sending_keep(const struct sending *sending, json_t *kept);
void sending_restore(struct sending *sending, const json_t *kept);

/*
 * Seals what is due; `random` as in carry.h. False where that failed, or nothing is to go: err says
 * why.
 */
bool sending_load(struct store *store, const struct sending *sending, const uint8_t *random,
                  size_t most, struct carry_load *out, struct error *err);

/* What is in a pouch: "2 dispatches, 3 acts of the directory, 1 receipt". */
void sending_say_content(struct buf *out, const struct carry_load *load, size_t pouch);
void sending_say_receipts(struct buf *out, size_t receipts);
/* "sent 2 times, last 14 Mar 17:40"; "not sent yet". */
void sending_say_times(struct buf *out, long times, const char *last, struct instant now);
/* "MXAUH, CRAUH": for whom a pouch is. */
void sending_say_readers(struct buf *out, const struct carry_load *load, size_t pouch);

#endif
