/* SPDX-License-Identifier: MIT */
/* What an erasure takes of each act, and what the fold says of who is erased. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/redact.h"
#include "amparo/base/mem.h"
#include "fold_kit.h"

#define ROSA                                                                                       \
    "{'person':2,'surname_1':'MEJÍA','given_names':'Rosa','nationalities':[{'state':'HN',"        \
    "'proof':'passport'}]}"
#define NEED(person) "{'person':" person ",'need':'shelter','urgency':'now','detail':'a bed'}"
#define NOTE(persons) NOTE_TO(persons, "")
#define NOTE_TO(persons, more)                                                                     \
    "{'kind':'SCOPE','direction':'out','to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'}," \
    "'date':'2026-03-12'" persons more "}"

static enum case_goes goes(const struct case_file *c, const char *id)
{
    return case_goes(c, case_entry(c, id)->act);
}

static const char *ask(struct case_file *c, int person)
{
    char payload[60];

    snprintf(payload, sizeof payload, "{'person':%d,'basis':'order'}", person);
    return kit_add(c, "erase_request", payload);
}

static const char *erase(struct case_file *c, const char *request)
{
    return kit_add_of(c, "erase", "{'of':'%s'}", request);
}

static void names_the_person_itself_or_by_another_act(void **state)
{
    (void)state;
    struct case_file c;

    kit_case(&c); /* person 1 and a ground */
    kit_add(&c, "person", ROSA);
    const char *own = kit_add(&c, "need", NEED("1")), *others = kit_add(&c, "need", NEED("2"));
    const char *both = kit_add(&c, "note", NOTE(",'persons':[1,2]"));
    const char *of_both = kit_add_of(&c, "annul", "{'note':'%s','reason':'x'}", both);
    const char *rosas = kit_add(&c, "note", NOTE(",'persons':[2]"));
    const char *of_rosas = kit_add_of(&c, "annul", "{'note':'%s','reason':'x'}", rosas);
    const char *all = kit_add(&c, "note", NOTE(""));
    const char *request = ask(&c, 1);
    const char *later = kit_add(&c, "note", NOTE("")), *later_own = kit_add(&c, "need", NEED("1"));
    assert_int_equal(goes(&c, own), GOES_NOTHING); /* not yet */
    erase(&c, request);
    const char *after = kit_add(&c, "note", NOTE(""));

    assert_int_equal(goes(&c, own), GOES_TEXT);
    assert_int_equal(goes(&c, both), GOES_TEXT);
    assert_int_equal(goes(&c, of_both), GOES_TEXT);
    assert_int_equal(goes(&c, all), GOES_TEXT);
    assert_int_equal(goes(&c, later_own), GOES_TEXT);
    assert_int_equal(goes(&c, request), GOES_TEXT);
    assert_int_equal(goes(&c, others), GOES_NOTHING);
    assert_int_equal(goes(&c, rosas), GOES_NOTHING);
    assert_int_equal(goes(&c, of_rosas), GOES_NOTHING);
    assert_int_equal(goes(&c, later), GOES_NOTHING); /* written by who knew of the request */
    assert_int_equal(goes(&c, after), GOES_NOTHING);
    case_release(&c);
}

/* Told of the wrong person at first: both wordings tell of who is erased. */
static void corrections_name_too(void **state)
{
    (void)state;
    struct case_file c;

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    const char *first = kit_add(&c, "need", NEED("2"));
    const char *correction = kit_add_of(
        &c, "correct", "{'of':'%s','reason':'of the other','payload':" NEED("1") "}", first);
    erase(&c, ask(&c, 1));
    assert_int_equal(goes(&c, first), GOES_TEXT);
    assert_int_equal(goes(&c, correction), GOES_TEXT);
    case_release(&c);
}

/* A wording about others alone goes where it was corrected for it, and the erasure says so. */
static void superseded_wordings_go(void **state)
{
    (void)state;
    struct case_file c;

    for (int listed = 0; listed < 2; listed++) {
        kit_case(&c);
        kit_add(&c, "person", ROSA);
        const char *need = kit_add(&c, "need", NEED("2")), *kept = kit_add(&c, "need", NEED("2"));
        const char *request = ask(&c, 1);
        const char *anew = kit_add_of(
            &c, "correct", "{'of':'%s','reason':'named her','payload':" NEED("2") "}", need);
        json_t *list = case_superseded(&c, case_erase_request(&c, request));
        assert_int_equal(json_array_size(list), 1);
        assert_string_equal(json_string_value(json_array_get(list, 0)), need);
        const char *erased = erase(&c, request);
        if (listed)
            c.acts[c.count - 1].context = json_pack("{s:O}", case_superseded_key, list);
        assert_int_equal(goes(&c, need), listed ? GOES_TEXT : GOES_NOTHING);
        assert_int_equal(goes(&c, kept), GOES_NOTHING);
        assert_int_equal(goes(&c, anew), GOES_NOTHING);
        assert_non_null(case_entry(&c, erased));
        json_decref(list);
        case_release(&c);
    }
}

/* That the erasure lists a wording which nobody corrected helps nobody; of one that was signed in
 * another copy of the file the correction may not be here. */
static void a_list_alone_takes_nothing(void **state)
{
    (void)state;
    struct case_file c;

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    const char *need = kit_add(&c, "need", NEED("2"));
    erase(&c, ask(&c, 1));
    struct act *erasure = &c.acts[c.count - 1];
    erasure->context = json_pack("{s:[s]}", case_superseded_key, need);
    assert_int_equal(goes(&c, need), GOES_NOTHING);
    erasure->elsewhere = true;
    assert_int_equal(goes(&c, need), GOES_TEXT);
    case_release(&c);
}

static void the_last_one_takes_all(void **state)
{
    (void)state;
    struct case_file c;

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    const char *need = kit_add(&c, "need", NEED("2"));
    erase(&c, ask(&c, 1));
    assert_int_equal(goes(&c, need), GOES_NOTHING);
    const char *request = ask(&c, 2), *later = kit_add(&c, "note", NOTE(""));
    erase(&c, request);
    const char *after = kit_add(&c, "note", NOTE(""));
    assert_int_equal(goes(&c, need), GOES_ALL);
    assert_int_equal(goes(&c, later), GOES_ALL);
    assert_int_equal(goes(&c, after), GOES_NOTHING);
    case_release(&c);
}

/* What counts for nothing goes with anybody. */
static void an_act_that_does_not_count_goes(void **state)
{
    (void)state;
    struct case_file c;
    struct act act = {.seq = 3, .id = {99}};

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    assert_int_equal(case_goes(&c, &act), GOES_NOTHING);
    erase(&c, ask(&c, 1));
    assert_int_equal(case_goes(&c, &act), GOES_TEXT);
    act.seq = 1000;
    assert_int_equal(case_goes(&c, &act), GOES_NOTHING);
    case_release(&c);
}

/* Each note refers twice to the one before: following all ways would take for ever. */
static void references_are_not_followed_for_ever(void **state)
{
    (void)state;
    struct case_file c;
    const char *note;

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    note = kit_add(&c, "note", NOTE(",'persons':[2]"));
    for (int i = 0; i < 50; i++) {
        char *payload = xasprintf(NOTE_TO("", ",'same_as':'%s','in_reply_to':'%s'"), note, note);
        note = kit_add(&c, "note", payload);
        free(payload);
    }
    erase(&c, ask(&c, 1));
    goes(&c, note);
    case_release(&c);
}

static void requests_await_their_answer(void **state)
{
    (void)state;
    struct case_file c;

    kit_case(&c);
    const char *first = ask(&c, 1), *second = ask(&c, 1);
    assert_true(case_awaits_erasing(&c, case_entry(&c, first)));
    kit_add_of(&c, "erase_refuse", "{'of':'%s','reason':'a trial'}", first);
    assert_false(case_awaits_erasing(&c, case_entry(&c, first)));
    assert_true(case_awaits_erasing(&c, case_entry(&c, second)));
    assert_null(case_erasure(&c, 1));
    erase(&c, second);
    assert_false(case_awaits_erasing(&c, case_entry(&c, second)));
    assert_non_null(case_erasure(&c, 1));
    assert_null(case_erasure(&c, 2));
    assert_null(case_erase_request(&c, "no id"));
    case_release(&c);
}

/* Of whom nothing is known any more nothing leaves, and nobody speaks by default. */
static void who_is_erased_is_left_out(void **state)
{
    (void)state;
    struct case_file c;
    long persons[8];
    const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};

    kit_case(&c);
    kit_add(&c, "person", ROSA);
    assert_int_equal(case_subjects(&c, NULL, 0, persons, 8), 2);
    assert_false(case_locked(&c, 1));
    c.acts[1].erased = true; /* the record of person 1 */
    assert_true(case_erased(&c, 1));
    assert_false(case_erased(&c, 2));
    assert_false(case_erased(&c, 3));
    assert_true(case_locked(&c, 1));
    assert_int_equal(case_subjects(&c, NULL, 0, persons, 8), 1);
    assert_int_equal(persons[0], 2);
    assert_false(redact_allows_identity(&c, 1, &mexico));
    assert_false(case_empty_of_persons(&c));
    c.acts[3].erased = true;
    assert_true(case_empty_of_persons(&c));
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_person_itself_or_by_another_act),
        cmocka_unit_test(corrections_name_too),
        cmocka_unit_test(superseded_wordings_go),
        cmocka_unit_test(a_list_alone_takes_nothing),
        cmocka_unit_test(the_last_one_takes_all),
        cmocka_unit_test(an_act_that_does_not_count_goes),
        cmocka_unit_test(references_are_not_followed_for_ever),
        cmocka_unit_test(requests_await_their_answer),
        cmocka_unit_test(who_is_erased_is_left_out),
    };

    return cmocka_run_group_tests_name("case erase", tests, NULL, NULL);
}
