/* SPDX-License-Identifier: MIT */
/*
 * The list of a Party's offices as it is filed with the Technical Secretariat (Art. 7.6): nothing
 * personal in it. Layer: paper; uses store.
 */
#ifndef AMPARO_PAPER_OFFICES_H
#define AMPARO_PAPER_OFFICES_H

#include "amparo/page/paper.h"
#include "amparo/store/store.h"

/*
 * The pages of the post's own State's list; language NULL: the reader's. ERROR_INPUT where
 * there is no such language.
 */
bool paper_offices(struct store *store, const char *language, struct paper *out, struct error *err);

#endif
