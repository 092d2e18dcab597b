/* SPDX-License-Identifier: MIT */
/*
 * The register of notes verbales on paper: a line for each number, and what became of the note.
 * Layer: paper; uses store, agreement, base.
 */
#ifndef AMPARO_PAPER_REGISTER_H
#define AMPARO_PAPER_REGISTER_H

#include "amparo/paper/language.h"
#include "amparo/page/paper.h"
#include "amparo/store/register.h"

/* year 0: all. now: RFC 3339. */
void paper_register(const struct paper_language *language, const struct post_profile *post,
                    const struct register_rows *rows, long year, const char *now,
                    struct paper *out);

/*
 * What became of a note, in one paragraph: "by hand, sent 12 March 2026; delivered 14 March 2026;
 * answered by E-045/2026"; nothing where nothing is known.
 */
void paper_register_fate(const struct paper_language *language, const struct register_row *row,
                         struct buf *out);

#endif
