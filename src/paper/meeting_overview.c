/* SPDX-License-Identifier: MIT */
/*
 * All cases of a report at one glance: a table, and bars by ground, by country and by how long it
 * took. It counts what the report says of each case below, and nothing else: what is left out
 * there is left out here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/date.h"
#include "amparo/base/mem.h"
#include "meeting_words.h"

enum { FEWEST = 2 /* cases: one speaks for itself */ };

/* ---- the table ---- */

enum { COLUMNS = 5 };
static const int cells[COLUMNS] = {11, 21, 14, 12, 14};

static void put_heads(const struct meeting_pages *r)
{
    static const char *const keys[COLUMNS] = {"case", "nature", "where", "helped", "outcome"};
    struct buf words[COLUMNS];
    const char *heads[COLUMNS];

    for (size_t i = 0; i < COLUMNS; i++) {
        buf_init(&words[i]);
        meeting_add_word(r, "report", keys[i], &words[i]);
        heads[i] = buf_text(&words[i]);
    }
    paper_head_row(r->p, COLUMNS, cells, heads);
    for (size_t i = 0; i < COLUMNS; i++)
        buf_release(&words[i]);
}

static void put_case(const struct meeting_pages *r, const json_t *c)
{
    struct buf nature = BUF_INIT, where = BUF_INIT, helped = BUF_INIT, outcome = BUF_INIT;
    json_t *help;
    size_t i;

    meeting_add_codes(r, "ground", json_object_get(c, "grounds"), &nature);
    if (*payload_text(c, "receiving"))
        meeting_add_country(r, payload_text(c, "receiving"), &where);
    json_array_foreach(json_object_get(c, "help"), i, help)
    {
        meeting_add_next(&helped, ", ");
        meeting_add_country(r, payload_text(help, "state"), &helped);
    }
    meeting_add_codes(r, "outcome", json_object_get(c, "outcome"), &outcome);
    if (json_is_true(json_object_get(c, "pending")))
        meeting_add_word(r, "report", "pending", &outcome);
    const char *row[COLUMNS] = {payload_text(c, "pseudonym"), buf_text(&nature), buf_text(&where),
                                buf_text(&helped), buf_text(&outcome)};
    paper_row(r->p, COLUMNS, cells, row);
    buf_release(&nature);
    buf_release(&where);
    buf_release(&helped);
    buf_release(&outcome);
}

/* ---- bars ---- */

struct bar {
    const char *code;
    long count;
};

struct chart {
    struct bar *bars;
    size_t count;
};

static void count_one(struct chart *chart, const char *code)
{
    size_t i = 0;

    while (i < chart->count && strcmp(chart->bars[i].code, code) != 0)
        i++;
    if (i == chart->count) {
        chart->bars = xreallocarray(chart->bars, chart->count + 1, sizeof *chart->bars);
        chart->bars[chart->count++] = (struct bar){code, 0};
    }
    chart->bars[i].count++;
}

static void count_case_grounds(struct chart *chart, const json_t *c)
{
    json_t *ground;
    size_t i;

    json_array_foreach(json_object_get(c, "grounds"), i, ground)
        count_one(chart, json_string_value(ground));
}

static void count_case_country(struct chart *chart, const json_t *c)
{
    if (*payload_text(c, "receiving"))
        count_one(chart, payload_text(c, "receiving"));
}

/* How long it took, in steps that a meeting can compare. */
static const struct span {
    const char *code;
    long days; /* at most */
} spans[] = {
    {"month", 31}, {"quarter", 92}, {"half", 183}, {"year", 366}, {"longer", 0},
};

static bool read_day(const json_t *c, const char *key, struct date *out)
{
    char day[DATE_SIZE] = "";

    strncat(day, payload_text(json_object_get(c, "dates"), key), DATE_SIZE - 1);
    return date_parse(day, out);
}

static void count_case_span(struct chart *chart, const json_t *c)
{
    struct date opened, closed;
    size_t i = 0;

    if (!read_day(c, "opened", &opened) || !read_day(c, "closed", &closed))
        return;
    while (spans[i].days && date_days_between(opened, closed) > spans[i].days)
        i++;
    count_one(chart, spans[i].code);
}

/* The most first; else as the codes are ordered, so that it is always the same. */
static int by_count(const void *a, const void *b)
{
    const struct bar *x = a, *y = b;

    return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                                : strcmp(x->code, y->code);
}

static size_t span_index(const char *code)
{
    size_t i = 0;

    while (strcmp(spans[i].code, code) != 0)
        i++;
    return i;
}

static int by_span(const void *a, const void *b)
{
    size_t x = span_index(((const struct bar *)a)->code),
           y = span_index(((const struct bar *)b)->code);

    return (x > y) - (x < y);
}

static void add_country(const struct meeting_pages *r, const char *code, struct buf *out)
{
    meeting_add_country(r, code, out);
}

static void add_ground(const struct meeting_pages *r, const char *code, struct buf *out)
{
    meeting_add_word(r, "ground", code, out);
}

static void add_span(const struct meeting_pages *r, const char *code, struct buf *out)
{
    meeting_add_word(r, "span", code, out);
}

static const struct chart_type {
    const char *title; /* of [overview] */
    void (*count)(struct chart *chart, const json_t *c);
    int (*order)(const void *a, const void *b);
    void (*name)(const struct meeting_pages *r, const char *code, struct buf *out);
} charts[] = {
    {"ground", count_case_grounds, by_count, add_ground},
    {"receiving", count_case_country, by_count, add_country},
    {"span", count_case_span, by_span, add_span},
};

static void put_bars(const struct meeting_pages *r, const struct chart_type *type,
                     const struct chart *chart)
{
    struct buf title = BUF_INIT;
    long largest = 0;
    size_t from;

    meeting_add_word(r, "overview", type->title, &title);
    paper_heading(r->p, buf_text(&title));
    from = r->p->count;
    for (size_t i = 0; i < chart->count; i++)
        largest = chart->bars[i].count > largest ? chart->bars[i].count : largest;
    for (size_t i = 0; i < chart->count; i++) {
        struct buf name = BUF_INIT;
        char number[24];
        type->name(r, chart->bars[i].code, &name);
        snprintf(number, sizeof number, "%ld", chart->bars[i].count);
        paper_bar(r->p, buf_text(&name), chart->bars[i].count, largest, number);
        buf_release(&name);
    }
    paper_keep_together(r->p, from);
    buf_release(&title);
}

void meeting_overview(const struct meeting_pages *r)
{
    const json_t *cases = json_object_get(r->tree, "cases");
    json_t *c;
    size_t i;

    if (json_array_size(cases) < FEWEST)
        return;
    put_heads(r);
    json_array_foreach(cases, i, c) put_case(r, c);
    for (size_t k = 0; k < ARRAY_SIZE(charts); k++) {
        struct chart chart = {NULL, 0};
        json_array_foreach(cases, i, c) charts[k].count(&chart, c);
        if (chart.count) {
            qsort(chart.bars, chart.count, sizeof *chart.bars, charts[k].order);
            put_bars(r, &charts[k], &chart);
        }
        free(chart.bars);
    }
    paper_blank(r->p);
}
