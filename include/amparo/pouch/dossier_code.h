/* SPDX-License-Identifier: MIT */
/*
 * What a dossier tells of a paper, by the code that stands on it (store/papercode.h), to who has
 * nothing but the dossier: whether it is a note of the case, which one, and what became of it. It
 * is found by the seal in the core of its dispatch, which no withheld part touches and whose order
 * does not matter. Layer: pouch; uses store, agreement.
 *
 * A dossier holds no log of prints and no act of a post's own: of summaries, polls, costs and other
 * papers it tells nothing, nor which copy of a note one is. A note that is not in it may be one of
 * those that are missing; one by a version before there were seals is not known by its code.
 */
#ifndef AMPARO_POUCH_DOSSIER_CODE_H
#define AMPARO_POUCH_DOSSIER_CODE_H

#include "amparo/pouch/dossier_check.h"
#include "amparo/store/papercode.h"

/*
 * Of a dossier that is believed. A new reference, as store_paper() has it, with "dispatch" (its
 * number in the dossier, from 1); its "case" is the number that all posts know, in hex. NULL:
 * ERROR_INPUT where the code says that it is of no note, ERROR_VAULT where no note here has it.
 */
json_t *dossier_paper(const struct dossier_check *check, const struct paper_code *code,
                      struct error *err);

#endif
