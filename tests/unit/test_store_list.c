/* SPDX-License-Identifier: MIT */
/* The case list, the search as one types, the work of today. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/store/list.h"

static void open_case(struct store *store, const char *country, const char *priority)
{
    char text[200];

    snprintf(text, sizeof text,
             "{'role': 'requesting', 'receiving_state': '%s', 'priority': '%s', 'source': "
             "'phone'}",
             country, priority);
    kit_record(store, NULL, ACT_OPEN, text);
}

static void add_person(struct store *store, const char *reference, const char *surname,
                       const char *given, bool fears)
{
    char text[400];

    snprintf(text, sizeof text,
             "{'person': 1, 'surname_1': '%s', 'given_names': '%s', 'nationalities': [{'state': "
             "'HN', 'proof': 'passport'}], 'fears_own_state': %s}",
             surname, given, fears ? "true" : "false");
    kit_record(store, reference, ACT_PERSON, text);
}

/* Three cases: AE with a person and a note, HT with a person under lock, SN with nobody. */
static struct store *fill(const char *name)
{
    struct store *store = kit_create(name);

    open_case(store, "AE", "urgent");
    open_case(store, "HT", "life_threatening");
    open_case(store, "SN", "routine");
    store_set_now(store, "2026-03-13T08:00:00-06:00");
    add_person(store, "HNTGU-2026-0001", "RAMÍREZ ORDÓÑEZ", "Karen Yamileth", false);
    kit_record(store, "HNTGU-2026-0001", ACT_SITUATION, "{'locality': 'Umm al-Qaywayn'}");
    store_set_now(store, "2026-03-14T08:00:00-06:00");
    add_person(store, "HNTGU-2026-0002", "LÓPEZ", "José Ángel", true);
    return store;
}

static void assert_list(struct store *store, struct list_filter filter, const char *should)
{
    struct error err = ERROR_INIT;
    struct case_rows rows;
    struct buf is = BUF_INIT;

    if (!store_list(store, &filter, &rows, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < rows.count; i++)
        buf_addf(&is, "%s%s", i ? " " : "", rows.list[i].reference + strlen("HNTGU-2026-"));
    assert_string_equal(buf_text(&is), should);
    buf_release(&is);
    case_rows_release(&rows);
}

#define QUERY(text) ((struct list_filter){.query = (text), .stage = -1})

static void finds_by_beginnings(void **state)
{
    struct store *store = fill("search");
    (void)state;

    assert_list(store, QUERY("ramirez"), "0001");
    assert_list(store, QUERY("RAMÍ"), "0001");
    assert_list(store, QUERY("ordon kar"), "0001");
    assert_list(store, QUERY("ordon jose"), "");
    assert_list(store, QUERY("amirez"), "");
    assert_list(store, QUERY("jose angel"), "0002");
    assert_list(store, QUERY("qayw"), "0001");
    assert_list(store, QUERY("HNTGU-2026-0003"), "0003");
    assert_list(store, QUERY("0002"), "0002");
    assert_list(store, QUERY("hntgu"), "0003 0002 0001");
    assert_list(store, QUERY(""), "0003 0002 0001");
    assert_list(store, QUERY(" \"*-() "), "0003 0002 0001");
    assert_list(store, QUERY("\"ram\" NOT *"), "");
    assert_list(store, QUERY("'; DROP TABLE cases"), "");
    store_close(store);
}

static void finds_by_a_corrected_name_only(void **state)
{
    struct store *store = fill("corrected");
    struct error err = ERROR_INIT;
    struct case_file c;
    char text[600], id[65];
    (void)state;

    assert_true(store_case(store, "HNTGU-2026-0002", &c, &err));
    act_id_hex(c.acts[1].id, id);
    case_release(&c);
    snprintf(text, sizeof text,
             "{'of': '%s', 'reason': 'as in the document', 'payload': {'person': 1, 'surname_1': "
             "'GÓMEZ', 'given_names': 'José', 'nationalities': [{'state': 'HN', 'proof': "
             "'passport'}]}}",
             id);
    kit_record(store, "HNTGU-2026-0002", ACT_CORRECT, text);
    assert_list(store, QUERY("gomez"), "0002");
    assert_list(store, QUERY("lopez"), "");
    store_close(store);
}

static void filters_and_orders(void **state)
{
    struct store *store = fill("orders");
    (void)state;

    assert_list(store, (struct list_filter){.stage = -1}, "0003 0002 0001");
    assert_list(store, (struct list_filter){.stage = -1, .order = LIST_UPDATED}, "0002 0001 0003");
    assert_list(store, (struct list_filter){.stage = -1, .order = LIST_REFERENCE},
                "0001 0002 0003");
    assert_list(store, (struct list_filter){.stage = STAGE_DRAFT}, "0003");
    assert_list(store, (struct list_filter){.stage = STAGE_INTAKE}, "0002 0001");
    assert_list(store, (struct list_filter){.stage = STAGE_INTAKE, .query = "ramirez"}, "0001");
    assert_list(store, (struct list_filter){.stage = -1, .offset = 1, .limit = 1}, "0002");
    assert_list(store, (struct list_filter){.stage = -1, .offset = 2, .limit = 5}, "0001");
    assert_list(store, (struct list_filter){.stage = -1, .open_only = true}, "0003 0002 0001");
    store_close(store);
}

static void orders_by_deadline(void **state)
{
    struct store *store = kit_create("due");
    (void)state;

    for (int i = 0; i < 3; i++) {
        static const char *const due[] = {"", ", 'next_action_due': '2026-03-20'",
                                          ", 'next_action_due': '2026-03-19T23:00:00-06:00'"};
        char text[300];
        snprintf(text, sizeof text,
                 "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', "
                 "'source': 'phone'%s}",
                 due[i]);
        kit_record(store, NULL, ACT_OPEN, text);
    }
    struct error err = ERROR_INIT;
    struct list_filter all = {.stage = -1, .order = LIST_REFERENCE};
    struct case_rows rows;
    struct worklist work;
    assert_true(store_list(store, &all, &rows, &err));
    assert_null(rows.list[0].due);
    assert_string_equal(rows.list[1].due, "2026-03-20");
    assert_string_equal(rows.list[2].due, "2026-03-19T23:00:00-06:00");
    case_rows_release(&rows);
    assert_true(store_worklist(store, &(struct task_filter){.room = 10}, &work, &err));
    assert_int_equal(work.count, 2);
    assert_string_equal(work.list[0].reference, "HNTGU-2026-0003");
    assert_string_equal(work.list[1].reference, "HNTGU-2026-0002");
    worklist_release(&work);
    store_close(store);
}

static void says_what_a_row_shows(void **state)
{
    struct store *store = fill("row");
    struct error err = ERROR_INIT;
    struct list_filter all = {.stage = -1, .order = LIST_REFERENCE};
    struct case_rows rows;
    (void)state;

    assert_true(store_list(store, &all, &rows, &err));
    assert_string_equal(rows.list[0].title, "RAMÍREZ ORDÓÑEZ, Karen Yamileth");
    assert_string_equal(rows.list[0].receiving_state, "AE");
    assert_string_equal(rows.list[0].requesting_state, "HN");
    assert_string_equal(rows.list[0].priority, "urgent");
    assert_int_equal(rows.list[0].persons, 1);
    assert_int_equal(rows.list[0].hidden, NAME_SHOWN);
    assert_false(rows.list[0].closed);
    assert_null(rows.list[0].exit);
    assert_int_equal(rows.list[0].stage, STAGE_INTAKE);
    assert_string_equal(rows.list[0].updated, "2026-03-13T08:00:00-06:00");
    assert_int_equal(rows.list[1].hidden, NAME_LOCKED);
    assert_string_equal(rows.list[2].title, "");
    json_t *json = case_rows_json(&rows);
    case_rows_release(&rows);
    assert_int_equal(json_array_size(json), 3);
    assert_int_equal(json_object_size(json_array_get(json, 0)), 8);
    json_decref(json);
    store_close(store);
}

static void says_what_is_to_be_done(void **state)
{
    struct store *store = fill("today");
    struct error err = ERROR_INIT;
    struct today today;
    (void)state;

    kit_record(store, "HNTGU-2026-0002", ACT_CONTACT,
               "{'at': '2026-03-14T07:00:00-06:00', 'reason': 'danger', 'detail': 'a call'}");
    kit_record(store, "HNTGU-2026-0001", ACT_REFER,
               "{'to': 'network', 'on': '2026-03-14', 'persons': [1]}");
    assert_true(store_today(store, 10, &today, &err));
    assert_int_equal(today.open_cases, 3);
    assert_int_equal(today.stages[STAGE_INTAKE], 2);
    assert_int_equal(today.due.count, 1);
    assert_int_equal(today.due.list[0].kind, TASK_COUNTERSIGN);
    assert_string_equal(today.due.list[0].reference, "HNTGU-2026-0002");
    assert_string_equal(today.due.list[0].due, "2026-03-15T08:00:00-06:00");
    assert_int_equal(today.due.list[0].hidden, NAME_LOCKED);
    assert_int_equal(today.due.list[0].on, ACT_CONTACT);
    assert_int_equal(today.waiting.count, 1);
    assert_int_equal(today.waiting.list[0].kind, TASK_NETWORK);
    assert_string_equal(today.waiting.list[0].due, "");
    assert_int_equal(today.came_count, 0);
    today_release(&today);

    kit_record(store, "HNTGU-2026-0001", ACT_REFER_ANSWER,
               "{'to': 'network', 'persons': [1], 'on': '2026-03-14', 'answer': 'not_competent', "
               "'because': 'no partner there', 'transcribed': {'from': 'network', 'channel': "
               "'email', 'on': '2026-03-14'}}");
    assert_true(store_today(store, 10, &today, &err));
    assert_int_equal(today.waiting.count, 0);
    assert_int_equal(today.came_count, 1);
    assert_int_equal(today.came[0].kind, ACT_REFER_ANSWER);
    assert_string_equal(today.came[0].by, "Ana PINEDA");
    assert_true(today.came[0].incoming);
    today_release(&today);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_beginnings),   cmocka_unit_test(finds_by_a_corrected_name_only),
        cmocka_unit_test(filters_and_orders),    cmocka_unit_test(orders_by_deadline),
        cmocka_unit_test(says_what_a_row_shows), cmocka_unit_test(says_what_is_to_be_done),
    };
    return cmocka_run_group_tests_name("store list", tests, kit_begin, kit_end);
}
