/* SPDX-License-Identifier: MIT */
/*
 * Whole cases, act by act, as the store lets them in: the payload, then the case, then the gates.
 * What must be refused on the way is tried and refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"
#include "fold_kit.h"

#define SAID(from, on) "'transcribed':{'from':'" from "','channel':'email','on':'" on "'}"

static enum role role = ROLE_HEAD;
static json_t *directory;

/* The words before the first blank name the act; %s is the id. Answers "" where it is let in. */
static char *refusal(struct case_file *c, const char *at, const char *text, const char *id)
{
    char name[40];
    struct error err = ERROR_INIT;
    struct gate_findings found = {NULL, 0};

    sscanf(text, "%39s", name);
    const struct act_type *type = act_type_named(name);
    const char *place = strstr(text, "%s"), *brace = strchr(text, '{');
    assert_non_null(type);
    char *whole =
        place ? xasprintf("%.*s%s%s", (int)(place - brace), brace, id, place + 2) : xstrdup(brace);
    json_t *payload = kit_json(whole);
    struct gate_input in = {.c = c,
                            .kind = type->kind,
                            .payload = payload,
                            .directory = directory,
                            .now = at,
                            .role = role,
                            .signer = role == ROLE_HEAD ? "aa" : "bb",
                            .heads = 1};
    if (payload_check(type, payload, &err) && case_check(c, type->kind, payload, at, &err) &&
        !gate_check(&in, english, &found))
        gate_refusal(&found, &err);
    char *out = xstrdup(error_text(&err));
    gate_findings_release(&found);
    error_release(&err);
    json_decref(payload);
    if (!*out)
        kit_add_by(c, name, whole, role, at);
    free(whole);
    return out;
}

static const char *last_id(const struct case_file *c)
{
    static char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(c->acts[c->count - 1].id, id);
    return id;
}

static void say_of(struct case_file *c, const char *at, const char *text, const char *id)
{
    char *why = refusal(c, at, text, id);

    if (*why)
        fail_msg("%s\n%s", text, why);
    free(why);
}

static void say(struct case_file *c, const char *at, const char *text)
{
    say_of(c, at, text, "");
}

/* One of its lines begins with the article and ends with the gate. */
static void refused_of(struct case_file *c, const char *at, const char *text, const char *id,
                       const char *article, const char *gate)
{
    char *why = refusal(c, at, text, id), *save = NULL;
    char *first = xasprintf("%s: ", article), *last = xasprintf("[%s]", gate);
    bool there = false;

    if (!*why)
        fail_msg("let in: %s", text);
    char *copy = xstrdup(why);
    for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        there = there || (!strncmp(line, first, strlen(first)) && strlen(line) > strlen(last) &&
                          !strcmp(line + strlen(line) - strlen(last), last));
    if (!there)
        fail_msg("%s: no line of %s [%s] in:\n%s", text, article, gate, why);
    free(copy);
    free(first);
    free(last);
    free(why);
}

static void refused(struct case_file *c, const char *at, const char *text, const char *article,
                    const char *gate)
{
    refused_of(c, at, text, "", article, gate);
}

static void expect_stage(const struct case_file *c, const char *stage)
{
    assert_string_equal(stage_name(case_stage(c)), stage);
}

static int setup(void **state)
{
    (void)state;
    role = ROLE_HEAD;
    directory = kit_directory();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_decref(directory);
    return 0;
}

/* ---- a domestic worker, several collaborators, to the end ---- */

#define NOTE_MX                                                                                    \
    "note {'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy',"                  \
    "'city':'Abu Dhabi'},'persons':[1],'scope':'Visits, lawyers.','date':'2026-03-16',"            \
    "'at':'2026-03-16T11:00:00+04:00'}"
#define VISIT(at)                                                                                  \
    "assist {'at':'" at "','by':'MX','kind':'visit','persons':[1],'manner':'good_offices',"        \
    "'detail':'At the shelter.'," SAID("Embassy of Mexico", "2026-03-12") "}"
#define POLL5 "poll {'round':1,'to':['CA','CR','MX','PA','US'],'reply_by':'2026-03-18'}"

static void a_case_goes_its_way(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    say(&c, "2026-03-12T09:00:00-06:00",
        "open {'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    say(&c, "2026-03-12T09:10:00-06:00",
        "person {'person':1,'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ',"
        "'given_names':'Karen Yamileth','birth_date':'1998-03-14',"
        "'nationalities':[{'state':'HN','proof':'passport'}]}");
    refused(&c, "2026-03-12T09:11:00-06:00", POLL5, "3", "P.decision");
    refused(&c, "2026-03-12T09:11:00-06:00", VISIT("2026-03-12T09:00:00-06:00"), "6", "A.note");
    say(&c, "2026-03-12T09:20:00-06:00",
        "ground {'person':1,'code':'G5','perpetrator':'employer','facts':'Five months unpaid.'}");
    say(&c, "2026-03-12T09:21:00-06:00", "need {'need':'legal','urgency':'72h'}");
    say(&c, "2026-03-12T09:30:00-06:00",
        "decide {'decision':'applies','reason':'All requirements are met.'}");
    refused(&c, "2026-03-13T10:00:00-06:00", POLL5, "3", "P.consent");
    say(&c, "2026-03-13T10:10:00-06:00",
        "consent {'person':1,'purpose':'P3','to':'focal points','given_by':'self',"
        "'form':'telephone','on':'2026-03-13'}");
    say(&c, "2026-03-13T10:20:00-06:00", POLL5);
    say(&c, "2026-03-13T10:21:00-06:00", "notify {'event':'poll'}");
    say(&c, "2026-03-14T09:00:00-06:00",
        "reply {'state':'MX','round':1,'legal':'yes','material':'partial','offer':true,"
        "'services':['shelter','legal']," SAID("Mexico", "2026-03-14") "}");
    say(&c, "2026-03-14T09:05:00-06:00",
        "reply {'state':'PA','round':1,'legal':'yes','material':'no','offer':false,"
        "'services':[]," SAID("Panama", "2026-03-14") "}");
    say(&c, "2026-03-15T09:00:00-06:00",
        "decline {'state':'CA','stage':'poll','round':1," SAID("Canada", "2026-03-15") "}");
    expect_stage(&c, "choice");
    refused(&c, "2026-03-15T10:00:00-06:00", "choose {'state':'CA','reason':'x'}", "5",
            "choose.offer");
    refused(&c, "2026-03-15T10:00:00-06:00", "choose {'state':'US','reason':'x'}", "5",
            "choose.offer");
    refused(&c, "2026-03-16T09:00:00-06:00", NOTE_MX, "5", "N.choice");
    say(&c, "2026-03-16T09:01:00-06:00", "choose {'state':'MX','reason':'Visits, in Spanish.'}");
    refused(&c, "2026-03-16T09:02:00-06:00", NOTE_MX, "3", "N.consent");
    say(&c, "2026-03-16T09:03:00-06:00",
        "consent {'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'telephone',"
        "'on':'2026-03-16'}");
    say(&c, "2026-03-16T09:04:00-06:00", NOTE_MX);
    char *note = xstrdup(last_id(&c));
    refused(&c, "2026-03-16T09:05:00-06:00", NOTE_MX, "6", "N.open");
    refused(&c, "2026-03-17T09:00:00-06:00", VISIT("2026-03-16T10:59:59+04:00"), "6", "A.note");
    say_of(&c, "2026-03-17T09:10:00-06:00",
           "accept {'state':'MX','note':'%s','scope':'Visits and a list of lawyers.'," SAID(
               "Mexico", "2026-03-17") "}",
           note);
    say(&c, "2026-03-18T09:00:00-06:00", VISIT("2026-03-17T10:00:00+04:00"));
    say(&c, "2026-03-20T09:00:00-06:00",
        "cost {'on':'2026-03-20','amount':'1850.00','currency':'AED','source':'undetermined',"
        "'item':'Ticket'}");
    char *cost = xstrdup(last_id(&c));
    refused(&c, "2026-03-21T09:00:00-06:00", "close {'outcome':['repatriated']}", "8", "C.costs");
    say_of(&c, "2026-03-21T09:01:00-06:00",
           "correct {'of':'%s','reason':'The capital pays.','payload':{'on':'2026-03-20',"
           "'amount':'1850.00','currency':'AED','source':'state_of_citizenship','item':'Ticket'}}",
           cost);
    refused(&c, "2026-03-21T09:02:00-06:00", "report {'meeting':'LON-CP','on':'2026-06-01'}", "7.7",
            "report.closed");
    say(&c, "2026-03-21T09:03:00-06:00", "close {'outcome':['repatriated'],'unmet_needs':[]}");
    refused(&c, "2026-03-21T09:04:00-06:00", POLL5, "7.7", "closed.exchange");
    say(&c, "2026-03-21T09:05:00-06:00", "report {'meeting':'LON-CP','on':'2026-06-01'}");
    expect_stage(&c, "reported");
    free(note);
    free(cost);
    case_release(&c);
}

/* ---- a child at night: the contact, the note by e-mail, then help; the post that assists ---- */

static void a_child_at_night(void **state)
{
    struct case_file c;

    (void)state;
    role = ROLE_OFFICER;
    kit_empty(&c, "MX");
    say(&c, "2026-03-11T22:00:00-05:00",
        "open {'role':'assisting','requesting_state':'GT','receiving_state':'HT',"
        "'priority':'life_threatening','source':'walk_in'}");
    say(&c, "2026-03-11T22:01:00-05:00",
        "person {'person':1,'surname_1':'LÓPEZ','given_names':'José Ángel',"
        "'birth_date':'2009-01-XX','nationalities':[{'state':'GT','proof':'passport'}]}");
    say(&c, "2026-03-11T22:40:00-05:00",
        "contact {'at':'2026-03-11T22:30:00-05:00','reason':'Shots near.','detail':'Water.'}");
    char *contact = xstrdup(last_id(&c));
#define HELP(at)                                                                                   \
    "assist {'at':'" at "','by':'MX','kind':'shelter','persons':[1],'manner':'good_offices',"      \
    "'detail':'A room.'}"
    /* The contact is no assistance, and none comes before the note. */
    assert_null(case_last(&c, ACT_ASSIST));
    refused(&c, "2026-03-11T23:35:00-05:00", HELP("2026-03-11T23:30:00-05:00"), "6", "A.note");
    say(&c, "2026-03-11T23:45:00-05:00",
        "note {'kind':'REQ','direction':'in','from':{'state':'GT','office':'Embassy',"
        "'city':'Santo Domingo'},'date':'2026-03-11','at':'2026-03-11T23:40:00-05:00',"
        "'number':'9/2026'," SAID("Embassy of Guatemala", "2026-03-11") "}");
    char *note = xstrdup(last_id(&c));
    refused(&c, "2026-03-11T23:58:00-05:00", HELP("2026-03-11T23:39:59-05:00"), "6", "A.note");
    say(&c, "2026-03-11T23:58:00-05:00", HELP("2026-03-12T04:55:00Z"));
    say_of(&c, "2026-03-12T09:00:00-05:00", "accept {'state':'MX','note':'%s','scope':'Shelter.'}",
           note);
    /* Who made the contact does not countersign it. */
    refused_of(&c, "2026-03-12T09:01:00-05:00", "countersign {'of':'%s'}", contact, "-",
               "countersign.head");
    role = ROLE_HEAD;
    say_of(&c, "2026-03-12T09:02:00-05:00", "countersign {'of':'%s'}", contact);
    refused(&c, "2026-03-20T09:00:00-05:00", "close {'outcome':['family_reunited']}", "7.4",
            "C.child");
    say(&c, "2026-03-20T09:01:00-05:00",
        "child {'person':1,'accompanied':'unaccompanied','care':'The shelter since 11 March',"
        "'responsible':'not_obtainable: no papers','views':'Wants to his mother',"
        "'best_interests':'Reunion','by':'Post and UNICEF','on':'2026-03-15'}");
    say(&c, "2026-03-20T09:02:00-05:00", "close {'outcome':['family_reunited'],'unmet_needs':[]}");
    free(note);
    free(contact);
    case_release(&c);
}

/* ---- consent taken back ---- */

static void consent_is_taken_back(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "choose", "{'state':'MX','reason':'Near.'}");
    kit_add(&c, "consent",
            "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral',"
            "'on':'2026-03-10'}");
    say(&c, "2026-03-17T09:00:00-06:00", NOTE_MX);
    char *note = xstrdup(last_id(&c));
    say(&c, "2026-03-20T09:00:00-06:00",
        "withdraw_consent {'person':1,'purposes':['P4','P5','P6','P7','P8'],'on':'2026-03-20',"
        "'form':'telephone'}");
    refused(&c, "2026-03-20T09:01:00-06:00",
            "note {'kind':'SCOPE','direction':'out','to':{'state':'MX','office':'Embassy',"
            "'city':'Abu Dhabi'},'persons':[1],'date':'2026-03-20'}",
            "3", "N.withdrawn");
    say(&c, "2026-03-20T09:02:00-06:00",
        "note {'kind':'WDR','direction':'out','to':{'state':'MX','office':'Embassy',"
        "'city':'Abu Dhabi'},'persons':[1],'date':'2026-03-20'}");
    say_of(&c, "2026-03-20T09:03:00-06:00",
           "withdraw {'note':'%s','at':'2026-03-20T19:00:00+04:00','reason':'Consent is gone.'}",
           note);
    refused(&c, "2026-03-21T09:00:00-06:00", VISIT("2026-03-20T19:00:00+04:00"), "6", "A.note");
    say(&c, "2026-03-21T09:01:00-06:00", VISIT("2026-03-20T18:59:59+04:00"));
    say(&c, "2026-03-21T09:02:00-06:00",
        "data_return {'state':'MX','asked_on':'2026-03-20','form':'destroyed'}");
    refused(&c, "2026-03-22T09:00:00-06:00", "close {'outcome':['consent_withdrawn']}", "7.7",
            "C.reason");
    refused(&c, "2026-03-22T09:00:00-06:00",
            "close {'outcome':['consent_withdrawn'],'reason':'By telephone.'}", "5",
            "C.acceptance");
    say(&c, "2026-03-22T09:01:00-06:00",
        "close {'outcome':['consent_withdrawn'],'reason':'By telephone.',"
        "'override':{'reason':'The withdrawal crossed the acceptance.','for':['C.acceptance']}}");
    assert_string_equal(case_exit(&c), "consent_withdrawn");
    free(note);
    case_release(&c);
}

/* ---- trafficking: the network first; and one who fears his own State ---- */

static void the_network_comes_first(void **state)
{
    struct case_file c;
    static const char poll[] = "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18'}";

    (void)state;
    kit_empty(&c, "HN");
    say(&c, "2026-03-10T09:00:00-06:00",
        "open {'role':'requesting','receiving_state':'AE','priority':'urgent','source':'ngo'}");
    say(&c, "2026-03-10T09:01:00-06:00",
        "person {'person':1,'surname_1':'MEJÍA','given_names':'Luis',"
        "'nationalities':[{'state':'HN','proof':'passport'}]}");
    say(&c, "2026-03-10T09:02:00-06:00",
        "person {'person':2,'surname_1':'PAZ','given_names':'Iván','fears_own_state':true,"
        "'nationalities':[{'state':'HN','proof':'passport'}]}");
    say(&c, "2026-03-10T09:03:00-06:00",
        "ground {'person':1,'code':'G6a','perpetrator':'criminal_group','facts':'Forced.'}");
    say(&c, "2026-03-10T09:04:00-06:00",
        "consent {'person':1,'purpose':'P3','to':'focal points','given_by':'self',"
        "'form':'telephone','on':'2026-03-10'}");
    say(&c, "2026-03-10T09:05:00-06:00", "decide {'decision':'applies','reason':'x'}");
    refused(&c, "2026-03-10T09:06:00-06:00", poll, "7.4", "P.network");
    refused(&c, "2026-03-10T09:06:00-06:00",
            "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1,2],"
            "'override':{'reason':'They are beaten.'}}",
            "3", "P.lock");
    say(&c, "2026-03-10T09:07:00-06:00", "refer {'to':'network','on':'2026-03-10','persons':[1]}");
    refused(&c, "2026-03-10T09:08:00-06:00", poll, "7.4", "P.network");
    say(&c, "2026-03-13T09:00:00-06:00",
        "refer_answer {'to':'network','persons':[1],'on':'2026-03-13',"
        "'answer':'cannot_be_resolved','because':'No partner in the country.'}");
    say(&c, "2026-03-13T09:01:00-06:00", poll);
    say(&c, "2026-03-13T09:02:00-06:00", "refer {'to':'unhcr','on':'2026-03-13','persons':[2]}");
    role = ROLE_OFFICER;
    refused(&c, "2026-03-13T09:03:00-06:00",
            "lift_lock {'person':2,'counselling':'By a lawyer.','consent':'In writing.'}", "3",
            "lift_lock.head");
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_case_goes_its_way, setup, teardown),
        cmocka_unit_test_setup_teardown(a_child_at_night, setup, teardown),
        cmocka_unit_test_setup_teardown(consent_is_taken_back, setup, teardown),
        cmocka_unit_test_setup_teardown(the_network_comes_first, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
