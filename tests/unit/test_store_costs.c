/* SPDX-License-Identifier: MIT */
/* Costs over all cases: totals, what is owed and when it is due, IOM's budgets and their use. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/costs.h"
#include "amparo/store/keys.h"
#include "amparo/store/settings.h"
#include "amparo/store/verify.h"
#include "amparo/store/worklist.h"

#define ONE "HNTGU-2026-0001"
#define TWO "HNTGU-2026-0002"
#define OPEN "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}"
#define ASSISTING                                                                                  \
    "{'role':'assisting','receiving_state':'AE','requesting_state':'GT','priority':'routine',"     \
    "'source':'other_post'}"
#define COST(more) "{'on':'2026-03-02','item':'x'," more "}"
#define ADVANCE COST("'amount':'480','currency':'MAD','source':'assisting_advance'" BY)
#define BY ",'advanced_by':'MX'"

/* Two cases: our own national's, and one in which this post assists. */
static struct store *fill(const char *name)
{
    struct store *ana = kit_create_cheap(name);

    kit_record(ana, NULL, ACT_OPEN, OPEN);
    kit_record(ana, NULL, ACT_OPEN, ASSISTING);
    return ana;
}

static void read_costs(struct store *store, struct file_costs *out)
{
    struct error err = ERROR_INIT;

    if (!store_costs(store, out, &err))
        fail_msg("%s", error_text(&err));
}

static int64_t total(struct store *store, const char *source, const char *currency)
{
    struct file_costs costs;
    int64_t units = -1;

    read_costs(store, &costs);
    for (size_t i = 0; i < costs.total_count; i++)
        if (!strcmp(costs.totals[i].source, source) && !strcmp(costs.totals[i].currency, currency))
            units = costs.totals[i].units;
    file_costs_release(&costs);
    return units;
}

static bool is_whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified v;
    bool whole = store_verify(store, NULL, NULL, &v, &err);

    buf_release(&v.notes);
    error_release(&err);
    return whole;
}

static void totals_over_all_cases(void **state)
{
    struct store *ana = fill("totals");
    struct file_costs costs;

    (void)state;
    kit_record(ana, ONE, ACT_COST, COST("'amount':'1.10','currency':'USD','source':'iom'"));
    kit_record(ana, TWO, ACT_COST, COST("'amount':'2.25','currency':'USD','source':'iom'"));
    const char *id = kit_record(ana, TWO, ACT_COST,
                                COST("'amount':'7','currency':'XOF','source':'undetermined'"));
    assert_int_equal(total(ana, "iom", "USD"), 335);
    assert_int_equal(total(ana, "undetermined", "XOF"), 7);
    char *correction = xasprintf("{'of':'%s','reason':'the capital pays','payload':%s}", id,
                                 COST("'amount':'6','currency':'XOF',"
                                      "'source':'state_of_citizenship'"));
    kit_record(ana, TWO, ACT_CORRECT, correction);
    free(correction);
    assert_int_equal(total(ana, "undetermined", "XOF"), -1);
    assert_int_equal(total(ana, "state_of_citizenship", "XOF"), 6);
    for (int i = 0; i < 11; i++) /* ten fit */
        kit_record(ana, ONE, ACT_COST,
                   COST("'amount':'999999999999','currency':'CAD','source':'other'"));
    read_costs(ana, &costs);
    assert_int_equal(costs.left_out, 1);
    file_costs_release(&costs);
    assert_int_equal(total(ana, "other", "CAD"), 999999999999000);
    assert_true(is_whole(ana));
    store_close(ana);
}

/* ---- what is owed ---- */

/* The day on which a refund is due, as the work of `day` shows it; "" where it is not there. */
static const char *due_on(struct store *store, const char *day, enum task_kind kind,
                          const char *state)
{
    static char due[INSTANT_SIZE];
    struct error err = ERROR_INIT;
    struct worklist work;
    char now[INSTANT_SIZE];

    snprintf(now, sizeof now, "%sT21:00:00-06:00", day);
    store_set_now(store, now);
    if (!store_worklist(store, &(struct task_filter){.part = TASKS_DUE}, &work, &err))
        fail_msg("%s", error_text(&err));
    due[0] = '\0';
    for (size_t i = 0; i < work.count; i++)
        if (work.list[i].kind == TASK_REFUND || work.list[i].kind == TASK_REFUND_DUE) {
            snprintf(due, sizeof due, "%s", work.list[i].due);
            assert_int_equal(work.list[i].kind, kind);
            assert_string_equal(work.list[i].state, state);
        }
    worklist_release(&work);
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    return due;
}

static void refund(struct store *store, const char *reference, const char *cost, const char *more)
{
    char *payload = xasprintf("{'of':'%s',%s}", cost, more);

    kit_record(store, reference, ACT_REFUND, payload);
    free(payload);
}

static void an_advance_is_due_after_a_year(void **state)
{
    struct store *ana = fill("owed");
    struct file_costs costs;
    struct error err = ERROR_INIT;

    (void)state;
    char *cost = xstrdup(kit_record(ana, ONE, ACT_COST, ADVANCE));
    read_costs(ana, &costs);
    assert_int_equal(costs.owed_count, 1);
    assert_string_equal(costs.owed[0].reference, ONE);
    assert_string_equal(costs.owed[0].debtor, "HN");
    assert_string_equal(costs.owed[0].creditor, "MX");
    assert_string_equal(costs.owed[0].due, "2027-03-02");
    assert_int_equal(costs.owed[0].units, 48000);
    assert_false(costs.owed[0].overdue);
    file_costs_release(&costs);

    /* Some days ahead; then for as long as it is owed. */
    assert_string_equal(due_on(ana, "2027-02-22", TASK_REFUND, "MX"), "");
    assert_string_equal(due_on(ana, "2027-02-23", TASK_REFUND, "MX"), "2027-03-02");
    assert_string_equal(due_on(ana, "2027-06-01", TASK_REFUND, "MX"), "2027-03-02");
    store_set_now(ana, "2027-03-03T00:00:00-06:00");
    read_costs(ana, &costs);
    assert_true(costs.owed[0].overdue);
    file_costs_release(&costs);
    store_set_now(ana, "2026-03-12T12:00:00-06:00");

    /* The period is a setting, and nothing is kept of it with the case. */
    assert_true(settings_say(ana, SETTING_RECEIVABLE, "3", &err));
    assert_string_equal(due_on(ana, "2026-05-30", TASK_REFUND, "MX"), "2026-06-02");
    assert_true(is_whole(ana));

    /* Closed cases owe too; a day that was asked for goes before the period. */
    kit_record(ana, ONE, ACT_CLOSE, "{'outcome':['repatriated'],'unmet_needs':[]}");
    refund(ana, ONE, cost, "'step':'asked','on':'2026-03-05','due_on':'2026-09-01'");
    assert_string_equal(due_on(ana, "2026-06-02", TASK_REFUND, "MX"), "");
    assert_string_equal(due_on(ana, "2026-08-27", TASK_REFUND, "MX"), "2026-09-01");
    refund(ana, ONE, cost, "'step':'paid','on':'2026-03-06','amount':'80'");
    read_costs(ana, &costs);
    assert_int_equal(costs.owed[0].units, 40000);
    assert_string_equal(costs.owed[0].due, "2026-09-01");
    file_costs_release(&costs);
    refund(ana, ONE, cost, "'step':'paid','on':'2026-03-07'");
    assert_string_equal(due_on(ana, "2026-09-01", TASK_REFUND, "MX"), "");
    read_costs(ana, &costs);
    assert_int_equal(costs.owed_count, 0);
    file_costs_release(&costs);
    kit_refuse(ana, ONE, ACT_REFUND, "{'of':'x','step':'paid','on':'2026-03-07'}", ERROR_INPUT,
               "of");
    assert_true(is_whole(ana));
    free(cost);
    store_close(ana);
}

/* The one that was due first stands first; the post that assists is the creditor. */
static void who_owes_whom(void **state)
{
    struct store *ana = fill("whom");
    struct file_costs costs;

    (void)state;
    kit_record(ana, ONE, ACT_COST, ADVANCE);
    kit_record(ana, TWO, ACT_COST,
               COST("'amount':'5','currency':'USD','source':'assisting_advance',"
                    "'refund_due_on':'2026-10-01'"));
    read_costs(ana, &costs);
    assert_int_equal(costs.owed_count, 2);
    assert_string_equal(costs.owed[0].reference, TWO);
    assert_string_equal(costs.owed[0].debtor, "GT");
    assert_string_equal(costs.owed[0].creditor, "HN");
    assert_string_equal(costs.owed[1].reference, ONE);
    file_costs_release(&costs);
    store_close(ana);

    ana = fill("ours");
    kit_record(ana, TWO, ACT_COST,
               COST("'amount':'5','currency':'USD','source':'assisting_advance',"
                    "'refund_due_on':'2026-10-01'"));
    assert_string_equal(due_on(ana, "2026-10-05", TASK_REFUND_DUE, "GT"), "2026-10-01");
    store_close(ana);
}

/* ---- budgets ---- */

static bool set_budget(struct store *store, const char *programme, const char *from, const char *to,
                       int64_t units, struct error *err)
{
    struct budget b = {
        .programme = (char *)(uintptr_t)programme, .currency = "USD", .units = units};

    snprintf(b.starts_on, sizeof b.starts_on, "%s", from);
    snprintf(b.ends_on, sizeof b.ends_on, "%s", to);
    return store_set_budget(store, &b, err);
}

#define IOM(on, amount, currency, more)                                                            \
    "{'on':'" on "','item':'x','amount':'" amount "','currency':'" currency "','source':'iom',"    \
    "'iom_programme':'returns 2026'" more "}"

static void a_budget_is_used_over_all_cases(void **state)
{
    struct store *ana = fill("budgets");
    struct error err = ERROR_INIT;
    struct file_costs costs;

    (void)state;
    assert_true(set_budget(ana, "Returns 2026", "2026-01-01", "2026-06-30", 500000, &err));
    assert_true(set_budget(ana, "Shelters", "2026-01-01", "2026-12-31", 100, &err));
    kit_record(ana, ONE, ACT_COST, IOM("2026-01-01", "100", "USD", ",'iom_status':'granted'"));
    kit_record(ana, TWO, ACT_COST, IOM("2026-06-30", "50", "USD", ",'iom_status':'requested'"));
    kit_record(ana, TWO, ACT_COST,
               IOM("2026-02-01", "1850", "AED", ",'base_currency':'USD','rate':'0.272294'"));
    kit_record(ana, ONE, ACT_COST, IOM("2026-02-02", "9", "EUR", "")); /* no rate */
    kit_record(ana, ONE, ACT_COST, IOM("2025-12-31", "7", "USD", "")); /* before the period */
    kit_record(ana, ONE, ACT_COST, IOM("2026-07-01", "8", "USD", "")); /* after it */
    kit_record(ana, ONE, ACT_COST,
               COST("'amount':'3','currency':'USD','source':'person','iom_status':'refused',"
                    "'iom_programme':'Returns 2026'"));
    read_costs(ana, &costs);
    assert_int_equal(costs.budget_count, 2);
    const struct budget_use *use = &costs.budgets[0];
    assert_string_equal(use->budget.programme, "Returns 2026");
    assert_int_equal(use->granted, 10000 + 50374);
    assert_int_equal(use->asked, 5000);
    assert_int_equal(use->left_out, 1);
    assert_string_equal(use->budget.said_by, "Ana PINEDA");
    assert_int_equal(costs.budgets[1].granted, 0);
    file_costs_release(&costs);

    /* The same programme and first day: changed; another first day: another period. */
    assert_true(set_budget(ana, "RETURNS  2026", "2026-01-01", "2026-06-30", 600000, &err));
    assert_true(set_budget(ana, "Returns 2026", "2026-07-01", "2026-12-31", 100000, &err));
    read_costs(ana, &costs);
    assert_int_equal(costs.budget_count, 3);
    assert_string_equal(costs.budgets[0].budget.starts_on, "2026-07-01");
    assert_int_equal(costs.budgets[0].granted, 800);
    assert_int_equal(costs.budgets[1].budget.units, 600000);
    file_costs_release(&costs);
    json_t *json = store_costs_json(ana, &err);
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(json, "budgets"), 1), "left")),
                        "5346.26");
    json_decref(json);
    store_close(ana);
}

static void budgets_are_checked(void **state)
{
    struct store *ana = fill("checked");
    struct error err = ERROR_INIT;
    static const struct {
        const char *programme, *from, *to, *says;
    } bad[] = {
        {"", "2026-01-01", "2026-06-30", "say its name"},
        {" - ", "2026-01-01", "2026-06-30", "say its name"},
        {"R\033[2J", "2026-01-01", "2026-06-30", "control character"},
        {"R\nS", "2026-01-01", "2026-06-30", "control character"},
        {"R\xff", "2026-01-01", "2026-06-30", "control character"},
        {"R", "2026-02-30", "2026-06-30", "from one day"},
        {"R", "2026-01-01", "soon", "from one day"},
        {"R", "2026-07-01", "2026-06-30", "before it begins"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        assert_false(set_budget(ana, bad[i].programme, bad[i].from, bad[i].to, 1, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        if (!strstr(error_text(&err), bad[i].says))
            fail_msg("%s", error_text(&err));
        error_release(&err);
    }
    store_close(ana);
}

/* Each of these is one change; verify notices it, and making anew heals it. */
static void the_projection_is_compared(void **state)
{
    static const char *const changes[] = {
        "DELETE FROM costs",
        "UPDATE costs SET units = units + 1",
        "UPDATE costs SET owed = 0",
        "UPDATE costs SET source = 'iom'",
        "UPDATE costs SET creditor = 'CR'",
        "UPDATE costs SET due = '2030-01-01'",
        "INSERT INTO costs SELECT case_row, 99, act, day, source, iom, programme, currency, units, "
        "base, base_units, debtor, creditor, owed, due FROM costs",
    };
    struct store *ana = fill("projection");
    struct error err = ERROR_INIT;

    (void)state;
    kit_record(ana, ONE, ACT_COST, ADVANCE);
    assert_true(is_whole(ana));
    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        assert_true(store_batch_begin(ana, &err));
        assert_int_equal(sqlite3_exec(ana->db, changes[i], NULL, NULL, NULL), SQLITE_OK);
        assert_true(store_batch_end(ana, true, &err));
        if (is_whole(ana))
            fail_msg("not noticed: %s", changes[i]);
        assert_true(store_rebuild(ana, NULL, NULL, &err));
        assert_true(is_whole(ana));
    }
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_over_all_cases), cmocka_unit_test(an_advance_is_due_after_a_year),
        cmocka_unit_test(who_owes_whom),         cmocka_unit_test(a_budget_is_used_over_all_cases),
        cmocka_unit_test(budgets_are_checked),   cmocka_unit_test(the_projection_is_compared),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
