/* SPDX-License-Identifier: MIT */
/*
 * The documents that are no notes: the case summary, the poll sheet, the costs.
 * Layer: paper; uses agreement, store (the post's profile), base.
 *
 * The reader gets what redact_payload() lets through for `audience`; withheld fields say so.
 */
#ifndef AMPARO_PAPER_SUMMARY_H
#define AMPARO_PAPER_SUMMARY_H

#include "amparo/paper/note.h"

/*
 * Everything of the case, by stage: what was recorded, by whom, what was transcribed, corrected or
 * overridden; requirements with their reasons, the district test beside 7.3; the poll, where
 * silence is not declining; notes, contacts and assistance in the order of their instants
 * (Article 6); costs by who bears them; the directory's lines with their age.
 */
void paper_summary(const struct paper_source *source, const struct audience *audience,
                   struct paper *out);

/*
 * The same on a page, at most two: who, where, why; each requirement in a line, the decision, what
 * the poll gave, notes with their numbers, assistance, costs added up, and what is due next.
 */
void paper_short_summary(const struct paper_source *source, const struct audience *audience,
                         struct paper *out);

/* The last poll: its text and its answers. ERROR_INPUT where there was none. */
bool paper_poll_sheet(const struct paper_source *source, const struct audience *audience,
                      struct paper *out, struct error *err);

/* The costs alone. */
void paper_costs(const struct paper_source *source, const struct audience *audience,
                 struct paper *out);

#endif
