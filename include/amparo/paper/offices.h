/* SPDX-License-Identifier: MIT */
/*
 * The list of a Party's offices as it is filed with the Technical Secretariat (Art. 7.6): nothing
 * personal in it. Layer: paper; uses store.
 */
#ifndef AMPARO_PAPER_OFFICES_H
#define AMPARO_PAPER_OFFICES_H

#include "amparo/page/paper.h"
#include "amparo/store/accesslog.h"

/*
 * The pages of the post's own State's list; language NULL: the reader's. ERROR_INPUT where
 * there is no such language.
 */
bool paper_offices(struct store *store, const char *language, struct paper *out, struct error *err);

/*
 * Enters in the access log that so many copies of these pages are filed with the Secretariat, and
 * writes on them what makes them copies (copy.h).
 */
bool paper_offices_enter_taken(struct store *store, long copies, struct paper *pages,
                               struct access_copy *entered, struct error *err);

#endif
