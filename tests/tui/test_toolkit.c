/* SPDX-License-Identifier: MIT */
/*
 * The toolkit's form and list on a terminal: what stands where, where the cursor is, and what each
 * act costs in bytes (the budgets of a slow line).
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"

static struct child *start_with(const struct child_options *options, const char *what,
                                const char *line)
{
    const char *build = getenv("AMPARO_BUILD");
    char *program = xasprintf("%s/tests/tui/toolkit_demo", build ? build : ".");
    const char *const argv[] = {program, what, line, NULL};
    struct child *child = expect_start(options, argv);

    free(program);
    return child;
}

static struct child *start(const char *what, const char *line)
{
    return start_with(&(struct child_options){0}, what, line);
}

/* Bytes written since the last call. */
static size_t cost(struct child *child)
{
    static size_t before;
    size_t now = child_bytes(child);
    size_t since = now - before;

    before = now;
    return since;
}

#define expect_cost(child, most) expect_true(child, cost(child) <= (most))

static void press_times(struct child *child, int press, int times)
{
    for (int i = 0; i < times; i++)
        child_press(child, press);
}

static void test_form_by_keys(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    expect_cursor(child, 3, 17);
    child_type(child, "Ramírez");
    child_press(child, PRESS_TAB);
    expect_row(child, 3,
               " Surnames        Ramírez_________________  >second  ____________________");
    child_type(child, "Ordóñez");
    child_press(child, PRESS_ENTER);
    child_type(child, "Karen Yamileth");
    child_press(child, PRESS_ENTER);
    child_type(child, "f"); /* full: leaves by itself */
    expect_row(child, 5, " Sex             F female");
    child_type(child, "soon");
    child_press(child, PRESS_ENTER);
    expect_row(child, 6, " Born            soon__________  error: not a date");
    expect_text(child, "Kept born=soon at nationalities[0].state");
    child_press(child, PRESS_UP);
    expect_cursor(child, 6, 17);
    child_type(child, "1984");
    child_press(child, PRESS_ENTER);
    expect_row(child, 6, " Born            1984__________  born 1984");
    child_press(child, PRESS_F2);
    expect_exit(child, 0);
    child_free(child);
}

static void test_codes(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    press_times(child, PRESS_DOWN, 5);
    child_type(child, "cost");
    expect_text(child, "CR  Costa Rica");
    expect_text(child, "CI  Côte d'Ivoire"); /* by its Spanish name */
    child_press(child, PRESS_ENTER);         /* two match: into the list */
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_row(child, 7, " Nationality     CI Côte d'Ivoire");
    child_type(child, "span,miqito");
    expect_row(child, 8, ">Languages       es Spanish, miqito______________________");
    press_times(child, PRESS_BACKSPACE, 3);
    child_press(child, PRESS_ENTER);
    expect_row(child, 8, " Languages       es Spanish, miq Miskito_________________");
    child_press(child, PRESS_UP);
    child_press(child, PRESS_BACKSPACE);
    expect_row(child, 8, ">Languages       es Spanish, ____________________________");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_F5);
    child_press(child, PRESS_ENTER);
    expect_row(child, 11, " Where now       AE United Arab Emirates");
    child_press(child, PRESS_F4);
    child_type(child, " ");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_type(child, " ");
    expect_text(child, "[x] Legal advice");
    expect_text(child, "[ ] Medical care");
    child_type(child, "care"); /* letters narrow the whole list; none of a wrong word is taken */
    expect_text(child, "[ ] Medical care");
    expect_no_text(child, "Legal advice  ");
    child_type(child, "zz");
    expect_text(child, "nothing has: carezz");
    child_press(child, PRESS_ENTER);
    expect_text(child, "nothing has: carezz");
    press_times(child, PRESS_BACKSPACE, 6);
    expect_text(child, "[x] Legal advice");
    child_press(child, PRESS_F12); /* only the list is closed */
    child_press(child, PRESS_ENTER);
    expect_text(child, "Kept needs=shelter, legal at facts");
    child_free(child);
}

static void test_answers_and_commands(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_type(child, "?u");
    child_press(child, PRESS_ENTER);
    expect_text(child, "?u");
    expect_text(child, "Kept surname_1=?u at surname_2");
    child_type(child, "=");
    expect_text(child, "Jump to section or label:");
    child_type(child, "tel");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Telephone");
    child_type(child, "=2");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Where now");
    child_type(child, "??");
    expect_text(child, "Help all");
    expect_row(child, 11, ">Where now      *________________________");
    child_press(child, PRESS_CTRL_HOME);
    child_type(child, "Paz");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_UP);
    child_type(child, "@");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Kept surname_1= at surname_2");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, ">Surnames        Paz_");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, "?u___");
    child_press(child, CTRL('R'));
    expect_row_has(child, 3, "Paz_");
    child_free(child);
}

static void test_long_text(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_type(child, "=what");
    child_press(child, PRESS_ENTER);
    child_type(child, "The employer keeps the passport and has not paid for five months now");
    expect_row(child, 13, ">What happened   The employer keeps the passport and has not paid__");
    expect_row_has(child, 14, "for five months now_____");
    child_free(child);
}

/* Half-typed text is told within two seconds, without any key. */
static void test_half_typed(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_type(child, "Ram");
    expect_await(child, "Half surname_1=Ram:3");
    child_free(child);
}

static void test_small_and_resized(void **state)
{
    (void)state;
    struct child *child =
        start_with(&(struct child_options){.rows = 12, .cols = 40}, "form", "slow");

    child_type(child, "Ramírez");
    press_times(child, PRESS_TAB, 12);
    expect_cursor_on(child, ">Telephone");
    child_resize(child, 5, 20);
    expect_cursor_on(child, ">Teleph");
    child_type(child, "123");
    child_resize(child, 1, 1);
    child_resize(child, 24, 80);
    expect_row(child, 17, ">Telephone       123_________________");
    expect_row_has(child, 3, "Ramírez___");
    child_free(child);
}

static void test_hostile_input(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_paste(child, "A\x1B[2J\x1B]0;x\x07\nB\xE2\x80\xAE"
                       "C");
    expect_row_has(child, 3, "A[2J]0;x B�C___");
    child_press(child, PRESS_ENTER);
    child_type(child, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7日本مرحبا");
    child_press(child, PRESS_END);
    expect_cursor(child, 3, 52 + 2 + 4 + 5);
    child_free(child);
}

/* A paste is one edit: one paint, one undo; what finds no room is told, and the beginning kept. */
static void test_paste_is_one_edit(void **state)
{
    (void)state;
    struct child *child = start_with(&(struct child_options){.count_writes = true}, "form", "slow");
    char long_text[3001];

    child_type(child, "Ana ");
    size_t writes = child_writes(child);
    child_paste(child, "Maria\nde la Luz");
    assert_int_equal(child_writes(child), writes + 1);
    expect_row_has(child, 3, "Ana Maria de la Luz____");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, "Ana ____");
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    child_paste(child, long_text);
    expect_text(child, "There is no room for more");
    child_press(child, PRESS_HOME);
    expect_no_text(child, "There is no room for more");
    expect_row_has(child, 3, "Ana xxxxx");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, "Ana ____");
    child_free(child);
}

/* Typing undone in a field that was left by more undoing comes back by redoing. */
static void test_undo_over_fields(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_type(child, "Paz");
    child_press(child, PRESS_TAB);
    child_type(child, "Luz");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, ">second  ____");
    child_press(child, CTRL('U'));
    expect_row_has(child, 3, ">Surnames       *____");
    child_press(child, CTRL('R'));
    expect_row_has(child, 3, "Paz____");
    child_press(child, CTRL('R'));
    expect_row_has(child, 3, ">second  Luz____");
    child_press(child, CTRL('R'));
    expect_row_has(child, 3, ">second  Luz____");
    press_times(child, CTRL('U'), 2);
    expect_row_has(child, 3, ">Surnames       *____");
    child_free(child);
}

static void test_signals(void **state)
{
    (void)state;
    struct child *child = start("form", "slow");

    child_kill(child, SIGTERM);
    expect_exit(child, 0);
    child_free(child);
    child = start("form", "slow");
    child_hang_up(child);
    int status = child_wait(child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    child_free(child);
}

static void test_budget_plain(void **state)
{
    (void)state;
    struct child *child = start("list", "slow");

    cost(child);
    child_press(child, PRESS_DOWN);
    expect_cost(child, 10);
    child_press(child, PRESS_UP);
    expect_cost(child, 10);
    child_press(child, PRESS_PAGE_DOWN);
    cost(child);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    cost(child);
    child_press(child, PRESS_DOWN);
    expect_cost(child, 110);
    child_free(child);

    child = start("form", "slow");
    child_type(child, "Ramire");
    cost(child);
    child_type(child, "z");
    expect_cost(child, 2);
    child_press(child, PRESS_LEFT);
    cost(child);
    child_type(child, "x");
    expect_cost(child, 25);
    child_press(child, PRESS_TAB);
    cost(child);
    child_press(child, PRESS_TAB);
    expect_cost(child, 90);
    child_press(child, PRESS_TAB);
    expect_cost(child, 90);
    child_free(child);
}

static void test_budget_rich(void **state)
{
    (void)state;
    struct child *child = start("list", "fast");

    cost(child);
    child_press(child, PRESS_DOWN);
    expect_cost(child, 60);
    child_free(child);
    child = start("form", "fast");
    child_type(child, "Ramire");
    cost(child);
    child_type(child, "z");
    expect_cost(child, 18);
    child_press(child, PRESS_LEFT);
    cost(child);
    child_type(child, "x");
    expect_cost(child, 45);
    child_press(child, PRESS_TAB);
    cost(child);
    child_press(child, PRESS_TAB);
    expect_cost(child, 120);
    child_free(child);
}

/* A first screen, for each cell of it that is not blank, in tenths of a byte. */
static void expect_first_screen(const char *what, const char *line, size_t most)
{
    struct child *child = start(what, line);

    expect_true(child, child_bytes(child) * 10 <= emulator_ink(child_screen(child)) * most);
    child_free(child);
}

static void test_budget_screens(void **state)
{
    (void)state;
    expect_first_screen("form", "slow", 15);
    expect_first_screen("form", "fast", 20);
    expect_first_screen("list", "slow", 17);
    expect_first_screen("list", "fast", 22);
}

static void test_one_write_a_paint(void **state)
{
    (void)state;
    const int presses[] = {PRESS_DOWN, PRESS_PAGE_DOWN, PRESS_END, PRESS_PAGE_UP};
    struct child *child = start_with(&(struct child_options){.count_writes = true}, "list", "slow");

    assert_int_equal(child_writes(child), 1); /* the first screen */
    for (size_t i = 0; i < ARRAY_SIZE(presses); i++) {
        child_press(child, presses[i]);
        assert_int_equal(child_writes(child), 2 + i);
    }
    child_free(child);
}

/* The same on other terminals, and the twins of the F-keys. */
static void test_terminals(void **state)
{
    (void)state;
    const char *const types[] = {"vt220", "linux", "tmux-256color", "xterm"};

    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        struct child *child = start_with(&(struct child_options){.term = types[i]}, "form", "slow");
        child_type(child, "Núñez");
        child_press(child, PRESS_DOWN);
        child_press(child, PRESS_UP);
        expect_row_has(child, 3, ">Surnames        Núñez___________________   second");
        child_type(child, "\x1B"
                          "1");
        expect_text(child, "Help one");
        child_type(child, "\x1B"
                          "0");
        expect_exit(child, 0);
        child_free(child);
    }
}

/* A terminal that answers no question is asked for two seconds at most, and works all the same. */
static void test_mute_terminal(void **state)
{
    (void)state;
    struct child *child = start_with(&(struct child_options){.mute = true}, "form", "slow");

    child_send(child, "Ram", 3);
    expect_await(child, "Ram____");
    child_press(child, PRESS_TAB);
    child_type(child, "x");
    expect_row_has(child, 3, ">second  x___");
    child_free(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_by_keys),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_answers_and_commands),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_half_typed),
        cmocka_unit_test(test_small_and_resized),
        cmocka_unit_test(test_hostile_input),
        cmocka_unit_test(test_paste_is_one_edit),
        cmocka_unit_test(test_undo_over_fields),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_budget_plain),
        cmocka_unit_test(test_budget_rich),
        cmocka_unit_test(test_budget_screens),
        cmocka_unit_test(test_one_write_a_paint),
        cmocka_unit_test(test_terminals),
        cmocka_unit_test(test_mute_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
