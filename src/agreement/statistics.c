/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/statistics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/report.h"
#include "amparo/agreement/suppress.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"

enum table { BY_RECEIVING, BY_GROUND, BY_STAGE, BY_EXIT, BY_HELPER, BY_MONTH, TABLES };
enum { DELAYS = 5, CODE_SIZE = 24 };

const char *const statistics_tables[] = {
    [BY_RECEIVING] = "receiving", [BY_GROUND] = "ground", [BY_STAGE] = "stage", [BY_EXIT] = "exit",
    [BY_HELPER] = "helper",       [BY_MONTH] = "month",   [TABLES] = NULL,
};

struct row {
    char code[CODE_SIZE];
    long cases;
};

struct rows {
    struct row *list;
    size_t count;
};

struct delays {
    long *hours;
    size_t count, room;
};

struct sum {
    char source[CODE_SIZE], currency[4];
    int64_t units;
    long cases;
};

struct statistics {
    char *from, *until;
    long cases;
    struct rows tables[TABLES];
    struct delays delays[DELAYS];
    struct sum *sums;
    size_t sum_count;
};

struct statistics *statistics_begin(const char *from, const char *until)
{
    struct statistics *s = xcalloc(1, sizeof *s);

    s->from = from ? xstrdup(from) : NULL;
    s->until = until ? xstrdup(until) : NULL;
    return s;
}

/* ---- counting ---- */

static void count_code(struct rows *rows, const char *code, size_t size)
{
    if (!size || size >= CODE_SIZE)
        return;
    for (size_t i = 0; i < rows->count; i++)
        if (strncmp(rows->list[i].code, code, size) == 0 && !rows->list[i].code[size]) {
            rows->list[i].cases++;
            return;
        }
    rows->list = xreallocarray(rows->list, rows->count + 1, sizeof *rows->list);
    struct row *row = &rows->list[rows->count++];
    *row = (struct row){.cases = 1};
    memcpy(row->code, code, size);
}

static void count_text(struct rows *rows, const char *code)
{
    count_code(rows, code, strlen(code));
}

static void add_delays(struct statistics *s, const json_t *digest)
{
    for (size_t i = 0; delay_types[i].from && i < DELAYS; i++) {
        struct delays *d = &s->delays[i];
        long hours;
        if (!delay_hours(digest, &delay_types[i], &hours))
            continue;
        if (d->count == d->room) {
            d->room = d->room ? 2 * d->room : 64;
            d->hours = xreallocarray(d->hours, d->room, sizeof *d->hours);
        }
        d->hours[d->count++] = hours;
    }
}

static void add_cost(struct statistics *s, const json_t *cost)
{
    const char *source = payload_text(cost, "source"), *currency = payload_text(cost, "currency");
    int64_t units = json_integer_value(json_object_get(cost, "units"));
    size_t i = 0;

    while (i < s->sum_count &&
           (strcmp(s->sums[i].source, source) != 0 || strcmp(s->sums[i].currency, currency) != 0))
        i++;
    if (i == s->sum_count) {
        s->sums = xreallocarray(s->sums, i + 1, sizeof *s->sums);
        s->sums[i] = (struct sum){.cases = 0};
        strncpy(s->sums[i].source, source, CODE_SIZE - 1);
        strncpy(s->sums[i].currency, currency, 3);
        s->sum_count++;
    }
    if (money_add(&s->sums[i].units, units))
        s->sums[i].cases++;
}

void statistics_add(struct statistics *s, const json_t *digest)
{
    const char *opened = payload_text(json_object_get(digest, "at"), "opened");
    json_t *one;
    size_t i;

    if (!digest || json_is_true(json_object_get(digest, "hidden")))
        return;
    s->cases++;
    count_text(&s->tables[BY_RECEIVING], payload_text(digest, "receiving"));
    count_text(&s->tables[BY_STAGE], payload_text(digest, "stage"));
    count_text(&s->tables[BY_EXIT], payload_text(digest, "exit"));
    count_code(&s->tables[BY_MONTH], opened, strlen(opened) > 7 ? 7 : 0);
    json_array_foreach(json_object_get(digest, "grounds"), i, one)
        count_text(&s->tables[BY_GROUND], json_string_value(one));
    json_array_foreach(json_object_get(digest, "help"), i, one)
        count_text(&s->tables[BY_HELPER], payload_text(one, "state"));
    json_array_foreach(json_object_get(digest, "costs"), i, one) add_cost(s, one);
    add_delays(s, digest);
}

/* ---- publishing ---- */

static int stage_of(const char *code)
{
    int stage = 0;

    while (stage < STAGE_COUNT && strcmp(stage_name((enum stage)stage), code) != 0)
        stage++;
    return stage;
}

/* By code, stages in their order: never by how many. */
static int by_code(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = stage_of(x->code) - stage_of(y->code);

    return order ? order : strcmp(x->code, y->code);
}

static json_t *number(long value, bool hidden)
{
    return hidden ? json_null() : json_integer(value);
}

static bool is_published(const struct statistics *s)
{
    return s->cases == 0 || s->cases >= CELL_LEAST;
}

/*
 * As if the sum of the rows were known, which it is for those tables that have each case once; of
 * the others it cannot be more than that.
 */
static json_t *table_of(const struct statistics *s, enum table which)
{
    struct rows rows = s->tables[which];
    long *cells = xcalloc(rows.count + 1, sizeof *cells), sum = 0;
    bool *hidden = xcalloc(rows.count + 1, sizeof *hidden);
    json_t *list = json_array();

    if (rows.count)
        qsort(rows.list, rows.count, sizeof *rows.list, by_code);
    for (size_t i = 0; i < rows.count; i++)
        sum += cells[i] = rows.list[i].cases;
    bool shown = is_published(s) && suppress_cells(cells, rows.count, hidden);
    for (size_t i = 0; shown && i < rows.count; i++)
        json_array_append_new(list, json_pack("{s:s, s:o}", "code", rows.list[i].code, "cases",
                                              number(cells[i], hidden[i])));
    json_t *table = json_pack("{s:s, s:b, s:o}", "table", statistics_tables[which], "withheld",
                              !shown, "rows", list);
    if (shown && which != BY_GROUND && which != BY_HELPER)
        json_object_set_new(table, "sum", json_integer(sum));
    free(cells);
    free(hidden);
    return table;
}

static int by_number(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;

    return (x > y) - (x < y);
}

static json_t *delays_of(const struct statistics *s)
{
    json_t *list = json_array();

    for (size_t i = 0; delay_types[i].from && i < DELAYS; i++) {
        const struct delays *d = &s->delays[i];
        if (!d->count)
            continue;
        qsort(d->hours, d->count, sizeof *d->hours, by_number);
        long median = (d->hours[(d->count - 1) / 2] + d->hours[d->count / 2]) / 2;
        json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "from", delay_types[i].from, "to",
                                              delay_types[i].to, "median_hours",
                                              number(median, d->count < CELL_LEAST)));
    }
    return list;
}

static int by_source(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    int order = strcmp(x->currency, y->currency);

    return order ? order : strcmp(x->source, y->source);
}

/* No sums over several sources: from those, one that is hidden could be worked out. */
static json_t *costs_of(const struct statistics *s)
{
    json_t *list = json_array();

    if (s->sum_count)
        qsort(s->sums, s->sum_count, sizeof *s->sums, by_source);
    for (size_t i = 0; i < s->sum_count; i++) {
        const struct sum *sum = &s->sums[i];
        json_t *amount =
            sum->cases < CELL_LEAST ? json_null() : money_rounded(sum->units, sum->currency);
        json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "source", sum->source, "currency",
                                              sum->currency, "amount", amount));
    }
    return list;
}

static void release(struct statistics *s)
{
    free(s->from);
    free(s->until);
    for (size_t i = 0; i < TABLES; i++)
        free(s->tables[i].list);
    for (size_t i = 0; i < DELAYS; i++)
        free(s->delays[i].hours);
    free(s->sums);
    free(s);
}

json_t *statistics_end(struct statistics *s, bool whole)
{
    json_t *tree = NULL;

    if (whole) {
        json_t *tables = json_array();
        for (size_t i = 0; i < TABLES; i++)
            json_array_append_new(tables, table_of(s, (enum table)i));
        tree = json_pack("{s:s?, s:s?, s:o, s:o, s:o, s:o}", "from", s->from, "until", s->until,
                         "cases", number(s->cases, !is_published(s)), "tables", tables, "delays",
                         delays_of(s), "costs", costs_of(s));
    }
    release(s);
    return tree;
}
