/* SPDX-License-Identifier: MIT */
/*
 * Instants: RFC 3339 date-times with their offset kept, so that "14:05 in Accra" stays readable
 * and still compares with any other. Layer: base; no clock (base/clock.h reads it).
 */
#ifndef AMPARO_BASE_INSTANT_H
#define AMPARO_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "amparo/base/date.h"

struct instant {
    int64_t seconds; /* since 1970-01-01T00:00:00Z; a leap second counts as the next one */
    int32_t nanos;   /* 0 to 999999999 */
    int16_t offset;  /* minutes east of UTC that the writer used */
};

enum { INSTANT_SIZE = sizeof "YYYY-MM-DDThh:mm:ss.nnnnnnnnn+hh:mm" };

/*
 * Takes YYYY-MM-DDThh:mm:ss, an optional fraction, and Z or ±hh:mm (RFC 3339 5.6; t and z too;
 * no blank for the T). Digits of the fraction past the ninth are read and dropped. Second 60 is
 * taken only at 23:59 UTC. On false *at is untouched.
 */
bool instant_parse(const char *text, struct instant *at);

/* Writes it with its offset (`Z` is written +00:00), and a fraction only where it has one. */
const char *instant_format(struct instant at, char out[INSTANT_SIZE]);

/* Negative, zero or positive by the time, whatever the offsets. */
int instant_compare(struct instant a, struct instant b);

/* The civil date where it was written. */
struct date instant_date(struct instant at);

/* Hours, minutes, seconds where it was written, as seconds of the day. */
int instant_second_of_day(struct instant at);

/* Later by so many seconds (earlier when negative), same offset. */
struct instant instant_add_seconds(struct instant at, int64_t seconds);

#endif
