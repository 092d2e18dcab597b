/* SPDX-License-Identifier: MIT */
/*
 * The missions of the world as lines of a list, and lists read from CSV. Nothing here touches a
 * file or the database. Layer: store; uses agreement.
 *
 * A line says: this State has, or covers by, this post that country. An embassy that also covers
 * three other countries is four lines: one of its own kind and three `non_resident` ones.
 */
#ifndef AMPARO_STORE_MISSIONS_H
#define AMPARO_STORE_MISSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/agreement/facts.h"
#include "amparo/base/date.h"
#include "amparo/base/error.h"

struct mission {
    char state[STATE_SIZE];   /* whose */
    char country[STATE_SIZE]; /* accredited to, or covered from elsewhere */
    char seat[STATE_SIZE];    /* where it stands: an embassy to VA stands in IT */
    char *city;               /* where it stands; "" unknown; these texts are owned */
    enum post_kind kind;
    bool able; /* false: it exists and cannot act */
    enum post_source source;
    struct date on; /* of the list */
    char *phone, *email, *website;
    char *reference; /* the line's name in the list that it came from, or "" */
};

struct missions {
    struct mission *list;
    size_t count;
};

#define MISSIONS_INIT                                                                              \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

void missions_release(struct missions *missions);

/* Adds a copy. */
void missions_add(struct missions *missions, const struct mission *mission);

/* By all that they say, field by field: negative, zero or positive. */
int mission_compare(const struct mission *a, const struct mission *b);

/* Sorts by that. */
void missions_sort(struct missions *missions);

/*
 * The columns of our own CSV, separated by commas, named in its first line, in any order:
 *
 *   state country city kind source date         needed
 *   able seat phone email website reference     may be left out
 *
 * States are alpha-2 codes (Namibia is NA); kind and source are the codes of assess.md; date is
 * that of the list, YYYY-MM-DD, not after `today`; able is yes (the default) or no; seat is the
 * country where the post stands, if not `country`.
 */
bool missions_read_own(const char *bytes, size_t size, struct date today, struct missions *out,
                       struct error *err);

/* A first line and a line each, CRLF, in the form that missions_read_own() takes. */
void missions_write_own(const struct missions *missions, struct buf *out);

/* Lines of a list of the world that say nothing to us, and why. */
struct passed {
    char *name;      /* what we do not know: "Catalonia" */
    const char *why; /* N_() */
    size_t count;
    long line; /* of the first */
};

struct passed_over {
    struct passed *list;
    size_t count;
};

void passed_over_release(struct passed_over *passed);

/*
 * The list of embassies that Wikidata's query gives: columns operator, jurisdictions (separated by
 * `|`), country, city, phone, email, website, type, QID, separated by semicolons, no quoting. All
 * lines become seed lines of the date given. What is derived, and how:
 *
 * - the kind from words in `type` ("de facto embassy", "Consulate General of Sweden");
 * - accredited to the country where it stands; but an embassy that stands in Italy and lists the
 *   Vatican, not Italy, is accredited to the Holy See, whose embassies all stand in Italy;
 * - every other country among the jurisdictions is covered: a non_resident line.
 *
 * Lines of senders that are no State, in places that are no country of ISO 3166-1, or of kinds that
 * are neither diplomatic nor consular, are passed over and counted.
 */
/* The date in the name of a list from elsewhere, "…_2022-11-16.csv"; today where it has none. */
struct date missions_date_in_name(const char *path, struct date today);

bool missions_read_wikidata(const char *bytes, size_t size, struct date on, struct missions *out,
                            struct passed_over *passed, struct error *err);

/*
 * Both readers: a bad line is named by its number (ERROR_INPUT, a line each, at most twenty), and
 * then *out is left empty: nothing is taken until the list is good.
 */

/* ---- what a list answers ---- */

enum presence_mark {
    MARK_NONE,   /* 0 */
    MARK_LISTED, /* j: by a non-resident mission, or honorary */
    MARK_OFFICE, /* 1: an able career post accredited to it */
    MARK_SELF,   /* the country itself */
};

/*
 * Appends the CSV of who is where: country_iso2, country, a column for each Member State, and how
 * many of them have an office; a row for each country, by English name in byte order; LF ends.
 */
void missions_matrix(const struct missions *missions, struct buf *out);

#endif
