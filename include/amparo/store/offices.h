/* SPDX-License-Identifier: MIT */
/*
 * The list of offices of the post's own State (Art. 7.6), an office at a time. What is said makes
 * the list the State's own, of today; decisions keep the lines that they used. Layer: store.
 */
#ifndef AMPARO_STORE_OFFICES_H
#define AMPARO_STORE_OFFICES_H

#include <jansson.h>

#include "amparo/agreement/office.h"
#include "amparo/store/missions.h"
#include "amparo/store/store.h"

struct offices {
    struct missions lines; /* in effect, by country, kind, city */
    struct date on;        /* of the list; no date: there is none */
    enum post_source source;
};

void offices_release(struct offices *offices);
bool store_offices(struct store *store, struct offices *out, struct error *err);

/* What the lines of one list are told apart by: "AE Abu Dhabi embassy". A new string. */
char *office_name(const struct mission *office);

/* The line of that name, or NULL. */
const struct mission *office_named(const struct offices *offices, const char *name);

/* The line that a content is, of that State; its texts are the caller's to free. */
struct mission office_mission(const json_t *content, const char *state, const char *reference);
void office_mission_free(struct mission *mission);

/* A line by the table of agreement/office.h, a new reference. */
json_t *office_content(const struct mission *office);

/*
 * Says one office: in the place of `of`, or (NULL) one more. ERROR_INPUT where the content is not
 * good, or that office is in the list already. `draft` goes with it; 0: none. An officer's.
 */
bool store_office_put(struct store *store, const char *of, const json_t *content, int64_t draft,
                      struct error *err);

/* Takes one out. The last one stays: without any line an older list would count again. */
bool store_office_remove(struct store *store, const char *of, struct error *err);

/* Says that all of the list is right as of today, and the State's own. */
bool store_offices_confirm(struct store *store, struct error *err);

#endif
