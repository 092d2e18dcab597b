/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/receivable.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/currency.h"
#include "amparo/agreement/ledger.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/task.h"
#include "amparo/base/mem.h"
#include "amparo/base/number.h"

static bool is_advance(const struct entry *e)
{
    return !strcmp(entry_text(e, "source"), "assisting_advance");
}

/* As the cost says; else the State that assists in this case. */
static const char *creditor_of(const struct case_file *c, const struct entry *cost)
{
    const struct entry *request = NULL, *choice = case_choice(c, NULL);

    if (*entry_text(cost, "advanced_by"))
        return entry_text(cost, "advanced_by");
    if (!strcmp(case_role(c), "assisting"))
        return c->post_state;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (!strcmp(entry_text(e, "kind"), "REQ") && !e->annulled)
            request = e;
    return request ? request_state(c, request) : choice ? entry_text(choice, "state") : "";
}

/* What is paid without an amount is all that is left. */
static void take_refund(struct receivable *r, const struct entry *e)
{
    int64_t left = receivable_left(r), units = left;
    bool waived = !strcmp(entry_text(e, "step"), "waived");

    if (!strcmp(entry_text(e, "step"), "asked")) {
        if (!*r->asked_on)
            r->asked_on = entry_text(e, "on");
        if (*entry_text(e, "due_on"))
            r->due_on = entry_text(e, "due_on");
        return;
    }
    if (*entry_text(e, "amount") && !money_parse(entry_text(e, "amount"), r->currency, &units))
        return;
    money_add(waived ? &r->waived : &r->paid, units);
    if (left > 0 && units >= left)
        r->settled_on = entry_text(e, "on");
}

static void take_refunds(struct receivable *r, const struct case_file *c)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REFUND));)
        if (case_entry(c, entry_text(e, "of")) == r->cost)
            take_refund(r, e);
}

struct receivable *receivables_of(const struct case_file *c, size_t *count)
{
    struct receivable *list = NULL;

    *count = 0;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_COST));) {
        struct receivable r = {.cost = e,
                               .debtor = case_requesting_state(c),
                               .creditor = creditor_of(c, e),
                               .currency = entry_text(e, "currency"),
                               .asked_on = "",
                               .settled_on = "",
                               .due_on = entry_text(e, "refund_due_on")};
        if (!is_advance(e) || !currency_find(r.currency) ||
            !money_parse(entry_text(e, "amount"), r.currency, &r.units))
            continue;
        take_refunds(&r, c);
        list = xreallocarray(list, *count + 1, sizeof *list);
        list[(*count)++] = r;
    }
    return list;
}

int64_t receivable_left(const struct receivable *r)
{
    int64_t left = r->units - r->paid - r->waived;

    return left > 0 ? left : 0;
}

const char *receivable_due_after(const char *day, const struct receivable_terms *terms,
                                 char out[INSTANT_SIZE])
{
    static const struct calendar every_day = {.weekend = 0};
    const struct setting_type *setting = setting_type(SETTING_RECEIVABLE);

    deadline_of(setting->unit, terms ? terms->months : setting->usual, day,
                terms && terms->calendar ? terms->calendar : &every_day, out);
    return out;
}

const char *receivable_due(const struct receivable *r, const struct receivable_terms *terms,
                           char out[INSTANT_SIZE])
{
    if (!*r->due_on)
        return receivable_due_after(entry_text(r->cost, "on"), terms, out);
    out[0] = '\0';
    return strncat(out, r->due_on, INSTANT_SIZE - 1);
}

static void put_amount(json_t *out, const char *key, int64_t units, const char *currency)
{
    struct buf text = BUF_INIT;

    money_format_bare(&text, units, currency);
    json_object_set_new(out, key, json_string(buf_text(&text)));
    buf_release(&text);
}

json_t *receivable_json(const struct receivable *r, const struct receivable_terms *terms,
                        const char *today)
{
    char id[2 * ACT_ID_SIZE + 1], due[INSTANT_SIZE];
    int64_t left = receivable_left(r);

    act_id_hex(r->cost->act->id, id);
    receivable_due(r, terms, due);
    json_t *out = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s*, s:s*, s:b}", "cost", id, "debtor",
                            r->debtor, "creditor", r->creditor, "currency", r->currency, "due", due,
                            "overdue", left > 0 && strcmp(due, today) < 0, "asked_on",
                            *r->asked_on ? r->asked_on : NULL, "settled_on",
                            *r->settled_on ? r->settled_on : NULL, "undertaking",
                            entry_bool(r->cost, "undertaking"));
    put_amount(out, "amount", r->units, r->currency);
    put_amount(out, "paid", r->paid, r->currency);
    put_amount(out, "waived", r->waived, r->currency);
    put_amount(out, "left", left, r->currency);
    return out;
}

/* ---- the reserve fund of the Conference ---- */

/* Classes of person whom the fund is for; a child is one without any of these. */
static bool is_vulnerable(const struct entry *ground)
{
    static const char *const profiles[] = {"lone_child",   "trafficking_victim", "woman_at_risk",
                                           "older_person", "disability",         "illness"};

    for (size_t i = 0; i < ARRAY_SIZE(profiles); i++)
        if (entry_has_text(ground, "profiles", profiles[i]))
            return true;
    return !strcmp(entry_text(ground, "code"), "G6a");
}

static bool has_vulnerable(const struct case_file *c, const char *today)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(c, persons, CASE_PERSONS_MOST);

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_GROUND));)
        if (is_vulnerable(e))
            return true;
    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (case_minor(c, persons[i], today) == KNOWN_TRUE)
            return true;
    return false;
}

/* What was asked of the fund so far, in cents; what is in another currency counts as it was
 * converted to dollars. */
static int64_t asked_of_fund(const struct case_file *c)
{
    size_t count;
    struct cost *costs = costs_of(c, &count);
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (entry_bool(costs[i].entry, "reserve_fund") && !costs[i].fault)
            money_add(&sum, !strcmp(costs[i].currency, "USD") ? costs[i].units
                            : !strcmp(costs[i].base, "USD")   ? costs[i].base_units
                                                              : 0);
    free(costs);
    return sum;
}

char *reserve_fund_advice(const struct case_file *c, const char *today, translate_fn *tr)
{
    enum { FUND_MOST = 1000 * 100 }; /* cents a case */
    int64_t asked = asked_of_fund(c);
    struct buf sum = BUF_INIT;
    char *out, *there = country_in_text(case_receiving_state(c), tr);

    money_say(&sum, asked, "USD", tr);
    if (!country_is_member(case_receiving_state(c)))
        out = xasprintf(tr(N_("The reserve fund of the Conference helps within its Member States; "
                              "%s is not one of them.")),
                        there);
    else if (!has_vulnerable(c, today))
        out = xstrdup(tr(N_("The reserve fund of the Conference is for children, victims of "
                            "trafficking, women at risk, older, disabled, ill or injured persons; "
                            "none is recorded.")));
    else if (asked > FUND_MOST)
        out = xasprintf(tr(N_("The reserve fund of the Conference gives up to USD 1,000 a case; "
                              "%s is marked for it.")),
                        buf_text(&sum));
    else
        out = xasprintf(tr(N_("The reserve fund of the Conference may be asked: up to USD 1,000 a "
                              "case; %s is marked for it.")),
                        buf_text(&sum));
    buf_release(&sum);
    free(there);
    return out;
}
