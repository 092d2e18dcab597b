/* SPDX-License-Identifier: MIT */
/*
 * Civil dates and partial dates. Layer: base; no clock, no time zone: a date is a square on the
 * calendar (proleptic Gregorian, years 1 to 9999), compared and counted as such.
 *
 * A partial date is the subset of EDTF level 1 (ISO 8601-2) that a birth date needs: the day, or
 * the day and the month, or all may be unknown, and `~` says "about". It is never completed. Who
 * needs a whole date asks for a reading: the youngest (latest day that it allows, for the
 * presumption of minority) or the oldest (earliest day).
 */
#ifndef AMPARO_BASE_DATE_H
#define AMPARO_BASE_DATE_H

#include <stdbool.h>

struct date {
    int year, month, day; /* all zero: no date */
};

struct partial_date {
    int year, month, day; /* zero: unknown; a known part has all the larger parts known */
    bool approximate;     /* the `~`: changes no reading */
};

enum {
    DATE_SIZE = sizeof "YYYY-MM-DD",
    PARTIAL_DATE_SIZE = sizeof "YYYY-MM-DD~",
};

/* Days in that month (28 to 31); 0 where there is no such month. */
int date_days_in_month(int year, int month);

bool date_is_valid(struct date date);

/* Takes exactly YYYY-MM-DD, a day that exists. On false *date is untouched. */
bool date_parse(const char *text, struct date *date);

/* Writes YYYY-MM-DD and returns `out`. */
const char *date_format(struct date date, char out[DATE_SIZE]);

/* Negative, zero or positive as a lies before, on or after b. */
int date_compare(struct date a, struct date b);

/* Days since 1970-01-01, negative before; and back. */
long date_number(struct date date);
struct date date_from_number(long days);

/* Days from `from` to `to`; negative where `to` is earlier. */
long date_days_between(struct date from, struct date to);

struct date date_add_days(struct date date, long days);

/* Months or years later (earlier when negative); a day that the month lacks becomes its last. */
struct date date_add_months(struct date date, int months);

/*
 * Completed years on `on` of who was born on `born`; negative before the birth. Born on
 * 29 February, one grows older on 1 March of a common year.
 */
int date_age(struct date born, struct date on);

/* YYYY-MM-DD, YYYY-MM-XX, YYYY-XX-XX or XXXX-XX-XX, each with an optional `~`; nothing else. */
bool partial_date_parse(const char *text, struct partial_date *date);
const char *partial_date_format(struct partial_date date, char out[PARTIAL_DATE_SIZE]);

/* Whether not even the year is known: then there is no reading. */
bool partial_date_is_unknown(struct partial_date date);

/* The latest and the earliest day that the date allows. BUG() where it is wholly unknown. */
struct date partial_date_youngest(struct partial_date date);
struct date partial_date_oldest(struct partial_date date);

#endif
