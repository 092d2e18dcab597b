/* SPDX-License-Identifier: MIT */
/*
 * Living languages (from iso-codes, when the program is built): the two letters of ISO 639-1 where
 * a language has them, else the three of ISO 639-3.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_LANGUAGE_H
#define AMPARO_AGREEMENT_LANGUAGE_H

#include <stddef.h>

struct language {
    const char *code;   /* "es", "miq" */
    const char *alpha3; /* "spa", "miq" */
    const char *name;   /* English: a msgid of iso-codes' catalogue iso_639-3 */
};

/* The entry of a code, or NULL: "spa" is none, since there is "es". */
const struct language *language_find(const char *code);

/* The entry of three letters, also where two are the code; or NULL. */
const struct language *language_by_alpha3(const char *alpha3);

/* All of them, by code in byte order. */
const struct language *language_all(size_t *count);

#endif
