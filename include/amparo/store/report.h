/* SPDX-License-Identifier: MIT */
/*
 * What is to be said at a meeting of the network (7.7): which cases, under which pseudonyms; and
 * the recording that they were presented. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_REPORT_H
#define AMPARO_STORE_REPORT_H

#include <jansson.h>

#include "amparo/store/meetings.h"

enum { PSEUDONYM_SIZE = 16 };

struct report_row {
    char *reference; /* for the officer alone */
    char pseudonym[PSEUDONYM_SIZE];
    json_t *digest;      /* agreement/digest.h */
    char due[DATE_SIZE]; /* of the first meeting that passed without it; "": it is not late */
    bool pending;        /* still open; of one that was presented: it was so then */
    bool presented;      /* recorded as presented at this meeting */
};

struct report {
    struct meeting meeting;
    struct report_row *rows; /* by pseudonym, which tells no order of time */
    size_t count;
};

void report_release(struct report *report);

/*
 * The cases that were presented at the meeting, and those that wait for it; `which` is a day,
 * "next" or "last". Nobody under the protection lock is among them.
 *
 * A pseudonym is the same in every report of this file. It is made of the case's id with a key
 * that never leaves the file, so that nobody can make it from what other posts have of the case.
 */
bool store_report(struct store *store, const char *which, struct report *out, struct error *err);

/* The report as report_make() (agreement/report.h) gives it, with "meeting": {"network", "place",
 * "on"} and "post": {"state", "name"}; a new reference. No reference of a case is in it. */
json_t *store_report_tree(const struct store *store, const struct report *report, unsigned left_out,
                          const char *counted);

/*
 * Records, for each case that waits for the meeting, that it was presented (an open one: as
 * pending), through the gates: all of them, or none. *recorded gets how many.
 */
bool store_report_record(struct store *store, const char *which, size_t *recorded,
                         struct error *err);

/*
 * The statistics of agreement/statistics.h over the cases opened from one day to another (each may
 * be NULL: no limit); a new reference, NULL on error.
 */
json_t *store_statistics(struct store *store, const char *from, const char *until,
                         struct error *err);

#endif
