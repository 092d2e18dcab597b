/* SPDX-License-Identifier: MIT */
/* Attacks by number: what a post of ill will can make another one keep, and work at. */
#include "hostile_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"

static void begin(struct kit_net *net, unsigned who)
{
    kit_net_begin(net, who);
    kit_net_cards(net);
}

static void release(struct act_bytes *said, size_t count)
{
    for (size_t i = 0; i < count; i++)
        act_bytes_release(&said[i]);
    free(said);
}

/* All of it in one pouch, taken by CR: what came of it; the caller ends it. */
static struct carry_received send_all(struct kit_net *net, const struct act_bytes *said,
                                      size_t count)
{
    struct buf pouch;

    hostile_seal(net, CR, &(struct hostile_pouch){.said = said, .count = count}, &pouch);
    struct carry_received received = hostile_receive(net, CR, &pouch);
    buf_release(&pouch);
    return received;
}

static int64_t kept(struct kit_net *net)
{
    return hostile_number(net->store[CR], "SELECT count(*) FROM dispatches WHERE ours = 0 AND "
                                          "case_id <> zeroblob(8)");
}

/* A thousand cases in each pouch, and pouch after pouch: what is opened and what is kept has an
 * end, and the pouch is not done with, for there may be room another day. */
static void thousands_of_cases(void **state)
{
    enum { COUNT = 1000, POUCHES = 3 };
    struct kit_net net;
    struct taken_in taken;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    struct act_bytes *said = xcalloc(COUNT, sizeof *said);
    for (int n = 0; n < POUCHES; n++) {
        for (size_t i = 0; i < COUNT; i++)
            hostile_say(&net,
                        &(struct hostile){.author = HN,
                                          .kind = ACT_POLL,
                                          .payload = "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                     "'2026-03-17'}",
                                          .to = {"CR", "HN"}},
                        &said[i]);
        struct carry_received received = send_all(&net, said, COUNT);
        assert_true(received.list[0].too_many > 0);
        carry_received_release(&received);
        for (size_t i = 0; i < COUNT; i++)
            act_bytes_release(&said[i]);
    }
    assert_int_equal(hostile_number(net.store[CR], "SELECT count(*) FROM cases"),
                     INCOMING_CASES_MOST);
    assert_int_equal(kept(&net), INCOMING_CASES_MOST + INCOMING_IDLE_MOST);
    assert_int_equal(hostile_number(net.store[CR], "SELECT count(*) FROM pouches"), 0);
    /* The next day those that wait are opened, and there is room again. */
    store_set_now(net.store[CR], "2026-03-13T12:00:00-06:00");
    assert_true(store_settle_cases(net.store[CR], &net.trust[CR], &taken, &err));
    assert_int_equal(taken.opened, INCOMING_CASES_MOST);
    free(said);
    kit_net_end(&net);
}

/* Whose case it is changes hands again and again, each time in order: each counts, and each makes
 * the next one cost more. */
static void a_case_that_is_handed_over_without_end(void **state)
{
    enum { COUNT = INCOMING_OWNERS_MOST + 20 };
    struct kit_net net;
    uint8_t id[CASE_ID];
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    randombytes_buf(id, sizeof id);
    struct act_bytes *said = xcalloc(COUNT + 1, sizeof *said);
    for (size_t i = 0; i <= COUNT; i++)
        hostile_say(&net,
                    &(struct hostile){.author = HN,
                                      .kind = i ? ACT_HAND_OVER : ACT_POLL,
                                      .payload = i ? "{'to': 'HNTGU'}"
                                                   : "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                     "'2026-03-17'}",
                                      .to = {"CR", "HN"},
                                      .id = id,
                                      .sequence = i + 1,
                                      .prev = i ? said[i - 1].id : NULL},
                    &said[i]);
    struct carry_received received = send_all(&net, said, COUNT + 1);
    assert_int_equal(received.list[0].too_many, COUNT - INCOMING_OWNERS_MOST);
    carry_received_release(&received);
    assert_int_equal(kept(&net), 1 + INCOMING_OWNERS_MOST);
    release(said, COUNT + 1);
    kit_net_end(&net);
}

/* What counts in one case has an end too, but for the records of its persons. */
static void no_case_takes_words_without_end(void **state)
{
    struct kit_net net;
    uint8_t id[CASE_ID];
    struct taken_in taken;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    randombytes_buf(id, sizeof id);
    struct hostile more = {.author = HN,
                           .kind = ACT_POLL,
                           .payload = "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                           .to = {"CR", "HN"},
                           .id = id};
    assert_int_equal(hostile_send(&net, CR, &more, &taken), INCOMING_NEW);
    /* As if so many had come, and each had become that act. */
    assert_true(
        db_run(net.store[CR], &err,
               "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
               "INSERT INTO dispatches (id, kind, case_id, opener, author, incarnation, "
               "sequence, signer, root, core, commitments, signature, ours, at, standing, "
               "erased, act) SELECT randomblob(32), kind, case_id, opener, author, "
               "incarnation, i, signer, root, core, commitments, signature, ours, at, standing, "
               "erased, act FROM dispatches, n WHERE case_id <> zeroblob(8)",
               "i", (int64_t)INCOMING_SAID_MOST));
    more.sequence = 1000;
    more.at = "2026-03-12T12:30:00-06:00";
    assert_int_equal(hostile_send(&net, CR, &more, &taken), INCOMING_TOO_MANY);
    more.id = NULL;
    assert_int_equal(hostile_send(&net, CR, &more, &taken), INCOMING_NEW);
    kit_net_end(&net);
}

/* A post says what only the root may say, again and again: what waits has an end, and the pouch is
 * not done with. */
static void a_directory_that_finds_no_room(void **state)
{
    enum { COUNT = DIRECTORY_UNCOUNTED + 5 };
    static const uint8_t directory[CASE_ID];
    struct kit_net net;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    struct act_bytes *said = xcalloc(COUNT, sizeof *said);
    for (size_t i = 0; i < COUNT; i++)
        hostile_say(&net,
                    &(struct hostile){.author = HN,
                                      .kind = (enum act_kind)DIR_PARTY,
                                      .payload = "{'state': 'HN', 'since': '2026-01-10', "
                                                 "'source': 'nobody'}",
                                      .context = "",
                                      .to = {CODE_EVERYBODY},
                                      .id = directory,
                                      .sequence = i + 1},
                    &said[i]);
    struct carry_received received = send_all(&net, said, COUNT);
    assert_int_equal(received.list[0].directory.waiting, DIRECTORY_UNCOUNTED);
    assert_int_equal(received.list[0].directory.over, COUNT - DIRECTORY_UNCOUNTED);
    assert_non_null(strstr(received.list[0].why, "found no room"));
    assert_int_equal(hostile_number(net.store[CR], "SELECT count(*) FROM pouches"), 0);
    carry_received_release(&received);
    release(said, COUNT);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thousands_of_cases),
        cmocka_unit_test(a_case_that_is_handed_over_without_end),
        cmocka_unit_test(no_case_takes_words_without_end),
        cmocka_unit_test(a_directory_that_finds_no_room),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
