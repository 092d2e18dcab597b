/* SPDX-License-Identifier: MIT */
/* What is owed in a case, by whom, until when: as settings, working days and the clock are now. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/calendars.h"
#include "amparo/store/directory.h"
#include "amparo/store/settings.h"
#include "amparo/store/verify.h"
#include "amparo/store/worklist.h"

#define ONE "HNTGU-2026-0001"
#define TWO "HNTGU-2026-0002"
#define OPEN(priority)                                                                             \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': '" priority "', 'source': "       \
    "'phone'}"
#define ASSISTING                                                                                  \
    "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'GT', 'priority': "        \
    "'routine', 'source': 'other_post'}"
#define KAREN(birth)                                                                               \
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'birth_date': '" birth          \
    "', 'nationalities': [{'state': 'HN', 'proof': 'passport'}]}"
#define OVERRIDE "'override': {'reason': 'she bleeds'}"
#define TOLD "'transcribed': {'from': 'the embassy', 'channel': 'email', 'on': '2026-03-12'}"

/* The tasks of a case (NULL: of all) at that instant, as "name:whom[:state][@due][!]" in order. */
static const char *all(struct store *store, const char *reference, const char *now,
                       const struct task_filter *more)
{
    static char out[2000];
    struct task_filter filter = more ? *more : (struct task_filter){.room = 0};
    struct error err = ERROR_INIT;
    struct worklist work;

    filter.reference = reference;
    store_set_now(store, now);
    if (!store_worklist(store, &filter, &work, &err))
        fail_msg("%s", error_text(&err));
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    out[0] = '\0';
    for (size_t i = 0; i < work.count; i++) {
        const struct task *t = &work.list[i];
        size_t used = strlen(out);
        snprintf(out + used, sizeof out - used, "%s%s%s%s%s%s%s", i ? " " : "",
                 task_type(t->kind)->name, *t->state ? ":" : "", t->state, *t->due ? "@" : "",
                 t->due, t->over ? "!" : "");
    }
    worklist_release(&work);
    return out;
}

#define NOON "2026-03-12T12:00:00-06:00"
#define IS(store, now, expected) assert_string_equal(all(store, ONE, now, NULL), expected)

static void is_whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&v.notes);
}

static struct store *begin(const char *name, const char *open)
{
    struct store *ana = kit_create(name);

    kit_record(ana, NULL, ACT_OPEN, open);
    kit_record(ana, ONE, ACT_PERSON, KAREN("1998-03-14"));
    return ana;
}

/* Honduras, Mexico and Canada take part. */
static void make_parties(struct store *store)
{
    static const char *const states[] = {"HN", "MX", "CA"};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        if (!store_directory_set_party(store, states[i], (struct date){2026, 1, 1}, NULL,
                                       "a letter", &err))
            fail_msg("%s", error_text(&err));
}

/* 2026-03-12 is a Thursday; the post stands in Honduras. */
static void a_poll_that_came_in_is_acknowledged_and_answered(void **state)
{
    struct store *ana = begin("polled", ASSISTING);
    struct error err = ERROR_INIT;
    unsigned friday_saturday = FRIDAY | SATURDAY;
    (void)state;

    const char *poll = kit_record(
        ana, ONE, ACT_POLL, "{'round': 1, 'to': ['HN', 'CA'], 'reply_by': '2026-03-17', " TOLD "}");
    IS(ana, NOON, "poll_receipt:GT@2026-03-13 poll_answer:GT@2026-03-17");
    IS(ana, "2026-03-14T09:00:00-06:00", "poll_receipt:GT@2026-03-13! poll_answer:GT@2026-03-17");
    assert_true(calendar_set_weekend(ana, "HN", &friday_saturday, &err));
    IS(ana, NOON, "poll_receipt:GT@2026-03-15 poll_answer:GT@2026-03-17");
    assert_true(calendar_add_holiday(ana, "HN", (struct holiday){0, 3, 15}, "a feast", &err));
    IS(ana, NOON, "poll_receipt:GT@2026-03-16 poll_answer:GT@2026-03-17");
    assert_true(settings_say(ana, SETTING_ACKNOWLEDGE, "2", &err));
    IS(ana, NOON, "poll_receipt:GT@2026-03-17 poll_answer:GT@2026-03-17");
    char *correction = xasprintf("{'of': '%s', 'reason': 'we wrote', 'payload': {'round': 1, "
                                 "'to': ['HN', 'CA'], 'reply_by': '2026-03-17', "
                                 "'acknowledged_on': '2026-03-12', " TOLD "}}",
                                 poll);
    kit_record(ana, ONE, ACT_CORRECT, correction);
    free(correction);
    IS(ana, NOON, "poll_answer:GT@2026-03-17");
    is_whole(ana);
    kit_record(ana, ONE, ACT_REPLY,
               "{'state': 'HN', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter']}");
    IS(ana, NOON, "");
    store_close(ana);
}

/* From the poll to the acceptance, and each step's own end. */
static void each_step_of_a_request_is_waited_for(void **state)
{
    struct store *ana = begin("requesting", OPEN("routine"));
    (void)state;

    make_parties(ana);
    kit_record(ana, ONE, ACT_GROUND,
               "{'person': 1, 'code': 'G5', 'perpetrator': 'employer', 'facts': 'unpaid'}");
    kit_record(ana, ONE, ACT_POLL,
               "{'round': 1, 'to': ['MX', 'CA'], 'reply_by': '2026-03-17', " OVERRIDE "}");
    IS(ana, NOON, "reply:MX@2026-03-17 reply:CA@2026-03-17 tell_poll");
    kit_record(ana, ONE, ACT_NOTIFY, "{'event': 'poll'}");
    kit_record(ana, ONE, ACT_REPLY,
               "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter'], 'valid_until': '2026-03-25', " TOLD "}");
    IS(ana, NOON, "reply:CA@2026-03-17"); /* the offer stands long enough */
    IS(ana, "2026-03-18T09:00:00-06:00", "reply:CA@2026-03-17! offer_ends:MX@2026-03-25");
    kit_record(ana, ONE, ACT_CHOOSE, "{'state': 'MX', 'reason': 'it is near'}");
    IS(ana, NOON, "authorise");
    kit_record(ana, ONE, ACT_AUTHORISE,
               "{'what': 'request', 'by': 'the Directorate', 'reference': '12', 'on': "
               "'2026-03-12'}");
    IS(ana, NOON, "");
    const char *note = kit_record(
        ana, ONE, ACT_NOTE,
        "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy', 'city': "
        "'Abu Dhabi'}, 'persons': [1], 'scope': 'a visit', 'date': '2026-03-12', 'at': "
        "'2026-03-12T11:00:00-06:00', 'reply_due': '2026-03-20', " OVERRIDE "}");
    char *accept = xasprintf("{'state': 'MX', 'note': '%s', 'scope': 'visits', 'ends_on': "
                             "'2026-03-30', " TOLD "}",
                             note);
    IS(ana, NOON, "acceptance:MX@2026-03-20 tell_request note_receipt:MX");
    kit_record(ana, ONE, ACT_NOTIFY, "{'event': 'request'}");
    IS(ana, "2026-03-21T09:00:00-06:00", "acceptance:MX@2026-03-20! note_receipt:MX");
    /* What is told of the note later counts. */
    char *delivery = xasprintf("{'note': '%s', 'acknowledged_on': '2026-03-12', 'reply_due': "
                               "'2026-03-24'}",
                               note);
    kit_record(ana, ONE, ACT_DELIVERY, delivery);
    free(delivery);
    IS(ana, "2026-03-21T09:00:00-06:00", "acceptance:MX@2026-03-24");
    kit_record(ana, ONE, ACT_ACCEPT, accept);
    IS(ana, NOON, "");
    IS(ana, "2026-03-24T09:00:00-06:00", "scope_ends:MX@2026-03-30");
    is_whole(ana);
    free(accept);
    store_close(ana);
}

static void a_note_that_came_in_wants_an_answer(void **state)
{
    struct store *ana = begin("noted", ASSISTING);
    (void)state;

    const char *note = kit_record(
        ana, ONE, ACT_NOTE,
        "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'GT', 'office': 'Ministry', 'city': "
        "'Guatemala'}, 'persons': [1], 'scope': 'a visit', 'date': '2026-03-12', 'at': "
        "'2026-03-12T11:00:00-06:00', 'number': '7/2026', " TOLD "}");
    IS(ana, NOON, "note_answer:GT");
    char *accept = xasprintf("{'state': 'HN', 'note': '%s', 'scope': 'visits'}", note);
    kit_record(ana, ONE, ACT_ACCEPT, accept);
    IS(ana, NOON, "");
    free(accept);
    store_close(ana);
}

static void a_child_without_a_finding_is_named(void **state)
{
    struct store *ana = kit_create("child");
    (void)state;

    kit_record(ana, NULL, ACT_OPEN, OPEN("routine"));
    kit_record(ana, ONE, ACT_PERSON, KAREN("2010-XX-XX"));
    IS(ana, NOON, "best_interests");
    IS(ana, "2026-03-30T12:00:00-06:00", "best_interests");
    struct error err = ERROR_INIT;
    struct task_filter filter = {.reference = ONE};
    struct buf words = BUF_INIT;
    struct worklist work;
    assert_true(store_worklist(ana, &filter, &work, &err));
    task_describe(&words, &work.list[0]);
    assert_string_equal(buf_text(&words), "Child 1: best interests");
    buf_release(&words);
    worklist_release(&work);
    kit_record(ana, ONE, ACT_CHILD,
               "{'person': 1, 'accompanied': 'separated', 'care': 'an aunt', 'responsible': 'the "
               "mother', 'views': 'wants home', 'best_interests': 'home', 'by': 'the consul', "
               "'on': '2026-03-12'}");
    IS(ana, NOON, "");
    is_whole(ana);
    store_close(ana);
}

static void a_cost_waits_for_who_bears_it(void **state)
{
    struct store *ana = begin("cost", OPEN("routine"));
    (void)state;

    const char *cost = kit_record(ana, ONE, ACT_COST,
                                  "{'on': '2026-03-12', 'amount': '1850.00', 'currency': 'AED', "
                                  "'source': 'undetermined', 'item': 'a ticket', 'iom_status': "
                                  "'requested'}");
    IS(ana, NOON, "iom bearer");
    char *correction = xasprintf("{'of': '%s', 'reason': 'granted', 'payload': {'on': "
                                 "'2026-03-12', 'amount': '1850.00', 'currency': 'AED', 'source': "
                                 "'iom', 'item': 'a ticket', 'iom_status': 'granted'}}",
                                 cost);
    kit_record(ana, ONE, ACT_CORRECT, correction);
    free(correction);
    IS(ana, NOON, "");
    is_whole(ana);
    store_close(ana);
}

/* A life in danger goes first, whatever is due before; each filter, and no more than asked for. */
static void danger_goes_first(void **state)
{
    static const struct task_filter overdue = {.part = TASKS_OVERDUE},
                                    without = {.part = TASKS_WITHOUT_DAY},
                                    others = {.whom = FOR_OTHERS}, two = {.room = 2};
    struct store *ana = begin("danger", OPEN("routine"));
    (void)state;

    make_parties(ana);
    kit_record(ana, ONE, ACT_REFER, "{'to': 'network', 'on': '2026-03-12', 'persons': [1]}");
    kit_record(ana, ONE, ACT_POLL,
               "{'round': 1, 'to': ['MX'], 'reply_by': '2026-03-11', " OVERRIDE "}");
    kit_record(ana, NULL, ACT_OPEN, OPEN("life_threatening"));
    kit_record(ana, TWO, ACT_PERSON, KAREN("1990-01-01"));
    kit_record(ana, TWO, ACT_CONTACT,
               "{'at': '2026-03-12T11:00:00-06:00', 'reason': 'shots', 'detail': 'a call'}");
    const char *danger = "countersign@2026-03-13T12:00:00-06:00";
    char *expected = xasprintf("%s reply:MX@2026-03-11! tell_poll network", danger);
    assert_string_equal(all(ana, NULL, NOON, NULL), expected);
    free(expected);
    expected = xasprintf("%s reply:MX@2026-03-11!", danger);
    assert_string_equal(all(ana, NULL, NOON, &two), expected);
    free(expected);
    assert_string_equal(all(ana, NULL, NOON, &overdue), "reply:MX@2026-03-11!");
    assert_string_equal(all(ana, NULL, NOON, &without), "tell_poll network");
    assert_string_equal(all(ana, NULL, NOON, &others), "reply:MX@2026-03-11! network");
    assert_string_equal(all(ana, TWO, NOON, &others), "");
    is_whole(ana);
    store_close(ana);
}

/* Of many, those that come first are found whatever group they are in. */
static void the_first_of_many_are_found(void **state)
{
    struct store *ana = kit_create("many");
    struct error err = ERROR_INIT;
    char due[20], open[200];
    (void)state;

    assert_true(store_batch_begin(ana, &err));
    for (int i = 0; i < 60; i++) {
        snprintf(due, sizeof due, "2026-%02d-%02d", 4 + i * 7 % 60 / 25, 1 + i * 7 % 60 % 25);
        snprintf(open, sizeof open,
                 "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'routine', "
                 "'source': 'phone', '%s': '%s'}",
                 i % 2 ? "next_action_due" : "review_on", due);
        kit_record(ana, NULL, ACT_OPEN, open);
    }
    assert_true(store_batch_end(ana, true, &err));
    struct task_filter filter = {.room = 7};
    struct worklist few, every;
    store_set_now(ana, "2026-09-01T12:00:00-06:00");
    assert_true(store_worklist(ana, &filter, &few, &err));
    filter.room = 0;
    assert_true(store_worklist(ana, &filter, &every, &err));
    assert_int_equal(few.count, 7);
    assert_true(every.count >= 60);
    for (size_t i = 0; i < every.count; i++) {
        if (i && strcmp(every.list[i].due, every.list[i - 1].due) < 0)
            fail_msg("%s after %s", every.list[i].due, every.list[i - 1].due);
        if (i < 7)
            assert_string_equal(few.list[i].act, every.list[i].act);
    }
    worklist_release(&few);
    worklist_release(&every);
    store_close(ana);
}

/* ---- settings and calendars ---- */

static void settings_say_who_said_them(void **state)
{
    struct store *ana = begin("settings", OPEN("routine")), *luis;
    struct error err = ERROR_INIT;
    struct setting_value value;
    unsigned none = 0;
    (void)state;

    assert_true(settings_read(ana, SETTING_REPLY, &value, &err));
    assert_int_equal(value.number, 3);
    assert_null(value.said_by);
    setting_value_release(&value);
    assert_true(settings_say(ana, SETTING_REPLY, "5", &err));
    assert_true(settings_read(ana, SETTING_REPLY, &value, &err));
    assert_int_equal(value.number, 5);
    assert_string_equal(value.said_by, "Ana PINEDA");
    assert_string_equal(value.said_at, NOON);
    setting_value_release(&value);
    assert_true(settings_say(ana, SETTING_REPLY, NULL, &err));
    assert_true(settings_read(ana, SETTING_REPLY, &value, &err));
    assert_int_equal(value.number, 3);
    setting_value_release(&value);
    static const char *const bad[] = {"",   "0",  "61",    "3.5", "+3",
                                      " 3", "3 ", "three", "0x3", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (settings_say(ana, SETTING_REPLY, bad[i], &err))
            fail_msg("taken: %s", bad[i]);
        assert_int_equal(err.kind, ERROR_INPUT);
        error_clear(&err);
    }
    /* What another version of the program wrote and this one does not take does not count. */
    assert_true(store_set_setting(ana, "said.reply", "many", &err));
    assert_true(settings_read(ana, SETTING_REPLY, &value, &err));
    assert_int_equal(value.number, 3);
    assert_null(value.said_by);
    setting_value_release(&value);

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("settings", kit_luis);
    assert_false(settings_say(luis, SETTING_REPLY, "5", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_clear(&err);
    assert_false(calendar_set_weekend(luis, "AE", &none, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_clear(&err);
    assert_false(calendar_add_holiday(luis, "AE", (struct holiday){0, 12, 2}, "", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    store_close(luis);
    store_close(ana);
}

static bool import(struct store *store, const char *csv, bool dry, struct calendar_import *out,
                   struct error *err)
{
    error_clear(err);
    return calendar_import(store, csv, strlen(csv), dry, out, err);
}

static size_t lines_of(struct store *store, const char *country)
{
    struct error err = ERROR_INIT;
    struct calendar_lines lines;

    assert_true(calendars_said(store, country, &lines, &err));
    size_t count = lines.count;
    calendar_lines_release(&lines);
    return count;
}

static void a_calendar_is_read_whole_or_not(void **state)
{
    static const char good[] = "\xef\xbb\xbf"
                               "country,day,name\r\nAE,weekend,\"sat,sun\"\r\n"
                               "AE,12-02,National Day\nAE,2026-03-20,\"Eid, the first day\"\n"
                               "TH,weekend,\"sat,sun\"\n";
    static const char bad[] = "AE,12-03,Second day\nae,12-03,x\nAE,12/03,x\nAE,weekend,friday\n"
                              "AE,12-04\nAE,12-05,\"a\nb\"\nAE,12-06,\x1b[2J\n\xff,x,y\n";
    struct store *ana = kit_create("calendar");
    struct error err = ERROR_INIT;
    struct calendar_import done;
    struct country_calendar calendar;
    (void)state;

    assert_true(import(ana, good, true, &done, &err));
    assert_int_equal(done.weekends, 2);
    assert_int_equal(done.holidays, 2);
    assert_int_equal(lines_of(ana, NULL), 0);
    assert_true(import(ana, good, false, &done, &err));
    assert_int_equal(lines_of(ana, NULL), 4);
    assert_int_equal(lines_of(ana, "AE"), 3);
    assert_true(import(ana, good, false, &done, &err));
    assert_int_equal(done.weekends + done.holidays, 0);
    assert_int_equal(done.as_before, 4);
    assert_false(import(ana, bad, false, &done, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    for (int line = 2; line <= 9; line++) {
        char name[20];
        snprintf(name, sizeof name, "line %d: ", line);
        if (line != 7 && !strstr(error_text(&err), name)) /* 6 goes on to 7 */
            fail_msg("not named: %s in %s", name, error_text(&err));
    }
    assert_null(strstr(error_text(&err), "line 1:"));
    assert_int_equal(lines_of(ana, NULL), 4); /* nothing of it */
    assert_true(calendar_read(ana, "AE", &calendar, &err));
    assert_int_equal(calendar.calendar.count, 2);
    assert_int_equal(calendar.calendar.weekend, SATURDAY | SUNDAY);
    country_calendar_release(&calendar);
    error_clear(&err);
    assert_true(calendar_remove_holiday(ana, "AE", (struct holiday){0, 12, 2}, &err));
    assert_false(calendar_remove_holiday(ana, "AE", (struct holiday){0, 12, 2}, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    assert_int_equal(lines_of(ana, "AE"), 2);
    is_whole(ana);
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_poll_that_came_in_is_acknowledged_and_answered),
        cmocka_unit_test(each_step_of_a_request_is_waited_for),
        cmocka_unit_test(a_note_that_came_in_wants_an_answer),
        cmocka_unit_test(a_child_without_a_finding_is_named),
        cmocka_unit_test(a_cost_waits_for_who_bears_it),
        cmocka_unit_test(danger_goes_first),
        cmocka_unit_test(the_first_of_many_are_found),
        cmocka_unit_test(settings_say_who_said_them),
        cmocka_unit_test(a_calendar_is_read_whole_or_not),
    };
    return cmocka_run_group_tests_name("store tasks", tests, kit_begin, kit_end);
}
