/* SPDX-License-Identifier: MIT */
/*
 * The languages in which documents are written: the words and passages of data/notes, dates,
 * enumerations, countries within a sentence. They are those of the program (base/locale.h).
 * Layer: paper; uses agreement, store (names of bodies), base.
 */
#ifndef AMPARO_PAPER_LANGUAGE_H
#define AMPARO_PAPER_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/date.h"
#include "amparo/base/i18n.h"
#include "amparo/paper/template.h"
#include "amparo/store/bodies.h"
#include "amparo/store/letterhead.h"

struct paper_language {
    const char *code; /* "en", "es", "fr" */
    bool us;          /* as the United States write it: words with _us, the month first */
    translate_fn *tr; /* labels, codes and countries in that language */
    const struct body_names *bodies;     /* names that the post has set; NULL: the defaults */
    const struct letterhead *letterhead; /* as the post has set it; NULL: it has not */
};

/* The language of a code, for a post of that State (NULL: any). False: there is no such one. */
bool paper_language_init(struct paper_language *language, const char *code, const char *state,
                         translate_fn *tr);

/* Labels and codes in the language of that code, as paper_language_init() takes it. */
translate_fn *paper_translator(const char *code);

/* The text of data/notes/LANGUAGE/NAME.txt, or NULL. */
const char *paper_passage(const struct paper_language *language, const char *name);

/* The word of a list in words.txt; false, with nothing appended, where the list lacks the key. */
bool paper_word(const struct paper_language *language, const char *list, const char *key,
                struct buf *out);

/* The nth entry of a list, from 0, with the line's key; false after the last. */
bool paper_word_at(const struct paper_language *language, const char *list, size_t n,
                   struct buf *key, struct buf *word);

/* How words run together in the language, for template_fill(). */
const struct template_seam *paper_seams(const struct paper_language *language);

/* "14 March 2026". */
void paper_date(const struct paper_language *language, struct date date, struct buf *out);

/*
 * A date, a partial date, or an instant ("14 March 2026, 17:40 UTC+04:00") in words; what is none
 * of these is appended as it is.
 */
void paper_moment(const struct paper_language *language, const char *text, struct buf *out);

/* A sentence that a program made: the dates and instants in it in words. */
void paper_sentence(const struct paper_language *language, const char *text, struct buf *out);
/* The same, the day of an instant alone. */
void paper_day(const struct paper_language *language, const char *text, struct buf *out);

/* The number of the day alone, of an instant: "14", "1er". */
void paper_day_alone(const struct paper_language *language, const char *text, struct buf *out);

/* Adds one of `count` texts to an enumeration: "a, b and c". */
void paper_and(const struct paper_language *language, struct buf *out, size_t index, size_t count,
               const char *text);

/* Appends what parts the parts of a list, with the blank after it: "; ". */
void paper_semicolon(const struct paper_language *language, struct buf *out);
/* What stands between a name and what is said of it: ": ". */
void paper_colon(const struct paper_language *language, struct buf *out);

/* Adds one of a list with letters: "(a) shelter; (b) medical care". */
void paper_lettered(const struct paper_language *language, struct buf *out, size_t index,
                    const char *text);

/*
 * A body of the Conference with its article ("secretariat": "the Technical Secretariat"), as the
 * post has set its name, or as words.txt has it in [body]. "mechanism_pilot" is "mechanism", and
 * says that it is a proposed one. False where there is none.
 */
bool paper_body(const struct paper_language *language, const char *body, struct buf *out);

/* The State's formal name with its article; of a State that is no member, its usual name. */
void paper_formal(const struct paper_language *language, const char *state, struct buf *out);

/* A country with the article that it has after "in": "the United Arab Emirates". */
void paper_country(const struct paper_language *language, const char *state, struct buf *out);
/* The same as one of several after "of", where the article would not run together with it. */
void paper_country_listed(const struct paper_language *language, const char *state,
                          struct buf *out);
/* The name alone. */
void paper_country_bare(const struct paper_language *language, const char *state, struct buf *out);

/* A name without the article before it; whether that article is of several (los, les). */
const char *paper_without_article(const char *name);
bool paper_is_plural(const char *name);

/* The usual name of a language by its code. */
void paper_tongue(const struct paper_language *language, const char *code, struct buf *out);

/* The text with a capital first, and in capital letters. */
void paper_capital(const char *text, struct buf *out);
void paper_capitals(const char *text, struct buf *out);

/*
 * An office with its article: "the Embassy", "la Embajada". What was typed, in any language we
 * know, with or without its State and city, is said in this language; another name stands as typed.
 */
void paper_office(const struct paper_language *language, const char *typed, const char *state,
                  const char *city, struct buf *out);

/* An office with the courtesy of the language after its article: "la Honorable Embajada". */
void paper_honoured(const struct paper_language *language, const char *office, struct buf *out);

#endif
