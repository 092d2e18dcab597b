/* SPDX-License-Identifier: MIT */
/*
 * The value of a field as people read it, by the field table: codes by their label, States by
 * name, dates in words. Layer: paper; uses agreement, base.
 */
#ifndef AMPARO_PAPER_VALUE_H
#define AMPARO_PAPER_VALUE_H

#include <jansson.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/field.h"
#include "amparo/base/buf.h"
#include "amparo/paper/language.h"
#include "amparo/page/paper.h"

/*
 * Appends a value; of objects, the values of their members. What was redacted is said to be
 * withheld, with its class.
 */
void paper_value(const struct paper_language *language, const struct field *field,
                 const json_t *value, struct buf *out);

/* Whether a value is {"redacted": …}. */
bool paper_is_redacted(const json_t *value);

/* Cells of the column of labels. */
enum { PAPER_LABEL = 18 };

/*
 * Prints the fields of a payload, in the order of the table, a line each; keys in `skip` (ended by
 * NULL; may be NULL) are left out.
 */
void paper_fields(struct paper *p, const struct paper_language *language,
                  const struct field *fields, const json_t *payload, const char *const *skip);

/* A note that the payload names by its act becomes its number, by which people know it. */
void paper_name_notes(const struct case_file *c, const struct field *fields, json_t *payload);

#endif
