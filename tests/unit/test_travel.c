/* SPDX-License-Identifier: MIT */
/* Which acts leave, to whom, with how much; and which stay. */
#include "fold_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/field.h"
#include "amparo/agreement/travel.h"
#include "amparo/base/mem.h"

#define TO(state) "'to':{'state':'" state "','office':'Embassy','city':'Abu Dhabi'}"
#define FROM(state) "'from':{'state':'" state "','office':'Embassy','city':'Abu Dhabi'}"
#define TOLD "'transcribed':{'from':'MX','channel':'email','on':'2026-03-11'}"
#define POLL(round, states) "{'round':" round ",'to':[" states "],'reply_by':'2026-03-20'}"
#define REPLY(state)                                                                               \
    "{'state':'" state "','round':1,'legal':'yes','material':'yes','offer':true,'services':[]"
#define CHOOSE "{'state':'MX','reason':'near'}"
#define REQ(state, persons)                                                                        \
    "{'kind':'REQ','direction':'out'," TO(                                                         \
        state) ",'persons':[" persons "],"                                                         \
               "'date':'2026-03-11','at':'2026-03-11T10:00:00Z'}"
#define REQ_IN                                                                                     \
    "{'kind':'REQ','direction':'in'," FROM(                                                        \
        "HN") ",'persons':[1],'number':'7/2026',"                                                  \
              "'date':'2026-03-11','at':'2026-03-11T10:00:00Z',"                                   \
              "'transcribed':{'from':'HN','channel':'email','on':'2026-03-11'}}"
#define NOTE(kind, state) "{'kind':'" kind "','direction':'out'," TO(state) ",'date':'2026-03-12'}"
#define PERSON(n)                                                                                  \
    "{'person':" n ",'surname_1':'Ramírez','given_names':'Karen',"                                \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"

static const char *listed(const struct audience_codes *codes)
{
    static char text[8 * AUDIENCE_MOST];

    text[0] = '\0';
    for (size_t i = 0; i < codes->count; i++) {
        strcat(text, i ? " " : "");
        strcat(text, codes->code[i]);
    }
    return text;
}

/* For whom it would be, said as the case stands: their codes; "" where it stays. */
static const char *to_whom(struct case_file *c, const char *name, const char *payload)
{
    struct audience_codes codes;
    struct act act = {.kind = act_type_named(name)->kind, .payload = kit_json(payload)};
    bool goes = travel_audience(c, &act, &codes);

    assert_int_equal(goes, codes.count > 0);
    json_decref(act.payload);
    return listed(&codes);
}

static const char *to_whom_of(struct case_file *c, const char *name, const char *payload,
                              const char *id)
{
    const char *place = strstr(payload, "%s");
    char *whole = xasprintf("%.*s%s%s", (int)(place - payload), payload, id, place + 2);
    const char *text = to_whom(c, name, whole);

    free(whole);
    return text;
}

static void expect_class(struct case_file *c, const char *name, const char *payload,
                         const char *code, const char *class)
{
    json_t *json = kit_json(payload);
    enum field_class got = travel_class(c, act_type_named(name)->kind, json, code);

    if (strcmp(field_class_name(got), class) != 0)
        fail_msg("%s to %s: %s, not %s", name, code, field_class_name(got), class);
    json_decref(json);
}

static void polls_and_choices_go_without_anything_personal(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_string_equal(to_whom(&c, "poll", POLL("1", "'MX','CR'")), "CR HN MX ts");
    kit_add(&c, "poll", POLL("1", "'MX','CR'"));
    expect_class(&c, "poll", POLL("1", "'MX','CR'"), "MX", "P0");
    expect_class(&c, "poll", POLL("1", "'MX','CR'"), "ts", "P0");
    assert_string_equal(to_whom(&c, "poll", POLL("2", "'PA'")), "HN PA ts");
    assert_string_equal(to_whom(&c, "choose", CHOOSE), "HN MX ts");
    expect_class(&c, "choose", CHOOSE, "MX", "P0");
    assert_string_equal(to_whom(&c, "notify", "{'event':'poll'}"), "HN ts");
    case_release(&c);
}

/* Art. 5, 6: only the State that was chosen reads who it is, and only in what it is sent. */
static void identity_goes_to_the_chosen_state_alone(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", POLL("1", "'MX','CR'"));
    expect_class(&c, "note", REQ("MX", "1"), "MX", "P0"); /* nobody was chosen yet */
    kit_add(&c, "choose", CHOOSE);
    assert_string_equal(to_whom(&c, "note", REQ("MX", "1")), "HN MX ts");
    expect_class(&c, "note", REQ("MX", "1"), "MX", "P2");
    expect_class(&c, "note", REQ("MX", "1"), "HN", "P2");
    expect_class(&c, "note", REQ("MX", "1"), "ts", "P0");
    expect_class(&c, "note", REQ("CR", "1"), "CR", "P0");
    expect_class(&c, "note", NOTE("WDR", "MX"), "MX", "P1");
    expect_class(&c, "note", NOTE("OTH", "MX"), "MX", "P0");
    expect_class(&c, "note", NOTE("CLO", "CR"), "CR", "P0");
    case_release(&c);
}

static void notes_go_where_they_are_addressed(void **state)
{
    static const struct {
        const char *note, *to;
    } rows[] = {
        {NOTE("SCOPE", "MX"), "HN MX ts"}, {NOTE("FIN", "MX"), "HN MX ts"},
        {NOTE("CLO", "CR"), "CR HN ts"},   {NOTE("WDR", "MX"), "HN MX ts"},
        {NOTE("OTH", "MX"), "HN MX"},      {NOTE("LOC", "AE"), ""},
        {NOTE("TSN", "SV"), "HN ts"},      {NOTE("REP", "SV"), "HN ts"},
        {NOTE("POLL", "MX"), "HN MX ts"},  {NOTE("ACC", "MX"), ""},
        {NOTE("DEC", "MX"), ""},           {NOTE("PART", "MX"), ""},
    };
    struct case_file c;

    (void)state;
    kit_case(&c);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        assert_string_equal(to_whom(&c, "note", rows[i].note), rows[i].to);
    case_release(&c);
}

static void records_of_persons_go_with_the_request(void **state)
{
    const struct entry *along[4];
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person", PERSON("2"));
    kit_add(&c, "person", PERSON("1"));
    kit_add(&c, "need", "{'need':'shelter','urgency':'now'}");
    kit_add(&c, "need", "{'need':'medical','urgency':'now','person':2}");
    assert_string_equal(to_whom(&c, "person", PERSON("1")), "");
    kit_add(&c, "choose", CHOOSE);
    const char *note = kit_add(&c, "note", REQ("MX", "1"));
    assert_int_equal(travel_companions(&c, case_entry(&c, note), along, 4), 2);
    assert_int_equal(along[0]->act->kind, ACT_PERSON);
    assert_int_equal(along[0]->act->seq, 5); /* not the first record of person 1 */
    assert_int_equal(along[1]->act->kind, ACT_NEED);
    assert_string_equal(to_whom(&c, "person", PERSON("1")), "HN MX");
    assert_string_equal(to_whom(&c, "person", PERSON("2")), "");
    assert_string_equal(to_whom(&c, "need", "{'need':'legal','urgency':'now'}"), "HN MX");
    assert_string_equal(to_whom(&c, "need", "{'need':'legal','urgency':'now','person':2}"), "");
    expect_class(&c, "person", PERSON("1"), "MX", "P2");
    struct audience_codes codes;
    assert_false(travel_audience(&c, &c.acts[1], &codes)); /* a later record took its place */
    kit_add_of(&c, "withdraw", "{'note':'%s','at':'2026-03-12T10:00:00Z','reason':'left'}", note);
    assert_string_equal(to_whom(&c, "person", PERSON("1")), "");
    case_release(&c);
}

static void what_ends_a_request_goes_to_who_had_it(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "choose", CHOOSE);
    const char *note = kit_add(&c, "note", REQ("MX", "1"));
    assert_string_equal(to_whom_of(&c, "withdraw",
                                   "{'note':'%s','at':'2026-03-12T10:00:00Z','reason':'left'}",
                                   note),
                        "HN MX ts");
    expect_class(&c, "withdraw", "{}", "MX", "P0"); /* no new facts */
    assert_string_equal(to_whom_of(&c, "annul", "{'note':'%s','reason':'wrong'}", note),
                        "HN MX ts");
    assert_string_equal(to_whom_of(&c, "correct",
                                   "{'of':'%s','reason':'wrong','payload':" REQ("CR", "1") "}",
                                   note),
                        "HN MX ts"); /* who had it: nobody is added by a correction */
    assert_string_equal(to_whom(&c, "data_return",
                                "{'state':'MX','asked_on':'2026-03-12',"
                                "'form':'destroyed'}"),
                        "HN MX");
    case_release(&c);
}

static void the_end_is_told_to_all_who_were_asked(void **state)
{
    struct audience_codes codes;
    struct case_file c;
    struct act act = {.kind = ACT_HAND_OVER, .payload = kit_json("{'to':'HNSAP'}")};

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", POLL("1", "'MX','CR'"));
    kit_add(&c, "poll", POLL("2", "'PA'"));
    assert_string_equal(to_whom(&c, "close", "{'outcome':['no_collaborator'],'reason':'none'}"),
                        "CR HN MX PA ts");
    expect_class(&c, "close", "{}", "CR", "P0");
    assert_string_equal(to_whom(&c, "reopen", "{'reason':'more'}"), "CR HN MX PA ts");
    assert_string_equal(to_whom(&c, "report", "{'meeting':'LON','on':'2026-06-10'}"), "HN ts");
    assert_string_equal(to_whom(&c, "hand_over", "{'to':'HNSAP'}"),
                        "BZ CA CR DO GT HN MX NI PA SV US ts");
    assert_true(travel_told(&c, &act, &codes));
    assert_string_equal(listed(&codes), "CR HN MX PA ts");
    json_decref(act.payload);
    case_release(&c);
}

static void assisting(struct case_file *c)
{
    kit_empty(c, "MX");
    kit_add(c, "open",
            "{'role':'assisting','receiving_state':'AE','requesting_state':'HN',"
            "'priority':'routine','source':'other_post'}");
}

static void answers_go_back_to_who_asks(void **state)
{
    struct case_file c;

    (void)state;
    assisting(&c);
    assert_string_equal(to_whom(&c, "reply", REPLY("MX") "}"), "HN MX ts");
    assert_string_equal(to_whom(&c, "decline", "{'state':'MX','stage':'poll','round':1}"),
                        "HN MX ts");
    expect_class(&c, "reply", "{}", "HN", "P1");
    expect_class(&c, "reply", "{}", "ts", "P0");
    const char *note = kit_add(&c, "note", REQ_IN);
    assert_string_equal(
        to_whom_of(&c, "accept", "{'state':'MX','note':'%s','scope':'visits'}", note), "HN MX ts");
    assert_string_equal(
        to_whom(&c, "assist",
                "{'at':'2026-03-12T10:00:00Z','by':'MX','kind':'visit','persons':[1],"
                "'manner':'good_offices','detail':'seen'}"),
        "HN MX ts");
    expect_class(&c, "assist", "{}", "HN", "P2");
    expect_class(&c, "assist", "{}", "ts", "P0");
    assert_string_equal(to_whom(&c, "note", NOTE("ACC", "HN")), "HN MX ts");
    expect_class(&c, "note", NOTE("ACC", "HN"), "HN", "P2");
    expect_class(&c, "note", NOTE("FIN", "CR"), "CR", "P0");
    assert_string_equal(
        to_whom_of(&c, "delivery", "{'note':'%s','acknowledged_on':'2026-03-12'}", note),
        "HN MX ts");
    assert_string_equal(to_whom(&c, "data_return",
                                "{'state':'MX','asked_on':'2026-03-12',"
                                "'confirmed_on':'2026-03-13','form':'destroyed'}"),
                        "HN MX");
    case_release(&c);
}

static void the_rest_stays(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "poll", POLL("1", "'MX'"));
    kit_add(&c, "choose", CHOOSE);
    kit_add(&c, "note", REQ("MX", "1"));
    assert_string_equal(to_whom(&c, "reply", REPLY("MX") "," TOLD "}"), "");
    assert_string_equal(to_whom(&c, "reply", REPLY("MX") "}"), ""); /* not ours to say */
    assert_string_equal(to_whom(&c, "note", REQ_IN), "");
    const char *reply = kit_add(&c, "reply", REPLY("MX") "," TOLD "}");
    assert_string_equal(
        to_whom_of(&c, "correct", "{'of':'%s','reason':'wrong','payload':" REPLY("MX") "}}", reply),
        "");
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        static const enum act_kind stays[] = {
            ACT_OPEN,         ACT_SITUATION, ACT_GROUND, ACT_CONSENT,     ACT_WITHDRAW_CONSENT,
            ACT_REFER,        ACT_DETERMINE, ACT_DECIDE, ACT_AUTHORISE,   ACT_REFER_ANSWER,
            ACT_CONTACT,      ACT_COST,      ACT_REFUND, ACT_COUNTERSIGN, ACT_LIFT_LOCK,
            ACT_ERASE,        ACT_LINK,      ACT_UNLINK, ACT_LEGAL_HOLD,  ACT_ERASE_REQUEST,
            ACT_ERASE_REFUSE, ACT_DOCUMENT,  ACT_GROUP};
        for (size_t i = 0; i < ARRAY_SIZE(stays); i++)
            if (stays[i] == kind)
                assert_string_equal(to_whom(&c, act_type(kind)->name, "{'state':'MX'}"), "");
    }
    case_release(&c);
    assisting(&c);
    assert_string_equal(to_whom(&c, "close", "{'outcome':['repatriated']}"), "");
    assert_string_equal(to_whom(&c, "person", PERSON("1")), "");
    case_release(&c);
    kit_empty(&c, "GT");
    kit_add(&c, "open",
            "{'role':'observer','receiving_state':'AE','requesting_state':'HN',"
            "'priority':'routine','source':'secretariat'}");
    assert_string_equal(to_whom(&c, "note", NOTE("OTH", "HN")), "");
    case_release(&c);
}

/* What the table promises of itself. */
static void no_row_gives_the_secretariat_or_the_asked_a_name(void **state)
{
    (void)state;
    for (const struct travel_row *row = travel_rows; row->kind; row++) {
        assert_true(row->gets[READER_SECRETARIAT] <= CLASS_P0 + 1);
        assert_true(row->gets[READER_ASKED] <= CLASS_P0 + 1);
        assert_true(row->gets[READER_MEMBERS] <= CLASS_P0 + 1);
        for (int i = 0; i < READER_COUNT; i++)
            assert_true(row->gets[i] < CLASS_P3 + 1);
        assert_true(row->gets[READER_OWN] > 0);
        enum act_side side = act_type(row->kind)->side;
        assert_true(side == SIDE_ANY || side == row->side);
    }
}

static void the_one_before_is_one_that_all_readers_have(void **state)
{
    struct dispatch a = {.sequence = 1}, b = {.sequence = 2}, c = {.sequence = 3};
    const struct dispatch *const chain[] = {&c, &a, &b};
    struct audience_codes to = {.count = 0};

    (void)state;
    audience_add(&a.audience, "MX");
    audience_add(&a.audience, "CR");
    audience_add(&b.audience, "MX");
    audience_add(&c.audience, "CR");
    assert_ptr_equal(dispatch_before(chain, 3, &to), &c);
    audience_add(&to, "MX");
    assert_ptr_equal(dispatch_before(chain, 3, &to), &b);
    audience_add(&to, "CR");
    assert_ptr_equal(dispatch_before(chain, 3, &to), &a);
    audience_add(&to, "PA");
    assert_null(dispatch_before(chain, 3, &to));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polls_and_choices_go_without_anything_personal),
        cmocka_unit_test(identity_goes_to_the_chosen_state_alone),
        cmocka_unit_test(notes_go_where_they_are_addressed),
        cmocka_unit_test(records_of_persons_go_with_the_request),
        cmocka_unit_test(what_ends_a_request_goes_to_who_had_it),
        cmocka_unit_test(the_end_is_told_to_all_who_were_asked),
        cmocka_unit_test(answers_go_back_to_who_asks),
        cmocka_unit_test(the_rest_stays),
        cmocka_unit_test(no_row_gives_the_secretariat_or_the_asked_a_name),
        cmocka_unit_test(the_one_before_is_one_that_all_readers_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
