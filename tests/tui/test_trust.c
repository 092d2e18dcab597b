/* SPDX-License-Identifier: MIT */
/*
 * Identity and trust by keys: a post makes its keys, a Secretariat its root; cards are handed over,
 * certified and approved; digits are compared by telephone; the directory goes on a stick from one
 * to the other; a key is revoked; and what stops a note is said where the note is.
 */
#include <sodium.h>

#include "tests/unit/exchange_kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/cardcodes.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustsay.h"
#include "tests/harness/expect.h"

static const struct kit_office abroad = {"hnae", "HN", "HNAUH", "consulate", "AE", "Abu Dhabi"};

/* ---- at the keys ---- */

static struct child *start_by(const char *name, struct passphrase by)
{
    const char *const argv[] = {NULL, kit_path(name), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);

    child_type(child, by.bytes);
    child_press(child, PRESS_ENTER);
    return child;
}

static struct child *start(const char *name)
{
    return start_by(name, kit_ana);
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

static void go(struct child *child, const char *words)
{
    child_press(child, CTRL('P'));
    child_type(child, words);
    child_press(child, PRESS_ENTER);
}

/* To the row that holds the text, and Enter. */
static void choose(struct child *child, const char *row)
{
    char mark[120];

    snprintf(mark, sizeof mark, "> %s", row);
    child_press(child, PRESS_HOME);
    for (int i = 0; i < 40 && emulator_find(child_screen(child), mark) < 0; i++)
        child_press(child, PRESS_DOWN);
    expect_text(child, mark);
    child_press(child, PRESS_ENTER);
}

static void answer(struct child *child, const char *text)
{
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

/* Its row in the list of whom one trusts. */
static void look_up(struct child *child, const char *what)
{
    go(child, "whom we trust");
    child_press(child, PRESS_F3);
    child_press(child, PRESS_HOME);
    child_type(child, what);
}

/* ---- in the files ---- */

static void must(bool ok, const struct error *err)
{
    if (!ok)
        fail_msg("%s", error_text(err));
}

static char *card_of(struct store *store, bool of_state)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct card card;

    must(trust_card(store, of_state, &card, &text, &err), &err);
    card_release(&card);
    return buf_detach(&text);
}

static const char *digits_of(const char *text)
{
    static char digits[FINGERPRINT_SIZE];
    struct error err = ERROR_INIT;
    struct card card;

    must(card_read(text, &card, &err), &err);
    card_fingerprint(&card, digits);
    card_release(&card);
    return digits;
}

static void make_state_key(struct store *store)
{
    struct error err = ERROR_INIT;

    must(trust_make_state_key(store, &err), &err);
}

/* ---- its own keys ---- */

static void test_a_post_makes_its_keys(void **state)
{
    (void)state;
    store_close(kit_create("own"));
    struct child *child = start("own");
    choose(child, "Make the keys of the post, with which it writes to others");
    expect_row_has(child, 0, "Our own keys");
    expect_text(child, "This post has no keys yet.");
    choose(child, "Make the keys of this post");
    expect_text(child, "The keys are made.");
    expect_text(child, "not certified yet");
    expect_no_text(child, "Make the keys of this post");

    struct store *store = kit_open("own", kit_ana);
    char *card = card_of(store, false);
    expect_text(child, digits_of(card));
    store_close(store);
    choose(child, "Show the key card");
    expect_row_has(child, 0, "code 1 of ");
    expect_text(child, "Consular Directorate");
    char first[12];
    snprintf(first, sizeof first, "%.11s", digits_of(card));
    expect_text(child, first);
    child_press(child, PRESS_F8);
    expect_row_has(child, 0, "code 2 of ");
    child_type(child, "p");
    expect_row_has(child, 0, "Key card");
    expect_text(child, "NO PERSONAL DATA");
    expect_text(child, digits_of(card));
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);

    choose(child, "Make the key of the State");
    expect_text(child, "Hand its card to the Secretariat.");
    expect_text(child, "Show the key card of the State");
    choose(child, "Make new keys, which the ones of now sign");
    answer(child, "REPLACE");
    expect_text(child, "New keys are made");
    expect_no_text(child, digits_of(card));
    choose(child, "Change the sealing key");
    expect_text(child, "The sealing key is changed");
    child_press(child, PRESS_F12);
    expect_no_text(child, "Make the keys of the post");
    end(child);
    free(card);
}

/* F8 goes on in lists of records: pressed over what was read of the keys, it changes none. */
static void test_going_on_does_nothing(void **state)
{
    struct store *store = kit_office(&kit_tegucigalpa);
    const char *const argv[] = {NULL, kit_path(kit_tegucigalpa.file), NULL};
    struct identity before, after;
    struct error err = ERROR_INIT;
    (void)state;

    must(store_identity(store, &before, &err), &err);
    struct child *child = expect_start(&(struct child_options){.rows = 12, .cols = 40}, argv);
    answer(child, kit_ana.bytes);
    child_type(child, "k");
    choose(child, "Read the digits");
    expect_text(child, "Digits");
    child_press(child, PRESS_F1 + 7);
    expect_text(child, "That key did nothing here");
    go(child, "the record before"); /* nor is it found among what can be done */
    expect_row_has(child, 0, "All that can be done here");
    expect_no_text(child, "F7");
    end(child);
    must(store_identity(store, &after, &err), &err);
    assert_memory_equal(after.sealing, before.sealing, sizeof after.sealing);
    store_close(store);
}

/* Who is no head of post is told why not; and a post that knows others is reminded. */
static void test_who_may_not_is_told(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("officer");
    bool changed;
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    must(trust_set_root(store, "12345 67890 12345 67890 12345 67890", NULL, &changed, &err), &err);
    store_close(store);
    struct child *child = start_by("officer", kit_luis);
    expect_text(child, "The post needs keys, to write to others");
    child_type(child, "k");
    expect_text(child, "Make the keys of this post: only a head of post does this");
    expect_cursor_on(child, "> Whom we trust");
    look_up(child, "root of");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "set, waits");
    expect_text(child, "Set on ");
    expect_text(child,
                "Set the root, from the card that was handed over: one is set: only a head of");
    end(child);
}

/* ---- a network comes to be ---- */

static void add_root_officers(struct store *store)
{
    struct error err = ERROR_INIT;

    must(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err), &err);
    must(store_add_officer(store, "Eva", ROLE_OFFICER, kit_eva, &err), &err);
}

/* Ana makes the root of the three, and certifies a State from its card, pasted. */
static void make_root(const char *state_card)
{
    struct child *child = start(kit_secretariat.file);

    look_up(child, "root of");
    expect_row_has(child, 4, "not set");
    child_press(child, PRESS_ENTER);
    choose(child, "Make the root, of three officers of this file");
    child_press(child, PRESS_F2);
    expect_text(child, "It takes three officers: Space chooses them.");
    for (int i = 0; i < 3; i++) {
        child_type(child, " ");
        child_press(child, PRESS_DOWN);
    }
    expect_row_has(child, 0, "3 of 3");
    child_press(child, PRESS_F2);
    answer(child, "ROOT");
    expect_row_has(child, 0, "Card of the root of the directory");
    go(child, "take a card");
    child_paste(child, state_card);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Key card of a State");
    expect_text(child, digits_of(state_card));
    choose(child, "Certify the key of the State");
    answer(child, "HN"); /* not the code of the post that keeps it */
    expect_text(child, "Not certified: that is not its code.");
    choose(child, "Certify the key of the State");
    answer(child, "HNTGU");
    expect_text(child, "another officer of the root has to approve it");
    end(child);
}

/* Another one of the root approves, and releases; Ana approves that, and writes it on a stick. */
static void release(const char *stick, const char *state_card)
{
    struct child *child = start_by(kit_secretariat.file, kit_luis);

    go(child, "directory of the network");
    expect_text(child, "Waits for another officer of the root");
    choose(child, "key of a State: Honduras");
    char line[FINGERPRINT_SIZE + 30];
    snprintf(line, sizeof line, "Honduras: %s", digits_of(state_card));
    expect_text(child, line);
    answer(child, "APPROVE");
    expect_text(child, "Approved: it counts now.");
    choose(child, "Release a version");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Released; another officer of the root has to approve it.");
    choose(child, "version of the directory: 1");
    answer(child, "APPROVE");
    expect_text(child, "another officer of the root approves what you signed");
    end(child);

    child = start(kit_secretariat.file);
    go(child, "directory of the network");
    choose(child, "version of the directory: 1");
    answer(child, "APPROVE");
    expect_row_has(child, 0, "version 1");
    choose(child, "version 1");
    expect_row_has(child, 0, "What changed in the directory");
    expect_text(child, "key of a State: Honduras");
    child_press(child, PRESS_F12);
    choose(child, "Write the whole directory into a file");
    for (int i = 0; i < 40; i++)
        child_press(child, PRESS_BACKSPACE);
    answer(child, stick);
    expect_text(child, "Written to ");
    end(child);
}

/* A directorate sets the root by its digits, and takes the directory from the stick. */
static void join(const char *stick, const char *root)
{
    struct child *child = start(kit_tegucigalpa.file);

    child_type(child, "t");
    child_press(child, CTRL('N'));
    answer(child, "12345");
    expect_text(child, "This is no key card");
    for (int i = 0; i < 5; i++)
        child_press(child, PRESS_BACKSPACE);
    answer(child, root);
    expect_text(child, "No root is set here yet.");
    expect_text(child, root);
    choose(child, "Set this root");
    expect_text(child, "The root is set.");
    expect_row_has(child, 0, "set, waits");
    go(child, "directory of the network");
    choose(child, "Take a directory from a file");
    answer(child, "/nowhere/at/all");
    expect_text(child, "/nowhere/at/all cannot be read");
    choose(child, "Take a directory from a file");
    answer(child, stick);
    expect_text(child, "acts are new");
    expect_row_has(child, 0, "version 1");
    look_up(child, "honduras");
    expect_row_has(child, 4, "certified");
    expect_row_has(child, 4, "by two root keys");
    expect_row_has(child, 5, "our own");
    end(child);
}

static void test_a_network_comes_to_be(void **state)
{
    struct store *ts = kit_office(&kit_secretariat), *hn = kit_office(&kit_tegucigalpa);
    struct error err = ERROR_INIT;
    struct trust_own own;
    char *stick = xstrdup(kit_path("stick.adr")), root[FINGERPRINT_SIZE];
    (void)state;

    add_root_officers(ts);
    store_close(ts);
    make_state_key(hn);
    char *card = card_of(hn, true);
    store_close(hn);
    make_root(card);
    release(stick, card);
    ts = kit_open(kit_secretariat.file, kit_ana);
    must(store_trust_own(ts, &own, &err), &err);
    memcpy(root, own.root, sizeof root);
    store_close(ts);
    join(stick, root);
    free(card);
    free(stick);
}

/* ---- cards and calls ---- */

/* By the words of the scanner, one code after the other, the last one first. */
static void scan(struct child *child, const char *card)
{
    struct error err = ERROR_INIT;
    struct qr_frames codes;

    must(card_codes(card, QR_VERSION_SCREEN, QR_LEVEL_L, &codes, &err), &err);
    assert_true(codes.count > 1);
    for (size_t i = codes.count; i-- > 0;)
        answer(child, codes.frames[i].text);
    qr_frames_release(&codes);
}

static void call(struct child *child, const char *result)
{
    choose(child, "Record that its digits were compared by telephone");
    answer(child, "María Tax");
    answer(child, "+506 2222 0100");
    answer(child, result);
    child_press(child, PRESS_F2);
}

static void test_a_card_and_a_call(void **state)
{
    struct store *hn = kit_office(&kit_tegucigalpa), *cr = kit_office(&kit_abu_dhabi);
    char *card = card_of(cr, false);
    (void)state;

    store_close(hn);
    store_close(cr);
    struct child *child = start(kit_tegucigalpa.file);
    go(child, "take a card");
    scan(child, card);
    expect_row_has(child, 0, "Key card of a post");
    expect_text(child, "CRAUH, Our office");
    expect_text(child, "Nothing of it is known here yet.");
    expect_text(child, "Certify the post: put it and its key into the directory: its directorate");
    choose(child, "Take it");
    expect_row_has(child, 0, "unverified");
    expect_text(child, digits_of(card));
    expect_text(child, "Before a name goes there: Costa Rica: no key of its posts");
    call(child, "differs");
    expect_text(child, "Not recorded: the key is not theirs.");
    expect_row_has(child, 0, "unverified");
    call(child, "same");
    expect_row_has(child, 0, "checked");
    expect_text(child, "Ana PINEDA called María Tax");
    look_up(child, "crauh");
    expect_row_has(child, 4, "by telephone");

    /* The digits stand over the form, where they are read; a lock keeps what was typed. */
    child_press(child, PRESS_ENTER);
    choose(child, "Record that its digits were compared by telephone");
    expect_text(child, digits_of(card));
    child_type(child, "somebody");
    child_press(child, CTRL('X'));
    answer(child, kit_ana.bytes);
    expect_text(child, digits_of(card));
    expect_text(child, "somebody");
    end(child);

    struct store *store = kit_open(kit_tegucigalpa.file, kit_ana);
    struct error err = ERROR_INIT;
    const struct trusted *t;
    must(store_trust(store, &t, &err), &err);
    assert_int_equal(t->check_count, 1);
    assert_string_equal(t->checks[0].number, "+506 2222 0100");
    store_close(store);
    free(card);
}

/* ---- a directorate and its posts ---- */

static const char *const root_officers[ROOT_KEYS] = {"Ana PINEDA", "Luis", "Eva"};

/* Two officers of the root say it. */
static void certify(struct store *ana, struct store *luis, struct store *directorate)
{
    char *text = card_of(directorate, true);
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    struct card card;

    must(card_read(text, &card, &err), &err);
    must(trust_certify(ana, &card, id, &err), &err);
    must(trust_approve(luis, id, &err), &err);
    card_release(&card);
    free(text);
}

/* All of it, or all but the acts of one kind (0: none). */
static void carry_without(struct store *from, struct store *to, enum diract_kind kind)
{
    struct error err = ERROR_INIT;
    struct buf file = BUF_INIT;
    struct directory_acts acts;
    struct directory_taken taken;
    size_t count;

    must(store_directory_snapshot(from, &file, &count, &err), &err);
    must(directory_file_read(file.data, file.size, &acts, &err), &err);
    for (size_t i = 0; i < acts.count; i++) {
        struct core core;
        assert_true(act_bytes_core(&acts.list[i], &core));
        if (core.kind != (unsigned)kind)
            must(store_directory_take(to, &acts.list[i], 1, &taken, &err), &err);
    }
    directory_acts_release(&acts);
    buf_release(&file);
}

static void carry(struct store *from, struct store *to)
{
    carry_without(from, to, (enum diract_kind)0);
}

/* A case goes on with another post of this State, chosen from the directory. */
static void hand_over_to_it(void)
{
    struct child *child = start(kit_tegucigalpa.file);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    child_type(child, "a");
    child_type(child, "hand-over");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F1 + 3);
    expect_text(child, "HNAUH");
    expect_no_text(child, "TS ");
    child_type(child, "abu");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "This cannot be taken back.");
    answer(child, KIT_CASE);
    expect_text(child, "Recorded in ");
    expect_text(child, "Handed over to HNAUH");
    end(child);
}

static void test_certified_and_revoked(void **state)
{
    struct store *ts = kit_office(&kit_secretariat), *luis;
    struct store *hn = kit_office(&kit_tegucigalpa), *ae = kit_office(&abroad);
    char *card = card_of(ae, false), root[FINGERPRINT_SIZE];
    struct error err = ERROR_INIT;
    bool changed;
    (void)state;

    add_root_officers(ts);
    luis = kit_open(kit_secretariat.file, kit_luis);
    must(trust_make_root(ts, root_officers, root, &err), &err);
    make_state_key(hn);
    must(trust_set_root(hn, root, NULL, &changed, &err), &err);
    certify(ts, luis, hn);
    carry(ts, hn);
    kit_record(hn, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'routine', 'source': "
               "'phone'}");
    store_close(hn);
    store_close(ae);
    store_close(ts);
    store_close(luis);
    struct child *child = start(kit_tegucigalpa.file);
    go(child, "take a card");
    child_paste(child, card);
    child_press(child, PRESS_ENTER);
    choose(child, "Certify the post");
    answer(child, "HNAUH");
    expect_text(child, "Certified: it goes to the others with the directory.");

    end(child);
    hand_over_to_it();
    child = start(kit_tegucigalpa.file);
    look_up(child, "hnauh");
    child_press(child, PRESS_ENTER);
    choose(child, "Revoke its key");
    expect_row_has(child, 0, "Revoke the key · HNAUH");
    child_press(child, PRESS_UP);
    child_type(child, " "); /* the next reason */
    expect_text(child, "stolen, somebody else may have it");
    child_type(child, "X");
    expect_text(child, "named as good");
    answer(child, "no");
    expect_row_has(child, 0, "Revoke the key · HNAUH");
    child_type(child, "X");
    answer(child, "REVOKE");
    expect_text(child, "Revoked: the directory tells the others.");
    expect_row_has(child, 0, "revoked");
    expect_text(child, "it has no key that is good");
    expect_text(child, "What it signed counts: only where others refer to it");
    end(child);
    free(card);
}

/* ---- what stops a note ---- */

/* The key of Costa Rica is another one, which the one before did not sign. */
static void test_a_changed_key_stops_a_note(void **state)
{
    static const struct kit_office other = {"crnew",       "CR", "CRNEW",
                                            "directorate", "CR", "San José"};
    struct store *ts = kit_office(&kit_secretariat), *hn = kit_office(&kit_tegucigalpa);
    struct store *cr = kit_office(&kit_san_jose), *thief = kit_office(&other);
    struct error err = ERROR_INIT;
    char root[FINGERPRINT_SIZE];
    bool changed;
    (void)state;

    add_root_officers(ts);
    struct store *luis = kit_open(kit_secretariat.file, kit_luis);
    must(trust_make_root(ts, root_officers, root, &err), &err);
    make_state_key(cr);
    make_state_key(thief);
    must(trust_set_root(hn, root, NULL, &changed, &err), &err);
    certify(ts, luis, cr);
    carry(ts, hn);
    carry(cr, hn);
    kit_take_part(hn);
    kit_poll(hn);
    kit_request(hn);
    struct child *child = start(kit_tegucigalpa.file);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "Does not leave");
    end(child);

    certify(ts, luis, thief);
    carry(ts, hn);
    carry(thief, hn);
    store_close(hn);
    child = start(kit_tegucigalpa.file);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Does not leave");
    expect_text(child, "the key of Costa Rica was changed");
    child_type(child, "8");
    expect_row_has(child, 0, "Notes");
    expect_text(child, "the key of Costa Rica was changed");
    expect_text(child, "until then no name goes there by pouch: ^P, whom we trust, and its line");
    look_up(child, "costa rica");
    expect_row_has(child, 4, "new key");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Before a name goes there");
    end(child);
    store_close(ts);
    store_close(luis);
    store_close(cr);
    store_close(thief);
}

/* A version came, and not all of it: until the rest is here no note leaves. */
static void test_a_directory_in_part_stops_notes(void **state)
{
    struct store *ts = kit_office(&kit_secretariat), *hn = kit_office(&kit_tegucigalpa);
    struct error err = ERROR_INIT;
    char root[FINGERPRINT_SIZE];
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;
    bool changed;
    (void)state;

    add_root_officers(ts);
    struct store *luis = kit_open(kit_secretariat.file, kit_luis);
    must(trust_make_root(ts, root_officers, root, &err), &err);
    must(trust_certify_own(ts, id, &err) && trust_approve(luis, id, &err), &err);
    must(trust_renew_sealing(ts, &err), &err);
    must(trust_make_release(ts, (struct date){2099, 1, 1}, id, &version, &err), &err);
    must(trust_approve(luis, id, &err), &err);
    must(trust_set_root(hn, root, NULL, &changed, &err), &err);
    carry_without(ts, hn, DIR_SEALING);
    kit_take_part(hn);
    kit_poll(hn);
    store_close(hn);

    struct child *child = start(kit_tegucigalpa.file);
    child_type(child, "t");
    expect_text(child, "version 1 of the directory is here in part");
    go(child, "directory of the network");
    expect_text(child, "Notes wait: the directory is not the same for all.");
    expect_text(child, "1 act is missing");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Take the rest of it: from a file, or with the next pouch.");
    go(child, "today");
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Does not leave");
    expect_text(child, "version 1 of the directory is here in part");
    end(child);

    hn = kit_open(kit_tegucigalpa.file, kit_ana);
    carry(ts, hn);
    store_close(hn);
    child = start(kit_tegucigalpa.file);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "Does not leave");
    go(child, "directory of the network");
    expect_no_text(child, "Notes wait");
    end(child);
    store_close(ts);
    store_close(luis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_post_makes_its_keys),
        cmocka_unit_test(test_going_on_does_nothing),
        cmocka_unit_test(test_who_may_not_is_told),
        cmocka_unit_test(test_a_network_comes_to_be),
        cmocka_unit_test(test_a_card_and_a_call),
        cmocka_unit_test(test_certified_and_revoked),
        cmocka_unit_test(test_a_changed_key_stops_a_note),
        cmocka_unit_test(test_a_directory_in_part_stops_notes),
    };

    return cmocka_run_group_tests_name("trust", tests, kit_begin, kit_end);
}
