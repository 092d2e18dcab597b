/* SPDX-License-Identifier: MIT */
/*
 * Who can open a case file, and what of it is written down: passphrases, officers who leave,
 * recovery and its rehearsal, escrow, new data keys; and acts about these by who may not.
 */
#include "store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/store/draft.h"
#include "amparo/store/keys.h"
#include "amparo/base/state.h"
#include "amparo/store/log.h"
#include "amparo/store/ownslot.h"
#include "amparo/store/verify.h"

static void verified(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    assert_string_equal(buf_text(&verified.notes), "");
    buf_release(&verified.notes);
}

static void must(bool ok, struct error *err)
{
    if (!ok)
        fail_msg("%s", error_text(err));
}

static void refused(bool ok, struct error *err, enum error_kind kind, const char *part)
{
    assert_false(ok);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(err));
    error_release(err);
}

static int64_t acts_of(struct store *store, unsigned kind)
{
    int64_t count;

    assert_true(db_number(store, &count, 0, NULL, "SELECT count(*) FROM acts WHERE kind = ?", "i",
                          (int64_t)kind));
    return count;
}

static bool count_steps(void *ctx, uint64_t done, uint64_t total)
{
    assert_true(done <= total);
    ++*(int *)ctx;
    return true;
}

static void rekeyed(void **state)
{
    struct store *store = kit_create("rekeyed"), *other;
    struct error err = ERROR_INIT;
    int steps = 0;
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_CLERK, kit_luis, &err), &err);
    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    other = kit_open("rekeyed", kit_luis);
    refused(store_rekey(store, REKEY_ERASED, NULL, NULL, &err), &err, ERROR_FAILED,
            "another program");
    verified(store); /* it goes on with the old one */
    store_close(other);
    must(store_rekey(store, REKEY_ERASED, count_steps, &steps, &err), &err);
    assert_true(steps > 1);
    assert_int_equal(acts_of(store, POST_REKEYED), 1);
    verified(store);
    kit_record(store, "HNTGU-2026-0001", ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}");
    store_close(store);
    store = kit_open("rekeyed", kit_luis);
    assert_string_equal(store_officer(store)->name, "Luis");
    must(store_rekey(store, REKEY_SEEN, NULL, NULL, &err), &err);
    assert_int_equal(acts_of(store, POST_REKEYED), 2);
    verified(store);
    store_close(store);
}

/* ---- passphrases ---- */

static const struct rekey_ask here = {false, NULL, NULL}, anew = {true, NULL, NULL};

static int64_t drafts_of(struct store *store)
{
    struct drafts drafts;
    struct error err = ERROR_INIT;

    must(store_draft_list(store, NULL, &drafts, &err), &err);
    int64_t count = (int64_t)drafts.count;
    drafts_release(&drafts);
    return count;
}

static void begin_draft(struct store *store, const char *text)
{
    struct error err = ERROR_INIT;
    int64_t draft;

    must(store_draft_open(store, "HNTGU-2026-0001", ACT_NEED, 0, 0, &draft, &err), &err);
    must(store_draft_put(store, draft, "need", "need", text, 3, &err), &err);
}

static void open_case(struct store *store)
{
    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'life_threatening', "
               "'source': 'phone'}");
}

static void passphrase_changed(void **state)
{
    struct store *store = kit_create("changed"), *none;
    struct error err = ERROR_INIT;
    (void)state;

    refused(store_set_passphrase(store, kit_luis, kit_eva, &here, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    must(store_set_passphrase(store, kit_ana, kit_eva, &here, &err), &err);
    assert_int_equal(acts_of(store, POST_KEY) + acts_of(store, POST_REKEYED), 0);
    store_close(store);
    refused(store_open(kit_path("changed"), NULL, kit_ana, 0, &none, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    store = kit_open("changed", kit_eva);
    assert_string_equal(store_officer(store)->name, "Ana PINEDA");
    verified(store);
    store_close(store);
}

/* The officer is the same with other keys: name, role, drafts; and nobody else in four eyes. */
static void passphrase_seen(void **state)
{
    struct store *store = kit_create("seen");
    struct error err = ERROR_INIT;
    char key[65], signer[2 * KEY + 1], now[2 * KEY + 1];
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_HEAD, kit_luis, &err), &err);
    open_case(store);
    begin_draft(store, "shelter");
    const char *contact = kit_record(store, "HNTGU-2026-0001", ACT_CONTACT,
                                     "{'at': '2026-03-12T11:00:00-06:00', 'reason': 'danger', "
                                     "'detail': 'a call'}");
    char of[100];
    snprintf(of, sizeof of, "{'of': '%s'}", contact);
    memcpy(key, store_officer(store)->key, sizeof key);
    hex_write(vault_sign_pk(store->vault), KEY, signer);
    refused(store_set_passphrase(store, kit_luis, kit_eva, &anew, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    must(store_set_passphrase(store, kit_ana, kit_eva, &anew, &err), &err);
    hex_write(vault_sign_pk(store->vault), KEY, now);
    assert_string_not_equal(signer, now);
    assert_int_equal(acts_of(store, POST_KEY), 1);
    assert_int_equal(acts_of(store, POST_REKEYED), 1);
    assert_string_equal(store_officer(store)->name, "Ana PINEDA");
    assert_string_equal(store_officer(store)->key, key);
    assert_int_equal(store_officer(store)->role, ROLE_HEAD);
    assert_int_equal(post_state_heads(&store->post), 2);
    assert_int_equal(drafts_of(store), 1);
    kit_refuse(store, "HNTGU-2026-0001", ACT_COUNTERSIGN, of, ERROR_REFUSED, "countersign");
    verified(store);
    store_close(store);
    store = kit_open("seen", kit_eva);
    store_close(store);
    store = kit_open("seen", kit_luis);
    kit_record(store, "HNTGU-2026-0001", ACT_COUNTERSIGN, of);
    verified(store);
    store_close(store);
}

/* The label of a place, and nothing else, is remembered for the next time. */
static void own_place_first(void **state)
{
    struct store *store = kit_create("place");
    struct error err = ERROR_INIT;
    char labels[3][32], *kept;
    (void)state;

    setenv("XDG_STATE_HOME", kit_path("state"), 1);
    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    must(store_add_officer(store, "Eva", ROLE_OFFICER, kit_eva, &err), &err);
    for (int i = 0; i < 3; i++)
        snprintf(labels[i], sizeof labels[i], "%s\n", vault_slot_label(store->vault, i));
    store_close(store);
    assert_null(state_get("slots"));
    must(ownslot_open(kit_path("place"), NULL, kit_eva, 0, &store, &err), &err);
    store_close(store);
    kept = state_get("slots");
    assert_string_equal(kept, labels[2]);
    assert_int_equal(vault_find_label(kit_path("place"), kept), 2);
    free(kept);
    must(ownslot_open(kit_path("place"), NULL, kit_luis, 0, &store, &err), &err);
    assert_string_equal(store_officer(store)->name, "Luis");
    store_close(store);
    for (int i = 0; i < 2; i++) {
        must(ownslot_open(kit_path("place"), "Eva", kit_eva, 0, &store, &err), &err);
        store_close(store);
    }
    kept = state_get("slots");
    assert_int_equal(strlen(kept), strlen(labels[2]) + strlen(labels[1]));
    assert_memory_equal(kept, labels[2], strlen(labels[2]));
    assert_string_equal(kept + strlen(labels[2]), labels[1]);
    assert_int_equal(vault_find_label(kit_path("place"), labels[0]), 0);
    assert_int_equal(vault_find_label(kit_path("place"), "none of it\n"), -1);
    assert_int_equal(vault_find_label(kit_path("not there"), kept), -1);
    free(kept);
    refused(ownslot_open(kit_path("place"), NULL, (struct passphrase){"no", 2}, 0, &store, &err),
            &err, ERROR_VAULT, "wrong passphrase");
    unsetenv("XDG_STATE_HOME");
}

/* ---- officers who leave ---- */

static void founder_leaves(void **state)
{
    struct store *ana = kit_create("leaves"), *luis, *none;
    struct error err = ERROR_INIT;
    char of[100], first[65];
    (void)state;

    must(store_add_officer(ana, "Luis", ROLE_HEAD, kit_luis, &err), &err);
    must(store_add_officer(ana, "Eva", ROLE_OFFICER, kit_eva, &err), &err);
    open_case(ana);
    begin_draft(ana, "hers");
    const char *contact = kit_record(ana, "HNTGU-2026-0001", ACT_CONTACT,
                                     "{'at': '2026-03-12T11:00:00-06:00', 'reason': 'danger', "
                                     "'detail': 'a call'}");
    snprintf(of, sizeof of, "{'of': '%s'}", contact);
    memcpy(first, store_officer(ana)->key, sizeof first);
    refused(store_remove_officer(ana, "Ana Pineda", NULL, NULL, &err), &err, ERROR_INPUT,
            "themselves");
    store_close(ana);

    struct store *eva = kit_open("leaves", kit_eva);
    refused(store_remove_officer(eva, "Luis", NULL, NULL, &err), &err, ERROR_REFUSED,
            "head of post");
    luis = kit_open("leaves", kit_luis);
    refused(store_remove_officer(luis, "Ana Pineda", NULL, NULL, &err), &err, ERROR_FAILED,
            "another program");
    store_close(eva);
    refused(store_remove_officer(luis, "Nobody", NULL, NULL, &err), &err, ERROR_INPUT,
            "no officer \"Nobody\"");
    assert_int_equal(drafts_of(luis), 0);
    must(store_remove_officer(luis, "ana pineda", NULL, NULL, &err), &err);
    assert_int_equal(drafts_of(luis), 1);
    assert_int_equal(post_state_heads(&luis->post), 1);
    assert_int_equal(acts_of(luis, POST_LEAVES), 1);
    assert_null(post_state_named(&luis->post, "Ana Pineda"));
    verified(luis);
    refused(store_open(kit_path("leaves"), NULL, kit_ana, 0, &none, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    store_close(kit_open("leaves", kit_eva));

    /* She comes back with another key, as the same person: her act is not hers to countersign. */
    must(store_add_officer(luis, "Ana PINEDA", ROLE_HEAD, kit_ana, &err), &err);
    store_close(luis);
    ana = kit_open("leaves", kit_ana);
    assert_int_equal(vault_slot(ana->vault), 0);
    assert_string_equal(store_officer(ana)->key, first);
    kit_refuse(ana, "HNTGU-2026-0001", ACT_COUNTERSIGN, of, ERROR_REFUSED, "countersign");
    verified(ana);
    store_close(ana);
}

/* A passphrase that no act names is removed by its label. */
static void a_stranger_is_removed(void **state)
{
    struct store *store = kit_create("strange");
    struct error err = ERROR_INIT;
    uint8_t pk[KEY];
    char label[32];
    (void)state;

    must(vault_add_slot(store->vault, "a stranger's", 12, pk, &err), &err);
    snprintf(label, sizeof label, "%s", vault_slot_label(store->vault, 1));
    refused(store_remove_officer(store, vault_slot_label(store->vault, 0), NULL, NULL, &err), &err,
            ERROR_INPUT, "say the name");
    must(store_remove_officer(store, label, NULL, NULL, &err), &err);
    assert_int_equal(vault_slot_count(store->vault), 1);
    assert_int_equal(acts_of(store, POST_LEAVES), 0);
    verified(store);
    store_close(store);
}

/* ---- recovery ---- */

static void say(struct store *store, const char *part)
{
    struct buf duties = BUF_INIT;

    store_duties(store, &duties);
    if (part ? !strstr(buf_text(&duties), part) : duties.size > 0)
        fail_msg("\"%s\" in: %s", part ? part : "nothing", buf_text(&duties));
    buf_release(&duties);
}

static void rehearsed_each_year(void **state)
{
    struct store *store = kit_create("rehearsed"), *other;
    struct error err = ERROR_INIT;
    struct buf shares = BUF_INIT;
    char due[INSTANT_SIZE];
    (void)state;

    store_set_now(store, NULL); /* the post was founded by the clock */
    say(store, NULL);
    store_set_now(store, "2099-01-01T00:00:00-06:00");
    say(store, "Try a recovery share");
    must(store_note_rehearsal(store, 2, &err), &err);
    say(store, NULL);
    assert_memory_equal(store_rehearsal_due(store, due), "2100-01-01", 10);
    store_set_now(store, "2100-01-02T00:00:00-06:00");
    say(store, "(since 2100-01-01)");
    /* A new set by another program: its shares need no rehearsal yet, and this one knows it. */
    other = kit_open("rehearsed", kit_ana);
    store_set_now(other, "2100-01-02T00:00:00-06:00");
    must(store_renew_recovery(other, &here, &shares, &err), &err);
    store_close(other);
    assert_true(post_refresh(store, &err));
    say(store, NULL);
    must(store_renew_recovery(store, &anew, &shares, &err), &err);
    assert_int_equal(acts_of(store, POST_RECOVERY), 2);
    assert_int_equal(acts_of(store, POST_REKEYED), 1);
    say(store, NULL);
    verified(store);
    store_close(store);
    buf_release(&shares);
}

/* The only head has forgotten the passphrase: named again, the same person, in the same place. */
static void named_again_by_recovery(void **state)
{
    struct store *store = kit_create("again"), *by_key;
    struct error err = ERROR_INIT;
    struct buf shares = BUF_INIT;
    char key[65];
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    open_case(store);
    begin_draft(store, "hers");
    must(store_renew_recovery(store, &here, &shares, &err), &err);
    memcpy(key, store_officer(store)->key, sizeof key);
    store_close(store);
    must(store_open_recovery(kit_path("again"), buf_text(&shares), &by_key, &err), &err);
    refused(store_add_officer(by_key, "Luis", ROLE_OFFICER, kit_eva, &err), &err, ERROR_REFUSED,
            "names a head of post");
    must(store_add_officer(by_key, "ana pineda", ROLE_HEAD, kit_eva, &err), &err);
    store_close(by_key);
    refused(store_open(kit_path("again"), NULL, kit_ana, 0, &store, &err), &err, ERROR_VAULT,
            "wrong passphrase");
    store = kit_open("again", kit_eva);
    assert_int_equal(vault_slot(store->vault), 0);
    assert_int_equal(vault_slot_count(store->vault), 2);
    assert_string_equal(store_officer(store)->key, key);
    assert_int_equal(post_state_heads(&store->post), 1);
    assert_int_equal(drafts_of(store), 1);
    verified(store);
    store_close(store);
    buf_release(&shares);
}

/* Only what a head of post makes names a head. */
static void recovery_of_a_clerk(void **state)
{
    struct store *store = kit_create("clerk"), *by_key;
    struct error err = ERROR_INIT;
    struct buf shares = BUF_INIT;
    struct verified found;
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_CLERK, kit_luis, &err), &err);
    store_close(store);
    store = kit_open("clerk", kit_luis);
    refused(store_renew_recovery(store, &here, &shares, &err), &err, ERROR_REFUSED, "head of post");
    refused(store_renew_recovery(store, &anew, &shares, &err), &err, ERROR_REFUSED, "head of post");
    /* Past the store, in the key header alone. */
    must(vault_renew_recovery(store->vault, &shares, &err), &err);
    refused(store_open_recovery(kit_path("clerk"), buf_text(&shares), &by_key, &err), &err,
            ERROR_VAULT, "none that a head of post made");
    must(store_verify(store, NULL, NULL, &found, &err), &err);
    assert_non_null(strstr(buf_text(&found.notes), "recovery key is none"));
    buf_release(&found.notes);
    say(store, "Make new recovery shares");
    store_close(store);
    buf_clear(&shares);
    store = kit_open("clerk", kit_ana);
    must(store_renew_recovery(store, &here, &shares, &err), &err);
    say(store, NULL);
    verified(store);
    store_close(store);
    must(store_open_recovery(kit_path("clerk"), buf_text(&shares), &by_key, &err), &err);
    store_close(by_key);
    buf_release(&shares);
}

/* ---- escrow ---- */

static void person(struct store *store, const char *reference, const char *fears)
{
    char payload[300];

    snprintf(payload, sizeof payload,
             "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
             "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'%s}",
             fears);
    kit_record(store, reference, ACT_PERSON, payload);
}

static void escrow_reads(void **state)
{
    struct store *store = kit_create("escrow"), *ministry;
    struct error err = ERROR_INIT;
    uint8_t seed[VAULT_ESCROW] = {7}, pk[VAULT_ESCROW], key[VAULT_ESCROW];
    static const uint8_t nobody[VAULT_ESCROW] = {0};
    struct verified found;
    (void)state;

    vault_escrow_pk(seed, pk);
    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    open_case(store);
    person(store, "HNTGU-2026-0001", "");
    assert_int_equal(store_escrow(store, key), ESCROW_OFF);
    refused(store_begin_escrow(store, nobody, &err), &err, ERROR_INPUT, "no escrow key");
    must(store_begin_escrow(store, pk, &err), &err);
    assert_int_equal(store_escrow(store, key), ESCROW_ON);
    assert_memory_equal(key, pk, sizeof pk);
    say(store, NULL);
    int64_t acts = acts_of(store, POST_ESCROW);
    must(store_open_escrow(kit_path("escrow"), seed, &ministry, &err), &err);
    assert_string_equal(store_officer(ministry)->name, "");
    must(store_verify(ministry, NULL, NULL, &found, &err), &err);
    buf_release(&found.notes);
    json_t *json = store_case_json(ministry, "HNTGU-2026-0001", NULL, NULL, &err);
    assert_non_null(json);
    json_decref(json);
    kit_refuse(ministry, "HNTGU-2026-0001", ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}",
               ERROR_INPUT, "reading alone");
    refused(store_note_rehearsal(ministry, 1, &err), &err, ERROR_INPUT, "reading alone");
    refused(store_end_escrow(ministry, NULL, NULL, &err), &err, ERROR_REFUSED, "head of post");
    store_close(ministry);
    assert_int_equal(acts_of(store, POST_ESCROW), acts);
    store_close(store);
    store = kit_open("escrow", kit_luis);
    refused(store_begin_escrow(store, pk, &err), &err, ERROR_REFUSED, "head of post");
    refused(store_end_escrow(store, NULL, NULL, &err), &err, ERROR_REFUSED, "head of post");
    store_close(store);
    store = kit_open("escrow", kit_ana);
    must(store_end_escrow(store, NULL, NULL, &err), &err);
    assert_int_equal(store_escrow(store, key), ESCROW_OFF);
    refused(store_open_escrow(kit_path("escrow"), seed, &ministry, &err), &err, ERROR_VAULT,
            "no escrow key");
    say(store, NULL);
    verified(store);
    store_close(store);
}

static void a_protected_person_is_in_no_escrow(void **state)
{
    struct store *store = kit_create("protected"), *luis, *ministry;
    struct error err = ERROR_INIT;
    uint8_t seed[VAULT_ESCROW] = {9}, pk[VAULT_ESCROW], key[VAULT_ESCROW];
    (void)state;

    vault_escrow_pk(seed, pk);
    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    open_case(store);
    /* Opened before there was an escrow key: it has not seen the present key header. */
    luis = kit_open("protected", kit_luis);
    must(store_begin_escrow(store, pk, &err), &err);
    person(luis, "HNTGU-2026-0001", ", 'fears_own_state': true");
    refused(store_open_escrow(kit_path("protected"), seed, &ministry, &err), &err, ERROR_VAULT,
            "no escrow key");
    assert_int_equal(store_escrow(luis, key), ESCROW_OWED);
    assert_true(post_refresh(store, &err));
    say(store, "End the escrow by a new key");
    refused(store_begin_escrow(store, pk, &err), &err, ERROR_REFUSED, "HNTGU-2026-0001");
    store_close(luis);
    must(store_end_escrow(store, NULL, NULL, &err), &err);
    assert_int_equal(store_escrow(store, key), ESCROW_OFF);
    say(store, NULL);
    verified(store);
    /* Once the lock is lifted, it may be. */
    kit_record(store, "HNTGU-2026-0001", ACT_LIFT_LOCK,
               "{'person': 1, 'counselling': 'by a lawyer', 'consent': 'in writing'}");
    must(store_begin_escrow(store, pk, &err), &err);
    verified(store);
    store_close(store);
}

/* Past the store, in the key header alone. */
static void escrow_of_a_clerk(void **state)
{
    struct store *store = kit_create("planted");
    struct error err = ERROR_INIT;
    uint8_t seed[VAULT_ESCROW] = {5}, pk[VAULT_ESCROW], key[VAULT_ESCROW];
    struct verified found;
    (void)state;

    vault_escrow_pk(seed, pk);
    must(vault_set_escrow(store->vault, pk, &err), &err);
    assert_int_equal(store_escrow(store, key), ESCROW_UNKNOWN);
    must(store_verify(store, NULL, NULL, &found, &err), &err);
    assert_non_null(strstr(buf_text(&found.notes), "escrow key is none"));
    buf_release(&found.notes);
    say(store, "End the escrow");
    must(store_end_escrow(store, NULL, NULL, &err), &err);
    assert_int_equal(store_escrow(store, key), ESCROW_OFF);
    store_close(store);
}

/* ---- acts by who may not ---- */

static void forge(struct store *store, enum post_act kind, json_t *payload)
{
    struct error err = ERROR_INIT;
    struct new_act act = {.case_id = post_case, .kind = kind, .payload = payload};
    char now[INSTANT_SIZE];

    instant_parse(store_now(store, now), &act.at);
    must(db_begin(store, &err), &err);
    must(db_end(store, log_append(store, &act, NULL, &err), &err), &err);
    json_decref(payload);
}

static json_t *of_key(const uint8_t key[KEY])
{
    char hex[2 * KEY + 1];

    hex_write(key, KEY, hex);
    return json_pack("{s:s}", "key", hex);
}

static void acts_of_a_clerk_do_not_count(void **state)
{
    struct store *store = kit_create("forged"), *luis;
    struct error err = ERROR_INIT;
    uint8_t other[KEY] = {1}, ana[KEY], recovery[KEY];
    struct verified found;
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_CLERK, kit_luis, &err), &err);
    must(store_add_officer(store, "Eva", ROLE_HEAD, kit_eva, &err), &err);
    memcpy(ana, vault_sign_pk(store->vault), KEY);
    memcpy(recovery, store->post.recovery, KEY);
    luis = kit_open("forged", kit_luis);
    forge(luis, POST_LEAVES, of_key(ana));
    forge(luis, POST_RECOVERY, of_key(other));
    forge(luis, POST_ESCROW, of_key(other));
    forge(luis, POST_KEY, of_key(ana)); /* somebody else's, with whose role he would go on */
    forge(luis, POST_LEAVES, json_pack("{s:s}", "key", "no key"));
    forge(luis, POST_KEY, json_pack("{s:s}", "key", "no key"));
    assert_true(post_refresh(luis, &err));
    assert_int_equal(luis->me.role, ROLE_CLERK);
    assert_int_equal(post_state_heads(&luis->post), 2);
    assert_memory_equal(luis->post.recovery, recovery, KEY);
    assert_int_equal(luis->post.escrow[0], 0);
    must(store_verify(luis, NULL, NULL, &found, &err), &err);
    int lines = 0;
    for (const char *at = buf_text(&found.notes); (at = strstr(at, "does not count")); at++)
        lines++;
    assert_int_equal(lines, 6);
    buf_release(&found.notes);
    store_close(luis);
    /* A head who ends their own role would leave nobody. */
    forge(store, POST_LEAVES, of_key(ana));
    assert_true(post_refresh(store, &err));
    assert_int_equal(post_state_heads(&store->post), 2);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rekeyed),
        cmocka_unit_test(passphrase_changed),
        cmocka_unit_test(passphrase_seen),
        cmocka_unit_test(founder_leaves),
        cmocka_unit_test(a_stranger_is_removed),
        cmocka_unit_test(rehearsed_each_year),
        cmocka_unit_test(named_again_by_recovery),
        cmocka_unit_test(own_place_first),
        cmocka_unit_test(recovery_of_a_clerk),
        cmocka_unit_test(escrow_reads),
        cmocka_unit_test(a_protected_person_is_in_no_escrow),
        cmocka_unit_test(escrow_of_a_clerk),
        cmocka_unit_test(acts_of_a_clerk_do_not_count),
    };

    return cmocka_run_group_tests_name("store keys", tests, kit_begin, kit_end);
}
