/* SPDX-License-Identifier: MIT */
/* The assessment as other code calls it; its rules are tried from outside by tests/cli/assess.t. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static void test_facts_are_put_together_by_code(void **state)
{
    struct facts facts;
    struct assessment a;
    char city[] = "Accra";
    (void)state;

    facts_init(&facts);
    facts.on = (struct date){2026, 3, 14};
    memcpy(facts.requesting, "HN", STATE_SIZE);
    memcpy(facts.receiving, "GH", STATE_SIZE);
    for (int i = 0; i < 9; i++)
        facts_add_party(&facts, member_states[i], (struct date){2026, 1, 10});
    facts_add_list(&facts, "HN", (struct date){2026, 2, 1});
    facts_add_post(&facts, &(struct post){"MX", "GH", city, POST_EMBASSY, true, SOURCE_SEED});
    facts_add_nationality(&facts, &(struct nationality){"HN", PROOF_PASSPORT, false});
    facts_add_ground(&facts, (struct ground){GROUND_G4, PERPETRATOR_NONE});
    city[0] = '?'; /* it was copied */

    assess(&facts, english, &a);
    assert_int_equal(a.overall, OVERALL_APPLIES);
    assert_int_equal(a.minor, KNOWN_NOT);
    assert_int_equal(a.candidate_count, 1);
    assert_string_equal(a.candidates[0].posts[0].city, "Accra");
    assert_true(a.poll_allowed);
    assessment_release(&a);
    facts_release(&facts);
}

static void test_a_person_may_determine_otherwise(void **state)
{
    enum status all[REQUIREMENT_COUNT] = {STATUS_MET};
    (void)state;

    assert_int_equal(assess_overall(all, false), OVERALL_APPLIES);
    assert_int_equal(assess_overall(all, true), OVERALL_UNDETERMINED);
    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++) {
        bool advisory = r == REQUIREMENT_R3B;
        all[r] = STATUS_NOT_MET;
        assert_int_equal(assess_overall(all, false),
                         advisory ? OVERALL_APPLIES : OVERALL_DOES_NOT_APPLY);
        all[r] = STATUS_UNDETERMINED;
        assert_int_equal(assess_overall(all, false),
                         advisory ? OVERALL_APPLIES : OVERALL_UNDETERMINED);
        all[r] = STATUS_WAIVED;
        assert_int_equal(assess_overall(all, false), OVERALL_APPLIES);
        all[r] = STATUS_MET;
    }
    assert_int_equal(requirement_named("R3b"), REQUIREMENT_R3B);
    assert_int_equal(requirement_named("R5"), REQUIREMENT_COUNT);
}

static void test_blank_is_what_nobody_sees(void **state)
{
    static const char *const blank[] = {"",
                                        " ",
                                        "\t\r\n",
                                        "\u00a0",
                                        "\u1680\u2003\u202f\u205f\u3000",
                                        "\u200b\u200d\u2060\ufeff",
                                        "\u2028\u2029",
                                        "\u3164",
                                        "\u00ad"};
    static const char *const text[] = {"x", " x ", "\u00a0ñ", "0", ".", "\xff"};
    (void)state;

    assert_true(text_is_blank(NULL));
    for (size_t i = 0; i < ARRAY_SIZE(blank); i++)
        assert_true(text_is_blank(blank[i]));
    for (size_t i = 0; i < ARRAY_SIZE(text); i++)
        assert_false(text_is_blank(text[i]));
}

/* Every code of every list is in its enumeration's place. */
static void test_codes_stand_in_their_places(void **state)
{
    (void)state;
    assert_int_equal(code_index(post_kind_codes, "honorary"), POST_HONORARY);
    assert_int_equal(code_index(post_kind_codes, "non_resident"), POST_NON_RESIDENT);
    assert_int_equal(code_index(proof_codes, "declared"), PROOF_DECLARED);
    assert_int_equal(code_index(ground_codes, "G6c"), GROUND_G6C);
    assert_int_equal(code_index(perpetrator_codes, "none"), PERPETRATOR_NONE);
    assert_int_equal(code_index(network_answer_codes, "not_competent"), ANSWER_NOT_COMPETENT);
    assert_int_equal(code_index(instrument_codes, "in_force"), INSTRUMENT_IN_FORCE);
    assert_int_equal(code_index(instrument_codes, "law"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_are_put_together_by_code),
        cmocka_unit_test(test_a_person_may_determine_otherwise),
        cmocka_unit_test(test_blank_is_what_nobody_sees),
        cmocka_unit_test(test_codes_stand_in_their_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
