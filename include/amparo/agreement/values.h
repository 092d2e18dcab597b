/* SPDX-License-Identifier: MIT */
/*
 * Between what a person types and the JSON of a payload, both ways, by the field table: forms,
 * restoring a draft, correcting an act, intake by event and import all go through here.
 * Layer: agreement (pure); uses base.
 *
 * A value is known by its path: "locality", "to.state", "nationalities[0].proof". Its text is
 *   yes or no; the code of a code or a State, several of them with commas between; numbers of
 * persons likewise; the id of an act; a date, an instant, a deadline as date_entry_parse() takes it
 * (an instant: `now`, `14:05`, or a date and a time); else the text itself. In a field that takes
 * an answer instead (field.h), ?u unknown, ?r declined, ?l to be asked later, ?n not applicable.
 */
#ifndef AMPARO_AGREEMENT_VALUES_H
#define AMPARO_AGREEMENT_VALUES_H

#include <jansson.h>

#include "amparo/agreement/case.h"
#include "amparo/base/instant.h"

enum { VALUE_PATH_SIZE = 96 };

/*
 * The JSON of one field from its text; blank text: true with *value NULL. `now` gives today and the
 * offset of times of day. False: err says what would be understood.
 */
bool values_read_one(const struct field *field, const char *text, struct instant now,
                     json_t **value, struct error *err);

/* The text that values_read_one() would make this value of; appended. */
void values_text(struct buf *out, const struct field *field, const json_t *value);

/* The text at a path; NULL or "": nothing was typed. */
typedef const char *value_lookup(void *ctx, const char *path);
/* What is wrong at a path. */
typedef void value_fault(void *ctx, const char *path, const char *text);

/* The object made of all that was typed: a new reference. Each fault is told; its value is left
 * out. */
json_t *values_read(const struct field *fields, struct instant now, value_lookup *lookup,
                    value_fault *fault, void *ctx);

/* Calls for each value in the payload, in the order of the table. */
typedef void value_visit(void *ctx, const char *path, const struct field *field, const char *text);
void values_visit(const struct field *fields, const json_t *payload, value_visit *visit, void *ctx);

/* The field that a path leads to, or NULL. */
const struct field *values_field(const struct field *fields, const char *path);

#endif
