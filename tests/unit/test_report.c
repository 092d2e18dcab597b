/* SPDX-License-Identifier: MIT */
/*
 * What is known of a case in the report of 7.7 and in the statistics: when it is owed, who may
 * appear, who stands out, how sums are rounded. Pure.
 */
#include "fold_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/digest.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/report.h"
#include "amparo/agreement/statistics.h"
#include "amparo/base/mem.h"

#define P9(person)                                                                                 \
    "{'person':" person ",'purpose':'P9','to':'network','given_by':'self','form':'oral',"          \
    "'on':'2026-03-10'}"
#define APPLIES "{'decision':'applies','reason':'the facts agree'}"
#define TOLD "'transcribed':{'from':'Embassy of Mexico','channel':'email','on':'2026-03-12'}"
#define VISIT                                                                                      \
    "{'at':'2026-03-11T12:00:00-06:00','by':'MX','kind':'visit','persons':[1],"                    \
    "'manner':'good_offices','detail':'Karen is well'," TOLD "}"
#define CLOSE "{'outcome':['repatriated'],'unmet_needs':['legal']}"

static const char *owed(const struct case_file *c)
{
    static char day[DATE_SIZE];
    struct date since;

    return case_owed(c, &since) ? date_format(since, day) : "";
}

/* ---- when a case is owed ---- */

static void it_is_owed_from_its_closing(void **state)
{
    struct case_file c;
    (void)state;

    kit_case(&c);
    assert_string_equal(owed(&c), ""); /* never under the mechanism */
    kit_add(&c, "decide", APPLIES);
    assert_string_equal(owed(&c), "2026-03-10");
    kit_add(&c, "report", "{'meeting':'M','on':'2026-03-20','pending':true}");
    assert_string_equal(owed(&c), "2026-03-20"); /* at the next one, again */
    kit_add_by(&c, "close", CLOSE, ROLE_HEAD, "2026-03-25T12:00:00-06:00");
    assert_string_equal(owed(&c), "2026-03-25"); /* pending is no conclusion */
    kit_add(&c, "report", "{'meeting':'M','on':'2026-04-20'}");
    assert_string_equal(owed(&c), "");
    kit_add_by(&c, "reopen", "{'reason':'she came back'}", ROLE_HEAD, "2026-05-01T12:00:00-06:00");
    assert_string_equal(owed(&c), "2026-04-20");
    kit_add_by(&c, "close", CLOSE, ROLE_HEAD, "2026-05-25T12:00:00-06:00");
    assert_string_equal(owed(&c), "2026-05-25"); /* another conclusion */
    case_release(&c);
}

/* Who was only asked by another State has nothing to present. */
static void an_assisting_post_owes_what_it_was_requested(void **state)
{
    struct case_file c;
    (void)state;

    kit_empty(&c, "MX");
    kit_add(&c, "open",
            "{'role':'assisting','receiving_state':'AE','requesting_state':'HN','priority':"
            "'routine','source':'other_post'}");
    kit_add(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-03-18'," TOLD "}");
    assert_string_equal(owed(&c), "");
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'in','from':{'state':'HN','office':'Directorate','city':"
            "'Tegucigalpa'},'scope':'visits','date':'2026-03-11','at':'2026-03-11T10:00:00-06:00',"
            "'number':'3/2026'," TOLD "}");
    assert_string_equal(owed(&c), "2026-03-10");
    case_release(&c);
}

/* ---- what is told ---- */

static void look_for(const char *text, const char *const *words, bool there)
{
    for (; *words; words++)
        if ((strstr(text, *words) != NULL) != there)
            fail_msg("%s: %s %s", text, *words, there ? "is missing" : "is there");
}

static char *digest_text(const struct case_file *c)
{
    json_t *digest = case_digest(c);
    char *text = json_dumps(digest, JSON_COMPACT | JSON_SORT_KEYS);

    json_decref(digest);
    return text;
}

static void a_digest_tells_no_name(void **state)
{
    static const char *const there[] = {
        "\"AE\"",      "\"MX\"",    "\"visit\"",       "\"G5\"", "\"18-29\"",
        "\"shelter\"", "\"legal\"", "\"repatriated\"", "185000", "they answered fast",
        NULL};
    static const char *const away[] = {"Karen", "RAM", "E123456", "9715", "Dubai", "Lucy", NULL};
    struct case_file c;
    (void)state;

    kit_case(&c);
    kit_add(&c, "person",
            "{'person':1,'surname_1':'RAMÍREZ','given_names':'Karen','birth_date':'1998-03-14',"
            "'document_number':'E123456','phone':'+971505550142','nationalities':[{'state':'HN',"
            "'proof':'passport'}]}");
    kit_add(&c, "situation", "{'locality':'Dubai'}");
    kit_add(&c, "need", "{'person':1,'need':'shelter','urgency':'now'}");
    kit_add(&c, "consent", P9("1"));
    kit_add(&c, "assist", VISIT);
    kit_add(&c, "cost",
            "{'on':'2026-03-12','amount':'1850','currency':'AED','source':'iom','item':'for "
            "Lucy'}");
    kit_add(&c, "close", CLOSE);
    kit_add(&c, "report",
            "{'meeting':'M','on':'2026-03-20','lessons':'they answered fast','provided':'a visit "
            "to Karen'}");
    char *text = digest_text(&c);
    look_for(text, there, true);
    look_for(text, away, false); /* also not the text that tells of her */
    free(text);
    case_release(&c);
}

static bool consents(const struct case_file *c)
{
    json_t *digest = case_digest(c);
    bool yes = json_is_true(json_object_get(digest, "consent"));

    json_decref(digest);
    return yes;
}

static void all_must_consent(void **state)
{
    struct case_file c;
    (void)state;

    kit_case(&c);
    assert_false(consents(&c));
    kit_add(&c, "consent", P9("1"));
    assert_true(consents(&c));
    kit_add(
        &c, "person",
        "{'person':2,'single_name':'LÓPEZ','nationalities':[{'state':'HN','proof':'passport'}]}");
    assert_false(consents(&c));
    kit_add(&c, "consent", P9("2"));
    assert_true(consents(&c));
    kit_add(&c, "withdraw_consent",
            "{'person':2,'purposes':['P9'],'on':'2026-03-12','form':'telephone'}");
    assert_false(consents(&c));
    case_release(&c);
}

/* The digest tells when the consent ends, and the report goes by the day of its meeting: a digest
 * does not depend on when it is made. */
static void a_consent_that_ends(void **state)
{
    struct case_file c;
    json_t *early;
    (void)state;

    kit_case(&c);
    kit_add(&c, "consent",
            "{'person':1,'purpose':'P9','to':'network','given_by':'self','form':'oral','on':"
            "'2026-03-10','valid_until':'2026-04-10'}");
    case_set_today(&c, "2026-03-10");
    early = case_digest(&c);
    case_set_today(&c, "2027-03-10");
    json_t *late = case_digest(&c);
    assert_true(json_equal(early, late));
    assert_string_equal(payload_text(early, "consent_until"), "2026-04-10");
    for (int i = 0; i < 2; i++) {
        const struct report_item item = {"A", early, NULL, false, false};
        json_t *report =
            report_make(&(struct report_order){i ? "2026-04-11" : "2026-04-10", &item, 1, 0, NULL});
        assert_int_equal(json_array_size(json_object_get(report, "cases")), 1 - i);
        json_decref(report);
    }
    /* another without an end takes its place */
    kit_add(&c, "consent", P9("1"));
    json_t *open = case_digest(&c);
    assert_null(json_object_get(open, "consent_until"));
    json_decref(early);
    json_decref(late);
    json_decref(open);
    case_release(&c);
}

/* Who consents may hold back how old they are, and what a text tells of it. */
static void what_is_held_back_is_not_told(void **state)
{
    static const char *const away[] = {"18-29", "born", NULL}, *const there[] = {"unknown", NULL};
    struct case_file c;
    (void)state;

    kit_case(&c);
    kit_add(&c, "person",
            "{'person':1,'surname_1':'RAMÍREZ','given_names':'Karen','birth_date':'1998-03-14',"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    kit_add(&c, "consent",
            "{'person':1,'purpose':'P9','to':'network','given_by':'self','form':'oral','on':"
            "'2026-03-10','withheld':['birth']}");
    kit_add(&c, "report",
            "{'meeting':'M','on':'2026-03-20','pending':true,'lessons':'born 1998-03-14'}");
    assert_true(consents(&c));
    char *text = digest_text(&c);
    look_for(text, away, false);
    look_for(text, there, true);
    free(text);
    case_release(&c);
}

#define AFRAID                                                                                     \
    "{'person':%s,'surname_1':'MAIRENA','given_names':'Elvis','fears_own_state':true,"             \
    "'birth_date':'2015-01-01','nationalities':[{'state':'NI','proof':'declared'}]}"

/* Under the lock: no age, no ground, no need, no help of that person's; and no need of consent. */
static void who_is_under_the_lock_never_appears(void **state)
{
    static const char *const away[] = {"child", "G6a", "NI", "medical", "escort", "77", NULL};
    struct case_file c;
    (void)state;

    kit_case(&c);
    kit_add(&c, "consent", P9("1"));
    kit_add_of(&c, "person", AFRAID, "2");
    kit_add(&c, "ground",
            "{'person':2,'code':'G6a','perpetrator':'criminal_group','facts':'sold'}");
    kit_add(&c, "need", "{'person':2,'need':'medical','urgency':'now'}");
    kit_add(&c, "assist",
            "{'at':'2026-03-11T12:00:00-06:00','by':'PA','kind':'escort','persons':[2],"
            "'manner':'good_offices','detail':'x'," TOLD "}");
    kit_add(&c, "cost",
            "{'on':'2026-03-12','amount':'77','currency':'USD','source':'iom','item':'x',"
            "'persons':[2]}");
    char *text = digest_text(&c);
    look_for(text, away, false);
    free(text);
    assert_true(consents(&c));
    case_release(&c);

    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'TH','priority':'urgent','source':'ngo'}");
    kit_add_of(&c, "person", AFRAID, "1");
    kit_add(&c, "decide", APPLIES);
    text = digest_text(&c);
    assert_string_equal(text, "{\"hidden\":true}");
    free(text);
    assert_string_equal(owed(&c), "");

    /* Who was erased stands before nobody: the one who is left is hidden. */
    kit_add(&c, "person", "{'person':2,'single_name':'Luis','nationalities':[]}");
    c.acts[c.count - 1].erased = true;
    assert_true(case_erased(&c, 2));
    text = digest_text(&c);
    assert_string_equal(text, "{\"hidden\":true}");
    free(text);
    case_release(&c);
}

/* ---- the report ---- */

static json_t *digest(const char *state, const char *age, const char *ground, const char *consent)
{
    char text[400];

    snprintf(text, sizeof text,
             "{'receiving':'%s','requesting':'HN','stage':'closing','consent':%s,'mechanism':true,"
             "'persons':[{'nationalities':['HN'],'age':'%s'}],'grounds':['%s'],'at':{'opened':"
             "'2026-03-01T10:00:00-06:00','closed':'2026-03-03T12:30:00-06:00'},'help':[{'state':"
             "'PA','kinds':['visit']},{'state':'MX','kinds':['visit']}]}",
             state, consent, age, ground);
    return kit_json(text);
}

/* Pseudonyms "A", "B" …; takes the digests. */
static json_t *make(json_t **digests, size_t count, unsigned left_out, const char *counted)
{
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    struct report_item items[5] = {{NULL, NULL, NULL, false, false}};

    for (size_t i = 0; i < count; i++)
        items[i] = (struct report_item){names[i], digests[i], NULL, false, false};
    json_t *report =
        report_make(&(struct report_order){"2026-04-10", items, count, left_out, counted});
    for (size_t i = 0; i < count; i++)
        json_decref(digests[i]);
    return report;
}

/* "A:age B:-": who stands out, and what helps. */
static char *unique(const json_t *report)
{
    struct buf out = BUF_INIT;
    json_t *one, *trait;
    size_t i, k;

    json_array_foreach(json_object_get(report, "unique"), i, one)
    {
        const json_t *leave = json_object_get(one, "leave_out");
        buf_addf(&out, "%s%s:%s", i ? " " : "", payload_text(one, "pseudonym"),
                 json_is_null(leave) ? "-" : "");
        json_array_foreach(leave, k, trait)
            buf_addf(&out, "%s%s", k ? "," : "", json_string_value(trait));
    }
    return buf_detach(&out);
}

static void assert_unique(json_t *report, const char *should)
{
    char *is = unique(report);

    assert_string_equal(is, should);
    free(is);
    json_decref(report);
}

static void who_stands_out_is_named(void **state)
{
    (void)state;
#define FOUR(consent)                                                                              \
    (json_t *[]){digest("AE", "18-29", "G5", consent), digest("AE", "18-29", "G5", consent),       \
                 digest("AE", "30-44", "G5", consent), digest("HT", "child", "G2", consent)}
    /* The third is hidden by the first two, the fourth only where next to nothing is told. */
    assert_unique(make(FOUR("true"), 4, 0, NULL), "C:age D:age,country,event");
    assert_unique(make(FOUR("true"), 4, TRAIT_AGE, NULL), "D:country,event");
    assert_unique(make(FOUR("true"), 4, 0, "D"), "C:age");
    assert_unique(make(FOUR("true"), 4, 0, "C,D"), "");
    assert_unique(make(FOUR("false"), 4, 0, NULL), "");
    assert_unique(make((json_t *[]){digest("AE", "18-29", "G5", "true")}, 1, 0, NULL), "A:-");
}

static void what_is_left_out_is_gone(void **state)
{
    static const struct {
        unsigned trait;
        const char *away[4];
    } tests[] = {
        {TRAIT_AGE, {"18-29", NULL}},
        {TRAIT_COUNTRY, {"\"AE\"", NULL}},
        {TRAIT_EVENT, {"\"G5\"", NULL}},
        {TRAIT_NATIONALITY, {"\"HN\"", NULL}},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        json_t *report =
            make((json_t *[]){digest("AE", "18-29", "G5", "true")}, 1, tests[i].trait, NULL);
        char *text = json_dumps(report, JSON_COMPACT);
        look_for(text, tests[i].away, false);
        free(text);
        json_decref(report);
    }
}

static void without_consent_it_is_counted(void **state)
{
    json_t *report = make(
        (json_t *[]){digest("AE", "18-29", "G5", "false"), digest("HT", "child", "G2", "true")}, 2,
        0, NULL);
    char *text = json_dumps(report, JSON_COMPACT);
    (void)state;

    assert_null(strstr(text, "G5"));
    assert_null(strstr(text, "AE"));
    assert_null(strstr(text, "\"A\""));
    assert_non_null(strstr(text, "\"counted\":{\"concluded\":1,\"pending\":0}"));
    assert_non_null(strstr(text, "\"helpers\":[\"MX\",\"PA\"]")); /* by code */
    assert_non_null(strstr(text, "\"hours\":50"));
    assert_null(strstr(text, "10:00"));
    free(text);
    json_decref(report);
}

static void traits_are_read(void **state)
{
    struct error err = ERROR_INIT;
    unsigned traits;
    (void)state;

    assert_true(report_traits_parse("age,event", &traits, &err));
    assert_int_equal(traits, TRAIT_AGE | TRAIT_EVENT);
    assert_true(report_traits_parse("", &traits, &err) && !traits);
    assert_true(report_traits_parse(NULL, &traits, &err) && !traits);
    assert_false(report_traits_parse("age,name", &traits, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_false(report_traits_parse("ag", &traits, &err));
    error_release(&err);
}

static void sums_are_rounded(void **state)
{
    static const struct {
        int64_t units;
        const char *currency, *rounded;
    } sums[] = {
        {185000, "AED", "1900"}, {4999, "USD", "50"},       {850, "USD", "9"},
        {85, "USD", "0.85"},     {123456, "XOF", "120000"}, {999999, "USD", "10000"},
        {7, "XOF", "7"},         {0, "USD", "0.00"},        {12345678, "KWD", "12000"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(sums); i++) {
        json_t *text = money_rounded(sums[i].units, sums[i].currency);
        assert_string_equal(json_string_value(text), sums[i].rounded);
        json_decref(text);
    }
}

/* ---- statistics ---- */

static json_t *statistics_of(const char *const *digests, const size_t *times, size_t count)
{
    struct statistics *s = statistics_begin(NULL, "2026-12-31");

    for (size_t i = 0; i < count; i++) {
        json_t *one = kit_json(digests[i]);
        for (size_t n = 0; n < times[i]; n++)
            statistics_add(s, one);
        json_decref(one);
    }
    return statistics_end(s, true);
}

#define CASE(receiving, stage, more)                                                               \
    "{'receiving':'" receiving "','stage':'" stage "','at':{'opened':'2026-03-01T10:00:00-06:00'," \
    "'poll':'2026-03-01T15:00:00-06:00'}" more "}"

static void tables_are_counted_and_suppressed(void **state)
{
    static const char *const digests[] = {
        CASE("AE", "help", ",'grounds':['G5','G1'],'help':[{'state':'MX','kinds':[]}]"),
        CASE("HT", "closing",
             ",'exit':'referred','costs':[{'source':'iom','currency':'USD','units':123400}]"),
        CASE("SN", "intake", ",'costs':[{'source':'person','currency':'USD','units':100}]"),
        "{'hidden':true}",
    };
    static const size_t times[] = {12, 7, 3, 9};
    json_t *tree = statistics_of(digests, times, 4);
    char *text = json_dumps(tree, JSON_COMPACT);
    static const char *const there[] = {
        "\"cases\":22,",
        "{\"code\":\"AE\",\"cases\":12},{\"code\":\"HT\",\"cases\":null},{\"code\":\"SN\","
        "\"cases\":null}],\"sum\":22",
        "{\"code\":\"G1\",\"cases\":12},{\"code\":\"G5\",\"cases\":12}]",
        /* stages in their order */
        "{\"code\":\"intake\",\"cases\":null},{\"code\":\"help\",\"cases\":12},{\"code\":"
        "\"closing\",\"cases\":null}",
        "{\"code\":\"referred\",\"cases\":7}],\"sum\":7", "{\"code\":\"MX\",\"cases\":12}",
        "{\"code\":\"2026-03\",\"cases\":22}", "\"to\":\"poll\",\"median_hours\":5",
        "{\"source\":\"iom\",\"currency\":\"USD\",\"amount\":\"8600\"}",
        "{\"source\":\"person\",\"currency\":\"USD\",\"amount\":null}", NULL};
    (void)state;

    look_for(text, there, true);
    free(text);
    json_decref(tree);
}

static void few_cases_are_no_statistics(void **state)
{
    static const char *const digests[] = {CASE("AE", "help", ",'grounds':['G5']")};
    json_t *tree = statistics_of(digests, (size_t[]){4}, 1);
    char *text = json_dumps(tree, JSON_COMPACT);
    (void)state;

    assert_non_null(strstr(text, "\"cases\":null"));
    assert_null(strstr(text, "AE"));
    assert_null(strstr(text, "G5"));
    assert_null(strstr(text, "\"sum\""));
    free(text);
    json_decref(tree);
}

/* No table says which State declined, nor how often (Recital II). */
static void no_table_is_of_refusals(void **state)
{
    (void)state;
    for (const char *const *t = statistics_tables; *t; t++)
        assert_null(strstr("decline declined silent reply answer", *t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_owed_from_its_closing),
        cmocka_unit_test(an_assisting_post_owes_what_it_was_requested),
        cmocka_unit_test(a_digest_tells_no_name),
        cmocka_unit_test(all_must_consent),
        cmocka_unit_test(a_consent_that_ends),
        cmocka_unit_test(what_is_held_back_is_not_told),
        cmocka_unit_test(who_is_under_the_lock_never_appears),
        cmocka_unit_test(who_stands_out_is_named),
        cmocka_unit_test(what_is_left_out_is_gone),
        cmocka_unit_test(without_consent_it_is_counted),
        cmocka_unit_test(traits_are_read),
        cmocka_unit_test(sums_are_rounded),
        cmocka_unit_test(tables_are_counted_and_suppressed),
        cmocka_unit_test(few_cases_are_no_statistics),
        cmocka_unit_test(no_table_is_of_refusals),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
