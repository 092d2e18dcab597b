/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: whether the access log is whole; for verify. Layer: store. */
#ifndef AMPARO_STORE_ACCESSCHECK_H
#define AMPARO_STORE_ACCESSCHECK_H

#include "amparo/store/poststate.h"

/*
 * Every entry: its place, the chain, the signature, and that who signed was an officer of the post
 * then. `found` gets a line for each that is not.
 */
bool access_log_check(struct store *store, const struct post_state *post, struct error *found,
                      struct error *err);

#endif
