/* SPDX-License-Identifier: MIT */
/*
 * Which blanks of a paragraph hold together what is at both their sides, so that no line ends
 * there while it can end elsewhere: a number and what it is of or counts ("Article 7.5",
 * "USD 100.01", "11 de marzo de 2026", "+504 2200 0000"), the letter of an item and the item, and
 * a sign that French sets apart from its word. The text itself stays as it is: who copies or
 * searches it finds blanks. Layer: page; uses base.
 */
#ifndef AMPARO_PAGE_HOLD_H
#define AMPARO_PAGE_HOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Of the blank text[at]. */
bool hold_blank(const char *text, size_t at);

/* As text_wrap(), but a line ends at such a blank only where it has no other. */
size_t hold_wrap(const char *text, int cells, size_t *shown);

#endif
