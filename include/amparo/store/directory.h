/* SPDX-License-Identifier: MIT */
/*
 * The directory as the case file has it. Layer: store.
 */
#ifndef AMPARO_STORE_DIRECTORY_H
#define AMPARO_STORE_DIRECTORY_H

#include <jansson.h>

#include "amparo/store/store.h"

/*
 * As far as a case needs it whose person is in `receiving_state`, on a date (YYYY-MM-DD):
 * {"instrument", "parties", "lists", "posts"} in the shape of the facts of agreement/facts.h. A new
 * reference; NULL on error.
 */
json_t *store_directory_slice(struct store *store, const char *receiving_state, const char *on,
                              struct error *err);

#endif
