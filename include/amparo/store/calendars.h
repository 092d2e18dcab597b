/* SPDX-License-Identifier: MIT */
/*
 * The working days of the countries concerned: their weekends and holidays, as a head of post said
 * them, typed or from a CSV file. Layer: store; the counting is base/calendar.h's.
 */
#ifndef AMPARO_STORE_CALENDARS_H
#define AMPARO_STORE_CALENDARS_H

#include <jansson.h>

#include "amparo/base/calendar.h"
#include "amparo/store/store.h"

/* ---- to count with ---- */
struct country_calendar {
    char country[3];
    struct calendar calendar;
    struct holiday *holidays; /* what calendar.sorted points to; owned */
};

void country_calendar_release(struct country_calendar *calendar);

/* Of an ISO 3166-1 code; "" is the country where the post stands. */
bool calendar_read(struct store *store, const char *country, struct country_calendar *out,
                   struct error *err);

/* ---- what was said, by whom and when ---- */
struct calendar_line {
    char country[3];
    bool is_weekend;
    unsigned weekend;       /* of a weekend */
    struct holiday holiday; /* of a holiday, and its name, which may be "" */
    char *name;
    char *said_by, *said_at;
};

struct calendar_lines {
    struct calendar_line *list; /* by country: its weekend, then its holidays, yearly ones first */
    size_t count;
};

void calendar_lines_release(struct calendar_lines *lines);

/* Of one country, or of all (NULL). */
bool calendars_said(struct store *store, const char *country, struct calendar_lines *out,
                    struct error *err);

/* Is exactly that said: the country's weekend, or the holiday by that name? */
bool calendar_says(struct store *store, const struct calendar_line *line, bool *is,
                   struct error *err);

/* Array of {"country", "weekend" or "day", "name", "said_by", "said_at"}: a new reference. */
json_t *calendar_lines_json(const struct calendar_lines *lines);

/*
 * A head of post's to say (else ERROR_REFUSED); a country is one of ISO 3166-1, or XK (else
 * ERROR_INPUT). NULL takes back what was said of the weekend: it is Saturday and Sunday then.
 */
bool calendar_set_weekend(struct store *store, const char *country, const unsigned *weekend,
                          struct error *err);
/* A day that is there already gets the new name. */
bool calendar_add_holiday(struct store *store, const char *country, struct holiday holiday,
                          const char *name, struct error *err);
/* ERROR_INPUT where that day is none there. */
bool calendar_remove_holiday(struct store *store, const char *country, struct holiday holiday,
                             struct error *err);

enum { HOLIDAY_NAME_MOST = 80, CALENDAR_LINES_MOST = 20000 };

/*
 * Reads CSV with the columns country, day, name: a day as of holiday_parse(); or the word
 * "weekend", and the days of weekend_parse() for its name. Lines that say what is there already are
 * counted apart. All lines or none: a line of err for each bad one. `dry`: nothing is written.
 */
struct calendar_import {
    size_t weekends, holidays, as_before;
};
bool calendar_import(struct store *store, const char *bytes, size_t size, bool dry,
                     struct calendar_import *out, struct error *err);

#endif
