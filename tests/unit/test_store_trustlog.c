/* SPDX-License-Identifier: MIT */
/* The directory as a log in the files: of the Secretariat, of two directorates and their posts. */
#include "exchange_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/store/identity.h"
#include "amparo/store/keys.h"
#include "amparo/store/offices.h"
#include "amparo/store/trustsay.h"

static const struct kit_office guatemala = {"gtdir",       "GT", "GTGUA",
                                            "directorate", "GT", "Guatemala"};

/* The Secretariat's file, opened by each of its three officers; Honduras; a post of Costa Rica. */
struct network {
    struct store *ts, *luis, *eva;
    struct store *hn, *crdir, *cr;
    char root[FINGERPRINT_SIZE];
};

static void must(bool ok, const struct error *err)
{
    if (!ok)
        fail_msg("%s", error_text(err));
}

static void must_not(bool ok, struct error *err, enum error_kind kind, const char *part)
{
    assert_false(ok);
    if (err->kind != kind || !strstr(error_text(err), part))
        fail_msg("%d: %s", err->kind, error_text(err));
    error_release(err);
    error_init(err);
}

static struct card card_of(struct store *store, bool of_state)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct card card, read;

    must(trust_card(store, of_state, &card, &text, &err), &err);
    must(card_read(buf_text(&text), &read, &err), &err);
    card_release(&card);
    buf_release(&text);
    return read;
}

static char *card_text(struct store *store, bool of_state)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct card card;

    must(trust_card(store, of_state, &card, &text, &err), &err);
    card_release(&card);
    return buf_detach(&text);
}

/* All that counts in one file goes to another. */
static struct directory_taken carry(struct store *from, struct store *to)
{
    struct error err = ERROR_INIT;
    struct buf file = BUF_INIT;
    struct directory_acts acts;
    struct directory_taken taken;
    size_t count;

    must(store_directory_snapshot(from, &file, &count, &err), &err);
    must(directory_file_read(file.data, file.size, &acts, &err), &err);
    assert_int_equal(acts.count, count);
    must(store_directory_take(to, acts.list, acts.count, &taken, &err), &err);
    assert_int_equal(taken.strange, 0);
    directory_acts_release(&acts);
    buf_release(&file);
    return taken;
}

static void certify(struct network *n, struct store *directorate, struct store *approver)
{
    struct error err = ERROR_INIT;
    struct card card = card_of(directorate, true);
    uint8_t id[ACT_ID_SIZE];

    must(trust_certify(n->ts, &card, id, &err), &err);
    must(trust_approve(approver, id, &err), &err);
    card_release(&card);
}

static void release(struct network *n, const char *until)
{
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;
    struct date day;

    assert_true(date_parse(until, &day));
    must(trust_make_release(n->ts, day, id, &version, &err), &err);
    must(trust_approve(n->luis, id, &err), &err);
}

static struct network begin(void)
{
    static const char *const officers[ROOT_KEYS] = {"Ana PINEDA", "Luis", "Eva"};
    struct error err = ERROR_INIT;
    struct network n = {.ts = kit_office(&kit_secretariat)};
    uint8_t id[ACT_ID_SIZE];
    struct card card;
    bool changed;

    must(store_add_officer(n.ts, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    must(store_add_officer(n.ts, "Eva", ROLE_OFFICER, kit_eva, &err), &err);
    n.luis = kit_open(kit_secretariat.file, kit_luis);
    n.eva = kit_open(kit_secretariat.file, kit_eva);
    must(trust_make_keys(n.ts, &err), &err);
    must(trust_make_root(n.ts, officers, n.root, &err), &err);
    must(trust_certify_own(n.ts, id, &err), &err);
    must(trust_approve(n.eva, id, &err), &err);
    n.hn = kit_office(&kit_tegucigalpa);
    n.crdir = kit_office(&kit_san_jose);
    n.cr = kit_office(&kit_abu_dhabi);
    struct store *posts[] = {n.hn, n.crdir, n.cr};
    for (size_t i = 0; i < ARRAY_SIZE(posts); i++)
        must(trust_make_keys(posts[i], &err), &err);
    must(trust_make_state_key(n.hn, &err), &err);
    must(trust_make_state_key(n.crdir, &err), &err);
    certify(&n, n.hn, n.luis);
    certify(&n, n.crdir, n.eva);
    card = card_of(n.cr, false);
    must(trust_certify(n.crdir, &card, NULL, &err), &err);
    card_release(&card);
    for (size_t i = 0; i < ARRAY_SIZE(posts); i++) {
        carry(posts[i], n.ts);
        must(trust_set_root(posts[i], n.root, NULL, &changed, &err), &err);
        assert_false(changed);
    }
    release(&n, "2026-12-31");
    for (size_t i = 0; i < ARRAY_SIZE(posts); i++)
        carry(n.ts, posts[i]);
    return n;
}

static void end(struct network *n)
{
    struct store *stores[] = {n->ts, n->luis, n->eva, n->hn, n->crdir, n->cr};
    const struct kit_office *posts[] = {&kit_secretariat, &kit_tegucigalpa, &kit_san_jose,
                                        &kit_abu_dhabi};

    for (size_t i = 0; i < ARRAY_SIZE(stores); i++)
        store_close(stores[i]);
    for (size_t i = 0; i < ARRAY_SIZE(posts); i++)
        store_remove_file(kit_path(posts[i]->file));
}

static const struct trusted *trust(struct store *store)
{
    struct error err = ERROR_INIT;
    const struct trusted *t;

    must(store_trust(store, &t, &err), &err);
    return t;
}

static const struct trust_post *seen(struct store *by, struct store *whom)
{
    return trust_post_of(trust(by), whom->post.author);
}

/* ---- a network comes to be ---- */

static void test_all_trust_each_other(void **state)
{
    struct network n = begin();
    struct store *posts[] = {n.hn, n.crdir, n.cr};
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(posts); i++) {
        const struct trusted *t = trust(posts[i]);
        assert_int_equal(trust_version_now(t)->version, 1);
        assert_false(trust_blocks_notes(t, NULL));
        assert_int_equal(t->state_count, 2);
    }
    assert_int_equal(seen(n.hn, n.cr)->level, TRUST_CERTIFIED);
    assert_true(seen(n.hn, n.cr)->sealed);
    assert_string_equal(seen(n.hn, n.cr)->state, "CR");
    assert_int_equal(seen(n.cr, n.hn)->level, TRUST_CERTIFIED);
    assert_true(seen(n.hn, n.ts)->secretariat);
    assert_int_equal(seen(n.hn, n.ts)->level, TRUST_CERTIFIED);
    assert_true(seen(n.cr, n.cr)->own);

    /* Again and again nothing is new. */
    struct directory_taken taken = carry(n.ts, n.hn);
    assert_int_equal(taken.added + taken.waiting, 0);
    assert_true(taken.known > 0);
    end(&n);
}

static void test_one_of_the_root_is_not_enough(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct store *gt = kit_office(&guatemala);
    uint8_t id[ACT_ID_SIZE];
    (void)state;

    must(trust_make_keys(gt, &err), &err);
    must(trust_make_state_key(gt, &err), &err);
    struct card card = card_of(gt, true);
    must(trust_certify(n.ts, &card, id, &err), &err);
    must_not(trust_approve(n.ts, id, &err), &err, ERROR_REFUSED, "another officer");
    assert_null(trust_state_of(trust(n.ts), "GT"));
    must_not(trust_certify(n.hn, &card, id, &err), &err, ERROR_REFUSED, "its own State");
    must(trust_approve(n.eva, id, &err), &err);
    assert_non_null(trust_state_of(trust(n.ts), "GT"));
    must_not(trust_approve(n.luis, id, &err), &err, ERROR_INPUT, "already");
    card_release(&card);
    store_close(gt);
    store_remove_file(kit_path(guatemala.file));
    end(&n);
}

static void test_only_who_may(void **state)
{
    static const char *const officers[ROOT_KEYS] = {"Ana PINEDA", "Luis", "Eva"};
    struct error err = ERROR_INIT;
    struct network n = begin();
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;
    struct card card = card_of(n.cr, false);
    char root[FINGERPRINT_SIZE];
    (void)state;

    must_not(trust_certify(n.hn, &card, id, &err), &err, ERROR_REFUSED, "its own State");
    must_not(trust_certify(n.ts, &card, id, &err), &err, ERROR_REFUSED, "keys of States");
    must_not(trust_certify(n.cr, &card, id, &err), &err, ERROR_INPUT, "does not lie in this file");
    must_not(trust_make_state_key(n.cr, &err), &err, ERROR_REFUSED, "directorate");
    must_not(trust_make_root(n.hn, officers, root, &err), &err, ERROR_REFUSED, "Secretariat");
    must_not(trust_make_release(n.hn, (struct date){2027, 1, 1}, id, &version, &err), &err,
             ERROR_REFUSED, "of the root");
    must_not(trust_revoke(n.hn, card.key, NULL, "stolen", id, &err), &err, ERROR_REFUSED,
             "another State");
    must_not(trust_make_keys(n.cr, &err), &err, ERROR_INPUT, "already");
    card_release(&card);
    end(&n);
}

/* ---- the root that is set ---- */

static void test_root_changes_loudly(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    char other[FINGERPRINT_SIZE];
    bool changed;
    (void)state;

    memcpy(other, n.root, sizeof other);
    other[0] = other[0] == '9' ? '0' : (char)(other[0] + 1);
    must(store_add_officer(n.cr, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    struct store *luis = kit_open(kit_abu_dhabi.file, kit_luis);
    must_not(trust_set_root(luis, other, NULL, &changed, &err), &err, ERROR_REFUSED, n.root);
    must(trust_set_root(luis, n.root, NULL, &changed, &err), &err);
    assert_false(changed);
    must(trust_set_root(n.cr, other, "a new card", &changed, &err), &err);
    assert_true(changed);
    assert_false(trust(n.cr)->rooted);
    assert_null(seen(n.cr, n.hn)); /* nothing of the old one counts */
    /* What is on its way was signed under the one before, and can still be checked. */
    uint8_t signer[KEY], root[ROOT], under[ROOT];
    bool found = false;
    memcpy(under, trust(n.hn)->root, ROOT);
    for (unsigned i = 0; trust_signer(trust(n.cr), n.cr->post.author, false, i, signer, root); i++)
        found |= memcmp(root, under, ROOT) == 0;
    assert_true(found);
    must(trust_set_root(n.cr, n.root, "it was false", &changed, &err), &err);
    assert_int_equal(seen(n.cr, n.hn)->level, TRUST_CERTIFIED);
    store_close(luis);
    end(&n);
}

/* What a file has itself: for what is offered in it, and to whom. */
static void test_what_lies_here(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct trust_own own;
    (void)state;

    must(store_trust_own(n.ts, &own, &err), &err);
    assert_true(own.of_root && !own.state_key);
    must(store_trust_own(n.hn, &own, &err), &err);
    assert_true(own.state_key && !own.of_root);
    assert_memory_equal(own.key, trust(n.hn)->keys[trust_state_of(trust(n.hn), "HN")->key].key,
                        KEY);
    must(store_trust_own(n.cr, &own, &err), &err);
    assert_true(!own.state_key && !own.of_root);
    assert_string_equal(own.root, n.root);
    assert_string_equal(own.root_by, "Ana PINEDA");
    assert_int_equal(date_compare(own.root_on, (struct date){2026, 3, 12}), 0);
    end(&n);
}

/* ---- cards and calls ---- */

static void test_cards_and_calls(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct store *gt = kit_office(&guatemala);
    char *text = card_text(gt, false);
    struct buf why = BUF_INIT;
    (void)state;

    must(trust_take_card(n.hn, text, &err), &err);
    const struct trust_post *p = seen(n.hn, gt);
    assert_int_equal(p->level, TRUST_UNVERIFIED);
    assert_true(p->sealed);
    assert_string_equal(p->state, "GT");
    must(trust_note_check(n.hn, gt->post.signing.key, "María Tax", "+502 2410 0000", &err), &err);
    p = seen(n.hn, gt);
    assert_int_equal(p->level, TRUST_CHECKED);
    trust_explain(trust(n.hn), p, (struct date){2026, 3, 12}, &why);
    assert_non_null(strstr(buf_text(&why), "Ana PINEDA called María Tax at +502 2410 0000"));
    buf_release(&why);
    must_not(trust_take_card(gt, text, &err), &err, ERROR_INPUT, "itself");

    /* Every character of it counts. */
    for (size_t i = 0, size = strlen(text); i < size; i += 7) {
        char kept = text[i];
        text[i] = kept == 'A' ? 'B' : 'A';
        if (text[i] != kept)
            must_not(trust_take_card(n.cr, text, &err), &err, ERROR_INPUT, "no key card");
        text[i] = kept;
    }
    text[strlen(text) - 1] = '\0';
    must_not(trust_take_card(n.cr, text, &err), &err, ERROR_INPUT, "no key card");
    free(text);
    store_close(gt);
    store_remove_file(kit_path(guatemala.file));
    end(&n);
}

/* ---- keys that change ---- */

static void test_keys_roll(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    uint8_t before[KEY];
    (void)state;

    memcpy(before, n.cr->post.signing.key, KEY);
    must(trust_roll_keys(n.cr, &err), &err);
    assert_memory_not_equal(before, n.cr->post.signing.key, KEY);
    carry(n.cr, n.hn);
    const struct trusted *t = trust(n.hn);
    const struct trust_post *p = seen(n.hn, n.cr);
    assert_memory_equal(t->keys[p->key].key, n.cr->post.signing.key, KEY);
    assert_memory_equal(p->sealing, n.cr->post.sealing.key, KEY);
    assert_int_equal(trust_identity_needs(t, "CR", "AE", (struct date){2026, 3, 12}, NULL),
                     TRUST_NEEDS_NOTHING);
    /* The old secret is gone: nobody can take it any more. */
    struct secret secret;
    must_not(identity_secret(n.cr, POST_KEY_SIGNING, before, &secret, &err), &err, ERROR_INPUT,
             "destroyed");

    must(trust_renew_sealing(n.cr, &err), &err);
    carry(n.cr, n.hn);
    assert_memory_equal(seen(n.hn, n.cr)->sealing, n.cr->post.sealing.key, KEY);

    /* What we signed by it stays ours, certified or not. */
    struct store *gt = kit_office(&guatemala);
    struct dispatch_facts facts = {.sequence = 1};
    memcpy(facts.author, gt->post.author, POST_ID);
    memcpy(facts.signer, gt->post.signing.key, KEY);
    instant_parse("2026-03-12T12:00:00-06:00", &facts.at);
    must(trust_make_keys(gt, &err), &err);
    must(trust_roll_keys(gt, &err), &err);
    trust_judge(trust(gt), &facts, 1);
    assert_int_equal(facts.trust, TRUST_CERTIFIED);
    assert_memory_equal(trust(gt)->keys[seen(gt, gt)->key].key, gt->post.signing.key, KEY);
    store_close(gt);
    store_remove_file(kit_path(guatemala.file));

    /* Who leaves may know its secret. */
    bool owed;
    must(store_add_officer(n.crdir, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    must(trust_state_key_owed(n.crdir, &owed, &err), &err);
    assert_false(owed);
    must(store_remove_officer(n.crdir, "Luis", NULL, NULL, &err), &err);
    must(trust_state_key_owed(n.crdir, &owed, &err), &err);
    assert_true(owed);
    must(trust_make_state_key(n.crdir, &err), &err); /* another one, by the one before */
    must(trust_state_key_owed(n.crdir, &owed, &err), &err);
    assert_false(owed);
    carry(n.crdir, n.hn);
    t = trust(n.hn);
    size_t key = trust_state_of(t, "CR")->key;
    assert_memory_equal(t->keys[key].key, n.crdir->post.trust.state_key, KEY);
    assert_int_equal(seen(n.hn, n.cr)->level, TRUST_CERTIFIED);
    end(&n);
}

static void test_key_is_revoked(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    uint8_t id[ACT_ID_SIZE], key[KEY];
    (void)state;

    memcpy(key, n.cr->post.signing.key, KEY);
    json_t *heads = trust_heads(n.crdir, n.cr->post.author, key, &err);
    assert_non_null(heads);
    assert_int_equal(json_array_size(heads), 1); /* of the directory: its sealing key */
    must(trust_roll_keys(n.cr, &err), &err);     /* by a thief, say */
    carry(n.cr, n.hn);
    assert_memory_not_equal(trust(n.hn)->keys[seen(n.hn, n.cr)->key].key, key, KEY);
    must(trust_revoke(n.crdir, key, heads, "stolen", id, &err), &err);
    carry(n.crdir, n.hn);
    assert_int_equal(seen(n.hn, n.cr)->key, TRUST_NONE);
    assert_int_equal(seen(n.hn, n.cr)->level, TRUST_QUARANTINED);
    json_decref(heads);
    end(&n);
}

/* ---- what goes over into the directory of the cases ---- */

static const struct directory_state *of(const struct directory_states *states, const char *state)
{
    for (size_t i = 0; i < states->count; i++)
        if (strcmp(states->list[i].state, state) == 0)
            return &states->list[i];
    return NULL;
}

static void test_list_goes_over(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct missions missions;
    (void)state;

    for (int i = 0; i < 40; i++) {
        char *text = xasprintf("{'country': 'AE', 'city': 'City %02d', 'kind': 'consulate', "
                               "'able': true, 'phone': '+9715012345%02d'}",
                               i, i);
        json_t *office = kit_json(text);
        must(store_office_put(n.crdir, NULL, office, 0, &err), &err);
        json_decref(office);
        free(text);
    }
    must(store_office_remove(n.crdir, "AE City 07 consulate", &err), &err);
    struct directory_taken taken = carry(n.crdir, n.hn);
    assert_int_equal(taken.changed, 1);
    must(store_directory_missions(n.hn, "CR", NULL, &missions, &err), &err);
    assert_int_equal(missions.count, 39);
    assert_int_equal(missions.list[0].source, SOURCE_OFFICIAL);
    missions_release(&missions);
    assert_int_equal(carry(n.crdir, n.hn).changed, 0);

    /* A whole list at once, as from a table, goes in parts and counts with the last. */
    must(store_directory_missions(n.crdir, "CR", NULL, &missions, &err), &err);
    for (size_t i = 0; i < missions.count; i++) {
        free(missions.list[i].phone);
        missions.list[i].phone = xstrdup("+97150999");
    }
    struct import_changes changes;
    must(store_directory_import(n.crdir, &missions, false, &changes, &err), &err);
    import_changes_release(&changes);
    missions_release(&missions);
    carry(n.crdir, n.hn);
    must(store_directory_missions(n.hn, "CR", NULL, &missions, &err), &err);
    assert_int_equal(missions.count, 39);
    for (size_t i = 0; i < missions.count; i++)
        assert_string_equal(missions.list[i].phone, "+97150999");
    missions_release(&missions);
    end(&n);
}

static void test_focal_and_party_go_over(void **state)
{
    const char *const focal[FOCAL_KEYS] = {
        [FOCAL_EMAIL] = "focal@example.cr", [FOCAL_PHONE] = "+50625395300"};
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct directory_states states;
    struct buf diff = BUF_INIT;
    (void)state;

    must(store_directory_set_focal(n.crdir, "CR", focal, &err), &err);
    must(store_directory_set_focal(n.crdir, "HN", focal, &err), &err); /* not ours to say */
    must(store_directory_set_party(n.ts, "CR", (struct date){2026, 1, 1}, NULL, "Note 1", &err),
         &err);
    must(store_directory_set_instrument(n.ts, INSTRUMENT_PILOT, NULL, &err), &err);
    carry(n.crdir, n.ts);
    carry(n.ts, n.hn);
    must(store_directory_states(n.hn, &states, &err), &err);
    assert_null(of(&states, "CR")->source); /* nobody approved it yet */
    assert_string_equal(of(&states, "CR")->focal[FOCAL_EMAIL], "focal@example.cr");
    assert_true(!of(&states, "HN") || !of(&states, "HN")->focal_said);
    directory_states_release(&states);

    const struct trusted *t = trust(n.luis);
    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].standing == TRUST_WAITS && t->acts[i].by[0]) {
            must(trust_approve(n.luis, t->acts[i].act.id, &err), &err);
            t = trust(n.luis);
            i = 0;
        }
    release(&n, "2027-06-30");
    carry(n.ts, n.hn);
    must(store_directory_states(n.hn, &states, &err), &err);
    assert_non_null(of(&states, "CR")->source);
    assert_string_equal(of(&states, "CR")->source, "Note 1 (directory, version 2)");
    directory_states_release(&states);
    must(store_directory_diff(n.hn, 1, 2, &diff, &err), &err);
    assert_non_null(strstr(buf_text(&diff), "Costa Rica since 1 January 2026"));
    assert_non_null(strstr(buf_text(&diff), "focal@example.cr"));
    buf_clear(&diff);
    must(store_directory_diff(n.hn, 2, 0, &diff, &err), &err);
    assert_null(strstr(buf_text(&diff), "focal@example.cr"));
    must_not(store_directory_diff(n.hn, 1, 7, &diff, &err), &err, ERROR_INPUT, "version 7");
    buf_release(&diff);
    end(&n);
}

/* ---- what somebody lacks; old and false directories ---- */

static void test_missing(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    const struct trust_version *one = trust_version_now(trust(n.hn));
    uint8_t hash[DIRECTORY_HASH];
    struct directory_acts acts, all;
    (void)state;

    memcpy(hash, one->hash, DIRECTORY_HASH);
    must(store_directory_missing(n.ts, 1, hash, &acts, &err), &err);
    assert_int_equal(acts.count, 2); /* the release itself and its approval */
    directory_acts_release(&acts);
    must(trust_renew_sealing(n.cr, &err), &err);
    carry(n.cr, n.ts);
    must(store_directory_missing(n.ts, 1, hash, &acts, &err), &err);
    assert_int_equal(acts.count, 3);
    directory_acts_release(&acts);
    hash[0] ^= 1;
    must(store_directory_missing(n.ts, 1, hash, &acts, &err), &err);
    must(store_directory_missing(n.ts, 0, hash, &all, &err), &err);
    assert_int_equal(acts.count, all.count);
    directory_acts_release(&acts);
    directory_acts_release(&all);
    end(&n);
}

static void test_old_directory_again(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct directory_acts old;
    struct buf file = BUF_INIT;
    struct directory_taken taken;
    size_t count;
    (void)state;

    must(store_directory_snapshot(n.ts, &file, &count, &err), &err);
    must(directory_file_read(file.data, file.size, &old, &err), &err);
    must(trust_renew_sealing(n.cr, &err), &err);
    carry(n.cr, n.ts);
    release(&n, "2027-12-31");
    carry(n.ts, n.hn);
    assert_int_equal(trust_version_now(trust(n.hn))->version, 2);
    must(store_directory_take(n.hn, old.list, old.count, &taken, &err), &err);
    assert_int_equal(taken.known, old.count);
    assert_int_equal(trust_version_now(trust(n.hn))->version, 2);
    assert_memory_equal(seen(n.hn, n.cr)->sealing, n.cr->post.sealing.key, KEY);
    directory_acts_release(&old);
    buf_release(&file);
    end(&n);
}

/* What was changed on the way is none of the directory's; what nobody knows does not fill a file.
 */
static void test_forged_and_unknown(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct store *gt = kit_office(&guatemala);
    struct directory_acts acts;
    struct directory_taken taken;
    struct buf file = BUF_INIT;
    size_t count;
    (void)state;

    must(store_directory_snapshot(n.ts, &file, &count, &err), &err);
    must(directory_file_read(file.data, file.size, &acts, &err), &err);
    for (size_t i = 0; i < acts.count; i++) {
        acts.list[i].signature[3] ^= 1;
    }
    struct store *fresh = n.cr;
    must(store_directory_take(fresh, acts.list, acts.count, &taken, &err), &err);
    assert_int_equal(taken.known, acts.count); /* by their ids: nothing of them is looked at */
    must(trust_make_keys(gt, &err), &err);
    must(store_directory_take(gt, acts.list, acts.count, &taken, &err), &err);
    assert_int_equal(taken.strange, acts.count);
    assert_int_equal(taken.added + taken.waiting, 0);
    directory_acts_release(&acts);
    buf_release(&file);

    for (int i = 0; i < DIRECTORY_UNCOUNTED + 5; i++) {
        must(trust_renew_sealing(gt, &err), &err);
        if (i % 16 == 15)
            store_set_now(gt, "2026-09-12T12:00:00-06:00");
    }
    taken = carry(gt, n.hn);
    assert_int_equal(taken.waiting, DIRECTORY_UNCOUNTED);
    assert_true(taken.over > 0);
    store_close(gt);
    store_remove_file(kit_path(guatemala.file));
    end(&n);
}

static void test_file_is_read_strictly(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct directory_acts acts;
    struct buf file = BUF_INIT;
    size_t count;
    (void)state;

    must(store_directory_snapshot(n.ts, &file, &count, &err), &err);
    for (size_t size = 0; size < file.size; size += 31)
        must_not(directory_file_read(file.data, size, &acts, &err), &err, ERROR_INPUT,
                 "no directory");
    buf_release(&file);
    end(&n);
}

/* ---- warnings ---- */

static void test_warnings(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    struct buf out = BUF_INIT;
    (void)state;

    must(store_directory_warnings(n.hn, &out, &err), &err);
    assert_int_equal(out.size, 0);
    store_set_now(n.hn, "2026-12-20T12:00:00-06:00");
    must(store_directory_warnings(n.hn, &out, &err), &err);
    assert_non_null(strstr(buf_text(&out), "is valid until 2026-12-31"));
    buf_clear(&out);
    store_set_now(n.hn, "2027-01-01T12:00:00-06:00");
    must(store_directory_warnings(n.hn, &out, &err), &err);
    assert_non_null(strstr(buf_text(&out), "was valid until 2026-12-31"));
    buf_release(&out);
    end(&n);
}

/* What is undone has not been: also in what is remembered of the file. */
static void test_undone(void **state)
{
    struct error err = ERROR_INIT;
    struct network n = begin();
    uint8_t sealing[KEY];
    (void)state;

    memcpy(sealing, n.cr->post.sealing.key, KEY);
    must(store_batch_begin(n.cr, &err), &err);
    must(trust_renew_sealing(n.cr, &err), &err);
    assert_memory_not_equal(seen(n.cr, n.cr)->sealing, sealing, KEY);
    assert_false(store_batch_end(n.cr, false, &err));
    assert_memory_equal(seen(n.cr, n.cr)->sealing, sealing, KEY);
    assert_memory_equal(n.cr->post.sealing.key, sealing, KEY);

    /* Who holds it keeps it, whatever is tried in between and given up. */
    const struct trusted *held = trust(n.cr);
    size_t posts = held->post_count;
    must(store_batch_begin(n.cr, &err), &err);
    assert_false(store_batch_end(n.cr, false, &err));
    assert_int_equal(held->post_count, posts);
    assert_non_null(trust_post_of(held, n.hn->post.author));
    end(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_trust_each_other),
        cmocka_unit_test(test_one_of_the_root_is_not_enough),
        cmocka_unit_test(test_only_who_may),
        cmocka_unit_test(test_root_changes_loudly),
        cmocka_unit_test(test_what_lies_here),
        cmocka_unit_test(test_cards_and_calls),
        cmocka_unit_test(test_keys_roll),
        cmocka_unit_test(test_key_is_revoked),
        cmocka_unit_test(test_list_goes_over),
        cmocka_unit_test(test_focal_and_party_go_over),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_old_directory_again),
        cmocka_unit_test(test_forged_and_unknown),
        cmocka_unit_test(test_file_is_read_strictly),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_undone),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
