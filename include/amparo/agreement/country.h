/* SPDX-License-Identifier: MIT */
/*
 * Countries, and which of them are Member States of the Conference. The codes are those of
 * ISO 3166-1 (from iso-codes, when the program is built) and XK.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_COUNTRY_H
#define AMPARO_AGREEMENT_COUNTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/i18n.h"

enum { STATE_SIZE = 3 }; /* an alpha-2 code and its NUL */

struct country {
    const char *code;   /* alpha-2 */
    const char *alpha3; /* as in machine-readable zones and prints */
    const char *name;   /* iso-codes' English names: the msgids of its catalogue; */
    const char *common; /* NULL where it has none */
    const char *official;
};

/* The eleven Member States, in the order of every table that shows them side by side. */
enum { MEMBER_COUNT = 11 };
extern const char *const member_states[MEMBER_COUNT];

bool country_is_member(const char *code);

/* The entry of an alpha-2 code in capitals, or NULL. Namibia is NA. */
const struct country *country_find(const char *code);

/* All of them, by code in byte order. */
const struct country *country_all(size_t *count);

/* The usual name; `translate` as reader_language() asks our catalogue, then that of iso-codes. An
 * unknown code is its own name. */
const char *country_name(const char *code, translate_fn *translate);

/* The same within a sentence: English has "the United Arab Emirates". A new string. */
char *country_in_text(const char *code, translate_fn *translate);

/*
 * The formal name with its article, as notes verbales use it: "the Republic of Honduras",
 * "la República de Honduras". lang: en, es or fr (another is taken as en). Member States only:
 * NULL for others.
 */
const char *country_formal(const char *code, const char *lang);

/*
 * The code that a list from elsewhere means by an English name, or NULL. Case, accents, blanks and
 * a leading "the" do not count; names of other times and other lists are known as well.
 */
const char *country_by_name(const char *name);

#endif
