/* SPDX-License-Identifier: MIT */
/* Values as people read them; agreement/values.h has them as typed. Layer: tui; uses agreement. */
#ifndef AMPARO_TUI_VALUES_H
#define AMPARO_TUI_VALUES_H

#include "amparo/agreement/case.h"
#include "amparo/agreement/values.h"

/*
 * The value as people read it: labels, names of countries and persons, dates in words; appended.
 * `c` may be NULL.
 */
void values_say(struct buf *out, const struct field *field, const json_t *value,
                const struct case_file *c, translate_fn *tr);

/* "14 March 2026, 14:05" from RFC 3339, "14 March 2026" from a date; other text as it is. */
void values_say_when(struct buf *out, const char *when, translate_fn *tr);

/* The same with months in three letters and without the year where it is `now`'s: "14 Mar 14:05" */
void values_say_when_short(struct buf *out, const char *when, struct instant now, translate_fn *tr);

#endif
