/* SPDX-License-Identifier: MIT */
/*
 * Forms to be filled in by hand on a day without power, made from the field table: what is typed
 * later is asked on paper in the same order and by the same words. Layer: paper; uses store,
 * agreement, base.
 */
#ifndef AMPARO_PAPER_BLANKFORM_H
#define AMPARO_PAPER_BLANKFORM_H

#include "amparo/agreement/act.h"
#include "amparo/page/paper.h"
#include "amparo/paper/language.h"
#include "amparo/store/store.h"

/* The whole intake (ACT_NONE), or one sheet of that act. */
void paper_blank_form(const struct paper_language *language, const struct post_profile *post,
                      enum act_kind kind, struct paper *out);

#endif
