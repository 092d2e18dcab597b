/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: the costs of a case as project.h keeps them. Layer: store. */
#ifndef AMPARO_STORE_PROJECT_COSTS_H
#define AMPARO_STORE_PROJECT_COSTS_H

#include "amparo/agreement/case.h"
#include "amparo/store/db.h"

/* Writes the costs of the case at that row of `cases`. */
bool costs_write(struct store *store, int64_t case_row, const struct case_file *c,
                 struct error *err);

/* What the query of costs_stored gives for it, as text: a line for each, "|" after each value. */
void costs_expected(struct buf *out, const struct case_file *c);
extern const char costs_stored[];

/* A programme's name as costs and budgets are compared by it; appended. */
void programme_fold(struct buf *out, const char *name);

#endif
