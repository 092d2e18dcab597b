/* SPDX-License-Identifier: MIT */
/*
 * What is known of a paper (paperfound.h, pouch/dossier_code.h), in words for people: what it is,
 * what to compare with it, what became of it since, and what a code does not prove. Layer: store;
 * uses agreement.
 */
#ifndef AMPARO_STORE_PAPERSAY_H
#define AMPARO_STORE_PAPERSAY_H

#include <jansson.h>

#include "amparo/base/buf.h"

/* Appends lines of at most `width` cells, in the reader's language. */
void paper_say(const json_t *paper, int width, struct buf *out);

#endif
