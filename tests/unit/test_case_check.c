/* SPDX-License-Identifier: MIT */
/* What a payload says of the case and cannot be. */
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
#define TO_MX "'to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"
#define NOTE_MX                                                                                    \
    "{'kind':'REQ','direction':'out'," TO_MX ",'date':'2026-03-16',"                               \
    "'at':'2026-03-16T11:00:00+04:00'}"

/* %s in the payload is the id. fault NULL: it passes; else one line that begins with it. */
static void check(const struct case_file *c, const char *name, const char *payload, const char *id,
                  const char *fault)
{
    const char *place = strstr(payload, "%s");
    char *whole = place ? xasprintf("%.*s%s%s", (int)(place - payload), payload, id, place + 2)
                        : xstrdup(payload);
    json_t *json = kit_json(whole);
    struct error err = ERROR_INIT;
    const struct act_type *type = act_type_named(name);

    if (!payload_check(type, json, &err))
        fail_msg("%s: the payload itself: %s", name, error_text(&err));
    bool ok = case_check(c, type->kind, json, NOW, &err);
    if (ok != !fault)
        fail_msg("%s %s: %s", name, payload, ok ? "passes" : error_text(&err));
    if (fault && (strncmp(error_text(&err), fault, strlen(fault)) ||
                  error_text(&err)[strlen(fault)] != ':' || strchr(error_text(&err), '\n')))
        fail_msg("%s: expected a fault at %s: %s", name, fault, error_text(&err));
    assert_int_equal(err.kind, fault ? ERROR_INPUT : ERROR_NONE);
    error_release(&err);
    json_decref(json);
    free(whole);
}

static void assisting(struct case_file *c)
{
    kit_empty(c, "MX");
    kit_add(c, "open",
            "{'role':'assisting','requesting_state':'GT','receiving_state':'HT',"
            "'priority':'life_threatening','source':'other_post'}");
    kit_add(c, "person", "{'person':1,'single_name':'José','nationalities':[]}");
}

static void a_case_is_opened_once(void **state)
{
    struct case_file c;
    const char *open =
        "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}";

    (void)state;
    kit_empty(&c, "HN");
    check(&c, "open", open, "", NULL);
    check(&c, "person", "{'person':1,'single_name':'A','nationalities':[]}", "", "person");
    kit_add(&c, "open", open);
    check(&c, "open", open, "", "open");
    case_release(&c);
}

static void states_must_make_sense(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    check(&c, "open",
          "{'role':'requesting','receiving_state':'HN','priority':'routine','source':'phone'}", "",
          "receiving_state");
    check(&c, "open",
          "{'role':'requesting','requesting_state':'HN','receiving_state':'AE',"
          "'priority':'routine','source':'phone'}",
          "", NULL);
    check(&c, "open",
          "{'role':'requesting','requesting_state':'GT','receiving_state':'AE',"
          "'priority':'routine','source':'phone'}",
          "", "requesting_state");
    check(&c, "open",
          "{'role':'assisting','requesting_state':'HN','receiving_state':'AE',"
          "'priority':'routine','source':'phone'}",
          "", "requesting_state");
    check(&c, "open",
          "{'role':'assisting','requesting_state':'GT','receiving_state':'GT',"
          "'priority':'routine','source':'phone'}",
          "", "receiving_state");
    case_release(&c);

    kit_case(&c);
    check(&c, "poll", "{'round':1,'to':['MX','HN'],'reply_by':'2026-04-01'}", "", "to[1]");
    check(&c, "poll", "{'round':1,'to':['AE','MX'],'reply_by':'2026-04-01'}", "", "to[0]");
    check(&c, "poll", "{'round':1,'to':['CR','MX'],'reply_by':'2026-04-01'}", "", NULL);
    check(&c, "note",
          "{'kind':'REQ','direction':'out','to':{'state':'AE','office':'M','city':'C'},"
          "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00'}",
          "", "to.state");
    check(&c, "note",
          "{'kind':'LOC','direction':'out','to':{'state':'AE','office':'M','city':'C'},"
          "'date':'2026-03-16'}",
          "", NULL);
    check(&c, "assist",
          "{'at':'2026-03-17T10:00:00+04:00','by':'HN','kind':'visit','persons':[1],"
          "'manner':'good_offices','detail':'x'," SAID "}",
          "", "by");
    case_release(&c);
}

static void persons_must_be_recorded(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    check(&c, "need", "{'need':'legal','urgency':'week','person':2}", "", "person");
    check(&c, "need", "{'need':'legal','urgency':'week','person':1}", "", NULL);
    check(&c, "refer", "{'to':'network','on':'2026-03-12','persons':[1,2]}", "", "persons[1]");
    check(&c, "person", "{'person':2,'single_name':'A','nationalities':[]}", "", NULL);
    kit_add(&c, "person", "{'person':2,'single_name':'A','nationalities':[]}");
    check(&c, "determine", "{'requirement':'R9','status':'met','reason':'x'}", "", "person");
    check(&c, "determine", "{'requirement':'R9','status':'met','reason':'x','person':2}", "", NULL);
    check(&c, "determine", "{'requirement':'R3','status':'met','reason':'x'}", "", NULL);
    check(&c, "lift_lock", "{'person':1,'counselling':'a','consent':'b'}", "", "person");
    case_release(&c);
}

static void a_case_holds_so_many_persons(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    for (int i = 2; i <= CASE_PERSONS_MOST; i++) {
        char *person = xasprintf("{'person':%d,'single_name':'A','nationalities':[]}", i);
        check(&c, "person", person, "", NULL);
        kit_add(&c, "person", person);
        free(person);
    }
    check(&c, "person", "{'person':9999,'single_name':'A','nationalities':[]}", "", "person");
    check(&c, "person", "{'person':1,'single_name':'B','nationalities':[]}", "", NULL);
    case_release(&c);
}

static void acts_must_be_there_and_of_their_kind(void **state)
{
    struct case_file c;
    char nowhere[2 * ACT_ID_SIZE + 1], person[2 * ACT_ID_SIZE + 1];

    (void)state;
    memset(nowhere, 'e', sizeof nowhere - 1);
    nowhere[sizeof nowhere - 1] = '\0';
    kit_case(&c);
    act_id_hex(c.acts[1].id, person);
    const char *note = kit_add(&c, "note", NOTE_MX);
    const char *scope =
        kit_add(&c, "note", "{'kind':'SCOPE','direction':'out'," TO_MX ",'date':'2026-03-16'}");
    static const char withdraw[] =
        "{'note':'%s','at':'2026-03-18T09:00:00+04:00','reason':'Consent is gone.'}";

    check(&c, "withdraw", withdraw, note, NULL);
    check(&c, "withdraw", withdraw, scope, "note");
    check(&c, "withdraw", withdraw, person, "note");
    check(&c, "withdraw", withdraw, nowhere, "note");
    check(&c, "accept", "{'state':'MX','note':'%s','scope':'x'," SAID "}", scope, NULL);
    check(&c, "accept", "{'state':'MX','note':'%s','scope':'x'," SAID "}", person, "note");
    check(&c, "decline", "{'state':'MX','stage':'note','note':'%s'," SAID "}", scope, "note");
    check(&c, "annul", "{'note':'%s','reason':'x'}", scope, NULL);
    kit_add_of(&c, "annul", "{'note':'%s','reason':'x'}", scope);
    check(&c, "annul", "{'note':'%s','reason':'x'}", scope, "note");
    check(&c, "countersign", "{'of':'%s'}", note, "of");
    const char *contact = kit_add(
        &c, "contact", "{'at':'2026-03-12T23:10:00-05:00','reason':'Shots.','detail':'Called.'}");
    check(&c, "countersign", "{'of':'%s'}", contact, NULL);
    kit_add_of(&c, "countersign", "{'of':'%s'}", contact);
    check(&c, "countersign", "{'of':'%s'}", contact, "of");
    case_release(&c);
}

static void what_happened_lies_behind(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    check(&c, "note",
          "{'kind':'REQ','direction':'out'," TO_MX
          ",'date':'2026-03-20','at':'2026-03-20T22:00:00+04:00'}",
          "", NULL); /* the very instant */
    check(&c, "note",
          "{'kind':'REQ','direction':'out'," TO_MX
          ",'date':'2026-03-20','at':'2026-03-20T22:00:01+04:00'}",
          "", "at");
    check(&c, "contact", "{'at':'2026-03-20T18:00:01Z','reason':'x','detail':'y'}", "", "at");
    check(&c, "consent",
          "{'person':1,'purpose':'P3','to':'x','given_by':'self','form':'oral',"
          "'on':'2026-03-21'}",
          "", NULL); /* it is that day already in the far East */
    check(&c, "consent",
          "{'person':1,'purpose':'P3','to':'x','given_by':'self','form':'oral',"
          "'on':'2026-03-22'}",
          "", "on");
    check(&c, "person",
          "{'person':1,'single_name':'A','nationalities':[],'birth_date':'2026-03-XX'}", "", NULL);
    check(&c, "person",
          "{'person':1,'single_name':'A','nationalities':[],'birth_date':'2026-04-XX'}", "",
          "birth_date");
    check(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2027-01-01'}", "", NULL);
    kit_add(&c, "refer", "{'to':'network','on':'2026-03-12','persons':[1]}");
    check(&c, "refer_answer",
          "{'to':'network','persons':[1],'on':'2026-03-11','answer':'not_competent',"
          "'because':'x'}",
          "", "on");
    check(&c, "refer_answer",
          "{'to':'network','persons':[1],'on':'2026-03-12','answer':'not_competent',"
          "'because':'x'}",
          "", NULL);
    case_release(&c);
}

static void the_other_side_is_transcribed(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *note = kit_add(&c, "note", NOTE_MX);
#define REPLY(state, more)                                                                         \
    "{'state':'" state "','round':1,'legal':'no','material':'no','offer':false,'services':[]" more \
    "}"
    check(&c, "reply", REPLY("MX", ""), "", "transcribed");
    check(&c, "reply", REPLY("MX", "," SAID), "", NULL);
    check(&c, "decline", "{'state':'MX','stage':'poll','round':1}", "", "transcribed");
    check(&c, "accept", "{'state':'MX','note':'%s','scope':'x'}", note, "transcribed");
    check(&c, "assist",
          "{'at':'2026-03-17T10:00:00+04:00','by':'MX','kind':'visit','persons':[1],"
          "'manner':'good_offices','detail':'x'}",
          "", "transcribed");
    check(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-04-01'}", "", NULL);
    check(&c, "note",
          "{'kind':'REQ','direction':'in','from':{'state':'HN','office':'E','city':'C'},"
          "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00','number':'1'," SAID "}",
          "", "direction");
    case_release(&c);

    assisting(&c);
    check(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-04-01'}", "", "transcribed");
    check(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-04-01'," SAID "}", "", NULL);
    check(&c, "reply", REPLY("MX", ""), "", NULL);
    check(&c, "reply", REPLY("CA", ""), "", "transcribed");
    check(&c, "assist",
          "{'at':'2026-03-17T10:00:00+04:00','by':'MX','kind':'visit','persons':[1],"
          "'manner':'good_offices','detail':'x'}",
          "", NULL);
    check(&c, "note",
          "{'kind':'REQ','direction':'in','from':{'state':'GT','office':'E','city':'C'},"
          "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00','number':'1'," SAID "}",
          "", NULL);
    check(&c, "note",
          "{'kind':'REQ','direction':'in','from':{'state':'SV','office':'E','city':'C'},"
          "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00','number':'1'," SAID "}",
          "", "from.state");
    check(&c, "note",
          "{'kind':'REQ','direction':'out','to':{'state':'CA','office':'E','city':'C'},"
          "'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00'}",
          "", "direction");
    case_release(&c);
}

static void corrections_are_checked_whole(void **state)
{
    struct case_file c;
    char person[2 * ACT_ID_SIZE + 1];

    (void)state;
    kit_case(&c);
    act_id_hex(c.acts[1].id, person);
    check(&c, "correct",
          "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A','nationalities':[]}}",
          person, NULL);
    check(&c, "correct",
          "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A','nationalities':[],"
          "'colour':1}}",
          person, "payload.colour");
    check(&c, "correct", "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A'}}",
          person, "payload.nationalities");
    check(&c, "correct",
          "{'of':'%s','reason':'x','payload':{'person':2,'single_name':'A','nationalities':[]}}",
          person, "payload.person");
    check(&c, "correct",
          "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A','nationalities':[],"
          "'birth_date':'2031-01-01'}}",
          person, "payload.birth_date");
    const char *correction = kit_add_of(
        &c, "correct",
        "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A','nationalities':[]}}",
        person);
    check(&c, "correct",
          "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'A','nationalities':[]}}",
          correction, "of");
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_opened_once),
        cmocka_unit_test(states_must_make_sense),
        cmocka_unit_test(persons_must_be_recorded),
        cmocka_unit_test(a_case_holds_so_many_persons),
        cmocka_unit_test(acts_must_be_there_and_of_their_kind),
        cmocka_unit_test(what_happened_lies_behind),
        cmocka_unit_test(the_other_side_is_transcribed),
        cmocka_unit_test(corrections_are_checked_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
