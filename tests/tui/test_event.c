/* SPDX-License-Identifier: MIT */
/*
 * A flood by keys: the event is said once, its people are typed one line each, families become one
 * case; a passport reader fills a line; nothing typed is lost. Prints the keys that a person takes.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/event.h"
#include "amparo/store/list.h"
#include "amparo/store/verify.h"
#include "tests/harness/expect.h"
#include "tests/tui/player.h"
#include "tests/unit/store_kit.h"

#define FLOOD "Flood Saint-Louis"

/* Typed so far: each letter and each Enter is a key. */
static size_t keys;

static void type(struct child *child, const char *text)
{
    child_type(child, text);
    keys += text_clusters(text);
}

static void press(struct child *child, int key)
{
    child_press(child, key);
    keys++;
}

static struct child *unlock(const char *name, const struct child_options *options)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct child *child = expect_start(options ? options : &(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* A file that knows the flood; its people are to come. */
static void make_file(const char *name)
{
    struct store *store = kit_create(name);
    struct error err = ERROR_INIT;
    json_t *flood = kit_json(
        "{'name':'" FLOOD "','kind':'flood','on':'2026-03-10','receiving_state':'SN','locality':"
        "'Saint-Louis','ground':'G4','perpetrator':'none','facts':'The river took the quarter.',"
        "'priority':'urgent','source':'family','needs':['shelter'],'consent_basis':'Best "
        "interests; head of post.'}");
    if (!store_event_put(store, flood, true, 0, &err))
        fail_msg("%s", error_text(&err));
    json_decref(flood);
    store_close(store);
}

static struct child *start_list(const char *name)
{
    make_file(name);
    struct child *child = unlock(name, NULL);
    child_type(child, "e\rn");
    expect_row_has(child, 0, FLOOD);
    expect_text(child, "Surnames");
    return child;
}

/* What the file holds of the flood: "cases persons children-alone", and that it is whole. */
static void assert_counts(const char *name, const char *should)
{
    struct store *store = kit_open(name, kit_ana);
    struct error err = ERROR_INIT;
    struct event e;
    struct verified verified;
    char is[60];
    if (!store_event(store, FLOOD, &e, &err) || !store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    snprintf(is, sizeof is, "%zu %zu %zu", e.cases, e.persons, e.lone);
    assert_string_equal(is, should);
    buf_release(&verified.notes);
    event_release(&e);
    store_close(store);
}

/* ---- the event itself ---- */

static void test_event_by_keys(void **state)
{
    struct child *child;
    (void)state;

    store_close(kit_create("said"));
    child = unlock("said", NULL);
    child_type(child, "e");
    expect_text(child, "none yet; n begins one");
    child_type(child, "n");
    expect_row_has(child, 0, "A new event");
    child_press(child, PRESS_F2);
    expect_text(child, "values need another look");
    child_type(child, FLOOD
               "\rflo\r10/3/26\rSN\rSaint-Louis\r\r\rThe river took the quarter.\r\rfamily\r");
    expect_text(child, "10 March 2026");
    /* Cut off in the midst of it, it is offered again. */
    end(child);
    child = unlock("said", NULL);
    expect_text(child, "new event");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The river took the quarter.");
    press_done(child);
    expect_row_has(child, 0, "Event · " FLOOD);
    expect_text(child, "Saint-Louis, Senegal · natural disaster");
    expect_text(child, "nobody is taken in yet");
    /* What it carries can be changed; its name is what cases know it by. */
    child_type(child, "c");
    child_type(child, "=By whom\rgr\r");
    child_press(child, PRESS_F2);
    expect_text(child, "criminal group");
    end(child);
}

/* ---- people ---- */

/* A family of five and two who are by themselves, as one types them; the keys are counted. */
static const char *const people[] = {
    "FLORES\rMEJÍA\rMarta\rf14mar85\rA\r\r\rp",
    "FLORES\rRUIZ\rJosé\rm41\rA\r\r\rp",
    "FLORES\r\rLuz\rf9\rA\r\r\rp",
    "FLORES\r\rAna\rf4\rA\r\r\rp",
    "RUIZ\r\rElsa\rf~1950\ra\r\rmedical\rp",
    "SOLÍS\rPAZ\rPedro\rm33\r\r\r\rp",
    "NIÑO\r\rHugo\rm12\r\ra\rp", /* alone and consent take one letter each */
};

static void test_people_by_keys(void **state)
{
    struct child *child = start_list("people");
    size_t letters = 0;
    (void)state;

    keys = 0;
    for (size_t i = 0; i < ARRAY_SIZE(people); i++) {
        type(child, people[i]);
        press(child, PRESS_F2);
        expect_text(child, "Taken in: HNTGU-2026-000");
        for (const char *c = people[i]; *c; c++)
            letters += *c != '\r' && (*c & 0xC0) != 0x80;
    }
    expect_row_has(child, 0, "3 cases, 7 persons, 1 child alone");
    expect_text(child, "HNTGU-2026-0001  5  RUIZ, Elsa");
    print_message("# keys a person: %.1f, a letter of information: %.2f\n",
                  (double)keys / (double)ARRAY_SIZE(people), (double)keys / (double)letters);
    assert_true(keys <= 30 * ARRAY_SIZE(people));
    /* The event shows them: who is alone first. */
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Event · " FLOOD);
    expect_row_has(child, 5, "Missing (article)");
    expect_row_has(child, 6, "NIÑO, Hugo");
    expect_row_has(child, 7, "child alone");
    expect_row_has(child, 8, "FLORES MEJÍA, Marta");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0003");
    end(child);
    assert_counts("people", "3 7 1");
}

/* What could not be meant is said beside its cell, and the line stays. */
static void test_faults_in_the_line(void **state)
{
    struct child *child = start_list("faults");
    (void)state;

    child_press(child, PRESS_F2);
    expect_text(child, "Nothing is typed in this line yet.");
    child_type(child, "SOLÍS\r\rAna\rf31/2/26\r");
    expect_row_has(child, 5, "!31/2/26");
    child_press(child, PRESS_F2);
    expect_text(child, "error: ");
    expect_text(child, "1 value needs another look.");
    child_type(child, "9\r\r\r\rp");
    child_press(child, PRESS_F2);
    expect_text(child, "who speaks for the child?");
    child_type(child, "@");
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0001, a new case.");
    /* As in the line above, cell by cell; only the nationality stands there by itself. */
    child_press(child, PRESS_F5);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 5, "SOLÍS");
    expect_row_has(child, 5, "HN");
    child_press(child, PRESS_F6);
    expect_row_has(child, 0, "What the event is");
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "one line a person");
    child_press(child, PRESS_F7);
    expect_row_has(child, 0, "HNTGU-2026-0001");
    end(child);
}

/* Who may be on record already is told in the line, with reasons; the officer looks, or goes on. */
static void test_likely_the_same(void **state)
{
    struct child *child = start_list("likely");
    (void)state;

    child_type(child, "SOLÍS\rPAZ\rAna Luz\rf14mar85\r\r\r\rp");
    child_press(child, PRESS_F2);
    expect_no_text(child, "doubt: ");
    child_type(child, "PAZ\rSOLIS\rAna Luz\rf");
    expect_no_text(child, "the birth");
    child_type(child, "14mar85\r");
    expect_text(child, "doubt: HNTGU-2026-0001 1  SOLÍS PAZ, Ana Luz");
    expect_text(child, "the same names in another order");
    child_press(child, PRESS_F3);
    expect_row_has(child, 0, "HNTGU-2026-0001");
    child_press(child, PRESS_F12);
    expect_row_has(child, 5, "PAZ");
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0002, a new case.");
    end(child);
    assert_counts("likely", "2 2 0");
}

/* A document reader is a keyboard: two lines, each with its Enter; or pasted in one. */
static void test_passport_reader(void **state)
{
    static const char first[] = "P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<";
    static const char second[] = "E123456<<3HND9803145F29063020801199800123<68";
    struct child *child = start_list("reader");
    char *both = xasprintf("%s\n%s", first, second);
    (void)state;

    child_type(child, first);
    child_press(child, PRESS_ENTER);
    expect_text(child, "now the next one");
    child_type(child, second);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Passport read: all digits agree.");
    expect_row_has(child, 5, "RAMIREZ");
    expect_cursor(child, 5, 45);
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0001");
    /* A digit that does not agree: which field it is of, and nothing is filled in. */
    child_type(child, first);
    child_press(child, PRESS_ENTER);
    child_type(child, "E123456<<3HND9803146F29063020801199800123<68\r");
    expect_text(child, "birth");
    expect_no_text(child, "ORDONEZ_");
    child_paste(child, both);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Passport read: all digits agree.");
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0002");
    end(child);
    free(both);

    struct store *store = kit_open("reader", kit_ana);
    struct error err = ERROR_INIT;
    struct case_file c;
    assert_true(store_case(store, "HNTGU-2026-0001", &c, &err));
    const struct entry *person = case_person(&c, 1);
    assert_string_equal(entry_text(person, "birth_date"), "1998-03-14");
    assert_string_equal(entry_text(person, "document_number"), "E123456");
    assert_string_equal(entry_text(person, "full_name_as_in_document"),
                        "RAMIREZ ORDONEZ KAREN YAMILETH");
    assert_non_null(json_object_get(person->payload, "mrz"));
    case_release(&c);
    store_close(store);
}

/* A power cut loses at most the line being typed, and that is a draft. */
static void test_power_cut(void **state)
{
    struct child *child = start_list("cut");
    (void)state;

    child_type(child, "SOLÍS\r\rAna\rf40\rA\r\r\rp");
    child_press(child, PRESS_F2);
    child_type(child, "SOLÍS\r\rLuz\rf9\rA\r");
    end(child);
    assert_counts("cut", "1 1 0");
    child = unlock("cut", NULL);
    expect_text(child, FLOOD);
    expect_text(child, "One line a person");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, FLOOD);
    expect_row_has(child, 5, "Luz");
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0001, person 2.");
    /* Leaving keeps the line; the lock gives back the cell, and what was taken in. */
    child_type(child, "PAZ\r");
    child_press(child, CTRL('X'));
    expect_no_text(child, "PAZ");
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, FLOOD);
    expect_row_has(child, 5, "PAZ");
    expect_text(child, "SOLÍS, Luz");
    child_press(child, PRESS_F12);
    expect_text(child, "what was typed is kept");
    end(child);
    assert_counts("cut", "1 2 0");
}

/* A case that is opened by itself can be of the event too: its name is chosen, not typed anew. */
static void test_event_of_a_case(void **state)
{
    struct child *child;
    (void)state;

    make_file("chosen");
    child = unlock("chosen", NULL);
    child_type(child, "n");
    child_type(child, "\rSN\r\r\rphone\r");
    child_type(child, "=Event\rsaint\r");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in HNTGU-2026-0001.");
    end(child);
    assert_counts("chosen", "1 0 0");
}

/* Where columns do not fit they go on below; nothing is lost. */
static void test_small_screen(void **state)
{
    struct child *child;
    (void)state;

    make_file("small");
    child = unlock("small", &(struct child_options){.rows = 12, .cols = 40});
    child_type(child, "e\rn");
    child_type(child, "SOLÍS\rPAZ\rAna\rf40\rA\r\r\rp");
    expect_row_has(child, 2, "Surnames");
    expect_row_has(child, 4, "Born/age");
    child_press(child, PRESS_F2);
    expect_text(child, "Taken in: HNTGU-2026-0001");
    end(child);
    assert_counts("small", "1 1 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_event_by_keys),      cmocka_unit_test(test_people_by_keys),
        cmocka_unit_test(test_faults_in_the_line), cmocka_unit_test(test_likely_the_same),
        cmocka_unit_test(test_passport_reader),    cmocka_unit_test(test_power_cut),
        cmocka_unit_test(test_small_screen),       cmocka_unit_test(test_event_of_a_case),
    };

    return cmocka_run_group_tests_name("event", tests, kit_begin, kit_end);
}
