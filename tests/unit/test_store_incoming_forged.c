/* SPDX-License-Identifier: MIT */
/* What posts of ill will send: what is not taken in, and how much is kept of the rest. */
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

/* ---- what is taken in, and what is not ---- */

static void only_what_is_for_us_by_whom_we_know(void **state)
{
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['MX'], 'reply_by': "
                                                  "'2026-03-17'}",
                                       .to = {"HN", "MX", "ts"}};
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << MX);
    /* Sealed to us by somebody who got it: it stays what it was, for others. */
    assert_int_equal(incoming_take_forged(&net, CR, &poll, &taken), INCOMING_FORWARDED);
    struct forged stranger = poll;
    stranger.by_other_key = true;
    assert_int_equal(incoming_take_forged(&net, MX, &stranger, &taken), INCOMING_UNKNOWN);
    struct act_bytes bytes = incoming_forge(&net, &poll);
    bytes.core.data[bytes.core.size - 1] ^= 1;
    taken = incoming_take(&net, MX, &bytes);
    assert_int_equal(taken.each[0], INCOMING_DAMAGED);
    taken_in_release(&taken);
    act_bytes_release(&bytes);
    kit_net_trust(&net, MX, 1 << MX, 1 << MX);
    assert_int_equal(incoming_take_forged(&net, MX, &poll, &taken), INCOMING_UNKNOWN);
    for (size_t i = 0; i <= MX; i++)
        assert_int_equal(incoming_number(net.store[i], "SELECT count(*) FROM dispatches"), 0);
    assert_int_equal(incoming_number(net.store[MX], "SELECT count(*) FROM receipts"), 0);
    kit_net_end(&net);
}

/* Signs what somebody wrote into the core, as actbytes.h says it is signed. */
static void sign_anew(struct kit_net *net, size_t author, struct act_bytes *a)
{
    struct error err = ERROR_INIT;
    struct secret secret;
    crypto_generichash_state state;
    uint8_t hash[crypto_generichash_BYTES_MAX], count = (uint8_t)a->count;
    const uint8_t size[4] = {0, 0, (uint8_t)(a->core.size >> 8), (uint8_t)a->core.size};

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)"amparo act v1", 14);
    crypto_generichash_update(&state, a->root, ROOT);
    crypto_generichash_update(&state, a->signer, KEY);
    crypto_generichash_update(&state, size, 4);
    crypto_generichash_update(&state, (const uint8_t *)a->core.data, a->core.size);
    crypto_generichash_update(&state, &count, 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    assert_int_equal(a->count, 0);
    assert_true(identity_secret(net->store[author], POST_KEY_SIGNING, NULL, &secret, &err));
    crypto_sign_detached(a->signature, NULL, hash, sizeof hash, secret.bytes);
    secret_free(&secret);
    act_bytes_identify(a);
}

/* Control characters, which a terminal would obey, are in nothing that is taken. */
static void no_escape_sequence_gets_in(void **state)
{
    static const char *const bad[] = {"\x1b[2J",
                                      "a\xc2\x9b"
                                      "b",
                                      "\xe2\x80\xaez", "abc\x07", "ab\xc3\x28"};
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                  "'2026-03-17', 'text': 'ZZZZ'}",
                                       .to = {"CR", "HN"}};
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (size_t i = 0; i <= ARRAY_SIZE(bad); i++) {
        bool good = i == ARRAY_SIZE(bad);
        struct act_bytes bytes = incoming_forge(&net, &poll);
        char *at = memmem(bytes.core.data, bytes.core.size, "ZZZZ", 4);
        memcpy(at, good ? "good" : bad[i], 4);
        sign_anew(&net, HN, &bytes);
        struct taken_in taken = incoming_take(&net, CR, &bytes);
        assert_int_equal(taken.each[0], good ? INCOMING_NEW : INCOMING_DAMAGED);
        taken_in_release(&taken);
        act_bytes_release(&bytes);
    }
    assert_int_equal(incoming_number(net.store[CR], "SELECT count(*) FROM dispatches"), 1);
    kit_net_end(&net);
}

static void a_replay_is_nothing_new(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    const uint8_t *sender = net.store[HN]->post.author;
    struct taken_in taken = kit_take(&net, CR, sender, &due);
    taken_in_release(&taken);
    assert_true(db_run(net.store[CR], NULL, "UPDATE receipts SET sent_at = '2026-03-12'", ""));
    for (int i = 0; i < 3; i++) {
        taken = kit_take(&net, CR, sender, &due);
        assert_int_equal(taken.each[0], INCOMING_AGAIN);
        assert_int_equal(taken.kept + taken.recorded + taken.opened, 0);
        taken_in_release(&taken);
    }
    /* Whoever sends it again has had no receipt. */
    assert_int_equal(
        incoming_number(net.store[CR], "SELECT count(*) FROM receipts WHERE sent_at = ''"), 1);
    assert_int_equal(incoming_number(net.store[CR], "SELECT count(*) FROM cases"), 1);
    due_release(&due);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* Who was not asked cannot put words into a case, whatever number it gives; and its own case of the
 * same number is another one. */
static void another_posts_case_number_is_of_no_use(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    struct core poll = incoming_core_of_poll(&net);
    kit_send_all(&net);
    const struct forged closing = {.author = MX,
                                   .kind = ACT_CLOSE,
                                   .payload = "{'outcome': ['located']}",
                                   .to = {"CR", "HN", "MX", "ts"},
                                   .like = &poll};
    for (size_t to = 0; to < NET; to++)
        if (to != MX)
            assert_int_equal(incoming_take_forged(&net, to, &closing, &taken), INCOMING_NEW);
    assert_null(kit_last(net.store[TS], TOLD_TS, ACT_CLOSE, NULL));
    assert_int_equal(
        incoming_number(net.store[TS],
                        "SELECT count(*) FROM dispatches WHERE standing = 3 AND act IS NULL"),
        1);
    /* The same number, said to be its own. */
    struct core own = poll;
    memcpy(own.author, net.store[MX]->post.author, AUTHOR);
    const struct forged rival = {.author = MX,
                                 .kind = ACT_POLL,
                                 .payload = "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-19'}",
                                 .to = {"CR", "MX"},
                                 .like = &own};
    assert_int_equal(incoming_take_forged(&net, CR, &rival, &taken), INCOMING_NEW);
    assert_int_equal(taken.opened, 1);
    json_t *theirs = kit_last(net.store[CR], THEIRS, ACT_POLL, NULL);
    assert_text(theirs, "reply_by", "2026-03-17");
    json_decref(theirs);
    /* A case that we never opened, said to be ours. */
    randombytes_buf(poll.case_id, CASE_ID);
    const struct forged reply = {
        .author = CR, .kind = ACT_REPLY, .payload = KIT_REPLY, .to = {"CR", "HN"}, .like = &poll};
    assert_int_equal(incoming_take_forged(&net, HN, &reply, &taken), INCOMING_NEW);
    assert_int_equal(taken.recorded + taken.opened, 0);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    kit_net_end(&net);
}

static void a_fork_is_kept_and_raised(void **state)
{
    static const char *const polls[] = {"{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                                        "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-27'}"};
    struct forged poll = {.author = HN, .kind = ACT_POLL, .to = {"CR", "HN"}};
    struct core like;
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    poll.payload = polls[0];
    struct act_bytes first = incoming_forge(&net, &poll);
    like = incoming_core(&first);
    taken = incoming_take(&net, CR, &first);
    assert_int_equal(taken.forked, 0);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    poll.payload = polls[1];
    poll.like = &like;
    assert_int_equal(incoming_take_forged(&net, CR, &poll, &taken), INCOMING_NEW);
    assert_int_equal(taken.forked, 1);
    assert_int_equal(incoming_number(net.store[CR], "SELECT count(*) FROM dispatches"), 2);
    act_bytes_release(&first);
    kit_net_end(&net);
}

/* ---- room ---- */

static void nobody_fills_the_file(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    struct core like = {.kind = 0};
    size_t kept = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << MX);
    memcpy(like.author, net.store[HN]->post.author, AUTHOR);
    randombytes_buf(like.case_id, CASE_ID);
    for (int i = 0; i < INCOMING_IDLE_MOST + 3; i++) {
        const struct forged idle = {.author = MX,
                                    .kind = ACT_REPLY,
                                    .payload = "{'state': 'MX', 'round': 1, 'legal': 'yes', "
                                               "'material': 'yes', 'offer': false, 'services': []}",
                                    .to = {"CR", "HN", "MX"},
                                    .like = &like,
                                    .sequence = (uint64_t)i + 1};
        enum incoming what = incoming_take_forged(&net, CR, &idle, &taken);
        assert_true(what == INCOMING_NEW || what == INCOMING_TOO_MANY);
        kept += what == INCOMING_NEW;
    }
    assert_int_equal(kept, INCOMING_IDLE_MOST);
    /* Another author has room of its own. */
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.opened, 1);
    taken_in_release(&taken);
    kit_net_end(&net);
}

/* What counts takes no room, however much of it comes at once. */
static void much_that_counts_comes_at_once(void **state)
{
    enum { MANY = INCOMING_IDLE_MOST + 4 };
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    struct act_bytes *batch = xcalloc(MANY, sizeof *batch);
    struct core like;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (int i = 0; i < MANY; i++) {
        char *payload = xasprintf("{'round': %d, 'to': ['CR'], 'reply_by': '2026-03-17'}", i + 1);
        const struct forged poll = {.author = HN,
                                    .kind = ACT_POLL,
                                    .payload = payload,
                                    .to = {"CR", "HN"},
                                    .like = i ? &like : NULL,
                                    .sequence = (uint64_t)i + 1};
        batch[i] = incoming_forge(&net, &poll);
        like = incoming_core(&batch[i]);
        free(payload);
    }
    assert_true(store_take_in(net.store[CR], &net.trust[CR], NULL, batch, MANY, &taken, &err));
    assert_int_equal(taken.kept, MANY);
    assert_int_equal(taken.recorded, MANY);
    taken_in_release(&taken);
    for (int i = 0; i < MANY; i++)
        act_bytes_release(&batch[i]);
    free(batch);
    kit_net_end(&net);
}

static void nobody_opens_cases_without_end(void **state)
{
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                  "'2026-03-17'}",
                                       .to = {"CR", "HN"}};
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    size_t opened = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (int i = 0; i < INCOMING_CASES_MOST + 2; i++) {
        assert_int_equal(incoming_take_forged(&net, CR, &poll, &taken), INCOMING_NEW);
        opened += taken.opened;
    }
    assert_int_equal(opened, INCOMING_CASES_MOST);
    store_set_now(net.store[CR], "2026-03-13T12:00:00-06:00");
    assert_true(store_settle_cases(net.store[CR], &net.trust[CR], &taken, &err));
    assert_int_equal(taken.opened, 2);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_for_us_by_whom_we_know),
        cmocka_unit_test(no_escape_sequence_gets_in),
        cmocka_unit_test(a_replay_is_nothing_new),
        cmocka_unit_test(another_posts_case_number_is_of_no_use),
        cmocka_unit_test(a_fork_is_kept_and_raised),
        cmocka_unit_test(nobody_fills_the_file),
        cmocka_unit_test(much_that_counts_comes_at_once),
        cmocka_unit_test(nobody_opens_cases_without_end),
    };

    return cmocka_run_group_tests_name("store incoming, forged", tests, kit_begin, kit_end);
}
