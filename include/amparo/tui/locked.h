/* SPDX-License-Identifier: MIT */
/*
 * What a locked program still knows. To lock, the program writes down what is open and typed,
 * sealed to its officer, gives everything else back, and begins anew with this alone: its memory is
 * then another one, and holds neither keys nor text. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_LOCKED_H
#define AMPARO_TUI_LOCKED_H

#include <jansson.h>

#include "amparo/store/store.h"

struct locked {
    char *path;       /* of the case file */
    char *officer;    /* who worked last; "" */
    char *witness;    /* the closing line of the file, or NULL */
    char *language;   /* that was spoken; NULL: nothing was locked */
    bool suspend;     /* the program is to stop first, as at Ctrl-Z */
    struct buf modes; /* of the terminal: term_hand_on() */
    json_t *sealed;   /* an array: an entry for each officer whose work was locked */
};

/* Nothing is locked. */
void locked_init(struct locked *locked);
void locked_release(struct locked *locked);

/* Into a file without a name, and back (which closes it). -1, false with err: it cannot be. */
int locked_write(const struct locked *locked, struct error *err);
bool locked_read(int fd, struct locked *locked, struct error *err);

/* Seals the screens (keep.h) of the officer who has the file open, in place of an older sealing. */
void locked_seal(struct locked *locked, const struct store *store, const json_t *screens);

/* Takes out what is sealed to that officer: a new reference; NULL: nothing is. */
json_t *locked_open(struct locked *locked, const struct store *store);

/* Somebody's name whose typing is nowhere but here, or NULL. */
const char *locked_unwritten(const struct locked *locked);

#endif
