/* SPDX-License-Identifier: MIT */
/* amparo costs: what cases cost and who bears it, what is owed, IOM's budgets (Art. 8). */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/i18n.h"
#include "amparo/base/number.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/costs.h"
#include "amparo/store/record.h"
#include "amparo/store/refundterms.h"

enum { LABEL = 30, SUM = 20 };

/* A sum that ends in its column. */
static void put_right(struct buf *out, const char *sum)
{
    int gap = SUM - text_cells(sum);

    buf_addf(out, "%*s%s", gap > 0 ? gap : 0, "", sum);
}

static void put_money(struct buf *out, int64_t units, const char *currency)
{
    struct buf sum = BUF_INIT;

    money_say(&sum, units, currency, reader_language);
    put_right(out, buf_text(&sum));
    buf_release(&sum);
}

static void put_sum(struct buf *out, const char *label, const char *currency, int64_t units)
{
    struct buf sum = BUF_INIT;

    put_money(&sum, units, currency);
    buf_adds(out, "  ");
    text_pad(out, label, LABEL);
    buf_addf(out, " %s\n", buf_text(&sum));
    buf_release(&sum);
}

/* ---- one case ---- */

static void put_cost(struct buf *out, const struct cost *cost)
{
    const struct entry *e = cost->entry;
    struct buf sum = BUF_INIT, label = BUF_INIT;

    if (cost->fault)
        buf_addf(&sum, "%s %s ?", cost->currency, entry_text(e, "amount"));
    else
        money_say(&sum, cost->units, cost->currency, reader_language);
    buf_addf(&label, "%s %s", entry_text(e, "on"),
             cost_source_label(cost->source, reader_language));
    buf_adds(out, "  ");
    text_pad(out, buf_text(&label), LABEL + 10);
    buf_addc(out, ' ');
    put_right(out, buf_text(&sum));
    buf_addf(out, "  %s\n", entry_text(e, "item"));
    if (*cost->base) {
        buf_addf(out, "  %*s ", LABEL + 10, "=");
        put_money(out, cost->base_units, cost->base);
        buf_addc(out, '\n');
    }
    buf_release(&sum);
    buf_release(&label);
}

static void put_sums(struct buf *out, const struct ledger *l)
{
    char label[40];

    buf_addf(out, "%s\n", _("Borne by"));
    for (size_t i = 0; i < l->count; i++)
        put_sum(out,
                l->sums[i].source ? cost_source_label(l->sums[i].source, reader_language)
                                  : _("Together"),
                l->sums[i].currency, l->sums[i].units);
    buf_addf(out, "%s\n", _("By person"));
    for (size_t i = 0; i < l->person_count; i++) {
        snprintf(label, sizeof label, _("Person %ld"), l->persons[i].person);
        put_sum(out, label, l->persons[i].currency, l->persons[i].units);
    }
    for (size_t i = 0; i < l->base_count; i++) {
        put_sum(out, _("In our currency"), l->bases[i].currency, l->bases[i].units);
        if (l->bases[i].without)
            buf_addf(out, _("  without %zu of them: no rate\n"), l->bases[i].without);
    }
    if (l->undetermined)
        buf_addf(out, _("Undetermined: %zu; the case cannot be closed\n"), l->undetermined);
    if (l->left_out)
        buf_addf(out, _("Not added up: %zu\n"), l->left_out);
}

static void put_receivables(struct buf *out, const struct case_file *c,
                            const struct receivable_terms *terms)
{
    size_t count;
    struct receivable *list = receivables_of(c, &count);
    char due[INSTANT_SIZE], label[80];

    if (count)
        buf_addf(out, "%s\n", _("Owed"));
    for (size_t i = 0; i < count; i++) {
        const struct receivable *r = &list[i];
        if (receivable_left(r))
            snprintf(label, sizeof label, _("%s to %s, due %s"), r->debtor,
                     *r->creditor ? r->creditor : "?", receivable_due(r, terms, due));
        else
            snprintf(label, sizeof label, _("%s to %s, settled %s"), r->debtor,
                     *r->creditor ? r->creditor : "?", r->settled_on);
        put_sum(out, label, r->currency, receivable_left(r));
    }
    free(list);
}

static void put_case(struct store *store, const struct case_file *c,
                     const struct receivable_terms *terms)
{
    struct buf out = BUF_INIT;
    struct ledger ledger;
    size_t count;
    struct cost *costs = costs_of(c, &count);
    char now[INSTANT_SIZE];

    buf_addf(&out, "%s  %s\n", c->reference, _("Costs"));
    for (size_t i = 0; i < count; i++)
        put_cost(&out, &costs[i]);
    ledger_init(&ledger, c);
    if (count)
        put_sums(&out, &ledger);
    put_receivables(&out, c, terms);
    store_now(store, now);
    now[DATE_SIZE - 1] = '\0';
    char *advice = reserve_fund_advice(c, now, reader_language);
    buf_addf(&out, "%s\n", count ? advice : _("none"));
    cli_put_lines(&out);
    ledger_release(&ledger);
    free(advice);
    free(costs);
    buf_release(&out);
}

static json_t *case_json_of(struct store *store, const struct case_file *c,
                            const struct receivable_terms *terms)
{
    json_t *out = ledger_json(c), *owed = json_array();
    size_t count;
    struct receivable *list = receivables_of(c, &count);
    char now[INSTANT_SIZE];

    store_now(store, now);
    now[DATE_SIZE - 1] = '\0';
    for (size_t i = 0; i < count; i++)
        json_array_append_new(owed, receivable_json(&list[i], terms, now));
    char *advice = reserve_fund_advice(c, now, reader_language);
    json_object_set_new(out, "receivables", owed);
    json_object_set_new(out, "reserve_fund", json_string(advice));
    free(advice);
    free(list);
    return out;
}

static bool show_case(struct store *store, const char *reference, bool json, struct error *err)
{
    struct case_file c;
    struct refund_terms terms;
    bool ok = true;

    if (!store_case(store, reference, &c, err))
        return false;
    if (!refund_terms_read(store, &terms, err)) {
        case_release(&c);
        return false;
    }
    cli_viewed(store, c.reference, "costs");
    if (json)
        ok = cli_put_json(case_json_of(store, &c, &terms.terms));
    else
        put_case(store, &c, &terms.terms);
    refund_terms_release(&terms);
    case_release(&c);
    return ok;
}

/* ---- all cases ---- */

static void put_owed(struct buf *out, const struct owed *o)
{
    buf_addf(out, "  %-10s ", o->due);
    put_money(out, o->units, o->currency);
    buf_addf(out, "  %s > %s  %s", o->debtor, *o->creditor ? o->creditor : "?", o->reference);
    buf_addf(out, "%s\n", o->overdue ? _("  overdue") : "");
}

static void put_budget(struct buf *out, const struct budget_use *u)
{
    const struct budget *b = &u->budget;
    const struct {
        const char *label;
        int64_t units;
    } rows[] = {{_("budget"), b->units},
                {_("granted"), u->granted},
                {_("asked"), u->asked},
                {_("left"), b->units - u->granted - u->asked}};

    buf_addf(out, _("  %s, %s to %s"), b->programme, b->starts_on, b->ends_on);
    if (*b->mechanism)
        buf_addf(out, "; %s", b->mechanism);
    buf_addc(out, '\n');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_adds(out, "  ");
        put_sum(out, rows[i].label, b->currency, rows[i].units);
    }
    if (u->left_out)
        buf_addf(out, _("    in another currency, without a rate: %zu\n"), u->left_out);
}

static bool show_all(struct store *store, struct error *err)
{
    struct file_costs costs;
    struct buf out = BUF_INIT;

    if (!store_costs(store, &costs, err))
        return false;
    buf_addf(&out, "%s\n", _("Borne by"));
    for (size_t i = 0; i < costs.total_count; i++)
        put_sum(&out, cost_source_label(costs.totals[i].source, reader_language),
                costs.totals[i].currency, costs.totals[i].units);
    buf_addf(&out, "%s\n", _("Owed"));
    for (size_t i = 0; i < costs.owed_count; i++)
        put_owed(&out, &costs.owed[i]);
    buf_addf(&out, "%s\n", _("Budgets of IOM"));
    for (size_t i = 0; i < costs.budget_count; i++)
        put_budget(&out, &costs.budgets[i]);
    if (costs.left_out)
        buf_addf(&out, _("Not added up: %zu\n"), costs.left_out);
    cli_put_lines(&out);
    buf_release(&out);
    file_costs_release(&costs);
    return true;
}

/* ---- a budget ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Into a field of that size; what is longer is none. */
static bool read_option(const struct cli *cli, const char *name, char *out, size_t size,
                        struct error *err)
{
    const char *value = cli_value(cli, name);

    if (!value)
        return error_set(err, ERROR_INPUT, _("costs budget: --%s is missing"), name);
    if (strlen(value) >= size)
        return error_set(err, ERROR_INPUT, _("--%s %s: is too long"), name, value);
    memcpy(out, value, strlen(value) + 1);
    return true;
}

static bool read_budget(const struct cli *cli, struct budget *b, struct error *err)
{
    char amount[40];

    if (!read_option(cli, "amount", amount, sizeof amount, err) ||
        !read_option(cli, "currency", b->currency, sizeof b->currency, err) ||
        !read_option(cli, "from", b->starts_on, sizeof b->starts_on, err) ||
        !read_option(cli, "to", b->ends_on, sizeof b->ends_on, err))
        return false;
    if (money_parse(amount, b->currency, &b->units))
        return true;
    return error_set(err, ERROR_INPUT, _("--amount %s: is no amount in %s"), amount, b->currency);
}

static bool set_budget(const struct cli *cli, struct store *store, char *programme,
                       struct error *err)
{
    char *mechanism = (char *)(uintptr_t)or_empty(cli_value(cli, "mechanism"));
    char *reference = (char *)(uintptr_t)or_empty(cli_value(cli, "reference"));
    struct budget b = {.programme = programme, .mechanism = mechanism, .reference = reference};

    return read_budget(cli, &b, err) && store_set_budget(store, &b, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    bool budget = argc > 1 && strcmp(argv[1], "budget") == 0, json = cli_has(cli, "json");

    if (argc != (budget ? 3 : argc > 1 ? 2 : 1))
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "costs",
                         "FILE [CASE | budget PROGRAMME …]");
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = budget     ? set_budget(cli, store, argv[2], err)
              : argc > 1 ? show_case(store, argv[1], json, err)
              : json     ? cli_put_json(store_costs_json(store, err))
                         : show_all(store, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0}, {"amount", "AMOUNT", 0},  {"currency", "CODE", 0},  {"from", "DATE", 0},
    {"to", "DATE", 0}, {"mechanism", "TEXT", 0}, {"reference", "TEXT", 0}, {NULL, NULL, 0},
};

const struct command command_costs = {
    .name = "costs",
    .usage = "FILE [CASE] [--json]\n"
             "FILE budget PROGRAMME --amount N --currency CODE --from DATE --to DATE",
    .summary = N_("costs by who bears them, what is owed, IOM's budgets and their use"),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
