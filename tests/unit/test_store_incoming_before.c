/* SPDX-License-Identifier: MIT */
/* What comes in of a case that an officer had taken down, or opened, before it came. */
#include "incoming_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"

#define THEIRS KIT_THEIRS

/* ---- what an officer had taken down before ---- */

#define BY_HAND                                                                                    \
    "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'HN', 'priority': "        \
    "'routine', 'source': 'other_post'}"

static void what_was_taken_down_becomes_signed(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND);
    kit_record(net.store[CR], THEIRS, ACT_POLL,
               "{'round': 1, 'to': ['MX', 'CR'], 'reply_by': '2026-03-17', " KIT_TOLD "}");
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_poll(net.store[HN]);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.linked, 1);
    assert_int_equal(taken.recorded + taken.opened, 0);
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(c.count, 3);
    case_release(&c);
    /* Now that the network knows the case, the answer that was waiting goes. */
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* The reply came by telephone, and the request goes by pouch; their own word links with it. */
static void what_was_telephoned_catches_up(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_request(net.store[HN]); /* with the reply as it was told */
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.kept, 4);
    taken_in_release(&taken);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL);
    assert_non_null(note);
    json_decref(note);
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.linked, 1);
    assert_int_equal(taken.recorded, 0);
    taken_in_release(&taken);
    json_t *reply = kit_last(net.store[HN], KIT_CASE, ACT_REPLY, NULL);
    assert_text(json_object_get(reply, "transcribed"), "channel", "email");
    json_decref(reply);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* What waits for our own word is looked at again when that is made. */
static void our_own_word_may_be_waited_for(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    struct core poll = incoming_core(kit_of_kind(&due, ACT_POLL));
    due_release(&due);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    const struct forged choice = {.author = HN,
                                  .kind = ACT_CHOOSE,
                                  .payload = "{'state': 'CR'}",
                                  .to = {"CR", "HN", "ts"},
                                  .like = &poll,
                                  .sequence = 2};
    assert_int_equal(incoming_take_forged(&net, CR, &choice, &taken), INCOMING_NEW);
    assert_int_equal(
        incoming_number(net.store[CR], "SELECT standing FROM dispatches WHERE kind = 18"),
        STANDING_WAITS);
    kit_trusting(&net.trust[CR]);
    kit_make(net.store[CR], 1);
    kit_trusting(NULL);
    assert_int_equal(
        incoming_number(net.store[CR], "SELECT standing FROM dispatches WHERE kind = 18"),
        STANDING_COUNTS);
    kit_net_end(&net);
}

static void who_is_unsure_asks_the_officer(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    uint8_t id[ACT_ID_SIZE];
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND); /* nothing is known of it yet */
    kit_record(net.store[CR], NULL, ACT_OPEN,
               "{'role': 'assisting', 'receiving_state': 'JP', 'requesting_state': 'HN', "
               "'priority': 'routine', 'source': 'other_post'}");
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.unplaced, 1);
    assert_int_equal(taken.opened + taken.recorded, 0);
    taken_in_release(&taken);
    assert_int_equal(incoming_number(net.store[CR],
                                     "SELECT count(*) FROM dispatches WHERE refused LIKE '%" THEIRS
                                     "%'"),
                     1);
    sqlite3_stmt *row = db_query(net.store[CR], &err, "SELECT id FROM dispatches", "");
    bool failed;
    assert_true(db_step(net.store[CR], row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    /* A case of other States is not it. */
    assert_false(
        store_place_case(net.store[CR], &net.trust[CR], id, "CRAUH-2026-0002", &taken, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_true(store_place_case(net.store[CR], &net.trust[CR], id, THEIRS, &taken, &err));
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(incoming_number(net.store[CR], "SELECT count(*) FROM cases"), 2);
    assert_int_equal(
        incoming_number(net.store[CR], "SELECT count(*) FROM dispatches WHERE refused IS NULL"), 1);
    assert_false(store_place_case(net.store[CR], &net.trust[CR], id, NULL, &taken, &err));
    error_clear(&err);
    error_release(&err);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static void or_opens_another_one(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    uint8_t id[ACT_ID_SIZE];
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND);
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.unplaced, 1);
    taken_in_release(&taken);
    sqlite3_stmt *row = db_query(net.store[CR], &err, "SELECT id FROM dispatches", "");
    bool failed;
    assert_true(db_step(net.store[CR], row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    assert_true(store_place_case(net.store[CR], &net.trust[CR], id, NULL, &taken, &err));
    assert_int_equal(taken.opened, 1);
    assert_int_equal(taken.recorded, 1);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* A person recorded by hand keeps the number here, whatever it is there. */
static void persons_keep_their_numbers(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_PERSON,
               "{'person': 1, 'surname_1': 'LÓPEZ', 'given_names': 'José', 'nationalities': []}");
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_request(net.store[HN]);
    kit_send_all(&net);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(case_persons(&c, NULL, 0), 2);
    assert_string_equal(entry_text(case_person(&c, 2), "given_names"), "Karen");
    assert_true(entry_has_person(case_last(&c, ACT_NOTE), "persons", 2));
    assert_false(entry_has_person(case_last(&c, ACT_NOTE), "persons", 1));
    case_release(&c);
    /* And what is said of her goes back under the number that she has there. */
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'visit', 'persons': [2], "
               "'manner': 'good_offices', 'detail': 'she is well'}");
    kit_send_all(&net);
    c = kit_case_of(net.store[HN], KIT_CASE);
    assert_true(entry_has_person(case_last(&c, ACT_ASSIST), "persons", 1));
    case_release(&c);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_down_becomes_signed),
        cmocka_unit_test(what_was_telephoned_catches_up),
        cmocka_unit_test(our_own_word_may_be_waited_for),
        cmocka_unit_test(who_is_unsure_asks_the_officer),
        cmocka_unit_test(or_opens_another_one),
        cmocka_unit_test(persons_keep_their_numbers),
    };

    return cmocka_run_group_tests_name("store incoming, taken down before", tests, kit_begin,
                                       kit_end);
}
