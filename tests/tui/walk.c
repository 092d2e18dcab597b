/* SPDX-License-Identifier: MIT */
#include "tests/tui/walk.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/store/event.h"
#include "amparo/store/meetings.h"
#include "amparo/store/offices.h"
#include "tests/harness/scratch.h"
#include "tests/unit/store_kit.h"

#define OTHER_CASE "HNTGU-2026-0002"
#define MADE "walk-made"
#define TODAY "Honduras · "

/* ---- the case file ---- */

static void add_directory(struct store *store)
{
    static const char list[] = "state,country,city,kind,source,date,phone\n"
                               "MX,AE,Abu Dhabi,embassy,seed,2022-11-16,+971 2 555 0100\n"
                               "PA,AE,Abu Dhabi,embassy,7.6,2026-03-01,\n";
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes;
    struct error err = ERROR_INIT;
    const struct date since = {2026, 1, 10}, today = {2026, 3, 12};
    static const char *const parties[] = {"HN", "MX", "PA"};
    assert_true(missions_read_own(list, strlen(list), today, &missions, &err));
    assert_true(store_directory_import(store, &missions, false, &changes, &err));
    import_changes_release(&changes);
    missions_release(&missions);
    for (size_t i = 0; i < ARRAY_SIZE(parties); i++)
        assert_true(store_directory_set_party(store, parties[i], since, NULL, "a note", &err));
}

#define OPEN "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}"
#define PERSON(number, name, more)                                                                 \
    "{'person':" number ",'surname_1':'" name "','given_names':'Ana'," more                        \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"

static void add_cases(struct store *store)
{
    static const struct {
        enum act_kind kind;
        const char *payload;
    } acts[] = {
        {ACT_PERSON, PERSON("1", "LÓPEZ", "'birth_date':'1998-03-14',")},
        {ACT_PERSON, PERSON("2", "MEJÍA", "'birth_date':'2024-01-XX',")},
        {ACT_SITUATION, "{'locality':'Dubai'}"},
        {ACT_GROUND, "{'person':1,'code':'G5','perpetrator':'employer','facts':'unpaid'}"},
        {ACT_NEED, "{'person':1,'need':'shelter','urgency':'now'}"},
        {ACT_DECIDE, "{'decision':'applies','reason':'the facts agree'}"},
        {ACT_CONSENT, "{'person':1,'purpose':'P3','to':'focal points','given_by':'self','form':"
                      "'oral','on':'2026-03-10'}"},
        {ACT_CONSENT, "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral','on':"
                      "'2026-03-10'}"},
        {ACT_POLL, "{'round':1,'to':['MX','PA'],'reply_by':'2026-03-18','persons':[1]}"},
        {ACT_REPLY, "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,"
                    "'services':['shelter'],'transcribed':{'from':'Embassy','channel':'email','on'"
                    ":'2026-03-11'}}"},
        {ACT_CHOOSE, "{'state':'MX','reason':'the nearest'}"},
        {ACT_NOTE, "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':"
                   "'Abu Dhabi'},'persons':[1],'date':'2026-03-12','at':"
                   "'2026-03-12T09:00:00-06:00'}"},
        {ACT_COST, "{'on':'2026-03-12','item':'A bed','amount':'480','currency':'MAD','source':"
                   "'assisting_advance','advanced_by':'MX','persons':[1]}"},
    };
    kit_record(store, NULL, ACT_OPEN, OPEN);
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
        kit_record(store, WALK_CASE, acts[i].kind, acts[i].payload);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, OTHER_CASE, ACT_PERSON, PERSON("1", "LÓPEZ", "'birth_date':'1998-03-14',"));
}

static void must(bool ok, struct error *err)
{
    if (!ok)
        fail_msg("%s", error_text(err));
}

static void add_around(struct store *store)
{
    struct error err = ERROR_INIT;
    static const char *const cities[] = {"San José", "Panama City"};
    json_t *flood =
        kit_json("{'name':'Flood','kind':'flood','on':'2026-03-10','receiving_state':'SN',"
                 "'locality':'Saint-Louis','ground':'G4','perpetrator':'none','facts':'The river."
                 "','priority':'urgent','source':'family','needs':['shelter'],'consent_basis':"
                 "'Best interests.'}");
    must(store_event_put(store, flood, true, 0, &err), &err);
    json_decref(flood);
    for (size_t i = 0; i < ARRAY_SIZE(cities); i++) {
        json_t *office = json_pack("{s:s, s:s, s:s, s:b}", "country", i ? "PA" : "CR", "city",
                                   cities[i], "kind", "embassy", "able", 1);
        must(store_office_put(store, NULL, office, 0, &err), &err);
        json_decref(office);
    }
    must(store_meeting_add(store, "2030-12-10", NULL, "San José", &err), &err);
    must(store_meeting_add(store, "2031-06-10", NULL, "Belize City", &err), &err);
}

static void make(void)
{
    struct store *store = kit_create(MADE);
    add_directory(store);
    add_cases(store);
    add_around(store);
    store_close(store);
}

/* A copy, as no test before left it. */
static void copy(void)
{
    static const char *const beside[] = {"", "-wal", "-shm"};
    FILE *from = fopen(kit_path(MADE), "rb");
    struct buf bytes = BUF_INIT;
    char some[4096];
    size_t size;
    assert_non_null(from);
    while ((size = fread(some, 1, sizeof some, from)))
        buf_add(&bytes, some, size);
    fclose(from);
    for (size_t i = 0; i < ARRAY_SIZE(beside); i++) {
        char *path = xasprintf("%s%s", kit_path(WALK_FILE), beside[i]);
        unlink(path);
        free(path);
    }
    scratch_write(kit_path(WALK_FILE), bytes.data, bytes.size);
    buf_release(&bytes);
}

/* ---- the way to each screen ---- */

#define CASE "/" WALK_CASE "\r"

const struct walk_stop walk_stops[] = {
    {"today", "", TODAY, false, false},
    {"cases", "/", "Cases", true, false},
    {"case", CASE, WALK_CASE, false, false},
    {"persons", CASE "1", "Persons", false, false},
    {"likely", CASE "1s", "The same person?", false, false},
    {"compare", CASE "1s\r", "Two records side by side", false, false},
    {"eligibility", CASE "6", "Does the mechanism apply?", false, false},
    {"poll", CASE "7", "Poll", false, false},
    {"notes", CASE "8", "Notes verbales", false, false},
    {"help-log", CASE "9", "Help", false, false},
    {"costs", CASE "9$", "Costs", false, false},
    {"documents", CASE "p", "Documents", false, false},
    {"preview", CASE "8\r", "Note verbale", false, false},
    {"printing", CASE "8\rp", "Print where?", false, false},
    {"sent", CASE "w", "Who got what", false, false},
    {"closing", CASE "z", "Closing", false, false},
    {"history", CASE "0", "History", false, false},
    {"act", CASE "0\r", "An act", false, false},
    {"form", CASE "4n", "need", true, false},
    {"pick", CASE "a", "Record which act?", true, true},
    {"ask", CASE "t", "As of a day", true, true},
    {"help", CASE "?", "Help: Case", true, true},
    {"refusal", "/" OTHER_CASE "\r7n\x02\x02", "Refused", false, true},
    {"tasks", "j", "All tasks", false, false},
    {"resume", "u", "Unfinished", false, false},
    {"events", "e", "Events", false, false},
    {"event", "e\r", "Event · Flood", false, false},
    {"eventform", "e\rc", "What the event is", true, false},
    {"eventlist", "e\rn", "one line a person", true, false},
    {"register", "b", "Register of notes", true, false},
    {"countries", "d", "Missions in which country?", true, false},
    {"directory",
     "d"
     "emir\r",
     "Missions", false, false},
    {"offices",
     "d"
     "emir\rl",
     "Offices of", false, false},
    {"officeform",
     "d"
     "emir\rl\r",
     "San José embassy", true, false},
    {"meetings", "r", "Meetings of the", false, false},
    {"report", "r\r", "Report", false, false},
    {"owed", "$", "Costs", false, false},
    {"settings", "g", "Settings", false, false},
    {"bodies", "\x10names of bodies\r", NULL, false, false},
    {"accesslog",
     "\x10"
     "access log\r",
     NULL, false, false},
    {"sheetask", "\x10recovery sheet\r", "A recovery sheet", true, false},
    {"partyform",
     "d"
     "emir\r\x10who takes part\r",
     NULL, true, false},
    {"calendar", "\x10settings\r", NULL, false, false},
    {"inbox", "\x10inbox\r", "Inbox", false, false},
    {"outbox", "\x10outbox\r", "Outbox", false, false},
    {"receive", "\x10receive\r", "Receive", true, false},
    {"talk",
     CASE "\x10"
          "conversation\r",
     "Conversation", false, false},
    {"dossier",
     CASE "\x10"
          "dossier\r",
     "Dossier", false, false},
    {"trust", "\x10whom we trust\r", "Whom we trust", true, false},
    {"identity", "\x10our own keys\r", "Our own keys", false, false},
    {"network",
     "\x10"
     "directory of the network\r",
     "Directory of the network", false, false},
    {"takecard", "\x10take a card\r", "Take a card", true, false},
    {"papercode",
     "\x10"
     "check a paper\r",
     "Check a paper", true, false},
    {"forms",
     "\x10"
     "forms to fill\r",
     "Forms to fill", false, false},
    {NULL, NULL, NULL, false, false},
};

void walk_keys(struct child *child, const char *keys)
{
    static const struct {
        char sent;
        int press;
    } named[] = {{'\r', PRESS_ENTER}, {'\t', PRESS_TAB}, {'\x04', PRESS_DOWN}, {'\x02', PRESS_F2}};
    char text[200];
    while (*keys) {
        size_t size = strcspn(keys, "\r\t\x04\x02");
        snprintf(text, sizeof text, "%.*s", (int)size, keys);
        if (*text)
            child_type(child, text);
        keys += size;
        for (size_t i = 0; *keys && i < ARRAY_SIZE(named); i++)
            if (*keys == named[i].sent)
                child_press(child, named[i].press);
        keys += *keys != '\0';
    }
}

void walk_to(struct child *child, const struct walk_stop *stop)
{
    walk_keys(child, stop->keys);
    if (stop->see)
        expect_row_has(child, 0, stop->see);
    else
        expect_true(child, emulator_find(child_screen(child), TODAY) != 0);
}

void walk_home(struct child *child)
{
    for (int i = 0; i < 10 && emulator_find(child_screen(child), TODAY) != 0; i++)
        child_press(child, PRESS_F12);
    expect_row_has(child, 0, TODAY);
}

void walk_begin(void)
{
    struct stat st;
    if (stat(kit_path(MADE), &st) != 0)
        make();
    copy();
}

struct child *walk_again(const struct child_options *options)
{
    const char *const argv[] = {NULL, kit_path(WALK_FILE), NULL};
    struct child *child = expect_start(options, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    if (options && options->mute) /* painted once it is clear that no answer comes */
        expect_await(child, TODAY);
    if (emulator_find(child_screen(child), TODAY) != 0) /* where one was before is offered */
        child_press(child, PRESS_F12);
    expect_row_has(child, 0, TODAY);
    return child;
}

struct child *walk_start(const struct child_options *options)
{
    walk_begin();
    return walk_again(options);
}

void walk_end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}
