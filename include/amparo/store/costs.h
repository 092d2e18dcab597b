/* SPDX-License-Identifier: MIT */
/*
 * Costs over all cases of a file (Article 8): totals by who bears them, advances that are owed, and
 * what is used of the budgets that IOM set. Read from a projection. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_COSTS_H
#define AMPARO_STORE_COSTS_H

#include "amparo/base/date.h"
#include "amparo/agreement/redact.h"
#include "amparo/store/store.h"

struct cost_total {
    char *source; /* code */
    char currency[4];
    int64_t units;
};

/* An advance of which something is left. */
struct owed {
    char *reference, *title; /* as in case_row */
    enum name_hidden hidden;
    char *debtor, *creditor; /* States; creditor "" where nobody says which */
    char act[65];            /* id of the cost, hex */
    char currency[4];
    int64_t units;       /* what is left */
    char due[INSTANT_SIZE]; /* day: as agreed, else by the settings of this file */
    bool overdue;
};

/* A budget that IOM set for a programme and a period; the same programme may have several. */
struct budget {
    char *programme, *mechanism, *reference;
    char starts_on[DATE_SIZE], ends_on[DATE_SIZE];
    char currency[4];
    int64_t units;
    char *said_by, *said_at; /* NULL where it is to be set */
};

/* What the costs of all cases, borne by IOM and paid within its period, use of it. */
struct budget_use {
    struct budget budget;
    int64_t granted, asked; /* asked: not answered yet */
    size_t left_out;        /* in another currency, without a rate; or too large */
};

struct file_costs {
    struct cost_total *totals; /* by currency, then by source */
    size_t total_count;
    struct owed *owed; /* the earliest due first */
    size_t owed_count;
    struct budget_use *budgets; /* by programme, the latest period first */
    size_t budget_count;
    size_t left_out; /* costs that would make a total too large */
};

bool store_costs(struct store *store, struct file_costs *out, struct error *err);
/* The budgets alone: the rest of *out is empty. */
bool store_budgets(struct store *store, struct file_costs *out, struct error *err);
/* Is it the budget of that programme, whatever the case and the blanks, on that day? */
bool budget_covers(const struct budget *budget, const char *programme, const char *day);
void file_costs_release(struct file_costs *costs);

/* The same for machines: a new reference, NULL on error. */
json_t *store_costs_json(struct store *store, struct error *err);

/* Sets a budget, or changes that of the same programme and first day. A head of post's to say: else
 * ERROR_REFUSED. ERROR_INPUT where a day, the currency or the amount is none. */
bool store_set_budget(struct store *store, const struct budget *budget, struct error *err);

#endif
