/* SPDX-License-Identifier: MIT */
/*
 * Who of the whole file may be the same person as somebody: found through the index of persons,
 * ranked, with reasons; and the links that officers made of it. Layer: store; uses agreement.
 *
 * Whoever is under the protection lock, or in a restricted case of other officers, is shown without
 * a name, as lists show them: `title` is "" then.
 */
#ifndef AMPARO_STORE_LIKELY_H
#define AMPARO_STORE_LIKELY_H

#include "amparo/agreement/likeness.h"
#include "amparo/store/store.h"

enum { LIKELY_MOST = 7 };

struct person_row {
    char *reference;
    long person;
    char *title; /* "RAMÍREZ ORDÓÑEZ, Karen Yamileth"; "" where it is not to be shown */
    char *born;  /* partial date, or ""; "" too where the name is not shown */
    char *receiving_state;
    enum stage stage;
    bool closed;
    bool locked, restricted;
    struct likeness like;
    bool erased;  /* of a link: that person was erased since */
    bool is_here; /* of a link: the act that says so is in the case that was asked */
};

struct person_rows {
    struct person_row *list;
    size_t count;
};

void person_rows_release(struct person_rows *rows);

/*
 * At most LIKELY_MOST, the likeliest first. `reference` and `person` are left out, with those who
 * are linked to them; NULL: nobody is.
 */
bool store_likely(struct store *store, const struct traits *like, const char *reference,
                  long person, struct person_rows *out, struct error *err);

/* The same for a person who is recorded. ERROR_INPUT where there is none. */
bool store_likely_same(struct store *store, const char *reference, long person,
                       struct person_rows *out, struct error *err);

/* The links of a person, from either side. */
bool store_person_links(struct store *store, const char *reference, long person,
                        struct person_rows *out, struct error *err);

/* Adds "links" to each of the "persons" of `show --json`: links are said in one of two cases, and
 * shown in both. */
bool store_add_links(struct store *store, const char *reference, json_t *json, struct error *err);

/* Persons in the order of their cases, the newest first; at most `limit`. */
bool store_persons(struct store *store, size_t limit, struct person_rows *out, struct error *err);

/* What a query of words says of somebody: names, a date, numbers of documents and telephones. */
void likely_query(const char *query, struct traits *out);

/* "[{case, person, title, born, locked, restricted, score, reasons}]": a new reference. */
json_t *person_rows_json(const struct person_rows *rows);

/* The likeliest of them, at most so many, without names: [{case, person, score, reasons, text}],
 * text being the reasons in the reader's language. A new reference. */
json_t *person_rows_brief(const struct person_rows *rows, size_t most);

#endif
