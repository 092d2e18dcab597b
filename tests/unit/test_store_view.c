/* SPDX-License-Identifier: MIT */
/* Views of the case list; what the search finds, and what it may not tell; views that are saved. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/keys.h"
#include "amparo/store/list.h"
#include "amparo/store/views.h"

#define CASE(number) "HNTGU-2026-000" #number

static void open_case(struct store *store, const char *country, const char *more)
{
    char *text = xasprintf("{'role': 'requesting', 'receiving_state': '%s', 'source': 'phone'%s}",
                           country, more);
    kit_record(store, NULL, ACT_OPEN, text);
    free(text);
}

static void add_person(struct store *store, const char *reference, const char *names)
{
    char *text = xasprintf("{'person': 1, %s, 'nationalities': [{'state': 'HN', 'proof': "
                           "'passport'}]}",
                           names);
    kit_record(store, reference, ACT_PERSON, text);
    free(text);
}

/*
 * 1 AE urgent, Karen, passport, telephone, facts, due on the 14th; 2 HT life in danger, José under
 * lock; 3 SN routine, restricted to Luis; 4 AE routine, nobody, due on the 20th, closed never.
 */
static struct store *fill(const char *name)
{
    struct store *store = kit_create(name);

    open_case(store, "AE", ", 'priority': 'urgent', 'next_action_due': '2026-03-14'");
    store_set_now(store, "2026-03-12T12:01:00-06:00");
    open_case(store, "HT", ", 'priority': 'life_threatening'");
    open_case(store, "SN",
              ", 'priority': 'routine', 'confidentiality': 'restricted', 'responsible': 'Luis "
              "MEJÍA'");
    open_case(store, "AE", ", 'priority': 'routine', 'next_action_due': '2026-03-20'");
    store_set_now(store, "2026-03-12T12:02:00-06:00");
    add_person(store, CASE(1),
               "'surname_1': 'DE LA CRUZ', 'surname_2': 'O’BRIEN', 'given_names': 'Karen "
               "Yamileth', 'document_type': 'passport', 'document_number': 'E-123 456', 'phone': "
               "'+971505551234'");
    kit_record(store, CASE(1), ACT_SITUATION, "{'locality': 'Umm al-Qaywayn'}");
    kit_record(store, CASE(1), ACT_GROUND,
               "{'person': 1, 'code': 'G5', 'perpetrator': 'employer', 'facts': 'Five months of "
               "wages unpaid; she left the villa for a shelter near the creek.'}");
    add_person(store, CASE(2),
               "'surname_1': 'LÓPEZ', 'given_names': 'José Ángel', 'fears_own_state': true, "
               "'phone': '+50933334444'");
    add_person(store, CASE(3), "'surname_1': 'ZELAYA', 'given_names': 'Secundina'");
    return store;
}

static void assert_view(struct store *store, const char *typed, const char *should)
{
    struct error err = ERROR_INIT;
    struct view view;
    struct case_order order;
    struct case_rows rows;
    struct buf is = BUF_INIT;

    if (!view_parse(typed, english, false, &view, &err) ||
        !store_view(store, &view, &order, &err) ||
        !store_rows(store, order.rows, order.count, &rows, &err))
        fail_msg("%s: %s", typed, error_text(&err));
    assert_int_equal(rows.count, order.count);
    for (size_t i = 0; i < rows.count; i++)
        buf_addf(&is, "%s%s", i ? " " : "", rows.list[i].reference + strlen("HNTGU-2026-000"));
    if (strcmp(buf_text(&is), should) != 0)
        fail_msg("%s: %s, not %s", typed, buf_text(&is), should);
    buf_release(&is);
    view_release(&view);
    case_order_release(&order);
    case_rows_release(&rows);
}

static void filters(void **state)
{
    struct store *store = fill("filters");
    (void)state;

    assert_view(store, "", "3 2 1 4");
    assert_view(store, "place:AE", "1 4");
    assert_view(store, "place:AE,SN -place:SN", "1 4");
    assert_view(store, "urgent", "2 1");
    assert_view(store, "danger", "2");
    assert_view(store, "-urgent", "3 4");
    assert_view(store, "stage:intake", "3 2");
    assert_view(store, "stage:draft,intake", "3 2 4");
    assert_view(store, "ground:G5", "1");
    assert_view(store, "ground:G1", "");
    kit_record(store, CASE(3), ACT_GROUND,
               "{'person': 1, 'code': 'G3', 'perpetrator': 'family', 'facts': 'Beaten.'}");
    assert_view(store, "ground:G3", "");
    assert_view(store, "officer:mejia", "3");
    assert_view(store, "mine", "2 1 4");
    assert_view(store, "closed", "");
    assert_view(store, "opened:today", "3 2 1 4");
    assert_view(store, "opened>2026-03-12", "");
    assert_view(store, "opened<1", "3 2 1 4");
    assert_view(store, "opened>0", "");
    assert_view(store, "opened:2026", "3 2 1 4");
    assert_view(store, "changed:week", "3 2 1 4");
    assert_view(store, "due<3", "1");
    assert_view(store, "due:2", "1");
    assert_view(store, "due>3", "4");
    assert_view(store, "due:week", "1");
    assert_view(store, "due:month", "1 4");
    assert_view(store, "due:none", "3 2");
    assert_view(store, "-due:none", "1 4");
    assert_view(store, "late", "");
    assert_view(store, "waits:us due<30", "1 4");
    assert_view(store, "waits:state", "");
    assert_view(store, "noted", "");
    store_set_now(store, "2026-03-15T12:00:00-06:00");
    assert_view(store, "late", "1");
    assert_view(store, "due<0", "1");
    kit_record(store, CASE(1), ACT_NOTE,
               "{'kind': 'OTH', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy', "
               "'city': 'Abu Dhabi'}, 'date': '2026-03-15'}");
    assert_view(store, "noted", "1");
    assert_view(store, "state:MX", "1");
    assert_view(store, "state:PA", "");
    assert_view(store, "changed<1", "1");
    store_close(store);
}

static void sorts(void **state)
{
    struct store *store = fill("sorts");
    (void)state;

    assert_view(store, "sort:reference", "1 2 3 4");
    assert_view(store, "sort:-reference", "4 3 2 1");
    assert_view(store, "sort:opened", "4 3 2 1");
    assert_view(store, "sort:changed", "3 2 1 4");
    assert_view(store, "sort:place", "1 4 2 3");
    assert_view(store, "sort:stage", "4 3 2 1");
    assert_view(store, "sort:due", "1 4 3 2");
    /* Whose name is not to be told has no place among the names. */
    assert_view(store, "sort:person", "1 2 3 4");
    store_close(store);
}

static void finds_what_is_typed(void **state)
{
    struct store *store = fill("found");
    (void)state;

    assert_view(store, "cruz karen", "1");
    assert_view(store, "KAR de cru", "1");
    assert_view(store, "obrien", "1");
    assert_view(store, "o'brien", "1");
    assert_view(store, "E123456", "1");
    assert_view(store, "e 123 456", "1");
    assert_view(store, "E-123-456", "1");
    assert_view(store, "3456", "1");
    assert_view(store, "+971 50 555 1234", "1");
    assert_view(store, "0505551234", "1");
    assert_view(store, "5551234", "1");
    assert_view(store, "555 12", "1");
    assert_view(store, "shelter wag", "1");
    assert_view(store, "qaywayn", "1");
    assert_view(store, "elter", "");
    /* By the country, from four letters of its name on. */
    assert_view(store, "haiti", "2");
    assert_view(store, "arab emir", "4 1");
    assert_view(store, "emir karen", "1");
    assert_view(store, "hai", "");
    /* By the reference: the case itself is first. */
    assert_view(store, "1", "1");
    assert_view(store, "2026-3", "3 1");
    assert_view(store, "HNTGU-2026-0002", "2");
    assert_view(store, "2026", "4 3 2 1");
    assert_view(store, "hntgu place:AE", "4 1");
    assert_view(store, "karen sort:person -place:SN", "1");
    store_close(store);
}

/* Letter by letter nothing is found that a row would not show; by the whole name it is. */
static void does_not_spell_out_names(void **state)
{
    struct store *store = fill("spelt");
    (void)state;

    assert_view(store, "lope", "");
    assert_view(store, "lopez", "2");
    assert_view(store, "jose angel", "2");
    assert_view(store, "33334", "");
    assert_view(store, "4444", "");
    assert_view(store, "33334444", "2");
    assert_view(store, "zelay", "");
    assert_view(store, "zelaya", "3");
    store_close(store);
}

static void assert_told(struct store *store, const char *reference, const char *words,
                        const char *should)
{
    struct error err = ERROR_INIT;
    struct list_filter all = {.query = reference, .stage = -1};
    struct case_rows rows;
    struct buf is = BUF_INIT;

    assert_true(store_list(store, &all, &rows, &err));
    assert_true(store_tell(store, &rows.list[0], words, &is, &err));
    assert_string_equal(buf_text(&is), should);
    buf_release(&is);
    case_rows_release(&rows);
}

static void tells_what_was_found(void **state)
{
    struct store *store = fill("told");
    (void)state;

    assert_told(store, CASE(1), "karen", "");
    assert_told(store, CASE(1), "karen e123", "passport: E-123 456");
    assert_told(store, CASE(1), "51234", "Telephone: +971505551234");
    assert_told(store, CASE(1), "0505551234", "Telephone: +971505551234");
    assert_told(store, CASE(1), "qay", "Place: Umm al-Qaywayn");
    assert_told(store, CASE(1), "shelt",
                "What happened: …for a shelter near the creek.");
    assert_told(store, CASE(2), "lopez", "");
    assert_told(store, CASE(2), "33334444", "");
    assert_told(store, CASE(3), "zelaya", "");
    store_close(store);
}

static void names_restricted_cases_to_their_officers(void **state)
{
    struct store *store = fill("restricted");
    struct error err = ERROR_INIT;
    struct list_filter filter = {.query = CASE(3), .stage = -1};
    struct case_rows rows;
    (void)state;

    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.list[0].hidden, NAME_RESTRICTED);
    assert_string_equal(rows.list[0].title, "");
    case_rows_release(&rows);
    assert_true(store_add_officer(store, "Luis MEJÍA", ROLE_OFFICER, kit_luis, &err));
    store_close(store);
    store = kit_open("restricted", kit_luis);
    assert_true(store_list(store, &filter, &rows, &err));
    assert_int_equal(rows.list[0].hidden, NAME_SHOWN);
    assert_string_equal(rows.list[0].title, "ZELAYA, Secundina");
    case_rows_release(&rows);
    assert_view(store, "mine", "3");
    store_close(store);
}

static void saves_views(void **state)
{
    struct store *store = fill("views");
    struct error err = ERROR_INIT;
    struct saved_views views;
    (void)state;

    assert_true(store_views(store, &views, &err));
    assert_int_equal(views.count, 4);
    assert_string_equal(views.list[0].name, "my cases");
    assert_int_equal(views.list[0].digit, 1);
    saved_views_release(&views);
    assert_true(store_view_save(store, "the Gulf", 1, "place:AE sort:due", &err));
    assert_true(store_view_save(store, "Haiti", 5, "place:HT", &err));
    assert_true(store_views(store, &views, &err));
    assert_int_equal(views.count, 6);
    assert_string_equal(views.list[0].name, "the Gulf");
    assert_true(views.list[0].own);
    assert_string_equal(views.list[5].name, "my cases");
    assert_int_equal(views.list[5].digit, 0);
    saved_views_release(&views);
    char *text = store_view_named(store, "THE GULF", &err);
    assert_string_equal(text, "place:AE sort:due");
    free(text);
    text = store_view_named(store, "5", &err);
    assert_string_equal(text, "place:HT");
    free(text);
    assert_null(store_view_named(store, "nowhere", &err));
    assert_non_null(strstr(error_text(&err), "the Gulf"));
    error_clear(&err);
    assert_false(store_view_save(store, "My cases", 6, "mine", &err));
    error_clear(&err);
    assert_false(store_view_save(store, "", 6, "mine", &err));
    error_clear(&err);
    assert_true(store_view_drop(store, "the Gulf", &err));
    assert_true(store_add_officer(store, "Luis MEJÍA", ROLE_OFFICER, kit_luis, &err));
    store_close(store);
    store = kit_open("views", kit_luis);
    assert_true(store_views(store, &views, &err));
    assert_int_equal(views.count, 4);
    saved_views_release(&views);
    store_close(store);
}

static bool count_down(void *ctx)
{
    int *left = ctx;

    return (*left)-- > 0;
}

/* Reading that is given up fails, and leaves nothing behind; then it is asked no more. */
static void gives_up_when_told_to(void **state)
{
    struct store *store = kit_create("given-up");
    struct error err = ERROR_INIT;
    struct view view;
    struct case_order order;
    int left = 0;
    (void)state;

    assert_true(store_batch_begin(store, &err));
    for (int i = 0; i < 400; i++)
        open_case(store, i % 2 ? "AE" : "HT", ", 'priority': 'routine'");
    assert_true(store_batch_end(store, true, &err));
    view_parse("place:AE opened:2026 mine", english, false, &view, NULL);
    store_on_reading(store, count_down, &left);
    assert_false(store_view(store, &view, &order, &err));
    assert_int_equal(order.count, 0);
    error_clear(&err);
    left = 1000000;
    assert_true(store_view(store, &view, &order, &err));
    assert_int_equal(order.count, 200);
    assert_true(left < 1000000);
    case_order_release(&order);
    store_on_reading(store, NULL, NULL);
    left = 0;
    assert_true(store_view(store, &view, &order, &err));
    case_order_release(&order);
    view_release(&view);
    store_close(store);
}

static void lets_nothing_through_to_the_statement(void **state)
{
    static const char *const odd[] = {
        "officer:\"'; DROP TABLE cases; --\"", "officer:?1", "\"\\\"* OR", "NEAR(a b)", "a* NOT b",
        "place:AE;--", "opened<'", "{}", "^karen", "words : karen",
    };
    struct store *store = fill("odd");
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
        struct error err = ERROR_INIT;
        struct view view;
        struct case_order order;
        view_parse(odd[i], english, false, &view, NULL);
        if (!store_view(store, &view, &order, &err))
            fail_msg("%s: %s", odd[i], error_text(&err));
        case_order_release(&order);
        view_release(&view);
    }
    assert_view(store, "", "3 2 1 4");
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters),
        cmocka_unit_test(sorts),
        cmocka_unit_test(finds_what_is_typed),
        cmocka_unit_test(does_not_spell_out_names),
        cmocka_unit_test(tells_what_was_found),
        cmocka_unit_test(names_restricted_cases_to_their_officers),
        cmocka_unit_test(saves_views),
        cmocka_unit_test(gives_up_when_told_to),
        cmocka_unit_test(lets_nothing_through_to_the_statement),
    };
    return cmocka_run_group_tests_name("store view", tests, kit_begin, kit_end);
}
