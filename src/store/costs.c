/* SPDX-License-Identifier: MIT */
#include "amparo/store/costs.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/currency.h"
#include "amparo/agreement/ledger.h"
#include "amparo/base/cbor.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/listed.h"
#include "amparo/store/project_costs.h"
#include "amparo/store/refundterms.h"

static void free_budget(struct budget *b)
{
    free(b->programme);
    free(b->mechanism);
    free(b->reference);
    free(b->said_by);
    free(b->said_at);
}

void file_costs_release(struct file_costs *costs)
{
    for (size_t i = 0; i < costs->total_count; i++)
        free(costs->totals[i].source);
    for (size_t i = 0; i < costs->owed_count; i++) {
        free(costs->owed[i].reference);
        free_wiped(costs->owed[i].title);
        free(costs->owed[i].debtor);
        free(costs->owed[i].creditor);
    }
    for (size_t i = 0; i < costs->budget_count; i++)
        free_budget(&costs->budgets[i].budget);
    free(costs->totals);
    free(costs->owed);
    free(costs->budgets);
    memset(costs, 0, sizeof *costs);
}

static void take_text(char *out, size_t size, sqlite3_stmt *row, int column)
{
    char *text = db_text(row, column);

    out[0] = '\0';
    strncat(out, text, size - 1);
    free(text);
}

/* ---- totals ---- */

static struct cost_total *total_of(struct file_costs *out, sqlite3_stmt *row)
{
    char currency[4], *source = db_text(row, 0);

    take_text(currency, sizeof currency, row, 1);
    for (size_t i = 0; i < out->total_count; i++)
        if (!strcmp(out->totals[i].source, source) && !strcmp(out->totals[i].currency, currency)) {
            free(source);
            return &out->totals[i];
        }
    out->totals = xreallocarray(out->totals, out->total_count + 1, sizeof *out->totals);
    struct cost_total *total = &out->totals[out->total_count++];
    *total = (struct cost_total){.source = source};
    memcpy(total->currency, currency, sizeof currency);
    return total;
}

static int by_currency(const void *a, const void *b)
{
    const struct cost_total *x = a, *y = b;
    int order = strcmp(x->currency, y->currency);

    return order ? order : strcmp(x->source, y->source);
}

/* Added here and not by SQL: exact, and no sum is too large unsaid. */
static bool read_totals(struct store *store, struct file_costs *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err, "SELECT source, currency, units FROM costs", "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        out->left_out += !money_add(&total_of(out, row)->units, db_int(row, 2));
    if (out->total_count)
        qsort(out->totals, out->total_count, sizeof *out->totals, by_currency);
    return !failed;
}

/* ---- what is owed ---- */

static int by_due(const void *a, const void *b)
{
    return strcmp(((const struct owed *)a)->due, ((const struct owed *)b)->due);
}

static bool read_owed(struct store *store, struct file_costs *out, struct error *err)
{
    char now[INSTANT_SIZE], day[DATE_SIZE];
    uint8_t id[ACT_ID_SIZE];
    bool failed = true;
    struct refund_terms terms;

    if (!refund_terms_read(store, &terms, err))
        return false;
    store_now(store, now);
    sqlite3_stmt *row = db_query(
        store, err,
        "SELECT c.reference, k.debtor, k.creditor, a.id, k.currency, k.owed, k.due, k.day, " LISTED_NAME
        " FROM costs k JOIN cases c ON c.id = k.case_row JOIN acts a ON a.seq = k.act "
        "WHERE k.owed > 0 ORDER BY k.day",
        "");
    while (row && db_step(store, row, &failed, err)) {
        out->owed = xreallocarray(out->owed, out->owed_count + 1, sizeof *out->owed);
        struct owed *o = &out->owed[out->owed_count++];
        *o = (struct owed){.reference = db_text(row, 0),
                           .debtor = db_text(row, 1),
                           .creditor = db_text(row, 2),
                           .units = db_int(row, 5)};
        o->title = listed_name(store, row, 8, &o->hidden);
        if (db_bytes(row, 3, id, sizeof id))
            act_id_hex(id, o->act);
        take_text(o->currency, sizeof o->currency, row, 4);
        take_text(o->due, sizeof o->due, row, 6);
        take_text(day, sizeof day, row, 7);
        if (!*o->due)
            receivable_due_after(day, &terms.terms, o->due);
        o->overdue = *o->due && strncmp(o->due, now, DATE_SIZE - 1) < 0;
    }
    if (out->owed_count)
        qsort(out->owed, out->owed_count, sizeof *out->owed, by_due);
    refund_terms_release(&terms);
    return row && !failed;
}

/* ---- budgets ---- */

static void take_use(struct budget_use *use, sqlite3_stmt *row)
{
    char currency[4], base[4], *iom = db_text(row, 4);
    bool asked = strcmp(iom, "requested") == 0;

    take_text(currency, sizeof currency, row, 0);
    take_text(base, sizeof base, row, 2);
    bool own = strcmp(currency, use->budget.currency) == 0;
    bool converted = strcmp(base, use->budget.currency) == 0;
    if (!(own || converted) ||
        !money_add(asked ? &use->asked : &use->granted, db_int(row, own ? 1 : 3)))
        use->left_out++;
    free(iom);
}

static bool read_use(struct store *store, struct budget_use *use, struct error *err)
{
    struct buf folded = BUF_INIT;
    bool failed = true;

    programme_fold(&folded, use->budget.programme);
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT currency, units, base, base_units, iom FROM costs "
                 "WHERE programme = ? AND programme <> '' AND day BETWEEN ? AND ? "
                 "AND source = 'iom'",
                 "ttt", buf_text(&folded), use->budget.starts_on, use->budget.ends_on);
    while (row && db_step(store, row, &failed, err))
        take_use(use, row);
    buf_release(&folded);
    return row && !failed;
}

static void take_budget(struct file_costs *out, sqlite3_stmt *row)
{
    out->budgets = xreallocarray(out->budgets, out->budget_count + 1, sizeof *out->budgets);
    struct budget_use *use = &out->budgets[out->budget_count++];
    struct budget *b = &use->budget;

    *use = (struct budget_use){.granted = 0};
    *b = (struct budget){.programme = db_text(row, 0),
                         .mechanism = db_text(row, 1),
                         .reference = db_text(row, 2),
                         .units = db_int(row, 6),
                         .said_by = db_text(row, 7),
                         .said_at = db_text(row, 8)};
    take_text(b->starts_on, sizeof b->starts_on, row, 3);
    take_text(b->ends_on, sizeof b->ends_on, row, 4);
    take_text(b->currency, sizeof b->currency, row, 5);
}

static bool read_budgets(struct store *store, struct file_costs *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT programme, mechanism, reference, starts_on, ends_on, currency, units, "
                 "said_by, said_at FROM budgets ORDER BY folded, starts_on DESC",
                 "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        take_budget(out, row);
    for (size_t i = 0; !failed && i < out->budget_count; i++)
        failed = !read_use(store, &out->budgets[i], err);
    return !failed;
}

bool store_costs(struct store *store, struct file_costs *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    if (!db_begin_reading(store, err))
        return false;
    bool ok =
        read_totals(store, out, err) && read_owed(store, out, err) && read_budgets(store, out, err);
    ok = db_end(store, ok, err);
    if (!ok)
        file_costs_release(out);
    return ok;
}

bool store_budgets(struct store *store, struct file_costs *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    if (!db_begin_reading(store, err))
        return false;
    bool ok = db_end(store, read_budgets(store, out, err), err);
    if (!ok)
        file_costs_release(out);
    return ok;
}

bool budget_covers(const struct budget *budget, const char *programme, const char *day)
{
    struct buf ours = BUF_INIT, theirs = BUF_INIT;

    programme_fold(&ours, budget->programme);
    programme_fold(&theirs, programme);
    /* Dates in this form compare as text. */
    bool covers = !strcmp(buf_text(&ours), buf_text(&theirs)) &&
                  strcmp(budget->starts_on, day) <= 0 && strcmp(day, budget->ends_on) <= 0;
    buf_release(&ours);
    buf_release(&theirs);
    return covers;
}

/* One line that people can read, of a length that they would. */
static bool is_line(const char *text)
{
    enum { LINE_BYTES = 200 };
    size_t size = text ? strlen(text) : 0;

    return !text || (size <= LINE_BYTES && cbor_text_ok(text, size) && !strchr(text, '\n'));
}

static bool check_budget(const struct budget *b, const char *folded, struct error *err)
{
    struct date from, to;

    if (!*folded)
        return error_set(err, ERROR_INPUT, _("a budget is for a programme: say its name"));
    if (!is_line(b->programme) || !is_line(b->mechanism) || !is_line(b->reference))
        return error_set(err, ERROR_INPUT,
                         _("a budget's words are too long, or hold a control character"));
    if (!date_parse(b->starts_on, &from) || !date_parse(b->ends_on, &to))
        return error_set(err, ERROR_INPUT,
                         _("%s: the period goes from one day to another, YYYY-MM-DD"),
                         b->programme);
    if (date_compare(to, from) < 0)
        return error_set(err, ERROR_INPUT, _("%s: the period ends before it begins"), b->programme);
    if (!currency_find(b->currency))
        return error_set(err, ERROR_INPUT, _("%s: is no currency of ISO 4217"), b->currency);
    return true;
}

bool store_set_budget(struct store *store, const struct budget *b, struct error *err)
{
    struct buf folded = BUF_INIT;
    char now[INSTANT_SIZE];

    if (!post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post records a budget of IOM"));
    programme_fold(&folded, b->programme);
    bool ok = check_budget(b, buf_text(&folded), err) &&
              db_run(store, err,
                     "INSERT OR REPLACE INTO budgets (programme, starts_on, ends_on, folded, "
                     "mechanism, currency, units, reference, said_by, said_at) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "ttttttittt", b->programme, b->starts_on, b->ends_on, buf_text(&folded),
                     b->mechanism ? b->mechanism : "", b->currency, b->units,
                     b->reference ? b->reference : "", store->me.name, store_now(store, now));
    buf_release(&folded);
    return ok;
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

static json_t *owed_json(const struct owed *o)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:b}", "case", o->reference, "cost",
                     o->act, "debtor", o->debtor, "creditor", o->creditor, "currency", o->currency,
                     "left", amount_json(o->units, o->currency), "due", o->due, "overdue",
                     (int)o->overdue);
}

static json_t *budget_json(const struct budget_use *u)
{
    const struct budget *b = &u->budget;

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:I, s:s, s:s}",
                     "programme", b->programme, "mechanism", b->mechanism, "reference",
                     b->reference, "starts_on", b->starts_on, "ends_on", b->ends_on, "currency",
                     b->currency, "amount", amount_json(b->units, b->currency), "granted",
                     amount_json(u->granted, b->currency), "asked",
                     amount_json(u->asked, b->currency), "left",
                     amount_json(b->units - u->granted - u->asked, b->currency), "left_out",
                     (json_int_t)u->left_out, "said_by", b->said_by, "said_at", b->said_at);
}

json_t *store_costs_json(struct store *store, struct error *err)
{
    struct file_costs costs;
    json_t *totals = json_array(), *owed = json_array(), *budgets = json_array();

    if (!store_costs(store, &costs, err)) {
        json_decref(totals);
        json_decref(owed);
        json_decref(budgets);
        return NULL;
    }
    for (size_t i = 0; i < costs.total_count; i++) {
        const struct cost_total *t = &costs.totals[i];
        json_array_append_new(totals,
                              json_pack("{s:s, s:s, s:o}", "source", t->source, "currency",
                                        t->currency, "amount", amount_json(t->units, t->currency)));
    }
    for (size_t i = 0; i < costs.owed_count; i++)
        json_array_append_new(owed, owed_json(&costs.owed[i]));
    for (size_t i = 0; i < costs.budget_count; i++)
        json_array_append_new(budgets, budget_json(&costs.budgets[i]));
    json_t *out = json_pack("{s:o, s:o, s:o, s:I}", "totals", totals, "receivables", owed,
                            "budgets", budgets, "left_out", (json_int_t)costs.left_out);
    file_costs_release(&costs);
    return out;
}
