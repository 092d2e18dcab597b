/* SPDX-License-Identifier: MIT */
/* verify: everything that is not what the acts say is named. */
#include "store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/store/list.h"
#include "amparo/store/log.h"
#include "amparo/store/verify.h"

#define CASE "HNTGU-2026-0001"

/* A file with two cases, a poll that awaits replies, and an outgoing note. */
static struct store *fill(const char *name)
{
    struct store *store = kit_create(name);

    for (int i = 0; i < 2; i++)
        kit_record(store, NULL, ACT_OPEN,
                   "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', "
                   "'source': 'phone', 'next_action_due': '2026-03-20'}");
    kit_record(store, CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}");
    kit_record(store, CASE, ACT_REFER_ANSWER,
               "{'to': 'network', 'persons': [1], 'on': '2026-03-12', 'answer': 'not_competent', "
               "'because': 'no partner there', 'transcribed': {'from': 'network', 'channel': "
               "'email', 'on': '2026-03-12'}}");
    kit_record(store, CASE, ACT_NOTE,
               "{'kind': 'OTH', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Embassy', "
               "'city': 'Abu Dhabi'}, 'date': '2026-03-12'}");
    return store;
}

static bool is_whole(struct store *store, struct error *err)
{
    struct verified verified;
    bool ok = store_verify(store, NULL, NULL, &verified, err);

    buf_release(&verified.notes);
    return ok;
}

static void run_sql(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;

    if (!db_run(store, &err, sql, ""))
        fail_msg("%s: %s", sql, error_text(&err));
}

static void counts_what_it_saw(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = fill("counts");
    struct verified verified;
    (void)state;

    assert_true(store_verify(store, NULL, NULL, &verified, &err));
    assert_int_equal(verified.acts, 2 + 5);
    assert_int_equal(verified.cases, 2);
    assert_int_equal(verified.officers, 1);
    assert_int_equal(strlen(verified.head), 64);
    assert_int_equal(verified.notes.size, 0);
    buf_release(&verified.notes);
    store_close(store);
}

/* Each of these is one change; verify names it, and making anew heals it. */
static void names_each_changed_projection(void **state)
{
    static const char *const changes[] = {
        "UPDATE cases SET stage = 7 WHERE id = 3",
        "UPDATE cases SET title = 'RAMIREZ' WHERE id = 3",
        "UPDATE cases SET persons = 2 WHERE id = 3",
        "UPDATE cases SET dues = dues + 1 WHERE id = 3",
        "UPDATE cases SET closed = 1 WHERE id = 3",
        "UPDATE cases SET last = 1 WHERE id = 3",
        "UPDATE cases SET words = words || ' MORE' WHERE id = 3",
        "DELETE FROM cases WHERE id = 4",
        "INSERT INTO cases SELECT 99, x'0102030405060708', 'X-2026-0009', 2026, 9, stage, exit, "
        "closed, role, requesting_state, receiving_state, priority, persons, title, locked, dues, "
        "updated, updated_at, last, opened, name_key, officers, grounds, states, notes, keepers, words FROM cases WHERE id = 4",
        "DELETE FROM tasks",
        "UPDATE tasks SET due = '2027-01-01'",
        "UPDATE tasks SET setting = setting + 1",
        "UPDATE tasks SET country = 'AE'",
        "UPDATE tasks SET danger = 0",
        "UPDATE tasks SET named = 1 - named",
        "UPDATE tasks SET person = 7",
        "UPDATE tasks SET at = at + 1",
        "INSERT INTO event_cases (case_row, event, family, lone) VALUES (3, 'Flood', '', 0)",
        "DELETE FROM arrivals",
        "UPDATE arrivals SET by = 'Eva'",
        "DELETE FROM register",
        "UPDATE register SET number = 20 WHERE act = (SELECT min(act) FROM register)",
        "UPDATE register SET slip = replace(slip, '2026', '2025')",
        "INSERT INTO search (search, rowid, words) SELECT 'delete', id, words FROM cases "
        "WHERE id = 3",
        "INSERT INTO search (rowid, words) VALUES (77, 'NOBODY')",
    };
    struct store *store = fill("projections");
    (void)state;

    run_sql(store, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct error err = ERROR_INIT;
        assert_true(store_batch_begin(store, &err));
        run_sql(store, changes[i]);
        assert_true(store_batch_end(store, true, &err));
        if (is_whole(store, &err))
            fail_msg("not noticed: %s", changes[i]);
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        assert_true(store_rebuild(store, NULL, NULL, &err));
        if (!is_whole(store, &err))
            fail_msg("not healed: %s: %s", changes[i], error_text(&err));
    }
    store_close(store);
}

/* The log itself cannot be healed: each change is tried on a copy, undone with its transaction. */
static void names_each_changed_act(void **state)
{
    static const char *const changes[] = {
        "UPDATE acts SET core = core || x'00' WHERE seq = 4",
        "UPDATE acts SET core = zeroblob(length(core)) WHERE seq = 4",
        "UPDATE acts SET core = (SELECT core FROM acts WHERE seq = 3) WHERE seq = 4",
        "UPDATE acts SET signature = zeroblob(64) WHERE seq = 5",
        "UPDATE acts SET signer = zeroblob(32) WHERE seq = 5",
        "UPDATE acts SET root = x'01' || zeroblob(31) WHERE seq = 5",
        "UPDATE acts SET root = zeroblob(31) WHERE seq = 5",
        "UPDATE acts SET id = zeroblob(32) WHERE seq = 5",
        "UPDATE acts SET head = zeroblob(32) WHERE seq = 5",
        "UPDATE acts SET kind = 5 WHERE seq = 6",
        "UPDATE acts SET case_id = (SELECT case_id FROM acts WHERE seq = 4) WHERE seq = 6",
        "UPDATE acts SET commitments = zeroblob(length(commitments)) WHERE seq = 5",
        "UPDATE acts SET seq = 9 WHERE seq = 7",
        "DELETE FROM parts WHERE act = 5 AND part = 1; DELETE FROM acts WHERE seq = 4",
        "UPDATE parts SET bytes = zeroblob(length(bytes)) WHERE act = 5",
        "UPDATE parts SET salt = zeroblob(32) WHERE act = 5",
        "UPDATE parts SET part = 3 WHERE act = 5 AND part = 1",
    };
    struct store *store = fill("acts");
    struct error err = ERROR_INIT;
    (void)state;

    run_sql(store, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_true(store_batch_begin(store, &err));
        if (sqlite3_exec(store->db, changes[i], NULL, NULL, NULL) != SQLITE_OK)
            fail_msg("%s: %s", changes[i], sqlite3_errmsg(store->db));
        if (is_whole(store, &err))
            fail_msg("not noticed: %s", changes[i]);
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        assert_false(store_batch_end(store, false, &err));
    }
    assert_true(is_whole(store, &err));
    store_close(store);
}

/* What lists and search know of a case is a function of its acts alone: a day that passes changes
 * nothing of it. */
static void a_day_that_passes_changes_nothing(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = fill("days");
    (void)state;

    for (int i = 0; i < 2; i++)
        kit_record(store, CASE, ACT_CONSENT,
                   i ? "{'person':1,'purpose':'P9','to':'network','given_by':'self','form':'oral',"
                       "'on':'2026-03-11','valid_until':'2026-03-20'}"
                     : "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral',"
                       "'on':'2026-03-11','valid_until':'2026-03-20'}");
    assert_true(is_whole(store, &err));
    store_set_now(store, "2027-03-12T12:00:00-06:00");
    if (!is_whole(store, &err))
        fail_msg("%s", error_text(&err));
    store_close(store);
}

/* An act of a clerk's key, written past the gates, is signed well and counts for nothing. */
static void counts_no_act_of_a_clerk(void **state)
{
    struct error err = ERROR_INIT;
    struct store *ana = fill("clerk"), *clerk;
    struct verified verified;
    struct case_file c;
    uint8_t case_id[CASE_ID];
    (void)state;

    assert_true(store_add_officer(ana, "Luis", ROLE_CLERK, kit_luis, &err));
    clerk = kit_open("clerk", kit_luis);
    kit_refuse(clerk, CASE, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}", ERROR_REFUSED, "");
    sqlite3_stmt *row =
        db_query(clerk, &err, "SELECT case_id FROM cases WHERE reference = ?", "t", CASE);
    bool failed;
    assert_true(db_step(clerk, row, &failed, &err));
    assert_true(db_bytes(row, 0, case_id, CASE_ID));
    db_done(row);
    json_t *payload = kit_json("{'need': 'shelter', 'urgency': 'now'}");
    struct new_act act = {.case_id = case_id, .kind = ACT_NEED, .payload = payload};
    assert_true(db_begin(clerk, &err));
    assert_true(log_append(clerk, &act, NULL, &err));
    assert_true(db_end(clerk, true, &err));
    json_decref(payload);
    store_close(clerk);
    assert_true(store_case(ana, CASE, &c, &err));
    assert_null(case_last(&c, ACT_NEED));
    case_release(&c);
    assert_true(store_verify(ana, NULL, NULL, &verified, &err));
    assert_non_null(strstr(buf_text(&verified.notes), "clerk"));
    buf_release(&verified.notes);
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_it_saw),
        cmocka_unit_test(names_each_changed_projection),
        cmocka_unit_test(names_each_changed_act),
        cmocka_unit_test(a_day_that_passes_changes_nothing),
        cmocka_unit_test(counts_no_act_of_a_clerk),
    };
    return cmocka_run_group_tests_name("store verify", tests, kit_begin, kit_end);
}
