/* SPDX-License-Identifier: MIT */
/*
 * The demo's first post on a terminal, and the way from its work list to every screen. What holds
 * on every screen goes through this table. For tests and benches only.
 */
#ifndef TESTS_TUI_TOUR_H
#define TESTS_TUI_TOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/harness/child.h"

#define TOUR_PASSPHRASE "sin secretos"

/* A folder with the case files of the demo; the caller frees both by tour_release(). */
struct tour {
    char *folder, *file;
};

void tour_make(struct tour *tour);
void tour_release(struct tour *tour);

/* The unlock screen; `line` is an option of the program, or NULL. */
struct child *tour_start(const struct tour *tour, const struct child_options *options,
                         const char *line);

/* Types the passphrase: the work list. */
void tour_unlock(struct child *child);

enum tour_kind {
    TOUR_READ,   /* lines to read */
    TOUR_LIST,   /* rows that the arrows choose */
    TOUR_SEARCH, /* the same, and a field that narrows them */
    TOUR_FORM,   /* fields */
    TOUR_ASK,    /* a question, or what any key closes */
};

/* One screen. The keys lead there from the work list, the last of them onto the screen itself. */
struct tour_stop {
    const char *name;
    enum tour_kind kind;
    const char *before; /* keys, as a terminal sends them */
    const char *last;
    const char *shows; /* stands on it, at any size */
};

extern const struct tour_stop tour_stops[];
extern const size_t tour_stop_count;

/* Goes there from the work list; the cost of the last key is left to measure. */
void tour_before(struct child *child, const struct tour_stop *stop);
void tour_last(struct child *child, const struct tour_stop *stop);

/* Whether the work list is on the screen. */
bool tour_is_home(const struct child *child);

/* Whether the passphrase is asked for. */
bool tour_is_locked(const struct child *child);

/* Leaves screen after screen until it is, and past questions and locks; false where the program
 * ended instead. */
bool tour_home(struct child *child);

#endif
