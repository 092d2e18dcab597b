/* SPDX-License-Identifier: MIT */
/* The reader's language and the character set. Layer: base. */
#ifndef AMPARO_BASE_LOCALE_H
#define AMPARO_BASE_LOCALE_H

#include <stdbool.h>
#include <stddef.h>

enum { LOCALE_COUNT = 3 };

/* Codes of the languages of the program, ended by NULL. The first is that of the sources. */
extern const char *const locale_languages[LOCALE_COUNT + 1];

/* Whether that is the code of one of them, and what it calls itself ("français"). */
bool locale_speaks(const char *code);
const char *locale_language_name(const char *code);

/* The code of the one in which the program speaks now; its place among them. */
const char *locale_language(void);
size_t locale_index(void);

/*
 * Starts the locale of the environment and binds our catalogue (in AMPARO_TEXTDOMAINDIR, else
 * where it was installed). Where the locale is absent or not UTF-8, C.UTF-8 takes its place and
 * the language asked for stays; of the several that LANGUAGE may name, the first that we speak.
 * `lang` (a code of ours) outdoes the environment; NULL keeps it. Numbers keep the point. May be
 * called again to change the language.
 */
void locale_start(const char *lang);

/*
 * Until locale_own(), gettext answers in that language (not to be nested; one thread): to collect
 * how things are called in a language that is not the reader's. What it answered stays valid.
 */
void locale_other(const char *lang);
void locale_own(void);

#endif
