/* SPDX-License-Identifier: MIT */
/*
 * What stands on the paper of a note, for people to compare, and what its conversation says of it
 * since: shared by who looks in a case file (paperfound.h) and in a dossier
 * (pouch/dossier_code.h). Open fields alone: it needs no part that is personal. Layer: store; uses
 * agreement.
 */
#ifndef AMPARO_STORE_PAPERNOTE_H
#define AMPARO_STORE_PAPERNOTE_H

#include <jansson.h>

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/trust.h"

/*
 * Sets in `paper` "number", "note" (its kind), "date", "handed_over", "to" ({"state", "office",
 * "city"}), "from" of one that came in, "persons" (how many it names) and "language", as far as
 * they are known.
 */
void paper_set_note(json_t *paper, const json_t *payload, const char *number);

/* The keys of note fields that differ: a new reference. `whole`: both have all that was said; else
 * what is missing above class P0 may only not be here. */
json_t *paper_differences(const json_t *before, const json_t *after, bool whole);

/* Adds {"change", "at", "by", "fields"} to paper["changes"]; by and fields may be NULL, and fields
 * is taken over. */
void paper_add_change(json_t *paper, const char *change, const char *at, const char *by,
                      json_t *fields);

/* The seal that a dispatch of a note carries (papercode.h); NULL: it is none, or older. */
const char *paper_seal_of(const struct dispatch *d);

/*
 * Sets all that a conversation says of the note of that item: what stands on it, "sender", "trust",
 * "standing" (with "reason") where it does not simply count, and as "changes" what annulled,
 * withdrew or corrected it.
 */
void paper_set_said(json_t *paper, const struct conversation *c, int item,
                    const struct trusted *trust);

#endif
