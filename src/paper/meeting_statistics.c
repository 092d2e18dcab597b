/* SPDX-License-Identifier: MIT */
/* The statistics, of meeting.h. */
#include <stdio.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/locale.h"
#include "amparo/base/number.h"
#include "amparo/paper/document.h"
#include "amparo/paper/letterhead.h"
#include "amparo/paper/meeting.h"
#include "meeting_words.h"

/* A number that is not published. */
#define WITHHELD "\u2013"

/* What the rows of a table are named by: a list of words, or a country or a month. */
static const struct {
    const char *table, *list;
} lists[] = {
    {"ground", "ground"},
    {"stage", "stage"},
    {"exit", "outcome"},
    {NULL, NULL},
};

static const char *list_of(const char *table)
{
    size_t i = 0;

    while (lists[i].table && strcmp(lists[i].table, table) != 0)
        i++;
    return lists[i].list;
}

/* "2026-03" as "March 2026". */
static void add_month(const struct meeting_pages *r, const char *code, struct buf *out)
{
    const char *month = strchr(code, '-');

    if (month)
        meeting_add_word(r, "month", month[1] == '0' ? month + 2 : month + 1, out);
    buf_addf(out, " %.4s", code);
}

static void add_name(const struct meeting_pages *r, const char *table, const char *code,
                     struct buf *out)
{
    if (strcmp(table, "month") == 0)
        add_month(r, code, out);
    else if (list_of(table))
        meeting_add_word(r, list_of(table), code, out);
    else
        meeting_add_country(r, code, out);
}

/* A name and a number with its bar. */
static void put_bar(const struct meeting_pages *r, const char *name, const json_t *number,
                    json_int_t largest)
{
    char value[24] = WITHHELD;

    if (json_is_integer(number))
        snprintf(value, sizeof value, "%lld", (long long)json_integer_value(number));
    paper_bar(r->p, name, (long)json_integer_value(number), (long)largest, value);
}

/* In the same columns what has no bar: a sum below them, times, amounts. */
static void put_value(const struct meeting_pages *r, const char *name, const char *value)
{
    paper_bar(r->p, name, 0, 0, *value ? value : WITHHELD);
}

static void put_sum(const struct meeting_pages *r, const char *name, const json_t *number)
{
    char value[24];

    snprintf(value, sizeof value, "%lld", (long long)json_integer_value(number));
    put_value(r, name, value);
}

static json_int_t largest_of(const json_t *rows)
{
    json_int_t largest = 0;
    json_t *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        json_int_t count = json_integer_value(json_object_get(row, "cases"));
        largest = count > largest ? count : largest;
    }
    return largest;
}

static void put_heading(const struct meeting_pages *r, const char *key)
{
    struct buf head = BUF_INIT;

    meeting_add_word(r, "statistics", key, &head);
    paper_heading(r->p, buf_text(&head));
    buf_release(&head);
}

static void put_sentence(const struct meeting_pages *r, const char *key)
{
    struct buf text = BUF_INIT;

    meeting_add_word(r, "statistics", key, &text);
    paper_paragraph(r->p, buf_text(&text));
    buf_release(&text);
}

static void put_table(const struct meeting_pages *r, const json_t *table)
{
    const char *name = payload_text(table, "table");
    const json_t *rows = json_object_get(table, "rows"), *sum = json_object_get(table, "sum");
    struct buf label = BUF_INIT;
    json_t *row;
    size_t i;

    if (!json_array_size(rows) && !json_is_true(json_object_get(table, "withheld")))
        return;
    put_heading(r, name);
    if (!json_array_size(rows))
        put_sentence(r, "withheld");
    json_array_foreach(rows, i, row)
    {
        buf_clear(&label);
        add_name(r, name, payload_text(row, "code"), &label);
        put_bar(r, buf_text(&label), json_object_get(row, "cases"), largest_of(rows));
    }
    buf_clear(&label);
    meeting_add_word(r, "statistics", "sum", &label);
    if (sum && json_array_size(rows) > 1)
        put_sum(r, buf_text(&label), sum);
    buf_release(&label);
}

static void put_delays(const struct meeting_pages *r, const json_t *delays)
{
    json_t *delay;
    size_t i;

    if (json_array_size(delays))
        put_heading(r, "delays");
    json_array_foreach(delays, i, delay)
    {
        const json_t *median = json_object_get(delay, "median_hours");
        struct buf name = BUF_INIT, value = BUF_INIT;
        meeting_add_span(r, delay, &name);
        if (json_is_integer(median))
            meeting_add_hours(r, (long)json_integer_value(median), &value);
        put_value(r, buf_text(&name), buf_text(&value));
        buf_release(&name);
        buf_release(&value);
    }
}

static void put_costs(const struct meeting_pages *r, const json_t *costs)
{
    json_t *cost;
    size_t i;

    if (json_array_size(costs))
        put_heading(r, "costs");
    json_array_foreach(costs, i, cost)
    {
        const char *amount = json_string_value(json_object_get(cost, "amount"));
        struct buf name = BUF_INIT, value = BUF_INIT;
        meeting_add_word(r, "source", payload_text(cost, "source"), &name);
        buf_addf(&name, ", %s", payload_text(cost, "currency"));
        if (amount)
            number_say(&value, amount, r->language->tr);
        put_value(r, buf_text(&name), buf_text(&value));
        buf_release(&name);
        buf_release(&value);
    }
}

static void add_bound(const struct meeting_pages *r, const char *key, struct buf *out)
{
    const char *day = json_string_value(json_object_get(r->tree, key));

    if (!day)
        return;
    meeting_add_next(out, " ");
    meeting_add_word(r, "statistics", key, out);
    buf_addc(out, ' ');
    paper_day(r->language, day, out);
}

static void put_head(const struct meeting_pages *r)
{
    const json_t *cases = json_object_get(r->tree, "cases");
    struct buf period = BUF_INIT, label = BUF_INIT, number = BUF_INIT;

    meeting_add_word(r, "statistics", "title", &r->p->title);
    paper_head(r->p, r->language, r->post, NULL, buf_text(&r->p->title), CLASS_OPEN);
    meeting_add_word(r, "statistics", "figures", &label);
    paper_day(r->language, r->now, &number);
    paper_labelled(r->p, buf_text(&label), 20, buf_text(&number));
    buf_clear(&label);
    buf_clear(&number);
    add_bound(r, "from", &period);
    add_bound(r, "until", &period);
    if (!period.size)
        meeting_add_word(r, "statistics", "all", &period);
    meeting_add_word(r, "statistics", "period", &label);
    paper_labelled(r->p, buf_text(&label), 20, buf_text(&period));
    buf_clear(&label);
    meeting_add_word(r, "statistics", "cases", &label);
    if (json_is_integer(cases))
        buf_addf(&number, "%lld", (long long)json_integer_value(cases));
    else
        meeting_add_word(r, "statistics", "few", &number);
    paper_labelled(r->p, buf_text(&label), 20, buf_text(&number));
    buf_release(&period);
    buf_release(&label);
    buf_release(&number);
}

static bool print_statistics(void *ctx, const struct paper_language *language, struct paper *paper,
                             struct error *err)
{
    struct meeting_pages r = *(const struct meeting_pages *)ctx;
    json_t *table;
    size_t i;

    (void)err;
    r.language = language;
    r.p = paper;
    put_head(&r);
    json_array_foreach(json_object_get(r.tree, "tables"), i, table) put_table(&r, table);
    put_delays(&r, json_object_get(r.tree, "delays"));
    put_costs(&r, json_object_get(r.tree, "costs"));
    paper_blank(paper);
    put_sentence(&r, "legend");
    return true;
}

bool meeting_statistics(struct store *store, const json_t *tree, const char *language,
                        struct paper *out, struct error *err)
{
    char now[INSTANT_SIZE];
    struct meeting_pages pages = {
        .tree = tree, .post = store_post(store), .now = store_now(store, now)};

    return document_in(store, language, print_statistics, &pages, out, err);
}
