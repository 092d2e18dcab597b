/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: projections, what lists and searches read. They are a function of a
 * case's acts alone, so that they can be made again at any time, and compared. Layer: store.
 */
#ifndef AMPARO_STORE_PROJECT_H
#define AMPARO_STORE_PROJECT_H

#include "amparo/agreement/case.h"
#include "amparo/store/db.h"
#include "amparo/store/listed.h"
#include "amparo/store/tasks.h"

struct projection {
    int64_t row; /* seq of the opening act */
    int64_t year, number;
    struct tasks tasks;
    int64_t dues; /* how many of them have a day */
    int64_t updated_at;
    char *title;
    bool locked;
    long persons;
    struct listed listed;
    char *words;
};

/* c has at least its opening act. */
void projection_make(const struct case_file *c, struct projection *out);
void projection_release(struct projection *p);

/* Writes all that lists know of the case, within a transaction; the case may be there already. */
bool projection_write(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct error *err);

/* Does the file hold exactly this? Else a line for each difference is added to err. */
bool projection_compare(struct store *store, const uint8_t case_id[CASE_ID],
                        const struct case_file *c, struct error *err);

/* The year and number at the end of a case reference; zeros where it has none. */
void reference_parts(const char *reference, int64_t *year, int64_t *number);

#endif
