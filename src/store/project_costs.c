/* SPDX-License-Identifier: MIT */
#include "amparo/store/project_costs.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"
#include "amparo/store/project.h"
#include "amparo/store/search.h"

/* One row. Texts are borrowed from the case. */
struct cost_row {
    struct cost cost;
    const char *day, *iom;
    struct buf programme;
    const char *debtor, *creditor, *due;
    int64_t owed;
};

struct cost_rows {
    struct cost_row *list;
    size_t count;
};

void programme_fold(struct buf *out, const char *name)
{
    search_words(out, name);
}

static void take_receivable(struct cost_row *row, const struct receivable *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].cost != row->cost.entry)
            continue;
        row->debtor = list[i].debtor;
        row->creditor = list[i].creditor;
        row->due = list[i].due_on;
        row->owed = receivable_left(&list[i]);
    }
}

static struct cost_rows rows_of(const struct case_file *c)
{
    struct cost_rows rows = {NULL, 0};
    size_t count, owed;
    struct cost *costs = costs_of(c, &count);
    struct receivable *receivables = receivables_of(c, &owed);

    rows.list = xcalloc(count + 1, sizeof *rows.list);
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = costs[i].entry;
        if (costs[i].fault)
            continue;
        struct cost_row *row = &rows.list[rows.count++];
        *row = (struct cost_row){.cost = costs[i],
                                 .day = entry_text(e, "on"),
                                 .iom = entry_text(e, "iom_status"),
                                 .debtor = "",
                                 .creditor = "",
                                 .due = ""};
        programme_fold(&row->programme, entry_text(e, "iom_programme"));
        take_receivable(row, receivables, owed);
    }
    free(costs);
    free(receivables);
    return rows;
}

static void rows_release(struct cost_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        buf_release(&rows->list[i].programme);
    free(rows->list);
}

bool costs_write(struct store *store, int64_t case_row, const struct case_file *c,
                 struct error *err)
{
    struct cost_rows rows = rows_of(c);
    bool ok = db_run(store, err, "DELETE FROM costs WHERE case_row = ?", "i", case_row);

    for (size_t i = 0; ok && i < rows.count; i++) {
        const struct cost_row *r = &rows.list[i];
        ok = db_run(store, err,
                    "INSERT INTO costs (case_row, cost, act, day, source, iom, programme, "
                    "currency, units, base, base_units, debtor, creditor, owed, due) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "iiitttttititt"
                    "it",
                    case_row, (int64_t)i, r->cost.entry->act->seq, r->day, r->cost.source, r->iom,
                    buf_text(&r->programme), r->cost.currency, r->cost.units, r->cost.base,
                    r->cost.base_units, r->debtor, r->creditor, r->owed, r->due);
    }
    rows_release(&rows);
    return ok;
}

const char costs_stored[] =
    "SELECT cost, act, day, source, iom, programme, currency, units, base, base_units, debtor, "
    "creditor, owed, due FROM costs WHERE case_row = ? ORDER BY cost";

void costs_expected(struct buf *out, const struct case_file *c)
{
    struct cost_rows rows = rows_of(c);

    for (size_t i = 0; i < rows.count; i++) {
        const struct cost_row *r = &rows.list[i];
        buf_addf(out, "%zu|%lld|%s|%s|%s|%s|%s|%lld|%s|%lld|%s|%s|%lld|%s|\n", i,
                 (long long)r->cost.entry->act->seq, r->day, r->cost.source, r->iom,
                 buf_text(&r->programme), r->cost.currency, (long long)r->cost.units, r->cost.base,
                 (long long)r->cost.base_units, r->debtor, r->creditor, (long long)r->owed, r->due);
    }
    rows_release(&rows);
}
