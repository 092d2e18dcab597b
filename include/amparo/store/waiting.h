/* SPDX-License-Identifier: MIT */
/*
 * While another program writes to the file, this one waits before it can write too; reading waits
 * for nobody. Who waits at a screen wants to know for whom, and to give up. Layer: store.
 */
#ifndef AMPARO_STORE_WAITING_H
#define AMPARO_STORE_WAITING_H

#include "amparo/store/store.h"

/*
 * Called again and again while this program waits, with the milliseconds waited so far. Waits a
 * little itself (some 10 ms at most), and says whether to go on; the call that waits fails
 * otherwise. May not use the store but for store_writer().
 */
typedef bool store_wait(void *ctx, int ms);

/* Without one (wait NULL) a call fails after ten seconds. */
void store_on_wait(struct store *store, store_wait *wait, void *ctx);

enum { STORE_PATIENT = -1 };

/*
 * For what is better left undone than waited for: from here on calls fail after so many
 * milliseconds, unasked; STORE_PATIENT: as before. Returns what was set.
 */
int store_set_patience(struct store *store, int ms);

/* A program that is writing; what is not known is NULL, or 0. */
struct writer {
    char *officer; /* who works at it */
    char *host;
    char *account; /* whose program it is; only where no officer is known */
    long pid;
};

void writer_release(struct writer *writer);

/* Who is writing now, as far as this machine can tell. */
void store_writer(struct store *store, struct writer *out);

#endif
