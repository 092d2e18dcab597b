/* SPDX-License-Identifier: MIT */
/*
 * Opening a case file in a thread, so that the screen stays alive meanwhile: the key derivation is
 * slow on purpose and cannot be cut short, but it can be given up. One derivation runs at a time; a
 * further one waits for one that was given up. Layer: tui; uses store.
 */
#ifndef AMPARO_TUI_UNLOCKING_H
#define AMPARO_TUI_UNLOCKING_H

#include "amparo/store/store.h"

struct unlocking;

/*
 * Begins; all is copied, the passphrase into locked memory. officer NULL: whoever's it is. `before`
 * was given up (or is NULL): it is taken over, and ended first. NULL with ERROR_FAILED where there
 * is no memory for it.
 */
struct unlocking *unlocking_begin(const char *path, const char *officer,
                                  struct passphrase passphrase, struct unlocking *before,
                                  struct error *err);

/*
 * The same with a file to be made, of that post, whose first head is `officer`: unlocking_shares()
 * then has its recovery shares. Given up, no file stays behind.
 */
struct unlocking *unlocking_begin_new(const char *path, const struct post_profile *post,
                                      const char *officer, struct passphrase passphrase,
                                      struct unlocking *before, struct error *err);

/* Before unlocking_end(): the shares, a line each, taken over into `out`. */
void unlocking_shares(struct unlocking *u, struct buf *out);

/* Can be read once it has come to its end. */
int unlocking_fd(const struct unlocking *u);

/* How it ended, after waiting for the end; *out is the caller's. Frees it. */
bool unlocking_end(struct unlocking *u, struct store **out, struct error *err);

/*
 * Waits for nothing: what comes of it is closed and wiped when it comes. It is still there, for the
 * next unlocking_begin(), or for the end of the program.
 */
void unlocking_give_up(struct unlocking *u);

/* One that was given up, after waiting for its end; NULL is fine. */
void unlocking_free(struct unlocking *u);

#endif
