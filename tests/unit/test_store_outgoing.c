/* SPDX-License-Identifier: MIT */
/* What leaves of an act, to whom, and what does not. */
#include "exchange_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/identity.h"

/* ---- a world of one post that asks, and those who read ---- */

struct world {
    struct store *hn;
    struct reader cr, mx, ts, own;
};

/* Readers need no file of their own here. */
static struct reader reader_of(const struct kit_office *post)
{
    struct reader reader = {.directorate = strcmp(post->kind, "directorate") == 0};
    bool secretariat = strcmp(post->kind, "secretariat") == 0;

    randombytes_buf(reader.post, POST_ID);
    memcpy(reader.code, secretariat ? CODE_SECRETARIAT : post->state, AUDIENCE_CODE);
    memcpy(reader.country, post->country, AUDIENCE_CODE);
    return reader;
}

static struct world begin(void)
{
    struct world w = {.hn = kit_office(&kit_tegucigalpa),
                      .cr = reader_of(&kit_abu_dhabi),
                      .mx = reader_of(&kit_mexican),
                      .ts = reader_of(&kit_secretariat),
                      .own = reader_of(&kit_tegucigalpa)};

    return w;
}

static void end(struct world *w)
{
    store_close(w->hn);
    store_remove_file(kit_path(kit_tegucigalpa.file));
}

static void expect(struct world *w, const struct reader *to, size_t count, size_t held)
{
    struct due due = kit_due(w->hn, to);

    assert_int_equal(due.count, count);
    assert_int_equal(due.held_count, held);
    due_release(&due);
}

/* ---- the poll ---- */

static void a_poll_goes_without_a_name(void **state)
{
    struct world w = begin();
    struct core core;
    const char *fault;
    (void)state;

    kit_make(w.hn, 0);
    kit_poll(w.hn);
    kit_make(w.hn, 1);
    kit_make(w.hn, 0);
    struct due due = kit_due(w.hn, &w.cr);
    const struct act_bytes *poll = kit_of_kind(&due, ACT_POLL);
    assert_int_equal(due.count, 1);
    assert_true(act_bytes_check(poll, &fault));
    assert_true(act_bytes_core(poll, &core));
    assert_int_equal(core.audience.count, 4);
    assert_true(audience_has(&core.audience, "CR") && audience_has(&core.audience, "MX"));
    assert_true(audience_has(&core.audience, "HN") && audience_has(&core.audience, "ts"));
    assert_memory_equal(core.author, w.hn->post.author, POST_ID);
    assert_true(sodium_is_zero(core.opener, OPENER));
    assert_int_equal(core.sequence, 1);
    json_t *payload, *context;
    assert_true(act_bytes_read(poll, &payload, &context));
    assert_null(json_object_get(payload, "override"));
    assert_string_equal(json_string_value(json_object_get(context, "receiving_state")), "AE");
    assert_string_equal(json_string_value(json_object_get(context, "requesting_state")), "HN");
    assert_string_equal(json_string_value(json_object_get(context, "priority")), "urgent");
    assert_string_equal(json_string_value(json_array_get(json_object_get(context, "grounds"), 0)),
                        "G5");
    json_decref(payload);
    json_decref(context);
    due_release(&due);
    expect(&w, &w.mx, 1, 0);
    expect(&w, &w.ts, 1, 0);
    end(&w);
}

/* The post that keeps the file is no reader of its own; another directorate of the State is. */
static void only_whom_it_concerns(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_make(w.hn, 1);
    struct reader far = reader_of(&kit_abu_dhabi), consulate = reader_of(&kit_tegucigalpa);
    memcpy(far.country, "JP", 3);
    consulate.directorate = false;
    memcpy(consulate.country, "AE", 3);
    expect(&w, &far, 0, 0);
    far.directorate = true;
    expect(&w, &far, 1, 0);
    expect(&w, &consulate, 0, 0);
    struct reader other = reader_of(&kit_abu_dhabi);
    memcpy(other.code, "PA", 3);
    expect(&w, &other, 0, 0);
    end(&w);
}

/* ---- the request ---- */

static void a_request_takes_its_persons_along(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_make(w.hn, 1);
    kit_request(w.hn);
    kit_make(w.hn, 4); /* the choice, the person, the need, the note */
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.count, 5);
    json_t *person = kit_payload(kit_of_kind(&due, ACT_PERSON));
    assert_string_equal(json_string_value(json_object_get(person, "given_names")), "Karen");
    assert_string_equal(json_string_value(json_object_get(person, "phone")), "+971501234567");
    json_decref(person);
    json_t *choice, *context;
    assert_true(act_bytes_read(kit_of_kind(&due, ACT_CHOOSE), &choice, &context));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(context, "answer"), "channel")), "email");
    json_decref(choice);
    json_decref(context);
    json_t *note = kit_payload(kit_of_kind(&due, ACT_NOTE));
    assert_string_equal(json_string_value(json_object_get(note, "scope")), "a visit to Karen");
    assert_null(json_object_get(note, "override"));
    json_decref(note);
    /* Before the note. */
    struct core last;
    assert_true(act_bytes_core(&due.list[4].bytes, &last));
    assert_int_equal(last.kind, ACT_NOTE);
    assert_int_equal(last.sequence, 5);
    assert_false(kit_tells(&due, "Palm Street"));
    due_release(&due);
    /* Who was not chosen learns of the poll alone; the Secretariat nothing of a person. */
    expect(&w, &w.mx, 1, 0);
    due = kit_due(w.hn, &w.ts);
    assert_int_equal(due.count, 3);
    for (size_t i = 0; i < due.count; i++)
        for (size_t k = 0; k < due.list[i].bytes.count; k++) {
            assert_false(due.list[i].bytes.parts[k].present);
            assert_int_equal(due.list[i].bytes.parts[k].bytes.size, 0);
            assert_true(sodium_is_zero(due.list[i].bytes.parts[k].salt, SALT));
        }
    const char *fault;
    assert_true(act_bytes_check(kit_of_kind(&due, ACT_NOTE), &fault));
    assert_false(kit_tells(&due, "Karen") || kit_tells(&due, "RAMÍREZ"));
    assert_false(kit_tells(&due, "+971501234567") || kit_tells(&due, "a visit"));
    due_release(&due);
    end(&w);
}

/* In no byte of what was made, for whomever: P3, overrides, doubts. */
static void what_never_leaves_is_in_no_byte(void **state)
{
    static const char *const secrets[] = {"Palm Street", "cannot wait", "is near", "kept anyway"};
    struct world w = begin();
    struct error err = ERROR_INIT;
    bool failed, any = false;
    (void)state;

    kit_poll(w.hn);
    kit_record(w.hn, KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'doubts': [{'field': 'surname_1', 'doubt': "
               "'odd', 'reason': 'kept anyway'}]}");
    kit_request(w.hn);
    kit_make(w.hn, 5);
    sqlite3_stmt *row = db_query(w.hn, &err,
                                 "SELECT core FROM dispatches UNION ALL SELECT said FROM "
                                 "dispatch_parts",
                                 "");
    while (db_step(w.hn, row, &failed, &err))
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++) {
            any = true;
            assert_null(memmem(sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0),
                               secrets[i], strlen(secrets[i])));
        }
    assert_true(any && !failed);
    end(&w);
}

/* References are to dispatches: no id of an act here is told. */
static void refers_to_dispatches(void **state)
{
    struct world w = begin();
    char *withdrawal;
    (void)state;

    kit_poll(w.hn);
    char *note = xstrdup(kit_request(w.hn));
    kit_make(w.hn, 5);
    withdrawal = xasprintf("{'note': '%s', 'at': '2026-03-12T11:30:00-06:00', 'reason': 'she is "
                           "home'}",
                           note);
    kit_record(w.hn, KIT_CASE, ACT_WITHDRAW, withdrawal);
    kit_make(w.hn, 1);
    struct due due = kit_due(w.hn, &w.cr);
    const struct act_bytes *sent = kit_of_kind(&due, ACT_NOTE);
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(sent->id, id);
    json_t *payload = kit_payload(kit_of_kind(&due, ACT_WITHDRAW));
    assert_string_equal(json_string_value(json_object_get(payload, "note")), id);
    assert_null(json_object_get(payload, "reason")); /* the core alone goes */
    assert_true(strcmp(id, note) != 0);
    json_decref(payload);
    due_release(&due);
    free(withdrawal);
    free(note);
    end(&w);
}

/* ---- what is held ---- */

static char *held_reason(struct store *store)
{
    struct error err = ERROR_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(store, &err, "SELECT reason FROM held", "");
    char *reason = NULL;

    while (db_step(store, row, &failed, &err)) {
        assert_null(reason);
        reason = db_text(row, 0);
    }
    return reason;
}

static void withdraw_consent(struct store *store)
{
    kit_record(store, KIT_CASE, ACT_WITHDRAW_CONSENT,
               "{'person': 1, 'purposes': ['P4'], 'on': '2026-03-12', 'form': 'oral'}");
}

static void consent_taken_back_holds_the_request(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    withdraw_consent(w.hn);
    kit_make(w.hn, 2); /* the poll and the choice */
    char *reason = held_reason(w.hn);
    assert_non_null(strstr(reason, "no consent of person 1"));
    free(reason);
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.count, 2);
    assert_false(kit_tells(&due, "Karen"));
    due_release(&due);
    kit_record(w.hn, KIT_CASE, ACT_CONSENT,
               "{'person': 1, 'purpose': 'P4', 'to': 'CR', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12'}");
    kit_make(w.hn, 3);
    assert_null(held_reason(w.hn));
    expect(&w, &w.cr, 5, 0);
    end(&w);
}

/* Made, not yet gone: asked again when it would go. */
static void consent_taken_back_later_holds_what_has_not_gone(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    kit_make(w.hn, 5);
    withdraw_consent(w.hn);
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.count, 2);
    assert_int_equal(due.held_count, 3);
    assert_non_null(strstr(due.held[0].reason, "person 1"));
    assert_false(kit_tells(&due, "Karen"));
    due_release(&due);
    /* The Secretariat has nothing of it that could be held. */
    expect(&w, &w.ts, 3, 0);
    end(&w);
}

static void the_lock_holds_everything(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    kit_make(w.hn, 5);
    kit_record(w.hn, KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'fears_own_state': true}");
    kit_make(w.hn, 0);
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.count, 0);
    assert_true(due.held_count >= 3);
    assert_non_null(strstr(due.held[0].reason, "protection lock"));
    due_release(&due);
    end(&w);
}

/* What is withheld from one State is not told to it, and nothing else is kept from it. */
static void what_is_held_back_stays_out(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_record(w.hn, KIT_CASE, ACT_CONSENT,
               "{'person': 1, 'purpose': 'P4', 'to': 'CR', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12', 'withheld': ['contact']}");
    kit_request(w.hn);
    kit_make(w.hn, 5);
    struct due due = kit_due(w.hn, &w.cr);
    json_t *person = kit_payload(kit_of_kind(&due, ACT_PERSON));
    assert_null(json_object_get(person, "phone"));
    assert_non_null(json_object_get(person, "surname_1"));
    json_decref(person);
    assert_false(kit_tells(&due, "+971501234567"));
    due_release(&due);
    end(&w);
}

/* A name in an open field would be in the core, which all read. */
static void a_name_in_an_open_field_holds_it(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    kit_record(w.hn, KIT_CASE, ACT_NOTE,
               "{'kind': 'FIN', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'date': '2026-03-12', 'costs': 'Karen RAMÍREZ pays'}");
    withdraw_consent(w.hn);
    kit_make(w.hn, 2);
    expect(&w, &w.cr, 2, 0);
    end(&w);
}

/* ---- whom it may go to, by their keys ---- */

static void identity_waits_for_the_telephone(void **state)
{
    struct world w = begin();
    struct trusted trust;
    struct trust_contact contact = {.code = "CRAUH",
                                    .name = "Consulate",
                                    .state = "CR",
                                    .country = "AE",
                                    .city = "Abu Dhabi",
                                    .kind = "consulate",
                                    .key = {1}};
    struct trust_check check = {
        .key = {1}, .on = {2026, 3, 1}, .called = "them", .number = "+1", .by = "Ana"};
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    kit_make(w.hn, 5);
    trust_init(&trust);
    memcpy(contact.post, w.cr.post, POST_ID);
    trust_add_contact(&trust, &contact);
    trust_fold(&trust);
    kit_trusting(&trust);
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.count, 2); /* the poll and the choice */
    assert_int_equal(due.held_count, 3);
    assert_non_null(strstr(due.held[0].reason, "telephone"));
    assert_false(kit_tells(&due, "Karen"));
    due_release(&due);
    trust_add_check(&trust, &check);
    trust_fold(&trust);
    expect(&w, &w.cr, 5, 0);
    kit_trusting(NULL);
    trust_release(&trust);
    end(&w);
}

/* Somebody whom we trust knows another directory than ours. */
static void notes_stop_where_the_directory_differs(void **state)
{
    struct world w = begin();
    struct trusted trust;
    struct dispatch_facts facts = {
        .directory = 7, .directory_hash = {7}, .trust = TRUST_CERTIFIED, .state = "CR"};
    (void)state;

    kit_poll(w.hn);
    kit_request(w.hn);
    trust_init(&trust);
    trust_fold(&trust);
    trust_cite(&trust, &facts);
    assert_true(trust_blocks_notes(&trust, NULL));
    kit_trusting(&trust);
    kit_make(w.hn, 2);
    char *reason = held_reason(w.hn);
    assert_non_null(strstr(reason, "version 7"));
    free(reason);
    kit_trusting(NULL);
    kit_make(w.hn, 3);
    trust_release(&trust);
    end(&w);
}

/* ---- corrections ---- */

static void goes_as_it_stands(void **state)
{
    struct world w = begin();
    (void)state;

    kit_take_part(w.hn);
    kit_record(w.hn, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    kit_record(w.hn, KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}]}");
    char *poll = xstrdup(kit_record(w.hn, KIT_CASE, ACT_POLL,
                                    "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17', 'area': "
                                    "'Dubbai', " KIT_OVERRIDE "}"));
    char *correction = xasprintf("{'of': '%s', 'reason': 'a slip', 'payload': {'round': 1, 'to': "
                                 "['CR'], 'reply_by': '2026-03-17', 'area': 'Dubai', " KIT_OVERRIDE
                                 "}, " KIT_OVERRIDE "}",
                                 poll);
    kit_record(w.hn, KIT_CASE, ACT_CORRECT, correction);
    kit_make(w.hn, 1);
    kit_make(w.hn, 0);
    struct due due = kit_due(w.hn, &w.cr);
    json_t *payload = kit_payload(kit_of_kind(&due, ACT_POLL));
    assert_string_equal(json_string_value(json_object_get(payload, "area")), "Dubai");
    json_decref(payload);
    due_release(&due);
    free(correction);
    /* Once it has gone, what is corrected goes too. */
    correction = xasprintf("{'of': '%s', 'reason': 'Karen said so', 'payload': {'round': 1, 'to': "
                           "['CR'], 'reply_by': '2026-03-17', 'area': 'Sharjah', " KIT_OVERRIDE
                           "}, " KIT_OVERRIDE "}",
                           poll);
    kit_record(w.hn, KIT_CASE, ACT_CORRECT, correction);
    kit_make(w.hn, 1);
    due = kit_due(w.hn, &w.cr);
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(kit_of_kind(&due, ACT_POLL)->id, id);
    payload = kit_payload(kit_of_kind(&due, ACT_CORRECT));
    assert_string_equal(json_string_value(json_object_get(payload, "of")), id);
    json_t *anew = json_object_get(payload, "payload");
    assert_string_equal(json_string_value(json_object_get(anew, "area")), "Sharjah");
    assert_null(json_object_get(anew, "override"));
    assert_false(kit_tells(&due, "Karen"));
    json_decref(payload);
    due_release(&due);
    free(correction);
    free(poll);
    end(&w);
}

/* ---- what others said is not ours to send ---- */

static void transcribed_acts_stay(void **state)
{
    struct world w = begin();
    (void)state;

    kit_poll(w.hn);
    kit_record(w.hn, KIT_CASE, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter'], " KIT_TOLD "}");
    kit_make(w.hn, 1);
    end(&w);
}

/* Another State's case that came by no pouch has no name that all know: nothing can be said. */
static void without_their_case_nothing_goes(void **state)
{
    struct world w = begin();
    (void)state;

    kit_record(w.hn, NULL, ACT_OPEN,
               "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'GT', "
               "'priority': 'routine', 'source': 'other_post'}");
    kit_record(w.hn, KIT_CASE, ACT_POLL,
               "{'round': 1, 'to': ['HN'], 'reply_by': '2026-03-17', " KIT_TOLD "}");
    kit_record(w.hn, KIT_CASE, ACT_REPLY,
               "{'state': 'HN', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter']}");
    kit_make(w.hn, 0);
    assert_null(held_reason(w.hn));
    end(&w);
}

/* ---- sent, acknowledged ---- */

static void goes_again_until_it_is_acknowledged(void **state)
{
    struct world w = begin();
    struct error err = ERROR_INIT;
    uint8_t receipt[1][RECEIPT_SHORT];
    size_t known;
    (void)state;

    kit_poll(w.hn);
    kit_make(w.hn, 1);
    struct due due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.list[0].times, 0);
    assert_string_equal(due.list[0].sent_at, "");
    memcpy(receipt[0], due.list[0].bytes.id, RECEIPT_SHORT);
    /* A receipt for what never went to that post is none. */
    assert_true(store_acknowledged(w.hn, w.cr.post, receipt, 1, &known, &err));
    assert_int_equal(known, 0);
    assert_true(store_sent(w.hn, w.cr.post, &due, &err));
    due_release(&due);
    store_set_now(w.hn, "2026-03-20T12:00:00-06:00");
    due = kit_due(w.hn, &w.cr);
    assert_int_equal(due.list[0].times, 1);
    assert_string_equal(due.list[0].sent_at, "2026-03-12T12:00:00-06:00");
    assert_true(store_sent(w.hn, w.cr.post, &due, &err));
    due_release(&due);
    assert_true(store_acknowledged(w.hn, w.mx.post, receipt, 1, &known, &err));
    assert_int_equal(known, 0);
    expect(&w, &w.cr, 1, 0);
    assert_true(store_acknowledged(w.hn, w.cr.post, receipt, 1, &known, &err));
    assert_int_equal(known, 1);
    expect(&w, &w.cr, 0, 0);
    expect(&w, &w.mx, 1, 0);
    end(&w);
}

static void expect_counts(struct world *w, size_t unsent, size_t silent)
{
    struct outbox_counts counts;
    struct error err = ERROR_INIT;

    assert_true(store_outbox_counts(w->hn, 7, &counts, &err));
    assert_int_equal(counts.unsent, unsent);
    assert_int_equal(counts.silent, silent);
}

/* What the first screen says: before it is made a dispatch, before it went, and a week later. */
static void counted_until_somebody_answers(void **state)
{
    struct world w = begin();
    struct error err = ERROR_INIT;
    uint8_t receipt[1][RECEIPT_SHORT];
    (void)state;

    expect_counts(&w, 0, 0);
    kit_poll(w.hn);
    expect_counts(&w, 1, 0); /* the case and its persons do not go by themselves */
    kit_make(w.hn, 1);
    expect_counts(&w, 1, 0);
    struct due due = kit_due(w.hn, &w.cr);
    memcpy(receipt[0], due.list[0].bytes.id, RECEIPT_SHORT);
    assert_string_equal(due.list[0].made_at, "2026-03-12T12:00:00-06:00");
    assert_true(store_sent(w.hn, w.cr.post, &due, &err));
    due_release(&due);
    expect_counts(&w, 0, 0);
    store_set_now(w.hn, "2026-03-18T12:00:00-06:00");
    expect_counts(&w, 0, 0);
    store_set_now(w.hn, "2026-03-19T12:00:00-06:00");
    expect_counts(&w, 0, 1);
    assert_true(store_acknowledged(w.hn, w.cr.post, receipt, 1, NULL, &err));
    expect_counts(&w, 0, 0);
    end(&w);
}

/* The file goes on with new chains; what was made stays made. */
static void a_restored_file_begins_new_chains(void **state)
{
    struct world w = begin();
    struct error err = ERROR_INIT;
    struct core core;
    (void)state;

    kit_poll(w.hn);
    kit_make(w.hn, 1);
    assert_true(store_backup(w.hn, kit_path("hn.backup"), NULL, NULL, &err));
    end(&w);
    assert_true(kit_restore("hn.backup", kit_tegucigalpa.file, NULL, NULL, &err));
    w.hn = kit_open(kit_tegucigalpa.file, kit_ana);
    kit_make(w.hn, 0);
    kit_request(w.hn);
    kit_make(w.hn, 4);
    struct due due = kit_due(w.hn, &w.cr);
    assert_true(act_bytes_core(kit_of_kind(&due, ACT_CHOOSE), &core));
    assert_int_equal(core.incarnation, 1);
    assert_int_equal(core.sequence, 1);
    assert_true(act_bytes_core(kit_of_kind(&due, ACT_POLL), &core));
    assert_int_equal(core.incarnation, 0);
    due_release(&due);
    end(&w);
}

/* Of a case that was over before the post had keys, nothing goes. */
static void what_was_over_stays_quiet(void **state)
{
    struct store *store = kit_create("before");
    struct error err = ERROR_INIT;
    (void)state;

    kit_poll(store);
    kit_make(store, 0);
    kit_record(store, KIT_CASE, ACT_CLOSE,
               "{'outcome': ['no_collaborator'], 'reason': 'nobody can'}");
    assert_true(store_make_identity(store, &err));
    kit_make(store, 0);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_poll_goes_without_a_name),
        cmocka_unit_test(only_whom_it_concerns),
        cmocka_unit_test(a_request_takes_its_persons_along),
        cmocka_unit_test(what_never_leaves_is_in_no_byte),
        cmocka_unit_test(refers_to_dispatches),
        cmocka_unit_test(consent_taken_back_holds_the_request),
        cmocka_unit_test(consent_taken_back_later_holds_what_has_not_gone),
        cmocka_unit_test(the_lock_holds_everything),
        cmocka_unit_test(what_is_held_back_stays_out),
        cmocka_unit_test(a_name_in_an_open_field_holds_it),
        cmocka_unit_test(identity_waits_for_the_telephone),
        cmocka_unit_test(notes_stop_where_the_directory_differs),
        cmocka_unit_test(goes_as_it_stands),
        cmocka_unit_test(transcribed_acts_stay),
        cmocka_unit_test(without_their_case_nothing_goes),
        cmocka_unit_test(goes_again_until_it_is_acknowledged),
        cmocka_unit_test(counted_until_somebody_answers),
        cmocka_unit_test(a_restored_file_begins_new_chains),
        cmocka_unit_test(what_was_over_stays_quiet),
    };

    return cmocka_run_group_tests_name("store outgoing", tests, kit_begin, kit_end);
}
