/* SPDX-License-Identifier: MIT */
/*
 * The machine-readable zone of a travel document (ICAO 9303 parts 3 to 6): TD1 (3 lines of 30),
 * TD2 (2 of 36), TD3 (2 of 44). Layer: base.
 *
 * Check digits weigh 7, 3, 1 in turn and are taken modulo 10. A zone with a wrong digit is refused
 * with the name of each field that fails: it is never taken silently.
 */
#ifndef AMPARO_BASE_MRZ_H
#define AMPARO_BASE_MRZ_H

#include <stdbool.h>

#include "amparo/base/date.h"
#include "amparo/base/error.h"

enum mrz_format { MRZ_TD1, MRZ_TD2, MRZ_TD3 };

/* All strings NUL-terminated, without fillers; "" where the zone leaves the field empty. */
struct mrz {
    enum mrz_format format;
    char type[3];        /* document code: "P", "I", "AC" … */
    char issuer[4];      /* ISO 3166-1 alpha-3 or a code of ICAO 9303-3: "HND", "D", "XXA" */
    char nationality[4]; /* likewise */
    char number[27];     /* document number, also the long form of TD1 and TD2 */
    char birth[PARTIAL_DATE_SIZE];  /* partial date: 1998-03-14, 2009-01-XX, XXXX-XX-XX */
    char expiry[PARTIAL_DATE_SIZE]; /* likewise */
    char sex[2];                    /* "F", "M", or "X" where the zone says unspecified */
    char surnames[40];              /* as in the zone: capitals, one space between words */
    char given_names[40];           /* likewise */
    char optional[16];              /* first optional field: often a national number */
    bool truncated;                 /* the names fill their field: compare with the printed ones */
};

/*
 * Reads the lines in `text`: apart by newlines, or run together as a document reader sends them;
 * small letters and blanks around lines are taken. `this_year` (say 2026) places two-digit years:
 * a birth is never after it, an expiry within 50 years of it. Errors (ERROR_INPUT): not of a known
 * size, a character that no zone has, a check digit that does not agree (a line for each field).
 */
bool mrz_parse(const char *text, int this_year, struct mrz *mrz, struct error *err);

#endif
