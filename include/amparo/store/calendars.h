/* SPDX-License-Identifier: MIT */
/*
 * The working days of the countries concerned: their weekends and holidays, as a head of post said
 * them, typed or from a CSV file. Layer: store; the counting is base/calendar.h's.
 */
#ifndef AMPARO_STORE_CALENDARS_H
#define AMPARO_STORE_CALENDARS_H

#include "amparo/base/calendar.h"
#include "amparo/store/store.h"

struct country_calendar {
    char country[3];
    struct calendar calendar;
    struct holiday *holidays; /* what calendar.sorted points to; owned */
};

void country_calendar_release(struct country_calendar *calendar);

/* Of an ISO 3166-1 code; "" is the country where the post stands. */
bool calendar_read(struct store *store, const char *country, struct country_calendar *out,
                   struct error *err);

#endif
