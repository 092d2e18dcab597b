/* SPDX-License-Identifier: MIT */
/* What another post said, as an act here: of which kinds, in what form, and taken down before. */
#include "fold_kit.h"

#include <string.h>

#include "amparo/agreement/arrival.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

static const struct arrival_reader requesting = {"requesting", "HN", false},
                                   assisting = {"assisting", "CR", false},
                                   capital = {"observer", "HN", false},
                                   secretariat = {"observer", "CR", true};

static void in_whose_file(void **state)
{
    (void)state;
    assert_int_equal(arrival_of(ACT_POLL, "HN", &assisting), ARRIVAL_TAKEN_DOWN);
    assert_int_equal(arrival_of(ACT_POLL, "HN", &requesting), ARRIVAL_NONE);
    assert_int_equal(arrival_of(ACT_REPLY, "CR", &requesting), ARRIVAL_TAKEN_DOWN);
    assert_int_equal(arrival_of(ACT_PERSON, "HN", &assisting), ARRIVAL_AS_SAID);
    assert_int_equal(arrival_of(ACT_PERSON, "HN", &capital), ARRIVAL_AS_SAID);
    assert_int_equal(arrival_of(ACT_CLOSE, "HN", &secretariat), ARRIVAL_AS_SAID);
    assert_int_equal(arrival_of(ACT_CLOSE, "HN", &assisting), ARRIVAL_NONE);
    /* An answer of another post of one's own State is that State's; a note of it is not ours. */
    assert_int_equal(arrival_of(ACT_REPLY, "CR", &assisting), ARRIVAL_TAKEN_DOWN);
    assert_int_equal(arrival_of(ACT_NOTE, "CR", &assisting), ARRIVAL_NONE);
    assert_int_equal(arrival_of(ACT_NOTE, "HN", &capital), ARRIVAL_TAKEN_DOWN);
}

/* What is the owner's alone is recorded nowhere else; nobody's record of a person at the
 * Secretariat. */
static void what_never_becomes_an_act(void **state)
{
    static const enum act_kind owners[] = {ACT_CHOOSE, ACT_HAND_OVER, ACT_CONSENT, ACT_GROUND,
                                           ACT_DECIDE, ACT_OPEN,      ACT_ERASE,   ACT_LIFT_LOCK};
    static const struct arrival_reader *const readers[] = {&requesting, &assisting, &capital,
                                                           &secretariat};
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(owners); i++)
        for (size_t k = 0; k < ARRAY_SIZE(readers); k++)
            assert_int_equal(arrival_of(owners[i], "HN", readers[k]), ARRIVAL_NONE);
    assert_int_equal(arrival_of(ACT_PERSON, "HN", &secretariat), ARRIVAL_NONE);
    assert_int_equal(arrival_of(ACT_NEED, "HN", &secretariat), ARRIVAL_NONE);
    assert_int_equal(arrival_of(ACT_CHILD, "HN", &secretariat), ARRIVAL_NONE);
}

static void as_what_a_case_is_followed(void **state)
{
    (void)state;
    assert_string_equal(arrival_role("HN", "CR", false), "assisting");
    assert_string_equal(arrival_role("HN", "HN", false), "observer");
    assert_string_equal(arrival_role("HN", "HN", true), "observer");
}

static bool same(enum act_kind kind, const char *taken_down, const char *came)
{
    json_t *a = kit_json(taken_down), *b = kit_json(came);
    bool is = arrival_same(kind, a, b);

    json_decref(a);
    json_decref(b);
    return is;
}

static void knows_what_was_taken_down(void **state)
{
    (void)state;
    assert_true(same(ACT_POLL, "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-17'}",
                     "{'round': 1, 'to': ['MX', 'CR'], 'reply_by': '2026-03-17', 'text': 'x'}"));
    assert_false(same(ACT_POLL, "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                      "{'round': 2, 'to': ['CR'], 'reply_by': '2026-03-17'}"));
    assert_false(same(ACT_POLL, "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                      "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-18'}"));
    assert_false(same(ACT_REPLY, "{'state': 'CR', 'round': 1, 'offer': true}",
                      "{'state': 'CR', 'round': 1, 'offer': false}"));
    assert_true(same(ACT_REPLY, "{'state': 'CR', 'round': 1, 'offer': true}",
                     "{'state': 'CR', 'round': 1, 'offer': true, 'limits': 'by day'}"));
    assert_true(same(ACT_PERSON, "{'surname_1': 'Ramirez', 'given_names': 'KAREN'}",
                     "{'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'sex': 'F'}"));
    assert_false(same(ACT_PERSON, "{'surname_1': 'Ramirez', 'given_names': 'Karen'}",
                      "{'surname_1': 'RAMÍREZ', 'given_names': 'Karla'}"));
}

static void knows_a_note_by_its_number(void **state)
{
    const char *came = "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'HN'}, 'number': "
                       "'7/2026', 'date': '2026-03-11'}";
    (void)state;

    assert_true(same(ACT_NOTE,
                     "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'HN', 'city': 'x'}, "
                     "'number': '7/2026', 'date': '2026-03-11'}",
                     came));
    assert_false(same(ACT_NOTE,
                      "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'HN'}, 'number': "
                      "'8/2026', 'date': '2026-03-11'}",
                      came));
    assert_false(same(ACT_NOTE,
                      "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'GT'}, 'number': "
                      "'7/2026', 'date': '2026-03-11'}",
                      came));
    assert_true(same(ACT_ASSIST,
                     "{'by': 'CR', 'kind': 'visit', 'at': '2026-03-12T10:00:00Z', 'persons': [1]}",
                     "{'by': 'CR', 'kind': 'visit', 'at': '2026-03-12T14:10:00+04:00', 'persons': "
                     "[1]}"));
    assert_false(same(ACT_ASSIST,
                      "{'by': 'CR', 'kind': 'visit', 'at': '2026-03-12T10:00:00Z', 'persons': [1]}",
                      "{'by': 'CR', 'kind': 'visit', 'at': '2026-03-12T12:00:00Z', 'persons': "
                      "[1]}"));
    /* What nobody takes down of others is never the same. */
    assert_false(same(ACT_CLOSE, "{'outcome': ['located']}", "{'outcome': ['located']}"));
}

/* ---- the form of what came ---- */

static bool checks(enum act_kind kind, const char *text, bool received)
{
    struct error err = ERROR_INIT;
    json_t *payload = kit_json(text);
    bool ok = received ? payload_check_at(act_type(kind), payload, "", true, &err)
                       : payload_check(act_type(kind), payload, &err);

    json_decref(payload);
    error_release(&err);
    return ok;
}

static void closed_fields_may_be_missing(void **state)
{
    static const struct {
        enum act_kind kind;
        const char *payload;
    } forms[] = {
        {ACT_PERSON, "{'person': 1}"},
        {ACT_WITHDRAW, "{'note': '0000000000000000000000000000000000000000000000000000000000000000'"
                       ", 'at': '2026-03-12T10:00:00Z'}"},
        {ACT_ASSIST, "{'at': '2026-03-12T10:00:00Z', 'by': 'CR', 'kind': 'visit', 'manner': "
                     "'good_offices'}"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        assert_true(checks(forms[i].kind, forms[i].payload, true));
        assert_false(checks(forms[i].kind, forms[i].payload, false));
    }
    /* What is open to all is needed all the same; and nothing strange is taken. */
    assert_false(
        checks(ACT_ASSIST, "{'by': 'CR', 'kind': 'visit', 'manner': 'good_offices'}", true));
    assert_false(checks(ACT_PERSON, "{'person': 1, 'shoe': 'left'}", true));
    assert_false(checks(ACT_PERSON, "{'person': 1, 'surname_1': 'a\\u001b[2J'}", true));
}

/* ---- in the fold ---- */

static void a_note_is_for_whom_it_was_addressed(void **state)
{
    static const char note[] =
        "{'kind': 'REQ', 'direction': 'in', 'from': {'state': 'HN', 'office': 'x', 'city': 'y'}, "
        "'number': '1/2026', 'date': '2026-03-10', 'at': '2026-03-10T10:00:00Z', 'transcribed': "
        "{'from': 'x', 'channel': 'pouch', 'on': '2026-03-10'}}";
    struct case_file c;
    (void)state;

    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role': 'observer', 'receiving_state': 'AE', 'requesting_state': 'HN', 'priority': "
            "'urgent', 'source': 'other_post'}");
    struct act act = {
        .kind = ACT_NOTE,
        .seq = 2,
        .payload = kit_json(note),
        .context = json_pack("{s:s, s:s}", case_dispatch_key, "ab", case_addressed_key, "CR")};
    strcpy(act.at, "2026-03-10T12:00:00Z");
    case_add(&c, &act);
    kit_add(&c, "note", note);
    assert_string_equal(request_state(&c, &c.entries[1]), "CR");
    assert_string_equal(request_state(&c, &c.entries[2]), "HN");
    assert_string_equal(entry_dispatch(&c.entries[1]), "ab");
    assert_null(entry_dispatch(&c.entries[2]));
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_whose_file),
        cmocka_unit_test(what_never_becomes_an_act),
        cmocka_unit_test(as_what_a_case_is_followed),
        cmocka_unit_test(knows_what_was_taken_down),
        cmocka_unit_test(knows_a_note_by_its_number),
        cmocka_unit_test(closed_fields_may_be_missing),
        cmocka_unit_test(a_note_is_for_whom_it_was_addressed),
    };

    return cmocka_run_group_tests_name("arrival", tests, NULL, NULL);
}
