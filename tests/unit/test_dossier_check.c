/* SPDX-License-Identifier: MIT */
/* What a dossier proves, and what it says when it does not. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/dossier_say.h"
#include "dossier_kit.h"

/* Honduras (author 0) asks Mexico (1) and Costa Rica (2); Dominica is not in the network (3). */
enum { HN, MX, CR, STRANGER, PEOPLE };

struct scene {
    struct kit_author author[PEOPLE];
    struct dossier d;
    struct kit_network network;
    const char *poll, *note, *root;
    struct buf file;

    /* ---- of the last check ---- */
    struct dossier got;
    struct dossier_check check;
    struct error err;
    struct buf said;
};

static void begin(struct scene *s)
{
    static const char *const states[] = {"HN", "MX", "CR"};
    static const char *const codes[] = {"HNRAB", "MXRAB", "CRRAB"};

    *s = (struct scene){.file = BUF_INIT, .said = BUF_INIT, .err = ERROR_INIT};
    for (unsigned i = 0; i < PEOPLE; i++)
        kit_author(&s->author[i], i + 1);
    kit_dossier(&s->d, &s->author[HN], NULL);
    kit_network(&s->network, &s->d);
    for (unsigned i = 0; i < ARRAY_SIZE(states); i++) {
        kit_state(&s->network, states[i]);
        kit_certify(&s->network, states[i], &s->author[i], codes[i]);
    }
}

static void forget(struct scene *s)
{
    dossier_check_release(&s->check);
    dossier_release(&s->got);
    error_clear(&s->err);
    buf_clear(&s->said);
}

static void end(struct scene *s)
{
    forget(s);
    kit_dossier_end(&s->d);
    buf_release(&s->file);
    error_release(&s->err);
    buf_release(&s->said);
}

/* ---- what is said ---- */

static void ask(struct scene *s)
{
    s->poll = kit_say(&s->d, &s->author[HN], "poll", "CR,HN,MX,ts",
                      "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-13'}");
}

static void offer(struct scene *s)
{
    kit_say(&s->d, &s->author[MX], "reply", "HN,MX,ts",
            "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true,"
            " 'services': ['medical'], 'by': 'the duty officer'}");
}

static void request(struct scene *s)
{
    kit_say(&s->d, &s->author[HN], "choose", "HN,MX,ts", "{'state': 'MX'}");
    s->note =
        kit_say(&s->d, &s->author[HN], "note", "HN,MX,ts",
                "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy',"
                " 'city': 'Rabat'}, 'persons': [1], 'date': '2026-03-10',"
                " 'at': '2026-03-10T10:00:00+00:00', 'scope': 'a visit to the hospital'}");
}

static const char *accept(struct scene *s)
{
    return kit_say(&s->d, &s->author[MX], "accept", "HN,MX,ts",
                   "{'state': 'MX', 'note': '%s', 'scope': 'a visit'}", s->note);
}

static const char *assist(struct scene *s, const char *at)
{
    return kit_say(&s->d, &s->author[MX], "assist", "HN,MX,ts",
                   "{'at': '%s', 'by': 'MX', 'kind': 'visit', 'persons': [1],"
                   " 'manner': 'good_offices', 'detail': 'she was seen'}",
                   at);
}

static void all_of_it(struct scene *s)
{
    ask(s);
    offer(s);
    request(s);
    accept(s);
    assist(s, "2026-03-10T10:30:00+00:00");
}

/* ---- checking ---- */

static bool check_under(struct scene *s, const char *root)
{
    dossier_check_release(&s->check);
    dossier_release(&s->got);
    error_clear(&s->err);
    buf_clear(&s->said);
    kit_put(&s->file, &s->d, &s->author[HN]);
    if (!dossier_take(&s->got, s->file.data, s->file.size, &s->err))
        fail_msg("%s", error_text(&s->err));
    bool good = dossier_check(&s->got, &(struct dossier_reader){.root = root}, &s->check, &s->err);
    dossier_say(&s->check, &s->said);
    assert_int_equal(s->err.kind, good ? ERROR_NONE : ERROR_VAULT);
    return good;
}

static void assert_believed(struct scene *s)
{
    if (!check_under(s, NULL))
        fail_msg("%s", error_text(&s->err));
}

/* Each line of why not begins so. */
static void assert_not_believed(struct scene *s, const char *why)
{
    assert_false(check_under(s, NULL));
    if (!strstr(error_text(&s->err), why))
        fail_msg("not \"%s\": %s", why, error_text(&s->err));
}

static void assert_said(const struct scene *s, const char *words)
{
    struct buf flat = BUF_INIT;

    /* Wherever the lines were broken. */
    for (const char *c = buf_text(&s->said); *c; c++)
        if (*c != ' ' || !flat.size || flat.data[flat.size - 1] != ' ')
            buf_addc(&flat, *c == '\n' ? ' ' : *c);
    struct buf once = BUF_INIT;
    for (size_t i = 0; i < flat.size; i++)
        if (flat.data[i] != ' ' || !once.size || once.data[once.size - 1] != ' ')
            buf_addc(&once, flat.data[i]);
    if (!strstr(buf_text(&once), words))
        fail_msg("not \"%s\": %s", words, buf_text(&s->said));
    buf_release(&flat);
    buf_release(&once);
}

static enum standing standing(const struct scene *s, size_t number)
{
    const struct dossier_item *item = &s->check.items[number - 1];

    return s->check.conversation.items[item->place].verdict.standing;
}

/* ---- tests ---- */

static void says_who_asked_whom(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    all_of_it(&s);
    assert_believed(&s);
    for (size_t i = 1; i <= s.check.count; i++)
        assert_int_equal(standing(&s, i), STANDING_COUNTS);
    assert_said(&s, "1 2026-03-10 09:00 HNRAB poll CR MX ts it counts");
    assert_said(&s, "1 Honduras asked Costa Rica, Mexico (poll, round 1).");
    assert_said(&s, "2 Mexico answered and offers help; its law: yes, its means: yes.");
    assert_said(&s, "3 Honduras chose Mexico.");
    assert_said(&s, "4 Honduras requested help of Mexico by note, handed over 2026-03-10 10:00.");
    assert_said(&s, "5 Mexico accepted the request.");
    assert_said(&s, "6 Mexico reported assistance of 2026-03-10 10:30 (visit). It followed the "
                    "request by note of dispatch 4 (Art. 6).");
    assert_said(&s, "4 To Mexico: accepted. Assistance rests on it.");
    assert_null(strstr(buf_text(&s.said), "does not count"));
    end(&s);
}

/* Whoever puts it together puts it in another order, by which it is numbered: it proves the same.
 */
static void order_makes_no_difference(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    all_of_it(&s);
    assert_believed(&s);
    uint64_t digest = conversation_digest(&s.check.conversation, "");
    for (size_t turn = 1; turn < s.d.count; turn++) {
        struct act_bytes first = s.d.dispatches[0];
        memmove(&s.d.dispatches[0], &s.d.dispatches[1], (s.d.count - 1) * sizeof *s.d.dispatches);
        s.d.dispatches[s.d.count - 1] = first;
        if (turn % 2) { /* and backwards */
            first = s.d.dispatches[1];
            s.d.dispatches[1] = s.d.dispatches[4];
            s.d.dispatches[4] = first;
        }
        assert_believed(&s);
        assert_true(conversation_digest(&s.check.conversation, "") == digest);
        for (size_t i = 1; i <= s.check.count; i++)
            assert_int_equal(standing(&s, i), STANDING_COUNTS);
        assert_said(&s, "Mexico accepted the request.");
        assert_said(&s, "It followed the request by note of dispatch");
        assert_said(&s, "To Mexico: accepted. Assistance rests on it.");
    }
    end(&s);
}

static void rests_on_the_root_of_the_card(void **state)
{
    struct scene s;
    char root[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];
    uint8_t keys[ROOT_KEYS][TRUST_KEY] = {{1}, {2}, {3}}, strange[ROOT_SIZE];
    (void)state;

    begin(&s);
    all_of_it(&s);
    fingerprint_of_root(s.d.root, root);
    assert_true(check_under(&s, root));
    assert_true(s.check.compared);
    assert_said(&s, root);
    assert_true(check_under(&s, NULL));
    assert_false(s.check.compared);
    assert_said(&s, "compare these digits");
    fingerprint_root(keys, strange);
    fingerprint_of_root(strange, other);
    assert_false(check_under(&s, other));
    assert_non_null(strstr(error_text(&s.err), other));
    end(&s);
}

static void proves_nothing_without_a_directory(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    all_of_it(&s);
    size_t count = s.d.directory_count;
    s.d.directory_count = 0;
    assert_not_believed(&s, "the keys of its root are not in it");
    s.d.directory_count = count;
    uint8_t root[ROOT];
    memcpy(root, s.d.root, ROOT);
    memset(s.d.root, 0, ROOT);
    assert_not_believed(&s, "it names no root");
    /* Of another root, of which the directory is none. */
    memset(s.d.root, 5, ROOT);
    assert_not_believed(&s, "the keys of its root are not in it");
    memcpy(s.d.root, root, ROOT);
    assert_believed(&s);
    end(&s);
}

/* Each act of the directory that proves a key is needed. */
static void needs_every_proof(void **state)
{
    struct scene s;
    size_t needed = 0;
    (void)state;

    begin(&s);
    all_of_it(&s);
    size_t count = s.d.directory_count;
    for (size_t i = 0; i < count; i++) {
        struct act_bytes out = s.d.directory[i], last = s.d.directory[count - 1];
        s.d.directory[i] = last;
        s.d.directory_count--;
        needed += !check_under(&s, NULL);
        s.d.directory_count++;
        s.d.directory[i] = out;
    }
    /* The root; of Honduras and Mexico key, approval and post. Costa Rica only was asked. */
    assert_int_equal(needed, 7);
    end(&s);
}

static void knows_a_forged_author(void **state)
{
    struct scene s;
    struct kit_author forger;
    (void)state;

    begin(&s);
    all_of_it(&s);
    /* In the name of Mexico's post, by another key. */
    forger = s.author[MX];
    memcpy(forger.post.sign, s.author[STRANGER].post.sign, sizeof forger.post.sign);
    kit_say(&s.d, &forger, "decline", "HN,MX,ts", "{'state': 'MX', 'stage': 'note', 'note': '%s'}",
            s.note);
    assert_not_believed(&s, "dispatch 7 (declining; MXRAB, Consulate of MX): by a key that is not");
    assert_int_not_equal(standing(&s, 7), STANDING_COUNTS);
    end(&s);
}

static void knows_a_stranger(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    all_of_it(&s);
    kit_say(&s.d, &s.author[STRANGER], "accept", "HN,MX",
            "{'state': 'MX', 'note': '%s', 'scope': 'all'}", s.note);
    assert_not_believed(&s, "dispatch 7 (acceptance; ");
    end(&s);
}

static void raises_a_forked_chain(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    struct kit_author before = s.author[MX];
    offer(&s);
    s.author[MX] = before;
    kit_say(&s.d, &s.author[MX], "decline", "HN,MX,ts",
            "{'state': 'MX', 'stage': 'poll', 'round': 1}");
    assert_not_believed(&s, "dispatch 3 (declining; MXRAB, Consulate of MX): its author said "
                            "something else in the same place: dispatch 2");
    end(&s);
}

/* A chain that goes back, or leads through another's. */
static void knows_a_false_chain(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    memcpy(s.author[MX].prev, s.author[HN].prev, PREV_SHORT);
    offer(&s);
    assert_not_believed(&s, "dispatch 2 (reply; MXRAB, Consulate of MX): it does not come after");
    end(&s);
}

static void knows_a_chain_that_goes_back(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    s.author[MX].sequence = 4;
    offer(&s);
    s.author[MX].sequence = 2;
    kit_say(&s.d, &s.author[MX], "decline", "HN,MX,ts",
            "{'state': 'MX', 'stage': 'poll', 'round': 1}");
    assert_not_believed(&s,
                        "dispatch 3 (declining; MXRAB, Consulate of MX): it does not come after");
    end(&s);
}

/* By the right key, in another network. */
static void knows_another_root(void **state)
{
    struct scene s;
    uint8_t root[ROOT];
    (void)state;

    begin(&s);
    ask(&s);
    memcpy(root, s.d.root, ROOT);
    memset(s.d.root, 5, ROOT);
    offer(&s);
    memcpy(s.d.root, root, ROOT);
    assert_not_believed(&s,
                        "dispatch 2 (reply; MXRAB, Consulate of MX): signed under another root");
    end(&s);
    /* Before there was a root nobody could sign under it. */
    begin(&s);
    ask(&s);
    memcpy(root, s.d.root, ROOT);
    memset(s.d.root, 0, ROOT);
    offer(&s);
    memcpy(s.d.root, root, ROOT);
    assert_believed(&s);
    end(&s);
}

static void knows_a_revoked_key(void **state)
{
    struct scene s;
    char hash[2 * PREV_SHORT + 1];
    (void)state;

    begin(&s);
    ask(&s);
    offer(&s);
    sodium_bin2hex(hash, sizeof hash, s.author[MX].prev, PREV_SHORT);
    request(&s);
    accept(&s);
    assert_believed(&s);
    /* The acceptance was signed by the thief: the offer is the last good one. */
    char *heads = xasprintf("[{'case': '0707070707070707', 'sequence': 1, 'hash': '%s'}]", hash);
    kit_revoke(&s.network, "MX", &s.author[MX], heads);
    free(heads);
    assert_not_believed(&s, "dispatch 5 (acceptance; MXRAB, Consulate of MX): by a key that was "
                            "revoked, and not below its last good act");
    assert_null(strstr(error_text(&s.err), "dispatch 2"));
    assert_int_equal(standing(&s, 5), STANDING_QUARANTINED);
    assert_int_equal(standing(&s, 2), STANDING_COUNTS);
    end(&s);
}

/* A dossier's own directory is as old as it is; its reader may have a later one. */
static void knows_what_was_revoked_since(void **state)
{
    struct scene s;
    struct act_bytes later[2];
    struct dossier_reader reader = {NULL, later, 2};
    (void)state;

    begin(&s);
    all_of_it(&s);
    kit_revoke(&s.network, "MX", &s.author[MX], "[]");
    later[0] = s.d.directory[--s.d.directory_count];
    later[1] = later[0];
    later[1].signature[0] ^= 1; /* one that does not hold is nothing */
    kit_put(&s.file, &s.d, &s.author[HN]);
    assert_true(dossier_take(&s.got, s.file.data, s.file.size, &s.err));
    assert_false(dossier_check(&s.got, &reader, &s.check, &s.err));
    assert_non_null(strstr(error_text(&s.err), "dispatch 2 (reply; MXRAB, Consulate of MX): by a "
                                               "key that was revoked"));
    forget(&s);
    reader.directory = &later[1];
    reader.count = 1;
    assert_true(dossier_take(&s.got, s.file.data, s.file.size, &s.err));
    assert_true(dossier_check(&s.got, &reader, &s.check, &s.err));
    act_bytes_release(&later[0]);
    end(&s);
}

/* Who put it together has to be somebody. */
static void knows_who_put_it_together(void **state)
{
    struct scene s;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&s);
    all_of_it(&s);
    assert_believed(&s);
    forget(&s);
    kit_put(&s.file, &s.d, &s.author[STRANGER]);
    assert_true(dossier_take(&s.got, s.file.data, s.file.size, &err));
    assert_false(dossier_check(&s.got, &(struct dossier_reader){NULL}, &s.check, &err));
    assert_string_equal(error_text(&err),
                        "the key of who put it together is not known, or was revoked");
    error_release(&err);
    end(&s);
}

/* A State that has a post certified whose id begins as the opener's could speak for it. */
static void knows_a_second_opener(void **state)
{
    struct scene s;
    struct kit_author twin;
    (void)state;

    begin(&s);
    all_of_it(&s);
    twin = s.author[STRANGER];
    memcpy(twin.post.id, s.author[HN].post.id, OPENER);
    kit_certify(&s.network, "HN", &twin, "HNTWO");
    assert_not_believed(&s, "two posts of the directory could be the one that opened the case");
    end(&s);
    /* Another State has none whose id begins so. */
    begin(&s);
    all_of_it(&s);
    kit_certify(&s.network, "MX", &twin, "MXTWO");
    assert_not_believed(&s, "by a key that is not known here");
    end(&s);
}

/* What honest posts did wrong is said, and is no reason not to believe that they did it. */
static void says_that_no_note_came_before(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    offer(&s);
    assist(&s, "2026-03-10T10:30:00+00:00");
    assert_believed(&s);
    assert_int_not_equal(standing(&s, 3), STANDING_COUNTS);
    assert_said(&s, "What is not as it would be, or does not count 3 ");
    assert_null(strstr(buf_text(&s.said), "It followed the request"));
    end(&s);
    /* The note came after the help. */
    begin(&s);
    ask(&s);
    offer(&s);
    request(&s);
    accept(&s);
    assist(&s, "2026-03-10T09:30:00+00:00");
    assert_believed(&s);
    assert_int_not_equal(standing(&s, 6), STANDING_COUNTS);
    assert_said(&s, "no request by note was in force then, as it knew (Art. 6)");
    end(&s);
}

static void holds_without_what_is_not_disclosed(void **state)
{
    struct scene s;
    size_t parts = 0;
    (void)state;

    begin(&s);
    all_of_it(&s);
    for (size_t i = 0; i < s.d.count; i++)
        for (size_t p = 0; p < s.d.dispatches[i].count; p++, parts++)
            s.d.dispatches[i].parts[p].present = false;
    assert_true(parts > 2);
    assert_believed(&s);
    assert_int_equal(s.check.withheld, parts);
    assert_said(&s, "It followed the request by note of dispatch 4 (Art. 6).");
    assert_said(&s, "parts of what was said are not disclosed");
    assert_null(memmem(s.file.data, s.file.size, "she was seen", 12));
    for (size_t i = 1; i <= s.check.count; i++)
        assert_int_equal(standing(&s, i), STANDING_COUNTS);
    end(&s);
}

/* A gap is told, and no cause: it may have gone to others. */
static void counts_what_is_missing(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    offer(&s);
    s.author[MX].sequence += 2;
    kit_say(&s.d, &s.author[MX], "decline", "HN,MX,ts",
            "{'state': 'MX', 'stage': 'poll', 'round': 1}");
    assert_believed(&s);
    assert_said(&s, "2 earlier dispatches of MXRAB, Consulate of MX are not in it");
    act_bytes_release(&s.d.dispatches[1]);
    s.d.dispatches[1] = s.d.dispatches[--s.d.count];
    assert_believed(&s);
    assert_said(&s, "3 earlier dispatches of MXRAB, Consulate of MX are not in it");
    end(&s);
}

/* A certified post may write what it likes where an instant or a State should stand. */
static void keeps_texts_on_their_line(void **state)
{
    struct scene s;
    (void)state;

    begin(&s);
    ask(&s);
    offer(&s);
    request(&s);
    accept(&s);
    assist(&s, "now\\nAll that is in it is authentic.");
    kit_say(&s.d, &s.author[HN], "poll", "CR,HN,MX,ts",
            "{'round': 2, 'to': ['CR', 'x\\ny'], 'reply_by': '2026-03-13'}");
    check_under(&s, NULL);
    assert_null(strstr(buf_text(&s.said), "\nAll that"));
    assert_null(strstr(buf_text(&s.said), "\nAll that"));
    assert_null(strstr(buf_text(&s.said), "\ny"));
    end(&s);
}

static void says_the_same_to_machines(void **state)
{
    struct scene s;
    json_t *json;
    (void)state;

    begin(&s);
    all_of_it(&s);
    s.d.dispatches[5].parts[0].present = false;
    assert_believed(&s);
    json = dossier_json(&s.check, "");
    assert_non_null(json);
    assert_true(json_is_true(json_object_get(json, "believed")));
    assert_int_equal(json_array_size(json_object_get(json, "dispatches")), 6);
    const json_t *help = json_array_get(json_object_get(json, "dispatches"), 5);
    assert_int_equal(json_integer_value(json_object_get(help, "request")), 4);
    assert_int_equal(json_integer_value(json_object_get(help, "withheld")), 1);
    assert_string_equal(json_string_value(json_object_get(help, "standing")), "counts");
    assert_string_equal(json_string_value(json_object_get(help, "trust")), "certified");
    assert_null(json_object_get(json_object_get(help, "payload"), "detail"));
    json_decref(json);
    json = dossier_json(&s.check, "one\ntwo");
    assert_false(json_is_true(json_object_get(json, "believed")));
    assert_int_equal(json_array_size(json_object_get(json, "causes")), 2);
    json_decref(json);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_who_asked_whom),
        cmocka_unit_test(order_makes_no_difference),
        cmocka_unit_test(rests_on_the_root_of_the_card),
        cmocka_unit_test(proves_nothing_without_a_directory),
        cmocka_unit_test(needs_every_proof),
        cmocka_unit_test(knows_a_forged_author),
        cmocka_unit_test(knows_a_stranger),
        cmocka_unit_test(raises_a_forked_chain),
        cmocka_unit_test(knows_a_false_chain),
        cmocka_unit_test(knows_a_chain_that_goes_back),
        cmocka_unit_test(knows_another_root),
        cmocka_unit_test(knows_a_revoked_key),
        cmocka_unit_test(knows_what_was_revoked_since),
        cmocka_unit_test(knows_who_put_it_together),
        cmocka_unit_test(knows_a_second_opener),
        cmocka_unit_test(says_that_no_note_came_before),
        cmocka_unit_test(holds_without_what_is_not_disclosed),
        cmocka_unit_test(counts_what_is_missing),
        cmocka_unit_test(keeps_texts_on_their_line),
        cmocka_unit_test(says_the_same_to_machines),
    };
    return cmocka_run_group_tests_name("dossier check", tests, NULL, NULL);
}
