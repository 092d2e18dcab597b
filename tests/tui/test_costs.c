/* SPDX-License-Identifier: MIT */
/* The screens of costs: of a case, and over all cases (Art. 8). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/player.h"
#include "tests/unit/store_kit.h"

#define CASE "HNTGU-2026-0001"
#define PERSON(number, name)                                                                       \
    "{'person':" number ",'surname_1':'" name "','given_names':'Ana',"                             \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"
#define COST(more) "{'on':'2026-03-02','item':'air ticket'," more "}"

static void make_file(const char *name)
{
    struct store *store = kit_create_cheap(name);
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    kit_record(store, CASE, ACT_PERSON, PERSON("1", "LÓPEZ"));
    kit_record(store, CASE, ACT_PERSON, PERSON("2", "MEJÍA"));
    kit_record(store, CASE, ACT_COST,
               COST("'amount':'1850.01','currency':'AED','source':'state_of_citizenship'"));
    kit_record(store, CASE, ACT_COST,
               COST("'amount':'301','currency':'XOF','source':'undetermined'"));
    kit_record(store, CASE, ACT_COST,
               COST("'amount':'480','currency':'MAD','source':'assisting_advance',"
                    "'advanced_by':'MX','persons':[2]"));
    store_close(store);
}

static struct child *start(const char *name)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    make_file(name);
    struct child *child = expect_start(&(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* Down from where one is, to the row of that label. */
static void go_to(struct child *child, const char *label)
{
    for (int row, col, tries = 0; tries < 25; tries++) {
        emulator_cursor(child_screen(child), &row, &col);
        if (emulator_column_of(child_screen(child), row, label) >= 0)
            return;
        child_press(child, PRESS_DOWN);
    }
    expect_cursor_on(child, label);
}

static void choose(struct child *child, const char *value)
{
    child_type(child, value);
    child_press(child, PRESS_ENTER);
}

/* What is not settled stands first, and its correction settles it. */
static void costs_of_a_case(void **state)
{
    (void)state;
    struct child *child = start("case");
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    child_type(child, "9$");
    expect_row_has(child, 0, "Costs");
    expect_row_has(child, 2, "Not settled");
    expect_row_has(child, 3, ">");
    expect_row_has(child, 3, "XOF 301  undetermined");
    expect_text(child, "AED 1,850.01  State of nationality");
    expect_no_text(child, "Together"); /* one source in each currency */
    expect_text(child, "LÓPEZ, Ana                                 AED 925.01");
    expect_text(child, "MEJÍA, Ana                                 AED 925.00");
    expect_text(child, "MEJÍA, Ana                                    XOF 150");
    child_type(child, "c");
    expect_row_has(child, 0, "Correction");
    child_type(child, "the capital pays");
    go_to(child, "Borne by");
    choose(child, "person");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Costs");
    expect_no_text(child, "Not settled");
    expect_text(child, "[corrected]");
    end(child);
}

/* An advance is paid in part, then the rest; what is owed is seen from today's work. */
static void an_advance_is_refunded(void **state)
{
    (void)state;
    struct child *child = start("advance");
    child_type(child, "$");
    expect_row_has(child, 0, "Costs of all cases");
    expect_row_has(child, 3, ">");
    expect_row_has(child, 3, "MAD 480.00  HN to MX  " CASE "  LÓPEZ, Ana");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_END);
    expect_text(child, "Honduras to Mexico                 MAD 480.00, due 2 Mar");
    child_type(child, "y");
    expect_row_has(child, 0, "refund of an advance");
    expect_text(child, "Advance         Cost: 480 MAD");
    go_to(child, "Amount");
    child_type(child, "480.01");
    child_press(child, PRESS_F2);
    expect_text(child, "more than is left");
    for (int letter = 0; letter < 6; letter++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, "180");
    child_press(child, PRESS_F2);
    expect_text(child, "MAD 300.00 of 480.00, due 2 Mar");
    child_press(child, PRESS_END);
    child_type(child, "y");
    press_done(child);
    expect_text(child, "MAD 0.00 of 480.00, settled ");
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Costs of all cases");
    expect_row_has(child, 3, "None. What an assisting State advanced");
    end(child);
}

static void a_budget_is_recorded(void **state)
{
    (void)state;
    struct child *child = start("budget");
    child_type(child, "$g");
    expect_row_has(child, 0, "A budget of IOM");
    child_type(child, "5000 Returns");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The budget of Returns is recorded.");
    expect_text(child, "USD 5,000.00");
    child_type(child, "g");
    child_type(child, "lots Returns");
    child_press(child, PRESS_ENTER);
    expect_text(child, "lots: is no amount in USD");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_of_a_case),
        cmocka_unit_test(an_advance_is_refunded),
        cmocka_unit_test(a_budget_is_recorded),
    };
    return cmocka_run_group_tests_name("costs", tests, kit_begin, kit_end);
}
