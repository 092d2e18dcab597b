/* SPDX-License-Identifier: MIT */
/* Whom one trusts: the fold of the directory, in any order, and against who would be trusted. */
#include "trust_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const size_t nothing[] = {WORLD_ACTS};

static struct date day(const char *text)
{
    struct date date;

    assert_true(date_parse(text, &date));
    return date;
}

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
    trust_explain(&w.trust, p, day("2026-03-01"), &why);
    assert_non_null(strstr(buf_text(&why), "Certified by Honduras on 3 January 2026."));
    assert_non_null(strstr(buf_text(&why), "two of the three root keys, on 2 January 2026."));
    assert_non_null(strstr(buf_text(&why), "Nobody here has compared"));
    buf_clear(&why);
    trust_explain_state(&w.trust, trust_state_of(&w.trust, "HN"), day("2026-03-01"), &why);
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

/* One of the post `author` by `key`, at its place; linked to the one before in the list. */
static struct dispatch_facts dispatch(const char *author, const char *key, uint64_t sequence,
                                      const struct dispatch_facts *before, const char *on)
{
    static uint8_t number;
    struct dispatch_facts d = {.sequence = sequence, .case_id = {7}};
    char *at = xasprintf("%sT09:00:00+00:00", on);

    assert_true(instant_parse(at, &d.at));
    memcpy(d.author, world_post(author), POST_ID);
    memcpy(d.signer, world_key(key), TRUST_KEY);
    memset(d.id, ++number, ACT_ID_SIZE);
    if (before)
        memcpy(d.prev, before->id, sizeof d.prev);
    free(at);
    return d;
}

static enum trust judged(const struct world *w, struct dispatch_facts d)
{
    trust_judge(&w->trust, &d, 1);
    return d.trust;
}

static void test_dispatch_by_whose_key(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_fold(&w);
    struct dispatch_facts d = dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    trust_judge(&w.trust, &d, 1);
    assert_int_equal(d.trust, TRUST_CERTIFIED);
    assert_string_equal(d.state, "HN");
    assert_int_equal(judged(&w, dispatch("hn-ae", "k2", 1, NULL, "2026-03-01")), TRUST_UNKNOWN);
    assert_int_equal(judged(&w, dispatch("gt-ae", "k1", 1, NULL, "2026-03-01")), TRUST_UNKNOWN);
    /* A State's key, a root's, speak in the directory alone. */
    assert_int_equal(judged(&w, dispatch("hn-dir", "hn-state", 1, NULL, "2026-03-01")),
                     TRUST_UNKNOWN);
    assert_int_equal(judged(&w, dispatch("ts", "r1", 1, NULL, "2026-03-01")), TRUST_UNKNOWN);
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
    assert_int_equal(judged(&w, dispatch("hn-ae", "k2", 1, NULL, "2026-03-02")), TRUST_CERTIFIED);
    assert_int_equal(judged(&w, dispatch("hn-ae", "k1", 1, NULL, "2026-05-30")), TRUST_CERTIFIED);
    assert_int_equal(judged(&w, dispatch("hn-ae", "k1", 1, NULL, "2026-05-31")), TRUST_QUARANTINED);
    size_t k2 = trust_post_of(&w.trust, world_post("hn-ae"))->key;
    assert_int_not_equal(w.trust.keys[k2].before, TRUST_NONE);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-05"), NULL),
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
    assert_int_equal(judged(&w, dispatch("hn-ae", "k-thief", 1, NULL, "2026-03-02")),
                     TRUST_UNKNOWN);
    world_end(&w);
}

static struct trust_contact card(const char *state, const char *post, const char *key)
{
    struct trust_contact c = {
        .code = "C", .name = post, .country = "AE", .city = "X", .kind = "consulate"};

    memcpy(c.state, state, STATE_SIZE);
    memcpy(c.post, world_post(post), POST_ID);
    memcpy(c.key, world_key(key), TRUST_KEY);
    return c;
}

/* ---- revocation ---- */

static size_t revoke(struct world *w, const char *by, const char *author, const char *key,
                     const char *heads)
{
    return world_say(w, by, author, "2026-04-01", DIR_REVOKE,
                     "{'key':'%s','heads':[%s],'reason':'stolen'}", key_hex(key), heads);
}

static char *head(const uint8_t *case_id, uint64_t sequence, const uint8_t *id)
{
    struct buf out = BUF_INIT;

    buf_adds(&out, "{'case':'");
    for (size_t i = 0; i < CASE_NUMBER; i++)
        buf_addf(&out, "%02x", case_id[i]);
    buf_addf(&out, "','sequence':%llu,'hash':'", (unsigned long long)sequence);
    for (size_t i = 0; i < 16; i++)
        buf_addf(&out, "%02x", id[i]);
    buf_adds(&out, "'}");
    return buf_detach(&out);
}

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
    d[0] = dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = dispatch("hn-ae", "k1", 3, &d[1], "2026-02-01"); /* back-dated */
    d[3] = dispatch("hn-ae", "k1", 1, NULL, "2026-02-01");  /* in the place of the first */
    d[4] = dispatch("hn-ae", "k1", 2, &d[3], "2026-02-01"); /* and so on */
    d[5] = dispatch("hn-ae", "k1", 1, NULL, "2026-02-01");
    d[5].incarnation = 1; /* on a chain of a restored file */
    char *good = head(d[1].case_id, 2, d[1].id);
    size_t revoked = revoke(&w, "hn-state", "hn-dir", "k1", good);
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
    assert_int_equal(judged(&w, d[1]), TRUST_CERTIFIED);

    /* One that the links pass over, as it was for others: who got it may have referred to it. */
    struct dispatch_facts passed[] = {dispatch("hn-ae", "k1", 1, NULL, "2026-03-01"), d[1],
                                      dispatch("mx-ae", "k-mx", 1, NULL, "2026-03-01"), d[3]};
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
    revoke(&w, "hn-state", "hn-dir", "k1", "");
    world_fold(&w);
    d[0] = dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = dispatch("hn-ae", "k1", 3, &d[1], "2026-03-03"); /* the thief's own refers to it */
    d[3] = dispatch("mx-ae", "k-mx", 1, NULL, "2026-03-03");
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
    struct trust_contact c = card("GT", "gt-ae", "k-gt");
    struct dispatch_facts d[4];
    uint8_t first[1][ACT_ID_SIZE], second[1][ACT_ID_SIZE];
    struct world w;
    (void)state;

    world_begin(&w);
    trust_add_contact(&w.trust, &c);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    revoke(&w, "hn-state", "hn-dir", "k1", "");
    world_post_of(&w, "HN", "hn-ae", "k2"); /* the post's own, anew */
    world_fold(&w);
    d[0] = dispatch("hn-ae", "k1", 1, NULL, "2026-03-01");
    d[1] = dispatch("hn-ae", "k1", 2, &d[0], "2026-03-02");
    d[2] = dispatch("gt-ae", "k-gt", 1, NULL, "2026-03-03");
    d[3] = dispatch("hn-ae", "k2", 3, &d[1], "2026-03-03");
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
    revoke(&w, "hn-state", "hn-dir", "k1", "");
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
    size_t other = revoke(&w, "gt-state", "gt-dir", "k1", "");
    size_t itself = revoke(&w, "k1", "hn-ae", "k1", "");
    size_t root = world_root(&w, "2026-04-01", DIR_REVOKE, "{'key':'%s'}", key_hex("k1"));
    size_t unknown = revoke(&w, "hn-state", "hn-dir", "k-other", "");
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
    char *good = head((const uint8_t[CASE_NUMBER]){0}, w.acts[seal].sequence, w.acts[seal].id);
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k-thief")); /* nobody knows yet */
    revoke(&w, "hn-state", "hn-dir", "k1", good);
    world_fold(&w);
    assert_stands(&w, seal, TRUST_COUNTS);
    assert_stands(&w, roll, TRUST_IRREGULAR);
    assert_true(world_has_key(&w, "hn-ae", ""));
    assert_int_equal(judged(&w, dispatch("hn-ae", "k-thief", 1, NULL, "2026-03-02")),
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
    char *good = head((const uint8_t[CASE_NUMBER]){0}, w.acts[before].sequence, w.acts[before].id);
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
    trust_explain_state(&w.trust, trust_state_of(&w.trust, "HN"), day("2026-04-02"), &why);
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
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-04-03"), &reasons),
                     TRUST_NEEDS_CHECK);
    assert_non_null(strstr(buf_text(&reasons), "Honduras"));
    buf_release(&reasons);
    struct trust_check check = {.on = day("2026-04-03"), .called = "A", .number = "1", .by = "B"};
    memcpy(check.key, world_key("hn-state2"), TRUST_KEY);
    trust_add_check(&w.trust, &check);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-04-03"), NULL),
                     TRUST_NEEDS_CHECK);
    check.word = true;
    trust_add_check(&w.trust, &check);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-04-03"), NULL),
                     TRUST_NEEDS_NOTHING);
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
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_post_of(&w, "HN", "hn-ae", "k2");
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
                     TRUST_NEEDS_CHECK);
    /* With the old one's signature it is no change to ask about. */
    world_say(&w, "k1", "hn-ae", "2026-01-04", DIR_ROLL, "{'key':'%s'}", key_hex("k2"));
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k2"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);
    world_end(&w);
}

/* ---- cards ---- */

static void test_card_is_unverified(void **state)
{
    struct trust_contact c = card("HN", "hn-ae", "k1");
    struct trust_check check = {.on = {2026, 3, 1}, .called = "A", .number = "1", .by = "B"};
    struct world w;
    (void)state;

    world_begin(&w);
    trust_add_contact(&w.trust, &c);
    world_fold(&w);
    assert_int_equal(judged(&w, dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")), TRUST_UNVERIFIED);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
                     TRUST_NEEDS_KEYS);
    memcpy(check.key, world_key("k2"), TRUST_KEY);
    trust_add_check(&w.trust, &check); /* of another key */
    world_fold(&w);
    assert_int_equal(judged(&w, dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")), TRUST_UNVERIFIED);
    memcpy(check.key, world_key("k1"), TRUST_KEY);
    trust_add_check(&w.trust, &check);
    world_fold(&w);
    assert_int_equal(judged(&w, dispatch("hn-ae", "k1", 1, NULL, "2026-03-01")), TRUST_CHECKED);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
                     TRUST_NEEDS_NOTHING);

    /* The directory has another key for the post than the card that was checked. */
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k3");
    world_fold(&w);
    assert_true(world_has_key(&w, "hn-ae", "k3"));
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-03-01"), NULL),
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
    revoke(&w, "gt-state", "gt-dir", "k3", "");
    world_fold(&w);
    assert_int_equal(trust_recipients(&w.trust, "GT", "AE", out, 8), 0);
    world_end(&w);
}

/* ---- versions ---- */

static void test_versions(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    size_t one =
        world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){0, hn, hn + 1, WORLD_ACTS});
    size_t two = world_release(&w, 2, "2027-12-31", one, (const size_t[]){post, WORLD_ACTS});
    world_fold(&w);
    assert_int_equal(trust_version_now(&w.trust)->version, 2);
    assert_int_equal(world_act(&w, hn)->version, 1);
    assert_int_equal(world_act(&w, post)->version, 2);
    assert_false(trust_blocks_notes(&w.trust, NULL));
    assert_false(trust_is_expired(&w.trust, day("2027-12-31")));
    assert_true(trust_is_expired(&w.trust, day("2028-01-01")));

    /* An older one that comes again changes nothing; nor one that is valid for longer. */
    size_t replay = world_release(&w, 1, "2030-12-31", WORLD_ACTS, nothing);
    world_fold(&w);
    assert_stands(&w, replay, TRUST_IRREGULAR);
    assert_int_equal(trust_version_now(&w.trust)->version, 2);
    assert_stands(&w, two, TRUST_COUNTS);
    world_end(&w);
}

static void test_version_in_part(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN");
    size_t post = world_post_of(&w, "HN", "hn-ae", "k1");
    size_t one =
        world_release(&w, 1, "2026-12-31", WORLD_ACTS, (const size_t[]){0, hn, hn + 1, WORLD_ACTS});
    world_release(&w, 2, "2026-12-31", one, (const size_t[]){post, WORLD_ACTS});
    world_leave_out(&w, post);
    world_fold(&w);
    assert_int_equal(trust_version_now(&w.trust)->version, 1);
    assert_int_equal(trust_version_newest(&w.trust)->version, 2);
    assert_int_equal(trust_version_newest(&w.trust)->missing, 1);
    assert_true(trust_blocks_notes(&w.trust, NULL));
    w.left_count = 0;
    world_leave_out(&w, one);
    world_fold(&w);
    assert_null(trust_version_now(&w.trust));
    world_end(&w);
}

static void test_version_with_a_false_hash(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, nothing);
    size_t two = world_release(&w, 2, "2026-12-31", one, nothing);
    json_t *said = (json_t *)(uintptr_t)w.acts[two].payload;
    json_object_set_new(said, "until", json_string("2036-12-31"));
    world_fold(&w);
    assert_stands(&w, two, TRUST_IRREGULAR);
    assert_int_equal(trust_version_now(&w.trust)->version, 1);
    world_end(&w);
}

static void test_two_of_one_version(void **state)
{
    struct buf reasons = BUF_INIT;
    struct world w;
    (void)state;

    world_begin(&w);
    size_t hn = world_state(&w, "HN"), gt = world_state(&w, "GT");
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, nothing);
    size_t two = world_release(&w, 2, "2026-12-31", one, (const size_t[]){hn, WORLD_ACTS});
    size_t other = world_release(&w, 2, "2026-12-31", one, (const size_t[]){gt, WORLD_ACTS});
    world_fold(&w);
    assert_stands(&w, two, TRUST_WAITS);
    assert_stands(&w, other, TRUST_WAITS);
    assert_int_equal(trust_version_now(&w.trust)->version, 1);
    assert_true(trust_blocks_notes(&w.trust, &reasons));
    assert_non_null(strstr(buf_text(&reasons), "two directories of version 2"));
    world_release(&w, 3, "2026-12-31", two, (const size_t[]){gt, WORLD_ACTS});
    world_fold(&w);
    assert_stands(&w, two, TRUST_COUNTS);
    assert_stands(&w, other, TRUST_IRREGULAR);
    assert_false(trust_blocks_notes(&w.trust, NULL));
    assert_int_equal(trust_version_now(&w.trust)->version, 3);
    buf_release(&reasons);
    world_end(&w);
}

static void cites(struct world *w, const char *key, uint64_t version, const uint8_t *hash)
{
    struct dispatch_facts d = dispatch("hn-ae", key, 1, NULL, "2026-03-01");

    d.directory = version;
    memcpy(d.directory_hash, hash, DIRECTORY_HASH);
    trust_judge(&w->trust, &d, 1);
    trust_cite(&w->trust, &d);
}

static void test_cited_directories(void **state)
{
    static const uint8_t none[DIRECTORY_HASH];
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, nothing);
    world_release(&w, 3, "2026-12-31", one, nothing);
    world_fold(&w);
    cites(&w, "k1", 1, trust_version_numbered(&w.trust, 1)->hash);
    cites(&w, "k1", 3, trust_version_numbered(&w.trust, 3)->hash);
    cites(&w, "k1", 0, none);
    cites(&w, "k-unknown", 9, none); /* of somebody whom nobody knows */
    assert_false(trust_blocks_notes(&w.trust, NULL));
    cites(&w, "k1", 4, none);
    cites(&w, "k1", 4, none);
    assert_int_equal(w.trust.difference_count, 1);
    assert_int_equal(w.trust.differences[0].kind, DIFFERENCE_NEWER);
    cites(&w, "k1", 3, none);
    assert_int_equal(w.trust.differences[1].kind, DIFFERENCE_HASH);
    cites(&w, "k1", 2, none); /* a number that was passed over here */
    assert_int_equal(w.trust.differences[2].kind, DIFFERENCE_HASH);
    assert_true(trust_blocks_notes(&w.trust, NULL));

    world_fold(&w);
    trust_settle(&w.trust, 4, none);
    cites(&w, "k1", 4, none);
    assert_false(trust_blocks_notes(&w.trust, NULL));
    world_end(&w);
}

static void test_expired_directory(void **state)
{
    struct trust_check check = {.called = "A", .number = "1", .by = "B"};
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_post_of(&w, "HN", "hn-ae", "k1");
    world_release(&w, 1, "2026-06-30", WORLD_ACTS, nothing);
    world_fold(&w);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-06-30"), NULL),
                     TRUST_NEEDS_NOTHING);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-07-01"), NULL),
                     TRUST_NEEDS_CHECK);
    memcpy(check.key, world_key("k1"), TRUST_KEY);
    for (int word = 0; word < 2; word++) {
        check.word = word == 1;
        check.on = day("2026-06-01"); /* while it was valid */
        trust_add_check(&w.trust, &check);
    }
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-07-01"), NULL),
                     TRUST_NEEDS_CHECK);
    for (int word = 0; word < 2; word++) {
        check.word = word == 1;
        check.on = day("2026-07-01");
        trust_add_check(&w.trust, &check);
    }
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", day("2026-07-01"), NULL),
                     TRUST_NEEDS_CARE);
    world_end(&w);
}

/* ---- what States say of themselves ---- */

static void test_lists_of_offices(void **state)
{

    struct world w;
    char *ae = xasprintf("{'country':'AE','city':'X','kind':'embassy','able':%s}", "true");
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    world_state(&w, "GT");
    world_post_of(&w, "HN", "hn-dir", "k1");
    world_post_of(&w, "HN", "hn-ae", "k2");
    size_t first = world_say(&w, "k1", "hn-dir", "2026-03-01", DIR_OFFICES,
                             "{'on':'2026-03-01','more':true,'put':[%s]}", ae);
    world_fold(&w);
    assert_null(trust_state_of(&w.trust, "HN")->offices); /* it is not whole */
    size_t second = world_say(
        &w, "k1", "hn-dir", "2026-03-01", DIR_OFFICES,
        "{'on':'2026-03-01','after':'%s','put':[{'country':'TH','city':'Y','kind':'embassy',"
        "'able':false}]}",
        id_hex(&w, first));
    size_t third =
        world_say(&w, "hn-state", "hn-dir", "2026-03-05", DIR_OFFICES,
                  "{'on':'2026-03-05','after':'%s','gone':['AE X embassy']}", id_hex(&w, second));
    size_t post = world_say(&w, "k2", "hn-ae", "2026-03-06", DIR_OFFICES,
                            "{'on':'2026-03-06','put':[%s]}", ae); /* no directorate */
    size_t other = world_say(&w, "gt-state", "gt-dir", "2026-03-06", DIR_OFFICES,
                             "{'on':'2026-03-06','after':'%s','put':[%s]}", id_hex(&w, third), ae);
    world_fold(&w);
    assert_stands(&w, post, TRUST_WAITS);
    assert_stands(&w, other, TRUST_WAITS); /* goes on from another State's list */
    const struct trust_state *hn = trust_state_of(&w.trust, "HN");
    assert_ptr_equal(hn->offices, world_act(&w, third));
    json_t *lines = trust_offices(&w.trust, hn->offices);
    assert_int_equal(json_object_size(lines), 1);
    assert_non_null(json_object_get(lines, "TH Y embassy"));
    json_decref(lines);

    world_leave_out(&w, second);
    world_fold(&w);
    assert_stands(&w, third, TRUST_WAITS);
    assert_null(trust_state_of(&w.trust, "HN")->offices);
    free(ae);
    world_end(&w);
}

static void test_parties_and_status(void **state)
{
    struct world w;
    (void)state;

    world_begin(&w);
    world_state(&w, "HN");
    size_t one = world_root(&w, "2026-01-05", DIR_PARTY,
                            "{'state':'HN','since':'2026-01-01','source':'Note 1'}");
    size_t two = world_root(&w, "2026-01-04", DIR_PARTY,
                            "{'state':'HN','since':'2026-02-01','source':'Note 2'}");
    size_t self = world_say(&w, "hn-state", "hn-dir", "2026-01-06", DIR_PARTY,
                            "{'state':'HN','since':'2020-01-01','source':'Note 3'}");
    for (unsigned v = 1; v < 6; v++) /* it goes up alone */
        world_root(&w, "2026-01-05", DIR_MINIMUM, "{'version':%u}", v * 3 % 7);
    world_root(&w, "2026-01-05", DIR_INSTRUMENT, "{'status':'pilot'}");
    world_fold(&w);
    assert_stands(&w, one, TRUST_COUNTS);
    assert_stands(&w, self, TRUST_IRREGULAR);
    /* The last one of the chain, whatever its clock said. */
    assert_ptr_equal(trust_state_of(&w.trust, "HN")->party, world_act(&w, two));
    assert_int_equal(w.trust.minimum, 6);
    assert_non_null(w.trust.instrument);
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
        cmocka_unit_test(test_revoked_below_the_head),
        cmocka_unit_test(test_revoked_and_referred_to),
        cmocka_unit_test(test_who_vouches),
        cmocka_unit_test(test_revoked_and_released),
        cmocka_unit_test(test_only_its_state_revokes),
        cmocka_unit_test(test_thief_rolls_over),
        cmocka_unit_test(test_state_key_revoked),
        cmocka_unit_test(test_changed_key_needs_check),
        cmocka_unit_test(test_card_is_unverified),
        cmocka_unit_test(test_sealing_key),
        cmocka_unit_test(test_recipients),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_version_in_part),
        cmocka_unit_test(test_version_with_a_false_hash),
        cmocka_unit_test(test_two_of_one_version),
        cmocka_unit_test(test_cited_directories),
        cmocka_unit_test(test_expired_directory),
        cmocka_unit_test(test_lists_of_offices),
        cmocka_unit_test(test_parties_and_status),
        cmocka_unit_test(test_who_may_have_signed),
        cmocka_unit_test(test_fingerprints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
