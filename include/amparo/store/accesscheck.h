/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: what else the access log needs, and whether it is whole. Layer:
 * store. */
#ifndef AMPARO_STORE_ACCESSCHECK_H
#define AMPARO_STORE_ACCESSCHECK_H

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

#endif
