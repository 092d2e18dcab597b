/* SPDX-License-Identifier: MIT */
/* Dispatches in the file: what goes with a person, what verify sees, what copies and salvage keep.
 */
#include "exchange_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/identity.h"
#include "amparo/store/erase.h"
#include "amparo/store/salvage.h"
#include "amparo/store/settings.h"
#include "amparo/store/verify.h"

static int64_t number(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;
    int64_t value;

    assert_true(db_number(store, &value, -1, &err, sql, ""));
    return value;
}

static void run(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;

    if (!db_run(store, &err, sql, ""))
        fail_msg("%s", error_text(&err));
}

/* ---- erasing ---- */

static void erase(struct store *ana, const char *file, const char *reference, long person)
{
    struct error err = ERROR_INIT;
    char *payload = xasprintf("{'person': %ld, 'basis': 'order'}", person);

    assert_true(store_add_officer(ana, "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    struct store *luis = kit_open(file, kit_luis);
    const char *request = kit_record(luis, reference, ACT_ERASE_REQUEST, payload);
    store_close(luis);
    free(payload);
    payload = xasprintf("{'of': '%s'}", request);
    kit_record(ana, reference, ACT_ERASE, payload);
    free(payload);
}

/* On both sides the parts go, with what the acts have of them; and all still verifies. */
static void a_person_goes_from_dispatches_too(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    assert_true(kit_file_tells(net.store[CR], "Karen"));
    erase(net.store[CR], kit_abu_dhabi.file, KIT_THEIRS, 1);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    assert_false(kit_file_tells(net.store[CR], "near the sea"));
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatches"), 6);
    erase(net.store[HN], kit_tegucigalpa.file, KIT_CASE, 1);
    assert_false(kit_file_tells(net.store[HN], "Karen"));
    struct error err = ERROR_INIT;
    for (size_t i = HN; i <= CR; i++) {
        assert_true(store_erase_finish(net.store[i], NULL, NULL, &err));
        kit_whole(net.store[i]);
    }
    kit_net_end(&net);
}

/* Who sends it again, or says more of the person, brings nothing back. */
static void what_was_erased_does_not_come_back(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    run(net.store[HN], "UPDATE deliveries SET acked_at = NULL");
    erase(net.store[CR], kit_abu_dhabi.file, KIT_THEIRS, 1);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.kept + taken.recorded, 0);
    assert_true(taken.count > 0);
    taken_in_release(&taken);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    kit_record(net.store[HN], KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen Sofía', "
               "'nationalities': [{'state': 'HN', 'proof': 'passport'}]}");
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.kept, 1);
    assert_int_equal(taken.recorded, 0);
    assert_int_equal(taken.refused, 1);
    taken_in_release(&taken);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    assert_true(store_erase_finish(net.store[CR], NULL, NULL, &err));
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* Others of the case keep theirs. */
static void others_stay(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_record(net.store[HN], KIT_CASE, ACT_PERSON,
               "{'person': 2, 'surname_1': 'MEJÍA', 'given_names': 'Rosa', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}]}");
    kit_record(net.store[HN], KIT_CASE, ACT_CONSENT,
               "{'person': 2, 'purpose': 'P4', 'to': 'CR', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12'}");
    kit_send_all(&net);
    kit_record(net.store[CR], KIT_THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1, 2], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_send_all(&net);
    assert_true(kit_file_tells(net.store[CR], "Rosa"));
    erase(net.store[CR], kit_abu_dhabi.file, KIT_THEIRS, 1);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    assert_true(kit_file_tells(net.store[CR], "Rosa"));
    assert_true(store_erase_finish(net.store[CR], NULL, NULL, &err));
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* ---- verify ---- */

static void expect_fault(struct store *store, const char *sql, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    assert_true(store_batch_begin(store, &err));
    run(store, sql);
    assert_true(sqlite3_changes(store->db) > 0);
    if (store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("nothing was found: %s", sql);
    if (!strstr(error_text(&err), part))
        fail_msg("%s: \"%s\" is not in: %s", sql, part, error_text(&err));
    error_release(&err);
    buf_release(&verified.notes);
    store_batch_end(store, false, NULL);
}

static void verify_sees_what_was_changed(void **state)
{
    static const struct {
        const char *sql, *part;
    } changes[] = {
        {"UPDATE dispatches SET signature = zeroblob(64) WHERE place = 2",
         "dispatch 2: a signature"},
        {"UPDATE dispatches SET commitments = randomblob(length(commitments)) WHERE kind = 2",
         "a part that is not the one"},
        {"UPDATE dispatch_parts SET said = randomblob(length(said))", "dispatch"},
        {"UPDATE dispatches SET kind = 16 WHERE place = 1",
         "dispatch 1: is filed as what it is not"},
        {"UPDATE dispatches SET sequence = 9 WHERE place = 1", "is filed as what it is not"},
        {"UPDATE dispatches SET ours = 1 WHERE place = 1", "is said to be ours"},
        {"UPDATE dispatches SET act = (SELECT min(seq) FROM acts WHERE kind = 2) WHERE kind = 15",
         "does not say what the act says"},
        {"UPDATE dispatches SET act = 2 WHERE kind = 15", "not one that counts"},
        {"DELETE FROM dispatches WHERE kind = 15", "the dispatch that it names is not here"},
        {"UPDATE counterparts SET case_row = 77", "no case here follows"},
        {"INSERT INTO deliveries (dispatch, post, times) VALUES (999, zeroblob(16), 1)",
         "dispatches that are not there"},
    };
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    run(net.store[CR], "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
        expect_fault(net.store[CR], changes[i].sql, changes[i].part);
    expect_fault(net.store[HN], "DELETE FROM dispatch_parts", "a part of it is missing");
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* An act with other words than the dispatch that it names, or of another hour, signed by an officer
 * with SQL. */
static void expect_compared(const char *urgency, const char *said)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct recorded recorded;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    json_t *need = kit_last(net.store[CR], KIT_THEIRS, ACT_NEED, NULL);
    if (urgency)
        json_object_set_new(need, "urgency", json_string(urgency));
    char id[2 * ACT_ID_SIZE + 1] = "";
    sqlite3_stmt *row =
        db_query(net.store[CR], &err, "SELECT lower(hex(id)) FROM dispatches WHERE kind = 5", "");
    bool failed;
    assert_true(db_step(net.store[CR], row, &failed, &err));
    memcpy(id, sqlite3_column_text(row, 0), 64);
    db_done(row);
    struct record_arrival arrival = {.dispatch = id, .said = said};
    struct record_request request = {
        .reference = KIT_THEIRS, .kind = ACT_NEED, .payload = need, .arrival = &arrival};
    assert_true(store_record(net.store[CR], &request, &recorded, &err));
    char *sql =
        xasprintf("UPDATE dispatches SET act = %lld WHERE kind = 5", (long long)recorded.seq);
    expect_fault(net.store[CR], sql, "does not say what the act says");
    free(sql);
    recorded_release(&recorded);
    json_decref(need);
    kit_net_end(&net);
}

static void verify_compares_words(void **state)
{
    (void)state;
    expect_compared("week", "2026-03-12T12:00:00-06:00");
    expect_compared(NULL, "2026-03-11T12:00:00-06:00");
}

/* ---- copies ---- */

static int64_t all_of(struct store *store)
{
    return number(store, "SELECT (SELECT count(*) FROM dispatches) * 10000 + (SELECT count(*) FROM "
                         "dispatch_parts) * 100 + (SELECT count(*) FROM counterparts) * 10 + "
                         "(SELECT count(*) FROM post_keys)");
}

static void copies_have_them(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    int64_t all = all_of(net.store[CR]);
    assert_true(store_rebuild(net.store[CR], NULL, NULL, &err));
    kit_whole(net.store[CR]);
    assert_int_equal(all_of(net.store[CR]), all);
    assert_true(store_rekey(net.store[CR], REKEY_SEEN, NULL, NULL, &err));
    assert_int_equal(all_of(net.store[CR]), all);
    assert_true(settings_say(net.store[CR], SETTING_KEEP_BACKUP, "36525", &err));
    assert_true(store_backup(net.store[CR], kit_path("cr.backup"), NULL, NULL, &err));
    store_close(net.store[CR]);
    store_remove_file(kit_path(kit_abu_dhabi.file));
    assert_true(kit_restore("cr.backup", kit_abu_dhabi.file, NULL, NULL, &err));
    net.store[CR] = kit_open(kit_abu_dhabi.file, kit_ana);
    assert_int_equal(all_of(net.store[CR]), all);
    kit_whole(net.store[CR]);
    /* And goes on from there. */
    struct case_file c = kit_case_of(net.store[CR], KIT_THEIRS);
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(case_last(&c, ACT_NOTE)->act->id, id);
    case_release(&c);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", id);
    kit_record(net.store[CR], KIT_THEIRS, ACT_ACCEPT, accept);
    free(accept);
    kit_send_all(&net);
    json_t *accepted = kit_last(net.store[HN], KIT_CASE, ACT_ACCEPT, NULL);
    assert_non_null(accepted);
    json_decref(accepted);
    store_remove_file(kit_path("cr.backup"));
    kit_net_end(&net);
}

static void salvage_has_them(void **state)
{
    const struct salvage_how how = {.passphrase = kit_ana};
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct salvaged out;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_request_by_pouch(&net);
    int64_t all = all_of(net.store[CR]);
    run(net.store[CR], "UPDATE dispatches SET signature = zeroblob(64) WHERE kind = 5");
    store_close(net.store[CR]);
    assert_true(store_salvage(kit_path(kit_abu_dhabi.file), kit_path("cr.new"), &how, &out, &err));
    buf_release(&out.list);
    net.store[CR] = kit_open("cr.new", kit_ana);
    /* But what is not as it was signed: one dispatch with its parts. */
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatches WHERE kind = 5"), 0);
    assert_true(all_of(net.store[CR]) < all);
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatch_parts WHERE dispatch NOT "
                                           "IN (SELECT place FROM dispatches)"),
                     0);
    store_close(net.store[CR]);
    store_remove_file(kit_path("cr.new"));
    net.store[CR] = kit_open(kit_abu_dhabi.file, kit_ana);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_goes_from_dispatches_too),
        cmocka_unit_test(what_was_erased_does_not_come_back),
        cmocka_unit_test(others_stay),
        cmocka_unit_test(verify_sees_what_was_changed),
        cmocka_unit_test(verify_compares_words),
        cmocka_unit_test(copies_have_them),
        cmocka_unit_test(salvage_has_them),
    };

    return cmocka_run_group_tests_name("store dispatches", tests, kit_begin, kit_end);
}
