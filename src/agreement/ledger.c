/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/currency.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* ---- one cost ---- */

static void read_base(const struct entry *e, struct cost *cost)
{
    const char *base = entry_text(e, "base_currency"), *said = entry_text(e, "base_amount");

    cost->base = "";
    if (!currency_find(base) || cost->fault)
        return;
    if (*said ? money_parse(said, base, &cost->base_units)
              : money_convert(cost->units, cost->currency, entry_text(e, "rate"), base,
                              &cost->base_units))
        cost->base = base;
}

static struct cost read_cost(const struct entry *e)
{
    struct cost cost = {
        .entry = e, .source = entry_text(e, "source"), .currency = entry_text(e, "currency")};

    /* What somebody signed past all checks may name a currency that is none. */
    cost.fault = currency_find(cost.currency)
                     ? money_read(entry_text(e, "amount"), cost.currency, &cost.units)
                     : MONEY_NO_NUMBER;
    read_base(e, &cost);
    return cost;
}

static int by_day(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;
    int order = strcmp(entry_text(x->entry, "on"), entry_text(y->entry, "on"));

    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

struct cost *costs_of(const struct case_file *c, size_t *count)
{
    struct cost *costs = NULL;

    *count = 0;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_COST));) {
        costs = xreallocarray(costs, *count + 1, sizeof *costs);
        costs[(*count)++] = read_cost(e);
    }
    if (*count)
        qsort(costs, *count, sizeof *costs, by_day);
    return costs;
}

const char *cost_source_label(const char *source, translate_fn *tr)
{
    const char *label = code_label(field_find(act_type(ACT_COST)->fields, "source")->codes, source);

    return label ? tr(label) : source;
}

/* ---- its shares ---- */

static bool recorded_before(const struct case_file *c, long person, int64_t seq)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_PERSON));)
        if (e->person == person && e->act->seq < seq)
            return true;
    return false;
}

/* Who was erased since shared it too: what the others bear does not change by that. */
static size_t sharers(const struct case_file *c, const struct entry *e, struct cost_share *out)
{
    long all[CASE_PERSONS_MOST], subjects[CASE_PERSONS_MOST];
    size_t known = case_persons(c, all, CASE_PERSONS_MOST), count = 0;
    size_t asked = case_subjects(c, e->payload, e->act->seq, subjects, CASE_PERSONS_MOST);
    bool named = json_array_size(json_object_get(e->payload, "persons")) > 0;

    for (size_t i = 0; i < known && i < CASE_PERSONS_MOST; i++) {
        bool shares = !named && case_erased(c, all[i]) && recorded_before(c, all[i], e->act->seq);
        for (size_t s = 0; s < asked && !shares; s++)
            shares = subjects[s] == all[i];
        if (shares)
            out[count++].person = all[i];
    }
    return count;
}

/* What `shares` says of the person: an amount in units, or a weight; 0 where it says nothing. */
static int64_t said_of(const struct cost *cost, long person, const char *key)
{
    size_t i;
    json_t *share;

    json_array_foreach(json_object_get(cost->entry->payload, "shares"), i, share)
    {
        int64_t units = 0;
        if (payload_number(share, "person") != person)
            continue;
        if (!strcmp(key, "weight"))
            return payload_number(share, key);
        return money_parse(payload_text(share, key), cost->currency, &units) ? units : 0;
    }
    return 0;
}

/* Weights of the shares: the amounts where all of it is named, the weights, else 1 for each. */
static void weigh(const struct cost *cost, const struct cost_share *shares, size_t count,
                  int64_t *weights)
{
    static const char *const keys[] = {"amount", "weight"};

    for (size_t k = 0; k < ARRAY_SIZE(keys); k++) {
        int64_t all = 0;
        bool fits = true;
        for (size_t i = 0; i < count; i++) {
            weights[i] = said_of(cost, shares[i].person, keys[k]);
            fits = fits && weights[i] >= 0 && money_add(&all, weights[i]);
        }
        if (all > 0 && fits)
            return;
    }
    for (size_t i = 0; i < count; i++)
        weights[i] = 1;
}

struct cost_share *cost_shares(const struct case_file *c, const struct cost *cost, size_t *count)
{
    struct cost_share *shares = xcalloc(CASE_PERSONS_MOST, sizeof *shares);

    *count = sharers(c, cost->entry, shares);
    if (!*count) {
        free(shares);
        return NULL;
    }
    int64_t *weights = xcalloc(*count, sizeof *weights), *units = xcalloc(*count, sizeof *units);
    weigh(cost, shares, *count, weights);
    money_split(cost->units, weights, *count, units);
    for (size_t i = 0; i < *count; i++)
        shares[i].units = units[i];
    free(weights);
    free(units);
    return shares;
}

/* ---- sums ---- */

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct ledger_sum *insert(struct ledger_sum **list, size_t *count, size_t at,
                                 const char *currency)
{
    *list = xreallocarray(*list, *count + 1, sizeof **list);
    memmove(*list + at + 1, *list + at, (*count - at) * sizeof **list);
    (*count)++;
    (*list)[at] = (struct ledger_sum){0};
    strncpy((*list)[at].currency, currency, sizeof(*list)[at].currency - 1);
    return &(*list)[at];
}

/* Where that sum stands; a new one stands before the sum of all of its currency. */
static struct ledger_sum *sum_of(struct ledger *l, const char *source, const char *currency)
{
    size_t at = l->count;

    for (size_t i = 0; i < l->count; i++)
        if (is_same(l->sums[i].source, source) && strcmp(l->sums[i].currency, currency) == 0)
            return &l->sums[i];
    for (size_t i = 0; i < l->count; i++)
        if (!l->sums[i].source && strcmp(l->sums[i].currency, currency) == 0)
            at = i;
    struct ledger_sum *sum = insert(&l->sums, &l->count, at, currency);
    sum->source = source;
    return sum;
}

/* By currency as they first occur, then by person. */
static struct ledger_sum *person_sum(struct ledger *l, long person, const char *currency)
{
    size_t at = l->person_count;

    for (size_t i = 0; i < l->person_count; i++) {
        struct ledger_sum *sum = &l->persons[i];
        if (strcmp(sum->currency, currency) != 0)
            continue;
        if (sum->person == person)
            return sum;
        at = sum->person < person ? i + 1 : at < i ? at : i;
    }
    struct ledger_sum *sum = insert(&l->persons, &l->person_count, at, currency);
    sum->person = person;
    return sum;
}

static void add_persons(struct ledger *l, const struct case_file *c, const struct cost *cost)
{
    size_t count;
    struct cost_share *shares = cost_shares(c, cost, &count);

    for (size_t i = 0; i < count; i++)
        money_add(&person_sum(l, shares[i].person, cost->currency)->units, shares[i].units);
    if (!count)
        money_add(&person_sum(l, 0, cost->currency)->units, cost->units);
    free(shares);
}

static bool add_cost(struct ledger *l, const struct case_file *c, const struct cost *cost)
{
    /* No part of a sum is larger than the sum of all: that one alone is asked. */
    if (cost->fault || !money_add(&sum_of(l, NULL, cost->currency)->units, cost->units))
        return false;
    money_add(&sum_of(l, cost->source, cost->currency)->units, cost->units);
    add_persons(l, c, cost);
    return true;
}

static bool has_base(const struct ledger *l, const char *currency)
{
    for (size_t i = 0; i < l->base_count; i++)
        if (strcmp(l->bases[i].currency, currency) == 0)
            return true;
    return false;
}

static void add_bases(struct ledger *l, const struct cost *costs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!*costs[i].base || has_base(l, costs[i].base))
            continue;
        l->bases = xreallocarray(l->bases, l->base_count + 1, sizeof *l->bases);
        struct ledger_base *base = &l->bases[l->base_count++];
        *base = (struct ledger_base){.units = 0};
        strncpy(base->currency, costs[i].base, sizeof base->currency - 1);
        for (size_t j = 0; j < count; j++) {
            bool own = !costs[j].fault && strcmp(costs[j].currency, base->currency) == 0;
            bool converted = strcmp(costs[j].base, base->currency) == 0;
            if (!(own || converted) ||
                !money_add(&base->units, own ? costs[j].units : costs[j].base_units))
                base->without++;
        }
    }
}

void ledger_init_of(struct ledger *l, const struct case_file *c, const struct cost *costs,
                    size_t count)
{
    *l = (struct ledger){NULL};
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = costs[i].entry;
        l->left_out += !add_cost(l, c, &costs[i]);
        l->undetermined += strcmp(costs[i].source, "undetermined") == 0;
        l->awaiting += strcmp(entry_text(e, "iom_status"), "requested") == 0;
    }
    add_bases(l, costs, count);
}

void ledger_init(struct ledger *l, const struct case_file *c)
{
    size_t count;
    struct cost *costs = costs_of(c, &count);

    ledger_init_of(l, c, costs, count);
    free(costs);
}

void ledger_release(struct ledger *l)
{
    free(l->sums);
    free(l->persons);
    free(l->bases);
    *l = (struct ledger){NULL};
}

/* ---- as JSON ---- */

static json_t *amount_json(int64_t units, const char *currency)
{
    struct buf text = BUF_INIT;

    money_format_bare(&text, units, currency);
    json_t *out = json_string(buf_text(&text));
    buf_release(&text);
    return out;
}

static json_t *shares_json(const struct case_file *c, const struct cost *cost)
{
    size_t count;
    struct cost_share *shares = cost_shares(c, cost, &count);
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(out,
                              json_pack("{s:I, s:o}", "person", (json_int_t)shares[i].person,
                                        "amount", amount_json(shares[i].units, cost->currency)));
    free(shares);
    return out;
}

static json_t *cost_json(const struct case_file *c, const struct cost *cost)
{
    json_t *out = json_copy((json_t *)(uintptr_t)cost->entry->payload);
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(cost->entry->act->id, id);
    json_object_set_new(out, "id", json_string(id));
    json_object_set_new(out, "corrected", json_boolean(cost->entry->correction != NULL));
    if (!cost->fault) {
        json_object_set_new(out, "amount", amount_json(cost->units, cost->currency));
        json_object_set_new(out, "shares", shares_json(c, cost));
    }
    if (*cost->base)
        json_object_set_new(out, "base_amount", amount_json(cost->base_units, cost->base));
    return out;
}

static json_t *sums_json(const struct ledger_sum *sums, size_t count, bool persons)
{
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *one = json_pack("{s:s, s:o}", "currency", sums[i].currency, "amount",
                                amount_json(sums[i].units, sums[i].currency));
        if (persons)
            json_object_set_new(one, "person",
                                sums[i].person ? json_integer(sums[i].person) : json_null());
        else
            json_object_set_new(one, "source",
                                sums[i].source ? json_string(sums[i].source) : json_null());
        json_array_append_new(out, one);
    }
    return out;
}

json_t *ledger_json(const struct case_file *c)
{
    struct ledger l;
    size_t count;
    struct cost *costs = costs_of(c, &count);
    json_t *list = json_array(), *bases = json_array();

    ledger_init(&l, c);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, cost_json(c, &costs[i]));
    for (size_t i = 0; i < l.base_count; i++)
        json_array_append_new(bases, json_pack("{s:s, s:o, s:I}", "currency", l.bases[i].currency,
                                               "amount",
                                               amount_json(l.bases[i].units, l.bases[i].currency),
                                               "without", (json_int_t)l.bases[i].without));
    json_t *out = json_pack("{s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "case", c->reference,
                            "costs", list, "totals", sums_json(l.sums, l.count, false), "persons",
                            sums_json(l.persons, l.person_count, true), "base", bases,
                            "undetermined", (json_int_t)l.undetermined, "awaiting_iom",
                            (json_int_t)l.awaiting, "left_out", (json_int_t)l.left_out);
    ledger_release(&l);
    free(costs);
    return out;
}
