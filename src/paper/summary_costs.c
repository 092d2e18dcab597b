/* SPDX-License-Identifier: MIT */
/* The costs of a case (Article 8): each, their sums, what is owed, what may be asked for. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"
#include "amparo/base/number.h"
#include "amparo/paper/value.h"
#include "amparo/store/costs.h"
#include "summary_parts.h"

enum { LABEL = 30 };

static const int cells[] = {10, 16, 22, 26};

/* ---- each cost ---- */

/* A line under its row, in the column of the item. */
static void add_detail(const struct summary *s, const char *text)
{
    const char *row[] = {"", "", "", text};

    if (*text)
        paper_row(s->p, ARRAY_SIZE(cells), cells, row);
}

/* Who is under the protection lock appears on no paper of their own State. */
bool summary_keeps_off(const struct summary *s, long person)
{
    return !strcmp(case_role(s->source->c), "requesting") && case_locked(s->source->c, person) &&
           !case_erased(s->source->c, person);
}

/* "person 1: 50.01; person 2: 50.00": a part for each. */
static void print_shares(const struct summary *s, const struct cost *cost)
{
    size_t count, shown = 0;
    struct cost_share *shares = cost_shares(s->source->c, cost, &count);
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < count; i++) {
        if (summary_keeps_off(s, shares[i].person))
            continue;
        buf_adds(&text, shown++ ? "; " : "");
        buf_addf(&text, summary_tr(s, N_("person %ld: ")), shares[i].person);
        money_say_bare(&text, shares[i].units, cost->currency, s->source->language->tr);
    }
    if (shown > 1)
        add_detail(s, buf_text(&text));
    buf_release(&text);
    free(shares);
}

/* "= USD 503.83 at 0.27234 of 14 March 2026, central bank". */
static void print_base(const struct summary *s, const struct cost *cost)
{
    const struct entry *e = cost->entry;
    const char *day = entry_text(e, *entry_text(e, "rate_on") ? "rate_on" : "on");
    struct buf text = BUF_INIT;

    if (*cost->base) {
        buf_adds(&text, "= ");
        money_say(&text, cost->base_units, cost->base, s->source->language->tr);
        if (*entry_text(e, "rate")) {
            struct buf date = BUF_INIT;
            paper_day(s->source->language, day, &date);
            buf_addf(&text, summary_tr(s, N_(" at %s of %s")), entry_text(e, "rate"),
                     buf_text(&date));
            buf_release(&date);
        }
        if (*entry_text(e, "rate_source"))
            buf_addf(&text, ", %s", entry_text(e, "rate_source"));
    }
    add_detail(s, buf_text(&text));
    buf_release(&text);
}

/* "IOM: asked, programme X, reference 12". */
static void print_iom(const struct summary *s, const struct entry *e)
{
    static const char *const keys[] = {"iom_programme", "iom_mechanism", "iom_reference"};
    struct buf text = BUF_INIT;

    if (*entry_text(e, "iom_status"))
        buf_addf(&text, "%s",
                 summary_label(s, ACT_COST, "iom_status", entry_text(e, "iom_status")));
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (*entry_text(e, keys[i]))
            buf_addf(&text, "%s%s", text.size ? ", " : "", entry_text(e, keys[i]));
    if (text.size) {
        char *line = xasprintf(summary_tr(s, N_("IOM: %s")), buf_text(&text));
        add_detail(s, line);
        free(line);
    }
    buf_release(&text);
}

static void print_receipt(const struct summary *s, const struct entry *e)
{
    if (!*entry_text(e, "receipt"))
        return;
    char *line = xasprintf(summary_tr(s, N_("receipt %s")), entry_text(e, "receipt"));
    add_detail(s, line);
    free(line);
}

static void print_cost(const struct summary *s, const struct cost *cost)
{
    const struct entry *e = cost->entry;
    json_t *payload = summary_payload(s, e);
    const struct field *item = field_find(act_type(ACT_COST)->fields, "item");
    struct buf sum = BUF_INIT, what = BUF_INIT;

    if (cost->fault)
        buf_addf(&sum, "%s %s ?", cost->currency, entry_text(e, "amount"));
    else
        money_say(&sum, cost->units, cost->currency, s->source->language->tr);
    paper_value(s->source->language, item, json_object_get(payload, "item"), &what);
    if (e->correction)
        buf_addf(&what, " [%s]", summary_tr(s, N_("corrected")));
    const char *row[] = {entry_text(e, "on"), buf_text(&sum),
                         summary_label(s, ACT_COST, "source", cost->source), buf_text(&what)};
    paper_row(s->p, ARRAY_SIZE(cells), cells, row);
    print_shares(s, cost);
    print_base(s, cost);
    print_iom(s, e);
    print_receipt(s, e);
    json_decref(payload);
    buf_release(&sum);
    buf_release(&what);
}

/* ---- below the costs ---- */

/* Lines that stay together, under a line that says what they are. */
static size_t begin_block(const struct summary *s, const char *msgid)
{
    size_t from;

    paper_blank(s->p);
    from = s->p->count;
    if (*msgid)
        paper_paragraph(s->p, summary_tr(s, msgid));
    return from;
}

static void end_block(const struct summary *s, size_t from)
{
    if (from)
        paper_keep_together(s->p, from);
}

static void put_amount(const struct summary *s, const char *label, const char *currency,
                       int64_t units)
{
    struct buf text = BUF_INIT;

    money_say(&text, units, currency, s->source->language->tr);
    paper_labelled(s->p, label, LABEL, buf_text(&text));
    buf_release(&text);
}

/* ---- sums ---- */

/* In the columns of the costs, so that the amounts stand under each other. */
static void put_sum(const struct summary *s, const struct ledger_sum *sum)
{
    struct buf amount = BUF_INIT, total = BUF_INIT;
    const char *row[] = {"", "", "", ""};

    money_say(&amount, sum->units, sum->currency, s->source->language->tr);
    row[1] = buf_text(&amount);
    if (sum->source) {
        row[2] = summary_label(s, ACT_COST, "source", sum->source);
        paper_row(s->p, ARRAY_SIZE(cells), cells, row);
    } else {
        buf_addf(&total, "%s %s", summary_tr(s, N_("Total")), sum->currency);
        row[2] = buf_text(&total);
        paper_sum_row(s->p, ARRAY_SIZE(cells), cells, row);
    }
    buf_release(&amount);
    buf_release(&total);
}

/* Each currency by itself, by who bears it, and then its total. */
static void print_sums(const struct summary *s, const struct ledger *l)
{
    size_t from = s->p->count;

    for (size_t i = 0; i < l->count; i++) {
        if (i == 0 || !l->sums[i - 1].source) {
            paper_blank(s->p);
            from = s->p->count;
        }
        put_sum(s, &l->sums[i]);
        if (!l->sums[i].source)
            paper_keep_table(s->p, from);
    }
}

/* Of one person, in all currencies: "" where there is none. */
static void add_share(const struct summary *s, const struct ledger *l, long person, struct buf *out)
{
    for (size_t i = 0; i < l->person_count; i++) {
        if (l->persons[i].person != person)
            continue;
        buf_adds(out, out->size ? "; " : "");
        money_say(out, l->persons[i].units, l->persons[i].currency, s->source->language->tr);
    }
}

static void print_persons(const struct summary *s, const struct ledger *l)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(s->source->c, persons, ARRAY_SIZE(persons)), from = 0;

    for (size_t i = 0; count > 1 && i < count; i++) {
        struct buf share = BUF_INIT;
        if (!summary_keeps_off(s, persons[i]))
            add_share(s, l, persons[i], &share);
        if (share.size) {
            char *label = xasprintf(summary_tr(s, N_("Person %ld")), persons[i]);
            from = from ? from : begin_block(s, N_("Share of each person"));
            paper_labelled(s->p, label, LABEL, buf_text(&share));
            free(label);
        }
        buf_release(&share);
    }
    end_block(s, from);
}

static void print_bases(const struct summary *s, const struct ledger *l)
{
    size_t from = l->base_count ? begin_block(s, "") : 0;

    for (size_t i = 0; i < l->base_count; i++) {
        const struct ledger_base *base = &l->bases[i];
        put_amount(s, summary_tr(s, N_("In our currency")), base->currency, base->units);
        if (!base->without)
            continue;
        char *text = xasprintf(summary_tr(s, N_("without %zu of them: no rate")), base->without);
        paper_labelled(s->p, "", LABEL, text);
        free(text);
    }
    end_block(s, from);
}

static void print_open_questions(const struct summary *s, const struct ledger *l)
{
    if (l->left_out)
        paper_paragraph(s->p, summary_tr(s, N_("Amounts with a question mark, and what would make "
                                               "a sum too large, are not added up.")));
    if (l->undetermined)
        paper_paragraph(s->p, summary_tr(s, N_("Who bears some of it is undetermined: the case "
                                               "cannot be closed.")));
    if (l->awaiting)
        paper_paragraph(s->p, summary_tr(s, N_("IOM has not answered yet.")));
}

/* ---- what is owed ---- */

static void add_part(const struct summary *s, struct buf *out, const char *text, int64_t units,
                     const char *currency)
{
    buf_addf(out, "; %s ", text);
    money_say_bare(out, units, currency, s->source->language->tr);
}

/* What is still owed, and since when it should not be. */
static void add_outstanding(const struct summary *s, const struct receivable *r, struct buf *out)
{
    struct buf day = BUF_INIT;
    char due[INSTANT_SIZE];

    if (!receivable_left(r)) {
        buf_addf(out, "; %s", summary_tr(s, N_("nothing outstanding")));
        return;
    }
    add_part(s, out, summary_tr(s, N_("outstanding")), receivable_left(r), r->currency);
    paper_day(s->source->language, receivable_due(r, s->source->terms, due), &day);
    buf_adds(out, "; ");
    buf_addf(out, summary_tr(s, N_("due %s")), buf_text(&day));
    /* Dates in this form compare as text. */
    if (strncmp(due, s->source->now, DATE_SIZE - 1) < 0)
        buf_addf(out, " (%s)", summary_tr(s, N_("overdue")));
    buf_release(&day);
}

static void print_receivable(const struct summary *s, const struct receivable *r)
{
    struct buf text = BUF_INIT;
    char *label = xasprintf(summary_tr(s, N_("%s to %s")), summary_state(s, r->debtor),
                            *r->creditor ? summary_state(s, r->creditor) : "?");

    money_say(&text, r->units, r->currency, s->source->language->tr);
    if (r->paid)
        add_part(s, &text, summary_tr(s, N_("paid")), r->paid, r->currency);
    if (r->waived)
        add_part(s, &text, summary_tr(s, N_("not claimed")), r->waived, r->currency);
    add_outstanding(s, r, &text);
    json_t *payload = summary_payload(s, r->cost);
    if (payload_bool(payload, "undertaking"))
        buf_addf(&text, "; %s", summary_tr(s, N_("the person has undertaken to repay")));
    json_decref(payload);
    paper_labelled(s->p, label, LABEL, buf_text(&text));
    buf_release(&text);
    free(label);
}

static void print_receivables(const struct summary *s)
{
    size_t count, from = 0;
    struct receivable *list = receivables_of(s->source->c, &count);

    for (size_t i = 0; i < count; i++) {
        if (redact_keeps_off_paper(s->source->c, list[i].cost->payload, s->audience))
            continue;
        from = from ? from : begin_block(s, N_("Advances and their refunds"));
        print_receivable(s, &list[i]);
    }
    end_block(s, from);
    free(list);
}

/* ---- budgets of IOM that the case uses, and what all cases use of them ---- */

static bool uses(const struct summary *s, const struct budget *budget)
{
    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, ACT_COST));)
        if (*entry_text(e, "iom_programme") &&
            !redact_keeps_off_paper(s->source->c, e->payload, s->audience) &&
            budget_covers(budget, entry_text(e, "iom_programme"), entry_text(e, "on")))
            return true;
    return false;
}

static void print_budget(const struct summary *s, const struct budget_use *u)
{
    const struct budget *b = &u->budget;
    struct buf text = BUF_INIT;

    money_say(&text, b->units, b->currency, s->source->language->tr);
    buf_addf(&text, ", ");
    paper_day(s->source->language, b->starts_on, &text);
    buf_addf(&text, " - ");
    paper_day(s->source->language, b->ends_on, &text);
    if (*b->mechanism)
        buf_addf(&text, "; %s", b->mechanism);
    add_part(s, &text, summary_tr(s, N_("granted")), u->granted, b->currency);
    add_part(s, &text, summary_tr(s, N_("asked")), u->asked, b->currency);
    add_part(s, &text, summary_tr(s, N_("left")), b->units - u->granted - u->asked, b->currency);
    paper_labelled(s->p, b->programme, LABEL, buf_text(&text));
    buf_release(&text);
}

static void print_budgets(const struct summary *s)
{
    const struct file_costs *all = s->source->budgets;
    size_t from = 0;

    for (size_t i = 0; all && i < all->budget_count; i++) {
        if (!uses(s, &all->budgets[i].budget))
            continue;
        from = from ? from : begin_block(s, N_("Budgets of IOM, and their use by all cases:"));
        print_budget(s, &all->budgets[i]);
    }
    end_block(s, from);
}

/* For this post and its capital: others have no use for it. */
static void print_advice(const struct summary *s)
{
    char today[DATE_SIZE] = "";

    strncat(today, s->source->now, DATE_SIZE - 1);
    char *advice = reserve_fund_advice(s->source->c, today, s->source->language->tr);
    paper_remark(s->p, advice);
    free(advice);
}

/* Those that the audience may have: what is left adds up. A new array. */
static struct cost *costs_shown(const struct summary *s, size_t *count)
{
    size_t all;
    struct cost *costs = costs_of(s->source->c, &all);

    *count = 0;
    for (size_t i = 0; i < all; i++)
        if (!redact_keeps_off_paper(s->source->c, costs[i].entry->payload, s->audience))
            costs[(*count)++] = costs[i];
    return costs;
}

void summary_ledger(const struct summary *s, struct ledger *ledger)
{
    size_t count;
    struct cost *costs = costs_shown(s, &count);

    ledger_init_of(ledger, s->source->c, costs, count);
    free(costs);
}

void summary_costs(const struct summary *s)
{
    static const char *const heads[] = {N_("On"), N_("Amount"), N_("Borne by"), N_("Item")};
    struct ledger ledger;
    size_t count;
    struct cost *costs = costs_shown(s, &count);

    if (!count) {
        free(costs);
        return;
    }
    summary_heading(s, N_("Costs (Article 8)"));
    size_t from = s->p->count;
    summary_header(s, ARRAY_SIZE(cells), cells, heads);
    for (size_t i = 0; i < count; i++)
        print_cost(s, &costs[i]);
    paper_keep_table(s->p, from);
    ledger_init_of(&ledger, s->source->c, costs, count);
    print_sums(s, &ledger);
    print_persons(s, &ledger);
    print_bases(s, &ledger);
    print_open_questions(s, &ledger);
    ledger_release(&ledger);
    print_receivables(s);
    if (s->audience->kind == AUDIENCE_POST || s->audience->kind == AUDIENCE_CAPITAL) {
        print_budgets(s);
        print_advice(s);
    }
    free(costs);
}
