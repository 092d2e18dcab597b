/* SPDX-License-Identifier: MIT */
/*
 * The statement of costs (Article 8): what was advanced and is to be reimbursed, what others bore,
 * and each person's share. Of a cost that several share, a note about some of them has their share;
 * of what one State advanced, no other State reads.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"
#include "amparo/base/number.h"
#include "amparo/paper/value.h"
#include "note_parts.h"

enum { SUMS_MOST = 64 };

/* A sum in one currency for a source, or "". */
struct sum {
    const char *source, *currency;
    int64_t units;
};

struct sums {
    struct sum list[SUMS_MOST];
    size_t count;
};

static void add_sum(struct sums *s, const char *source, const char *currency, int64_t units)
{
    for (size_t i = 0; i < s->count; i++) {
        struct sum *one = &s->list[i];
        if (strcmp(one->source, source) == 0 && strcmp(one->currency, currency) == 0) {
            money_add(&one->units, units);
            return;
        }
    }
    if (s->count < SUMS_MOST)
        s->list[s->count++] = (struct sum){source, currency, units};
}

/* "USD 120.00 and AED 50.00" */
static void say_sums(const struct note *n, const struct sums *s, struct buf *out)
{
    for (size_t i = 0; i < s->count; i++) {
        struct buf text = BUF_INIT;
        money_say(&text, s->list[i].units, s->list[i].currency, NOTE_LANGUAGE(n)->tr);
        paper_and(NOTE_LANGUAGE(n), out, i, s->count, buf_text(&text));
        buf_release(&text);
    }
}

static bool is_named(const struct note *n, long person)
{
    for (size_t i = 0; i < n->person_count; i++)
        if (n->persons[i] == person)
            return true;
    return false;
}

/* Of so many units of a cost, what falls to the persons of the note (person 0), or to one. */
static int64_t part_of(const struct note *n, const struct cost *cost, long person, int64_t units)
{
    size_t count;
    struct cost_share *shares = cost_shares(n->source->c, cost, &count);
    int64_t *weights, *parts, part = 0;

    if (!shares || cost->units <= 0) {
        free(shares);
        return person ? 0 : units;
    }
    weights = xcalloc(count, sizeof *weights);
    parts = xcalloc(count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        weights[i] = shares[i].units;
    money_split(units, weights, count, parts);
    for (size_t i = 0; i < count; i++)
        if (person ? shares[i].person == person : is_named(n, shares[i].person))
            part += parts[i];
    free(shares);
    free(weights);
    free(parts);
    return part;
}

/* ---- advances ---- */

/* Between the two that write to each other, as far as anybody says whose it is. */
static bool concerns(const struct note *n, const char *creditor)
{
    return !*creditor || strcmp(creditor, n->sender.state) == 0 ||
           strcmp(creditor, n->addressee.state) == 0;
}

static const struct cost *cost_named(const struct cost *costs, size_t count, const struct entry *e)
{
    for (size_t i = 0; i < count; i++)
        if (costs[i].entry == e)
            return &costs[i];
    return NULL;
}

/* What was reimbursed of the advances, or is left; person 0: of all of the note. *due, where it is
 * not NULL, gets the earliest day of what is left. */
static void advances(const struct note *n, long person, bool repaid, struct sums *out,
                     char due[INSTANT_SIZE])
{
    size_t count, cost_count;
    struct receivable *list = receivables_of(n->source->c, &count);
    struct cost *costs = costs_of(n->source->c, &cost_count);
    char day[INSTANT_SIZE];

    for (size_t i = 0; i < count; i++) {
        const struct cost *cost = cost_named(costs, cost_count, list[i].cost);
        int64_t units = repaid ? list[i].paid : receivable_left(&list[i]);
        units = cost && concerns(n, list[i].creditor) ? part_of(n, cost, person, units) : 0;
        if (!units)
            continue;
        add_sum(out, "", list[i].currency, units);
        receivable_due(&list[i], n->source->terms, day);
        if (due && *day && (!*due || strcmp(day, due) < 0))
            memcpy(due, day, INSTANT_SIZE);
    }
    free(list);
    free(costs);
}

static void write_claimed(const void *ctx, struct buf *out)
{
    struct sums sums = {.count = 0};

    advances(ctx, 0, false, &sums, NULL);
    say_sums(ctx, &sums, out);
}

static void write_repaid(const void *ctx, struct buf *out)
{
    struct sums sums = {.count = 0};

    advances(ctx, 0, true, &sums, NULL);
    say_sums(ctx, &sums, out);
}

static void write_refund_due(const void *ctx, struct buf *out)
{
    struct sums sums = {.count = 0};
    char due[INSTANT_SIZE] = "";

    advances(ctx, 0, false, &sums, due);
    note_add_day(ctx, due, out);
}

/* ---- the others ---- */

static bool is_advance(const struct cost *cost)
{
    return strcmp(cost->source, "assisting_advance") == 0;
}

/* What others bore, source by source; what is undetermined is borne by nobody yet. */
static void write_borne(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    struct sums sums = {.count = 0};
    size_t count;
    struct cost *costs = costs_of(n->source->c, &count);

    for (size_t i = 0; i < count; i++) {
        int64_t units = part_of(n, &costs[i], 0, costs[i].units);
        if (!is_advance(&costs[i]) && strcmp(costs[i].source, "undetermined") != 0 && units)
            add_sum(&sums, costs[i].source, costs[i].currency, units);
    }
    for (size_t i = 0; i < sums.count; i++) {
        if (i)
            paper_semicolon(NOTE_LANGUAGE(n), out);
        paper_word(NOTE_LANGUAGE(n), "source", sums.list[i].source, out);
        buf_addc(out, ' ');
        money_say(out, sums.list[i].units, sums.list[i].currency, NOTE_LANGUAGE(n)->tr);
    }
    free(costs);
}

const struct template_field note_cost_fields[] = {
    {"claimed", "sums advanced and not reimbursed", write_claimed},
    {"repaid", "sums advanced and reimbursed", write_repaid},
    {"refund.due", "day by which a reimbursement is due", write_refund_due},
    {"borne", "sums that others bore, source by source", write_borne},
    {NULL, NULL, NULL},
};

/* ---- the annex ---- */
static const int cells[] = {19, 12, 16, 9};

static void layout(const struct note *n, const char *key, struct buf *out)
{
    paper_word(NOTE_LANGUAGE(n), "layout", key, out);
}

static void print_row(struct paper *p, const struct note *n, const struct cost *cost, int64_t units)
{
    const struct field *item = field_find(act_type(ACT_COST)->fields, "item");
    json_t *payload = redact_payload(n->source->c, ACT_COST, cost->entry->payload, &n->audience);
    struct buf on = BUF_INIT, sum = BUF_INIT, source = BUF_INIT, what = BUF_INIT;

    note_add_day(n, entry_text(cost->entry, "on"), &on);
    money_say(&sum, units, cost->currency, NOTE_LANGUAGE(n)->tr);
    paper_word(NOTE_LANGUAGE(n), "source", cost->source, &source);
    paper_value(NOTE_LANGUAGE(n), item, json_object_get(payload, "item"), &what);
    paper_row(p, ARRAY_SIZE(cells), cells,
              (const char *[]){buf_text(&on), buf_text(&sum), buf_text(&source), buf_text(&what)});
    json_decref(payload);
    buf_release(&on);
    buf_release(&sum);
    buf_release(&source);
    buf_release(&what);
}

static void print_sums(struct paper *p, const struct note *n, const char *label,
                       const struct sums *sums)
{
    struct buf text = BUF_INIT;

    say_sums(n, sums, &text);
    if (text.size)
        paper_labelled(p, label, PAPER_LABEL, buf_text(&text));
    buf_release(&text);
}

static void print_sums_of(struct paper *p, const struct note *n, const char *key,
                          const struct sums *sums)
{
    struct buf label = BUF_INIT;

    layout(n, key, &label);
    print_sums(p, n, buf_text(&label), sums);
    buf_release(&label);
}

static void print_shares(struct paper *p, const struct note *n)
{
    struct buf pattern = BUF_INIT;

    layout(n, "cost_person", &pattern);
    for (size_t i = 0; i < n->person_count && n->person_count > 1; i++) {
        struct sums sums = {.count = 0};
        struct buf label = BUF_INIT;
        buf_addf(&label, buf_text(&pattern), n->persons[i]);
        advances(n, n->persons[i], false, &sums, NULL);
        print_sums(p, n, buf_text(&label), &sums);
        buf_release(&label);
    }
    buf_release(&pattern);
}

/* Whether another State than the two advanced it. */
static bool is_others(const struct note *n, const struct cost *cost)
{
    const char *by = entry_text(cost->entry, "advanced_by");

    return is_advance(cost) && !concerns(n, by);
}

static void print_rows(struct paper *p, const struct note *n, struct sums *all)
{
    size_t count;
    struct cost *costs = costs_of(n->source->c, &count);

    for (size_t i = 0; i < count; i++) {
        int64_t units = part_of(n, &costs[i], 0, costs[i].units);
        if (!units || is_others(n, &costs[i]))
            continue;
        print_row(p, n, &costs[i], units);
        add_sum(all, "", costs[i].currency, units);
    }
    free(costs);
}

static void print_heads(struct paper *p, const struct note *n)
{
    static const char *const heads[] = {"cost_on", "cost_sum", "cost_source", "cost_item"};
    struct buf words[ARRAY_SIZE(heads)] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT};
    const char *texts[ARRAY_SIZE(heads)];

    for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
        layout(n, heads[i], &words[i]);
        texts[i] = buf_text(&words[i]);
    }
    paper_head_row(p, ARRAY_SIZE(cells), cells, texts);
    paper_rule(p);
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        buf_release(&words[i]);
}

/* What was spent, less what came back already and what others bore, is what is asked for. */
void note_print_costs(struct paper *p, const struct note *n)
{
    struct sums all = {.count = 0}, repaid = {.count = 0}, claimed = {.count = 0};

    print_heads(p, n);
    print_rows(p, n, &all);
    paper_blank(p);
    print_sums_of(p, n, "cost_all", &all);
    advances(n, 0, true, &repaid, NULL);
    print_sums_of(p, n, "cost_repaid", &repaid);
    advances(n, 0, false, &claimed, NULL);
    print_sums_of(p, n, "cost_claimed", &claimed);
    print_shares(p, n);
}
