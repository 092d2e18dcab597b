/* SPDX-License-Identifier: MIT */
/* Rules 22 to 24 of data entry by keyboard: what is said of a value, where and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"
#include "tests/tui/rules.h"

/* ---- 22: when ---- */

/* On leaving the field its format only, in one line beside it, and the cursor goes where it was to
 * go. */
static void rule_22_format_on_leaving_the_field(void **state)
{
    static const struct {
        const char *label, *next, *typed, *said;
    } wrong[] = {
        {"Telephone", "Extension", "12x", "error: "},
        {"Born", "Fears own State", "31/2/84", "error: not a date"},
        {"Age stated", "Age estimated?", "old", "error: "},
        {"Lives in", "Marital status", "Atlantis", "error: not in the list: Atlantis"},
    };
    struct child *child = rules_start(*state, "person");

    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        char next[80];
        rules_jump(child, wrong[i].label);
        child_type(child, wrong[i].typed);
        expect_true(child,
                    emulator_find(child_screen(child), "error: ") < 0); /* not while typing */
        child_press(child, PRESS_TAB);
        expect_field(child, wrong[i].label, wrong[i].said);
        expect_field(child, wrong[i].label, wrong[i].typed);
        snprintf(next, sizeof next, ">%s", wrong[i].next);
        expect_cursor_on(child, next);
        rules_jump(child, wrong[i].label);
        child_type(child, "@");
        child_press(child, PRESS_TAB);
    }
    rules_end(child);
}

static void rule_22_doubts_on_leaving_the_page(void **state)
{
    struct child *child = rules_start(*state, "person");

    rules_fill(child, "Issued on", "1/3/80");
    rules_fill(child, "Born", "15/3/84");
    expect_no_text(child, "doubt"); /* each by itself is a date */
    expect_no_text(child, "Doubt");
    child_press(child, PRESS_PAGE_DOWN);
    child_press(child, PRESS_PAGE_UP);
    rules_jump(child, "Expires");
    expect_field(child, "Issued on", "doubt: before the person was born");
    child_press(child, PRESS_PAGE_DOWN);
    expect_text(child, "Doubted: Issued on: before the person was born");
    rules_jump(child, "Issued on");
    child_type(child, "1/3/85");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "doubt: ");
    child_press(child, PRESS_PAGE_DOWN);
    expect_no_text(child, "Doubt");
    rules_end(child);
}

/* On the act the whole list; each line leads to its field. */
static void rule_22_full_list_on_the_act(void **state)
{
    size_t acts = office_count_acts(*state);
    struct child *child = rules_start(*state, "person");

    rules_fill(child, "Telephone", "12x");
    rules_fill(child, "Born", "31/2/84");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "need another look");
    expect_text(child, "Surname");
    expect_text(child, "Given names");
    expect_text(child, "missing: needed here (7.1)");
    expect_text(child, "error: not a date");
    child_type(child, "telephone");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Telephone");
    expect_field(child, "Telephone", "12x___");
    rules_end(child);
    assert_int_equal(office_count_acts(*state), acts);
}

/* The gates' list leads to the form by which each is met. */
static void rule_22_gates_lead_to_their_forms(void **state)
{
    struct child *child = rules_start(*state, "poll");

    press_done(child);
    expect_row_has(child, 0, "Refused");
    expect_text(child, "nobody has decided that the mechanism applies");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Does the mechanism apply?");
    rules_end(child);
}

/* Nothing ever blocks saving: all that is wrong is in the file when one comes back. */
static void rule_22_nothing_blocks_saving(void **state)
{
    struct child *child = rules_start(*state, "person");

    rules_fill(child, "Telephone", "12x");
    rules_fill(child, "Born", "31/2/84");
    child_type(child, "?u?");
    child_press(child, PRESS_F2);
    rules_end(child);
    child = office_unlocked(*state, NULL);
    expect_row_has(child, 0, "Unfinished");
    child_press(child, PRESS_ENTER);
    rules_jump(child, "Telephone");
    expect_field(child, "Telephone", "12x");
    rules_jump(child, "Born");
    expect_field(child, "Born", "31/2/84");
    rules_end(child);
}

/* ---- 23: error, doubt, gap ---- */

/* A doubt is told, kept at the second press with a reason, and that is in the act. */
static void rule_23_doubt_is_kept_with_a_reason(void **state)
{
    size_t acts = office_count_acts(*state);
    struct child *child = rules_start(*state, "consent");

    rules_fill(child, "Purpose", "P3");
    rules_fill(child, "Valid until", "1/3/20");
    press_done(child);
    expect_cursor_on(child, ">Valid until");
    expect_field(child, "Valid until", "doubt: before it was given");
    expect_text(child, "Doubted: 1 value. F2 again keeps it");
    assert_int_equal(office_count_acts(*state), acts);
    child_press(child, PRESS_F2);
    expect_text(child, "Why is it right as it stands?");
    child_type(child, "She wants it on paper all the same.");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Recorded in");
    rules_end(child);
    json_t *consent = rules_payload(*state, "consent");
    json_t *doubt = json_array_get(json_object_get(consent, "doubts"), 0);
    assert_string_equal(rules_text(doubt, "field"), "valid_until");
    assert_string_equal(rules_text(doubt, "doubt"), "before it was given");
    assert_string_equal(rules_text(doubt, "reason"), "She wants it on paper all the same.");
    json_decref(consent);
}

/* Where the value is mended instead there is nothing to keep. */
static void rule_23_doubt_is_mended(void **state)
{
    struct child *child = rules_start(*state, "consent");

    rules_fill(child, "Purpose", "P3");
    rules_fill(child, "Valid until", "1/3/20");
    press_done(child);
    expect_cursor_on(child, ">Valid until");
    child_type(child, "T+1W");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in");
    rules_end(child);
    json_t *consent = rules_payload(*state, "consent");
    assert_null(json_object_get(consent, "doubts"));
    json_decref(consent);
}

static void rule_23_error_doubt_and_gap_in_words(void **state)
{
    struct child *child = rules_start(*state, "ground");

    child_press(child, PRESS_F2);
    expect_field(child, "Ground", "missing: needed here (7.4)");
    rules_fill(child, "When", "soon");
    expect_field(child, "When", "error: not a date");
    rules_jump(child, "When");
    child_type(child, "1/3/2099");
    child_press(child, PRESS_ENTER);
    rules_fill(child, "Ground", "G5");
    expect_true(child, emulator_find(child_screen(child), "labour exploitation  missing") < 0);
    rules_fill(child, "By whom", "employer");
    rules_fill(child, "What happened", "Unpaid.");
    press_done(child);
    expect_field(child, "When", "doubt: is after today");
    rules_end(child);
}

/* What is put off is a gap that one sees; what is unknown or declined is none. */
static void rule_18_later_leaves_a_gap(void **state)
{
    struct child *child = rules_start(*state, "person");

    rules_fill(child, "Telephone", "?l");
    expect_field(child, "Telephone", "missing: ask later");
    rules_fill(child, "Other telephone", "?r");
    expect_field(child, "Other telephone", "declined to say");
    expect_true(child, emulator_find(child_screen(child), "missing: declined") < 0);
    rules_end(child);
}

/* ---- 24: what was typed stays ---- */

static void rule_24_wrong_is_kept_as_typed(void **state)
{
    struct child *child = rules_start(*state, "person");

    rules_fill(child, "Born", "about the rains");
    expect_field(child, "Born", "about the rains_");
    rules_jump(child, "Born");
    child_press(child, PRESS_END); /* to be mended, not typed anew */
    child_press(child, PRESS_BACKSPACE);
    expect_field(child, "Born", "about the rain__");
    rules_fill(child, "Lives in", "Atlantis");
    rules_jump(child, "Lives in");
    expect_field(child, "Lives in", "Atlantis");
    rules_end(child);
}

/* Undone to what was right, what was said of the wrong one is gone. */
static void rule_24_undo_takes_the_mark_too(void **state)
{
    struct child *child = rules_start(*state, "ground");

    rules_fill(child, "Ground", "G5");
    rules_fill(child, "By whom", "employer");
    rules_jump(child, "By whom");
    child_type(child, "@");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_field(child, "By whom", "missing: needed here");
    rules_jump(child, "By whom");
    child_press(child, CTRL('U'));
    expect_field(child, "By whom", "employer");
    expect_true(child, emulator_find(child_screen(child), "employer  missing") < 0);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_UP);
    expect_true(child, emulator_find(child_screen(child), "employer  missing") < 0);
    rules_end(child);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, rules_copy, rules_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(rule_18_later_leaves_a_gap),           RULE(rule_22_format_on_leaving_the_field),
        RULE(rule_22_doubts_on_leaving_the_page),   RULE(rule_22_full_list_on_the_act),
        RULE(rule_22_gates_lead_to_their_forms),    RULE(rule_22_nothing_blocks_saving),
        RULE(rule_23_doubt_is_kept_with_a_reason),  RULE(rule_23_doubt_is_mended),
        RULE(rule_23_error_doubt_and_gap_in_words), RULE(rule_24_wrong_is_kept_as_typed),
        RULE(rule_24_undo_takes_the_mark_too),
    };
    return cmocka_run_group_tests(tests, rules_make, rules_release);
}
