/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer: by which words a case is found, and which a query asks for. The index is
 * a function of the case's acts alone (project.h). Layer: store; uses agreement.
 *
 * Who is under the protection lock, or in a restricted case, is found by whole words and numbers
 * alone: letter by letter nobody spells out a name that a list would not show.
 */
#ifndef AMPARO_STORE_SEARCH_H
#define AMPARO_STORE_SEARCH_H

#include "amparo/agreement/case.h"
#include "amparo/base/buf.h"

/* Appends the words of a text as the index has them, one blank between. */
void search_words(struct buf *out, const char *text);

/* All that the case is found by, for the index: a new string. Numbers stand there from each of
 * their digits on, so that the last ones find them. */
char *search_index(const struct case_file *c);

/* The query as the index takes it: each word begins one of the case's. A new string; "" where it
 * has no word. */
char *search_match(const char *query);

/*
 * The case that a query names by its reference, whole or in part: "12", "2026-12", "HN-2026-0012".
 * *year is 0 where it is not said. False: it is no reference.
 */
bool search_names_case(const char *query, int64_t *year, int64_t *number);

/*
 * Appends what of the query is found where the row does not show it: "Passport: E123456", "What
 * happened: …five months of…"; nothing where `shown` (the row's text) has it all, or it may not be
 * told.
 */
void search_tell(const struct case_file *c, const char *query, const char *shown, struct buf *out);

#endif
