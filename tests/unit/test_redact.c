/* SPDX-License-Identifier: MIT */
/* What leaves, and to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/redact.h"
#include "amparo/base/mem.h"
#include "fold_kit.h"

static const struct audience post = {AUDIENCE_POST, NULL, NULL};
static const struct audience capital = {AUDIENCE_CAPITAL, NULL, NULL};
static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};
static const struct audience costa_rica = {AUDIENCE_STATE, "CR", NULL};
static const struct audience focal = {AUDIENCE_FOCAL, NULL, NULL};
static const struct audience secretariat = {AUDIENCE_SECRETARIAT, NULL, NULL};
static const struct audience iom = {AUDIENCE_IOM, NULL, NULL};
static const struct audience police = {AUDIENCE_AUTHORITY, NULL, "Dubai Police"};
static const struct audience court = {AUDIENCE_AUTHORITY, NULL, "Labour Court"};
static const struct audience nobody = {AUDIENCE_AUTHORITY, NULL, NULL};
static const struct audience network = {AUDIENCE_NETWORK, NULL, NULL};

static const struct audience *const others[] = {
    &capital, &mexico, &costa_rica, &focal, &iom, &police, &secretariat, &network, &court, &nobody};

static void consent(struct case_file *c, const char *purpose, const char *to)
{
    char *payload = xasprintf("{'person':1,'purpose':'%s','to':'%s','given_by':'self',"
                              "'form':'oral','on':'2026-03-12'}",
                              purpose, to);
    kit_add(c, "consent", payload);
    free(payload);
}

/* The class by which the key of that act is redacted, or NULL: it is shown. */
static const char *redacted(const struct case_file *c, const struct entry *e, const char *key,
                            const struct audience *audience)
{
    json_t *shown = redact_payload(c, e->act->kind, e->payload, audience);
    const json_t *value = json_object_get(shown, key);
    const char *class = json_string_value(json_object_get(value, "redacted"));

    assert_non_null(value);
    assert_int_equal(json_object_size(shown), json_object_size(e->payload));
    if (!class)
        assert_true(json_equal(value, json_object_get(e->payload, key)));
    static char copy[3];
    if (class)
        memcpy(copy, class, sizeof copy);
    json_decref(shown);
    return class ? copy : NULL;
}

static void without_consent_nothing_personal_leaves(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    const struct entry *person = case_person(&c, 1), *ground = case_last(&c, ACT_GROUND);
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_false(redact_allows_identity(&c, 1, others[i]));
        assert_string_equal(redacted(&c, person, "surname_1", others[i]), "P1");
        assert_string_equal(redacted(&c, person, "nationalities", others[i]), "P1");
        assert_string_equal(redacted(&c, ground, "facts", others[i]), "P2");
        assert_null(redacted(&c, ground, "code", others[i]));
        assert_null(redacted(&c, person, "person", others[i]));
    }
    assert_true(redact_allows_identity(&c, 1, &post));
    assert_null(redacted(&c, person, "surname_1", &post));
    assert_null(redacted(&c, ground, "facts", &post));
    case_release(&c);
}

static void each_consent_opens_its_door(void **state)
{
    static const struct {
        const char *purpose, *to;
        const struct audience *opens;
        bool sensitive;
    } doors[] = {
        {"P2", "Tegucigalpa", &capital, true},
        {"P4", "MX", &mexico, true},
        {"P5", "IOM", &iom, true},
        {"P6", "Dubai Police", &police, false},
        {"P1", "this post", NULL, false},
        {"P3", "focal points", NULL, false},
        {"P9", "the network", NULL, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(doors); i++) {
        struct case_file c;

        kit_case(&c);
        consent(&c, doors[i].purpose, doors[i].to);
        const struct entry *person = case_person(&c, 1), *ground = case_last(&c, ACT_GROUND);
        for (size_t j = 0; j < ARRAY_SIZE(others); j++) {
            bool opens = others[j] == doors[i].opens;
            assert_int_equal(redact_allows_identity(&c, 1, others[j]), opens);
            assert_int_equal(redacted(&c, person, "surname_1", others[j]) == NULL, opens);
            assert_int_equal(redacted(&c, ground, "facts", others[j]) == NULL,
                             opens && doors[i].sensitive);
        }
        case_release(&c);
    }
}

static void a_withdrawal_closes_it_again(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P4", "MX");
    assert_true(redact_allows_identity(&c, 1, &mexico));
    kit_add(&c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-20','form':'telephone'}");
    assert_false(redact_allows_identity(&c, 1, &mexico));
    assert_string_equal(redacted(&c, case_person(&c, 1), "given_names", &mexico), "P1");
    case_release(&c);
}

static void some_things_never_leave(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P2", "Tegucigalpa");
    consent(&c, "P4", "MX");
    consent(&c, "P5", "IOM");
    consent(&c, "P6", "Dubai Police");
    kit_add(&c, "situation", "{'locality':'Dubai','address':'Street 12, door 4'}");
    kit_add(&c, "choose", "{'state':'MX','reason':'She speaks Spanish.'}");
    const struct entry *situation = case_last(&c, ACT_SITUATION);
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_string_equal(redacted(&c, situation, "address", others[i]), "P3");
        assert_string_equal(redacted(&c, case_last(&c, ACT_CHOOSE), "reason", others[i]), "P3");
    }
    assert_null(redacted(&c, situation, "address", &post));
    assert_null(redacted(&c, situation, "locality", &mexico));
    assert_string_equal(redacted(&c, situation, "locality", &police), "P2");
    assert_string_equal(redacted(&c, situation, "locality", &focal), "P2");
    case_release(&c);
}

static void the_lock_bars_every_state(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P2", "Tegucigalpa");
    consent(&c, "P4", "MX");
    consent(&c, "P5", "IOM");
    kit_add(&c, "person",
            "{'person':1,'single_name':'Ana','nationalities':[],'fears_own_state':true}");
    assert_false(redact_allows_identity(&c, 1, &capital));
    assert_false(redact_allows_identity(&c, 1, &mexico));
    assert_true(redact_allows_identity(&c, 1, &iom));
    /* Not even the open fields of who is locked. */
    assert_string_equal(redacted(&c, case_last(&c, ACT_GROUND), "code", &capital), "P0");
    assert_string_equal(redacted(&c, case_last(&c, ACT_GROUND), "code", &focal), "P0");
    assert_string_equal(redacted(&c, case_last(&c, ACT_GROUND), "code", &secretariat), "P0");
    assert_null(redacted(&c, case_last(&c, ACT_GROUND), "code", &iom));
    assert_null(redacted(&c, case_last(&c, ACT_GROUND), "code", &post));
    kit_add(&c, "need", "{'need':'legal','urgency':'week'}");
    assert_string_equal(redacted(&c, case_last(&c, ACT_NEED), "need", &mexico), "P0");
    kit_add(&c, "lift_lock", "{'person':1,'counselling':'a','consent':'b'}");
    assert_true(redact_allows_identity(&c, 1, &mexico));
    assert_null(redacted(&c, case_last(&c, ACT_GROUND), "code", &focal));
    case_release(&c);
}

static void all_persons_of_an_act_must_agree(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P4", "MX");
    kit_add(&c, "person", "{'person':2,'single_name':'Eva','nationalities':[]}");
    kit_add(&c, "assist",
            "{'at':'2026-03-17T10:00:00+04:00','by':'MX','kind':'visit','persons':[1],"
            "'manner':'good_offices','detail':'At the shelter.','transcribed':{'from':'MX',"
            "'channel':'email','on':'2026-03-17'}}");
    assert_null(redacted(&c, case_last(&c, ACT_ASSIST), "detail", &mexico));
    kit_add(&c, "assist",
            "{'at':'2026-03-17T10:00:00+04:00','by':'MX','kind':'visit','persons':[1,2],"
            "'manner':'good_offices','detail':'At the shelter.','transcribed':{'from':'MX',"
            "'channel':'email','on':'2026-03-17'}}");
    assert_string_equal(redacted(&c, case_last(&c, ACT_ASSIST), "detail", &mexico), "P2");
    assert_null(redacted(&c, case_last(&c, ACT_ASSIST), "transcribed", &mexico));
    case_release(&c);
}

static void corrections_are_redacted_as_what_they_correct(void **state)
{
    struct case_file c;
    char id[2 * ACT_ID_SIZE + 1];

    (void)state;
    kit_case(&c);
    act_id_hex(c.acts[2].id, id);
    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'Heard wrong.','payload':{'person':1,'code':'G3',"
               "'perpetrator':'family','facts':'At home.'}}",
               id);
    json_t *shown =
        redact_payload(&c, ACT_CORRECT, case_last(&c, ACT_CORRECT)->payload, &secretariat);
    json_t *expected = kit_json("{'reason':{'redacted':'P1'},'payload':{'person':1,'code':'G3',"
                                "'perpetrator':{'redacted':'P2'},'facts':{'redacted':'P2'}}}");
    json_object_del(shown, "of");
    assert_true(json_equal(shown, expected));
    json_decref(shown);
    json_decref(expected);

    json_t *stray = kit_json("{'of':'00','reason':'x','payload':{'surname_1':'RAMÍREZ'}}");
    shown = redact_payload(&c, ACT_CORRECT, stray, &secretariat);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(shown, "payload"), "redacted")), "P3");
    json_decref(shown);
    json_decref(stray);
    case_release(&c);
}

static void what_is_unknown_stays_here(void **state)
{
    struct case_file c;
    json_t *payload = kit_json("{'person':1,'colour':'red'}");

    (void)state;
    kit_case(&c);
    json_t *shown = redact_payload(&c, ACT_PERSON, payload, &iom);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(shown, "colour"), "redacted")), "P3");
    json_decref(shown);
    json_decref(payload);
    case_release(&c);
}

static void what_a_state_gave_may_go_back_to_it(void **state)
{
    static const struct audience honduras = {AUDIENCE_STATE, "HN", NULL};
    struct case_file c;

    (void)state;
    kit_empty(&c, "MX");
    kit_add(&c, "open",
            "{'role':'assisting','receiving_state':'AE','requesting_state':'HN',"
            "'priority':'routine','source':'capital'}");
    for (int i = 1; i <= 2; i++) {
        char *payload = xasprintf("{'person':%d,'surname_1':'R','given_names':'K',"
                                  "'nationalities':[{'state':'HN','proof':'passport'}]}",
                                  i);
        kit_add(&c, "person", payload);
        free(payload);
    }
    assert_false(redact_allows_identity(&c, 1, &honduras));
    kit_add(&c, "note",
            "{'kind':'REQ','direction':'in','persons':[1],"
            "'from':{'state':'HN','office':'E','city':'C'},'date':'2026-03-10',"
            "'at':'2026-03-10T09:00:00Z','number':'1',"
            "'transcribed':{'from':'HN','channel':'email','on':'2026-03-10'}}");
    assert_true(redact_allows_identity(&c, 1, &honduras));
    assert_false(redact_allows_identity(&c, 2, &honduras));
    assert_false(redact_allows_identity(&c, 1, &costa_rica));
    kit_add(&c, "person",
            "{'person':1,'surname_1':'R','given_names':'K','fears_own_state':true,"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    assert_false(redact_allows_identity(&c, 1, &honduras));
    case_release(&c);
}

/* The paper of the State that a person fears has nothing that is about that person alone. */
static void own_paper_keeps_the_locked_off(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[],'fears_own_state':true}");
    kit_add(&c, "refer", "{'to':'unhcr','on':'2026-03-10','persons':[2]}");
    kit_add(&c, "refer", "{'to':'network','on':'2026-03-10','persons':[1,2]}");
    const struct entry *unhcr = case_next(&c, NULL, ACT_REFER);
    assert_false(redact_keeps_off_paper(&c, case_person(&c, 1)->payload, &post));
    assert_true(redact_keeps_off_paper(&c, case_person(&c, 2)->payload, &post));
    assert_true(redact_keeps_off_paper(&c, unhcr->payload, &post));
    assert_true(redact_keeps_off_paper(&c, unhcr->payload, &capital));
    assert_false(redact_keeps_off_paper(&c, unhcr->payload, &iom));
    assert_false(redact_keeps_off_paper(&c, case_next(&c, unhcr, ACT_REFER)->payload, &post));
    assert_false(redact_keeps_off_paper(&c, case_last(&c, ACT_OPEN)->payload, &post));
    kit_add(&c, "lift_lock", "{'person':2,'counselling':'By UNHCR.','consent':'Her own word.'}");
    assert_false(redact_keeps_off_paper(&c, case_person(&c, 2)->payload, &post));
    case_release(&c);
}

/* A record of person 2, whom the lock (or no consent) keeps off what is told of person 1. */
static void name_in_others(bool locked)
{
    static const struct {
        const char *act, *payload, *key;
    } acts[] = {
        {"ground",
         "{'person':1,'code':'G5','perpetrator':'employer','facts':'Fled with eva luna.'}",
         "facts"},
        {"need", "{'person':1,'need':'shelter','urgency':'now','detail':'Beside ZELAYA.'}",
         "detail"},
        {"cost",
         "{'on':'2026-03-12','amount':'1','currency':'USD','source':'iom','item':'Ticket of Eva',"
         "'persons':[1]}",
         "item"},
        {"poll",
         "{'round':1,'to':['MX'],'reply_by':'2026-03-20','persons':[1],'text':'F 778-8990'}",
         "text"},
        {"notify", "{'event':'poll','text':'Call 00971 50 123 4567'}", "text"},
    };
    struct case_file c;

    kit_case(&c);
    consent(&c, "P2", "Tegucigalpa");
    consent(&c, "P4", "MX");
    kit_add(&c, "person",
            locked ? "{'person':2,'surname_1':'ZELAYA','surname_2':'RAMÍREZ','given_names':'Eva "
                     "Luna','phone':'+971501234567','nationalities':[],'fears_own_state':true}"
                   : "{'person':2,'surname_1':'ZELAYA','surname_2':'RAMÍREZ','given_names':'Eva "
                     "Luna','phone':'+971501234567','nationalities':[]}");
    kit_add(&c, "document", "{'person':2,'document':1,'type':'passport','number':'F7788990'}");
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
        kit_add(&c, acts[i].act, acts[i].payload);
        const struct entry *e = case_last(&c, act_type_named(acts[i].act)->kind);
        assert_non_null(redacted(&c, e, acts[i].key, &mexico));
        assert_non_null(redacted(&c, e, acts[i].key, &capital));
        assert_non_null(redacted(&c, e, acts[i].key, &secretariat));
        /* Our own paper is that of the State which who is locked fears. */
        assert_int_equal(redacted(&c, e, acts[i].key, &post) != NULL, locked);
    }
    /* A surname that both bear is that of who may be named; and words are whole words. */
    kit_add(&c, "need",
            "{'person':1,'need':'legal','urgency':'now','detail':'RAMÍREZ: an evaluation.'}");
    assert_null(redacted(&c, case_last(&c, ACT_NEED), "detail", &mexico));
    assert_non_null(redacted(&c, case_last(&c, ACT_NEED), "detail", &costa_rica));
    case_release(&c);
}

/* Words that stand in no field: why a requirement is met, as somebody wrote it. */
static void a_reason_goes_where_its_person_does(void **state)
{
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_true(redact_allows_text(&c, 1, &post, "Eva's cousin."));
    assert_false(redact_allows_text(&c, 1, &capital, "National of Honduras."));
    consent(&c, "P2", "Tegucigalpa");
    assert_true(redact_allows_text(&c, 1, &capital, "National of Honduras."));
    kit_add(&c, "person",
            "{'person':2,'single_name':'Eva','nationalities':[],'fears_own_state':true}");
    assert_true(redact_allows_text(&c, 1, &capital, "An evaluation."));
    assert_false(redact_allows_text(&c, 1, &capital, "A cousin, Eva."));
    assert_false(redact_allows_text(&c, 1, &post, "A cousin, Eva."));
    assert_false(redact_allows_text(&c, 2, &capital, "National of Honduras."));
    case_release(&c);
}

static void nobody_is_named_in_what_is_told_of_others(void **state)
{
    (void)state;
    name_in_others(true);
    name_in_others(false);
}

static void who_it_is_about_reads_what_is_of_nobody_else(void **state)
{
    static const struct audience karen = {AUDIENCE_PERSON, NULL, "1"},
                                 ana = {AUDIENCE_PERSON, NULL, "2"},
                                 no_one = {AUDIENCE_PERSON, NULL, NULL};
    struct case_file c;

    (void)state;
    kit_case(&c);
    kit_add(&c, "person",
            "{'person':2,'surname_1':'LÓPEZ','given_names':'Ana','nationalities':[],"
            "'fears_own_state':true}");
    kit_add(&c, "situation", "{'locality':'Dubai','address':'Street 12, door 4'}");
    kit_add(&c, "ground",
            "{'person':2,'code':'G3','perpetrator':'family','facts':'Karen RAMÍREZ saw it.'}");
    kit_add(&c, "need", "{'person':1,'need':'legal','urgency':'week','detail':'against her boss'}");
    const struct entry *of_ana = case_last(&c, ACT_GROUND),
                       *of_karen = case_next(&c, NULL, ACT_GROUND);

    assert_null(redacted(&c, case_person(&c, 1), "surname_1", &karen));
    assert_null(redacted(&c, of_karen, "facts", &karen));
    assert_null(redacted(&c, case_last(&c, ACT_NEED), "detail", &karen));
    assert_string_equal(redacted(&c, case_person(&c, 1), "surname_1", &ana), "P1");
    assert_string_equal(redacted(&c, case_person(&c, 1), "surname_1", &no_one), "P1");
    assert_string_equal(redacted(&c, of_ana, "facts", &karen), "P2");
    assert_string_equal(redacted(&c, of_ana, "facts", &ana), "P2"); /* it names somebody else */
    assert_string_equal(redacted(&c, case_last(&c, ACT_SITUATION), "address", &karen), "P3");
    /* The lock is against States. */
    assert_null(redacted(&c, case_person(&c, 2), "surname_1", &ana));
    assert_false(redact_keeps_off_paper(&c, case_person(&c, 2)->payload, &ana));
    kit_add(&c, "consent",
            "{'person':1,'purpose':'P1','to':'this post','given_by':'self','form':'oral','on':"
            "'2026-03-12','withheld':['facts']}");
    assert_string_equal(redacted(&c, case_next(&c, NULL, ACT_GROUND), "facts", &karen), "P2");
    case_release(&c);
}

static void a_part_of_a_word_is_no_recipient(void **state)
{
    static const struct {
        const char *name;
        bool is;
    } names[] = {{"Ana", true}, {"Ana López", true}, {"aña", true},   {"Mariana", false},
                 {"a", false},  {"An", false},       {"Hanah", false}};
    struct case_file c;

    (void)state;
    kit_case(&c);
    consent(&c, "P7", "Ana");
    consent(&c, "P6", "Labour Court of Dubai");
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_int_equal(
            redact_allows_identity(&c, 1, &(struct audience){AUDIENCE_FAMILY, NULL, names[i].name}),
            names[i].is);
    assert_true(redact_allows_identity(&c, 1, &court));
    assert_false(redact_allows_identity(&c, 1, &(struct audience){AUDIENCE_AUTHORITY, NULL, "c"}));
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_consent_nothing_personal_leaves),
        cmocka_unit_test(each_consent_opens_its_door),
        cmocka_unit_test(a_withdrawal_closes_it_again),
        cmocka_unit_test(some_things_never_leave),
        cmocka_unit_test(the_lock_bars_every_state),
        cmocka_unit_test(all_persons_of_an_act_must_agree),
        cmocka_unit_test(corrections_are_redacted_as_what_they_correct),
        cmocka_unit_test(what_is_unknown_stays_here),
        cmocka_unit_test(what_a_state_gave_may_go_back_to_it),
        cmocka_unit_test(own_paper_keeps_the_locked_off),
        cmocka_unit_test(a_reason_goes_where_its_person_does),
        cmocka_unit_test(nobody_is_named_in_what_is_told_of_others),
        cmocka_unit_test(a_part_of_a_word_is_no_recipient),
        cmocka_unit_test(who_it_is_about_reads_what_is_of_nobody_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
