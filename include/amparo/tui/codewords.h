/* SPDX-License-Identifier: MIT */
/*
 * By which further words the codes of a list are found: their names in the languages of the
 * program, whichever is spoken, and codes by which people know them. Made once, when first asked
 * for. Layer: tui; uses agreement, base.
 */
#ifndef AMPARO_TUI_CODEWORDS_H
#define AMPARO_TUI_CODEWORDS_H

#include <stddef.h>

/* Of a country (alpha-2) or a currency by its code; "" where there are none. */
const char *codewords_country(const char *code);
const char *codewords_currency(const char *code);

/* Of the i-th of language_all(). */
const char *codewords_language(size_t i);

/* Of a label of the field table: the msgid itself. */
const char *codewords_label(const char *msgid);

#endif
