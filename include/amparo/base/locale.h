/* SPDX-License-Identifier: MIT */
/* The reader's language and the character set. Layer: base. */
#ifndef AMPARO_BASE_LOCALE_H
#define AMPARO_BASE_LOCALE_H

/*
 * Starts the locale of the environment and binds our catalogue (in AMPARO_TEXTDOMAINDIR, else
 * where it was installed). Where the locale is absent or not UTF-8, C.UTF-8 takes its place and
 * the language asked for stays. `lang` (en, es, fr) outdoes the environment; NULL keeps it. Numbers
 * keep the point. May be called again to change the language.
 */
void locale_start(const char *lang);

/*
 * Until locale_own(), gettext answers in that language (not to be nested; one thread): to collect
 * how things are called in a language that is not the reader's. What it answered stays valid.
 */
void locale_other(const char *lang);
void locale_own(void);

#endif
