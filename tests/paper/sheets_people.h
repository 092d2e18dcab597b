/* SPDX-License-Identifier: MIT */
/* People whose names are hard on a page: in other scripts, with marks, without end. */
#ifndef AMPARO_TESTS_SHEETS_PEOPLE_H
#define AMPARO_TESTS_SHEETS_PEOPLE_H

#include "tests/unit/fold_kit.h"

enum { PEOPLE = 8 };

/* The ith of them, as that person of the case. */
void people_add(struct case_file *c, size_t i, int person);

/* That person agrees that the State is told of them (P4). */
void people_consent(struct case_file *c, int person, const char *state);

#endif
