/* SPDX-License-Identifier: MIT */
/* What comes in from other posts: what is kept of it, and what becomes an act. */
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
#define TOLD_TS "TS-2026-0001"

/* One dispatch of that post counts, of that case here; of a case that nobody has there is none. */
static void assert_seen(struct store *store, const uint8_t *post, const char *reference)
{
    static const uint8_t nobodys[CASE_NUMBER] = {1};
    struct error err = ERROR_INIT;
    size_t counts[TRUST_STANDINGS], all = 0;
    uint8_t id[CASE_NUMBER];
    char *called;
    bool failed;
    sqlite3_stmt *row =
        db_query(store, &err, "SELECT case_id FROM dispatches WHERE case_id <> zeroblob(8)", "");

    assert_true(row && db_step(store, row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    assert_true(store_case_called(store, id, &called, &err));
    assert_string_equal(called, reference);
    free(called);
    assert_true(store_case_called(store, nobodys, &called, &err));
    assert_null(called);
    assert_true(store_post_standings(store, post, counts, &err));
    for (size_t i = 0; i < TRUST_STANDINGS; i++)
        all += counts[i];
    assert_int_equal(counts[STANDING_COUNTS], 1);
    assert_int_equal(all, 1);
}

/* ---- the way of a case ---- */

static void a_poll_opens_a_case(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.each[0], INCOMING_NEW);
    assert_int_equal(taken.opened, 1);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused + taken.unplaced + taken.forked + taken.linked, 0);
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_string_equal(case_role(&c), "assisting");
    assert_string_equal(case_requesting_state(&c), "HN");
    assert_string_equal(case_receiving_state(&c), "AE");
    assert_string_equal(case_priority(&c), "urgent");
    assert_int_equal(c.count, 2);
    case_release(&c);
    assert_seen(net.store[CR], net.store[HN]->post.author, THEIRS);
    json_t *poll = kit_last(net.store[CR], THEIRS, ACT_POLL, &context);
    const json_t *told = json_object_get(poll, "transcribed");
    assert_text(told, "channel", "pouch");
    assert_text(told, "on", "2026-03-12");
    assert_non_null(strstr(incoming_text(told, "from"), "HNTGU"));
    assert_int_equal(strlen(incoming_text(told, "reference")), 16);
    assert_int_equal(
        strncmp(incoming_text(told, "reference"), incoming_text(context, case_dispatch_key), 16),
        0);
    assert_null(json_object_get(poll, "persons"));
    json_decref(poll);
    json_decref(context);
    /* It is acknowledged, and there is nothing to be done again. */
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.count, 0);
    taken_in_release(&taken);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static void a_request_brings_its_persons(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_request_by_pouch(&net);
    json_t *reply = kit_last(net.store[HN], KIT_CASE, ACT_REPLY, NULL);
    assert_text(reply, "state", "CR");
    assert_text(json_object_get(reply, "transcribed"), "channel", "pouch");
    json_decref(reply);
    json_t *person = kit_last(net.store[CR], THEIRS, ACT_PERSON, &context);
    assert_text(person, "surname_1", "RAMÍREZ");
    assert_text(person, "phone", "+971501234567");
    assert_non_null(json_object_get(context, case_dispatch_key));
    json_decref(person);
    json_decref(context);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, &context);
    assert_text(note, "direction", "in");
    assert_text(note, "number", "1/2026");
    assert_text(note, "scope", "a visit to Karen");
    assert_text(json_object_get(note, "from"), "state", "HN");
    assert_text(json_object_get(note, "from"), "city", "Tegucigalpa");
    assert_text(json_object_get(note, "transcribed"), "their_number", "1/2026");
    assert_text(context, case_addressed_key, "CR");
    assert_non_null(json_object_get(context, "entry"));
    json_decref(note);
    json_decref(context);
    json_t *need = kit_last(net.store[CR], THEIRS, ACT_NEED, NULL);
    assert_text(need, "need", "shelter");
    json_decref(need);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    kit_net_end(&net);
}

/* The Secretariat follows the case to its end without one byte of identity. */
static void the_secretariat_is_told_without_identity(void **state)
{
    static const char *const secrets[] = {"Karen", "RAM", "+971", "visit to", "near the sea"};
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_request_by_pouch(&net);
    char *note = incoming_last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits to Karen'}", note);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, accept);
    store_set_now(net.store[CR], "2026-03-13T12:00:00+04:00");
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-13T10:00:00+04:00', 'by': 'CR', 'kind': 'visit', 'persons': [1], "
               "'manner': 'good_offices', 'detail': 'Karen is well', " KIT_OVERRIDE "}");
    for (size_t i = 0; i < NET; i++)
        store_set_now(net.store[i], "2026-03-13T18:00:00-06:00");
    kit_send_all(&net);
    struct case_file c = kit_case_of(net.store[TS], TOLD_TS);
    assert_string_equal(case_role(&c), "observer");
    assert_int_equal(case_persons(&c, NULL, 0), 0);
    assert_non_null(case_last(&c, ACT_POLL));
    assert_non_null(case_last(&c, ACT_REPLY));
    assert_non_null(case_last(&c, ACT_ACCEPT));
    assert_non_null(case_last(&c, ACT_ASSIST));
    assert_string_equal(request_state(&c, case_last(&c, ACT_NOTE)), "CR");
    case_release(&c);
    for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
        assert_false(kit_file_tells(net.store[TS], secrets[i]));
    c = kit_case_of(net.store[HN], KIT_CASE);
    assert_non_null(case_last(&c, ACT_ASSIST));
    assert_string_equal(entry_text(case_last(&c, ACT_ASSIST), "detail"), "Karen is well");
    assert_true(entry_has_person(case_last(&c, ACT_ASSIST), "persons", 1));
    assert_int_equal(case_stage(&c), STAGE_HELP);
    case_release(&c);
    /* Who was asked and not chosen knows no more than that. */
    c = kit_case_of(net.store[MX], "MXAUH-2026-0001");
    assert_int_equal(c.count, 2);
    case_release(&c);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    free(accept);
    free(note);
    kit_net_end(&net);
}

/* ---- what the gates refuse ---- */

static void what_the_gates_refuse_is_kept_and_tried_again(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *note = incoming_last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", note);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, accept);
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'liaison', 'persons': [1], "
               "'manner': 'with_authority', 'detail': 'with the police', 'vccr8': 'not_required', "
               "'authority': 'police', " KIT_OVERRIDE "}");
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused, 1);
    taken_in_release(&taken);
    assert_null(kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL));
    assert_int_equal(
        incoming_number(net.store[HN],
                        "SELECT count(*) FROM dispatches WHERE refused LIKE '%7.5%' AND act IS "
                        "NULL AND standing = 1"),
        1);
    /* What stood against it is done away with: then it is recorded at once. */
    kit_record(net.store[HN], KIT_CASE, ACT_AUTHORISE,
               "{'what': 'with_authority', 'by': 'the Directorate', 'reference': '9', 'on': "
               "'2026-03-12'}");
    kit_record(net.store[HN], KIT_CASE, ACT_CONSENT,
               "{'person': 1, 'purpose': 'P6', 'to': 'police', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12'}");
    json_t *assist = kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL);
    assert_text(assist, "detail", "with the police");
    assert_int_equal(
        incoming_number(net.store[HN], "SELECT count(*) FROM dispatches WHERE refused IS NOT NULL"),
        0);
    json_decref(assist);
    kit_whole(net.store[HN]);
    free(accept);
    free(note);
    kit_net_end(&net);
}

/* That the owner has closed it is no act of the case here; but it is known. */
static void no_help_after_a_closing_that_came(void **state)
{
    static const char assist[] = "{'at': '%s', 'by': 'CR', 'kind': 'visit', 'persons': [1], "
                                 "'manner': 'good_offices', 'detail': 'she is well'}";
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    for (size_t i = HN; i <= CR; i++)
        store_set_now(net.store[i], "2026-03-14T12:00:00-06:00");
    kit_record(net.store[HN], KIT_CASE, ACT_CLOSE,
               "{'outcome': ['repatriated'], 'unmet_needs': "
               "[]}");
    kit_send_all(&net);
    for (size_t i = HN; i <= CR; i++)
        store_set_now(net.store[i], "2026-03-15T12:00:00-06:00");
    assert_null(kit_last(net.store[CR], THEIRS, ACT_CLOSE, NULL));
    char *late = xasprintf(assist, "2026-03-15T10:00:00-06:00");
    kit_refuse(net.store[CR], THEIRS, ACT_ASSIST, late, ERROR_REFUSED, "7.7: ");
    /* What was given before it is told all the same. */
    char *before = xasprintf(assist, "2026-03-13T10:00:00-06:00");
    kit_record(net.store[CR], THEIRS, ACT_ASSIST, before);
    kit_send_all(&net);
    json_t *told = kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL);
    assert_non_null(told);
    json_decref(told);
    free(before);
    free(late);
    kit_net_end(&net);
}

static void a_clerk_takes_nothing_in(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    struct act_bytes none = ACT_BYTES_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN);
    assert_true(store_add_officer(net.store[HN], "Eva SOSA", ROLE_CLERK, kit_eva, &err));
    struct store *eva = kit_open(kit_tegucigalpa.file, kit_eva);
    assert_false(store_take_in(eva, &net.trust[HN], NULL, &none, 0, &taken, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    taken_in_release(&taken);
    store_close(eva);
    kit_net_end(&net);
}

/* ---- in whatever order, and in parts ---- */

static void order_makes_no_difference(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << TS);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_make(net.store[HN], 4);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    assert_int_equal(due.count, 4);
    for (size_t i = due.count; i-- > 0;) { /* the last first, each by itself */
        struct due one = {.list = &due.list[i], .count = 1};
        struct taken_in taken = kit_take(&net, CR, net.store[HN]->post.author, &one);
        assert_int_equal(taken.each[0], INCOMING_NEW);
        taken_in_release(&taken);
    }
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_non_null(case_last(&c, ACT_PERSON));
    assert_non_null(case_last(&c, ACT_NEED));
    assert_non_null(case_last(&c, ACT_NOTE));
    assert_int_equal(c.count, 6);
    case_release(&c);
    due_release(&due);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* Without the parts first: the record of the person is there, and more of it when it comes. */
static void identity_may_come_later(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_make(net.store[HN], 4);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due bare = kit_due(net.store[HN], &reader), due = kit_due(net.store[HN], &reader);
    for (size_t i = 0; i < bare.count; i++)
        for (size_t k = 0; k < bare.list[i].bytes.count; k++)
            bare.list[i].bytes.parts[k].present = false;
    struct taken_in taken = kit_take(&net, CR, NULL, &bare);
    assert_int_equal(taken.recorded, 3);
    taken_in_release(&taken);
    json_t *person = kit_last(net.store[CR], THEIRS, ACT_PERSON, NULL);
    assert_int_equal(json_object_size(person), 1);
    json_decref(person);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    kit_whole(net.store[CR]);
    taken = kit_take(&net, CR, NULL, &due);
    assert_int_equal(taken.kept, 0);
    assert_int_equal(taken.recorded, 2); /* the person and the need */
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(case_persons(&c, NULL, 0), 1);
    assert_string_equal(entry_text(case_person(&c, 1), "given_names"), "Karen");
    case_release(&c);
    due_release(&due);
    due_release(&bare);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static void a_correction_corrects_here_too(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    char *poll = incoming_last_id(net.store[HN], KIT_CASE, ACT_POLL);
    char *correction =
        xasprintf("{'of': '%s', 'reason': 'later', 'payload': {'round': 1, 'to': "
                  "['CR', 'MX'], 'reply_by': '2026-03-19', " KIT_OVERRIDE "}, " KIT_OVERRIDE "}",
                  poll);
    kit_record(net.store[HN], KIT_CASE, ACT_CORRECT, correction);
    kit_send_all(&net);
    json_t *now = kit_last(net.store[CR], THEIRS, ACT_POLL, NULL);
    assert_text(now, "reply_by", "2026-03-19");
    assert_text(json_object_get(now, "transcribed"), "channel", "pouch");
    json_decref(now);
    json_t *correct = kit_last(net.store[CR], THEIRS, ACT_CORRECT, &context);
    assert_non_null(json_object_get(context, case_dispatch_key));
    json_decref(correct);
    json_decref(context);
    kit_whole(net.store[CR]);
    free(correction);
    free(poll);
    kit_net_end(&net);
}

/* Whose receipt was lost, and who has answered since. */
static void an_answer_is_a_receipt(void **state)
{
    static const char waiting[] =
        "SELECT count(*) FROM deliveries v JOIN dispatches d ON d.place = "
        "v.dispatch WHERE acked_at IS NULL AND d.kind = (SELECT kind "
        "FROM dispatches WHERE ours = 1 ORDER BY place DESC LIMIT 1)";
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << SJ);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *note = incoming_last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", note);
    assert_int_equal(incoming_number(net.store[HN], waiting), 0);
    assert_true(db_run(net.store[HN], &err, "UPDATE deliveries SET acked_at = NULL", ""));
    assert_int_equal(incoming_number(net.store[HN], waiting), 2);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    struct taken_in taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    assert_int_equal(incoming_number(net.store[HN], waiting),
                     1); /* their directorate has said nothing */
    free(acceptance);
    free(note);
    kit_net_end(&net);
}

/* Accepted before it was withdrawn, and come after that: the acceptance was given, and stands. */
static void a_late_acceptance_is_recorded(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *ours = incoming_last_id(net.store[HN], KIT_CASE, ACT_NOTE);
    char *theirs = incoming_last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *withdrawal = xasprintf("{'note': '%s', 'at': '2026-03-12T12:30:00-06:00', 'reason': "
                                 "'she is home'}",
                                 ours);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", theirs);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    store_set_now(net.store[HN], "2026-03-12T12:30:00-06:00");
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW, withdrawal);
    struct taken_in taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused, 0);
    taken_in_release(&taken);
    assert_int_equal(incoming_number(net.store[HN],
                                     "SELECT count(*) FROM dispatches WHERE refused IS NOT "
                                     "NULL"),
                     0);
    kit_whole(net.store[HN]); /* and the gates say the same of it whenever they are asked anew */
    free(acceptance);
    free(withdrawal);
    free(theirs);
    free(ours);
    kit_net_end(&net);
}

/* Withdrawn here, accepted there, neither knowing of the other: both are kept, and marked. */
static void a_crossing_is_kept_and_marked(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct letters letters;
    size_t marked = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *ours = incoming_last_id(net.store[HN], KIT_CASE, ACT_NOTE);
    char *theirs = incoming_last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *withdrawal = xasprintf("{'note': '%s', 'at': '2026-03-12T11:45:00-06:00', 'reason': "
                                 "'she is home'}",
                                 ours);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", theirs);
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW, withdrawal);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.kept, 1);
    assert_int_equal(taken.refused, 1); /* there is no request any more that it could accept */
    taken_in_release(&taken);
    assert_true(store_correspondence(net.store[HN], KIT_CASE, &letters, &err));
    for (size_t k = 0; k < letters.count; k++)
        if (letters.list[k].kind == ACT_ACCEPT) {
            marked++;
            assert_int_equal(letters.list[k].verdict.standing, STANDING_COUNTS);
            assert_true(letters.list[k].verdict.crossings & CROSSED_ACCEPTANCE);
            assert_non_null(strstr(letters.list[k].refused, "5: "));
        }
    assert_int_equal(marked, 1);
    letters_release(&letters);
    kit_whole(net.store[HN]);
    kit_whole(net.store[CR]);
    free(acceptance);
    free(withdrawal);
    free(theirs);
    free(ours);
    kit_net_end(&net);
}

/* ---- trust ---- */

/* A request waits for the telephone; then it is taken up. */
static void an_unverified_request_waits(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_trust(&net, CR, 1 << HN | 1 << CR, 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_request(net.store[HN]);
    kit_send_all(&net);
    assert_null(kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL));
    kit_net_trust(&net, CR, 1 << HN | 1 << CR, 1 << HN | 1 << CR);
    assert_true(store_settle_cases(net.store[CR], &net.trust[CR], &taken, &err));
    assert_int_equal(taken.recorded, 1);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL);
    assert_non_null(note);
    json_decref(note);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* ---- pouches ---- */

static void a_pouch_is_known_again(void **state)
{
    struct store *store = kit_office(&kit_abu_dhabi);
    struct error err = ERROR_INIT;
    uint8_t hash[HASH] = {1}, sender[POST_ID] = {2};
    bool seen;
    json_t *said;
    (void)state;

    assert_true(store_pouch_seen(store, hash, &seen, &said, &err));
    assert_false(seen);
    json_t *what = kit_json("{'new': 3}");
    assert_true(store_note_pouch(store, hash, sender, what, &err));
    assert_true(store_pouch_seen(store, hash, &seen, &said, &err));
    assert_true(seen);
    assert_true(json_equal(said, what));
    json_decref(said);
    json_decref(what);
    store_close(store);
    store_remove_file(kit_path(kit_abu_dhabi.file));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_poll_opens_a_case),
        cmocka_unit_test(a_request_brings_its_persons),
        cmocka_unit_test(the_secretariat_is_told_without_identity),
        cmocka_unit_test(what_the_gates_refuse_is_kept_and_tried_again),
        cmocka_unit_test(no_help_after_a_closing_that_came),
        cmocka_unit_test(a_clerk_takes_nothing_in),
        cmocka_unit_test(order_makes_no_difference),
        cmocka_unit_test(identity_may_come_later),
        cmocka_unit_test(a_correction_corrects_here_too),
        cmocka_unit_test(an_answer_is_a_receipt),
        cmocka_unit_test(a_late_acceptance_is_recorded),
        cmocka_unit_test(a_crossing_is_kept_and_marked),
        cmocka_unit_test(an_unverified_request_waits),
        cmocka_unit_test(a_pouch_is_known_again),
    };

    return cmocka_run_group_tests_name("store incoming", tests, kit_begin, kit_end);
}
