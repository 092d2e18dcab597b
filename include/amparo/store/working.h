/* SPDX-License-Identifier: MIT */
/*
 * Reading and acts on many that take a while on a large file: whoever waits is told how far it is,
 * and can give it up. What is given up has changed nothing. Layer: store.
 */
#ifndef AMPARO_STORE_WORKING_H
#define AMPARO_STORE_WORKING_H

#include "amparo/store/store.h"

/*
 * From now on `work` is called every few milliseconds while the store is at work, with how much of
 * it is done; total 0: nobody knows. Where it says false, the work ends with ERROR_FAILED, and so
 * does all that follows until the next call of this. NULL: nobody is called. Work that knows better
 * what to do with a signal (verify) calls its own.
 */
void store_on_work(struct store *store, store_progress *work, void *ctx);

/* Whether it was given up since. */
bool store_work_given_up(const struct store *store);

/* Inside the store layer: the work is of so many pieces; so many of them are done (false: it was
 * given up, and err says so). */
void work_total(struct store *store, uint64_t total);
bool work_step(struct store *store, uint64_t done, struct error *err);

/* Inside the store layer: SQLite asks who is to be asked, of a new connection too. */
void work_listen(struct store *store);

#endif
