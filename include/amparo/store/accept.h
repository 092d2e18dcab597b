/* SPDX-License-Identifier: MIT */
/*
 * Going on with a file that is refused, since its WAL, its anchor or pages of it are not those that
 * it stands for: a head of post takes what is there as the truth, and signs what that loses.
 * Layer: store.
 */
#ifndef AMPARO_STORE_ACCEPT_H
#define AMPARO_STORE_ACCEPT_H

#include "amparo/store/store.h"
#include "amparo/store/witness.h"

struct accept_how {
    const char *officer; /* NULL: whose passphrase it is */
    struct passphrase passphrase;
    const struct witness *witness; /* acts up to its number were there; NULL: not known */
    /* Told what is lost, a line for each thing; false gives up, with err set. */
    bool (*confirm)(void *ctx, const struct buf *lines, struct error *err);
    void *confirm_ctx;
    store_progress *progress; /* NULL: quiet */
    void *ctx;
};

struct accepted {
    char *kept;      /* where the old file is now, with its WAL; owned */
    int64_t last;    /* the number of the last act that is there */
    size_t erased;   /* persons erased again */
    struct buf list; /* further lines */
};

void accepted_release(struct accepted *accepted);

/*
 * ERROR_INPUT where nothing is lost; ERROR_REFUSED for who is no head of post; ERROR_VAULT where
 * what is there does not hold together, which salvage may help. Then nothing has changed. The
 * caller releases *out, also where it fails.
 */
bool store_accept_loss(const char *path, const struct accept_how *how, struct accepted *out,
                       struct error *err);

#endif
