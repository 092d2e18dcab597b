/* SPDX-License-Identifier: MIT */
/* Whom one trusts: the fold of the directory, in any order, and against who would be trusted. */
#include "trust_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* ---- the root ---- */

static void test_root_is_two_of_three(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t lone =
        world_say(&w, "r1", "ts", "2026-01-02", DIR_STATE, "{'state':'HN','key':'%s','post':'%s'}",
                  key_hex("hn-state"), post_hex("hn-dir"));
    world_fold(&w);
    assert_stands(&w, 0, TRUST_COUNTS);
    assert_stands(&w, lone, TRUST_WAITS);
    assert_null(trust_state_of(&w.trust, "HN"));

    /* The same key again is one key; a key of no root is none. */
    size_t same = world_approve(&w, "r1", lone), thief = world_approve(&w, "thief", lone);
    world_fold(&w);
    assert_stands(&w, same, TRUST_IRREGULAR);
    assert_stands(&w, thief, TRUST_IRREGULAR);
    assert_stands(&w, lone, TRUST_WAITS);

    size_t other = world_approve(&w, "r3", lone);
    world_fold(&w);
    assert_stands(&w, other, TRUST_COUNTS);
    assert_stands(&w, lone, TRUST_COUNTS);
    assert_non_null(trust_state_of(&w.trust, "HN"));
    world_end(&w);
}

static void test_root_is_the_one_handed_over(void **state)
{
    char other[FINGERPRINT_SIZE];
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN");
    memcpy(other, w.trust.pinned, sizeof other);
    *w.trust.pinned = '\0';
    world_fold(&w);
    assert_stands(&w, 0, TRUST_WAITS);
    assert_stands(&w, hn, TRUST_WAITS);

    other[0] = other[0] == '9' ? '0' : (char)(other[0] + 1);
    memcpy(w.trust.pinned, other, sizeof other);
    world_fold(&w);
    assert_stands(&w, 0, TRUST_IRREGULAR);
    assert_null(trust_state_of(&w.trust, "HN"));
    world_end(&w);
}

/* Its keys are not enough: what they signed under another root is of that other root. */
static void test_root_signs_under_itself(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN");
    w.acts[hn].root[0] ^= 1;
    world_fold(&w);
    assert_stands(&w, hn, TRUST_IRREGULAR);
    world_end(&w);
}

static void test_approval_waits_for_what_it_approves(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN");
    world_leave_out(&w, hn);
    world_fold(&w);
    assert_stands(&w, hn + 1, TRUST_WAITS);
    world_end(&w);
}

/* ---- States and posts ---- */

static void test_state_certifies_its_posts(void **state)
{
    struct buf why = BUF_INIT;
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    world_fold(&w);
    assert_stands(&w, post, TRUST_COUNTS);
    assert_true(world_has_key(&w, "hn-ae", "k1"));
    const struct trust_post *p = trust_post_of(&w.trust, world_post("hn-ae"));
    assert_string_equal(p->state, "HN");
    assert_int_equal(p->level, TRUST_CERTIFIED);
    trust_explain(&w.trust, p, world_day("2026-03-01"), &why);
    assert_non_null(strstr(buf_text(&why), "Certified by Honduras on 3 January 2026."));
    assert_non_null(strstr(buf_text(&why), "two of the three root keys, on 2 January 2026."));
    assert_non_null(strstr(buf_text(&why), "Nobody here has compared"));
    buf_clear(&why);
    trust_explain_state(&w.trust, trust_state_of(&w.trust, "HN"), world_day("2026-03-01"), &why);
    assert_non_null(strstr(buf_text(&why), "The key of Honduras was signed by two of the three"));
    assert_non_null(strstr(buf_text(&why), "vouches for the posts of this State."));
    buf_release(&why);
    world_end(&w);
}

/* A State's key signs in the file that the root named for it, and nowhere else. */
static void test_state_key_signs_in_its_file(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    memcpy(w.acts[post].author, world_post("gt-dir"), POST_ID);
    world_fold(&w);
    assert_stands(&w, post, TRUST_WAITS);
    assert_true(world_has_key(&w, "hn-ae", ""));
    world_end(&w);
}

static void test_only_the_root_certifies_the_secretariat(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t false_one = world_say(&w, "hn-state", "hn-dir", "2026-01-03", DIR_POST,
                                 "{'post':'%s','key':'%s','code':'TS','name':'Secretariat',"
                                 "'country':'CR','city':'X','kind':'secretariat'}",
                                 post_hex("ts"), key_hex("k1"));
    size_t true_one = world_root(&w, "2026-01-03", DIR_POST,
                                 "{'post':'%s','key':'%s','code':'TS','name':'Secretariat',"
                                 "'country':'CR','city':'X','kind':'secretariat'}",
                                 post_hex("ts"), key_hex("k2"));
    size_t of_state = world_root(&w, "2026-01-03", DIR_POST,
                                 "{'post':'%s','key':'%s','code':'MX','name':'Mexico',"
                                 "'country':'AE','city':'X','kind':'consulate'}",
                                 post_hex("mx-ae"), key_hex("k3"));
    world_fold(&w);
    assert_stands(&w, false_one, TRUST_IRREGULAR);
    assert_stands(&w, true_one, TRUST_COUNTS);
    assert_stands(&w, of_state, TRUST_IRREGULAR);
    assert_true(trust_post_of(&w.trust, world_post("ts"))->secretariat);
    assert_null(trust_post_of(&w.trust, world_post("mx-ae")));
    world_end(&w);
}

/* A post id is of who certified it in the earlier version; until a version says, of nobody. */
static void test_post_claimed_by_another_state(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "GT");
    size_t ours = world_post_of(&w, "HN", "hn-ae", "k1");
    size_t claim = world_post_of(&w, "GT", "hn-ae", "k-claim");
    world_fold(&w);
    assert_stands(&w, ours, TRUST_IRREGULAR);
    assert_stands(&w, claim, TRUST_IRREGULAR);

    world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){ours, WORLD_ACTS});
    world_fold(&w);
    assert_stands(&w, ours, TRUST_COUNTS);
    assert_stands(&w, claim, TRUST_IRREGULAR);
    assert_true(world_has_key(&w, "hn-ae", "k1"));

    /* What its State says later holds too, before any version has it. */
    size_t again = world_post_of(&w, "HN", "hn-ae", "k2");
    world_fold(&w);
    assert_stands(&w, again, TRUST_COUNTS);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    world_end(&w);
}

/* ---- dispatches of a case ---- */

static void test_dispatch_by_whose_key(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_fold(&w);
    struct dispatch_facts d = world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    trust_judge(&w.trust, &d, 1);
    assert_int_equal(d.trust, TRUST_CERTIFIED);
    assert_string_equal(d.state, "HN");
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k2", 1, NULL, "2026-03-01")),
                     TRUST_UNKNOWN);
    assert_int_equal(world_judged(&w, world_dispatch("gt-ae", "k1", 1, NULL, "2026-03-01")),
                     TRUST_UNKNOWN);
    /* A State's key, a root's, speak in the directory alone. */
    assert_int_equal(world_judged(&w, world_dispatch("hn-dir", "hn-state", 1, NULL, "2026-03-01")),
                     TRUST_UNKNOWN);
    assert_int_equal(world_judged(&w, world_dispatch("ts", "r1", 1, NULL, "2026-03-01")),
                     TRUST_UNKNOWN);
    world_end(&w);
}

static void test_roll_over(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    size_t roll =
        world_say(&w, "k1", "hn-ae", "2026-03-01", DIR_ROLL, "{'key':'%s'}", key_hex("k2"));
    world_fold(&w);
    assert_stands(&w, roll, TRUST_COUNTS);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k2", 1, NULL, "2026-03-02")),
                     TRUST_CERTIFIED);
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k1", 1, NULL, "2026-05-30")),
                     TRUST_CERTIFIED);
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k1", 1, NULL, "2026-05-31")),
                     TRUST_QUARANTINED);
    size_t k2 = trust_post_of(&w.trust, world_post("hn-ae"))->key;
    assert_int_not_equal(w.trust.keys[k2].before, TRUST_NONE);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-05"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_end(&w);
}

/* A key gives way to one key. Who has it signs another one: neither counts, until a version or the
 * State says which. */
static void test_two_roll_overs(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    size_t good =
        world_say(&w, "k1", "hn-ae", "2026-03-01", DIR_ROLL, "{'key':'%s'}", key_hex("k2"));
    size_t thiefs =
        world_say(&w, "k1", "hn-ae", "2026-02-01", DIR_ROLL, "{'key':'%s'}", key_hex("k-thief"));
    w.acts[thiefs].sequence = w.acts[good].sequence; /* and in the same place */
    world_fold(&w);
    assert_stands(&w, good, TRUST_IRREGULAR);
    assert_stands(&w, thiefs, TRUST_IRREGULAR);
    world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){post, good, WORLD_ACTS});
    world_fold(&w);
    assert_stands(&w, good, TRUST_COUNTS);
    assert_stands(&w, thiefs, TRUST_IRREGULAR);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k-thief", 1, NULL, "2026-03-02")),
                     TRUST_UNKNOWN);
    world_end(&w);
}

/* ---- keys that change without a word of the one before ---- */

static void test_changed_key_needs_check(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_fold(&w);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_post_of(&w, "HN", "hn-ae", "k2");
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_CHECK);
    /* With the old one's signature it is no change to ask about. */
    world_say(&w, "k1", "hn-ae", "2026-01-04", DIR_ROLL, "{'key':'%s'}", key_hex("k2"));
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_end(&w);
}

/* ---- cards ---- */

static void test_card_is_unverified(void **state)
{
    struct trust_contact c = world_card("HN", "hn-ae", "k1");
    struct trust_check check = {.on = {2026, 3, 1}, .called = "A", .number = "1", .by = "B"};
    struct world w;
    (void)state;

    world_begin(&w);
    trust_add_contact(&w.trust, &c);
    world_fold(&w);
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")),
                     TRUST_UNVERIFIED);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_KEYS);
    memcpy(check.key, world_key("k2"), TRUST_KEY);
    trust_add_check(&w.trust, &check); /* of another key */
    world_fold(&w);
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")),
                     TRUST_UNVERIFIED);
    memcpy(check.key, world_key("k1"), TRUST_KEY);
    trust_add_check(&w.trust, &check);
    world_fold(&w);
    assert_int_equal(world_judged(&w, world_dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")),
                     TRUST_CHECKED);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);

    /* The directory has another key for the post than the card that was checked. */
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k3");
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k3"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-03-01"), NULL),
                     TRUST_NEEDS_CHECK);
    world_end(&w);
}

/* ---- sealing keys ---- */

static bool seals(const struct world *w, const char *post, const char *key)
{
    const struct trust_post *p = trust_post_of(&w->trust, world_post(post));

    return p->sealed && memcmp(p->sealing, world_key(key), TRUST_KEY) == 0;
}

static size_t sealing(struct world *w, const char *signer, const char *post, const char *key)
{
    return world_say(w, signer, post, "2026-03-01", DIR_SEALING,
                     "{'key':'%s','until':'2026-06-01'}", key_hex(key));
}

static void test_sealing_key(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    sealing(&w, "k1", "hn-ae", "s1");
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s1"));
    sealing(&w, "k1", "hn-ae", "s2");
    size_t foreign = sealing(&w, "k1", "hn-other", "s9");
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s2"));
    assert_stands(&w, foreign, TRUST_WAITS);
    world_say(&w, "k1", "hn-ae", "2026-03-01", DIR_ROLL, "{'key':'%s'}", key_hex("k2"));
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s2")); /* until the new key says another */
    sealing(&w, "k1", "hn-ae", "s-thief"); /* by who still has the old key */
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s2"));
    sealing(&w, "k2", "hn-ae", "s3");
    sealing(&w, "k1", "hn-ae", "s-thief");
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s3"));
    /* One that nobody can seal to is passed over. */
    world_say(&w, "k2", "hn-ae", "2026-03-02", DIR_SEALING, "{'key':'%064d','until':'2026-06-01'}",
              0);
    world_fold(&w);
    assert_true(seals(&w, "hn-ae", "s3"));
    world_end(&w);
}

static void test_recipients(void **state)
{
    const struct trust_post *out[8];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "GT");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_post_of(&w, "HN", "hn-dir", "k2");
    world_post_of(&w, "GT", "gt-ae", "k3");
    world_root(&w, "2026-01-03", DIR_POST,
               "{'post':'%s','key':'%s','code':'TS','name':'Secretariat','country':'CR',"
               "'city':'X','kind':'secretariat'}",
               post_hex("ts"), key_hex("k4"));
    world_fold(&w);
    assert_int_equal(trust_recipients(&w.trust, "HN", "AE", out, 8), 2);
    assert_int_equal(trust_recipients(&w.trust, "HN", "TH", out, 8), 1);
    assert_string_equal(out[0]->name, "hn-dir");
    assert_int_equal(trust_recipients(&w.trust, CODE_SECRETARIAT, "AE", out, 8), 1);
    assert_true(out[0]->secretariat);
    assert_int_equal(trust_recipients(&w.trust, "MX", "AE", out, 8), 0);
    world_revoke(&w, "gt-state", "gt-dir", "k3", "");
    world_fold(&w);
    assert_int_equal(trust_recipients(&w.trust, "GT", "AE", out, 8), 0);
    world_end(&w);
}

/* ---- who may have signed ---- */

static bool has_signer(const struct world *w, const char *author, bool directory, const char *key)
{
    uint8_t signer[TRUST_KEY], root[ROOT_SIZE];
    bool found = false;

    for (unsigned n = 0; trust_signer(&w->trust, world_post(author), directory, n, signer, root);
         n++) {
        assert_true(n < 100);
        found |= memcmp(signer, world_key(key), TRUST_KEY) == 0;
    }
    return found;
}

static void test_who_may_have_signed(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-dir", "k1");
    world_fold(&w);
    assert_true(has_signer(&w, "hn-dir", false, "k1"));
    assert_false(has_signer(&w, "hn-dir", false, "hn-state"));
    assert_true(has_signer(&w, "hn-dir", true, "hn-state"));
    assert_false(has_signer(&w, "ts", false, "r1"));
    assert_true(has_signer(&w, "ts", true, "r3"));
    world_end(&w);
}

/* ---- fingerprints ---- */

static void test_fingerprints(void **state)
{
    char a[FINGERPRINT_SIZE], b[FINGERPRINT_SIZE], c[FINGERPRINT_SIZE];
    (void)state;

    fingerprint_of_post("HN", world_post("hn-ae"), world_key("k1"), a);
    assert_int_equal(strlen(a), FINGERPRINT_SIZE - 1);
    assert_int_equal(strspn(a, "0123456789 "), FINGERPRINT_SIZE - 1);
    assert_string_not_equal(a, fingerprint_of_post("HN", world_post("hn-ae"), world_key("k2"), b));
    assert_string_not_equal(a, fingerprint_of_post("GT", world_post("hn-ae"), world_key("k1"), b));
    assert_string_not_equal(a, fingerprint_of_post("HN", world_post("hn-x"), world_key("k1"), b));
    assert_string_not_equal(a, fingerprint_of_state("HN", world_key("k1"), b));
    assert_true(fingerprint_parse(a, c));
    assert_string_equal(a, c);
    memcpy(b, a, sizeof b);
    b[5] = '-';
    assert_true(fingerprint_parse(b, c));
    assert_string_equal(a, c);
    b[7] = 'x';
    assert_false(fingerprint_parse(b, c));
    b[7] = '\0';
    assert_false(fingerprint_parse(b, c));
    assert_false(fingerprint_parse("12345 67890 12345 67890 12345 678901", c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_root_is_two_of_three),
        cmocka_unit_test(test_root_is_the_one_handed_over),
        cmocka_unit_test(test_root_signs_under_itself),
        cmocka_unit_test(test_approval_waits_for_what_it_approves),
        cmocka_unit_test(test_state_certifies_its_posts),
        cmocka_unit_test(test_state_key_signs_in_its_file),
        cmocka_unit_test(test_only_the_root_certifies_the_secretariat),
        cmocka_unit_test(test_post_claimed_by_another_state),
        cmocka_unit_test(test_dispatch_by_whose_key),
        cmocka_unit_test(test_roll_over),
        cmocka_unit_test(test_two_roll_overs),
        cmocka_unit_test(test_changed_key_needs_check),
        cmocka_unit_test(test_card_is_unverified),
        cmocka_unit_test(test_sealing_key),
        cmocka_unit_test(test_recipients),
        cmocka_unit_test(test_who_may_have_signed),
        cmocka_unit_test(test_fingerprints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
