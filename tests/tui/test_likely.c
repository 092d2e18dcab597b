/* SPDX-License-Identifier: MIT */
/* A new person is held against who is on record: compared, linked, shown on both sides, unlinked.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/expect.h"
#include "tests/unit/store_kit.h"

#define CASE(n) "HNTGU-2026-000" #n
#define KAREN                                                                                      \
    "{'person':1,'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ','given_names':'Karen Yamileth',"   \
    "'birth_date':'1998-03-14','nationalities':[{'state':'HN','proof':'passport'}]"

/* Case 1: Karen. 2: the same under lock. 3: nobody yet. */
static struct child *start(const char *name, const struct child_options *options)
{
    static const char open[] =
        "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}";
    struct store *store = kit_create(name);
    for (int i = 0; i < 3; i++)
        kit_record(store, NULL, ACT_OPEN, open);
    kit_record(store, CASE(1), ACT_PERSON, KAREN ",'phone':'+50499887766'}");
    kit_record(store, CASE(2), ACT_PERSON, KAREN ",'fears_own_state':true}");
    store_close(store);
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct child *child = expect_start(options, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, "/");
    child_type(child, CASE(3));
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, CASE(3));
    child_type(child, "1");
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* Her names with a letter wrong; the hint comes with the first that tell her from others. */
static void type_karen(struct child *child)
{
    child_type(child, "n");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "Ramires");
    child_press(child, PRESS_TAB);
    expect_no_text(child, "on record");
    child_type(child, "Ordonez");
    child_press(child, PRESS_TAB);
    child_type(child, "Karen");
    child_press(child, PRESS_TAB);
    expect_text(child, "2 persons on record are like this one: F2 shows them before it records.");
    child_press(child, PRESS_TAB);
    child_type(child, "passport");
    child_press(child, PRESS_ENTER);
}

static void compared_and_linked(void **state)
{
    (void)state;
    struct child *child = start("linked", &(struct child_options){0});
    type_karen(child);
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "The same person?");
    expect_text(child, "Not recorded yet.");
    expect_text(child, CASE(1) " 1");
    expect_text(child, "RAMÍREZ ORDÓÑEZ, Karen Yamileth");
    expect_text(child, "some names are the same; a name is the same but for a letter");
    expect_text(child, "person under lock");
    /* nobody reads a locked record from a list */
    expect_cursor_on(child, CASE(2));
    child_press(child, PRESS_ENTER);
    expect_text(child, "Under the protection lock");
    child_press(child, PRESS_DOWN);
    expect_cursor_on(child, CASE(1));
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Two records side by side");
    expect_text(child, CASE(3) " 1, typed");
    expect_text(child, "+50499887766");
    expect_text(child, "= Honduras passport");
    child_press(child, PRESS_F12);
    child_type(child, "s");
    expect_row_has(child, 0, "link to the same person");
    expect_text(child, CASE(1));
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "Her passport was seen.");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Persons");
    expect_text(child, "linked with " CASE(1) " 1");
    /* neither is asked about again; the other side says so too */
    child_type(child, "s");
    expect_text(child, CASE(2) " 1");
    expect_no_text(child, CASE(1) " 1");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_F12);
    child_type(child, "/");
    child_type(child, CASE(1));
    child_press(child, PRESS_ENTER);
    child_type(child, "1");
    expect_text(child, "linked with " CASE(3) " 1");
    child_type(child, "u");
    expect_text(child, "The link is recorded in " CASE(3));
    end(child);
}

static void somebody_else(void **state)
{
    (void)state;
    struct child *child = start("else", &(struct child_options){0});
    type_karen(child);
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "The same person?");
    /* back to the form: nothing is recorded, and what was typed is there */
    child_press(child, PRESS_F12);
    expect_text(child, "Ramires");
    child_press(child, PRESS_F2);
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Persons");
    expect_text(child, "Ramires Ordonez, Karen");
    expect_no_text(child, "linked with");
    /* the link made later, and ended */
    child_type(child, "s");
    child_press(child, PRESS_DOWN);
    expect_cursor_on(child, CASE(1));
    child_type(child, "s");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "The same telephone.");
    child_press(child, PRESS_F2);
    child_press(child, PRESS_F12);
    expect_text(child, "linked with " CASE(1) " 1");
    child_type(child, "u");
    expect_row_has(child, 0, "end of a link");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_type(child, "Her cousin.");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Persons");
    expect_no_text(child, "linked with");
    end(child);
}

/* The question is there again after a lock, and so is the form below it. */
static void a_lock_keeps_the_form(void **state)
{
    (void)state;
    struct child *child = start("locked", &(struct child_options){0});
    type_karen(child);
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "The same person?");
    child_press(child, CTRL('X'));
    expect_no_text(child, "Karen");
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "The same person?");
    child_press(child, PRESS_F12);
    expect_text(child, "Ramires");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "The same person?");
    end(child);
}

/* Documents and groups have their way in; small screens too. */
static void documents_and_groups(void **state)
{
    (void)state;
    struct child *child = start("family", &(struct child_options){.rows = 12, .cols = 40});
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_F12);
    child_type(child, "/");
    child_type(child, CASE(1));
    child_press(child, PRESS_ENTER);
    child_type(child, "1");
    child_type(child, "d");
    expect_row_has(child, 0, "document");
    child_press(child, PRESS_CTRL_HOME);
    child_type(child, "P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<");
    child_press(child, PRESS_ENTER);
    child_type(child, "E123456<<3HND9803145F29063020801199800123<68");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, "Persons");
    child_type(child, "g");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_F2);
    expect_text(child, "family 1");
    child_type(child, "s");
    expect_text(child, "person under lock");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compared_and_linked),
        cmocka_unit_test(somebody_else),
        cmocka_unit_test(a_lock_keeps_the_form),
        cmocka_unit_test(documents_and_groups),
    };
    return cmocka_run_group_tests_name("likely", tests, kit_begin, kit_end);
}
