/* SPDX-License-Identifier: MIT */
/*
 * Attacks on identity: where a name could get out. Whoever may not have it is looked for it in
 * every table of their file, after whole pouches have come; and so is what is said about sending.
 */
#include "hostile_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { EVERYBODY = 1 << HN | 1 << CR | 1 << MX | 1 << TS | 1 << SJ };

#define THEIRS "CRAUH-2026-0001"

/* Of Karen, and of what is said of her; no other text of the tests has them. */
static const char *const secrets[] = {"Karen",         "KAREN",     "RAMÍREZ",
                                      "+971501234567", "501234567", "Palm Street 7",
                                      "the sea",       "visit to",  "is well"};

static void begin(struct kit_net *net, unsigned who)
{
    kit_net_begin(net, who);
    kit_net_cards(net);
}

static bool knows(struct store *store)
{
    bool any = false;

    for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
        any |= hostile_file_tells(store, secrets[i]);
    return any;
}

/* Karen's case and the poll, which CR answers with an offer; it is chosen. */
static void choose(struct kit_net *net)
{
    kit_poll(net->store[HN]);
    hostile_carry_all(net);
    kit_record(net->store[CR], THEIRS, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter']}");
    hostile_carry_all(net);
    kit_record(net->store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'Karen is near'}");
}

static void request(struct kit_net *net)
{
    kit_record(net->store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'scope': 'a visit to Karen', 'date': "
               "'2026-03-12', 'at': '2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
}

static char *last_id(struct store *store, const char *reference, enum act_kind kind)
{
    struct case_file c = kit_case_of(store, reference);
    char id[2 * ACT_ID_SIZE + 1] = "";

    if (case_last(&c, kind))
        act_id_hex(case_last(&c, kind)->act->id, id);
    case_release(&c);
    return xstrdup(id);
}

/* All that one reads who sends: to whom, what waits and why, what the pouches are called. */
static bool sending_tells(struct kit_net *net, size_t from)
{
    const struct carry_wish wish = {.again = true, .receipts = true};
    struct error err = ERROR_INIT;
    struct carry_load load;
    struct buf all = BUF_INIT;
    bool tells = false;

    if (!carry_load(net->store[from], &wish, &load, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < load.count; i++) {
        const struct carry_reader *r = &load.readers[i];
        buf_addf(&all, "%s %s %s %s ", r->code, r->name, r->email ? r->email : "",
                 r->waits ? r->waits : "");
        for (size_t h = 0; h < r->due.held_count; h++)
            buf_adds(&all, r->due.held[h].reason);
    }
    for (size_t i = 0; i < load.pouches.count; i++)
        buf_add(&all, load.pouches.list[i].bytes.data, load.pouches.list[i].bytes.size);
    for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
        tells |= memmem(buf_text(&all), all.size, secrets[i], strlen(secrets[i])) != NULL;
    buf_release(&all);
    carry_load_release(&load);
    return tells;
}

/* ---- a whole case ---- */

/* The State that is chosen learns who it is, by the note and never before; the one that was asked
 * too, and the Secretariat, never, whatever is said and corrected afterwards. */
static void a_name_goes_to_the_chosen_state_alone(void **state)
{
    struct kit_net net;
    (void)state;

    begin(&net, EVERYBODY);
    choose(&net);
    assert_false(sending_tells(&net, HN));
    hostile_carry_all(&net);
    assert_false(knows(net.store[CR]));
    assert_false(knows(net.store[SJ]));
    request(&net);
    assert_false(sending_tells(&net, HN));
    hostile_carry_all(&net);
    assert_true(knows(net.store[CR]));
    char *note = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'a visit to Karen'}", note);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, accept);
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'visit', 'persons': [1], "
               "'manner': 'good_offices', 'detail': 'Karen is well'}");
    char *person = last_id(net.store[HN], KIT_CASE, ACT_PERSON);
    char *correct = xasprintf(
        "{'of': '%s', 'reason': 'Karen said so', 'payload': {'person': 1, 'surname_1': 'RAMÍREZ', "
        "'given_names': 'Karen', 'nationalities': [{'state': 'HN', 'proof': 'passport'}], 'phone': "
        "'+971501234567', 'disability': 'Karen is well'}}",
        person);
    kit_record(net.store[HN], KIT_CASE, ACT_CORRECT, correct);
    char *ours = last_id(net.store[HN], KIT_CASE, ACT_NOTE);
    hostile_carry_all(&net);
    char *withdraw = xasprintf("{'note': '%s', 'at': '2026-03-12T11:50:00-06:00', 'reason': "
                               "'Karen is well'}",
                               ours);
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW, withdraw);
    hostile_carry_all(&net);
    assert_false(knows(net.store[MX]));
    assert_false(knows(net.store[TS]));
    assert_false(sending_tells(&net, HN) || sending_tells(&net, CR));
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    free(withdraw);
    free(ours);
    free(correct);
    free(person);
    free(accept);
    free(note);
    kit_net_end(&net);
}

/* ---- between the note and its way ---- */

/* The request is made and its pouch is lost; then she takes her consent back, or has reason to fear
 * her State: what goes again has no name in it. */
static void what_is_lost_goes_again_without_a_name(void **state)
{
    static const struct {
        enum act_kind kind;
        const char *payload;
    } then[] = {
        {ACT_WITHDRAW_CONSENT,
         "{'person': 1, 'purposes': ['P4'], 'on': '2026-03-12', 'form': 'oral'}"},
        {ACT_PERSON, "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', "
                     "'nationalities': [{'state': 'HN', 'proof': 'passport'}], 'phone': "
                     "'+971501234567', 'fears_own_state': true}"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(then); i++) {
        struct kit_net net;
        size_t count;
        begin(&net, EVERYBODY);
        choose(&net);
        request(&net);
        struct buf *lost = hostile_pouches(&net, HN, CR, &count);
        assert_int_equal(count, 1);
        hostile_pouches_free(lost, count);
        lost = hostile_pouches(&net, HN, SJ, &count);
        hostile_pouches_free(lost, count);
        kit_record(net.store[HN], KIT_CASE, then[i].kind, then[i].payload);
        hostile_carry_all(&net);
        for (size_t k = 0; k < NET; k++)
            assert_false(k != HN && knows(net.store[k]));
        assert_false(sending_tells(&net, HN));
        kit_net_end(&net);
    }
}

/* ---- who was erased ---- */

/* A text that names her waits; it does not go once nobody knows any more whom it names. */
static void what_named_the_erased_stays(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net, EVERYBODY);
    assert_true(store_add_officer(net.store[HN], "Luis", ROLE_HEAD, kit_luis, &err));
    kit_take_part(net.store[HN]);
    kit_record(net.store[HN], NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    kit_record(net.store[HN], KIT_CASE, ACT_PERSON,
               "{'person': 2, 'surname_1': 'PONCE', 'given_names': 'Lidia', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}]}");
    kit_record(net.store[HN], KIT_CASE, ACT_POLL,
               "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-17', 'persons': [2], 'text': "
               "'Karen and a friend', " KIT_OVERRIDE "}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTIFY,
               "{'event': 'poll', 'on': '2026-03-12', 'text': 'a visit to Karen'}");
    kit_record(net.store[HN], KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}]}");
    hostile_carry_all(&net);
    assert_int_equal(hostile_number(net.store[HN], "SELECT count(*) FROM held"), 2);
    char *payload = xasprintf("{'of': '%s'}", kit_record(net.store[HN], KIT_CASE, ACT_ERASE_REQUEST,
                                                         "{'person': 1, 'basis': 'order', "
                                                         "'reason': 'a court', 'reference': '1'}"));
    struct store *luis = kit_open(kit_tegucigalpa.file, kit_luis);
    store_set_now(luis, "2026-03-12T12:00:00-06:00");
    kit_record(luis, KIT_CASE, ACT_ERASE, payload);
    store_close(luis);
    free(payload);
    hostile_carry_all(&net);
    for (size_t i = 0; i < NET; i++)
        assert_false(i != HN && knows(net.store[i]));
    assert_int_equal(hostile_number(net.store[HN], "SELECT count(*) FROM held"), 2);
    /* What is said anew goes. */
    kit_record(net.store[HN], KIT_CASE, ACT_POLL,
               "{'round': 2, 'to': ['CR'], 'reply_by': '2026-03-18', 'persons': [2], 'text': 'a "
               "woman alone', " KIT_OVERRIDE "}");
    hostile_carry_all(&net);
    assert_true(hostile_file_tells(net.store[CR], "a woman alone"));
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_goes_to_the_chosen_state_alone),
        cmocka_unit_test(what_is_lost_goes_again_without_a_name),
        cmocka_unit_test(what_named_the_erased_stays),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
