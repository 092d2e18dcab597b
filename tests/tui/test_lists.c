/* SPDX-License-Identifier: MIT */
/* The case list: search as one types, conditions, views, counts, marks, acts on many. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/list.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/unit/store_kit.h"

#define CASE(number) "HNTGU-2026-" number

enum { MANY = 40 };

static void open_case(struct store *store, const char *country, const char *more)
{
    char *text =
        xasprintf("{'role':'requesting','receiving_state':'%s','source':'phone'%s}", country, more);
    kit_record(store, NULL, ACT_OPEN, text);
    free(text);
}

static void add_person(struct store *store, const char *reference, const char *more)
{
    char *text =
        xasprintf("{'person':1,%s,'nationalities':[{'state':'HN','proof':'passport'}]}", more);
    kit_record(store, reference, ACT_PERSON, text);
    free(text);
}

/* 1 with a passport, 2 under lock, 3 restricted to another officer, 4 to 40 with nobody. */
static void make_file(const char *name)
{
    struct store *store = kit_create(name);

    open_case(store, "AE", ",'priority':'urgent','next_action_due':'2026-03-14'");
    open_case(store, "HT", ",'priority':'life_threatening'");
    open_case(store, "SN",
              ",'priority':'routine','confidentiality':'restricted','responsible':'Luis MEJÍA'");
    for (int i = 4; i <= MANY; i++)
        open_case(store, i % 2 ? "GH" : "TR", ",'priority':'routine'");
    store_set_now(store, "2026-03-12T13:00:00-06:00");
    add_person(store, CASE("0001"),
               "'surname_1':'LÓPEZ','given_names':'Ana','document_type':'passport',"
               "'document_number':'E-123 456'");
    add_person(store, CASE("0002"),
               "'surname_1':'OCULTA','given_names':'Rosa',"
               "'fears_own_state':true");
    add_person(store, CASE("0003"), "'surname_1':'SECRETA','given_names':'Luz'");
    store_close(store);
}

/* A test that changes nothing takes the file that others take. */
#define SHARED "lists"

static struct child *start(const char *name)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct stat st;

    if (stat(argv[1], &st) != 0)
        make_file(name);
    struct child *child = expect_start(&(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    /* The test before was cut off somewhere. */
    if (emulator_find(child_screen(child), "Unfinished") == 0)
        child_press(child, PRESS_F12);
    child_type(child, "/");
    expect_row_has(child, 0, "40 of 40");
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

static void clear_line(struct child *child)
{
    child_press(child, PRESS_F3);
    child_press(child, PRESS_END);
    for (int i = 0; i < 60; i++)
        child_press(child, PRESS_BACKSPACE);
}

static void test_search(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_type(child, "lop an");
    expect_row_has(child, 0, "1 of 40");
    expect_row_has(child, 4, "> HNTGU-2026-0001 LÓPEZ, Ana");
    clear_line(child);
    child_type(child, "3456");
    expect_row_has(child, 4, "passport: E-123 456");
    clear_line(child);
    child_type(child, "2026-12");
    expect_row_has(child, 4, "HNTGU-2026-0012");
    clear_line(child);
    /* Letter by letter nothing of a name that no list shows; the whole name finds its case. */
    child_type(child, "secre");
    expect_text(child, "No case is like this.");
    child_type(child, "ta");
    expect_row_has(child, 4, "HNTGU-2026-0003 restricted case");
    expect_no_text(child, "SECRETA");
    clear_line(child);
    child_type(child, "oculta");
    expect_row_has(child, 4, "HNTGU-2026-0002 person under lock");
    expect_no_text(child, "OCULTA");
    end(child);
}

static void test_conditions(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_type(child, "place:gh sort:-reference");
    expect_row_has(child, 0, "18 of 40");
    expect_row_has(child, 4, "HNTGU-2026-0039");
    clear_line(child);
    child_type(child, "stag:x urgent");
    expect_row_has(child, 3, "stag:x: there is no such condition");
    expect_row_has(child, 0, "2 of 40");
    clear_line(child);
    /* By a choice, without knowing a word. */
    child_press(child, PRESS_F4);
    expect_text(child, "country where the person is");
    child_type(child, "place");
    child_press(child, PRESS_ENTER);
    child_type(child, "senegal");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "place:SN");
    expect_row_has(child, 0, "1 of 40");
    clear_line(child);
    child_type(child, "wai");
    child_press(child, PRESS_F4);
    expect_row_has(child, 0, "Conditions");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "waits:us");
    clear_line(child);
    child_type(child, "offi");
    child_press(child, PRESS_F4);
    expect_row_has(child, 2, "officer:_");
    expect_text(child, "officer: is followed by letters of a name.");
    child_type(child, "mej");
    expect_row_has(child, 0, "1 of 40");
    end(child);
}

static void test_views(void **state)
{
    struct child *child = start("views");
    (void)state;

    child_type(child, "place:AE,HT sort:due");
    child_press(child, PRESS_DOWN);
    child_type(child, "w");
    child_type(child, "7 near ones");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The view near ones was saved");
    expect_row_has(child, 0, "Cases · near ones");
    child_type(child, "1");
    expect_row_has(child, 0, "Cases · my cases");
    child_type(child, "7");
    expect_row_has(child, 0, "near ones");
    expect_row_has(child, 0, "2 of 40");
    expect_row_has(child, 4, "HNTGU-2026-0001");
    child_type(child, "v");
    expect_text(child, "7 near ones");
    child_press(child, PRESS_F12);
    child_type(child, "9");
    expect_text(child, "No view has the digit 9");
    /* Sorted by another column, and backwards by the same once more. */
    child_type(child, "s");
    child_type(child, "reference");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "sort:reference");
    child_type(child, "s");
    child_type(child, "reference");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "sort:-reference");
    expect_row_has(child, 4, "HNTGU-2026-0002");
    end(child);
}

static void test_counts(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_press(child, PRESS_DOWN);
    child_type(child, "c");
    expect_row_has(child, 0, "40 cases");
    expect_text(child, "stage: draft");
    child_type(child, "ghana");
    expect_text(child, "where now: Ghana");
    expect_text(child, "    18 #");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "place:GH");
    expect_row_has(child, 0, "18 of 40");
    end(child);
}

/* In the list letters are commands, in the line they are text. */
static void test_letters(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_type(child, "m");
    expect_row_has(child, 2, "Search m_");
    expect_no_text(child, "marked");
    child_press(child, PRESS_BACKSPACE);
    child_press(child, PRESS_DOWN);
    child_type(child, "m");
    expect_row_has(child, 0, "1 marked");
    expect_row_has(child, 2, "Search _");
    child_type(child, "/m");
    expect_row_has(child, 2, "Search m_");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_UP);
    child_type(child, "x");
    expect_row_has(child, 2, "Search mx_");
    /* By its name each is done from here too. */
    child_press(child, CTRL('P'));
    child_type(child, "views");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Views");
    end(child);
}

/* Marks stay through sort, filter, resize and lock, and their number is told. */
static void test_marks(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_type(child, "sort:reference");
    child_press(child, PRESS_DOWN);
    child_type(child, " ");
    expect_row_has(child, 4, " *HNTGU-2026-0001");
    expect_row_has(child, 5, "> HNTGU-2026-0002");
    child_type(child, "m m");
    expect_row_has(child, 0, "4 marked");
    child_press(child, PRESS_UP);
    child_type(child, " ");
    expect_row_has(child, 0, "3 marked");
    clear_line(child);
    child_type(child, "sort:-reference place:AE");
    expect_row_has(child, 0, "3 marked");
    expect_row_has(child, 4, "*HNTGU-2026-0001");
    child_resize(child, 12, 40);
    expect_row_has(child, 0, "3 marked");
    child_resize(child, 24, 80);
    child_press(child, CTRL('X'));
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "3 marked");
    expect_row_has(child, 4, "*HNTGU-2026-0001");
    child_press(child, PRESS_DOWN);
    child_type(child, "u");
    expect_text(child, "No case is marked any more.");
    child_type(child, "*");
    expect_text(child, "1 case is marked.");
    end(child);
}

static bool opening_says(struct store *store, const char *reference, const char *key,
                         const char *value)
{
    struct error err = ERROR_INIT;
    struct case_file c;

    assert_true(store_case(store, reference, &c, &err));
    bool says = strcmp(entry_text(case_next(&c, NULL, ACT_OPEN), key), value) == 0;
    case_release(&c);
    return says;
}

static void test_many(void **state)
{
    struct child *child = start("many");
    (void)state;

    child_type(child, "place:AE,HT,SN sort:reference");
    child_press(child, PRESS_DOWN);
    child_type(child, "*x");
    expect_row_has(child, 0, "With 3 marked cases");
    child_type(child, "give");
    child_press(child, PRESS_ENTER);
    child_type(child, "Eva SOTO");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The officer becomes Eva SOTO.");
    expect_text(child, "F2 records it in each of these 3 cases:");
    expect_no_text(child, "SECRETA");
    expect_no_text(child, "OCULTA");
    child_press(child, PRESS_F2);
    expect_text(child, "2 cases done, 1 refused.");
    expect_text(child, "HNTGU-2026-0001            recorded");
    expect_text(child, "HNTGU-2026-0003 refused    A restricted case: ask its officer.");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0001");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "1 marked");
    /* The same once more changes nothing, and says so. */
    child_type(child, "u*x");
    child_type(child, "give");
    child_press(child, PRESS_ENTER);
    child_type(child, "Eva SOTO");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_text(child, "it said so already");
    child_press(child, PRESS_F12);
    child_type(child, "u*x");
    child_type(child, "next action done");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    expect_text(child, "HNTGU-2026-0001            recorded");
    end(child);
    struct store *store = kit_open("many", kit_ana);
    assert_true(opening_says(store, CASE("0001"), "responsible", "Eva SOTO"));
    assert_true(opening_says(store, CASE("0001"), "next_action_due", ""));
    assert_true(opening_says(store, CASE("0002"), "responsible", "Eva SOTO"));
    assert_true(opening_says(store, CASE("0003"), "responsible", "Luis MEJÍA"));
    assert_true(opening_says(store, CASE("0004"), "responsible", ""));
    store_close(store);
}

static void to_a_file(struct child *child, const char *path)
{
    child_type(child, "x");
    child_type(child, "to a file");
    child_press(child, PRESS_ENTER);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
}

/* What the access log says of such lists, the oldest first. */
static void expect_exports(const char *file, const char *expected)
{
    struct store *store = kit_open(file, kit_ana);
    struct access_entries all;
    struct buf said = BUF_INIT;
    struct error err = ERROR_INIT;

    assert_true(access_list(store, &(struct access_filter){.reference = ""}, &all, &err));
    for (size_t i = all.count; i-- > 0;)
        if (strcmp(all.list[i].what, "cases") == 0)
            buf_addf(&said, "%s ", access_kind_name(all.list[i].kind));
    assert_string_equal(buf_text(&said), expected);
    buf_release(&said);
    access_entries_release(&all);
    store_close(store);
}

/* The marked cases as a list to print, which hides what lists hide; and as data without names. */
static void test_lists_of_the_marked(void **state)
{
    struct child *child = start(SHARED);
    json_error_t wrong;
    (void)state;

    child_type(child, "place:AE,HT,SN sort:reference");
    child_press(child, PRESS_DOWN);
    child_type(child, "*x");
    child_type(child, "to read");
    child_press(child, PRESS_ENTER);
    expect_text(child, "HNTGU-2026-0001");
    expect_text(child, "LÓPEZ, Ana");
    expect_text(child, "person under lock");
    expect_text(child, "restricted case");
    expect_no_text(child, "SECRETA");
    child_press(child, PRESS_F12);
    to_a_file(child, kit_path(SHARED));
    expect_text(child, "is there already");
    to_a_file(child, kit_path("nowhere/marked.json"));
    expect_text(child, "No such file");
    to_a_file(child, kit_path("marked.json"));
    expect_text(child, "It is not encrypted there.");
    expect_row_has(child, 0, "3 marked");
    end(child);
    expect_exports(SHARED, "export failed export ");
    json_t *list = json_load_file(kit_path("marked.json"), 0, &wrong);
    assert_int_equal(json_array_size(list), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 2), "case")),
                        CASE("0003"));
    assert_null(json_object_get(json_array_get(list, 0), "title"));
    json_decref(list);
}

/* Another program opens a case: the focus stays on what it was on. */
static void test_focus_by_what_it_is(void **state)
{
    struct child *child = start("focus");
    (void)state;

    child_type(child, "sort:opened");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_DOWN);
    expect_row_has(child, 7, "> HNTGU-2026-0037");
    struct store *store = kit_open("focus", kit_ana);
    open_case(store, "MA", ",'priority':'routine'");
    store_close(store);
    child_press(child, CTRL('L'));
    expect_row_has(child, 0, "41 of 41");
    expect_row_has(child, 8, "> HNTGU-2026-0037");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "HNTGU-2026-0037");
    end(child);
}

static void test_whole_list(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_type(child, "sort:reference");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_END);
    expect_cursor_on(child, "HNTGU-2026-0040");
    child_press(child, PRESS_HOME);
    expect_cursor_on(child, "HNTGU-2026-0001");
    child_press(child, PRESS_PAGE_DOWN);
    child_press(child, PRESS_PAGE_DOWN);
    child_press(child, PRESS_PAGE_UP);
    expect_cursor_on(child, "HNTGU-2026-0018");
    child_press(child, PRESS_UP);
    expect_cursor_on(child, "HNTGU-2026-0017");
    end(child);
}

/* In a list without a search of its own, a line is found by words in it. */
static void test_find(void **state)
{
    struct child *child = start(SHARED);
    (void)state;

    child_press(child, PRESS_F12);
    child_type(child, "g/");
    expect_row_has(child, 0, "Find in this list");
    child_type(child, "poll repl");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "a poll is replied to");
    child_press(child, PRESS_F3);
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "an urgent poll is replied to");
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "  a poll is replied to");
    child_type(child, "/");
    child_type(child, "zz");
    child_press(child, PRESS_ENTER);
    expect_text(child, "No line here has:");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search),     cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_views),      cmocka_unit_test(test_counts),
        cmocka_unit_test(test_letters),    cmocka_unit_test(test_marks),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_lists_of_the_marked),       cmocka_unit_test(test_focus_by_what_it_is),
        cmocka_unit_test(test_whole_list),
        cmocka_unit_test(test_find),
    };

    return cmocka_run_group_tests_name("lists", tests, kit_begin, kit_end);
}
