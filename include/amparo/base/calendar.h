/* SPDX-License-Identifier: MIT */
/*
 * Working days: a weekend of any days of the week, and holidays of one year or of every year. Dates
 * are squares on the calendar: clocks that are put back or forward do not matter here. Layer: base;
 * no clock, no time zone.
 */
#ifndef AMPARO_BASE_CALENDAR_H
#define AMPARO_BASE_CALENDAR_H

#include <stddef.h>

#include "amparo/base/date.h"

/* Bits of a weekend. */
enum weekday {
    MONDAY = 1,
    TUESDAY = 2,
    WEDNESDAY = 4,
    THURSDAY = 8,
    FRIDAY = 16,
    SATURDAY = 32,
    SUNDAY = 64,
    WHOLE_WEEK = 127,
};

enum { USUAL_WEEKEND = SATURDAY | SUNDAY };

struct holiday {
    int year; /* 0: every year */
    int month, day;
};

enum { HOLIDAY_SIZE = sizeof "YYYY-MM-DD" };

/* All zero works every day. */
struct calendar {
    unsigned weekend;             /* weekday bits */
    const struct holiday *sorted; /* by holiday_compare(), each once; borrowed */
    size_t count;
};

/* For qsort and bsearch: those of every year first. */
int holiday_compare(const void *a, const void *b);

/* Takes YYYY-MM-DD, a day that exists, or MM-DD (29 February too); on false *out is untouched. */
bool holiday_parse(const char *text, struct holiday *out);
const char *holiday_format(struct holiday holiday, char out[HOLIDAY_SIZE]);

/*
 * Takes days of the week as ISO 8601 numbers them (1: Monday) or names them in English by three
 * letters, with commas between: "5,6", "fri,sat"; "none". At least one day must remain to work on.
 */
bool weekend_parse(const char *text, unsigned *weekend);
enum { WEEKEND_SIZE = sizeof "mon,tue,wed,thu,fri,sat,sun" };
const char *weekend_format(unsigned weekend, char out[WEEKEND_SIZE]);

bool calendar_works(const struct calendar *calendar, struct date date);

/* That day, or the first working day after it. */
struct date calendar_next(const struct calendar *calendar, struct date date);

/*
 * The working day that is `days` after that day, whether one works on it or not; 0:
 * calendar_next(). A calendar by which nobody works for a year does not count: then every day does.
 * No day is after 9999-12-31.
 */
struct date calendar_add(const struct calendar *calendar, struct date date, long days);

#endif
