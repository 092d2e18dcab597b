/* SPDX-License-Identifier: MIT */
/* Costs added up, split and converted; advances and what is left of them (Article 8). */
#include "fold_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"

#define NOW "2027-06-01T09:00:00-06:00"

/* ---- asking ---- */

static int64_t sum_of(const struct case_file *c, const char *source, const char *currency)
{
    struct ledger l;
    int64_t units = -1;

    ledger_init(&l, c);
    for (size_t i = 0; i < l.count; i++)
        if (!strcmp(l.sums[i].currency, currency) &&
            (source ? l.sums[i].source && !strcmp(l.sums[i].source, source) : !l.sums[i].source))
            units = l.sums[i].units;
    ledger_release(&l);
    return units;
}

static int64_t person_sum(const struct case_file *c, long person, const char *currency)
{
    struct ledger l;
    int64_t units = -1;

    ledger_init(&l, c);
    for (size_t i = 0; i < l.person_count; i++)
        if (l.persons[i].person == person && !strcmp(l.persons[i].currency, currency))
            units = l.persons[i].units;
    ledger_release(&l);
    return units;
}

/* Every sum holds: sources and persons each add up to all of their currency. */
static void adds_up(const struct case_file *c)
{
    struct ledger l;

    ledger_init(&l, c);
    for (size_t i = 0; i < l.count; i++) {
        int64_t sources = 0, persons = 0;
        if (l.sums[i].source)
            continue;
        for (size_t j = 0; j < l.count; j++)
            if (l.sums[j].source && !strcmp(l.sums[j].currency, l.sums[i].currency))
                sources += l.sums[j].units;
        for (size_t j = 0; j < l.person_count; j++)
            if (!strcmp(l.persons[j].currency, l.sums[i].currency))
                persons += l.persons[j].units;
        assert_int_equal(sources, l.sums[i].units);
        assert_int_equal(persons, l.sums[i].units);
    }
    ledger_release(&l);
}

/* What the payload or the case says against an act; "" nothing. */
static const char *fault_of(struct case_file *c, const char *name, const char *payload)
{
    static char out[1000];
    struct error err = ERROR_INIT;
    const struct act_type *type = act_type_named(name);
    json_t *json = kit_json(payload);

    out[0] = '\0';
    if (!payload_check(type, json, &err) || !case_check(c, type->kind, json, NOW, &err))
        strncat(out, error_text(&err), sizeof out - 1);
    json_decref(json);
    error_release(&err);
    return out;
}

static void expect_fault(struct case_file *c, const char *name, const char *payload,
                         const char *says)
{
    const char *fault = fault_of(c, name, payload);

    if (!strstr(fault, says))
        fail_msg("%s\nsays: %s\nand not: %s", payload, *fault ? fault : "nothing", says);
}

static void expect_right(struct case_file *c, const char *name, const char *payload)
{
    const char *fault = fault_of(c, name, payload);

    if (*fault)
        fail_msg("%s\n%s", payload, fault);
}

#define COST(more) "{'on':'2026-03-13','item':'x'," more "}"

/* ---- scenario 1: a ticket, paid by the State of citizenship; IOM receives her ---- */

static void totals_by_source(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "cost",
            COST("'amount':'1850.00','currency':'AED','source':'state_of_citizenship'"));
    kit_add(&c, "cost", COST("'amount':'120','currency':'USD','source':'iom'"));
    kit_add(&c, "cost", COST("'amount':'0.10','currency':'USD','source':'iom'"));
    kit_add(&c, "cost", COST("'amount':'0.20','currency':'USD','source':'person'"));
    assert_int_equal(sum_of(&c, "state_of_citizenship", "AED"), 185000);
    assert_int_equal(sum_of(&c, NULL, "AED"), 185000);
    assert_int_equal(sum_of(&c, "iom", "USD"), 12010);
    assert_int_equal(sum_of(&c, "person", "USD"), 20);
    assert_int_equal(sum_of(&c, NULL, "USD"), 12030);
    assert_int_equal(person_sum(&c, 1, "AED"), 185000);
    adds_up(&c);
    case_release(&c);
}

/* ---- scenario 3: a family of five, in a currency without decimals and one with two ---- */

static void family(struct case_file *c)
{
    kit_empty(c, "SV");
    kit_add(c, "open",
            "{'role':'requesting','receiving_state':'SN','priority':'urgent','source':'family'}");
    for (int person = 1; person <= 5; person++) {
        char *payload = xasprintf("{'person':%d,'surname_1':'RIVAS','given_names':'A%d',"
                                  "'nationalities':[{'state':'SV','proof':'passport'}]}",
                                  person, person);
        kit_add(c, "person", payload);
        free(payload);
    }
}

static void a_family_shares_to_the_unit(void **state)
{
    static const int64_t xof[] = {12401, 12401, 12401, 12400, 12400};
    static const int64_t usd[] = {6201, 6200, 6200, 6200, 6200};
    struct case_file c;

    (void)state;
    family(&c);
    kit_add(&c, "cost", COST("'amount':'62003','currency':'XOF','source':'state_of_citizenship'"));
    kit_add(&c, "cost",
            COST("'amount':'310.01','currency':'USD','source':'undetermined',"
                 "'persons':[1,2,3,4,5]"));
    for (long person = 1; person <= 5; person++) {
        assert_int_equal(person_sum(&c, person, "XOF"), xof[person - 1]);
        assert_int_equal(person_sum(&c, person, "USD"), usd[person - 1]);
    }
    adds_up(&c);
    kit_add(&c, "cost", COST("'amount':'1000','currency':'XOF','source':'iom','persons':[2,4]"));
    assert_int_equal(person_sum(&c, 2, "XOF"), 12401 + 500);
    assert_int_equal(person_sum(&c, 3, "XOF"), 12401);
    adds_up(&c);
    case_release(&c);
}

static void shares_as_they_are_named(void **state)
{
    struct case_file c;

    (void)state;
    family(&c);
    kit_add(&c, "cost",
            COST("'amount':'100','currency':'XOF','source':'iom','persons':[1,2,3],"
                 "'shares':[{'person':3,'weight':2},{'person':1,'weight':4},"
                 "{'person':2,'weight':1}]"));
    assert_int_equal(person_sum(&c, 1, "XOF"), 57); /* 57.14 */
    assert_int_equal(person_sum(&c, 2, "XOF"), 14); /* 14.29 */
    assert_int_equal(person_sum(&c, 3, "XOF"), 29); /* 28.57: cut deepest */
    kit_add(&c, "cost",
            COST("'amount':'1','currency':'JOD','source':'iom','persons':[1,2],"
                 "'shares':[{'person':1,'amount':'0.001'},{'person':2,'amount':'0.999'}]"));
    assert_int_equal(person_sum(&c, 1, "JOD"), 1);
    assert_int_equal(person_sum(&c, 2, "JOD"), 999);
    adds_up(&c);

#define SHARES(persons, shares)                                                                    \
    COST("'amount':'100','currency':'USD','source':'iom','persons':" persons ",'shares':" shares)
    expect_fault(&c, "cost", SHARES("[1,2]", "[{'person':1,'weight':1}]"), "has one share");
    expect_fault(&c, "cost", SHARES("[1,2]", "[{'person':1,'weight':1},{'person':1,'weight':2}]"),
                 "has one share");
    expect_fault(&c, "cost", SHARES("[1,2]", "[{'person':1,'weight':1},{'person':3,'weight':2}]"),
                 "has one share");
    expect_fault(&c, "cost", SHARES("[1,2]", "[{'person':1,'weight':1},{'person':2}]"),
                 "parts of all");
    expect_fault(&c, "cost",
                 SHARES("[1,2]", "[{'person':1,'weight':1},{'person':2,'amount':'50'}]"),
                 "parts of all");
    expect_fault(&c, "cost",
                 SHARES("[1,2]", "[{'person':1,'amount':'50'},{'person':2,'amount':'49.99'}]"),
                 "do not add up");
    expect_fault(&c, "cost", SHARES("[1,2]", "[{'person':1,'weight':0},{'person':2,'weight':1}]"),
                 "weight");
    expect_fault(&c, "cost",
                 COST("'amount':'1','currency':'USD','source':'iom',"
                      "'shares':[{'person':1,'weight':1}]"),
                 "persons: is missing");
    case_release(&c);
}

/* Who came later has no part in it; who is under the lock has none unless named. */
static void who_shares_when_nobody_is_named(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'surname_1':'PAZ','given_names':'Iván','fears_own_state':true,"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    kit_add(&c, "cost", COST("'amount':'10','currency':'USD','source':'iom'"));
    kit_add(&c, "person",
            "{'person':3,'surname_1':'SOSA','given_names':'Eva',"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    assert_int_equal(person_sum(&c, 1, "USD"), 1000);
    assert_int_equal(person_sum(&c, 2, "USD"), -1);
    assert_int_equal(person_sum(&c, 3, "USD"), -1);
    kit_add(&c, "cost", COST("'amount':'10','currency':'USD','source':'iom','persons':[2]"));
    assert_int_equal(person_sum(&c, 2, "USD"), 1000);
    case_release(&c);

    kit_empty(&c, "HN"); /* nobody at all */
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    kit_add(&c, "cost", COST("'amount':'10','currency':'USD','source':'iom'"));
    assert_int_equal(person_sum(&c, 0, "USD"), 1000);
    adds_up(&c);
    case_release(&c);
}

/* ---- corrections ---- */

static void a_refusal_of_iom_moves_the_cost(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *id = kit_add(&c, "cost",
                             COST("'amount':'300','currency':'USD','source':'iom',"
                                  "'iom_status':'requested','iom_reference':'R-7',"
                                  "'iom_programme':'Returns','iom_asked_on':'2026-03-14'"));
    struct ledger l;
    ledger_init(&l, &c);
    assert_int_equal(l.awaiting, 1);
    ledger_release(&l);
    expect_fault(&c, "cost",
                 COST("'amount':'1','currency':'USD','source':'iom','iom_status':'refused'"),
                 "IOM refused");
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'IOM has no funds','payload':" COST(
                   "'amount':'300','currency':'USD','source':'undetermined',"
                   "'iom_status':'refused','iom_reference':'R-7'") "}",
               id);
    assert_int_equal(sum_of(&c, "iom", "USD"), -1);
    assert_int_equal(sum_of(&c, "undetermined", "USD"), 30000);
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'the capital pays','payload':" COST(
                   "'amount':'280','currency':'USD','source':'state_of_citizenship',"
                   "'iom_status':'refused'") "}",
               id);
    assert_int_equal(sum_of(&c, "undetermined", "USD"), -1);
    assert_int_equal(sum_of(&c, "state_of_citizenship", "USD"), 28000);
    ledger_init(&l, &c);
    assert_int_equal(l.awaiting + l.undetermined, 0);
    ledger_release(&l);
    adds_up(&c);
    case_release(&c);
}

/* ---- rates ---- */

/* Paid on two days: two costs, each at the rate of its own day. */
static void each_payment_at_its_own_rate(void **state)
{
    struct case_file c;
    struct ledger l;

    (void)state;
    kit_case(&c);
    kit_add(&c, "cost",
            "{'on':'2026-03-13','item':'first half','amount':'925','currency':'AED',"
            "'source':'state_of_citizenship','base_currency':'HNL','rate':'6.7312',"
            "'rate_source':'central bank'}");
    kit_add(&c, "cost",
            "{'on':'2026-03-20','item':'second half','amount':'925','currency':'AED',"
            "'source':'state_of_citizenship','base_currency':'HNL','rate':'6.8027'}");
    kit_add(&c, "cost", COST("'amount':'10.50','currency':'HNL','source':'person'"));
    kit_add(&c, "cost", COST("'amount':'5','currency':'USD','source':'iom'"));
    ledger_init(&l, &c);
    assert_int_equal(l.base_count, 1);
    assert_string_equal(l.bases[0].currency, "HNL");
    /* 6226.36 + 6292.4975 (…50) + 10.50 */
    assert_int_equal(l.bases[0].units, 622636 + 629250 + 1050);
    assert_int_equal(l.bases[0].without, 1);
    ledger_release(&l);

#define RATED(more) COST("'amount':'100','currency':'USD','source':'iom'," more)
    expect_right(&c, "cost", RATED("'base_currency':'HNL','rate':'24.7','base_amount':'2470.01'"));
    expect_fault(&c, "cost", RATED("'base_currency':'HNL','rate':'24.7','base_amount':'2470.02'"),
                 "not the amount at that rate");
    expect_fault(&c, "cost", RATED("'rate':'24.7'"), "base_currency: is missing");
    expect_fault(&c, "cost", RATED("'base_currency':'USD','rate':'1'"), "leave it out");
    expect_fault(&c, "cost", RATED("'base_currency':'HNL','rate':'0.00'"), "rate");
    expect_fault(&c, "cost", RATED("'base_currency':'HNL','rate':'twenty'"), "rate");
    expect_fault(&c, "cost", RATED("'base_currency':'HNL','rate':'1.0000000000001'"), "rate");
    case_release(&c);
}

/* ---- hostile amounts ---- */

static void hostile_amounts(void **state)
{
    struct case_file c;
    struct ledger l;

    (void)state;
    kit_case(&c);
    expect_fault(&c, "cost", COST("'amount':'1.005','currency':'USD','source':'iom'"),
                 "more decimals");
    expect_fault(&c, "cost", COST("'amount':'0.5','currency':'XOF','source':'iom'"),
                 "more decimals");
    expect_fault(&c, "cost", COST("'amount':'100000000000','currency':'CLF','source':'iom'"),
                 "more than can be counted");
    expect_fault(&c, "cost", COST("'amount':'9999999999999','currency':'USD','source':'iom'"),
                 "must be an amount");
    expect_fault(&c, "cost", COST("'amount':'-1','currency':'USD','source':'iom'"),
                 "must be an amount");
    expect_fault(&c, "cost",
                 COST("'amount':'999999999999','currency':'USD','source':'iom',"
                      "'base_currency':'HNL','rate':'24.7'"),
                 "too large");
    for (int i = 0; i < 11; i++) /* ten of them are 9,999,999,999,990 */
        kit_add(&c, "cost", COST("'amount':'999999999999','currency':'USD','source':'iom'"));
    ledger_init(&l, &c);
    assert_int_equal(l.left_out, 1);
    ledger_release(&l);
    assert_int_equal(sum_of(&c, NULL, "USD"), 999999999999000);
    adds_up(&c);
    case_release(&c);
}

/* Signed past all checks, in a file that somebody prepared. */
static void a_currency_that_is_none(void **state)
{
    struct case_file c;
    struct ledger l;
    size_t count;

    (void)state;
    kit_case(&c);
    for (int i = 0; i < 2; i++) {
        struct act act = {.kind = ACT_COST,
                          .payload = kit_json("{'on':'2026-03-13','item':'x','amount':'5',"
                                              "'currency':'\u00e9\u00e9\u00e9','source':"
                                              "'assisting_advance','shares':[{'weight':-5}]}"),
                          .at = NOW};
        act.id[0] = (unsigned char)(200 + i);
        case_add(&c, &act);
    }
    ledger_init(&l, &c);
    assert_int_equal(l.left_out, 2);
    assert_int_equal(l.count, 0);
    ledger_release(&l);
    assert_null(receivables_of(&c, &count));
    json_t *json = ledger_json(&c);
    assert_int_equal(json_array_size(json_object_get(json, "costs")), 2);
    json_decref(json);
    case_release(&c);
}

/* ---- advances ---- */

#define ADVANCE                                                                                    \
    COST("'amount':'480.00','currency':'MAD','source':'assisting_advance','advanced_by':'MX'")

static int64_t left_of(const struct case_file *c)
{
    size_t count;
    struct receivable *list = receivables_of(c, &count);
    int64_t left = count ? receivable_left(&list[0]) : -1;

    free(list);
    return left;
}

static void refund(struct case_file *c, const char *cost, const char *payload)
{
    char *whole = xasprintf("{'of':'%s',%s}", cost, payload);

    expect_right(c, "refund", whole);
    kit_add(c, "refund", whole);
    free(whole);
}

static void refund_fails(struct case_file *c, const char *cost, const char *payload,
                         const char *says)
{
    char *whole = xasprintf("{'of':'%s',%s}", cost, payload);

    expect_fault(c, "refund", whole, says);
    free(whole);
}

static void an_advance_is_paid_in_parts(void **state)
{
    struct case_file c;
    size_t count;
    char due[INSTANT_SIZE];

    (void)state;
    kit_case(&c);
    char *cost = xstrdup(kit_add(&c, "cost", ADVANCE));
    struct receivable *list = receivables_of(&c, &count);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].debtor, "HN");
    assert_string_equal(list[0].creditor, "MX");
    assert_string_equal(receivable_due(&list[0], NULL, due), "2027-03-13");
    assert_string_equal(list[0].asked_on, "");
    /* By other terms; 13 June 2026 is a Saturday. */
    const struct calendar week = {.weekend = USUAL_WEEKEND};
    const struct receivable_terms terms = {.months = 3, .calendar = &week};
    assert_string_equal(receivable_due(&list[0], &terms, due), "2026-06-15");
    free(list);

    refund(&c, cost, "'step':'asked','on':'2026-04-02','due_on':'2026-12-31'");
    list = receivables_of(&c, &count);
    assert_string_equal(receivable_due(&list[0], NULL, due), "2026-12-31");
    assert_string_equal(list[0].asked_on, "2026-04-02");
    free(list);

    refund_fails(&c, cost, "'step':'paid','on':'2026-09-01','amount':'480.01'",
                 "more than is left");
    refund_fails(&c, cost, "'step':'paid','on':'2026-09-01','amount':'0.001'", "no amount in MAD");
    refund_fails(&c, cost, "'step':'paid','on':'2026-09-01','amount':'0'", "no amount in MAD");
    refund_fails(&c, cost, "'step':'paid','on':'2026-03-12'", "before the advance");
    refund_fails(&c, cost, "'step':'paid','on':'2027-06-03'", "lies ahead");
    refund_fails(&c, cost, "'step':'asked','on':'2026-04-02','due_on':'2026-04-01'",
                 "before it was asked");
    refund(&c, cost, "'step':'paid','on':'2026-09-01','amount':'180'");
    assert_int_equal(left_of(&c), 30000);
    refund_fails(&c, cost, "'step':'paid','on':'2026-09-01','amount':'300.01'",
                 "more than is left");
    refund(&c, cost, "'step':'waived','on':'2026-10-01','amount':'0.50'");
    assert_int_equal(left_of(&c), 29950);
    refund(&c, cost, "'step':'paid','on':'2026-11-05'"); /* all that is left */
    assert_int_equal(left_of(&c), 0);
    list = receivables_of(&c, &count);
    assert_int_equal(list[0].paid, 47950);
    assert_int_equal(list[0].waived, 50);
    assert_string_equal(list[0].settled_on, "2026-11-05");
    json_t *json = receivable_json(&list[0], NULL, "2027-06-01");
    assert_true(json_is_false(json_object_get(json, "overdue")));
    assert_string_equal(json_string_value(json_object_get(json, "left")), "0.00");
    json_decref(json);
    free(list);
    refund_fails(&c, cost, "'step':'paid','on':'2026-11-06','amount':'1'", "nothing is left");

    /* It was less after all: nothing is owed back by itself. */
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'a receipt stood there twice','payload':" COST(
                   "'amount':'100','currency':'MAD','source':'assisting_advance'") "}",
               cost);
    assert_int_equal(left_of(&c), 0);
    free(cost);
    case_release(&c);
}

static void only_advances_are_refunded(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    char *cost = xstrdup(kit_add(&c, "cost", COST("'amount':'5','currency':'USD','source':'iom'")));
    refund_fails(&c, cost, "'step':'paid','on':'2026-09-01'", "no advance");
    expect_fault(&c, "cost",
                 COST("'amount':'5','currency':'USD','source':'iom','advanced_by':'MX'"),
                 "does not belong here");
    expect_fault(&c, "cost",
                 COST("'amount':'5','currency':'USD','source':'assisting_advance',"
                      "'advanced_by':'HN'"),
                 "its own protection");
    assert_int_equal(left_of(&c), -1);
    free(cost);
    case_release(&c);
}

/* Whom it is owed to where the cost does not say: who was asked, or this post. */
static void who_advanced(void **state)
{
    struct case_file c;
    size_t count;

    (void)state;
    kit_case(&c);
    kit_add(&c, "cost", COST("'amount':'5','currency':'USD','source':'assisting_advance'"));
    struct receivable *list = receivables_of(&c, &count);
    assert_string_equal(list[0].creditor, "");
    free(list);
    kit_add(&c, "choose", "{'state':'CR','reason':'near'}");
    list = receivables_of(&c, &count);
    assert_string_equal(list[0].creditor, "CR");
    free(list);
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy',"
            "'city':'Abu Dhabi'},'persons':[1],'date':'2026-03-10','at':'2026-03-10T10:00:00Z'}");
    list = receivables_of(&c, &count);
    assert_string_equal(list[0].creditor, "MX");
    free(list);
    case_release(&c);

    kit_empty(&c, "MX");
    kit_add(&c, "open",
            "{'role':'assisting','requesting_state':'GT','receiving_state':'HT',"
            "'priority':'urgent','source':'other_post'}");
    kit_add(&c, "cost", COST("'amount':'5','currency':'USD','source':'assisting_advance'"));
    list = receivables_of(&c, &count);
    assert_string_equal(list[0].creditor, "MX");
    assert_string_equal(list[0].debtor, "GT");
    json_t *json = receivable_json(&list[0], NULL, "2027-03-14");
    assert_true(json_is_true(json_object_get(json, "overdue")));
    json_decref(json);
    free(list);
    case_release(&c);
}

/* ---- the reserve fund ---- */

static void expect_advice(const struct case_file *c, const char *says)
{
    char *advice = reserve_fund_advice(c, "2026-03-20", english);

    if (!strstr(advice, says))
        fail_msg("%s", advice);
    free(advice);
}

static void the_reserve_fund_is_advice(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    expect_advice(&c, "the United Arab Emirates is not one of them");
    case_release(&c);
    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'MX','priority':'routine','source':'phone'}");
    kit_add(&c, "person",
            "{'person':1,'surname_1':'PAZ','given_names':'Iván','birth_date':'1980-01-01',"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    expect_advice(&c, "none is recorded");
    kit_add(&c, "person",
            "{'person':2,'surname_1':'PAZ','given_names':'Luz','birth_date':'2010-01-XX',"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    expect_advice(&c, "may be asked");
    kit_add(&c, "cost",
            COST("'amount':'1000.00','currency':'USD','source':'other','reserve_fund':true"));
    expect_advice(&c, "USD 1,000.00 is marked");
    expect_advice(&c, "may be asked");
    kit_add(&c, "cost",
            COST("'amount':'0.01','currency':'USD','source':'other','reserve_fund':true"));
    expect_advice(&c, "gives up to USD 1,000");
    /* Advice only: nothing refuses it. */
    expect_right(&c, "cost",
                 COST("'amount':'9000','currency':'USD','source':'other','reserve_fund':true"));
    case_release(&c);
}

static void the_same_as_json(void **state)
{
    struct case_file c;

    (void)state;
    family(&c);
    kit_add(&c, "cost",
            COST("'amount':'62003','currency':'XOF','source':'state_of_citizenship',"
                 "'base_currency':'USD','rate':'0.0017'"));
    kit_add(&c, "cost", COST("'amount':'310.01','currency':'USD','source':'undetermined'"));
    json_t *json = ledger_json(&c);
    json_t *first = json_array_get(json_object_get(json, "costs"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "base_amount")), "105.41");
    assert_int_equal(json_array_size(json_object_get(first, "shares")), 5);
    assert_int_equal(json_array_size(json_object_get(json, "persons")), 10);
    assert_int_equal(json_integer_value(json_object_get(json, "undetermined")), 1);
    json_t *base = json_array_get(json_object_get(json, "base"), 0);
    assert_string_equal(json_string_value(json_object_get(base, "amount")), "415.42");
    assert_int_equal(json_integer_value(json_object_get(base, "without")), 0);
    json_decref(json);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_by_source),
        cmocka_unit_test(a_family_shares_to_the_unit),
        cmocka_unit_test(shares_as_they_are_named),
        cmocka_unit_test(who_shares_when_nobody_is_named),
        cmocka_unit_test(a_refusal_of_iom_moves_the_cost),
        cmocka_unit_test(each_payment_at_its_own_rate),
        cmocka_unit_test(hostile_amounts),
        cmocka_unit_test(a_currency_that_is_none),
        cmocka_unit_test(an_advance_is_paid_in_parts),
        cmocka_unit_test(only_advances_are_refunded),
        cmocka_unit_test(who_advanced),
        cmocka_unit_test(the_reserve_fund_is_advice),
        cmocka_unit_test(the_same_as_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
