/* SPDX-License-Identifier: MIT */
/* Attacks by key cards, receipts and keys: what somebody says who was handed too much, or stole it.
 */
#include "hostile_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/store/caseload.h"
#include "amparo/store/trustsay.h"
#include "network_kit.h"
#include "trust_kit.h"

#define THEIRS "CRAUH-2026-0001"

static void begin(struct kit_net *net, unsigned who)
{
    kit_net_begin(net, who);
    kit_net_cards(net);
}

static const struct trust_post *post_in(struct store *store, const uint8_t id[POST_ID])
{
    struct error err = ERROR_INIT;
    const struct trusted *t;

    if (!store_trust(store, &t, &err))
        fail_msg("%s", error_text(&err));
    return trust_post_of(t, id);
}

/* ---- receipts ---- */

/* The poll lies with us, sent to CR and MX, and nobody has acknowledged it. */
static void send_poll(struct kit_net *net, uint8_t receipt[RECEIPT])
{
    static const size_t to[] = {CR, MX};
    struct error err = ERROR_INIT;
    bool failed;

    kit_poll(net->store[HN]);
    for (size_t i = 0; i < ARRAY_SIZE(to); i++) {
        size_t count;
        struct buf *pouches = hostile_pouches(net, HN, to[i], &count);
        assert_int_equal(count, 1);
        hostile_pouches_free(pouches, count);
    }
    sqlite3_stmt *row = db_query(net->store[HN], &err,
                                 "SELECT substr(id, 1, 16) FROM dispatches WHERE ours = 1 AND "
                                 "case_id <> zeroblob(8)",
                                 "");
    assert_true(db_step(net->store[HN], row, &failed, &err) && db_bytes(row, 0, receipt, RECEIPT));
    db_done(row);
}

static int64_t waiting(struct kit_net *net)
{
    return hostile_number(net->store[HN], "SELECT count(*) FROM deliveries WHERE acked_at IS NULL");
}

static enum carry_outcome acknowledge(struct kit_net *net, const uint8_t *sender,
                                      const uint8_t *secret, const uint8_t receipt[RECEIPT])
{
    const struct hostile_pouch how = {
        .sender = sender, .signs = secret, .receipts = receipt, .receipt_count = 1};
    struct buf pouch;

    hostile_seal(net, HN, &how, &pouch);
    struct carry_received received = hostile_receive(net, HN, &pouch);
    enum carry_outcome outcome = received.list[0].outcome;
    carry_received_release(&received);
    buf_release(&pouch);
    return outcome;
}

/* Nobody but a post itself keeps us from sending to it again. */
static void receipts_of_others_stop_nothing(void **state)
{
    struct kit_net net;
    uint8_t receipt[RECEIPT], mx[POST_SECRET_SIGN], cr[POST_SECRET_SIGN];
    uint8_t public_key[KEY], stranger[POST_SECRET_SIGN];
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << MX);
    send_poll(&net, receipt);
    assert_int_equal(waiting(&net), 2);
    hostile_key(&net, MX, mx);
    hostile_key(&net, CR, cr);
    crypto_sign_keypair(public_key, stranger);
    const uint8_t *costa_rica = net.store[CR]->post.author, *mexico = net.store[MX]->post.author;
    assert_int_equal(acknowledge(&net, costa_rica, stranger, receipt), CARRY_FORGED);
    assert_int_equal(acknowledge(&net, costa_rica, mx, receipt), CARRY_FORGED);
    assert_int_equal(waiting(&net), 2);
    /* In its own name, of what it got, and of what never was. */
    assert_int_equal(acknowledge(&net, mexico, mx, receipt), CARRY_TAKEN);
    assert_int_equal(waiting(&net), 1);
    receipt[0] ^= 1;
    assert_int_equal(acknowledge(&net, costa_rica, cr, receipt), CARRY_TAKEN);
    assert_int_equal(waiting(&net), 1);
    kit_net_end(&net);
}

/* What was not sent to a post it cannot have, whatever it says: it is sent all the same. */
static void a_receipt_for_what_was_never_sent(void **state)
{
    struct kit_net net;
    uint8_t receipt[RECEIPT], cr[POST_SECRET_SIGN];
    size_t count;
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << MX);
    kit_poll(net.store[HN]);
    struct buf *others = hostile_pouches(&net, HN, MX, &count);
    hostile_pouches_free(others, count);
    hostile_key(&net, CR, cr);
    struct error err = ERROR_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(net.store[HN], &err,
                                 "SELECT substr(id, 1, 16) FROM dispatches WHERE ours = 1 AND "
                                 "case_id <> zeroblob(8)",
                                 "");
    assert_true(db_step(net.store[HN], row, &failed, &err) && db_bytes(row, 0, receipt, RECEIPT));
    db_done(row);
    assert_int_equal(acknowledge(&net, net.store[CR]->post.author, cr, receipt), CARRY_TAKEN);
    struct buf *pouches = hostile_pouches(&net, HN, CR, &count);
    assert_int_equal(count, 1);
    hostile_pouches_free(pouches, count);
    kit_net_end(&net);
}

/* A key that was revoked, or that is worth less than the one in use, acknowledges nothing. */
static void a_stolen_key_acknowledges_nothing(void **state)
{
    struct trust_contact lost = {
        .code = "C", .name = "hn-ae", .country = "AE", .city = "X", .kind = "consulate"};
    uint8_t signer[TRUST_KEY];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_fold(&w);
    assert_true(trust_receipt_signer(&w.trust, world_post("hn-ae"), 0, signer));
    assert_memory_equal(signer, world_key("k1"), TRUST_KEY);
    assert_false(trust_receipt_signer(&w.trust, world_post("hn-ae"), 1, signer));
    world_post_of(&w, "HN", "hn-ae", "k2");
    world_say(&w, "hn-state", "hn-dir", "2026-03-02", DIR_REVOKE, "{'key':'%s','heads':[]}",
              key_hex("k1"));
    memcpy(lost.state, "HN", STATE_SIZE);
    memcpy(lost.post, world_post("hn-ae"), POST_ID);
    memcpy(lost.key, world_key("k3"), TRUST_KEY);
    trust_add_contact(&w.trust, &lost);
    world_fold(&w);
    assert_true(trust_receipt_signer(&w.trust, world_post("hn-ae"), 0, signer));
    assert_memory_equal(signer, world_key("k2"), TRUST_KEY);
    assert_false(trust_receipt_signer(&w.trust, world_post("hn-ae"), 1, signer));
    assert_false(trust_receipt_signer(&w.trust, world_post("nobody"), 0, signer));
    world_end(&w);
}

/* ---- cards ---- */

/* Who was compared by telephone as a post of Mexico is none of Costa Rica by a second card. */
static void a_checked_key_is_no_other_post(void **state)
{
    struct kit_net net;
    uint8_t mx[POST_SECRET_SIGN], id[POST_ID];
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << MX);
    hostile_key(&net, MX, mx);
    memcpy(id, net.store[MX]->post.author, POST_ID);
    assert_false(hostile_take_card(net.store[HN], &(struct hostile_card){"CR", "CRAUH", id, mx}));
    assert_false(hostile_take_card(net.store[HN], &(struct hostile_card){"ts", "TS", id, mx}));
    assert_string_equal(post_in(net.store[HN], id)->state, "MX");
    id[POST_ID - 1] ^= 1;
    assert_false(hostile_take_card(net.store[HN], &(struct hostile_card){"CR", "CRSJO", id, mx}));
    id[0] ^= 1;
    assert_false(hostile_take_card(net.store[HN], &(struct hostile_card){"CR", "CRSJO", id, mx}));
    assert_null(post_in(net.store[HN], id));
    kit_net_end(&net);
}

/* The same where such cards were taken all the same: in whatever order, and checked or not. */
static void cards_that_contradict_are_passed_over(void **state)
{
    struct trust_contact c = {
        .code = "C", .name = "mx-ae", .country = "AE", .city = "X", .kind = "consulate"};
    struct trust_check check = {.on = {2026, 3, 1}, .called = "them", .number = "1", .by = "Ana"};
    struct world w;
    (void)state;

    world_begin(&w);
    memcpy(check.key, world_key("k1"), TRUST_KEY);
    memcpy(c.key, world_key("k1"), TRUST_KEY);
    memcpy(c.post, world_post("mx-ae"), POST_ID);
    memcpy(c.state, "MX", STATE_SIZE);
    trust_add_contact(&w.trust, &c);
    memcpy(c.state, "CR", STATE_SIZE);
    trust_add_contact(&w.trust, &c);
    memcpy(c.post, world_post("cr-ae"), POST_ID);
    trust_add_contact(&w.trust, &c);
    trust_add_check(&w.trust, &check);
    world_fold(&w);
    assert_string_equal(trust_post_of(&w.trust, world_post("mx-ae"))->state, "MX");
    assert_int_equal(trust_post_of(&w.trust, world_post("mx-ae"))->level, TRUST_CHECKED);
    assert_null(trust_post_of(&w.trust, world_post("cr-ae")));
    assert_int_equal(trust_identity_needs(&w.trust, "CR", "AE", (struct date){2026, 3, 1}, NULL),
                     TRUST_NEEDS_KEYS);
    world_end(&w);
}

/* A post whose id begins as another's does would have opened that one's cases. */
static void no_card_takes_anothers_cases(void **state)
{
    struct kit_net net;
    uint8_t mx[POST_SECRET_SIGN], id[KEY], number[CASE_ID];
    struct taken_in taken;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net, 1 << HN | 1 << CR | 1 << MX);
    kit_poll(net.store[HN]);
    hostile_carry_all(&net);
    assert_true(case_find(net.store[HN], KIT_CASE, number, NULL, &err));
    hostile_key(&net, MX, mx);
    crypto_sign_keypair(id, mx); /* nobody knows it */
    memcpy(id, net.store[HN]->post.author, OPENER);
    assert_false(hostile_take_card(net.store[CR], &(struct hostile_card){"HN", "HNXXX", id, mx}));
    assert_int_equal(hostile_number(net.store[CR], "SELECT standing FROM dispatches WHERE ours = 0 "
                                                   "AND case_id <> zeroblob(8)"),
                     1);
    /* Nor by its signature, if it wrote all the same. */
    memcpy(net.store[MX]->post.author, id, POST_ID);
    const struct hostile closing = {.author = MX,
                                    .secret = mx,
                                    .kind = ACT_CLOSE,
                                    .payload = "{'outcome': ['located']}",
                                    .to = {"CR", "HN", "MX", "ts"},
                                    .id = number,
                                    .opener = id};
    assert_int_equal(hostile_send(&net, CR, &closing, &taken), INCOMING_UNKNOWN);
    kit_net_end(&net);
}

/* The same by the directory: who was there before stays, and no other State comes between. */
static void no_state_takes_anothers_cases(void **state)
{
    char twin[2 * POST_ID + 1];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "MX");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){post, WORLD_ACTS});
    strcpy(twin, post_hex("hn-ae"));
    twin[2 * POST_ID - 1] = twin[2 * POST_ID - 1] == '0' ? '1' : '0';
    size_t claim = world_say(&w, "mx-state", "mx-dir", "2026-01-02", DIR_POST,
                             "{'post':'%s','key':'%s','code':'MXAUH','name':'Embassy','country':"
                             "'AE','city':'Abu Dhabi','kind':'consulate'}",
                             twin, key_hex("k9"));
    world_fold(&w);
    assert_stands(&w, post, TRUST_COUNTS);
    assert_stands(&w, claim, TRUST_IRREGULAR);
    assert_non_null(trust_post_opening(&w.trust, world_post("hn-ae")));
    world_end(&w);
}

/* A card of a post that the directory has, with another key: it signs nothing in that post's name
 * until somebody has compared it by telephone. */
static void a_card_is_no_better_than_the_directory(void **state)
{
    struct trust_contact c = {
        .code = "C", .name = "hn-ae", .country = "AE", .city = "X", .kind = "consulate"};
    struct trust_check check = {.on = {2026, 3, 1}, .called = "them", .number = "1", .by = "Ana"};
    struct dispatch_facts d = {.sequence = 1};
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    memcpy(c.state, "HN", STATE_SIZE);
    memcpy(c.post, world_post("hn-ae"), POST_ID);
    memcpy(c.key, world_key("k2"), TRUST_KEY);
    trust_add_contact(&w.trust, &c);
    world_fold(&w);
    assert_non_null(trust_against_card(&w.trust, &c));
    memcpy(d.author, c.post, POST_ID);
    memcpy(d.signer, c.key, TRUST_KEY);
    trust_judge(&w.trust, &d, 1);
    assert_int_equal(d.trust, TRUST_UNKNOWN);
    memcpy(check.key, c.key, TRUST_KEY);
    trust_add_check(&w.trust, &check);
    world_fold(&w);
    assert_null(trust_against_card(&w.trust, &c));
    trust_judge(&w.trust, &d, 1);
    assert_int_equal(d.trust, TRUST_CHECKED);
    world_end(&w);
}

/* What a post is called stands in the names of files, in lines and in what is recorded: it has one
 * form, and whose it is is said where it would make one think of another State. */
static void no_name_leads_astray(void **state)
{
    static const char *const codes[] = {
        "A/B", "../HN", "-HN", "hn", "HN\xc3\x91", "H", "", "HN X", "HNTGUHNTGUHNTGU"};
    static const char payload[] = "{'post':'%s','key':'%s','code':'%s','name':'Embassy of Mexico',"
                                  "'country':'AE','city':'Abu Dhabi','kind':'consulate'}";
    struct trust_contact c = {
        .code = "MXAUH", .name = "Embassy", .country = "AE", .city = "X", .kind = "consulate"};
    struct buf name = BUF_INIT;
    struct kit_net net;
    struct world w;
    uint8_t mx[POST_SECRET_SIGN], id[KEY];
    const char *why;
    (void)state;

    begin(&net, 1 << HN | 1 << MX);
    crypto_sign_keypair(id, mx);
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        char *text = xasprintf(payload, post_hex("gt-ae"), key_hex("k1"), codes[i]);
        json_t *said = kit_json(text);
        assert_false(diract_check(DIR_POST, said, &why));
        json_decref(said);
        free(text);
        assert_false(
            hostile_take_card(net.store[HN], &(struct hostile_card){"GT", codes[i], id, mx}));
    }
    assert_true(hostile_take_card(net.store[HN], &(struct hostile_card){"GT", "MXAUH", id, mx}));
    kit_net_end(&net);
    world_begin(&w);
    memcpy(c.state, "GT", STATE_SIZE);
    memcpy(c.post, world_post("gt-ae"), POST_ID);
    memcpy(c.key, world_key("k1"), TRUST_KEY);
    trust_add_contact(&w.trust, &c);
    world_fold(&w);
    trust_name_post(&w.trust, c.post, &name);
    assert_string_equal(buf_text(&name), "MXAUH, Embassy (Guatemala)");
    buf_release(&name);
    world_end(&w);
}

/* ---- many keys ---- */

/* A post that changed its keys often is read all the same, and not taken for a forger. */
static void keys_that_changed_often(void **state)
{
    enum { TIMES = 6 };
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    for (int i = 0; i < 2 * TIMES; i++) {
        if (!trust_roll_keys(net.store[HN], &err))
            fail_msg("%s", error_text(&err));
        if (i % TIMES == TIMES - 1)
            hostile_carry_all(&net);
    }
    kit_record(net.store[CR], THEIRS, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter']}");
    hostile_carry_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    hostile_carry_all(&net);
    assert_int_equal(hostile_number(net.store[CR], "SELECT count(*) FROM dispatches WHERE ours = 0 "
                                                   "AND case_id <> zeroblob(8) AND standing = 1"),
                     2);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* In a folder, the pouch that needs the new key may come before the one that brings it. */
static void a_new_key_that_comes_later(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct act_bytes said;
    struct carry_received received;
    struct buf both = BUF_INIT, late, *early;
    size_t count;
    (void)state;

    begin(&net, 1 << HN | 1 << CR);
    if (!trust_roll_keys(net.store[HN], &err))
        fail_msg("%s", error_text(&err));
    kit_poll(net.store[HN]);
    early = hostile_pouches(&net, HN, CR, &count);
    assert_int_equal(count, 1);
    hostile_say(&net,
                &(struct hostile){.author = HN,
                                  .kind = ACT_POLL,
                                  .payload = "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                                  .to = {"CR", "HN", "ts"}},
                &said);
    hostile_seal(&net, CR, &(struct hostile_pouch){.said = &said, .count = 1}, &late);
    armour_put(&both, late.data, late.size);
    armour_put(&both, early[0].data, early[0].size);
    const struct carry_source source = {.bytes = &both};
    assert_true(carry_receive(net.store[CR], &source, &received, &err));
    assert_int_equal(received.count, 2);
    for (size_t i = 0; i < received.count; i++)
        assert_int_equal(received.list[i].outcome, CARRY_TAKEN);
    assert_int_equal(received.list[0].taken.recorded, 1);
    carry_received_release(&received);
    hostile_pouches_free(early, count);
    act_bytes_release(&said);
    buf_release(&late);
    buf_release(&both);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receipts_of_others_stop_nothing),
        cmocka_unit_test(a_receipt_for_what_was_never_sent),
        cmocka_unit_test(a_stolen_key_acknowledges_nothing),
        cmocka_unit_test(a_checked_key_is_no_other_post),
        cmocka_unit_test(cards_that_contradict_are_passed_over),
        cmocka_unit_test(no_card_takes_anothers_cases),
        cmocka_unit_test(no_state_takes_anothers_cases),
        cmocka_unit_test(a_card_is_no_better_than_the_directory),
        cmocka_unit_test(no_name_leads_astray),
        cmocka_unit_test(keys_that_changed_often),
        cmocka_unit_test(a_new_key_that_comes_later),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
