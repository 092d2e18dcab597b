/* SPDX-License-Identifier: MIT */
/*
 * What a person types into a date field, and how it is said back in full words. Layer: base; no
 * clock: today comes as an argument.
 *
 * Day, month, year in this order, with `/`, `.`, `-` or blanks between; months by the first three
 * letters or more of their name in English, Spanish or French (case and accents as one likes).
 * Understood are
 *
 *   T  T-3  T+2W  T-1M  T+1Y     today, and days, weeks, months, years from it (A for años too)
 *   15  1503  15/3  15mar        a day of this month, of this year
 *   150384  15031984  15/3/84    two-digit years: the one window below
 *   14mar2026  14 de marzo de 2026  March 14, 2026  2026-03-14  20260314
 *   mar 84  3/1984  2026-03  2026-03-XX      the day is not known
 *   1984  1984-XX-XX             only the year is known
 *   ~1984  (~ before or after any)           about
 *   35a  35y  35 años            years old today: this year less the age, as "about"; the age itself
 *                                is kept beside it
 *
 * One window for two-digit years: from 79 years back to 20 years ahead of this year. Four digits
 * from 1900 to 2099 are a year where the field takes partial dates, else a day and a month.
 */
#ifndef AMPARO_BASE_DATEENTRY_H
#define AMPARO_BASE_DATEENTRY_H

#include <stdbool.h>

#include "amparo/base/buf.h"
#include "amparo/base/date.h"
#include "amparo/base/error.h"
#include "amparo/base/i18n.h"

struct date_entry {
    struct partial_date date;
    int age;           /* years old as typed; -1: it was not typed as an age */
    struct date as_of; /* when one had that age; no date without an age */
};

/*
 * Understands `text`; what lies around it of blanks does not count. Where `partial` is false only
 * a whole date is taken. On false *entry is untouched and the error (ERROR_INPUT) says what would
 * be understood, in the reader's language.
 */
bool date_entry_parse(const char *text, bool partial, struct date today, struct date_entry *entry,
                      struct error *err);

/* Appends the date in words: "14 March 1984", "about March 1984", "1984", "date unknown". */
void date_echo(struct buf *out, struct partial_date date, translate_fn *translate);

/* Appends how an age typed is known, with the day of which it holds: "as told on 14 March 2026". */
void date_age_basis(struct buf *out, const struct date_entry *entry, translate_fn *translate);

#endif
