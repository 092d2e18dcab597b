/* SPDX-License-Identifier: MIT */
/* Keys that are revoked: what they signed that still counts, and who may revoke them. */
#include "trust_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* ---- revocation ---- */

/* Of four on a chain the second is the last good one; the thief dates as they like. */
static void test_revoked_below_the_head(void **state)
{
    struct dispatch_facts d[6];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "MX");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_post_of(&w, "MX", "mx-ae", "k-mx");
    d[0] = world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = world_dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = world_dispatch("hn-ae", "k1", 3, &d[1], "2026-02-01"); /* back-dated */
    d[3] = world_dispatch("hn-ae", "k1", 1, NULL, "2026-02-01");  /* in the place of the first */
    d[4] = world_dispatch("hn-ae", "k1", 2, &d[3], "2026-02-01"); /* and so on */
    d[5] = world_dispatch("hn-ae", "k1", 1, NULL, "2026-02-01");
    d[5].incarnation = 1; /* on a chain of a restored file */
    char *good = world_head(d[1].case_id, 2, d[1].id);
    size_t revoked = world_revoke(&w, "hn-state", "hn-dir", "k1", good);
    world_fold(&w);
    assert_stands(&w, revoked, TRUST_COUNTS);
    assert_true(world_has_key(&w, "hn-ae", ""));
    trust_judge(&w.trust, d, 6);
    assert_int_equal(d[0].trust, TRUST_CERTIFIED);
    assert_int_equal(d[1].trust, TRUST_CERTIFIED);
    for (size_t i = 2; i < 6; i++)
        assert_int_equal(d[i].trust, TRUST_QUARANTINED);

    /* Without the one between nothing shows that the first leads there; the head itself is named.
     */
    struct dispatch_facts part[] = {d[0], d[3]};
    trust_judge(&w.trust, part, 2);
    assert_int_equal(part[0].trust, TRUST_QUARANTINED);
    assert_int_equal(part[1].trust, TRUST_QUARANTINED);
    assert_int_equal(world_judged(&w, d[1]), TRUST_CERTIFIED);

    /* One that the links pass over, as it was for others: who got it may have referred to it. */
    struct dispatch_facts passed[] = {world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01"), d[1],
                                      world_dispatch("mx-ae", "k-mx", 1, NULL, "2026-03-01"), d[3]};
    uint8_t refers[2][ACT_ID_SIZE];
    memcpy(refers[0], passed[0].id, ACT_ID_SIZE);
    memcpy(refers[1], d[0].id, ACT_ID_SIZE);
    passed[1].prev[0] ^= 1; /* to what is not here */
    trust_judge(&w.trust, passed, 4);
    assert_int_equal(passed[0].trust, TRUST_QUARANTINED);
    passed[2].refers = refers;
    passed[2].refer_count = 1;
    trust_judge(&w.trust, passed, 4);
    assert_int_equal(passed[2].trust, TRUST_CERTIFIED);
    assert_int_equal(passed[0].trust, TRUST_CERTIFIED);
    assert_int_equal(passed[3].trust, TRUST_QUARANTINED);
    /* But in the place of one that is shown to be good there is no other. */
    struct dispatch_facts forged[] = {d[0], d[1], d[3], passed[2]};
    memcpy(refers[0], d[3].id, ACT_ID_SIZE);
    trust_judge(&w.trust, forged, 4);
    assert_int_equal(forged[0].trust, TRUST_CERTIFIED);
    assert_int_equal(forged[2].trust, TRUST_QUARANTINED);
    /* Nor in a chain of another incarnation, where this one is named. */
    struct dispatch_facts restored[] = {d[5], passed[2]};
    memcpy(refers[0], d[5].id, ACT_ID_SIZE);
    trust_judge(&w.trust, restored, 2);
    assert_int_equal(restored[0].trust, TRUST_QUARANTINED);
    free(good);
    world_end(&w);
}

/* In a case that the revocation does not name, what a good key refers to. */
static void test_revoked_and_referred_to(void **state)
{
    struct dispatch_facts d[4];
    uint8_t refers[2][ACT_ID_SIZE];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "MX");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_post_of(&w, "MX", "mx-ae", "k-mx");
    world_revoke(&w, "hn-state", "hn-dir", "k1", "");
    world_fold(&w);
    d[0] = world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = world_dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = world_dispatch("hn-ae", "k1", 3, &d[1], "2026-03-03"); /* the thief's own refers to it */
    d[3] = world_dispatch("mx-ae", "k-mx", 1, NULL, "2026-03-03");
    memcpy(refers[0], d[0].id, ACT_ID_SIZE);
    memcpy(refers[1], d[1].id, ACT_ID_SIZE);
    d[3].refers = refers;
    d[3].refer_count = 1;
    d[2].refers = &refers[1];
    d[2].refer_count = 1;
    trust_judge(&w.trust, d, 4);
    assert_int_equal(d[0].trust, TRUST_CERTIFIED);
    assert_int_equal(d[1].trust, TRUST_QUARANTINED);
    assert_int_equal(d[2].trust, TRUST_QUARANTINED);
    world_end(&w);
}

/* What refers to it must be of a key that is certified, and not of one that was vouched for. */
static void test_who_vouches(void **state)
{
    struct trust_contact c = world_card("GT", "gt-ae", "k-gt");
    struct dispatch_facts d[4];
    uint8_t first[1][ACT_ID_SIZE], second[1][ACT_ID_SIZE];
    struct world w;
    (void)state;

    world_begin(&w);
    trust_add_contact(&w.trust, &c);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_revoke(&w, "hn-state", "hn-dir", "k1", "");
    world_post_of(&w, "HN", "hn-ae", "k2"); /* the post's own, anew */
    world_fold(&w);
    d[0] = world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = world_dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = world_dispatch("gt-ae", "k-gt", 1, NULL, "2026-03-03");
    d[3] = world_dispatch("hn-ae", "k2", 3, &d[1], "2026-03-03");
    memcpy(first[0], d[0].id, ACT_ID_SIZE);
    memcpy(second[0], d[1].id, ACT_ID_SIZE);
    d[2].refers = second;
    d[2].refer_count = 1;
    trust_judge(&w.trust, d, 4);
    assert_int_equal(d[2].trust, TRUST_UNVERIFIED);
    assert_int_equal(d[1].trust, TRUST_QUARANTINED);
    d[3].refers = second;
    d[3].refer_count = 1;
    d[1].refers = first; /* which is good by that alone, and vouches for nobody */
    d[1].refer_count = 1;
    trust_judge(&w.trust, d, 4);
    assert_int_equal(d[1].trust, TRUST_CERTIFIED);
    assert_int_equal(d[0].trust, TRUST_QUARANTINED);
    world_end(&w);
}

/* In the directory, where a revocation names no head of it, what a version has. */
static void test_revoked_and_released(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-dir", "k1");
    size_t before = world_say(&w, "k1", "hn-dir", "2026-03-01", DIR_FOCAL, "{'phone':'1'}");
    size_t after = world_say(&w, "k1", "hn-dir", "2026-03-02", DIR_FOCAL, "{'phone':'2'}");
    world_revoke(&w, "hn-state", "hn-dir", "k1", "");
    world_fold(&w);
    assert_stands(&w, before, TRUST_IRREGULAR);
    assert_stands(&w, after, TRUST_IRREGULAR);
    world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){post, before, WORLD_ACTS});
    world_fold(&w);
    assert_stands(&w, before, TRUST_COUNTS);
    assert_stands(&w, after, TRUST_IRREGULAR);
    assert_ptr_equal(trust_state_of(&w.trust, "HN")->focal, world_act(&w, before));
    world_end(&w);
}

static void test_only_its_state_revokes(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "GT");
    world_post_of(&w, "HN", "hn-ae", "k1");
    size_t other = world_revoke(&w, "gt-state", "gt-dir", "k1", "");
    size_t itself = world_revoke(&w, "k1", "hn-ae", "k1", "");
    size_t root = world_root(&w, "2026-04-01", DIR_REVOKE, "{'key':'%s'}", key_hex("k1"));
    size_t unknown = world_revoke(&w, "hn-state", "hn-dir", "k-other", "");
    world_fold(&w);
    assert_stands(&w, other, TRUST_IRREGULAR);
    assert_stands(&w, itself, TRUST_IRREGULAR);
    assert_stands(&w, root, TRUST_IRREGULAR);
    assert_stands(&w, unknown, TRUST_WAITS);
    assert_true(world_has_key(&w, "hn-ae", "k1"));
    world_end(&w);
}

/* The thief of a post's key signs another one for the post, also back in time. */
static void test_thief_rolls_over(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    size_t seal = world_say(&w, "k1", "hn-ae", "2026-01-04", DIR_SEALING,
                            "{'key':'%s','until':'2026-04-04'}", key_hex("s1"));
    size_t roll =
        world_say(&w, "k1", "hn-ae", "2026-01-03", DIR_ROLL, "{'key':'%s'}", key_hex("k-thief"));
    char *good =
        world_head((const uint8_t[CASE_NUMBER]){0}, w.acts[seal].sequence, w.acts[seal].id);
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k-thief")); /* nobody knows yet */
    world_revoke(&w, "hn-state", "hn-dir", "k1", good);
    world_fold(&w);
    assert_stands(&w, seal, TRUST_COUNTS);
    assert_stands(&w, roll, TRUST_IRREGULAR);
    assert_true(world_has_key(&w, "hn-ae", ""));
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k-thief", 1, NULL, "2026-03-02")),
                     TRUST_UNKNOWN);
    free(good);

    /* The State gives the post another key, and it is the post's again. */
    size_t anew = world_post_of(&w, "HN", "hn-ae", "k2");
    world_fold(&w);
    assert_stands(&w, anew, TRUST_COUNTS);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    world_end(&w);
}

/* A State's key: by two of the root, and what it certified before stays. */
static void test_state_key_revoked(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t before = world_post_of(&w, "HN", "hn-ae", "k1");
    size_t thiefs = world_post_of(&w, "HN", "hn-false", "k-thief");
    size_t rolled =
        world_say(&w, "hn-state", "hn-dir", "2026-03-01", DIR_ROLL, "{'key':'%s'}", key_hex("k-x"));
    char *good =
        world_head((const uint8_t[CASE_NUMBER]){0}, w.acts[before].sequence, w.acts[before].id);
    size_t lone = world_say(&w, "r3", "ts", "2026-04-01", DIR_REVOKE, "{'key':'%s','heads':[%s]}",
                            key_hex("hn-state"), good);
    world_fold(&w);
    assert_stands(&w, lone, TRUST_WAITS); /* one of the root is not enough */
    assert_stands(&w, thiefs, TRUST_COUNTS);
    world_approve(&w, "r1", lone);
    world_fold(&w);
    assert_stands(&w, lone, TRUST_COUNTS);
    assert_stands(&w, before, TRUST_COUNTS);
    assert_stands(&w, thiefs, TRUST_IRREGULAR);
    assert_stands(&w, rolled, TRUST_IRREGULAR);
    assert_int_equal(trust_state_of(&w.trust, "HN")->key, TRUST_NONE);
    struct buf why = BUF_INIT;
    trust_explain_state(&w.trust, trust_state_of(&w.trust, "HN"), world_day("2026-04-02"), &why);
    assert_non_null(strstr(buf_text(&why), "was revoked on 1 April 2026."));
    assert_non_null(strstr(buf_text(&why), "up to 1 last good act;"));
    buf_release(&why);
    free(good);

    /* Another one by the root: good, and to be compared by telephone. */
    size_t anew = world_root(&w, "2026-04-02", DIR_STATE, "{'state':'HN','key':'%s','post':'%s'}",
                             key_hex("hn-state2"), post_hex("hn-dir"));
    world_fold(&w);
    assert_stands(&w, anew, TRUST_COUNTS);
    struct buf reasons = BUF_INIT;
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-04-03"), &reasons),
                     TRUST_NEEDS_CHECK);
    assert_non_null(strstr(buf_text(&reasons), "Honduras"));
    buf_release(&reasons);
    struct trust_check check = {
        .on = world_day("2026-04-03"), .called = "A", .number = "1", .by = "B"};
    memcpy(check.key, world_key("hn-state2"), TRUST_KEY);
    trust_add_check(&w.trust, &check);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-04-03"), NULL),
                     TRUST_NEEDS_CHECK);
    check.word = true;
    trust_add_check(&w.trust, &check);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-04-03"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_revoked_below_the_head),
        cmocka_unit_test(test_revoked_and_referred_to),
        cmocka_unit_test(test_who_vouches),
        cmocka_unit_test(test_revoked_and_released),
        cmocka_unit_test(test_only_its_state_revokes),
        cmocka_unit_test(test_thief_rolls_over),
        cmocka_unit_test(test_state_key_revoked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
