/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only, for verify: the gates are asked anew about an act that is in the
 * log, as they were before it was written. An officer with SQL of their own can sign what this
 * program would have refused; it stands, with their name under it, and is named. Layer: store.
 */
#ifndef AMPARO_STORE_REGATE_H
#define AMPARO_STORE_REGATE_H

#include "amparo/agreement/case.h"
#include "amparo/store/poststate.h"

/*
 * Adds a line to `notes` for each thing that stood against the act: its form, what it says of other
 * acts, the gates that it neither passes nor overrides. `before` is the case without it.
 */
void regate_note(const struct case_file *before, const struct act *act,
                 const struct post_state *post, struct buf *notes);

/*
 * Do the gates let the act pass? Else their lines in `why`. For acts that count only then
 * (case_is_final).
 */
bool regate_passes(const struct case_file *before, const struct act *act,
                   const struct post_state *post, struct buf *why);

/* The same of an act of erasing that was signed in another copy of the file, where more was known
 * of the case: who signed is asked; whether the case was closed or under a hold was asked there. */
bool regate_signed(const struct case_file *before, const struct act *act,
                   const struct post_state *post);

#endif
