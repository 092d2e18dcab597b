/* SPDX-License-Identifier: MIT */
/*
 * A dossier in words: what a reader who knows the program or not needs of it. Others wrote what is
 * in it: no text of theirs ends a line here, or moves a cursor. Layer: pouch; uses agreement.
 */
#ifndef AMPARO_POUCH_DOSSIER_SAY_H
#define AMPARO_POUCH_DOSSIER_SAY_H

#include "amparo/pouch/dossier_check.h"

/*
 * Appends lines of at most 80 cells: under which root it is to be believed, a table of the
 * correspondence, then sentences: who asked whom, who answered, what each assistance rests on, what
 * does not count and why, what is missing.
 */
void dossier_say(const struct dossier_check *check, struct buf *out);

/* Of these, under which root it is to be believed. */
void dossier_say_root(const struct dossier_check *check, struct buf *out);

/* The same for machines, with what is disclosed of each dispatch; `causes` are the lines of why it
 * is not to be believed, "" where it is: a new reference. */
json_t *dossier_json(const struct dossier_check *check, const char *causes);

#endif
