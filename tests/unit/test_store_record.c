/* SPDX-License-Identifier: MIT */
/* Recording, reading back, numbers, and that nothing is half-written. */
#include "store_kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/store/draft.h"
#include "amparo/store/list.h"
#include "amparo/store/verify.h"

#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"
#define KAREN                                                                                      \
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'surname_2': 'ORDÓÑEZ', 'given_names': 'Karen', "    \
    "'nationalities': [{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}"
#define CASE "HNTGU-2026-0001"
#define OTHER                                                                                      \
    "{'kind': 'OTH', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Embassy', 'city': "      \
    "'Abu Dhabi'}, 'date': '%s'}"

static void whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    assert_string_equal(buf_text(&verified.notes), "");
    buf_release(&verified.notes);
}

static void reads_back(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("back");
    struct case_file c;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    const char *id = kit_record(store, CASE, ACT_PERSON, KAREN);
    assert_true(store_case(store, "hntgu-2026-0001", &c, &err));
    assert_string_equal(c.reference, CASE);
    assert_int_equal(c.count, 2);
    json_t *karen = kit_json(KAREN);
    assert_true(json_equal(c.acts[1].payload, karen));
    json_decref(karen);
    assert_string_equal(c.acts[1].by, "Ana PINEDA");
    assert_string_equal(c.acts[1].at, "2026-03-12T12:00:00-06:00");
    assert_int_equal(c.acts[1].role, ROLE_HEAD);
    assert_string_equal(c.acts[1].post, "HNTGU");
    assert_ptr_equal(case_entry(&c, id)->act, &c.acts[1]);
    assert_string_equal(case_requesting_state(&c), "HN");
    case_release(&c);
    assert_false(store_case(store, "HNTGU-2026-0002", &c, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    whole(store);
    store_close(store);
}

static void numbers_cases_by_year(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("years");
    struct case_file c;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_set_now(store, "2026-12-31T23:59:59-06:00"); /* already 2027 in Greenwich */
    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_set_now(store, "2027-01-01T00:00:00-06:00");
    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_true(store_case(store, "HNTGU-2026-0003", &c, &err));
    case_release(&c);
    assert_true(store_case(store, "HNTGU-2027-0001", &c, &err));
    case_release(&c);
    store_close(store);
}

static char *note_of(struct store *store, const char *reference, const char *date)
{
    struct error err = ERROR_INIT;
    struct recorded recorded;
    char text[400];

    snprintf(text, sizeof text, OTHER, date);
    json_t *json = kit_json(text);
    struct record_request request = {.reference = reference, .kind = ACT_NOTE, .payload = json};
    if (!store_record(store, &request, &recorded, &err))
        fail_msg("%s", error_text(&err));
    char *number = recorded.number;
    recorded.number = NULL;
    recorded_release(&recorded);
    json_decref(json);
    return number;
}

static void assert_number(struct store *store, const char *reference, const char *date,
                          const char *should)
{
    char *is = note_of(store, reference, date);

    assert_string_equal(is, should);
    free(is);
}

/* One register for the post, whatever the case; by the year that is written on the note. */
static void numbers_notes_without_gaps(void **state)
{
    struct store *store = kit_create("notes");
    char text[800], note[400];
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_number(store, CASE, "2026-03-12", "1/2026");
    assert_number(store, "HNTGU-2026-0002", "2026-03-12", "2/2026");
    assert_number(store, CASE, "2025-12-30", "1/2025");
    kit_refuse(store, CASE, ACT_NOTE, "{'kind': 'OTH', 'direction': 'out'}", ERROR_INPUT, "");
    snprintf(note, sizeof note, OTHER, "2026-03-11");
    const char *id = kit_record(store, CASE, ACT_NOTE, note);
    snprintf(text, sizeof text, "{'of': '%s', 'reason': 'the date', 'payload': %s}", id, note);
    kit_record(store, CASE, ACT_CORRECT, text);
    snprintf(text, sizeof text, "{'note': '%s', 'reason': 'not sent'}", id);
    kit_record(store, CASE, ACT_ANNUL, text);
    assert_number(store, CASE, "2026-03-12", "4/2026");
    whole(store);
    store_close(store);
}

static void refuses_what_another_changed(void **state)
{
    struct error err = ERROR_INIT;
    struct store *ana = kit_create("meanwhile"), *luis;
    struct case_file seen;
    (void)state;

    assert_true(store_add_officer(ana, "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    kit_record(ana, NULL, ACT_OPEN, OPEN);
    kit_record(ana, CASE, ACT_PERSON, KAREN);
    luis = kit_open("meanwhile", kit_luis);
    assert_true(store_case(ana, CASE, &seen, &err));
    kit_record(luis, CASE, ACT_SITUATION, "{'locality': 'Dubai'}");
    json_t *karen = kit_json(KAREN), *place = kit_json("{'locality': 'Sharjah'}");
    struct record_request request = {
        .reference = CASE, .kind = ACT_SITUATION, .payload = place, .seen = seen.acts[1].seq};
    assert_false(store_record(ana, &request, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "Luis Mejía"));
    error_release(&err);
    request.kind = ACT_PERSON; /* another thing: nobody is in the way */
    request.payload = karen;
    assert_true(store_record(ana, &request, NULL, &err));
    json_decref(karen);
    json_decref(place);
    case_release(&seen);
    store_close(luis);
    store_close(ana);
}

static void ends_the_draft_with_the_act(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("draft");
    struct draft draft;
    int64_t id;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_true(store_draft_open(store, CASE, ACT_PERSON, 1, 0, &id, &err));
    assert_true(store_draft_put(store, id, "person", "surname_1", "RAMÍREZ", 8, &err));
    json_t *bad = kit_json("{'person': 1}"), *good = kit_json(KAREN);
    struct record_request request = {
        .reference = CASE, .kind = ACT_PERSON, .payload = bad, .draft = id};
    assert_false(store_record(store, &request, NULL, &err));
    error_release(&err);
    assert_true(store_draft_get(store, id, &draft, &err));
    draft_release(&draft);
    request.payload = good;
    assert_true(store_record(store, &request, NULL, &err));
    assert_false(store_draft_get(store, id, &draft, &err));
    error_release(&err);
    json_decref(bad);
    json_decref(good);
    store_close(store);
}

static void keeps_all_of_a_batch_or_nothing(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("batch");
    struct case_file c;
    (void)state;

    assert_true(store_batch_begin(store, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, CASE, ACT_PERSON, KAREN);
    assert_false(store_batch_end(store, false, &err));
    assert_false(store_case(store, CASE, &c, &err));
    error_release(&err);
    assert_true(store_batch_begin(store, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_refuse(store, CASE, ACT_PERSON, "{'person': 1}", ERROR_INPUT, "nationalities");
    assert_true(store_batch_end(store, true, &err));
    assert_true(store_case(store, CASE, &c, &err));
    assert_int_equal(c.count, 1);
    case_release(&c);
    whole(store);
    store_close(store);
}

/* Several acts of one case in one call; the third as the caller says. */
static bool record_three(struct store *store, const char *third, struct recorded out[3], size_t *at,
                         struct error *err)
{
    json_t *payloads[] = {kit_json(OPEN), kit_json(KAREN), kit_json(third)};
    const enum act_kind kinds[] = {ACT_OPEN, ACT_PERSON, ACT_NOTE};
    struct record_request requests[3];

    for (size_t i = 0; i < 3; i++)
        requests[i] = (struct record_request){.kind = kinds[i], .payload = payloads[i]};
    bool ok = store_record_all(store, requests, 3, out, at, err);
    for (size_t i = 0; i < 3; i++)
        json_decref(payloads[i]);
    return ok;
}

static void records_all_acts_or_none(void **state)
{
    static const char note[] =
        "{'kind': 'OTH', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Embassy', 'city': "
        "'Abu Dhabi'}, 'date': '2026-03-12'}";
    static const char refused[] =
        "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Embassy', 'city': "
        "'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': '2026-03-12T11:00:00-06:00'}";
    struct store *store = kit_create("all");
    struct error err = ERROR_INIT;
    struct recorded out[3];
    int64_t cases;
    size_t at;
    (void)state;

    assert_false(record_three(store, "{'kind': 'NONE'}", out, &at, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(at, 2);
    error_release(&err);
    assert_false(record_three(store, refused, out, &at, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_int_equal(at, 2);
    error_release(&err);
    assert_true(db_number(store, &cases, 0, &err, "SELECT count(*) FROM cases", ""));
    assert_int_equal(cases, 0);
    assert_true(record_three(store, note, out, &at, &err));
    assert_string_equal(out[0].reference, CASE);
    assert_string_equal(out[2].number, "1/2026");
    assert_int_equal(out[2].seq, out[0].seq + 2);
    for (size_t i = 0; i < 3; i++)
        recorded_release(&out[i]);
    assert_true(record_three(store, note, out, &at, &err));
    assert_string_equal(out[2].number, "2/2026");
    for (size_t i = 0; i < 3; i++)
        recorded_release(&out[i]);
    whole(store);
    store_close(store);
}

static void shows_a_day_in_the_past(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("past");
    struct case_file c;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_set_now(store, "2026-03-14T09:00:00-06:00");
    kit_record(store, CASE, ACT_PERSON, KAREN);
    assert_true(store_case_as_of(store, CASE, "2026-03-13", &c, &err));
    assert_int_equal(c.count, 1);
    case_release(&c);
    assert_true(store_case_as_of(store, CASE, "2026-03-14", &c, &err));
    assert_int_equal(c.count, 2);
    case_release(&c);
    assert_false(store_case_as_of(store, CASE, "2026-03-11", &c, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    assert_false(store_case_as_of(store, CASE, "14 March", &c, &err));
    error_release(&err);
    store_close(store);
}

/* ---- several processes ---- */

enum { EACH = 15 };

static void record_needs(const char *name, struct passphrase passphrase, int count, int acks)
{
    struct store *store = kit_open(name, passphrase);

    for (int i = 0; i < count; i++) {
        kit_record(store, CASE, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
        if (acks >= 0 && write(acks, "a", 1) != 1)
            _exit(2);
    }
    store_close(store);
}

static void two_processes_lose_nothing(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("two");
    struct case_file c;
    int status;
    (void)state;

    assert_true(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_close(store);
    for (int i = 0; i < 2; i++) {
        if (fork() == 0) {
            record_needs("two", i ? kit_ana : kit_luis, EACH, -1);
            _exit(0);
        }
    }
    for (int i = 0; i < 2; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    store = kit_open("two", kit_ana);
    assert_true(store_case(store, CASE, &c, &err));
    assert_int_equal(c.count, 1 + 2 * EACH);
    case_release(&c);
    whole(store);
    store_close(store);
}

/* What was acknowledged is there after kill -9, and nothing is half there. */
static void a_killed_process_loses_nothing(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("killed");
    struct case_file c;
    size_t acknowledged = 0;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_close(store);
    for (int round = 0; round < 4; round++) {
        int pipes[2], status;
        char ack;
        assert_int_equal(pipe(pipes), 0);
        pid_t child = fork();
        if (child == 0) {
            record_needs("killed", kit_ana, 1000, pipes[1]);
            _exit(3);
        }
        close(pipes[1]);
        for (int i = 0; i < 3 + 2 * round; i++)
            assert_int_equal(read(pipes[0], &ack, 1), 1);
        kill(child, SIGKILL);
        acknowledged += (size_t)(3 + 2 * round);
        while (read(pipes[0], &ack, 1) == 1)
            acknowledged++;
        close(pipes[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        store = kit_open("killed", kit_ana);
        assert_true(store_case(store, CASE, &c, &err));
        assert_true(c.count >= 1 + acknowledged);
        acknowledged = c.count - 1;
        case_release(&c);
        whole(store);
        store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back),
        cmocka_unit_test(numbers_cases_by_year),
        cmocka_unit_test(numbers_notes_without_gaps),
        cmocka_unit_test(refuses_what_another_changed),
        cmocka_unit_test(ends_the_draft_with_the_act),
        cmocka_unit_test(keeps_all_of_a_batch_or_nothing),
        cmocka_unit_test(records_all_acts_or_none),
        cmocka_unit_test(shows_a_day_in_the_past),
        cmocka_unit_test(two_processes_lose_nothing),
        cmocka_unit_test(a_killed_process_loses_nothing),
    };
    return cmocka_run_group_tests_name("store record", tests, kit_begin, kit_end);
}
