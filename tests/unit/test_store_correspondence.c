/* SPDX-License-Identifier: MIT */
/* The correspondence as it is read: what came in and asks something, both sides of a case. */
#include "exchange_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/correspondence.h"

#define THEIRS "CRAUH-2026-0001"
#define REPLY                                                                                      \
    "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': "   \
    "['shelter']}"

static void begin(struct kit_net *net)
{
    kit_net_begin(net, 1 << HN | 1 << CR);
    kit_net_cards(net);
    kit_poll(net->store[HN]);
    struct taken_in taken = kit_send(net, HN, CR);
    taken_in_release(&taken);
}

static void send(struct kit_net *net, size_t from, size_t to)
{
    struct taken_in taken = kit_send(net, from, to);

    taken_in_release(&taken);
}

static struct letters inbox_of(struct store *store)
{
    struct error err = ERROR_INIT;
    struct letters letters;

    if (!store_inbox(store, &letters, &err))
        fail_msg("%s", error_text(&err));
    kit_counts_agree(store);
    return letters;
}

static struct letters talk_of(struct store *store, const char *reference)
{
    struct error err = ERROR_INIT;
    struct letters letters;

    if (!store_correspondence(store, reference, &letters, &err))
        fail_msg("%s", error_text(&err));
    return letters;
}

/* "poll reply* -note": ours with a point before, acts that are here alone with a star after. */
static char *line_of(const struct letters *letters)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < letters->count; i++) {
        const struct letter *l = &letters->list[i];
        buf_addf(&out, "%s%s%s%s", i ? " " : "", l->ours ? "." : "", act_type(l->kind)->name,
                 *l->id ? "" : "*");
    }
    return buf_detach(&out);
}

static void assert_talk(struct store *store, const char *reference, const char *should)
{
    struct letters letters = talk_of(store, reference);
    char *is = line_of(&letters);

    assert_string_equal(is, should);
    free(is);
    letters_release(&letters);
}

static void a_poll_asks_for_a_reply(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct inbox_counts counts;
    (void)state;

    begin(&net);
    struct letters letters = inbox_of(net.store[CR]);
    assert_int_equal(letters.count, 1);
    const struct letter *poll = &letters.list[0];
    assert_int_equal(poll->kind, ACT_POLL);
    assert_string_equal(poll->reference, THEIRS);
    assert_string_equal(poll->post, "HNTGU");
    assert_string_equal(poll->office, "Our office, Tegucigalpa");
    assert_string_equal(poll->state, "HN");
    assert_int_equal(poll->trust, TRUST_CHECKED);
    assert_int_equal(poll->verdict.standing, STANDING_COUNTS);
    assert_non_null(poll->act);
    assert_null(poll->refused);
    assert_true(poll->asks);
    assert_int_equal(poll->asked, ASKED_REPLY);
    assert_string_equal(poll->asked_state, "HN");
    assert_string_equal(poll->due, "2026-03-17");
    letters_release(&letters);
    assert_true(store_inbox_counts(net.store[CR], &counts, &err));
    assert_int_equal(counts.asking, 1);
    assert_int_equal(counts.unplaced + counts.odd, 0);
    /* Once it is recorded nothing is asked, though it has not gone yet. */
    kit_record(net.store[CR], THEIRS, ACT_REPLY, REPLY);
    letters = inbox_of(net.store[CR]);
    assert_false(letters.list[0].asks);
    letters_release(&letters);
    kit_net_end(&net);
}

static void each_step_asks_for_the_next(void **state)
{
    struct kit_net net;
    (void)state;

    begin(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, REPLY);
    send(&net, CR, HN);
    struct letters letters = inbox_of(net.store[HN]);
    assert_int_equal(letters.list[0].kind, ACT_REPLY);
    assert_int_equal(letters.list[0].asked, ASKED_CHOOSE);
    assert_true(letters.list[0].asks);
    letters_release(&letters);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    letters = inbox_of(net.store[HN]);
    assert_false(letters.list[0].asks);
    letters_release(&letters);
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', 'reply_due': '2026-03-19', " KIT_OVERRIDE "}");
    send(&net, HN, CR);
    letters = inbox_of(net.store[CR]);
    size_t asking = 0;
    for (size_t i = 0; i < letters.count; i++) {
        if (!letters.list[i].asks)
            continue;
        asking++;
        assert_int_equal(letters.list[i].kind, ACT_NOTE);
        assert_int_equal(letters.list[i].asked, ASKED_DECIDE);
        assert_string_equal(letters.list[i].due, "2026-03-19");
    }
    assert_int_equal(asking, 1);
    letters_release(&letters);
    kit_net_end(&net);
}

static void both_sides_stand_in_one_line(void **state)
{
    struct kit_net net;
    (void)state;

    begin(&net);
    assert_talk(net.store[CR], THEIRS, "poll");
    assert_talk(net.store[HN], KIT_CASE, ".poll");
    store_set_now(net.store[CR], "2026-03-12T13:00:00-06:00");
    kit_record(net.store[CR], THEIRS, ACT_REPLY, REPLY);
    assert_talk(net.store[CR], THEIRS, "poll .reply*");
    send(&net, CR, HN);
    assert_talk(net.store[CR], THEIRS, "poll .reply");
    store_set_now(net.store[HN], "2026-03-12T14:00:00-06:00");
    kit_record(net.store[HN], KIT_CASE, ACT_DECLINE,
               "{'state': 'MX', 'stage': 'poll', 'round': 1, " KIT_TOLD "}");
    assert_talk(net.store[HN], KIT_CASE, ".poll reply decline*");
    struct letters letters = talk_of(net.store[HN], KIT_CASE);
    assert_true(letters.list[2].transcribed);
    assert_string_equal(letters.list[2].office, "Embassy");
    assert_string_equal(letters.list[2].id, "");
    letters_release(&letters);
    kit_net_end(&net);
}

/* A case that went by no pouch has its line too. */
static void what_is_here_alone_is_told(void **state)
{
    struct store *store = kit_office(&kit_tegucigalpa);
    (void)state;

    kit_poll(store);
    assert_talk(store, KIT_CASE, ".poll*");
    kit_record(store, KIT_CASE, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter'], " KIT_TOLD "}");
    assert_talk(store, KIT_CASE, ".poll* reply*");
    store_close(store);
    store_remove_file(kit_path(kit_tegucigalpa.file));
}

static void one_is_found_by_its_id(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct letters letters, one;
    (void)state;

    begin(&net);
    letters = inbox_of(net.store[CR]);
    assert_true(store_letter(net.store[CR], letters.list[0].id, &one, &err));
    assert_int_equal(one.count, 1);
    assert_string_equal(one.list[0].id, letters.list[0].id);
    assert_true(one.list[0].asks);
    letters_release(&one);
    letters_release(&letters);
    assert_true(store_letter(net.store[CR], "00", &one, &err));
    assert_int_equal(one.count, 0);
    letters_release(&one);
    kit_net_end(&net);
}

static void what_is_to_be_placed_says_so(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct inbox_counts counts;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_record(net.store[CR], NULL, ACT_OPEN,
               "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'HN', "
               "'priority': 'routine', 'source': 'other_post'}");
    kit_poll(net.store[HN]);
    send(&net, HN, CR);
    struct letters letters = inbox_of(net.store[CR]);
    assert_int_equal(letters.count, 1);
    assert_true(letters.list[0].unplaced);
    assert_null(letters.list[0].reference);
    assert_non_null(strstr(letters.list[0].refused, THEIRS));
    letters_release(&letters);
    assert_true(store_inbox_counts(net.store[CR], &counts, &err));
    assert_int_equal(counts.unplaced, 1);
    kit_net_end(&net);
}

static void expect_counts(struct store *store, size_t asking, size_t unplaced, size_t odd)
{
    struct error err = ERROR_INIT;
    struct inbox_counts counts;

    if (!store_inbox_counts(store, &counts, &err))
        fail_msg("%s", error_text(&err));
    assert_int_equal(counts.asking, asking);
    assert_int_equal(counts.unplaced, unplaced);
    assert_int_equal(counts.odd, odd);
}

/* What was counted of a case is kept, and not longer than it holds: another one comes to be
 * trusted, answers in another program, or says which case it is about. */
static void counts_follow_what_happens(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    taken_in_release(&taken);
    expect_counts(net.store[CR], 0, 0, 1);
    kit_net_cards(&net);
    expect_counts(net.store[CR], 1, 0, 0);
    struct store *other = kit_open(kit_abu_dhabi.file, kit_ana);
    expect_counts(other, 1, 0, 0);
    kit_record(other, THEIRS, ACT_REPLY, REPLY);
    store_close(other);
    expect_counts(net.store[CR], 0, 0, 0);
    kit_net_end(&net);

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_record(net.store[CR], NULL, ACT_OPEN,
               "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'HN', "
               "'priority': 'routine', 'source': 'other_post'}");
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    taken_in_release(&taken);
    expect_counts(net.store[CR], 1, 1, 0);
    struct letters letters = inbox_of(net.store[CR]);
    uint8_t id[ACT_ID_SIZE];
    assert_true(hex_read(letters.list[0].id, id, sizeof id));
    letters_release(&letters);
    assert_true(store_place_case(net.store[CR], &net.trust[CR], id, THEIRS, &taken, &err));
    taken_in_release(&taken);
    expect_counts(net.store[CR], 1, 0, 0);
    kit_net_end(&net);
}

static void what_is_held_is_told(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct held_acts held;
    (void)state;

    begin(&net);
    kit_request(net.store[HN]);
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW_CONSENT,
               "{'person': 1, 'purposes': ['P4'], 'on': '2026-03-12', 'form': 'oral'}");
    kit_make(net.store[HN], 1);
    assert_true(store_held_acts(net.store[HN], &held, &err));
    assert_int_equal(held.count, 1);
    assert_int_equal(held.list[0].kind, ACT_NOTE);
    assert_string_equal(held.list[0].reference, KIT_CASE);
    assert_non_null(strstr(held.list[0].reason, "person 1"));
    assert_string_equal(held.list[0].since, "2026-03-12T12:00:00-06:00");
    held_acts_release(&held);
    json_t *json = store_held_json(net.store[HN], &err);
    assert_string_equal(json_string_value(json_object_get(json_array_get(json, 0), "act")), "note");
    json_decref(json);
    kit_net_end(&net);
}

/* Of a restricted case, only its officers read what is said. */
static void a_restricted_case_stays_with_its_officers(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net);
    assert_true(store_add_officer(net.store[CR], "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(c.acts[0].id, id);
    case_release(&c);
    char *correction = xasprintf(
        "{'of': '%s', 'reason': 'few', 'payload': {'role': 'assisting', 'receiving_state': 'AE', "
        "'requesting_state': 'HN', 'priority': 'urgent', 'source': 'other_post', "
        "'confidentiality': 'restricted', 'responsible': 'Ana PINEDA'}}",
        id);
    kit_record(net.store[CR], THEIRS, ACT_CORRECT, correction);
    free(correction);
    struct letters letters = inbox_of(net.store[CR]);
    assert_non_null(letters.list[0].payload);
    letters_release(&letters);
    struct store *luis = kit_open(kit_abu_dhabi.file, kit_luis);
    letters = inbox_of(luis);
    assert_int_equal(letters.count, 1);
    assert_null(letters.list[0].payload);
    letters_release(&letters);
    store_close(luis);
    kit_net_end(&net);
}

/* The inbox names nobody who is under the protection lock; the case itself does. */
static void the_inbox_names_nobody_under_the_lock(void **state)
{
    struct kit_net net;
    (void)state;

    begin(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, REPLY);
    send(&net, CR, HN);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    send(&net, HN, CR);
    for (int locked = 0; locked < 2; locked++) {
        struct letters letters = inbox_of(net.store[CR]);
        size_t named = 0;
        for (size_t i = 0; i < letters.count; i++)
            named += letters.list[i].kind == ACT_PERSON && letters.list[i].payload != NULL;
        assert_int_equal(named, locked ? 0 : 1);
        letters_release(&letters);
        if (!locked)
            kit_record(net.store[CR], THEIRS, ACT_PERSON,
                       "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', "
                       "'nationalities': [], 'fears_own_state': true}");
    }
    struct letters letters = talk_of(net.store[CR], THEIRS);
    size_t named = 0;
    for (size_t i = 0; i < letters.count; i++)
        named += letters.list[i].kind == ACT_PERSON && letters.list[i].payload != NULL;
    assert_int_equal(named, 1);
    letters_release(&letters);
    kit_net_end(&net);
}

/* ---- for machines ---- */

static const char *text(const json_t *object, const char *key)
{
    const char *found = json_string_value(json_object_get(object, key));

    return found ? found : "";
}

static void machines_read_the_same(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net);
    json_t *inbox = store_inbox_json(net.store[CR], &err);
    const json_t *poll = json_array_get(inbox, 0);
    assert_string_equal(text(poll, "act"), "poll");
    assert_string_equal(text(poll, "case"), THEIRS);
    assert_string_equal(text(poll, "standing"), "counts");
    assert_string_equal(text(poll, "trust"), "checked");
    assert_string_equal(text(json_object_get(poll, "from"), "post"), "HNTGU");
    assert_string_equal(text(json_object_get(poll, "asks"), "what"), "reply");
    assert_string_equal(text(json_object_get(poll, "asks"), "due"), "2026-03-17");
    assert_string_equal(text(json_object_get(poll, "payload"), "reply_by"), "2026-03-17");
    json_t *talk = store_correspondence_json(net.store[CR], THEIRS, &err);
    assert_true(json_equal(json_array_get(talk, 0), poll));
    /* The act that was recorded of it names it, and whose word it is. */
    json_t *acts = store_acts_json(net.store[CR], THEIRS, &err);
    const json_t *act = json_array_get(acts, 1);
    assert_string_equal(text(act, "dispatch"), text(poll, "id"));
    assert_string_equal(text(act, "trust"), "checked");
    assert_string_equal(text(act, "id"), text(poll, "recorded"));
    assert_null(json_object_get(json_array_get(acts, 0), "dispatch"));
    json_decref(acts);
    json_decref(talk);
    json_decref(inbox);
    /* And where it went from, too. */
    acts = store_acts_json(net.store[HN], KIT_CASE, &err);
    act = json_array_get(acts, json_array_size(acts) - 1);
    assert_string_equal(text(act, "act"), "poll");
    assert_string_equal(text(act, "trust"), "certified");
    json_decref(acts);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_poll_asks_for_a_reply),
        cmocka_unit_test(each_step_asks_for_the_next),
        cmocka_unit_test(both_sides_stand_in_one_line),
        cmocka_unit_test(what_is_here_alone_is_told),
        cmocka_unit_test(one_is_found_by_its_id),
        cmocka_unit_test(what_is_to_be_placed_says_so),
        cmocka_unit_test(counts_follow_what_happens),
        cmocka_unit_test(what_is_held_is_told),
        cmocka_unit_test(a_restricted_case_stays_with_its_officers),
        cmocka_unit_test(the_inbox_names_nobody_under_the_lock),
        cmocka_unit_test(machines_read_the_same),
    };

    return cmocka_run_group_tests_name("store correspondence", tests, kit_begin, kit_end);
}
