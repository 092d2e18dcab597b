/* SPDX-License-Identifier: MIT */
/* Events in the file: what was said of them, who is in their lists, which cases are theirs. */
#include "store_kit.h"

#include <stdio.h>
#include <string.h>

#include "amparo/store/event.h"
#include "amparo/store/list.h"
#include "amparo/store/verify.h"

#define FLOOD(more)                                                                                \
    "{'name':'Flood','kind':'flood','on':'2026-03-10','receiving_state':'SN','locality':"          \
    "'Saint-Louis','ground':'G4','perpetrator':'none','facts':'The river.','priority':'urgent',"   \
    "'source':'family'" more "}"

static bool put(struct store *store, const char *text, bool fresh, struct error *err)
{
    json_t *content = kit_json(text);
    bool ok = store_event_put(store, content, fresh, 0, err);

    json_decref(content);
    return ok;
}

/* Takes one in, by surname; the case and the number as "0001 2". */
static const char *take(struct store *store, const char *surname, const char *more)
{
    static char place[40];
    struct error err = ERROR_INIT;
    struct taken taken;
    char text[300];

    snprintf(text, sizeof text, "{'person':{'surname_1':'%s','given_names':'Ana'}%s}", surname,
             more);
    json_t *line = kit_json(text);
    if (!store_event_take(store, "Flood", line, 0, &taken, &err))
        fail_msg("%s", error_text(&err));
    snprintf(place, sizeof place, "%s %ld", taken.reference + strlen("HNTGU-2026-"), taken.person);
    taken_release(&taken);
    json_decref(line);
    return place;
}

static void keeps_what_was_said_last(void **state)
{
    struct store *store = kit_create("said");
    struct error err = ERROR_INIT;
    struct event e;
    struct events all;
    (void)state;

    assert_false(put(store, "{'name':'Flood'}", true, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_false(store_event(store, "Flood", &e, &err));
    error_clear(&err);
    assert_true(put(store, FLOOD(""), true, &err));
    assert_false(put(store, FLOOD(""), true, &err));
    error_clear(&err);
    assert_true(put(store, FLOOD(",'urgency':'now'"), false, &err));
    assert_true(store_event(store, "Flood", &e, &err));
    assert_int_equal(e.version, 2);
    assert_string_equal(e.by, "Ana PINEDA");
    assert_string_equal(e.at, "2026-03-12T12:00:00-06:00");
    assert_string_equal(json_string_value(json_object_get(e.content, "urgency")), "now");
    event_release(&e);
    assert_true(store_events(store, &all, &err));
    assert_int_equal(all.count, 1);
    events_release(&all);
    error_release(&err);
    store_close(store);
}

/* One mark, one case: as one writes it, and as long as that case is open. */
static void joins_families_while_they_are_open(void **state)
{
    struct store *store = kit_create("families");
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(put(store, FLOOD(""), true, &err));
    assert_string_equal(take(store, "DÍAZ", ",'family':'Tienda é'"), "0001 1");
    assert_string_equal(take(store, "DÍAZ", ""), "0002 1");
    assert_string_equal(take(store, "SOSA", ",'family':'tienda E'"), "0001 2");
    kit_record(store, "HNTGU-2026-0001", ACT_CLOSE,
               "{'outcome':['request_withdrawn'],'reason':'They went on.'}");
    assert_string_equal(take(store, "PAZ", ",'family':'Tienda é'"), "0003 1");
    assert_string_equal(take(store, "PAZ", ",'family':'Tienda é'"), "0003 2");
    store_close(store);
}

/* The mark of another event, and a correction of the opening, are followed too. */
static void lists_the_cases_of_an_event(void **state)
{
    struct store *store = kit_create("cases");
    struct error err = ERROR_INIT;
    struct list_filter filter = {.stage = -1, .event = "Flood", .order = LIST_LONE};
    struct case_rows rows;
    struct verified verified;
    (void)state;

    assert_true(put(store, FLOOD(",'consent_basis':'best interests'"), true, &err));
    take(store, "DÍAZ", "");
    take(store, "SOSA", ",'born':'9','alone':'alone'");
    const char *open = kit_record(
        store, NULL, ACT_OPEN,
        "{'role':'requesting','receiving_state':'SN','priority':'urgent','source':'phone'}");
    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.list[0].reference, "HNTGU-2026-0002");
    assert_int_equal(rows.list[0].lone, 1);
    assert_int_equal(rows.list[1].lone, 0);
    case_rows_release(&rows);

    char text[500];
    snprintf(text, sizeof text,
             "{'of':'%s','reason':'of the flood','payload':{'role':'requesting',"
             "'receiving_state':'SN','priority':'life_threatening','source':'phone','event':"
             "'Flood'}}",
             open);
    kit_record(store, "HNTGU-2026-0003", ACT_CORRECT, text);
    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.list[1].reference, "HNTGU-2026-0003");
    case_rows_release(&rows);
    filter.query = "sosa";
    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 1);
    case_rows_release(&rows);
    filter.event = "Quake";
    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 0);
    case_rows_release(&rows);
    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&verified.notes);
    store_close(store);
}

/* A line that the gates or its own parts refuse leaves nothing, also not half a family. */
static void takes_a_line_whole_or_not(void **state)
{
    static const char *const lines[] = {
        "{'person':{'surname_1':'A','given_names':'B','sex':'Q'}}",
        "{'person':{'surname_1':'A','given_names':'B'},'alone':'alone','born':'40'}",
        "{'person':{'surname_1':'A','given_names':'B'},'consent':'vital'}",
        "{'person':{'surname_1':'A','given_names':'B'},'colour':'blue'}",
        "{'person':{'surname_1':'A','given_names':'B','person':3}}",
        "{'family':'A'}",
    };
    struct store *store = kit_create("whole");
    struct error err = ERROR_INIT;
    int64_t acts;
    (void)state;

    assert_true(put(store, FLOOD(""), true, &err));
    take(store, "DÍAZ", ",'family':'A'");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        json_t *line = kit_json(lines[i]);
        assert_false(store_event_take(store, "Flood", line, 0, NULL, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        error_clear(&err);
        json_decref(line);
    }
    assert_true(db_number(store, &acts, 0, &err,
                          "SELECT count(*) FROM acts WHERE case_id <> zeroblob(8)", ""));
    assert_int_equal(acts, 4); /* open, situation, person, ground */
    error_release(&err);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_was_said_last),
        cmocka_unit_test(joins_families_while_they_are_open),
        cmocka_unit_test(lists_the_cases_of_an_event),
        cmocka_unit_test(takes_a_line_whole_or_not),
    };

    return cmocka_run_group_tests_name("store event", tests, kit_begin, kit_end);
}
