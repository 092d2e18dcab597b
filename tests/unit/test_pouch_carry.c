/* SPDX-License-Identifier: MIT */
/*
 * Sending and receiving as a whole, where something goes wrong or somebody means harm: what was
 * tried is said at each test. The dispatches themselves are tried in test_store_incoming.c, the
 * envelope in test_pouch_envelope.c.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/carry.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustsay.h"
#include "network_kit.h"
#include "tests/harness/scratch.h"

static const struct network_story *const story = &network_stories[0];

/* The poll has been said, and nothing has gone. */
static char *begin(struct network *w)
{
    char *folder = xstrdup(kit_path("pouches"));

    network_begin(w, story, story->name, "run");
    mkdir(folder, 0700);
    while (network_say(w, AT_REQUESTING))
        network_later(w, 60);
    return folder;
}

static void end(struct network *w, char *folder)
{
    network_end(w);
    scratch_remove(folder);
}

/* All say what they can by now, send it and take it in, so often. */
static void go_round(struct network *w, const char *folder, int times)
{
    for (int n = 0; n < times; n++) {
        struct network_files files = {.count = 0};
        for (size_t i = 0; i < NETWORK_POSTS; i++) {
            while (network_say(w, (enum network_place)i))
                network_later(w, 60);
            if (n + 1 < times || i != AT_REQUESTING)
                network_send(w, (enum network_place)i, folder, false, true, &files);
        }
        for (size_t i = 0; i < NETWORK_POSTS; i++)
            network_receive(w, (enum network_place)i, (const char *const *)files.paths, files.count,
                            true);
        network_files_release(&files);
    }
    while (network_say(w, AT_REQUESTING))
        network_later(w, 60);
}

static void load_of(struct network *w, enum network_place at, struct carry_load *load)
{
    const struct carry_wish wish = {.receipts = true};

    MUST(carry_load(w->stores[at], &wish, load, err));
}

static void take(struct network *w, enum network_place at, const char *const *paths, size_t count,
                 struct carry_received *out)
{
    const struct carry_source source = {.paths = paths, .count = count};

    MUST(carry_receive(w->stores[at], &source, out, err));
}

/* Takes one file there, of which that must come. */
static struct carry_arrival take_one(struct network *w, enum network_place at, const char *path,
                                     enum carry_outcome outcome)
{
    struct carry_received received;

    take(w, at, &path, 1, &received);
    assert_int_equal(received.count, 1);
    if (received.list[0].outcome != outcome)
        fail_msg("%s: %s", carry_outcome_name(received.list[0].outcome), received.list[0].why);
    struct carry_arrival counts = received.list[0];
    carry_received_release(&received);
    return counts;
}

static int64_t kept(struct network *w, enum network_place at)
{
    int64_t count;

    MUST(db_number(w->stores[at], &count, 0, err,
                   "SELECT count(*) FROM dispatches WHERE ours = 0 AND case_id <> zeroblob(8)",
                   ""));
    return count;
}

static int64_t waiting(struct network *w, enum network_place at)
{
    int64_t count;

    MUST(db_number(w->stores[at], &count, 0, err,
                   "SELECT count(*) FROM deliveries WHERE acked_at IS NULL", ""));
    return count;
}

/* ---- what an attacker can make, who is a post with keys of its own ---- */

struct attacker {
    struct secret machine, signing;
};

static void attack_by(struct network *w, enum network_place at, struct attacker *a)
{
    MUST(identity_secret(w->stores[at], POST_KEY_MACHINE, NULL, &a->machine, err));
    MUST(identity_secret(w->stores[at], POST_KEY_SIGNING, NULL, &a->signing, err));
}

static void attack_ends(struct attacker *a)
{
    secret_free(&a->machine);
    secret_free(&a->signing);
}

/* Seals bytes to a post, whatever they are, into a file. */
static char *seal_to(struct network *w, const struct attacker *a, enum network_place to,
                     const char *folder, const struct buf *inner)
{
    struct buf pouch = BUF_INIT;
    char *path = xasprintf("%s/attack.pch", folder);

    MUST(envelope_seal(&pouch, w->stores[to]->post.sealing.key, 1, inner->data, inner->size,
                       a->machine.bytes, NULL, err));
    scratch_write(path, pouch.data, pouch.size);
    buf_release(&pouch);
    return path;
}

static void content_of(const struct content *c, struct buf *inner)
{
    buf_clear(inner);
    MUST(content_put(inner, c, err));
}

/* ---- a pouch that is passed on ---- */

/*
 * Mexico takes what it was sent out of its pouch, and seals it to others: to Costa Rica, which was
 * asked too, it is Honduras's word all the same; what was for Mexico alone is nobody else's.
 */
static void what_is_passed_on_stays_what_it_was(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct attacker mexico;
    struct carry_load load;
    struct buf inner = BUF_INIT;
    (void)state;

    attack_by(&w, AT_FIRST, &mexico);
    load_of(&w, AT_REQUESTING, &load);
    for (size_t i = 0; i < load.count; i++) {
        struct content passed = load.parcels[i].content;
        passed.receipt_count = 0;
        memcpy(passed.sender, w.stores[AT_FIRST]->post.author, AUTHOR);
        if (!strcmp(load.readers[i].code, "MXAUH") && passed.count) { /* the poll */
            content_of(&passed, &inner);
            char *path = seal_to(&w, &mexico, AT_SECOND, folder, &inner);
            struct carry_arrival a = take_one(&w, AT_SECOND, path, CARRY_TAKEN);
            assert_int_equal(a.taken.kept, 1);
            assert_int_equal(a.taken.recorded, 1);
            free(path);
        }
    }
    carry_load_release(&load);
    buf_release(&inner);
    attack_ends(&mexico);
    end(&w, folder);
}

/* What was for Mexico alone is nobody else's, though it is signed as it should be. */
static void what_is_for_another_is_not_kept(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct attacker mexico;
    struct carry_load load;
    struct buf inner = BUF_INIT;
    (void)state;

    attack_by(&w, AT_FIRST, &mexico);
    go_round(&w, folder, 2);
    load_of(&w, AT_REQUESTING, &load);
    int64_t before = kept(&w, AT_SECOND);
    bool tried = false;
    for (size_t i = 0; i < load.count; i++) {
        struct content passed = load.parcels[i].content;
        passed.receipt_count = 0;
        if (strcmp(load.readers[i].code, "MXAUH") != 0 || !passed.count)
            continue;
        content_of(&passed, &inner);
        char *path = seal_to(&w, &mexico, AT_SECOND, folder, &inner);
        struct carry_arrival a = take_one(&w, AT_SECOND, path, CARRY_TAKEN);
        assert_true(a.forwarded > 0);
        tried = true;
        free(path);
    }
    assert_true(tried);
    assert_true(kept(&w, AT_SECOND) <= before + 1); /* the choice, perhaps: it was asked */
    carry_load_release(&load);
    buf_release(&inner);
    attack_ends(&mexico);
    end(&w, folder);
}

/* ---- receipts ---- */

/* Costa Rica says in Mexico's name that Mexico has what it never got. */
static void receipts_of_another_count_for_nothing(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct attacker costa_rica;
    struct network_files files = {.count = 0};
    struct buf inner = BUF_INIT;
    uint8_t receipts[64][RECEIPT];
    struct content c = {.receipts = receipts};
    (void)state;

    attack_by(&w, AT_SECOND, &costa_rica);
    network_send(&w, AT_REQUESTING, folder, false, false, &files);
    bool failed;
    sqlite3_stmt *row =
        db_query(w.stores[AT_REQUESTING], NULL, "SELECT id FROM dispatches WHERE ours = 1", "");
    while (db_step(w.stores[AT_REQUESTING], row, &failed, NULL) && c.receipt_count < 64)
        memcpy(receipts[c.receipt_count++], sqlite3_column_blob(row, 0), RECEIPT);
    db_done(row);
    int64_t before = waiting(&w, AT_REQUESTING);
    assert_true(before > 0 && c.receipt_count > 0);

    memcpy(c.sender, w.stores[AT_FIRST]->post.author, AUTHOR);
    content_sign_receipts(&c, costa_rica.signing.bytes);
    content_of(&c, &inner);
    char *path = seal_to(&w, &costa_rica, AT_REQUESTING, folder, &inner);
    struct carry_arrival a = take_one(&w, AT_REQUESTING, path, CARRY_FORGED);
    assert_true(a.false_receipts);
    assert_int_equal(waiting(&w, AT_REQUESTING), before);

    /* In its own name it has what went to it, and no more. */
    memcpy(c.sender, w.stores[AT_SECOND]->post.author, AUTHOR);
    content_sign_receipts(&c, costa_rica.signing.bytes);
    content_of(&c, &inner);
    free(path);
    path = seal_to(&w, &costa_rica, AT_REQUESTING, folder, &inner);
    a = take_one(&w, AT_REQUESTING, path, CARRY_TAKEN);
    assert_true(a.receipts > 0);
    assert_int_equal(waiting(&w, AT_REQUESTING), before - (int64_t)a.receipts);
    free(path);
    buf_release(&inner);
    network_files_release(&files);
    attack_ends(&costa_rica);
    end(&w, folder);
}

/* ---- what is no content ---- */

/* Whatever is sealed to us: it is refused, said, and keeps nothing of what lies beside it. */
static void rubbish_that_is_sealed_keeps_nothing_back(void **state)
{
    static const char *const rubbish[] = {"x", "\x7f", "\x01\x01\x01\x01\x01\x01\x01",
                                          "not a content at all, but a long word of somebody"};
    struct network w;
    char *folder = begin(&w);
    struct attacker mexico;
    struct network_files files = {.count = 0};
    (void)state;

    attack_by(&w, AT_FIRST, &mexico);
    network_send(&w, AT_REQUESTING, folder, false, false, &files);
    for (size_t i = 0; i < ARRAY_SIZE(rubbish); i++) {
        struct carry_received received;
        struct buf inner = BUF_INIT;
        buf_adds(&inner, rubbish[i]);
        char *path = seal_to(&w, &mexico, AT_SECOND, folder, &inner);
        const char *all = folder;
        take(&w, AT_SECOND, &all, 1, &received);
        size_t refused = 0;
        for (size_t k = 0; k < received.count; k++)
            refused += received.list[k].outcome == CARRY_REFUSED && received.list[k].why;
        assert_int_equal(refused, 1);
        assert_int_equal(kept(&w, AT_SECOND), 1); /* the poll, which lay beside it */
        carry_received_release(&received);
        unlink(path);
        free(path);
        buf_release(&inner);
    }
    network_files_release(&files);
    attack_ends(&mexico);
    end(&w, folder);
}

/* ---- what cannot be written ---- */

/* The stick is full or gone: nothing counts as sent, and the next call sends it. */
static void what_was_not_written_was_not_sent(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct carry_load load;
    struct carry_files files;
    struct error err = ERROR_INIT;
    (void)state;

    load_of(&w, AT_REQUESTING, &load);
    struct carry_way way = {.route = ROUTE_FOLDER, .folder = "/nowhere/at/all"};
    assert_false(carry_write(w.stores[AT_REQUESTING], &load, &way, NULL, NULL, &files, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_int_equal(files.count, 0);
    assert_int_equal(waiting(&w, AT_REQUESTING), 0);
    size_t due = load.pouches.count;
    carry_files_release(&files);
    carry_load_release(&load);
    load_of(&w, AT_REQUESTING, &load);
    assert_int_equal(load.pouches.count, due);
    carry_load_release(&load);
    error_release(&err);
    end(&w, folder);
}

/* Given up after the first pouch: that one was sent, and the rest is still due. */
static bool once(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)total;
    return done < 1;
}

static void what_is_given_up_goes_on(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct carry_load load;
    struct carry_files files;
    struct error err = ERROR_INIT;
    const struct carry_way way = {.route = ROUTE_TEXT, .folder = folder};
    (void)state;

    load_of(&w, AT_REQUESTING, &load);
    size_t due = load.pouches.count;
    assert_true(due > 1);
    assert_false(carry_write(w.stores[AT_REQUESTING], &load, &way, once, NULL, &files, &err));
    assert_int_equal(files.count, 1);
    carry_files_release(&files);
    carry_load_release(&load);
    load_of(&w, AT_REQUESTING, &load);
    assert_int_equal(load.pouches.count, due - 1);
    carry_load_release(&load);
    error_release(&err);
    end(&w, folder);
}

/* Taking in is given up in the middle: what was taken is known the next time, and the rest comes.
 */
static bool twice(void *ctx, uint64_t done, uint64_t total)
{
    int *calls = ctx;

    (void)done;
    (void)total;
    return ++*calls < 3;
}

static void taking_in_is_given_up_and_goes_on(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct network_files files = {.count = 0};
    struct error why = ERROR_INIT;
    struct carry_received received;
    int calls = 0;
    const char *path = folder;
    struct carry_source source = {.paths = &path, .count = 1, .progress = twice, .ctx = &calls};
    (void)state;

    for (size_t i = 0; i < NETWORK_POSTS; i++)
        network_send(&w, (enum network_place)i, folder, true, true, &files);
    assert_false(carry_receive(w.stores[AT_CAPITAL], &source, &received, &why));
    assert_int_equal(why.kind, ERROR_FAILED);
    size_t some = received.count;
    assert_true(some < files.count);
    carry_received_release(&received);
    source.progress = NULL;
    MUST(carry_receive(w.stores[AT_CAPITAL], &source, &received, err));
    assert_int_equal(received.count, files.count);
    carry_received_release(&received);
    assert_int_equal(kept(&w, AT_CAPITAL), 2); /* what was told of a poll, and the poll */
    network_files_release(&files);
    error_release(&why);
    end(&w, folder);
}

/* ---- keys ---- */

/* What was sealed before the key was changed opens still. */
static void a_key_before_opens_still(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct network_files files = {.count = 0};
    (void)state;

    network_send(&w, AT_REQUESTING, folder, false, false, &files);
    MUST(trust_renew_sealing(w.stores[AT_SECOND], err));
    network_receive(&w, AT_SECOND, (const char *const *)files.paths, files.count, true);
    assert_int_equal(kept(&w, AT_SECOND), 1);

    /* And who hears of the new one seals to it. */
    network_files_release(&files);
    network_send(&w, AT_SECOND, folder, false, true, &files);
    network_receive(&w, AT_REQUESTING, (const char *const *)files.paths, files.count, true);
    const struct trusted *trust;
    MUST(store_trust(w.stores[AT_REQUESTING], &trust, err));
    assert_memory_equal(trust_post_of(trust, w.stores[AT_SECOND]->post.author)->sealing,
                        w.stores[AT_SECOND]->post.sealing.key, KEY);
    network_files_release(&files);
    end(&w, folder);
}

/* Some of what Mexico's pouch to Honduras has, alone in a file. */
static char *part_of(struct network *w, const struct attacker *mexico, const struct content *all,
                     size_t from, size_t count, const char *folder, const char *name)
{
    struct content part = *all;
    struct buf inner = BUF_INIT;

    part.dispatches += from;
    part.count = count;
    part.receipt_count = 0;
    content_of(&part, &inner);
    char *path = seal_to(w, mexico, AT_REQUESTING, folder, &inner);
    char *named = xasprintf("%s/%s", folder, name);
    assert_int_equal(rename(path, named), 0);
    buf_release(&inner);
    free(path);
    return named;
}

static size_t directory_acts(const struct content *c)
{
    static const uint8_t nothing[CASE_ID];
    size_t count = 0;
    struct core core;

    while (count < c->count && act_bytes_core(&c->dispatches[count], &core) &&
           memcmp(core.case_id, nothing, CASE_ID) == 0)
        count++;
    return count;
}

/* The answer lies in a file, the key that signs it in a later one, or before it in the same. */
static void a_key_may_come_with_what_it_signs(void **state)
{
    (void)state;
    for (int in_one = 0; in_one < 2; in_one++) {
        struct network w;
        char *folder = begin(&w);
        struct network_files files = {.count = 0};
        struct attacker mexico;
        struct carry_load load;
        const struct content *all = NULL;

        network_send(&w, AT_REQUESTING, folder, false, false, &files);
        network_receive(&w, AT_FIRST, (const char *const *)files.paths, files.count, true);
        for (size_t i = 0; i < files.count; i++)
            unlink(files.paths[i]);
        MUST(trust_roll_keys(w.stores[AT_FIRST], err));
        assert_true(network_say(&w, AT_FIRST));
        attack_by(&w, AT_FIRST, &mexico);
        load_of(&w, AT_FIRST, &load);
        for (size_t i = 0; i < load.count; i++)
            if (!strcmp(load.readers[i].code, "HNGLF"))
                all = &load.parcels[i].content;
        assert_non_null(all);
        size_t keys = directory_acts(all);
        assert_true(keys && keys < all->count);

        int64_t before = kept(&w, AT_REQUESTING);
        char *one = part_of(&w, &mexico, all, in_one ? 0 : keys, all->count - (in_one ? 0 : keys),
                            folder, "1.pch");
        char *two = NULL;
        if (!in_one) {
            take_one(&w, AT_REQUESTING, one, CARRY_FORGED); /* as far as its keys are known */
            assert_int_equal(kept(&w, AT_REQUESTING), before);
            two = part_of(&w, &mexico, all, 0, keys, folder, "2.pch");
        }
        struct carry_received received;
        const char *path = folder;
        take(&w, AT_REQUESTING, &path, 1, &received);
        assert_int_equal(received.count, in_one ? 1 : 2);
        for (size_t k = 0; k < received.count; k++)
            assert_int_equal(received.list[k].outcome, CARRY_TAKEN);
        assert_int_equal(kept(&w, AT_REQUESTING), before + (int64_t)(all->count - keys));
        carry_received_release(&received);
        free(one);
        free(two);
        carry_load_release(&load);
        network_files_release(&files);
        attack_ends(&mexico);
        end(&w, folder);
    }
}

/* ---- the directory ---- */

/* The root allows no pouch of this version any more: who still sends one is not read. */
static void an_older_version_than_allowed_is_refused(void **state)
{
    struct network w;
    char *folder = begin(&w);
    struct network_files files = {.count = 0};
    (void)state;

    network_send(&w, AT_REQUESTING, folder, false, false, &files);
    network_minimum(&w, AT_SECOND, ENVELOPE_VERSION + 1);
    struct carry_received received;
    take(&w, AT_SECOND, (const char *const *)files.paths, files.count, &received);
    bool refused = false;
    for (size_t k = 0; k < received.count; k++)
        refused |= received.list[k].outcome == CARRY_REFUSED;
    assert_true(refused);
    assert_int_equal(kept(&w, AT_SECOND), 0);
    carry_received_release(&received);
    network_files_release(&files);
    end(&w, folder);
}

static int found(void **state)
{
    kit_begin(state);
    network_found(story, story->name);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_passed_on_stays_what_it_was),
        cmocka_unit_test(what_is_for_another_is_not_kept),
        cmocka_unit_test(receipts_of_another_count_for_nothing),
        cmocka_unit_test(rubbish_that_is_sealed_keeps_nothing_back),
        cmocka_unit_test(what_was_not_written_was_not_sent),
        cmocka_unit_test(what_is_given_up_goes_on),
        cmocka_unit_test(taking_in_is_given_up_and_goes_on),
        cmocka_unit_test(a_key_before_opens_still),
        cmocka_unit_test(a_key_may_come_with_what_it_signs),
        cmocka_unit_test(an_older_version_than_allowed_is_refused),
    };

    return cmocka_run_group_tests(tests, found, kit_end);
}
