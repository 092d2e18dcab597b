/* SPDX-License-Identifier: MIT */
/* What is due in the cases of a view, and who is waited for: by the work list of now. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/worklist_next.h"

#include "view_work.h"

/* Of each case by its row: when its first task is due. */
struct first_due {
    int64_t at; /* in seconds; INT64_MAX: nothing is due */
    long days;
    bool over;
};

struct dues {
    struct first_due *list;
    int64_t end; /* rows are below it */
};

static void take_due(void *ctx, const struct walked *task)
{
    struct dues *dues = ctx;

    if (task->kept || task->days == WALK_NO_DAY || task->case_row >= dues->end)
        return;
    struct first_due *first = &dues->list[task->case_row];
    if (task->at < first->at)
        *first = (struct first_due){task->at, task->days, task->over};
}

/* How far ahead the terms ask; WALK_ALL where that is without end. */
static long days_asked(const struct statement_text *s)
{
    const struct view *view = s->view;
    struct date from, to;
    long most = 0;

    if (view->sort == SORT_DUE)
        return WALK_ALL;
    for (size_t i = 0; i < view->count; i++) {
        const struct view_term *t = &view->terms[i];
        if (t->key != VIEW_DUE)
            continue;
        if (t->not || t->than == THAN_MORE || strcmp(t->value, "none") == 0)
            return WALK_ALL;
        view_span(t->value, s->today, true, &from, &to);
        long days = date_days_between(s->today, to);
        most = days > most ? days : most;
    }
    return most;
}

/* Of few cases each is asked, of many all tasks are gone through. */
static bool read_few_dues(const struct statement_text *s, const struct case_order *order,
                          struct dues *dues, struct error *err)
{
    char due[INSTANT_SIZE];

    for (size_t i = 0; i < order->count; i++) {
        if (!worklist_next(s->store, order->rows[i], due, err))
            return false;
        if (*due)
            dues->list[order->rows[i]] = (struct first_due){
                deadline_seconds(due), deadline_days(due, s->now), deadline_over(due, s->now)};
    }
    return true;
}

enum { FEW_DUES = 1000 };

static bool read_dues(const struct statement_text *s, const struct case_order *order,
                      struct dues *dues, struct error *err)
{
    struct store *store = s->store;

    if (!view_rows_end(store, &dues->end, err))
        return false;
    dues->list = xcalloc((size_t)dues->end, sizeof *dues->list);
    for (int64_t i = 0; i < dues->end; i++)
        dues->list[i].at = INT64_MAX;
    if (order->count <= FEW_DUES)
        return read_few_dues(s, order, dues, err);
    return worklist_walk(store, 0, days_asked(s), take_due, dues, err);
}

static bool fits_due(const struct view_term *t, const struct first_due *due, struct date today)
{
    struct date from, to;

    if (t->key == VIEW_LATE)
        return due->over;
    if (strcmp(t->value, "none") == 0)
        return due->at == INT64_MAX;
    if (due->at == INT64_MAX)
        return false;
    view_span(t->value, today, true, &from, &to);
    long first = date_days_between(today, from), last = date_days_between(today, to);
    return t->than == THAN_LESS   ? due->days < first
           : t->than == THAN_MORE ? due->days > last
                                  : due->days >= first && due->days <= last;
}

static unsigned whom_of(const char *codes)
{
    unsigned whom = 0;

    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t size = strcspn(p, ",");
        char *one = xstrndup(p, size);
        enum task_whom which = task_whom_named(one);
        whom |= which < WHOM_COUNT ? 1u << which : FOR_OTHERS;
        free(one);
        p += size;
    }
    return whom;
}

static void take_waited(void *ctx, const struct walked *task)
{
    struct row_set *waited = ctx;

    if (task->case_row < waited->end)
        waited->has[task->case_row] = true;
}

static bool filter_waits(struct store *store, const struct view_term *t, struct case_order *order,
                         struct error *err)
{
    struct row_set waited = {NULL, 0};
    size_t kept = 0;
    bool ok = row_set_init(store, &waited, err) &&
              worklist_walk(store, whom_of(t->value), WALK_ALL, take_waited, &waited, err);

    for (size_t i = 0; ok && i < order->count; i++)
        if (waited.has[order->rows[i]] != t->not )
            order->rows[kept++] = order->rows[i];
    order->count = ok ? kept : order->count;
    free(waited.has);
    return ok;
}

static void filter_due(const struct statement_text *s, const struct view_term *t,
                       const struct dues *dues, struct case_order *order)
{
    size_t kept = 0;

    for (size_t i = 0; i < order->count; i++)
        if (fits_due(t, &dues->list[order->rows[i]], s->today) != t->not )
            order->rows[kept++] = order->rows[i];
    order->count = kept;
}

/* What is due first; those without keep their order, last. */
static void sort_due(const struct dues *dues, struct case_order *order)
{
    struct sortable *list = xcalloc(order->count + 1, sizeof *list);

    for (size_t i = 0; i < order->count; i++)
        list[i] = (struct sortable){-dues->list[order->rows[i]].at, -(int64_t)i, order->rows[i]};
    qsort(list, order->count, sizeof *list, view_by_key);
    for (size_t i = 0; i < order->count; i++)
        order->rows[i] = list[i].row;
    free(list);
}

bool view_apply_tasks(const struct statement_text *s, struct case_order *order, struct error *err)
{
    const struct view *view = s->view;
    struct dues dues = {NULL, 0};
    bool needed = view->sort == SORT_DUE || view_has(view, VIEW_DUE) || view_has(view, VIEW_LATE);
    bool ok = !needed || read_dues(s, order, &dues, err);

    for (size_t i = 0; ok && i < view->count; i++)
        if (view->terms[i].key == VIEW_WAITS)
            ok = filter_waits(s->store, &view->terms[i], order, err);
        else if (view_is_of_tasks(view->terms[i].key))
            filter_due(s, &view->terms[i], &dues, order);
    if (ok && view->sort == SORT_DUE)
        sort_due(&dues, order);
    free(dues.list);
    return ok;
}
