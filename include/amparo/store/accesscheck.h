/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: what else the access log needs, and whether it is whole. Layer:
 * store. */
#ifndef AMPARO_STORE_ACCESSCHECK_H
#define AMPARO_STORE_ACCESSCHECK_H

#include "amparo/store/accesslog.h"
#include "amparo/store/poststate.h"

/*
 * Every entry: its place, the chain, the signature, and that who signed was an officer of the post
 * then. `found` gets a line for each that is not.
 */
bool access_log_check(struct store *store, const struct post_state *post, struct error *found,
                      struct error *err);

/*
 * Views that met another's writing are entered as soon as there is time: before the next entry, and
 * at the end of a session, which waits a little for it.
 */
void access_log_end(struct store *store);

/* The entry of a paper: of those before the entry `before` (0: of all) the last one whose mark, by
 * what lies in the file, is one. */
struct access_marked {
    struct access_entry entry; /* its number is 0: there is none */
    const char *fault;         /* N_(): how it is not as it was entered; NULL: it is */
    uint8_t mark[ACCESS_MARK];
};
typedef bool access_mark_fn(const void *ctx, const uint8_t mark[ACCESS_MARK]);

/* The caller releases out->entry, also where it fails. */
bool access_find_marked(struct store *store, access_mark_fn *is, const void *ctx, int64_t before,
                        struct access_marked *out, struct error *err);

#endif
