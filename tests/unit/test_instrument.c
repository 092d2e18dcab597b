/* SPDX-License-Identifier: MIT */
/*
 * The agreement, article by article and tension by tension, where no other test has it: the table
 * tests/instrument.txt says which rule each of these stands for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/digest.h"
#include "amparo/agreement/gate.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/setting.h"
#include "amparo/agreement/task.h"
#include "amparo/base/mem.h"
#include "fold_kit.h"

/* ---- an assessment: facts where all is well, and what is otherwise ---- */

static struct assessment assessed(const char *otherwise)
{
    json_t *facts = kit_json(
        "{'on':'2026-03-14','instrument':{'status':'in_force','since':'2026-01-01'},"
        "'parties':{'HN':'2026-01-10','CR':'2026-01-10','MX':'2026-01-10'},"
        "'lists':{'HN':'2026-02-01'},"
        "'posts':[{'state':'MX','country':'GH','city':'Accra','kind':'embassy'},"
        "{'state':'CR','country':'GH','city':'Accra','kind':'consulate'}],"
        "'requesting_state':'HN','receiving_state':'GH','district_served':false,"
        "'person':{'nationalities':[{'state':'HN','proof':'passport'}],'birth_date':'1990-05-05'},"
        "'grounds':[{'code':'G5','perpetrator':'employer'}]}");
    json_t *change = kit_json(otherwise);
    struct error err = ERROR_INIT;
    struct assessment out;
    struct facts read;

    json_object_update(facts, change);
    facts_init(&read);
    if (!facts_parse(facts, &read, &err))
        fail_msg("%s", error_text(&err));
    assess(&read, english, &out);
    facts_release(&read);
    json_decref(change);
    json_decref(facts);
    return out;
}

static void expect(enum requirement r, enum status status, const char *otherwise)
{
    struct assessment a = assessed(otherwise);

    if (a.requirements[r].status != status)
        fail_msg("%s is %s: %s", requirement_types[r].id,
                 status_codes[a.requirements[r].status].code, otherwise);
    assessment_release(&a);
}

static void expect_overall(enum overall overall, const char *otherwise)
{
    struct assessment a = assessed(otherwise);

    if (a.overall != overall)
        fail_msg("%s: %s", overall_codes[a.overall].code, otherwise);
    assessment_release(&a);
}

static size_t warnings(const char *otherwise, const char *containing)
{
    struct assessment a = assessed(otherwise);
    size_t count = 0;

    for (size_t i = 0; i < a.warning_count; i++)
        count += strstr(a.warnings[i], containing) != NULL;
    assessment_release(&a);
    return count;
}

/* "CR MX": who could help, in the order given. */
static void expect_candidates(const char *states, const char *otherwise)
{
    struct assessment a = assessed(otherwise);
    struct buf list = BUF_INIT;

    for (size_t i = 0; i < a.candidate_count; i++)
        buf_addf(&list, "%s%s", i ? " " : "", a.candidates[i].state);
    assert_string_equal(buf_text(&list), states);
    buf_release(&list);
    assessment_release(&a);
}

#define PERSON(nationalities) "{'person':{'nationalities':[" nationalities "]}}"
#define GROUND(code, by) "{'grounds':[{'code':'" code "','perpetrator':'" by "'}]}"
#define POSTS(more)                                                                                \
    "{'posts':[{'state':'MX','country':'GH','city':'Accra','kind':'embassy'}," more "]}"
#define OWN(kind, more)                                                                            \
    POSTS("{'state':'HN','country':'GH','city':'Tema','kind':'" kind "'" more "}")

/* ---- 7.1 ---- */

static void nationals_of_member_states(void **state)
{
    (void)state;
    expect(REQUIREMENT_R1, STATUS_MET, "{}");
    expect(REQUIREMENT_R1, STATUS_NOT_MET, PERSON("{'state':'GT','proof':'passport'}"));
    expect(REQUIREMENT_R1, STATUS_NOT_MET,
           PERSON("{'state':'HN','proof':'passport','refuted':true}"));
}

static void no_other_state_requests(void **state)
{
    (void)state;
    expect(
        REQUIREMENT_R1, STATUS_NOT_MET,
        "{'requesting_state':'FR','person':{'nationalities':[{'state':'FR','proof':'passport'}]}}");
}

static void what_is_only_declared_is_open(void **state)
{
    (void)state;
    expect(REQUIREMENT_R1, STATUS_UNDETERMINED, PERSON("{'state':'HN','proof':'declared'}"));
    struct assessment a = assessed(PERSON("{'state':'HN','proof':'declared'}"));
    assert_true(a.poll_allowed); /* but no note: N.nationality */
    assessment_release(&a);
}

/* ---- 7.2 ---- */

static void a_party_from_its_day_on(void **state)
{
    (void)state;
    expect(REQUIREMENT_R2, STATUS_MET, "{'parties':{'HN':'2026-03-14'}}");
    expect(REQUIREMENT_R2, STATUS_NOT_MET, "{'parties':{'HN':'2026-03-15'}}");
    expect(REQUIREMENT_R2, STATUS_NOT_MET, "{'parties':{'MX':'2026-01-10'}}");
}

static void only_parties_are_asked(void **state)
{
    (void)state;
    expect_candidates("CR MX", "{}");
    expect_candidates("CR", "{'parties':{'HN':'2026-01-10','CR':'2026-01-10','MX':'2026-03-15'}}");
}

/* ---- 7.3, and Art. 4 beside it ---- */

static void no_office_of_its_own(void **state)
{
    (void)state;
    expect(REQUIREMENT_R3, STATUS_MET, "{}");
    expect(REQUIREMENT_R3, STATUS_NOT_MET, OWN("embassy", ""));
    expect(REQUIREMENT_R3, STATUS_NOT_MET, OWN("consular_agency", ""));
    expect(REQUIREMENT_R3, STATUS_UNDETERMINED, "{'lists':{}}");
}

static void an_office_that_cannot_act(void **state)
{
    (void)state;
    expect(REQUIREMENT_R3, STATUS_UNDETERMINED, OWN("embassy", ",'able':false"));
}

static void honorary_and_non_resident_do_not_count(void **state)
{
    (void)state;
    expect(REQUIREMENT_R3, STATUS_MET, OWN("honorary", ""));
    expect(REQUIREMENT_R3, STATUS_MET, OWN("non_resident", ""));
    struct assessment a = assessed(OWN("honorary", ""));
    assert_non_null(strstr(a.requirements[REQUIREMENT_R3].reason, "Tema")); /* it is shown */
    assessment_release(&a);
}

static void the_district_is_advice(void **state)
{
    (void)state;
    expect(REQUIREMENT_R3B, STATUS_MET, "{}");
    expect(REQUIREMENT_R3B, STATUS_NOT_MET, "{'district_served':true}");
    expect_overall(OVERALL_APPLIES, "{'district_served':true}");
}

/* An office in the country whose district does not reach there: another way of Art. 4. */
static void a_district_alone_is_other_cooperation(void **state)
{
    (void)state;
    expect_overall(OVERALL_DOES_NOT_APPLY, OWN("embassy", ""));
    assert_int_equal(warnings(OWN("embassy", ""), "(Art. 4)"), 1);
    assert_int_equal(warnings("{}", "(Art. 4)"), 0);
}

/* ---- 7.4 ---- */

static void state_authorities_limit_the_first_ground_only(void **state)
{
    (void)state;
    expect(REQUIREMENT_R4, STATUS_MET, GROUND("G1", "civilian"));
    expect(REQUIREMENT_R4, STATUS_NOT_MET, GROUND("G1", "state_authority"));
    expect(REQUIREMENT_R4, STATUS_MET,
           "{'grounds':[{'code':'G1','perpetrator':'state_authority'},"
           "{'code':'G4','perpetrator':'none'}]}");
}

static void an_official_who_did_it_is_for_the_head_of_post(void **state)
{
    (void)state;
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, GROUND("G3", "state_authority"));
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, GROUND("G5", "state_authority"));
    expect(REQUIREMENT_R4, STATUS_MET, GROUND("G3", "family"));
}

static void who_did_it_must_be_known(void **state)
{
    (void)state;
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, GROUND("G1", "unknown"));
}

static void a_child_by_the_youngest_reading(void **state)
{
    (void)state;
#define BORN(date)                                                                                 \
    "{'person':{'nationalities':[{'state':'HN','proof':'passport'}],'birth_date':'" date "'},"     \
    "'grounds':[{'code':'G2','perpetrator':'none'}]}"
    expect(REQUIREMENT_R4, STATUS_MET, BORN("2008-XX-XX"));
    expect(REQUIREMENT_R4, STATUS_MET, BORN("2008-03-15"));
    expect(REQUIREMENT_R4, STATUS_NOT_MET, BORN("2008-03-14"));
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, BORN("XXXX-XX-XX"));
}

#define TRAFFICKED(referral)                                                                       \
    "{'grounds':[{'code':'G6a','perpetrator':'criminal_group'}],'network_referral':" referral "}"
#define ANSWERED(answer, because)                                                                  \
    "{'referred_on':'2026-03-01','answered_on':'2026-03-05','answer':'" answer                     \
    "','because':'" because "'}"

static void the_network_is_asked_first(void **state)
{
    (void)state;
    struct assessment a = assessed(TRAFFICKED("null"));
    assert_false(a.poll_allowed);
    assert_non_null(a.blocks[BLOCK_NETWORK]);
    assessment_release(&a);
    a = assessed(TRAFFICKED(ANSWERED("cannot_be_resolved", "no partner")));
    assert_true(a.poll_allowed);
    assessment_release(&a);
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, TRAFFICKED("null"));
    expect(REQUIREMENT_R4, STATUS_NOT_MET, TRAFFICKED(ANSWERED("can_be_resolved", "")));
}

static void the_network_says_why_it_cannot(void **state)
{
    (void)state;
    expect(REQUIREMENT_R4, STATUS_MET, TRAFFICKED(ANSWERED("cannot_be_resolved", "no partner")));
    expect(REQUIREMENT_R4, STATUS_UNDETERMINED, TRAFFICKED(ANSWERED("cannot_be_resolved", " ")));
}

static void urgency_gives_its_reason(void **state)
{
    (void)state;
#define URGENT(reason) "{'trafficking_indicators':true,'urgent_override':{'reason':'" reason "'}}"
    struct assessment a = assessed(URGENT("she is moved tonight"));
    assert_true(a.poll_allowed);
    assessment_release(&a);
    a = assessed(URGENT(" "));
    assert_false(a.poll_allowed);
    assessment_release(&a);
}

/* ---- Art. 3: another State's own duty; no machine decides ---- */

static void another_nationality_is_for_the_head_of_post(void **state)
{
    (void)state;
#define ALSO(state)                                                                                \
    PERSON("{'state':'HN','proof':'passport'},{'state':'" state "','proof':'declared'}")
    expect(REQUIREMENT_R9, STATUS_UNDETERMINED, ALSO("GH")); /* where the person is */
    expect(REQUIREMENT_R9, STATUS_MET, ALSO("GT"));          /* no office there */
    expect_overall(OVERALL_UNDETERMINED, ALSO("GH"));
}

static void nor_of_a_state_that_could_help(void **state)
{
    (void)state;
    expect(REQUIREMENT_R9, STATUS_UNDETERMINED, ALSO("MX"));
}

static void each_requirement_says_why(void **state)
{
    (void)state;
    struct assessment a = assessed(ALSO("MX"));
    for (size_t r = 0; r < REQUIREMENT_COUNT; r++) {
        assert_true(strlen(a.requirements[r].reason) > 10);
        assert_true(strlen(a.requirements[r].would_change) > 10);
    }
    assessment_release(&a);
}

/* ---- who could help: facts in the order of their codes ---- */

static void who_could_help_has_an_able_office_there(void **state)
{
    (void)state;
    expect_candidates("MX",
                      POSTS("{'state':'CR','country':'GH','city':'Accra','kind':'honorary'}"));
    expect_candidates("MX", POSTS("{'state':'CR','country':'TG','city':'Lomé','kind':'embassy'}"));
}

static void who_cannot_act_is_not_asked(void **state)
{
    (void)state;
    expect_candidates(
        "MX", POSTS("{'state':'CR','country':'GH','city':'Accra','kind':'embassy','able':false}"));
}

static void no_order_of_merit(void **state)
{
    (void)state;
    expect_candidates("CR MX",
                      "{'parties':{'MX':'2025-01-10','HN':'2026-01-10','CR':'2026-03-14'}}");
}

/* Nobody there: what else there is, is said. */
static void nobody_there_has_other_ways(void **state)
{
    (void)state;
#define NOBODY                                                                                     \
    "{'posts':[{'state':'GT','country':'GH','city':'Accra','kind':'embassy'},"                     \
    "{'state':'MX','country':'GH','city':'Abuja','kind':'non_resident'},"                          \
    "{'state':'CR','country':'GH','city':'Tema','kind':'embassy','able':false}]}"
    expect_candidates("", NOBODY);
    assert_int_equal(warnings(NOBODY, "no collaborator"), 1);
    assert_int_equal(warnings(NOBODY, "Mexico: Abuja"), 1);    /* from elsewhere */
    assert_int_equal(warnings(NOBODY, "Costa Rica: Tema"), 1); /* cannot act now */
    assert_int_equal(warnings(NOBODY, "Guatemala: Accra"), 1); /* a member, no Party yet */
    assert_int_equal(warnings("{}", "no collaborator"), 0);
}

/* ---- Art. 9 ---- */

static void a_pilot_warns_and_does_not_block(void **state)
{
    (void)state;
    expect(REQUIREMENT_R12, STATUS_WAIVED, "{'instrument':{'status':'pilot'}}");
    expect_overall(OVERALL_APPLIES, "{'instrument':{'status':'pilot'}}");
    assert_int_equal(warnings("{'instrument':{'status':'pilot'}}", "Pilot"), 1);
}

static void not_before_it_is_in_force(void **state)
{
    (void)state;
    expect(REQUIREMENT_R12, STATUS_MET,
           "{'instrument':{'status':'in_force','since':'2026-03-14'}}");
    expect(REQUIREMENT_R12, STATUS_NOT_MET,
           "{'instrument':{'status':'in_force','since':'2026-03-15'}}");
}

/* ---- 7.6: lists age ---- */

static void an_old_list_warns(void **state)
{
    (void)state;
    assert_int_equal(warnings("{'lists':{'HN':'2025-09-15'}}", "7.6"), 0);
    assert_int_equal(warnings("{'lists':{'HN':'2025-09-14'}}", "7.6"), 1);
    expect(REQUIREMENT_R3, STATUS_MET, "{'lists':{'HN':'2025-09-14'}}"); /* it stands */
}

/* ---- the protection lock ---- */

static void fear_leaves_it_open_and_asks_nobody(void **state)
{
    (void)state;
    struct assessment a = assessed("{'person':{'nationalities':[{'state':'HN','proof':'passport'}],"
                                   "'fears_own_state':true}}");
    assert_int_equal(a.overall, OVERALL_UNDETERMINED);
    assert_non_null(a.blocks[BLOCK_LOCK]);
    assert_false(a.poll_allowed);
    assessment_release(&a);
}

/* ---- Recital IV: it does not say what is a violation ---- */

static void words_report_and_do_not_judge(void **state)
{
    (void)state;
    static const char *const grounds[] = {"G1", "G3", "G5"};
    static const char *const judging[] = {"violat", "guilty", "perpetrat", "crime", "committed"};

    for (size_t g = 0; g < ARRAY_SIZE(grounds); g++)
        for (const struct code *by = perpetrator_codes; by->code; by++) {
            char *otherwise =
                xasprintf("{'grounds':[{'code':'%s','perpetrator':'%s'}]}", grounds[g], by->code);
            struct assessment a = assessed(otherwise);
            for (size_t w = 0; w < ARRAY_SIZE(judging); w++)
                if (strcasestr(a.grounds[0].reason, judging[w]))
                    fail_msg("%s: %s", otherwise, a.grounds[0].reason);
            assessment_release(&a);
            free(otherwise);
        }
}

/* ---- payloads: what must and what need not be said ---- */

static bool is_right(const char *act, const char *payload)
{
    json_t *json = kit_json(payload);
    bool right = payload_check(act_type_named(act), json, NULL);

    json_decref(json);
    return right;
}

static void the_person_may_be_in_any_country(void **state)
{
    (void)state;
    static const char *const some[] = {"AE", "FR", "JP", "NA", "XK", "MX"};

    for (size_t i = 0; i < ARRAY_SIZE(some); i++) {
        char *open = xasprintf("{'role':'requesting','receiving_state':'%s','priority':'routine',"
                               "'source':'phone'}",
                               some[i]);
        assert_true(is_right("open", open));
        free(open);
    }
    assert_false(is_right("open", "{'role':'requesting','receiving_state':'ZZ',"
                                  "'priority':'routine','source':'phone'}"));
}

static void a_state_declines_without_a_reason(void **state)
{
    (void)state;
#define SAID "'transcribed':{'from':'Mexico','channel':'email','on':'2026-03-14'}"
#define NOTE "'0000000000000000000000000000000000000000000000000000000000000000'"
    assert_true(is_right("decline", "{'state':'MX','stage':'poll','round':1," SAID "}"));
    assert_true(is_right("decline", "{'state':'MX','stage':'note','note':" NOTE "," SAID "}"));
    assert_true(is_right("decline", "{'state':'MX','stage':'scope','note':" NOTE "," SAID "}"));
    assert_true(
        is_right("decline", "{'state':'MX','stage':'assistance','note':" NOTE "," SAID "}"));
}

static void assistance_that_ends_has_its_hand_over(void **state)
{
    (void)state;
    assert_true(is_right("decline", "{'state':'MX','stage':'assistance','note':" NOTE
                                    ",'hand_over_on':'2026-03-25'," SAID "}"));
    assert_false(is_right("decline", "{'state':'MX','stage':'note','note':" NOTE
                                     ",'hand_over_on':'2026-03-25'," SAID "}"));
}

static void legal_and_material_are_two_answers(void **state)
{
    (void)state;
#define REPLY(more) "{'state':'MX','round':1," more "'offer':false,'services':[]," SAID "}"
    assert_true(is_right("reply", REPLY("'legal':'yes','material':'no',")));
    assert_false(is_right("reply", REPLY("'legal':'yes',")));
    assert_false(is_right("reply", REPLY("'material':'yes',")));
}

static void a_choice_has_its_reason(void **state)
{
    (void)state;
    assert_true(is_right("choose", "{'state':'MX','reason':'same language'}"));
    assert_false(is_right("choose", "{'state':'MX'}"));
}

static void the_manner_of_help_is_said(void **state)
{
    (void)state;
#define ASSIST(manner)                                                                             \
    "{'at':'2026-03-14T10:00:00Z','by':'MX','kind':'visit','persons':[1]," manner                  \
    "'detail':'x'," SAID "}"
    assert_true(is_right("assist", ASSIST("'manner':'good_offices',")));
    assert_false(is_right("assist", ASSIST("")));
}

static void armed_conflict_is_kept(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "situation", "{'locality':'Dubai','armed_conflict':true}");
    assert_true(entry_bool(case_last(&c, ACT_SITUATION), "armed_conflict"));
    json_t *told = case_digest(&c); /* of which the report is made */
    assert_true(payload_bool(told, "conflict"));
    json_decref(told);
    case_release(&c);
}

static void each_ground_says_who_did_it(void **state)
{
    (void)state;
    assert_true(
        is_right("ground", "{'person':1,'code':'G4','perpetrator':'none','facts':'flood'}"));
    assert_false(is_right("ground", "{'person':1,'code':'G4','facts':'flood'}"));
}

static void a_cost_has_its_source(void **state)
{
    (void)state;
#define COST(source) "{'on':'2026-03-15','amount':'1850','currency':'AED'," source "'item':'air'}"
    assert_true(is_right("cost", COST("'source':'iom',")));
    assert_true(is_right("cost", COST("'source':'state_of_citizenship',")));
    assert_true(is_right("cost", COST("'source':'assisting_advance',")));
    assert_false(is_right("cost", COST("")));
}

static void a_lock_is_lifted_after_counselling(void **state)
{
    (void)state;
    assert_true(is_right("lift_lock", "{'person':1,'counselling':'UNHCR','consent':'her word'}"));
    assert_false(is_right("lift_lock", "{'person':1,'consent':'her word'}"));
    assert_false(is_right("lift_lock", "{'person':1,'counselling':'UNHCR'}"));
}

/* The text sets no deadline: these are the usual ones, and a head of post sets others. */
static void deadlines_where_nobody_set_others(void **state)
{
    (void)state;
    static const struct {
        enum setting which;
        long usual;
        enum setting_unit unit;
    } usual[] = {
        {SETTING_ACKNOWLEDGE, 1, UNIT_WORKING_DAYS}, {SETTING_REPLY, 3, UNIT_WORKING_DAYS},
        {SETTING_URGENT_REPLY, 4, UNIT_HOURS},       {SETTING_COUNTERSIGN, 24, UNIT_HOURS},
        {SETTING_RECEIVABLE, 12, UNIT_MONTHS},       {SETTING_KEEP_ASSISTING, 180, UNIT_DAYS},
    };

    for (size_t i = 0; i < ARRAY_SIZE(usual); i++) {
        assert_int_equal(setting_type(usual[i].which)->usual, usual[i].usual);
        assert_int_equal(setting_type(usual[i].which)->unit, usual[i].unit);
    }
    assert_int_equal(task_type(TASK_COUNTERSIGN)->setting, SETTING_COUNTERSIGN);
}

/* ---- whole cases ---- */

static json_t *directory;

static int setup(void **state)
{
    (void)state;
    directory = kit_directory();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_decref(directory);
    return 0;
}

/* Lets the act in, or names the gates and places that refuse it: freed by the caller. */
static char *tried(struct case_file *c, enum role role, const char *act, const char *payload)
{
    static const char now[] = "2026-03-20T12:00:00+00:00";
    const struct act_type *type = act_type_named(act);
    struct gate_findings found = {NULL, 0};
    struct error err = ERROR_INIT;
    json_t *json = kit_json(payload);
    struct gate_input in = {.c = c,
                            .kind = type->kind,
                            .payload = json,
                            .directory = directory,
                            .now = now,
                            .role = role,
                            .signer = role == ROLE_HEAD ? "aa" : "bb",
                            .heads = 1};

    if (payload_check(type, json, &err) && case_check(c, type->kind, json, now, &err) &&
        !gate_check(&in, english, &found))
        gate_refusal(&found, &err);
    char *out = xstrdup(error_text(&err));
    if (!*out)
        kit_add_by(c, act, payload, role, now);
    gate_findings_release(&found);
    error_release(&err);
    json_decref(json);
    return out;
}

static void say(struct case_file *c, const char *act, const char *payload)
{
    char *why = tried(c, ROLE_OFFICER, act, payload);

    if (*why)
        fail_msg("%s %s\n%s", act, payload, why);
    free(why);
}

static void refused(struct case_file *c, const char *act, const char *payload, const char *because)
{
    char *why = tried(c, ROLE_OFFICER, act, payload);

    if (!strstr(why, because))
        fail_msg("%s %s: not refused by %s:\n%s", act, payload, because, why);
    free(why);
}

static void polled(struct case_file *c, const char *to)
{
    char *poll = xasprintf("{'round':1,'to':[%s],'reply_by':'2026-03-18'}", to);

    kit_case(c);
    say(c, "decide", "{'decision':'applies','reason':'the facts agree'}");
    say(c, "consent",
        "{'person':1,'purpose':'P3','to':'focal points','given_by':'self',"
        "'form':'oral','on':'2026-03-12'}");
    say(c, "poll", poll);
    free(poll);
}

#define OFFER(state, round)                                                                        \
    "{'state':'" state "','round':" round ",'legal':'yes','material':'yes','offer':true,"          \
    "'services':['shelter']," SAID "}"

/* One post only: a poll of one, logged as a poll; its answer is needed as any other. */
static void a_poll_of_one_is_a_poll(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX'");
    refused(&c, "choose", "{'state':'MX','reason':'the only one'}", "choose.offer");
    say(&c, "reply", OFFER("MX", "1"));
    say(&c, "choose", "{'state':'MX','reason':'the only one'}");
    case_release(&c);
}

/* The sole collaborator declines: the case goes back, and ends with its reason, or asks again. */
static void the_only_one_declines(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX'");
    say(&c, "decline", "{'state':'MX','stage':'poll','round':1," SAID "}");
    assert_int_equal(case_stage(&c), STAGE_POLL);
    refused(&c, "close", "{'outcome':['declined_by_all'],'unmet_needs':[]}", "C.reason");
    say(&c, "close",
        "{'outcome':['declined_by_all'],'reason':'Mexico declined.','unmet_needs':['shelter']}");
    assert_string_equal(case_exit(&c), "declined_by_all");
    case_release(&c);
}

static void a_second_round_asks_anew(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX'");
    say(&c, "decline", "{'state':'MX','stage':'poll','round':1," SAID "}");
    refused(&c, "reply", OFFER("CR", "2"), "reply.poll");
    say(&c, "poll", "{'round':2,'to':['CR','MX'],'reply_by':'2026-03-21'}");
    say(&c, "reply", OFFER("CR", "2"));
    refused(&c, "choose", "{'state':'MX','reason':'x'}", "choose.offer");
    say(&c, "choose", "{'state':'CR','reason':'it offers now'}");
    say(&c, "reply", OFFER("MX", "2")); /* which counts for more than its answer of before */
    say(&c, "choose", "{'state':'MX','reason':'it offers too'}");
    case_release(&c);
}

/* Closed by any exit: not without the reason, and reopened as any other case. */
static void every_exit_has_its_reason_and_a_way_back(void **state)
{
    static const char *const exits[] = {"not_eligible",      "referred",          "no_collaborator",
                                        "declined_by_all",   "redirected",        "deceased",
                                        "consent_withdrawn", "request_withdrawn", "out_of_reach",
                                        "own_protection"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(exits); i++) {
        struct case_file c;
        char *bare = xasprintf("{'outcome':['%s'],'unmet_needs':[]}", exits[i]);
        char *whole =
            xasprintf("{'outcome':['%s'],'reason':'As told.','unmet_needs':[]}", exits[i]);

        kit_case(&c);
        refused(&c, "close", bare, "C.reason");
        say(&c, "close", whole);
        assert_string_equal(case_exit(&c), exits[i]);
        refused(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-03-18'}", "closed.exchange");
        say(&c, "reopen", "{'reason':'New facts.'}");
        assert_null(case_exit(&c));
        case_release(&c);
        free(bare);
        free(whole);
    }
}

/* No reply is not a refusal: the two are told apart for ever. */
static void silence_is_not_declining(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX','CR'");
    say(&c, "decline", "{'state':'CR','stage':'poll','round':1," SAID "}");
    json_t *shown = case_json(&c, directory, "2026-03-20T12:00:00Z", english), *reply;
    json_t *replies =
        json_object_get(json_array_get(json_object_get(shown, "polls"), 0), "replies");
    size_t i, seen = 0;
    json_array_foreach(replies, i, reply)
    {
        bool mexico = !strcmp(payload_text(reply, "state"), "MX");
        assert_string_equal(payload_text(reply, "status"), mexico ? "silent" : "declined");
        seen++;
    }
    assert_int_equal(seen, 2);
    json_decref(shown);
    case_release(&c);
}

/* Everybody with an office there is asked, unless it is urgent. */
static void whoever_is_there_is_asked(void **state)
{
    static const char poll[] = "{'round':1,'to':['MX'],'reply_by':'2026-03-18'}";
    struct case_file c;

    (void)state;
    kit_case(&c);
    for (int urgent = 0; urgent < 2; urgent++) {
        struct gate_findings found;
        json_t *json = kit_json(poll);
        size_t named = 0;
        struct gate_input in = {.c = &c,
                                .kind = ACT_POLL,
                                .payload = json,
                                .directory = directory,
                                .now = "2026-03-20T12:00:00Z",
                                .role = ROLE_OFFICER};
        gate_check(&in, english, &found);
        for (size_t i = 0; i < found.count; i++)
            named += !strcmp(found.list[i].gate, "P.everyone");
        assert_int_equal(named, urgent ? 0 : 2); /* Canada and Costa Rica */
        gate_findings_release(&found);
        json_decref(json);
        char id[2 * ACT_ID_SIZE + 1];
        act_id_hex(c.acts[0].id, id);
        kit_add_of(&c, "correct",
                   "{'of':'%s','reason':'worse','payload':{'role':'requesting','receiving_state':"
                   "'AE','priority':'urgent','source':'phone'}}",
                   id);
    }
    case_release(&c);
}

/* A national of the State that could help: that State's own duty, until the head of post finds. */
static void its_own_national_is_its_own_duty(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX','CR'");
    say(&c, "person",
        "{'person':1,'surname_1':'RAMÍREZ','given_names':'Karen','nationalities':"
        "[{'state':'HN','proof':'passport'},{'state':'MX','proof':'declared'}]}");
    say(&c, "reply", OFFER("MX", "1"));
    say(&c, "reply", OFFER("CR", "1"));
    refused(&c, "choose", "{'state':'MX','reason':'near'}", "choose.own");
    say(&c, "choose", "{'state':'CR','reason':'near'}");
    char *why = tried(&c, ROLE_HEAD, "determine",
                      "{'requirement':'R9','person':1,'status':'met','reason':'Mexico agrees.'}");
    assert_string_equal(why, "");
    free(why);
    say(&c, "choose", "{'state':'MX','reason':'near'}");
    case_release(&c);
}

/* The immediate contact is outside the mechanism: no step of it, and no assistance. */
static void a_contact_is_no_assistance(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    enum stage before = case_stage(&c);
    say(&c, "contact", "{'at':'2026-03-19T22:00:00Z','reason':'Shots.','detail':'Water.'}");
    assert_int_equal(case_stage(&c), before);
    assert_null(case_last(&c, ACT_ASSIST));
    assert_int_equal(case_uncountersigned(&c, NULL, 0), 1); /* to be countersigned */
    case_release(&c);
}

/* Each post says its own acts; the other side's are taken down as such (Art. 2). */
static void each_side_says_its_own(void **state)
{
    struct case_file c;

    (void)state;
    polled(&c, "'MX'");
    refused(&c, "reply",
            "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,"
            "'services':['shelter']}",
            "transcribed");
    say(&c, "reply", OFFER("MX", "1"));
    assert_true(entry_transcribed(case_last(&c, ACT_REPLY)));
    case_release(&c);
}

/* Neither its own State nor the one where the person is can be asked to help. */
static void helpers_are_third_states(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    refused(&c, "poll", "{'round':1,'to':['HN'],'reply_by':'2026-03-18'}", "own protection");
    refused(&c, "poll", "{'round':1,'to':['AE'],'reply_by':'2026-03-18'}", "receiving State");
    case_release(&c);
}

/* A decision is a person's: nothing of the facts makes it. */
static void nobody_decided_until_somebody_did(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_null(case_last(&c, ACT_DECIDE));
    refused(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-03-18'}", "P.decision");
    case_release(&c);
}

/* One note must reach the post that is to help, not its capital alone. */
static void the_note_reaches_the_post(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    for (int there = 0; there < 2; there++) {
        json_t *json = kit_json(
            there ? "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy',"
                    "'city':'abu "
                    "dhabi'},'persons':[1],'date':'2026-03-16','at':'2026-03-16T10:00:00Z'}"
                  : "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Secretariat',"
                    "'city':'Mexico City'},'persons':[1],'date':'2026-03-16',"
                    "'at':'2026-03-16T10:00:00Z'}");
        struct gate_findings found;
        struct gate_input in = {.c = &c,
                                .kind = ACT_NOTE,
                                .payload = json,
                                .directory = directory,
                                .now = "2026-03-20T12:00:00Z",
                                .role = ROLE_OFFICER};
        size_t named = 0;
        gate_check(&in, english, &found);
        for (size_t i = 0; i < found.count; i++)
            named += !strcmp(found.list[i].gate, "N.post");
        assert_int_equal(named, there ? 0 : 1);
        gate_findings_release(&found);
        json_decref(json);
    }
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nationals_of_member_states),
        cmocka_unit_test(no_other_state_requests),
        cmocka_unit_test(what_is_only_declared_is_open),
        cmocka_unit_test(a_party_from_its_day_on),
        cmocka_unit_test(only_parties_are_asked),
        cmocka_unit_test(no_office_of_its_own),
        cmocka_unit_test(an_office_that_cannot_act),
        cmocka_unit_test(honorary_and_non_resident_do_not_count),
        cmocka_unit_test(the_district_is_advice),
        cmocka_unit_test(a_district_alone_is_other_cooperation),
        cmocka_unit_test(state_authorities_limit_the_first_ground_only),
        cmocka_unit_test(an_official_who_did_it_is_for_the_head_of_post),
        cmocka_unit_test(who_did_it_must_be_known),
        cmocka_unit_test(a_child_by_the_youngest_reading),
        cmocka_unit_test(the_network_is_asked_first),
        cmocka_unit_test(the_network_says_why_it_cannot),
        cmocka_unit_test(urgency_gives_its_reason),
        cmocka_unit_test(another_nationality_is_for_the_head_of_post),
        cmocka_unit_test(nor_of_a_state_that_could_help),
        cmocka_unit_test(each_requirement_says_why),
        cmocka_unit_test(who_could_help_has_an_able_office_there),
        cmocka_unit_test(who_cannot_act_is_not_asked),
        cmocka_unit_test(no_order_of_merit),
        cmocka_unit_test(nobody_there_has_other_ways),
        cmocka_unit_test(a_pilot_warns_and_does_not_block),
        cmocka_unit_test(not_before_it_is_in_force),
        cmocka_unit_test(an_old_list_warns),
        cmocka_unit_test(fear_leaves_it_open_and_asks_nobody),
        cmocka_unit_test(words_report_and_do_not_judge),
        cmocka_unit_test(the_person_may_be_in_any_country),
        cmocka_unit_test(a_state_declines_without_a_reason),
        cmocka_unit_test(assistance_that_ends_has_its_hand_over),
        cmocka_unit_test(legal_and_material_are_two_answers),
        cmocka_unit_test(a_choice_has_its_reason),
        cmocka_unit_test(the_manner_of_help_is_said),
        cmocka_unit_test(armed_conflict_is_kept),
        cmocka_unit_test(each_ground_says_who_did_it),
        cmocka_unit_test(a_cost_has_its_source),
        cmocka_unit_test(a_lock_is_lifted_after_counselling),
        cmocka_unit_test(deadlines_where_nobody_set_others),
        cmocka_unit_test_setup_teardown(a_poll_of_one_is_a_poll, setup, teardown),
        cmocka_unit_test_setup_teardown(the_only_one_declines, setup, teardown),
        cmocka_unit_test_setup_teardown(a_second_round_asks_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(every_exit_has_its_reason_and_a_way_back, setup, teardown),
        cmocka_unit_test_setup_teardown(silence_is_not_declining, setup, teardown),
        cmocka_unit_test_setup_teardown(whoever_is_there_is_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(its_own_national_is_its_own_duty, setup, teardown),
        cmocka_unit_test_setup_teardown(a_contact_is_no_assistance, setup, teardown),
        cmocka_unit_test_setup_teardown(each_side_says_its_own, setup, teardown),
        cmocka_unit_test_setup_teardown(helpers_are_third_states, setup, teardown),
        cmocka_unit_test_setup_teardown(nobody_decided_until_somebody_did, setup, teardown),
        cmocka_unit_test_setup_teardown(the_note_reaches_the_post, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
