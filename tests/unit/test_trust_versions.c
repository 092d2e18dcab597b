/* SPDX-License-Identifier: MIT */
/* Versions of the directory, what others cite of them, and what States say in it of themselves. */
#include "trust_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

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
    assert_false(trust_is_expired(&w.trust, world_day("2027-12-31")));
    assert_true(trust_is_expired(&w.trust, world_day("2028-01-01")));

    /* An older one that comes again changes nothing; nor one that is valid for longer. */
    size_t replay = world_release(&w, 1, "2030-12-31", WORLD_ACTS, world_nothing);
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
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, world_nothing);
    size_t two = world_release(&w, 2, "2026-12-31", one, world_nothing);
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
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, world_nothing);
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
    struct dispatch_facts d = world_dispatch("hn-ae", key, 1, NULL, "2026-03-01");

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
    size_t one = world_release(&w, 1, "2026-12-31", WORLD_ACTS, world_nothing);
    world_release(&w, 3, "2026-12-31", one, world_nothing);
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
    world_release(&w, 1, "2026-06-30", WORLD_ACTS, world_nothing);
    world_fold(&w);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-06-30"), NULL),
                     TRUST_NEEDS_NOTHING);
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-07-01"), NULL),
                     TRUST_NEEDS_CHECK);
    memcpy(check.key, world_key("k1"), TRUST_KEY);
    for (int word = 0; word < 2; word++) {
        check.word = word == 1;
        check.on = world_day("2026-06-01"); /* while it was valid */
        trust_add_check(&w.trust, &check);
    }
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-07-01"), NULL),
                     TRUST_NEEDS_CHECK);
    for (int word = 0; word < 2; word++) {
        check.word = word == 1;
        check.on = world_day("2026-07-01");
        trust_add_check(&w.trust, &check);
    }
    assert_int_equal(trust_identity_needs(&w.trust, "HN", "AE", world_day("2026-07-01"), NULL),
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_version_in_part),
        cmocka_unit_test(test_version_with_a_false_hash),
        cmocka_unit_test(test_two_of_one_version),
        cmocka_unit_test(test_cited_directories),
        cmocka_unit_test(test_expired_directory),
        cmocka_unit_test(test_lists_of_offices),
        cmocka_unit_test(test_parties_and_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
