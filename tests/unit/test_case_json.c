/* SPDX-License-Identifier: MIT */
/* The JSON of a case holds what acts.md says, whatever the case is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "fold_kit.h"

#define NOW "2026-03-20T12:00:00-06:00"
#define SAID "'transcribed':{'from':'Focal point','channel':'email','on':'2026-03-14'}"

static const char *const keys[] = {
    "case",     "stage",       "exit",       "persons",      "grounds", "needs",   "consents",
    "polls",    "choices",     "notes",      "contacts",     "costs",   "missing", "warnings",
    "decision", "acceptances", "assistance", "requirements", "sent"};

static json_t *show(const struct case_file *c)
{
    json_t *directory = kit_directory();
    json_t *out = case_json(c, directory, NOW, english);

    json_decref(directory);
    return out;
}

/* The JSON at "persons.0.minor" and such; the test fails where there is none. */
static const json_t *at(const json_t *value, const char *path)
{
    char copy[100], *save = NULL;

    strcpy(copy, path);
    for (char *step = strtok_r(copy, ".", &save); step; step = strtok_r(NULL, ".", &save)) {
        value = json_is_array(value) ? json_array_get(value, (size_t)strtoul(step, NULL, 10))
                                     : json_object_get(value, step);
        if (!value)
            fail_msg("nothing at %s", path);
    }
    return value;
}

static void expect(const json_t *value, const char *path, const char *expected)
{
    json_t *wanted = kit_json(expected);
    const json_t *found = at(value, path);

    if (!json_equal(found, wanted))
        fail_msg("%s: %s, not %s", path, json_dumps(found, JSON_ENCODE_ANY), expected);
    json_decref(wanted);
}

static bool warns(const json_t *shown, const char *text)
{
    size_t i;
    json_t *warning;

    json_array_foreach(json_object_get(shown, "warnings"), i,
                       warning) if (strstr(json_string_value(warning), text)) return true;
    return false;
}

static void all_keys_are_always_there(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    json_t *shown = show(&c);
    assert_int_equal(json_object_size(shown), ARRAY_SIZE(keys));
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        assert_non_null(json_object_get(shown, keys[i]));
    expect(shown, "case", "'HN-2026-0001'");
    expect(shown, "stage", "'draft'");
    expect(shown, "exit", "null");
    expect(shown, "decision", "null");
    expect(shown, "requirements", "[]");
    expect(shown, "notes", "[]");
    json_decref(shown);
    case_release(&c);
}

static void persons_have_their_requirements(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[{'state':'HN','proof':'declared'}],"
            "'birth_date':'2015-01-XX'}");
    kit_add(&c, "person",
            "{'person':3,'single_name':'Ada','nationalities':[],'fears_own_state':true}");
    json_t *shown = show(&c);
    expect(shown, "persons.0.person", "1");
    expect(shown, "persons.0.minor", "false");
    expect(shown, "persons.0.locked", "false");
    expect(shown, "persons.0.requirements.0.id", "'R1'");
    expect(shown, "persons.0.requirements.0.status", "'met'");
    expect(shown, "persons.1.minor", "true");
    expect(shown, "persons.1.requirements.0.status", "'undetermined'");
    expect(shown, "persons.2.minor", "null");
    expect(shown, "persons.2.locked", "true");
    expect(shown, "persons.2.requirements.0.status", "'not_met'");
    /* The worst over those who are not locked; in the order of assess.md. */
    expect(shown, "requirements.0", "{'id':'R1','article':'7.1','status':'undetermined'}");
    expect(shown, "requirements.1", "{'id':'R2','article':'7.2','status':'met'}");
    expect(shown, "requirements.3.id", "'R3b'");
    expect(shown, "requirements.6", "{'id':'R12','article':'9','status':'waived'}");
    assert_int_equal(json_array_size(at(shown, "requirements")), REQUIREMENT_COUNT);
    assert_true(warns(shown, "Pilot"));
    json_decref(shown);
    case_release(&c);
}

static void polls_have_their_replies(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", "{'round':1,'to':['MX','CR','CA'],'reply_by':'2026-03-18'}");
    kit_add(&c, "reply",
            "{'state':'MX','round':1,'legal':'yes','material':'partial','offer':true,"
            "'services':['shelter']," SAID "}");
    kit_add(&c, "decline", "{'state':'CA','stage':'poll','round':1," SAID "}");
    json_t *shown = show(&c);
    expect(shown, "polls.0.round", "1");
    expect(shown, "polls.0.to", "['MX','CR','CA']");
    expect(shown, "polls.0.replies",
           "[{'state':'MX','status':'replied','legal':'yes','material':'partial','offer':true},"
           "{'state':'CR','status':'silent','legal':null,'material':null,'offer':null},"
           "{'state':'CA','status':'declined','legal':null,'material':null,'offer':null}]");
    expect(shown, "polls.0.transcribed", "null");
    assert_true(warns(shown, "7.6: "));
    json_decref(shown);
    kit_add(&c, "notify", "{'event':'poll'}");
    shown = show(&c);
    assert_false(warns(shown, "7.6: "));
    json_decref(shown);
    case_release(&c);
}

static void acts_keep_their_payload(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *note = kit_add(&c, "note",
                               "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'E',"
                               "'city':'C'},'persons':[1],'date':'2026-03-16',"
                               "'at':'2026-03-16T11:00:00+04:00'}");
    c.acts[c.count - 1].context = kit_json("{'number':'1/2026'}");
    kit_add(&c, "decide", "{'decision':'applies','reason':'All is there.'}");
    kit_add(&c, "consent",
            "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral',"
            "'on':'2026-03-12'}");
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-13','form':'telephone'}");
    json_t *shown = show(&c);
    expect(shown, "notes.0.number", "'1/2026'");
    expect(shown, "notes.0.at", "'2026-03-16T11:00:00+04:00'");
    expect(shown, "notes.0.open", "true");
    expect(shown, "notes.0.annulled", "false");
    assert_string_equal(json_string_value(at(shown, "notes.0.id")), note);
    expect(shown, "decision.decision", "'applies'");
    expect(shown, "grounds.0.facts", "'Five months unpaid.'");
    expect(shown, "grounds.0.at", "'2026-03-10T11:00:00-06:00'");
    expect(shown, "consents.0.in_force", "false");
    json_decref(shown);
    kit_add_of(&c, "annul", "{'note':'%s','reason':'x'}", note);
    shown = show(&c);
    expect(shown, "notes.0.number", "'1/2026'");
    expect(shown, "notes.0.annulled", "true");
    expect(shown, "notes.0.open", "false");
    json_decref(shown);
    case_release(&c);
}

static void the_decision_keeps_its_directory(void **state)
{
    struct case_file c;
    json_t *changed = kit_directory();

    (void)state;
    kit_case(&c);
    kit_add(&c, "decide", "{'decision':'applies','reason':'All is there.'}");
    json_object_del(json_object_get(changed, "parties"), "HN");
    json_t *shown = case_json(&c, changed, NOW, english);
    expect(shown, "requirements.1.status", "'not_met'");
    json_decref(shown);
    c.acts[c.count - 1].context = kit_directory();
    shown = case_json(&c, changed, NOW, english);
    expect(shown, "requirements.1.status", "'met'");
    json_decref(shown);
    json_decref(changed);
    case_release(&c);
}

static void determinations_are_named(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *id =
        kit_add(&c, "determine", "{'requirement':'R3','status':'not_met','reason':'It opened.'}");
    json_t *shown = show(&c);
    expect(shown, "persons.0.requirements.2.status", "'not_met'");
    expect(shown, "persons.0.requirements.1.determined", "null");
    assert_string_equal(json_string_value(at(shown, "persons.0.requirements.2.determined")), id);
    expect(shown, "requirements.2.status", "'not_met'");
    json_decref(shown);
    case_release(&c);
}

static void doubts_are_shown(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    json_t *shown = show(&c);
    assert_false(warns(shown, "clock"));
    json_decref(shown);
    kit_add_by(&c, "contact",
               "{'at':'2026-03-09T23:10:00-05:00','reason':'Shots.','detail':'Called.'}",
               ROLE_OFFICER, "2026-03-09T23:20:00-05:00");
    shown = show(&c);
    assert_true(warns(shown, "clock"));
    assert_true(warns(shown, "of 2026-03-09T23:20:00-05:00: to be countersigned"));
    json_decref(shown);
    case_release(&c);
}

static void closed_cases_have_an_exit(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    json_t *shown = show(&c);
    assert_true(json_array_size(at(shown, "missing")) > 0);
    at(shown, "missing.0.for");
    at(shown, "missing.0.gate");
    at(shown, "missing.0.article");
    at(shown, "missing.0.text");
    json_decref(shown);
    kit_add(&c, "close", "{'outcome':['no_collaborator'],'reason':'None there.'}");
    shown = show(&c);
    expect(shown, "stage", "'closing'");
    expect(shown, "exit", "'no_collaborator'");
    expect(shown, "missing", "[]");
    json_decref(shown);
    case_release(&c);
}

#define OFFER(state)                                                                               \
    "{'state':'" state "','round':1,'legal':'yes','material':'yes','offer':true,"                  \
    "'services':['legal']," SAID "}"

/* What went out, to whom, naming whom: no withdrawal takes it away. */
static void what_went_out_stays_known(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "notify", "{'event':'poll'}");
    kit_add(&c, "poll", "{'round':1,'to':['MX','CR'],'reply_by':'2026-03-18'}");
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'E','city':'C'},"
            "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00'}");
    kit_add(&c, "note",
            "{'kind':'ACC','direction':'in','from':{'state':'MX','office':'E','city':'C'},"
            "'date':'2026-03-16','number':'4/2026'," SAID "}");
    kit_add(&c, "refer", "{'to':'unhcr','on':'2026-03-16','persons':[1]}");
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-17','form':'telephone'}");
    json_t *shown = show(&c);
    assert_int_equal(json_array_size(at(shown, "sent")), 5);
    expect(shown, "sent.0.to", "'secretariat'");
    expect(shown, "sent.0.named", "[]");
    expect(shown, "sent.1.what", "'poll'");
    expect(shown, "sent.2.to", "'CR'");
    expect(shown, "sent.2.named", "[]");
    expect(shown, "sent.3.what", "'REQ'");
    expect(shown, "sent.3.to", "'MX'");
    expect(shown, "sent.3.at", "'2026-03-16T11:00:00+04:00'");
    expect(shown, "sent.3.named", "[1]");
    expect(shown, "sent.4.to", "'unhcr'");
    json_decref(shown);
    case_release(&c);
}

/* Who offered and was not needed is thanked: not before another State has accepted. */
static void offers_not_chosen_are_thanked(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", "{'round':1,'to':['MX','CR','CA'],'reply_by':'2026-03-18'}");
    kit_add(&c, "reply", OFFER("MX"));
    kit_add(&c, "reply", OFFER("CR"));
    kit_add(&c, "reply", OFFER("CA"));
    kit_add(&c, "decline", "{'state':'CA','stage':'poll','round':1," SAID "}");
    kit_add(&c, "choose", "{'state':'MX','reason':'Near.'}");
    const char *note = kit_add(&c, "note",
                               "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'E',"
                               "'city':'C'},'date':'2026-03-16','at':'2026-03-16T11:00:00Z'}");
    json_t *shown = show(&c);
    assert_false(warns(shown, "thank"));
    json_decref(shown);
    kit_add_of(&c, "accept", "{'state':'MX','note':'%s','scope':'x'," SAID "}", note);
    shown = show(&c);
    assert_true(warns(shown, "Costa Rica offered and was not needed: thank it"));
    assert_false(warns(shown, "Mexico offered"));
    assert_false(warns(shown, "Canada offered"));
    json_decref(shown);
    kit_add(&c, "note",
            "{'kind':'CLO','direction':'out','to':{'state':'CR','office':'E','city':'C'},"
            "'date':'2026-03-16'}");
    shown = show(&c);
    assert_false(warns(shown, "thank"));
    json_decref(shown);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_keys_are_always_there),
        cmocka_unit_test(persons_have_their_requirements),
        cmocka_unit_test(polls_have_their_replies),
        cmocka_unit_test(acts_keep_their_payload),
        cmocka_unit_test(the_decision_keeps_its_directory),
        cmocka_unit_test(determinations_are_named),
        cmocka_unit_test(doubts_are_shown),
        cmocka_unit_test(closed_cases_have_an_exit),
        cmocka_unit_test(what_went_out_stays_known),
        cmocka_unit_test(offers_not_chosen_are_thanked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
