/* SPDX-License-Identifier: MIT */
/* The screens that show: history, an act, persons, the directory, documents and printing, help. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/directory.h"
#include "amparo/store/keys.h"
#include "amparo/store/own.h"
#include "amparo/store/settings.h"
#include "amparo/tui/pathname.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/unit/store_kit.h"

#define CASE "HNTGU-2026-0001"

/* ---- the case file behind the screens ---- */

static const char list[] = "state,country,city,kind,source,date,phone\n"
                           "MX,AE,Abu Dhabi,embassy,seed,2022-11-16,+971 2 555 0100\n"
                           "PA,AE,Abu Dhabi,embassy,7.6,2026-03-01,\n"
                           "GT,AE,Doha,non_resident,seed,2022-11-16,\n"
                           "HN,AE,Dubai,honorary,seed,2022-11-16,\n"
                           "FR,AE,Dubai,consulate_general,seed,2022-11-16,\n";

static void add_directory(struct store *store)
{
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes;
    struct error err = ERROR_INIT;
    const struct date since = {2026, 1, 10}, today = {2026, 3, 12};
    static const char *const parties[] = {"HN", "MX", "PA", "GT"};
    assert_true(missions_read_own(list, strlen(list), today, &missions, &err));
    assert_true(store_directory_import(store, &missions, false, &changes, &err));
    import_changes_release(&changes);
    missions_release(&missions);
    for (size_t i = 0; i < ARRAY_SIZE(parties); i++)
        assert_true(store_directory_set_party(store, parties[i], since, NULL, "a note", &err));
    assert_true(store_directory_set_focal(
        store, "MX",
        (const char *const[FOCAL_KEYS]){[FOCAL_EMAIL] = "focal@mx.example",
                                        [FOCAL_PHONE] = "+52 55 555 0100",
                                        [FOCAL_HOURS] = "9 to 17, UTC-6",
                                        [FOCAL_LANGUAGES] = "es en",
                                        [FOCAL_VERIFIED] = "2026-03-01"},
        &err));
}

#define PERSON(number, name, more)                                                                 \
    "{'person':" number ",'surname_1':'" name "','given_names':'Ana'," more                        \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"
#define TOLD "'transcribed':{'from':'Embassy','channel':'email','on':'2026-03-11'}"

/* One case up to the request; its place is corrected, one person is under lock, one a child. */
static void make_file(const char *name)
{
    struct store *store = kit_create(name);
    add_directory(store);
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    kit_record(store, CASE, ACT_PERSON, PERSON("1", "LÓPEZ", "'birth_date':'1998-03-14',"));
    kit_record(store, CASE, ACT_PERSON, PERSON("2", "MEJÍA", "'birth_date':'2024-01-XX',"));
    kit_record(store, CASE, ACT_PERSON, PERSON("3", "SECRETA", "'fears_own_state':true,"));
    const char *place = kit_record(store, CASE, ACT_SITUATION, "{'locality':'Dubai'}");
    char *correction = xasprintf("{'of':'%s','reason':'heard wrongly','payload':{'locality':'Al "
                                 "Ain','danger_now':true}}",
                                 place);
    kit_record(store, CASE, ACT_CORRECT, correction);
    free(correction);
    kit_record(store, CASE, ACT_GROUND,
               "{'person':1,'code':'G5','perpetrator':'employer','facts':'five months unpaid'}");
    kit_record(store, CASE, ACT_DECIDE, "{'decision':'applies','reason':'the facts agree'}");
    kit_record(store, CASE, ACT_CONSENT,
               "{'person':1,'purpose':'P3','to':'focal points','given_by':'self','form':'oral',"
               "'on':'2026-03-10'}");
    kit_record(store, CASE, ACT_CONSENT,
               "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral',"
               "'on':'2026-03-10'}");
    kit_record(store, CASE, ACT_POLL,
               "{'round':1,'to':['MX','PA'],'reply_by':'2026-03-18','persons':[1]}");
    kit_record(store, CASE, ACT_REPLY,
               "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,"
               "'services':['shelter']," TOLD "}");
    kit_record(store, CASE, ACT_CHOOSE, "{'state':'MX','reason':'the nearest'}");
    kit_record(store, CASE, ACT_NOTE,
               "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':"
               "'Abu Dhabi'},'persons':[1],'date':'2026-03-12','at':'2026-03-12T09:00:00-06:00'}");
    store_close(store);
}

/* A test that leaves no draft behind takes the file that others take. */
#define SHARED "shared"

static struct child *start_with(const char *name, const struct child_options *options)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct stat st;
    if (stat(argv[1], &st) != 0)
        make_file(name);
    struct child *child = expect_start(options, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

/* Unlocked, on the screen of the case. */
static struct child *start_on(const char *name, const struct child_options *options)
{
    struct child *child = start_with(name, options);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, CASE);
    return child;
}

static struct child *start(const char *name)
{
    return start_on(name, &(struct child_options){0});
}

/* On the preview of the summary of the case. */
static struct child *start_reading(const char *name, const struct child_options *options)
{
    struct child *child = start_on(name, options);
    child_type(child, "p");
    child_press(child, PRESS_ENTER);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* ---- today ---- */

/* What the file itself needs stands above the work of the day. */
static void test_what_the_file_needs(void **state)
{
    struct store *store = kit_create("needs");
    struct error err = ERROR_INIT;
    uint8_t seed[VAULT_ESCROW] = {4}, key[VAULT_ESCROW];
    (void)state;

    vault_escrow_pk(seed, key);
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    assert_true(store_begin_escrow(store, key, &err));
    store_close(store);
    struct child *child = start_with("needs", &(struct child_options){0});
    expect_text(child, "Due");
    expect_no_text(child, "The case file");
    end(child);
    store = kit_open("needs", kit_ana);
    kit_record(store, CASE, ACT_PERSON, PERSON("1", "SECRETA", "'fears_own_state':true,"));
    store_close(store);
    child = start_with("needs", &(struct child_options){0});
    expect_text(child, "End the escrow by a new key of the file: amparo escrow FILE off");
    expect_text(child, "The case file");
    end(child);
}

/* ---- the register of notes ---- */

/* From the work of today and from a case; a delivery recorded there stands in it. */
/* What was recorded since the register was made stands in what leaves, and the log has its year. */
static void leaves_as_of_now(struct child *child)
{
    char *path = xstrdup(kit_path("register.txt"));
    struct access_entries all;
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    struct store *store = kit_open("register", kit_ana);
    kit_record(store, CASE, ACT_NOTE,
               "{'kind':'SCOPE','direction':'in','from':{'state':'MX','office':'Embassy','city':"
               "'Abu Dhabi'},'number':'EAU-41/2026','date':'2026-03-12'," TOLD "}");
    child_type(child, "o");
    for (size_t i = 0; i < strlen("register 2026.txt"); i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
    expect_await(child, "Written to");
    assert_true(path_read(path, SIZE_MAX, &text, &err));
    assert_non_null(strstr(buf_text(&text), "EAU-41/2026"));
    assert_true(access_list(store, &(struct access_filter){.limit = 1}, &all, &err));
    assert_string_equal(all.list[0].what, "register 2026");
    access_entries_release(&all);
    buf_release(&text);
    free(path);
    store_close(store);
}

static void test_register(void **state)
{
    (void)state;
    struct child *child = start("register");
    child_type(child, "8");
    expect_text(child, "> 1/2026     REQ   to   Mexico");
    child_type(child, "e");
    expect_text(child, "delivery of a note");
    for (int i = 0; i < 2; i++)
        child_press(child, PRESS_TAB);
    child_type(child, "12.3.2026");
    child_press(child, PRESS_TAB);
    child_type(child, "12.3.2026");
    child_press(child, PRESS_F2);
    expect_text(child, "delivered");
    child_type(child, "b");
    expect_row_has(child, 0, "Register of notes 2026 · sent and received");
    expect_row_has(child, 4, "> 1/2026     REQ   12 Mar   Mexico       " CASE);
    expect_row_has(child, 4, "delivered 12 Mar");
    child_type(child, "guat");
    expect_text(child, "No note is like this.");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, "mex");
    expect_text(child, "1/2026     REQ");
    child_press(child, PRESS_F6);
    child_press(child, PRESS_F6);
    expect_row_has(child, 0, "those received");
    expect_text(child, "No note is like this.");
    child_press(child, PRESS_F6);
    child_press(child, CTRL('P'));
    child_type(child, "on paper");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Notes received");
    leaves_as_of_now(child);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Note No. 1/2026");
    child_press(child, PRESS_F12);
    child_press(child, CTRL('O'));
    expect_row_has(child, 0, CASE);
    end(child);
}

/* What documents call the Secretariat is set, refused without its article, and set back. */
static void test_bodies(void **state)
{
    (void)state;
    struct child *child = start_with("bodies", &(struct child_options){0});
    child_press(child, CTRL('P'));
    child_type(child, "names of bodies");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Bodies of the Conference");
    expect_text(child, "en  the Technical Secretariat");
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Its name in documents");
    child_type(child, "Executive Secretariat");
    child_press(child, PRESS_ENTER);
    expect_text(child, "begin with its article");
    expect_text(child, "en  the Technical Secretariat");
    child_press(child, PRESS_ENTER);
    child_type(child, "the Executive Secretariat");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "en  the Executive Secretariat");
    expect_text(child, "set here");
    child_type(child, "y");
    expect_cursor_on(child, "en  the Technical Secretariat");
    expect_no_text(child, "set here");
    end(child);
}

/* ---- history and acts ---- */

static void test_history(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_type(child, "0");
    expect_row_has(child, 0, "History");
    expect_row_has(child, 2, "Note 1/2026 to Mexico");
    expect_cursor(child, 2, 0);
    expect_text(child, "Mexico offers: shelter [transcribed]");
    expect_text(child, "Where the person is: Al Ain [corrected]");
    expect_text(child, "Person recorded: LÓPEZ");
    expect_no_text(child, "SECRETA");
    expect_row_has(child, 2, " AP"); /* who: their name is in the act */
    end(child);
}

static void test_act(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_type(child, "0");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 2, "Note 1/2026 to Mexico: request for assistance");
    expect_text(child, "Number            1/2026");
    expect_text(child, "State             Mexico");
    expect_text(child, "Persons           LÓPEZ, Ana");
    expect_text(child, "In spite of       the Secretariat is told (5)");
    expect_text(child, "In spite of       the capital authorised the request (7.5)");
    expect_text(child, "Signed by         Ana PINEDA, head, HNTGU");
    child_press(child, PRESS_F8);
    expect_text(child, "This is the last act.");
    child_press(child, PRESS_F7);
    expect_row_has(child, 2, "Chosen: Mexico");
    child_press(child, PRESS_F7);
    expect_text(child, "Transcribed");
    expect_text(child, "e-mail");
    child_press(child, PRESS_F12);
    expect_cursor_on(child, "Note 1/2026");
    end(child);
}

/* A corrected act shows what stood there before, and the correction why. */
static void test_corrected_act(void **state)
{
    (void)state;
    struct child *child = start("corrected");
    child_type(child, "2");
    expect_text(child, "Al Ain");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Place             Al Ain");
    expect_text(child, "before: Dubai");
    expect_text(child, "In danger now?    yes");
    expect_text(child, "heard wrongly");
    child_type(child, "c");
    expect_text(child, "Al Ain");
    expect_text(child, "Reason");
    end(child);
}

static void test_persons(void **state)
{
    (void)state;
    struct child *child = start("persons");
    child_type(child, "1");
    expect_row_has(child, 0, "Persons");
    expect_row_has(child, 2, ">  1 LÓPEZ, Ana");
    expect_row_has(child, 2, "Honduras");
    expect_row_has(child, 3, "MEJÍA, Ana");
    expect_row_has(child, 4, "minor, child's record missing (7.4)");
    expect_row_has(child, 5, "person under lock");
    expect_no_text(child, "SECRETA");
    child_type(child, "m"); /* not of an adult */
    expect_row_has(child, 0, "Persons");
    child_press(child, PRESS_DOWN);
    child_type(child, "m");
    expect_row_has(child, 0, "child");
    expect_text(child, "MEJÍA");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_DOWN);
    expect_text(child, "lift lock");
    child_press(child, PRESS_ENTER);
    expect_text(child, "SECRETA"); /* who opens the record itself reads it */
    end(child);
}

/* Who was erased is shown as such, and asked nothing more; an officer confirms from the menu. */
/* Down to the row that holds the text. */
static void to_row(struct child *child, const char *text)
{
    int row = -1, col;

    for (int i = 0; i < 20 && row != emulator_find(child_screen(child), text); i++) {
        if (i)
            child_press(child, PRESS_DOWN);
        emulator_cursor(child_screen(child), &row, &col);
    }
    expect_cursor_on(child, text);
}

static void test_erased_person(void **state)
{
    struct store *store;
    struct error err = ERROR_INIT;
    (void)state;

    make_file("erased");
    store = kit_open("erased", kit_ana);
    assert_true(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err));
    store_close(store);
    store = kit_open("erased", kit_luis);
    kit_record(store, CASE, ACT_ERASE_REQUEST, "{'person':1,'basis':'order'}");
    store_close(store);
    struct child *child = start_with("erased", &(struct child_options){0});
    expect_text(child, "Confirm an erasing");
    child_press(child, PRESS_ENTER);
    child_type(child, "a");
    expect_row_has(child, 0, "Record which act?");
    child_type(child, "erasing");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Request");
    child_press(child, PRESS_F4);
    expect_text(child, "To be erased: person LÓPEZ, Ana, order of a court");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F2);
    child_type(child, CASE);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Recorded in " CASE);
    child_press(child, PRESS_F12);
    expect_text(child, "give the file a new key: amparo erase FILE");
    expect_text(child, "MEJÍA, Ana"); /* the first who is still there */
    expect_no_text(child, "LÓPEZ");
    to_row(child, "MEJÍA, Ana");
    child_press(child, PRESS_ENTER);
    child_type(child, "1");
    expect_row_has(child, 2, "person erased");
    expect_row_has(child, 3, "erased");
    expect_no_text(child, "LÓPEZ");
    child_type(child, "o"); /* no consent of theirs */
    expect_row_has(child, 0, "Persons");
    child_press(child, PRESS_ENTER);
    expect_text(child, "erased");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "0");
    expect_text(child, "Person recorded:  [erased]");
    end(child);
}

/* ---- the directory ---- */

static void test_directory(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "d");
    expect_row_has(child, 0, "Missions in which country?");
    child_type(child, "emír");
    expect_row_has(child, 4, "> United Arab Emirates");
    expect_row_has(child, 4, "MX PA (GT HN)");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "for nationals of Honduras");
    expect_text(child, "Could be asked: Mexico, Panama");
    expect_text(child, "Honduras has no office of its own there (7.3); honorary consulate, Dubai");
    expect_text(child, "Other States");
    expect_text(child, "France");
    child_type(child, "m");
    expect_no_text(child, "France");
    for (int i = 0; i < 2; i++)
        child_press(child, PRESS_DOWN);
    expect_cursor_on(child, "Mexico");
    child_press(child, PRESS_ENTER);
    expect_text(child, "+971 2 555 0100");
    expect_text(child, "focal@mx.example");
    expect_text(child, "9 to 17, UTC-6");
    expect_text(child, "es en");
    expect_text(child, "16 November 2022");
    expect_cursor_on(child, "Mexico");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "focal@mx.example");
    end(child);
}

/* For whom: then its own posts and the others differ. */
static void test_directory_for(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_type(child, "d");
    expect_row_has(child, 0, "United Arab Emirates");
    child_type(child, "f");
    child_type(child, "mex");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "for nationals of Mexico");
    expect_text(child, "Could be asked: Panama");
    expect_text(child, "Mexico has an office of its own there (7.3); embassy, Abu Dhabi");
    child_type(child, "/");
    child_type(child, "nowhere at all");
    expect_text(child, "No country is called so.");
    end(child);
}

/* ---- documents ---- */

static void test_preview(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_type(child, "p");
    expect_row_has(child, 0, "Documents");
    expect_text(child, "The poll and its answers");
    expect_no_text(child, "Statement of costs"); /* there are none */
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "page 1 of ");
    expect_text(child, "Case summary");
    child_type(child, "+");
    expect_row_has(child, 0, "page 2 of ");
    child_type(child, "-");
    expect_row_has(child, 0, "page 1 of ");
    child_type(child, "=2");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "page 2 of ");
    child_type(child, "=77");
    child_press(child, PRESS_ENTER);
    expect_text(child, "The pages are 1 to ");
    expect_row_has(child, 0, "page 2 of ");
    child_type(child, "-/");
    child_type(child, "MEJIA");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "MEJÍA");
    expect_no_text(child, "on from the beginning");
    int places = 0;
    child_type(child, "/");
    child_type(child, "poll");
    child_press(child, PRESS_ENTER);
    do { /* to each other place, and back at the first one */
        expect_true(child, ++places < 100);
        child_type(child, "n");
    } while (emulator_find(child_screen(child), "on from the beginning") < 0);
    assert_in_range(places, 2, 99);
    child_type(child, "/zebra"); /* in place of what was searched before */
    child_press(child, PRESS_ENTER);
    expect_text(child, "zebra is not in this text.");
    child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Documents");
    end(child);
}

/* PgDn shows every line of every page, and begins each page at the top of the screen. */
static void test_page_by_page(void **state)
{
    struct child *child = start(SHARED);
    long page = 0, seen = 1, pages = 0;
    (void)state;
    child_type(child, "p");
    child_press(child, PRESS_ENTER);
    char *before = NULL;
    for (int i = 0; i < 200; i++) {
        struct buf row = BUF_INIT;
        emulator_add_row(child_screen(child), 0, &row);
        const char *said = strstr(buf_text(&row), "page ");
        assert_non_null(said);
        page = strtol(said + strlen("page "), NULL, 10);
        pages = strtol(strstr(said, " of ") + strlen(" of "), NULL, 10);
        buf_release(&row);
        assert_in_range(page, seen, seen + 1);
        if (page > seen) /* the rule that ends a page, or the running title right below it */
            expect_row_has(child, 2, "- - - -");
        seen = page;
        free(before);
        before = emulator_text(child_screen(child));
        child_press(child, PRESS_PAGE_DOWN);
        char *after = emulator_text(child_screen(child));
        bool same = strcmp(before, after) == 0;
        free(after);
        if (same)
            break;
    }
    free(before);
    assert_int_equal(seen, pages);
    for (int i = 0; i < 200 && emulator_find(child_screen(child), "page 1 of") != 0; i++)
        child_press(child, PRESS_PAGE_UP);
    expect_row_has(child, 0, "page 1 of ");
    end(child);
}

/* The row in which the first page ends. */
static int end_of_page(const char *name)
{
    struct child *child = start_reading(name, &(struct child_options){.rows = 90, .cols = 100});
    int row = emulator_find(child_screen(child), " - - - - -");
    end(child);
    return row;
}

/* It is read on the paper that it is printed on. */
static void test_paper_of_the_post(void **state)
{
    struct error err = ERROR_INIT;
    int letter = end_of_page("paper");
    (void)state;
    struct store *store = kit_open("paper", kit_ana);
    assert_true(settings_say(store, SETTING_A4, "1", &err));
    store_close(store);
    int a4 = end_of_page("paper");
    assert_true(letter > 0);
    assert_int_equal(a4 - letter, 64 - 60); /* lines of a page, as plain.c has them */
}

/* At the end of what is wrapped, a wider window shows the end, and the old one the same place. */
static void test_wider_at_the_end(void **state)
{
    struct child *child = start_reading(SHARED, &(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    child_press(child, PRESS_END);
    char *before = emulator_text(child_screen(child));
    assert_null(strstr(before, "page 1 of"));
    child_resize(child, 12, 100);
    assert_int_not_equal(emulator_find(child_screen(child), "page 1 of"), 0);
    child_resize(child, 12, 40);
    char *after = emulator_text(child_screen(child));
    assert_string_equal(before, after);
    free(before);
    free(after);
    end(child);
}

/* Where the screen is narrower than paper: wrapped, and with the arrows as it is printed. */
static void test_shifted(void **state)
{
    struct child *child = start_reading(SHARED, &(struct child_options){.rows = 12, .cols = 40});
    (void)state;
    char *wrapped = emulator_text(child_screen(child));
    child_type(child, "/");
    child_type(child, "Printed");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "Printed");
    child_press(child, PRESS_HOME);
    child_press(child, PRESS_RIGHT);
    expect_text(child, "…"); /* there is more at the right */
    child_press(child, PRESS_RIGHT);
    child_press(child, PRESS_RIGHT);
    child_press(child, PRESS_RIGHT);
    expect_no_text(child, "…");
    child_type(child, "/");
    child_type(child, CASE);
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, CASE);
    for (int i = 0; i < 5; i++)
        child_press(child, PRESS_LEFT);
    child_press(child, PRESS_HOME);
    char *again = emulator_text(child_screen(child));
    assert_string_equal(again, wrapped);
    free(again);
    free(wrapped);
    end(child);
}

/* A note is read in one language and in the other. */
static void test_language(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_type(child, "p");
    for (int i = 0; i < 3; i++) /* below the documents of the case */
        child_press(child, PRESS_DOWN);
    expect_cursor_on(child, "Note 1/2026");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Note verbale");
    expect_text(child, "presents its compliments");
    child_type(child, "l");
    expect_text(child, "saluda");
    expect_row_has(child, 0, "Note verbale");
    child_type(child, "l");
    expect_text(child, "présente ses compliments");
    expect_text(child, "in French: customary only where Canada writes or is addressed");
    child_type(child, "l");
    expect_text(child, "presents its compliments");
    end(child);
}

/* ---- printing ---- */

static char *folder;

static void script(const char *name, const char *text)
{
    char *path = scratch_path(folder, name);
    scratch_write(path, text, strlen(text));
    assert_int_equal(chmod(path, 0700), 0);
    free(path);
}

static size_t size_of(const char *name)
{
    struct stat st;
    char *path = scratch_path(folder, name);
    size_t size = stat(path, &st) == 0 ? (size_t)st.st_size : 0;
    free(path);
    return size;
}

/* On the summary, with printers of ours. */
static struct child *start_printing(void)
{
    folder = scratch_make();
    script("lpstat", "#!/bin/sh\nprintf 'laser\\njammed\\nslow\\n'\n");
    script("lp", "#!/bin/sh\n"
                 "case $6 in\n"
                 "jammed) echo 'lp: out of paper' >&2; exit 1;;\n"
                 "slow) exec tail -f /dev/null;;\n"
                 "esac\n"
                 "cat >$OUT/paper; echo 'request id is laser-7'\n");
    char *path = xasprintf("PATH=%s:%s", folder, getenv("PATH"));
    char *out = xasprintf("OUT=%s", folder);
    const char *const env[] = {path, out, NULL};
    struct child *child = start_reading(SHARED, &(struct child_options){.env = env});
    free(path);
    free(out);
    expect_text(child, "Case summary");
    return child;
}

static void test_print(void **state)
{
    (void)state;
    struct child *child = start_printing();
    child_type(child, "p");
    expect_row_has(child, 0, "Print where?");
    expect_cursor_on(child, "laser");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Handed to laser: 1 copy, laser-7.");
    expect_text(child, "Case summary");
    assert_true(size_of("paper") > 1000);
    child_type(child, "p");
    child_press(child, PRESS_DOWN);
    expect_cursor_on(child, "jammed");
    child_press(child, PRESS_ENTER);
    expect_text(child, "the printer refuses: lp: out of paper");
    child_press(child, PRESS_DOWN);
    expect_cursor_on(child, "slow");
    child_send_key(child, PRESS_ENTER);
    expect_at_work(child, "kB sent. Esc gives it up");
    child_press(child, PRESS_F12);
    expect_text(child, "printing was given up");
    expect_cursor_on(child, "slow"); /* to be tried again */
    child_press(child, PRESS_F12);
    expect_text(child, "Case summary");
    end(child);
    scratch_remove(folder);
}

/* How many, on what and as what is said before; where and as what is remembered. */
static void test_print_how(void **state)
{
    (void)state;
    struct child *child = start_printing();
    child_type(child, "p");
    child_type(child, "c");
    child_type(child, "100");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Copies: from 1 to 99.");
    child_type(child, "c");
    child_type(child, "12");
    child_press(child, PRESS_ENTER);
    expect_text(child, "copies                 12");
    child_press(child, PRESS_END);
    expect_cursor_on(child, "final: each copy has its number");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "draft: marked as one");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_UP);
    child_press(child, PRESS_UP);
    expect_cursor_on(child, "Letter size");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "A4");
    child_press(child, PRESS_F12);
    end(child);
    scratch_remove(folder);
}

static void test_file(void **state)
{
    (void)state;
    struct child *child = start_printing();
    struct stat st;
    char *path = scratch_path(folder, "out.txt");
    for (int time = 0; time < 2; time++) {
        child_type(child, "o");
        expect_text(child, CASE "-summary."); /* txt, or pdf where pages can be drawn */
        for (size_t i = 0; i < strlen(CASE "-summary.txt"); i++)
            child_press(child, PRESS_BACKSPACE);
        child_type(child, path);
        child_press(child, PRESS_ENTER);
        expect_text(child, time ? "is there already" : "Written to");
    }
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(st.st_size > 1000);
    free(path);
    end(child);
    scratch_remove(folder);
}

static char *slurp(const char *name)
{
    char *path = scratch_path(folder, name);
    struct buf text = BUF_INIT;
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    for (int c; (c = getc(in)) != EOF;)
        buf_addc(&text, (char)c);
    fclose(in);
    free(path);
    return text.data ? buf_detach(&text) : xstrdup("");
}

/* Whatever was said of copies: a file is one. */
static void test_one_file(void **state)
{
    (void)state;
    struct child *child = start_printing();
    char *path = scratch_path(folder, "one.txt");
    child_type(child, "p");
    child_type(child, "c");
    child_type(child, "3");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_HOME);
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_DOWN);
    expect_cursor_on(child, "into a file");
    child_press(child, PRESS_ENTER);
    for (size_t i = 0; i < strlen(CASE "-summary.txt"); i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Written to");
    char *text = slurp("one.txt");
    assert_non_null(strstr(text, "Copy "));
    assert_null(strstr(text, "Copies "));
    free(text);
    free(path);
    end(child);
    scratch_remove(folder);
}

/* Whoever takes the usual printer before one knows which that is gets what that one prints. */
static void test_usual_printer(void **state)
{
    (void)state;
    struct store *store = kit_open(SHARED, kit_ana);
    struct error err = ERROR_INIT;
    assert_true(settings_say(store, SETTING_DOT_MATRIX, "matrix", &err));
    assert_true(store_own_set(store, OWN_PRINT, "{}", &err)); /* none of last time */
    store_close(store);
    struct child *child = start_printing();
    script("lpstat", "#!/bin/sh\nwhile ! [ -e $OUT/go ]; do sleep 0.1; done\n"
                     "printf 'matrix\\nsystem default destination: matrix\\n'\n");
    child_send(child, "p", 1);
    expect_at_work(child, "The printers are being asked for.");
    child_send_key(child, PRESS_HOME);
    child_send_key(child, PRESS_ENTER);
    script("go", "");
    expect_await(child, "Handed to matrix: 1 copy, laser-7.");
    char *paper = slurp("paper");
    assert_non_null(strstr(paper, "Case summary")); /* text, and no pages */
    free(paper);
    end(child);
    store = kit_open(SHARED, kit_ana);
    assert_true(settings_say(store, SETTING_DOT_MATRIX, "", &err));
    store_close(store);
    scratch_remove(folder);
}

/* ---- help ---- */

/* Any key closes it, and does nothing else; the field is as it was. */
static void test_help(void **state)
{
    (void)state;
    struct child *child = start("help");
    child_type(child, "0?");
    expect_row_has(child, 0, "Help: History");
    expect_text(child, "Shows the act of this line in full.");
    child_type(child, "c");
    expect_row_has(child, 0, "History");
    expect_row_has(child, 2, "> ");
    child_press(child, PRESS_F12);
    child_type(child, "2n");
    child_type(child, "Shar");
    child_press(child, PRESS_F1);
    expect_row_has(child, 0, "Help: Place");
    expect_text(child, "Who sees it");
    child_type(child, "x");
    expect_cursor_on(child, "Shar");
    child_type(child, "jah");
    expect_text(child, "Sharjah");
    end(child);
}

/* Help on a code: its values, who will see it, the article. */
static void test_field_help(void **state)
{
    (void)state;
    struct child *child = start("fieldhelp");
    child_type(child, "3n");
    child_press(child, PRESS_TAB);
    child_press(child, PRESS_F1);
    expect_row_has(child, 0, "Help: Ground");
    expect_text(child, "Art. 7.4: the request rests on");
    child_press(child, PRESS_F1); /* any key */
    child_type(child, "??");
    expect_row_has(child, 0, "Help: Ground");
    expect_text(child, "G5");
    expect_text(child, "labour exploitation");
    end(child);
}

static void test_palette(void **state)
{
    (void)state;
    struct child *child = start(SHARED);
    child_press(child, CTRL('P'));
    child_type(child, "receiving"); /* a word of its help */
    expect_text(child, "d      directory");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Missions · United Arab Emirates");
    end(child);
}

/* A terminal of 40x12 shows the same, in less room. */
static void test_narrow(void **state)
{
    (void)state;
    struct child *child = start_on(SHARED, &(struct child_options){.rows = 12, .cols = 40});
    child_type(child, "0");
    expect_row_has(child, 2, "Note 1/2026");
    expect_text(child, "[transcribed]");
    child_press(child, PRESS_F12);
    child_type(child, "p");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "page 1 of");
    expect_text(child, "Requesting State");
    child_resize(child, 24, 80);
    expect_text(child, "CONFIDENTIAL – PERSONAL DATA");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_file_needs),
        cmocka_unit_test(test_register),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_act),
        cmocka_unit_test(test_corrected_act),
        cmocka_unit_test(test_persons),
        cmocka_unit_test(test_erased_person),
        cmocka_unit_test(test_directory),
        cmocka_unit_test(test_directory_for),
        cmocka_unit_test(test_preview),
        cmocka_unit_test(test_paper_of_the_post),
        cmocka_unit_test(test_page_by_page),
        cmocka_unit_test(test_wider_at_the_end),
        cmocka_unit_test(test_shifted),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_print_how),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_one_file),
        cmocka_unit_test(test_usual_printer),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_field_help),
        cmocka_unit_test(test_palette),
        cmocka_unit_test(test_narrow),
    };
    return cmocka_run_group_tests_name("views", tests, kit_begin, kit_end);
}
