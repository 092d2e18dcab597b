/* SPDX-License-Identifier: MIT */
/* The fold: what a case is, from its acts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fold_kit.h"

#define TO_MX "'to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"
#define NOTE_MX                                                                                    \
    "{'kind':'REQ','direction':'out'," TO_MX ",'persons':[1],'date':'2026-03-16',"                 \
    "'at':'2026-03-16T11:00:00+04:00'}"
#define POLL "{'round':1,'to':['MX','CR','CA'],'reply_by':'2026-03-18'}"
#define SAID "'transcribed':{'from':'Focal point','channel':'email','on':'2026-03-14'}"
#define REPLY_MX                                                                                   \
    "{'state':'MX','round':1,'legal':'yes','material':'partial','offer':true,"                     \
    "'services':['shelter']," SAID "}"

static struct instant instant(const char *text)
{
    struct instant at;

    assert_true(instant_parse(text, &at));
    return at;
}

static const char *entry_id(const struct entry *e)
{
    static char hex[2 * ACT_ID_SIZE + 1];

    act_id_hex(e->act->id, hex);
    return hex;
}

/* ---- order, corrections ---- */

static void acts_keep_their_order(void **state)
{
    struct case_file c;
    const struct entry *e;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person", "{'person':7,'single_name':'Ana','nationalities':[]}");
    kit_add(&c, "person", "{'person':1,'single_name':'Eva','nationalities':[]}");
    e = case_next(&c, NULL, ACT_PERSON);
    assert_int_equal(e->act->seq, 2);
    e = case_next(&c, e, ACT_PERSON);
    assert_int_equal(entry_number(e, "person"), 7);
    assert_string_equal(entry_text(case_last(&c, ACT_PERSON), "single_name"), "Eva");
    assert_null(case_next(&c, case_last(&c, ACT_PERSON), ACT_PERSON));
    assert_null(case_last(&c, ACT_POLL));

    long persons[2] = {0, 0};
    assert_int_equal(case_persons(&c, persons, 2), 2);
    assert_int_equal(persons[0], 1);
    assert_int_equal(persons[1], 7);
    assert_int_equal(case_persons(&c, persons, 0), 2);
    assert_string_equal(entry_text(case_person(&c, 1), "single_name"), "Eva");
    assert_null(case_person(&c, 2));
    assert_string_equal(case_requesting_state(&c), "HN");
    assert_string_equal(case_receiving_state(&c), "AE");
    case_release(&c);
}

static void corrections_take_the_place(void **state)
{
    struct case_file c;
    const char *of;

    (void)state;
    kit_case(&c);
    of = entry_id(&c.entries[2]);
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'Heard wrong.','payload':{'person':1,'code':'G3',"
               "'perpetrator':'family','facts':'At home.'}}",
               of);
    const struct entry *ground = case_last(&c, ACT_GROUND);
    assert_int_equal(ground->act->seq, 3);
    assert_string_equal(entry_text(ground, "code"), "G3");
    assert_int_equal(ground->correction->seq, 4);
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'Again.','payload':{'person':1,'code':'G4',"
               "'perpetrator':'none','facts':'The flood.'}}",
               of);
    ground = case_last(&c, ACT_GROUND);
    assert_string_equal(entry_text(ground, "code"), "G4");
    assert_int_equal(ground->correction->seq, 5);
    /* The act itself is what it was. */
    assert_string_equal(json_string_value(json_object_get(ground->act->payload, "code")), "G5");
    case_release(&c);
}

static void a_correction_of_nothing_changes_nothing(void **state)
{
    struct case_file c;
    char id[2 * ACT_ID_SIZE + 1];

    (void)state;
    kit_case(&c);
    memset(id, 'f', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    kit_add_of(&c, "correct", "{'of':'%s','reason':'x','payload':{'person':9}}", id);
    kit_add_of(&c, "annul", "{'note':'%s','reason':'x'}", id);
    assert_null(case_entry(&c, id));
    assert_null(case_entry(&c, "12"));
    assert_null(case_entry(&c, NULL));
    assert_int_equal(case_stage(&c), STAGE_ELIGIBILITY);
    case_release(&c);
}

/* ---- the protection lock ---- */

static void fear_locks_until_it_is_lifted(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_false(case_locked(&c, 1));
    kit_add(&c, "person",
            "{'person':1,'single_name':'Ana','nationalities':[],'fears_own_state':true}");
    assert_true(case_locked(&c, 1));
    assert_false(case_locked(&c, 2));
    /* Neither a new record nor a correction lifts it. */
    kit_add(&c, "person",
            "{'person':1,'single_name':'Ana','nationalities':[],'fears_own_state':false}");
    assert_true(case_locked(&c, 1));
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'Ana',"
               "'nationalities':[],'fears_own_state':false}}",
               entry_id(&c.entries[3]));
    assert_true(case_locked(&c, 1));
    kit_add(&c, "lift_lock", "{'person':2,'counselling':'a','consent':'b'}");
    assert_true(case_locked(&c, 1));
    kit_add(&c, "lift_lock", "{'person':1,'counselling':'a','consent':'b'}");
    assert_false(case_locked(&c, 1));
    /* A correction sets it as well. */
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'x','payload':{'person':1,'single_name':'Ana',"
               "'nationalities':[],'fears_own_state':true}}",
               entry_id(&c.entries[1]));
    assert_true(case_locked(&c, 1));
    case_release(&c);
}

/* ---- stages ---- */

static void expect_stage(const struct case_file *c, const char *name)
{
    assert_string_equal(stage_name(case_stage(c)), name);
}

static void stages_follow_the_acts(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    expect_stage(&c, "draft");
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    expect_stage(&c, "draft");
    kit_add(&c, "person", "{'person':1,'single_name':'Ana','nationalities':[]}");
    expect_stage(&c, "intake");
    kit_add(&c, "ground", "{'person':1,'code':'G5','perpetrator':'employer','facts':'Unpaid.'}");
    expect_stage(&c, "eligibility");
    kit_add(&c, "decide", "{'decision':'more_facts','reason':'Ask.'}");
    expect_stage(&c, "eligibility");
    kit_add(&c, "decide", "{'decision':'applies','reason':'All is there.'}");
    expect_stage(&c, "poll");
    kit_add(&c, "poll", POLL);
    expect_stage(&c, "poll");
    kit_add(&c, "reply",
            "{'state':'PA','round':1,'legal':'yes','material':'no','offer':false,'services':[]}");
    expect_stage(&c, "poll");
    kit_add(&c, "reply", REPLY_MX);
    expect_stage(&c, "choice");
    kit_add(&c, "decline", "{'state':'MX','stage':'poll','round':1}");
    expect_stage(&c, "poll"); /* no offer stands */
    kit_add(&c, "reply",
            "{'state':'MX','round':2,'legal':'yes','material':'yes','offer':true,'services':[]}");
    expect_stage(&c, "choice");
    kit_add(&c, "choose", "{'state':'MX','reason':'Near.'}");
    expect_stage(&c, "note");
    const char *note = kit_add(&c, "note", NOTE_MX);
    expect_stage(&c, "scope");
    kit_add_of(&c, "annul", "{'note':'%s','reason':'Typing mistake.'}", note);
    expect_stage(&c, "note");
    note = kit_add(&c, "note", NOTE_MX);
    kit_add_of(&c, "accept", "{'state':'MX','note':'%s','scope':'Visits.'}", note);
    expect_stage(&c, "help");
    assert_null(case_exit(&c));
    kit_add(&c, "report", "{'meeting':'LON-CP','on':'2026-06-01','pending':true}");
    expect_stage(&c, "help");
    kit_add(&c, "close", "{'outcome':['repatriated','out_of_reach'],'reason':'x'}");
    expect_stage(&c, "closing");
    assert_string_equal(case_exit(&c), "out_of_reach");
    assert_true(case_closed(&c));
    kit_add(&c, "report", "{'meeting':'LON-CP','on':'2026-06-01'}");
    expect_stage(&c, "reported");
    kit_add(&c, "reopen", "{'reason':'Back.'}");
    expect_stage(&c, "help");
    assert_false(case_closed(&c));
    assert_null(case_exit(&c));
    kit_add(&c, "close", "{'outcome':['repatriated']}");
    assert_null(case_exit(&c));
    assert_true(case_closed(&c));
    case_release(&c);
}

static void notes_of_other_kinds_are_no_request(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "choose", "{'state':'MX','reason':'Near.'}");
    kit_add(&c, "note", "{'kind':'TSN','direction':'out'," TO_MX ",'date':'2026-03-16'}");
    expect_stage(&c, "note");
    assert_null(case_open_request(&c, NULL, 0));
    case_release(&c);
}

/* ---- consents ---- */

#define CONSENT(purpose, to, on)                                                                   \
    "{'person':1,'purpose':'" purpose "','to':'" to "','given_by':'self','form':'oral','on':'" on  \
    "'}"

static void consents_are_for_a_recipient(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_false(case_consents(&c, 1, "P4", NULL));
    assert_false(case_consent_withdrawn(&c, 1, "P4", "MX"));
    kit_add(&c, "consent", CONSENT("P4", "MX", "2026-03-12"));
    assert_true(case_consents(&c, 1, "P4", "MX"));
    assert_true(case_consents(&c, 1, "P4", NULL));
    assert_false(case_consents(&c, 1, "P4", "CR"));
    assert_false(case_consents(&c, 2, "P4", "MX"));
    assert_false(case_consents(&c, 1, "P3", NULL));
    kit_add(&c, "consent", CONSENT("P6", "Policía de Dubái", "2026-03-12"));
    assert_true(case_consents(&c, 1, "P6", "POLICIA DE DUBAI"));
    assert_true(case_consents(&c, 1, "P6", "Policía de Dubái, Oficina 3"));
    assert_false(case_consents(&c, 1, "P6", "Labour Court"));
    assert_false(case_consents(&c, 1, "P6", ""));
    case_release(&c);
}

static void withdrawals_follow_by_date(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "consent", CONSENT("P4", "MX", "2026-03-12"));
    kit_add(&c, "consent", CONSENT("P5", "IOM", "2026-03-12"));
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4','P8'],'on':'2026-03-20','form':'telephone'}");
    assert_false(case_consents(&c, 1, "P4", "MX"));
    assert_true(case_consent_withdrawn(&c, 1, "P4", "MX"));
    assert_true(case_consent_withdrawn(&c, 1, "P4", "CR")); /* she said: to no State */
    assert_false(case_consent_withdrawn(&c, 2, "P4", "MX"));
    assert_true(case_consents(&c, 1, "P5", "IOM"));
    assert_false(case_consent_withdrawn(&c, 1, "P5", "IOM"));
    /* Recorded later, but given before she withdrew. */
    kit_add(&c, "consent", CONSENT("P4", "MX", "2026-03-19"));
    assert_false(case_consents(&c, 1, "P4", "MX"));
    /* A newer one stands, on the same day too. */
    kit_add(&c, "consent", CONSENT("P4", "MX", "2026-03-20"));
    assert_true(case_consents(&c, 1, "P4", "MX"));
    assert_false(case_consent_withdrawn(&c, 1, "P4", "MX"));
    assert_true(case_consent_withdrawn(&c, 1, "P4", "CR"));
    /* A withdrawal told to us late, of an earlier day, does not undo it. */
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-18','form':'written'}");
    assert_true(case_consents(&c, 1, "P4", "MX"));
    case_release(&c);
}

static void withdrawals_may_be_for_one_recipient(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "consent", CONSENT("P4", "MX", "2026-03-12"));
    kit_add(&c, "consent", CONSENT("P4", "CR", "2026-03-12"));
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-20','form':'written','to':'MX'}");
    assert_true(case_consent_withdrawn(&c, 1, "P4", "MX"));
    assert_true(case_consents(&c, 1, "P4", "CR"));
    assert_true(case_consents(&c, 1, "P4", NULL));
    case_release(&c);
}

/* ---- answers ---- */

static void the_latest_answer_counts(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", POLL);
    assert_null(case_answer(&c, "MX", 0));
    kit_add(&c, "reply", REPLY_MX);
    assert_int_equal(case_answer(&c, "MX", 0)->act->kind, ACT_REPLY);
    assert_null(case_answer(&c, "CR", 0));
    kit_add(&c, "decline", "{'state':'MX','stage':'poll','round':1}");
    assert_int_equal(case_answer(&c, "MX", 1)->act->kind, ACT_DECLINE);
    kit_add(&c, "reply",
            "{'state':'MX','round':2,'legal':'yes','material':'yes','offer':true,'services':[]}");
    assert_int_equal(entry_number(case_answer(&c, "MX", 0), "round"), 2);
    /* A late answer to the first round does not undo the second. */
    kit_add(&c, "decline", "{'state':'MX','stage':'poll','round':1}");
    assert_int_equal(case_answer(&c, "MX", 0)->act->kind, ACT_REPLY);
    assert_int_equal(case_answer(&c, "MX", 1)->act->kind, ACT_DECLINE);
    assert_null(case_answer(&c, "MX", 3));
    case_release(&c);
}

static void declining_a_note_is_no_answer_to_a_poll(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "reply", REPLY_MX);
    const char *note = kit_add(&c, "note", NOTE_MX);
    kit_add_of(&c, "decline", "{'state':'MX','stage':'note','note':'%s'," SAID "}", note);
    assert_int_equal(case_answer(&c, "MX", 0)->act->kind, ACT_REPLY);
    case_release(&c);
}

/* ---- requests ---- */

static void requests_cover_persons_and_time(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "note", NOTE_MX);
    assert_non_null(case_open_request(&c, "MX", 1));
    assert_non_null(case_open_request(&c, NULL, 0));
    assert_null(case_open_request(&c, "MX", 2));
    assert_null(case_open_request(&c, "CR", 1));
    /* The same instant, told with other offsets. */
    assert_non_null(case_request_at(&c, "MX", 1, instant("2026-03-16T07:00:00Z")));
    assert_non_null(case_request_at(&c, "MX", 1, instant("2026-03-16T01:00:00-06:00")));
    assert_null(case_request_at(&c, "MX", 1, instant("2026-03-16T06:59:59Z")));
    assert_null(case_request_at(&c, "MX", 1, instant("2026-03-16T10:59:59+04:00")));
    case_release(&c);
}

static void a_request_without_persons_covers_who_was_there(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[],'fears_own_state':true}");
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'out'," TO_MX
            ",'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00'}");
    kit_add(&c, "person", "{'person':3,'single_name':'Ada','nationalities':[]}");
    kit_add(&c, "lift_lock", "{'person':2,'counselling':'a','consent':'b'}");
    assert_non_null(case_open_request(&c, "MX", 1));
    assert_null(case_open_request(&c, "MX", 2)); /* locked then */
    assert_null(case_open_request(&c, "MX", 3)); /* not there then */

    long persons[5];
    json_t *poll = kit_json(POLL);
    assert_int_equal(case_subjects(&c, poll, 0, persons, 5), 3);
    json_decref(poll);
    case_release(&c);
}

static void requests_end(void **state)
{
    static const struct {
        const char *act, *payload, *last, *first; /* still covered at, no more from */
    } ends[] = {
        {"withdraw", "{'note':'%s','at':'2026-03-20T10:00:00+04:00','reason':'x'}",
         "2026-03-20T05:59:59Z", "2026-03-20T06:00:00Z"},
        {"annul", "{'note':'%s','reason':'x'}", /* recorded on 10 March at 13:00 -06:00 */
         NULL, "2026-03-16T08:00:00Z"},
        {"decline",
         "{'state':'MX','stage':'note','note':'%s','transcribed':{'from':'MX','channel':'email',"
         "'on':'2026-03-18'}}",
         "2026-03-17T23:59:59+04:00", "2026-03-18T00:00:00+04:00"},
        {"decline",
         "{'state':'MX','stage':'assistance','note':'%s','hand_over_on':'2026-03-25',"
         "'transcribed':{'from':'MX','channel':'email','on':'2026-03-18'}}",
         "2026-03-25T23:59:00+04:00", "2026-03-26T00:00:00+04:00"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct case_file c;

        kit_case(&c);
        const char *note = kit_add(&c, "note", NOTE_MX);
        kit_add_of(&c, ends[i].act, ends[i].payload, note);
        assert_null(case_open_request(&c, "MX", 1));
        assert_true(request_ended(&c, case_entry(&c, note)));
        if (ends[i].last)
            assert_non_null(case_request_at(&c, "MX", 1, instant(ends[i].last)));
        assert_null(case_request_at(&c, "MX", 1, instant(ends[i].first)));
        case_release(&c);
    }
}

static void acceptance_does_not_end_a_request(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *note = kit_add(&c, "note", NOTE_MX);
    assert_null(case_acceptance(&c, case_entry(&c, note)));
    kit_add_of(&c, "accept", "{'state':'MX','note':'%s','scope':'Visits.'," SAID "}", note);
    assert_non_null(case_open_request(&c, "MX", 1));
    assert_non_null(case_acceptance(&c, case_entry(&c, note)));
    assert_null(case_acceptance(&c, NULL));
    case_release(&c);
}

static void an_original_is_the_same_note(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const char *mail = kit_add(&c, "note", NOTE_MX);
    kit_add_of(&c, "note",
               "{'kind':'REQ','direction':'out'," TO_MX
               ",'persons':[1],'date':'2026-03-16','at':'2026-03-19T11:00:00+04:00',"
               "'same_as':'%s'}",
               mail);
    const struct entry *original = case_last(&c, ACT_NOTE);
    assert_true(request_same(&c, original, case_entry(&c, mail)));
    assert_non_null(case_request_at(&c, "MX", 1, instant("2026-03-16T12:00:00+04:00")));
    kit_add_of(&c, "withdraw", "{'note':'%s','at':'2026-03-20T10:00:00+04:00','reason':'x'}", mail);
    assert_true(request_ended(&c, case_last(&c, ACT_NOTE)));
    assert_null(case_open_request(&c, "MX", 1));
    case_release(&c);
}

static void an_incoming_request_is_to_this_post(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "MX");
    kit_add(&c, "open",
            "{'role':'assisting','requesting_state':'GT','receiving_state':'HT',"
            "'priority':'life_threatening','source':'other_post'}");
    kit_add(&c, "person", "{'person':1,'single_name':'José','nationalities':[]}");
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'in','from':{'state':'GT','office':'Consulate General',"
            "'city':'Santo Domingo'},'date':'2026-03-11','at':'2026-03-11T23:40:00-05:00',"
            "'number':'9/2026','transcribed':{'from':'Guatemala','channel':'email',"
            "'on':'2026-03-11'}}");
    assert_string_equal(case_requesting_state(&c), "GT");
    assert_non_null(case_open_request(&c, "MX", 1));
    assert_non_null(case_request_at(&c, "MX", 1, instant("2026-03-11T23:55:00-05:00")));
    assert_null(case_request_at(&c, "MX", 1, instant("2026-03-11T23:30:00-05:00")));
    case_release(&c);
}

/* ---- requirements ---- */

static enum status status_of(const struct case_file *c, long person, enum requirement r)
{
    json_t *directory = kit_directory();
    struct assessment a;
    struct error err = ERROR_INIT;

    if (!case_assess(c, person, directory, "2026-03-20", english, NULL, &a, &err))
        fail_msg("%s", error_text(&err));
    enum status status = a.requirements[r].status;
    assessment_release(&a);
    json_decref(directory);
    return status;
}

static void facts_come_from_the_case(void **state)
{
    struct case_file c;
    json_t *directory = kit_directory();
    struct assessment a;
    struct facts facts;
    struct error err = ERROR_INIT;

    (void)state;
    kit_case(&c);
    kit_add(&c, "situation", "{'locality':'Dubai','district_served':false}");
    assert_true(case_assess(&c, 1, directory, "2026-03-20", english, &facts, &a, &err));
    assert_int_equal(a.overall, OVERALL_APPLIES);
    assert_int_equal(a.minor, KNOWN_FALSE);
    assert_int_equal(a.candidate_count, 3);
    assert_int_equal(facts.district_served, KNOWN_FALSE);
    assert_int_equal(facts.ground_count, 1);
    assessment_release(&a);
    facts_release(&facts);
    /* A list that came later was not on file then. */
    json_object_set_new(json_object_get(directory, "lists"), "HN", json_string("2026-03-21"));
    assert_true(case_assess(&c, 1, directory, "2026-03-20", english, NULL, &a, &err));
    assert_int_equal(a.requirements[REQUIREMENT_R3].status, STATUS_UNDETERMINED);
    assessment_release(&a);
    assert_false(case_assess(&c, 2, directory, "2026-03-20", english, NULL, &a, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    /* Nothing is known of any directory. */
    assert_true(case_assess(&c, 1, NULL, "2026-03-20", english, NULL, &a, &err));
    assert_int_equal(a.requirements[REQUIREMENT_R2].status, STATUS_NOT_MET);
    assessment_release(&a);
    json_decref(directory);
    case_release(&c);
}

static void the_network_answers_for_persons(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[{'state':'HN','proof':'passport'}]}");
    kit_add(&c, "ground",
            "{'person':2,'code':'G6a','perpetrator':'criminal_group','facts':'Forced.'}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R4), STATUS_UNDETERMINED);
    kit_add(&c, "refer", "{'to':'network','on':'2026-03-12','persons':[2]}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R4), STATUS_UNDETERMINED);
    kit_add(&c, "refer_answer",
            "{'to':'iom','persons':[2],'on':'2026-03-14','answer':'cannot_be_resolved',"
            "'because':'No.'}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R4), STATUS_UNDETERMINED);
    kit_add(&c, "refer_answer",
            "{'to':'network','persons':[2],'on':'2026-03-14','answer':'cannot_be_resolved',"
            "'because':'No partner.'}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R4), STATUS_MET);
    assert_int_equal(status_of(&c, 1, REQUIREMENT_R4), STATUS_MET); /* labour */
    /* Asked anew: the answer of before is no longer the answer. */
    kit_add(&c, "refer", "{'to':'network','on':'2026-03-16','persons':[2]}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R4), STATUS_UNDETERMINED);
    case_release(&c);
}

static void a_person_determines(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[{'state':'HN','proof':'declared'},"
            "{'state':'AE','proof':'declared'}]}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R9), STATUS_UNDETERMINED);
    assert_null(case_determined(&c, 2, REQUIREMENT_R9));
    kit_add(&c, "determine",
            "{'requirement':'R9','person':2,'status':'met','reason':'The family stays together.'}");
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R9), STATUS_MET);
    assert_int_equal(status_of(&c, 2, REQUIREMENT_R1), STATUS_UNDETERMINED);
    assert_null(case_determined(&c, 1, REQUIREMENT_R9));
    kit_add(&c, "determine", "{'requirement':'R3','status':'not_met','reason':'They opened one.'}");
    assert_int_equal(status_of(&c, 1, REQUIREMENT_R3), STATUS_NOT_MET);
    /* Who comes later was not thought of. */
    kit_add(&c, "person", "{'person':3,'single_name':'Ada','nationalities':[]}");
    assert_int_equal(status_of(&c, 3, REQUIREMENT_R3), STATUS_MET);
    kit_add(&c, "determine", "{'requirement':'R3','status':'met','reason':'It closed again.'}");
    assert_int_equal(status_of(&c, 1, REQUIREMENT_R3), STATUS_MET);
    case_release(&c);
}

static void minors_by_the_youngest_reading(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    kit_add(&c, "person",
            "{'person':1,'single_name':'A','nationalities':[],'birth_date':'2008-03-XX'}");
    kit_add(&c, "person", "{'person':2,'single_name':'B','nationalities':[]}");
    kit_add(&c, "person",
            "{'person':3,'single_name':'C','nationalities':[],'birth_date':{'answer':'unknown'},"
            "'treat_as_child':true}");
    assert_int_equal(case_minor(&c, 1, "2026-03-30"), KNOWN_TRUE);
    assert_int_equal(case_minor(&c, 1, "2026-03-31"), KNOWN_FALSE);
    assert_int_equal(case_minor(&c, 2, "2026-03-31"), KNOWN_NOT);
    assert_int_equal(case_minor(&c, 3, "2026-03-31"), KNOWN_TRUE);
    assert_int_equal(case_minor(&c, 4, "2026-03-31"), KNOWN_NOT);
    case_release(&c);
}

static void the_worst_status_wins(void **state)
{
    (void)state;
    assert_int_equal(status_worse(STATUS_MET, STATUS_WAIVED), STATUS_WAIVED);
    assert_int_equal(status_worse(STATUS_UNDETERMINED, STATUS_WAIVED), STATUS_UNDETERMINED);
    assert_int_equal(status_worse(STATUS_NOT_MET, STATUS_UNDETERMINED), STATUS_NOT_MET);
    assert_int_equal(status_worse(STATUS_MET, STATUS_MET), STATUS_MET);
}

/* ---- tasks ---- */

static void contacts_and_overrides_await_a_countersignature(void **state)
{
    struct case_file c;
    const struct entry *tasks[5];

    (void)state;
    kit_case(&c);
    const char *contact = kit_add_by(
        &c, "contact", "{'at':'2026-03-12T23:10:00-05:00','reason':'Shots.','detail':'Called.'}",
        ROLE_OFFICER, "2026-03-12T23:20:00-05:00");
    kit_add_by(&c, "poll",
               "{'round':1,'to':['MX'],'reply_by':'2026-03-13','override':{'reason':'Shots.'}}",
               ROLE_OFFICER, "2026-03-12T23:30:00-05:00");
    kit_add_by(&c, "poll",
               "{'round':2,'to':['MX'],'reply_by':'2026-03-13','override':{'reason':'Shots.'}}",
               ROLE_HEAD, "2026-03-12T23:40:00-05:00");
    kit_add_by(&c, "consent",
               "{'person':1,'purpose':'P3','to':'Focal points','given_by':'vital_interest',"
               "'form':'oral','on':'2026-03-12'}",
               ROLE_OFFICER, "2026-03-12T23:50:00-05:00");
    assert_int_equal(case_uncountersigned(&c, tasks, 5), 3);
    assert_int_equal(tasks[0]->act->kind, ACT_CONTACT);
    assert_int_equal(tasks[1]->act->kind, ACT_POLL);
    assert_int_equal(tasks[2]->act->kind, ACT_CONSENT);
    assert_int_equal(case_uncountersigned(&c, NULL, 0), 3);
    kit_add_of(&c, "countersign", "{'of':'%s'}", contact);
    assert_int_equal(case_uncountersigned(&c, tasks, 5), 2);
    assert_int_equal(tasks[0]->act->kind, ACT_POLL);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_keep_their_order),
        cmocka_unit_test(corrections_take_the_place),
        cmocka_unit_test(a_correction_of_nothing_changes_nothing),
        cmocka_unit_test(fear_locks_until_it_is_lifted),
        cmocka_unit_test(stages_follow_the_acts),
        cmocka_unit_test(notes_of_other_kinds_are_no_request),
        cmocka_unit_test(consents_are_for_a_recipient),
        cmocka_unit_test(withdrawals_follow_by_date),
        cmocka_unit_test(withdrawals_may_be_for_one_recipient),
        cmocka_unit_test(the_latest_answer_counts),
        cmocka_unit_test(declining_a_note_is_no_answer_to_a_poll),
        cmocka_unit_test(requests_cover_persons_and_time),
        cmocka_unit_test(a_request_without_persons_covers_who_was_there),
        cmocka_unit_test(requests_end),
        cmocka_unit_test(acceptance_does_not_end_a_request),
        cmocka_unit_test(an_original_is_the_same_note),
        cmocka_unit_test(an_incoming_request_is_to_this_post),
        cmocka_unit_test(facts_come_from_the_case),
        cmocka_unit_test(the_network_answers_for_persons),
        cmocka_unit_test(a_person_determines),
        cmocka_unit_test(minors_by_the_youngest_reading),
        cmocka_unit_test(the_worst_status_wins),
        cmocka_unit_test(contacts_and_overrides_await_a_countersignature),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
