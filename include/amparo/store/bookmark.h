/* SPDX-License-Identifier: MIT */
/*
 * Where an officer is in their program: the screens that are open, as the program on the terminal
 * writes them down. Whatever ends the program, the next one can go on there. A bookmark is its
 * officer's alone, and of one program: the next one takes up what a program left that is there no
 * more. Layer: store.
 */
#ifndef AMPARO_STORE_BOOKMARK_H
#define AMPARO_STORE_BOOKMARK_H

#include "amparo/store/store.h"

struct bookmark {
    char at[INSTANT_SIZE]; /* last written */
    char *screens;         /* NULL: there is none */
};

void bookmark_release(struct bookmark *bookmark);

/*
 * Writes where this program is, in place of what it wrote before and of what this officer's ended
 * programs left. Waits for nobody: while somebody writes it fails. Needs store_presence_set().
 */
bool store_bookmark_put(struct store *store, const char *screens, struct error *err);

/* The newest that an ended program of this officer left; it stays until the next one is put. Call
 * store_presence_list() before: it knows who has ended. */
bool store_bookmark_left(struct store *store, struct bookmark *out, struct error *err);

/* Nothing of this officer's is left where one goes on: they left as one leaves. */
bool store_bookmark_drop(struct store *store, struct error *err);

#endif
