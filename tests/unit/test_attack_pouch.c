/* SPDX-License-Identifier: MIT */
/* Attacks on what comes in: whole pouches into real files, by posts whose keys are good. */
#include "hostile_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"

#define THEIRS "CRAUH-2026-0001"
#define REPLY                                                                                      \
    "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': "   \
    "['shelter']}"
#define REQUEST                                                                                    \
    "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', 'city': "    \
    "'Abu Dhabi'}, 'persons': [1], 'scope': 'a visit to Karen', 'date': '2026-03-12', 'at': "      \
    "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}"

static void begin(struct kit_net *net, unsigned who)
{
    kit_net_begin(net, who);
    kit_net_cards(net);
}

/* Up to the request, all by pouch. */
static void request(struct kit_net *net)
{
    kit_poll(net->store[HN]);
    hostile_carry_all(net);
    kit_record(net->store[CR], THEIRS, ACT_REPLY, REPLY);
    hostile_carry_all(net);
    kit_record(net->store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net->store[HN], KIT_CASE, ACT_NOTE, REQUEST);
    hostile_carry_all(net);
}

/* Of the case that Honduras opened: its number, and the post that opened it. */
static void case_of(struct kit_net *net, uint8_t id[CASE_ID], uint8_t opener[OPENER])
{
    struct error err = ERROR_INIT;

    assert_true(case_find(net->store[HN], KIT_CASE, id, NULL, &err));
    memcpy(opener, net->store[HN]->post.author, OPENER);
}

static void dispatch_id(struct kit_net *net, enum act_kind kind, char hex[2 * ACT_ID_SIZE + 1])
{
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    bool failed;
    sqlite3_stmt *row = db_query(net->store[HN], &err,
                                 "SELECT id FROM dispatches WHERE kind = ? ORDER BY place DESC",
                                 "i", (int64_t)kind);

    assert_true(db_step(net->store[HN], row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    act_id_hex(id, hex);
}

/* An exception that somebody made for their own file opens no gate here. */
static void no_override_of_others(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    uint8_t id[CASE_ID], opener[OPENER];
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    request(&net);
    case_of(&net, id, opener);
    const struct hostile assist = {
        .author = CR,
        .kind = ACT_ASSIST,
        .payload = "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'liaison', 'persons': "
                   "[1], 'manner': 'with_authority', 'detail': 'with the police', 'vccr8': "
                   "'not_required', 'authority': 'police', 'override': {'reason': 'because'}}",
        .to = {"CR", "HN", "ts"},
        .id = id,
        .opener = opener,
        .sequence = 40};
    assert_int_equal(hostile_send(&net, HN, &assist, &taken), INCOMING_NEW);
    assert_int_equal(taken.recorded, 0);
    assert_int_equal(taken.refused, 1);
    assert_null(kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL));
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* Nor does one within a correction, nor what says that it was taken down from somebody else. */
static void no_word_of_a_third(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    uint8_t id[CASE_ID], opener[OPENER];
    char note[2 * ACT_ID_SIZE + 1];
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    request(&net);
    case_of(&net, id, opener);
    dispatch_id(&net, ACT_NOTE, note);
    char *payload = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits', 'transcribed': "
                              "{'from': 'Embassy of Mexico', 'channel': 'paper', 'on': "
                              "'2026-03-11'}}",
                              note);
    const struct hostile accept = {.author = CR,
                                   .kind = ACT_ACCEPT,
                                   .payload = payload,
                                   .to = {"CR", "HN", "ts"},
                                   .id = id,
                                   .opener = opener,
                                   .sequence = 40};
    assert_int_equal(hostile_send(&net, HN, &accept, &taken), INCOMING_NEW);
    json_t *recorded = kit_last(net.store[HN], KIT_CASE, ACT_ACCEPT, NULL);
    const json_t *told = json_object_get(recorded, "transcribed");
    assert_string_equal(json_string_value(json_object_get(told, "channel")), "pouch");
    assert_non_null(strstr(json_string_value(json_object_get(told, "from")), "CRAUH"));
    json_decref(recorded);
    free(payload);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* The Secretariat keeps no byte of a name, whoever sends it one in a part. */
static void the_secretariat_keeps_no_name(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    uint8_t id[CASE_ID], opener[OPENER];
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << TS);
    kit_poll(net.store[HN]);
    hostile_carry_all(&net);
    case_of(&net, id, opener);
    const struct hostile told[] = {
        {.author = HN,
         .kind = ACT_PERSON,
         .payload = "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', "
                    "'nationalities': [{'state': 'HN', 'proof': 'passport'}]}",
         .to = {"HN", "ts"},
         .id = id,
         .sequence = 40},
        {.author = CR,
         .kind = ACT_REPLY,
         .payload = "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
                    "'services': ['shelter'], 'by': 'Karen RAMÍREZ'}",
         .to = {"CR", "HN", "ts"},
         .id = id,
         .opener = opener,
         .sequence = 40}};
    for (int twice = 0; twice < 2; twice++)
        for (size_t i = 0; i < ARRAY_SIZE(told); i++)
            hostile_send(&net, TS, &told[i], &taken);
    assert_false(hostile_file_tells(net.store[TS], "Karen"));
    assert_false(hostile_file_tells(net.store[TS], "RAMÍREZ"));
    json_t *reply = kit_last(net.store[TS], "TS-2026-0001", ACT_REPLY, NULL);
    assert_non_null(reply);
    json_decref(reply);
    kit_whole(net.store[TS]);
    kit_net_end(&net);
}

/* ---- twice ---- */

/* Of which States the only case there is. */
static void assert_case(struct store *store, const char *reference, const char *requesting,
                        const char *receiving)
{
    struct case_file c = kit_case_of(store, reference);

    assert_string_equal(case_requesting_state(&c), requesting);
    assert_string_equal(case_receiving_state(&c), receiving);
    case_release(&c);
    assert_int_equal(hostile_number(store, "SELECT count(*) FROM cases"), 1);
}

/* Who opened a case says of it later, or from the first, that it is another country's: it stays
 * where it was opened, and whose it is the directory says. */
static void a_case_is_opened_once(void **state)
{
    static const uint8_t other[CASE_ID] = {7};
    struct kit_net net;
    struct taken_in taken;
    uint8_t id[CASE_ID], opener[OPENER];
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << TS);
    kit_poll(net.store[HN]);
    hostile_carry_all(&net);
    case_of(&net, id, opener);
    struct hostile again = {
        .author = HN,
        .kind = ACT_POLL,
        .payload = "{'round': 2, 'to': ['CR'], 'reply_by': '2026-03-18'}",
        .context = "{'receiving_state': 'QA', 'requesting_state': 'MX', 'priority': 'urgent'}",
        .to = {"CR", "HN", "ts"},
        .id = id,
        .sequence = 40};
    assert_int_equal(hostile_send(&net, CR, &again, &taken), INCOMING_NEW);
    assert_int_equal(hostile_send(&net, TS, &again, &taken), INCOMING_NEW);
    assert_case(net.store[CR], THEIRS, "HN", "AE");
    assert_case(net.store[TS], "TS-2026-0001", "HN", "AE");
    again.id = other;
    again.sequence = 1;
    assert_int_equal(hostile_send(&net, CR, &again, &taken), INCOMING_NEW);
    assert_int_equal(taken.opened, 1);
    struct case_file c = kit_case_of(net.store[CR], "CRAUH-2026-0002");
    assert_string_equal(case_requesting_state(&c), "HN");
    case_release(&c);
    kit_whole(net.store[CR]);
    kit_whole(net.store[TS]);
    kit_net_end(&net);
}

/* An acceptance word by word again: by a post of another State it is nothing; by another post of
 * the same State it is that State's word twice, and no contradiction. */
static void the_same_act_by_two_posts(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    uint8_t id[CASE_ID], opener[OPENER];
    char note[2 * ACT_ID_SIZE + 1];
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << MX | 1 << SJ);
    request(&net);
    case_of(&net, id, opener);
    dispatch_id(&net, ACT_NOTE, note);
    char *payload = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", note);
    struct hostile accept = {.kind = ACT_ACCEPT,
                             .payload = payload,
                             .to = {"CR", "HN", "ts"},
                             .id = id,
                             .opener = opener,
                             .sequence = 40};
    static const size_t authors[] = {MX, CR, SJ};
    static const size_t recorded[] = {0, 1, 1};
    for (size_t i = 0; i < ARRAY_SIZE(authors); i++) {
        accept.author = authors[i];
        assert_int_equal(hostile_send(&net, HN, &accept, &taken), INCOMING_NEW);
        assert_int_equal(taken.recorded, recorded[i]);
    }
    assert_int_equal(hostile_number(net.store[HN], "SELECT count(*) FROM dispatches WHERE kind = "
                                                   "(SELECT kind FROM dispatches ORDER BY place "
                                                   "DESC LIMIT 1) AND standing IN (1, 2)"),
                     2);
    json_t *shown = store_case_json(net.store[HN], KIT_CASE, NULL, english, NULL);
    assert_int_equal(json_array_size(json_object_get(shown, "acceptances")), 2);
    json_decref(shown);
    free(payload);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* ---- from within ---- */

/* Nothing leaves the post by a clerk, who sees what would. */
static void a_clerk_sends_nothing(void **state)
{
    const struct carry_wish wish = {.again = true, .receipts = true};
    const struct due nothing = {.count = 0};
    struct error err = ERROR_INIT;
    struct carry_load load;
    struct kit_net net;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    assert_true(store_add_officer(net.store[HN], "Eva SOSA", ROLE_CLERK, kit_eva, &err));
    struct store *eva = kit_open(kit_tegucigalpa.file, kit_eva);
    store_set_now(eva, "2026-03-12T12:00:00-06:00");
    for (int made = 0; made < 2; made++) {
        assert_true(carry_load(eva, &wish, &load, &err));
        assert_int_equal(load.count, made);
        assert_int_equal(load.pouches.count, made);
        assert_false(made && carry_gone(eva, &load, 0, CARRY_ALL, &err));
        error_clear(&err);
        carry_load_release(&load);
        assert_false(store_make_dispatches(eva, &net.trust[HN], NULL, &err));
        assert_int_equal(err.kind, ERROR_REFUSED);
        error_clear(&err);
        assert_int_equal(hostile_number(eva, "SELECT count(*) FROM dispatches WHERE case_id <> "
                                             "zeroblob(8)"),
                         made);
        kit_make_any(net.store[HN]); /* by an officer */
    }
    assert_false(store_sent(eva, net.store[CR]->post.author, &nothing, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    store_close(eva);
    kit_net_end(&net);
}

/* ---- two machines with one file ---- */

static void copy_file(const char *from, const char *to)
{
    char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t got;

    assert_non_null(in);
    assert_non_null(out);
    while ((got = fread(bytes, 1, sizeof bytes, in)))
        assert_int_equal(fwrite(bytes, 1, got, out), got);
    assert_int_equal(fclose(in) | fclose(out), 0);
}

/* A copy of the file goes on beside it, in the name of the same post: what the two say in one place
 * is raised, and counts for nothing unless somebody has built on it. */
static void a_copied_file_speaks_too(void **state)
{
    static const char *const days[] = {"2026-03-18", "2026-03-19"};
    struct store *both[2];
    struct kit_net net;
    size_t forked = 0;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    hostile_carry_all(&net);
    store_close(net.store[HN]);
    copy_file(kit_path(kit_tegucigalpa.file), kit_path("copied"));
    both[0] = kit_open(kit_tegucigalpa.file, kit_ana);
    both[1] = kit_open("copied", kit_ana);
    for (size_t i = 0; i < 2; i++) {
        char *poll =
            xasprintf("{'round': 2, 'to': ['CR'], 'reply_by': '%s', " KIT_OVERRIDE "}", days[i]);
        size_t count;
        net.store[HN] = both[i];
        store_set_now(both[i], "2026-03-12T13:00:00-06:00");
        kit_record(both[i], KIT_CASE, ACT_POLL, poll);
        struct buf *pouches = hostile_pouches(&net, HN, CR, &count);
        assert_int_equal(count, 1);
        struct carry_received received = hostile_receive(&net, CR, &pouches[0]);
        forked += received.list[0].taken.forked;
        carry_received_release(&received);
        hostile_pouches_free(pouches, count);
        free(poll);
    }
    assert_int_equal(forked, 1);
    assert_int_equal(hostile_number(net.store[CR], "SELECT count(*) FROM dispatches WHERE ours = 0 "
                                                   "AND case_id <> zeroblob(8) AND standing = 4"),
                     2);
    kit_whole(net.store[CR]);
    store_close(both[1]);
    store_remove_file(kit_path("copied"));
    net.store[HN] = both[0];
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_override_of_others),
        cmocka_unit_test(no_word_of_a_third),
        cmocka_unit_test(a_case_is_opened_once),
        cmocka_unit_test(the_same_act_by_two_posts),
        cmocka_unit_test(the_secretariat_keeps_no_name),
        cmocka_unit_test(a_clerk_sends_nothing),
        cmocka_unit_test(a_copied_file_speaks_too),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
