/* SPDX-License-Identifier: MIT */
/* What a person holds back goes out by no document; whom they said no to gets nothing. */
#include "fold_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/redact.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/summary.h"

/* One word, number or day for each item, told again wherever people type. */
#define PHONE "+504 9988-7766"
#define TOLD "Deiramark, call 9988 7766, born 14 March 1998, E7654321, factsmark, weaverjob"

static const char *const secrets[] = {"Deiramark", "7766",    "1998",       "E7654321", "factsmark",
                                      "weaverjob", "illmark", "Marcalaton", "Wadimark", "photomark",
                                      "Luismark",  "tourist", "Zonamark"};

static const struct {
    const char *purpose, *to;
    struct audience audience;
} readers[] = {
    {"P2", "own capital", {AUDIENCE_CAPITAL, NULL, NULL}},
    {"P3", "focal points", {AUDIENCE_FOCAL, NULL, NULL}},
    {"P4", "MX", {AUDIENCE_STATE, "MX", NULL}},
    {"P5", "IOM", {AUDIENCE_IOM, NULL, NULL}},
    {"P6", "Labour Court", {AUDIENCE_AUTHORITY, NULL, "Labour Court"}},
    {"P7", "her sister", {AUDIENCE_FAMILY, NULL, "her sister"}},
    {"P8", "City Shelter", {AUDIENCE_ORGANISATION, NULL, "City Shelter"}},
    {"P9", "the network", {AUDIENCE_NETWORK, NULL, NULL}},
};

/* The gates are not asked here: it is all recorded, and still must not go out. */
static void tell_all(struct case_file *c)
{
    kit_add(
        c, "person",
        "{'person':1,'surname_1':'RAMIREZ','given_names':'Karen','nationalities':[{'state':'HN',"
        "'proof':'passport'}],'birth_date':'1998-03-14','phone':'+50499887766',"
        "'document_number':'E7654321','occupation':'weaverjob','disability':'illmark',"
        "'place_of_birth':'Marcalaton','photo':'photomark','marital_status':'single'}");
    kit_add(c, "situation",
            "{'locality':'Deiramark','subdivision':'Wadimark','migration_status':'tourist'}");
    kit_add(c, "document", "{'person':1,'document':1,'type':'passport','number':'E7654321'}");
    kit_add(c, "group",
            "{'group':1,'type':'family','persons':[1],'separated':[{'name':'Luismark'}]}");
    kit_add(
        c, "ground",
        "{'person':1,'code':'G5','perpetrator':'employer','facts':'factsmark','where':'Zonamark'}");
    kit_add(c, "need", "{'need':'medical','urgency':'now','person':1,'detail':'illmark'}");
    kit_add(c, "poll",
            "{'round':1,'to':['MX'],'reply_by':'2026-03-20','area':'Deiramark','text':'" TOLD "'}");
    kit_add(
        c, "note",
        "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'},"
        "'persons':[1],'scope':'" TOLD "','limits':'" TOLD "','date':'2026-03-11',"
        "'at':'2026-03-11T09:00:00Z'}");
    kit_add(c, "assist",
            "{'at':'2026-03-12T05:00:00-06:00','by':'MX','kind':'visit','persons':[1],"
            "'manner':'good_offices','detail':'" TOLD "','place':'Deiramark',"
            "'transcribed':{'from':'MX','channel':'email','on':'2026-03-12'}}");
    kit_add(c, "contact",
            "{'at':'2026-03-11T23:45:00-05:00','reason':'" TOLD "','detail':'" TOLD "',"
            "'place':'Deiramark'}");
    kit_add(c, "cost",
            "{'on':'2026-03-12','amount':'1','currency':'USD','source':'iom','item':'" TOLD "'}");
    kit_add(c, "report",
            "{'meeting':'LON','on':'2026-06-01','pending':true,'provided':'" TOLD "'}");
}

static void consent(struct case_file *c, const char *purpose, const char *to, const char *more)
{
    char *payload =
        xasprintf("{'person':1,'purpose':'%s','to':'%s','given_by':'self','form':'oral',"
                  "'on':'2026-03-10'%s}",
                  purpose, to, more);

    kit_add(c, "consent", payload);
    free(payload);
}

#define ALL                                                                                        \
    ",'withheld':['location','contact','documents','birth','family','health','facts','migration'," \
    "'work','photo'],'place':'Deiramark','restrictions':'" TOLD "'"

static char honduras[] = "HN", code[] = "HN", name[] = "Directorate", city[] = "Tegucigalpa",
            kind[] = "directorate";
static const struct post_profile post = {honduras, code, name, honduras, city, kind};

/* All documents of the case for that reader, one after the other. */
static void print_all(struct case_file *c, const struct audience *audience, struct buf *out)
{
    struct paper_language language;
    json_t *directory = kit_directory();
    struct error err = ERROR_INIT;

    assert_true(paper_language_init(&language, "en", "HN", english));
    struct paper_source source = {.c = c,
                                  .post = &post,
                                  .directory = directory,
                                  .language = &language,
                                  .now = "2026-03-20T10:00:00-06:00",
                                  .officer = "Lucía"};
    for (int d = 0; d < 5; d++) {
        struct paper p;
        paper_init(&p);
        if (d == 0)
            paper_summary(&source, audience, &p);
        if (d == 1)
            paper_costs(&source, audience, &p);
        if (d == 2 && !paper_poll_sheet(&source, audience, &p, &err))
            fail_msg("%s", error_text(&err));
        if (d == 3 && !paper_note(&source, case_last(c, ACT_NOTE), NULL, audience, &p, &err))
            fail_msg("%s", error_text(&err));
        if (d == 4 && !paper_poll_text(&source, case_last(c, ACT_POLL)->payload, out, &err))
            fail_msg("%s", error_text(&err));
        paper_text(&p, PAPER_A4, out);
        paper_release(&p);
    }
    json_decref(directory);
}

static void no_document_tells(void **state)
{
    (void)state;
    for (size_t r = 0; r < ARRAY_SIZE(readers); r++) {
        struct case_file c;
        struct buf text = BUF_INIT;
        kit_case(&c);
        tell_all(&c);
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
            consent(&c, readers[i].purpose, readers[i].to, ALL);
        print_all(&c, &readers[r].audience, &text);
        for (size_t s = 0; s < ARRAY_SIZE(secrets); s++)
            if (strstr(buf_text(&text), secrets[s]))
                fail_msg("%s for %s: %s", secrets[s], readers[r].purpose, buf_text(&text));
        buf_release(&text);
        case_release(&c);
    }
}

/* The same without a word on what to withhold: so they would have gone out. */
static void without_it_they_do(void **state)
{
    static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};
    static const struct audience ourselves = {AUDIENCE_POST, NULL, NULL};
    struct case_file c;
    struct buf text = BUF_INIT;

    (void)state;
    kit_case(&c);
    tell_all(&c);
    consent(&c, "P4", "MX", "");
    consent(&c, "P3", "focal points", "");
    print_all(&c, &mexico, &text);
    for (size_t s = 0; s < ARRAY_SIZE(secrets); s++)
        if (!strstr(buf_text(&text), secrets[s]))
            fail_msg("%s is nowhere", secrets[s]);
    buf_clear(&text);
    /* and the post itself has them all, whatever is withheld from others */
    consent(&c, "P4", "MX", ALL);
    print_all(&c, &ourselves, &text);
    for (size_t s = 0; s < ARRAY_SIZE(secrets); s++)
        assert_non_null(strstr(buf_text(&text), secrets[s]));
    buf_release(&text);
    case_release(&c);
}

/* Withheld with the consent to keep records: from everybody; else from that recipient. */
static void from_whom(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P4", "MX", ",'withheld':['contact']");
    consent(&c, "P4", "CR", "");
    assert_true(withheld_field(&c, 1, "P4", "MX", ACT_PERSON, "phone"));
    assert_false(withheld_field(&c, 1, "P4", "CR", ACT_PERSON, "phone"));
    assert_false(withheld_field(&c, 1, "P4", "MX", ACT_PERSON, "occupation"));
    assert_false(withheld_field(&c, 2, "P4", "MX", ACT_PERSON, "phone"));
    /* the latest word for that recipient counts */
    consent(&c, "P4", "MX", "");
    assert_false(withheld_field(&c, 1, "P4", "MX", ACT_PERSON, "phone"));
    consent(&c, "P1", "this post", ",'withheld':['contact']");
    assert_true(withheld_field(&c, 1, "P4", "MX", ACT_PERSON, "phone"));
    assert_true(withheld_field(&c, 1, "P9", NULL, ACT_PERSON, "phone"));
    /* the lines of a further passport have the birth in them, the mark of a family who belongs */
    consent(&c, "P4", "MX", ",'withheld':['birth','family']");
    assert_true(withheld_field(&c, 1, "P4", "MX", ACT_DOCUMENT, "mrz"));
    assert_false(withheld_field(&c, 1, "P4", "MX", ACT_DOCUMENT, "number"));
    assert_true(withheld_field(&c, 1, "P4", "MX", ACT_OPEN, "event_family"));
    case_release(&c);
}

/* A withdrawal does not let out what was withheld; nor does it open what was barred. */
static void withdrawal_lifts_nothing(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P4", "MX", ",'withheld':['contact'],'not_to':['police','partner']");
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-11','form':'telephone'}");
    assert_true(withheld_field(&c, 1, "P4", "MX", ACT_PERSON, "phone"));
    assert_true(withhold_bars(&c, 1, "authorities", "Policía de Dubái"));
    assert_true(withhold_bars(&c, 1, "family", "Ahmed, her husband"));
    case_release(&c);
}

static void bars(struct case_file *c, const char *more, const char *to_kind, const char *to,
                 bool expected)
{
    kit_case(c);
    consent(c, "P3", "focal points", more);
    if (withhold_bars(c, 1, to_kind, to) != expected)
        fail_msg("%s: %s %s", more, to_kind, to ? to : "(nobody said)");
    assert_false(withhold_bars(c, 2, to_kind, to));
    case_release(c);
}

static void recipients_are_known(void **state)
{
    struct case_file c;

    (void)state;
    bars(&c, ",'not_to':['police']", "authorities", "Dubai Police", true);
    bars(&c, ",'not_to':['police']", "authorities", "la policía nacional", true);
    bars(&c, ",'not_to':['police']", "authorities", "Gendarmerie royale", true);
    bars(&c, ",'not_to':['police']", "authorities", "Ministry of the Interior", true);
    bars(&c, ",'not_to':['police']", "authorities", "Labour Court", false);
    bars(&c, ",'not_to':['police']", "authorities", NULL, true);
    bars(&c, ",'not_to':['police']", "family", NULL, false);
    bars(&c, ",'not_to':['authorities']", "authorities", "Labour Court", true);
    bars(&c, ",'not_to':['partner']", "family", "su esposo", true);
    bars(&c, ",'not_to':['partner']", "family", "María, her sister", false);
    bars(&c, ",'not_to':['family']", "family", "María, her sister", true);
    bars(&c, ",'not_to':['iom']", "iom", NULL, true);
    bars(&c, ",'not_to_named':'Ahmed Khan; Casa Azul'", "organisations", "CASA AZUL (shelter)",
         true);
    bars(&c, ",'not_to_named':'Ahmed Khan; Casa Azul'", "organisations", "Casa Verde", false);
    bars(&c, "", "authorities", "Dubai Police", false);
}

/* Barred recipients have no identity, although another consent names their kind. */
static void the_redaction_asks(void **state)
{
    static const struct audience police = {AUDIENCE_AUTHORITY, NULL, "Dubai Police"};
    static const struct audience husband = {AUDIENCE_FAMILY, NULL, "Ahmed, her husband"};
    static const struct audience sister = {AUDIENCE_FAMILY, NULL, "María, her sister"};
    static const struct audience nobody = {AUDIENCE_FAMILY, NULL, NULL};
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P6", "Dubai Police", "");
    consent(&c, "P7", "María, her sister", "");
    assert_true(redact_allows_identity(&c, 1, &police));
    assert_true(redact_allows_identity(&c, 1, &sister));
    assert_false(redact_allows_identity(&c, 1, &husband));
    assert_false(redact_allows_identity(&c, 1, &nobody));
    consent(&c, "P7", "Ahmed, her husband", ",'not_to':['police','partner']");
    assert_false(redact_allows_identity(&c, 1, &police));
    assert_false(redact_allows_identity(&c, 1, &husband));
    assert_true(redact_allows_identity(&c, 1, &sister));
    /* she says so herself, later: to the police after all */
    consent(&c, "P6", "Dubai Police", "");
    assert_true(redact_allows_identity(&c, 1, &police));
    case_release(&c);
}

/* A consent ends with its last day; where nobody says which day it is, it has ended. */
static void consents_end(void **state)
{
    static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P4", "MX", ",'valid_until':'2026-03-20'");
    case_set_today(&c, "2026-03-20T23:59:00-06:00");
    assert_true(redact_allows_identity(&c, 1, &mexico));
    assert_true(case_consent_stands(&c, case_last(&c, ACT_CONSENT)));
    case_set_today(&c, "2026-03-21");
    assert_false(redact_allows_identity(&c, 1, &mexico));
    assert_false(case_consent_stands(&c, case_last(&c, ACT_CONSENT)));
    assert_false(case_consent_withdrawn(&c, 1, "P4", "MX"));
    assert_true(case_consents_on(&c, 1, "P4", "MX", "2026-03-12"));
    case_set_today(&c, "");
    assert_false(redact_allows_identity(&c, 1, &mexico));
    case_release(&c);
}

/* At once: the moment it is recorded nothing more opens, and the note withholds what it told. */
static void a_word_on_the_telephone(void **state)
{
    static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};
    struct case_file c;
    struct buf text = BUF_INIT;

    (void)state;
    kit_case(&c);
    tell_all(&c);
    consent(&c, "P4", "MX", "");
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-10','form':'telephone'}");
    assert_false(redact_allows_identity(&c, 1, &mexico));
    print_all(&c, &mexico, &text);
    assert_null(strstr(buf_text(&text), "RAMIREZ"));
    assert_null(strstr(buf_text(&text), "illmark"));
    buf_release(&text);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_document_tells),
        cmocka_unit_test(without_it_they_do),
        cmocka_unit_test(from_whom),
        cmocka_unit_test(withdrawal_lifts_nothing),
        cmocka_unit_test(recipients_are_known),
        cmocka_unit_test(the_redaction_asks),
        cmocka_unit_test(consents_end),
        cmocka_unit_test(a_word_on_the_telephone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
