/* SPDX-License-Identifier: MIT */
/* The way to the end of a case by keys: each block mended from its line, the closing, reopening. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "tests/harness/expect.h"
#include "tests/tui/player.h"
#include "tests/unit/store_kit.h"

#define CASE "HNTGU-2026-0001"
#define TOLD "'transcribed':{'from':'Embassy','channel':'email','on':'2026-03-11'}"

/* A child was helped, nobody accepted yet, and who bears the bus is not known. */
static void make_file(const char *name)
{
    static const char *const parties[] = {"HN", "MX"};
    const struct date since = {2026, 1, 10};
    struct store *store = kit_create_cheap(name);
    struct error err = ERROR_INIT;
    for (size_t i = 0; i < ARRAY_SIZE(parties); i++)
        assert_true(store_directory_set_party(store, parties[i], since, NULL, "a note", &err));
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    kit_record(store, CASE, ACT_PERSON,
               "{'person':1,'surname_1':'LÓPEZ','given_names':'Ana','birth_date':'2012-01-XX',"
               "'nationalities':[{'state':'HN','proof':'passport'}]}");
    kit_record(store, CASE, ACT_NEED, "{'need':'shelter','urgency':'now'}");
    kit_record(store, CASE, ACT_POLL,
               "{'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1],"
               "'override':{'reason':'a child alone'}}");
    kit_record(store, CASE, ACT_REPLY,
               "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,"
               "'services':['shelter']," TOLD "}");
    kit_record(store, CASE, ACT_CHOOSE, "{'state':'MX','reason':'the nearest'}");
    kit_record(store, CASE, ACT_NOTE,
               "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':"
               "'Abu Dhabi'},'persons':[1],'date':'2026-03-12','at':'2026-03-12T09:00:00-06:00',"
               "'override':{'reason':'a child alone'}}");
    kit_record(store, CASE, ACT_ASSIST,
               "{'at':'2026-03-12T10:00:00-06:00','by':'MX','kind':'visit','persons':[1],"
               "'manner':'good_offices','detail':'a visit'," TOLD "}");
    kit_record(store, CASE, ACT_COST,
               "{'on':'2026-03-12','amount':'301','currency':'XOF','source':'undetermined',"
               "'item':'bus'}");
    store_close(store);
}

/* On the closing screen of the case. */
static struct child *start(const char *name)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    make_file(name);
    struct child *child = expect_start(&(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, CASE);
    child_type(child, "z");
    expect_row_has(child, 0, "Closing");
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

static void each_block_leads_to_its_end(void **state)
{
    (void)state;
    struct child *child = start("blocks");
    expect_row_has(child, 0, "3 to mend first");
    expect_row_has(child, 2, "Against closing");
    expect_row_has(child, 3, "> Art. 8    XOF 301 of 2026-03-12: say who bears it");
    expect_row_has(child, 4, "Art. 7.4  person 1 is a child who was assisted");
    expect_text(child, "but for a reasoned exception of the head of post");
    expect_text(child, "by Mexico is under no");
    expect_text(child, "To be looked at");
    expect_text(child, "say which needs were not met, or none");
    expect_text(child, "note 1/2026 to Mexico: withdraw it");
    expect_text(child, "Mexico: not asked to give back or destroy it");

    child_press(child, PRESS_ENTER); /* the cost: to the costs, and to its correction */
    expect_row_has(child, 0, "Costs");
    child_type(child, "c");
    child_type(child, "the capital pays");
    go_to(child, "Borne by");
    child_type(child, "person");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "2 to mend first");
    expect_no_text(child, "Art. 8");

    child_press(child, PRESS_HOME);
    expect_cursor_on(child, "7.4");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "child");
    child_press(child, PRESS_F12);

    /* The data: asked for, then confirmed, each from its line. */
    go_to(child, "Mexico: not asked");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "return of data");
    expect_text(child, "MX Mexico");
    go_to(child, "Form");
    child_type(child, "destroyed");
    child_press(child, PRESS_ENTER);
    press_done(child);
    expect_text(child, "not confirmed");
    expect_cursor_on(child, "Mexico: asked on");
    child_press(child, PRESS_ENTER);
    go_to(child, "Confirmed");
    child_type(child, "T");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_text(child, "Mexico: confirmed on");
    end(child);
}

/* What cannot be taken back: the number of the case is typed. */
static void mean_it(struct child *child)
{
    expect_text(child, "cannot be taken back");
    child_type(child, "hntgu-2026-0001");
    child_press(child, PRESS_ENTER);
}

/* An exit asks for its reason; it is reopened with one. */
static void an_exit_and_back(void **state)
{
    (void)state;
    struct store *store = kit_create_cheap("exit");
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    store_close(store);
    const char *const argv[] = {NULL, kit_path("exit"), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0001");
    child_type(child, "z");
    expect_row_has(child, 3, "nothing");
    child_type(child, "Z");
    expect_cursor_on(child, "Outcome");
    child_type(child, "out of reach");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    mean_it(child);
    expect_text(child, "an exit needs its reason");
    child_press(child, PRESS_F12);
    expect_cursor_on(child, "Why");
    child_type(child, "moved");
    child_press(child, PRESS_ENTER);
    child_type(child, "She left for the coast.");
    child_press(child, PRESS_F2);
    mean_it(child);
    expect_text(child, "The case is closed");
    expect_text(child, "Outcome          out of reach");
    expect_text(child, "Why              the person moved on");
    expect_text(child, "Reason           She left for the coast.");
    child_press(child, PRESS_END);
    expect_cursor_on(child, "reopen the case");
    child_press(child, PRESS_ENTER);
    child_type(child, "She called.");
    child_press(child, PRESS_F2);
    expect_text(child, "Against closing");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_block_leads_to_its_end),
        cmocka_unit_test(an_exit_and_back),
    };
    return cmocka_run_group_tests_name("closing", tests, kit_begin, kit_end);
}
