/* SPDX-License-Identifier: MIT */
/*
 * Whoever has a passphrase has the data key, and with it SQL of their own: a clerk, or an officer
 * who means ill. They sign with their own key alone. What they try here, and how it must end
 * (V: verify says it; N: verify notes it, and it counts for nothing; W: a witness kept outside of
 * the file says it):
 *
 *   the post founded anew by the attacker, all else kept                V
 *   oneself named head of post                                          N
 *   a part moved between acts, replaced, or taken away                  V
 *   an act out of the middle, the rest closed up and hashed anew        V, by any later act
 *   the last act of all                                                 W: an old copy
 *   the last act for another one of one's own                           W: another history
 *   the same, with the running hash of the one that was cut             V
 *   all the files of last week put back                                 W: an old copy
 *   two acts of different cases changed in their order                  V
 *   an act in the name of another author, or of another incarnation     V
 *   an act of the post within a case; one before the case was opened    N
 *   an act past the gates, signed well (assistance without a note)      N: kept, and named
 *   a field of persons put where it would travel                        V
 *   an instant past all calendars, types that no form makes             V or N; never a crash
 *   rows that belong to nothing: a task, an arrival, a number, a part   V
 *   a trigger, view or table that works in other officers' programs     V
 *   a passphrase for a stranger, without an act that names them         N
 *   the references of two cases exchanged in the list                   V; and opened neither
 *   random bytes that come again, after a machine was set back          other salts
 */
#include "store_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/list.h"
#include "amparo/store/verify.h"
#include "amparo/store/witness.h"
#include "vault_kit.h"

#define ONE "HNTGU-2026-0001"
#define TWO "HNTGU-2026-0002"
#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"
#define KAREN                                                                                      \
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "             \
    "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}"
#define ROSA                                                                                       \
    "{'person': 1, 'surname_1': 'MEJÍA', 'given_names': 'Rosa', 'nationalities': "                \
    "[{'state': 'HN', 'proof': 'passport'}], 'fears_own_state': true}"
#define ASSIST                                                                                     \
    "{'at': '2026-03-12T10:00:00-06:00', 'by': 'CR', 'kind': 'shelter', 'persons': [1], "          \
    "'manner': 'good_offices', 'detail': 'a bed', 'transcribed': {'from': 'Embassy', "             \
    "'channel': 'email', 'on': '2026-03-12'}}"

/* ---- a file with two cases, by two officers; and SQL ---- */

static struct store *fill(const char *name)
{
    struct store *ana = kit_create(name), *luis;
    struct error err = ERROR_INIT;

    if (!store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err))
        fail_msg("%s", error_text(&err));
    kit_record(ana, NULL, ACT_OPEN, OPEN);
    kit_record(ana, ONE, ACT_PERSON, KAREN);
    luis = kit_open(name, kit_luis);
    kit_record(luis, NULL, ACT_OPEN, OPEN);
    kit_record(luis, TWO, ACT_PERSON, ROSA);
    kit_record(ana, TWO, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    store_close(ana);
    return luis;
}

static void sql(struct store *store, const char *text)
{
    if (sqlite3_exec(store->db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(store->db));
}

/* All that can be made good without a key: no gaps, and the running hash over what there is. */
static void close_up(struct store *store)
{
    uint8_t head[HASH] = {0}, id[ACT_ID_SIZE];
    struct error err = ERROR_INIT;
    int64_t acts;
    bool failed;

    sql(store, "UPDATE acts SET seq = seq + 1000; UPDATE parts SET act = act + 1000;"
               "UPDATE parts SET act = (SELECT count(*) FROM acts a WHERE a.seq <= parts.act);"
               "CREATE TEMP TABLE places AS SELECT seq, row_number() OVER (ORDER BY seq) AS n "
               "FROM acts;"
               "UPDATE acts SET seq = (SELECT n FROM places WHERE places.seq = acts.seq);"
               "DROP TABLE temp.places");
    assert_true(db_number(store, &acts, 0, &err, "SELECT count(*) FROM acts", ""));
    for (int64_t seq = 1; seq <= acts; seq++) {
        sqlite3_stmt *row = db_query(store, &err, "SELECT id FROM acts WHERE seq = ?", "i", seq);
        assert_true(db_step(store, row, &failed, &err));
        assert_true(db_bytes(row, 0, id, sizeof id));
        db_done(row);
        log_head(head, id, head);
        assert_true(db_run(store, &err, "UPDATE acts SET head = ? WHERE seq = ?", "bi", head,
                           sizeof head, seq));
    }
}

/* An act past every check, signed by whoever opened the file. */
static void forge(struct store *store, const uint8_t *case_id, unsigned kind, const char *payload)
{
    struct error err = ERROR_INIT;
    json_t *json = kit_json(payload);
    struct new_act act = {.case_id = case_id, .kind = kind, .payload = json};

    instant_parse("2026-03-12T12:00:00-06:00", &act.at);
    if (!log_append(store, &act, NULL, &err))
        fail_msg("%s", error_text(&err));
    json_decref(json);
}

static const uint8_t *case_of(struct store *store, const char *reference)
{
    static uint8_t id[CASE_ID];
    struct error err = ERROR_INIT;

    if (!case_find(store, reference, id, NULL, &err))
        fail_msg("%s", error_text(&err));
    return id;
}

static void rebuild(struct store *store)
{
    struct error err = ERROR_INIT;

    if (!store_rebuild(store, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
}

/* verify must fail with `part` in its lines; or pass, with `part` in its notes (NULL: none). */
static void verify_fails(struct store *store, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (store_verify(store, NULL, NULL, &v, &err))
        fail_msg("not noticed: %s; notes: %s", part, buf_text(&v.notes));
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(&err));
    buf_release(&v.notes);
    error_release(&err);
}

static void verify_notes(struct store *store, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    if (part && !strstr(buf_text(&v.notes), part))
        fail_msg("\"%s\" is not in the notes: %s", part, buf_text(&v.notes));
    if (!part && v.notes.size)
        fail_msg("notes: %s", buf_text(&v.notes));
    buf_release(&v.notes);
}

static void is_whole_at_first(void **state)
{
    struct store *luis = fill("whole");
    (void)state;

    verify_notes(luis, NULL);
    store_close(luis);
}

/* ---- who is who ---- */

static void founds_the_post_anew(void **state)
{
    struct store *luis = fill("found"), *ana;
    struct error err = ERROR_INIT;
    char *payload, recovery[2 * KEY + 1], key[2 * KEY + 1];
    (void)state;

    hex_write(vault_recovery_sign_pk(luis->vault), KEY, recovery);
    hex_write(vault_sign_pk(luis->vault), KEY, key);
    sql(luis, "PRAGMA foreign_keys = OFF; DELETE FROM parts WHERE act <= 3;"
              "DELETE FROM acts WHERE seq <= 3");
    payload = xasprintf("{'state': 'HN', 'code': 'HNTGU', 'name': 'Consular Directorate', "
                        "'country': 'HN', 'city': 'Tegucigalpa', 'kind': 'directorate', "
                        "'recovery': '%s'}",
                        recovery);
    forge(luis, post_case, POST_GENESIS, payload);
    free(payload);
    payload = xasprintf("{'name': 'Luis', 'role': 'head', 'key': '%s'}", key);
    forge(luis, post_case, POST_OFFICER, payload);
    free(payload);
    hex_write(vault_slot_pk(luis->vault, 0), KEY, key);
    payload = xasprintf("{'name': 'Ana PINEDA', 'role': 'officer', 'key': '%s'}", key);
    forge(luis, post_case, POST_OFFICER, payload);
    free(payload);
    /* To the front. */
    sql(luis, "UPDATE parts SET act = act - 100 WHERE act >= 9;"
              "UPDATE acts SET seq = seq - 100 WHERE seq >= 9");
    close_up(luis);
    rebuild(luis);
    verify_fails(luis, "founder");
    store_close(luis);
    assert_false(store_open(kit_path("found"), NULL, kit_ana, STORE_UNSYNCED, &ana, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
}

static void names_oneself_head(void **state)
{
    struct store *luis = fill("promote");
    char *payload, key[2 * KEY + 1];
    struct error err = ERROR_INIT;
    (void)state;

    hex_write(vault_sign_pk(luis->vault), KEY, key);
    payload = xasprintf("{'name': 'Luis', 'role': 'head', 'key': '%s'}", key);
    forge(luis, post_case, POST_OFFICER, payload);
    free(payload);
    assert_true(post_refresh(luis, &err));
    assert_int_equal(luis->me.role, ROLE_OFFICER);
    verify_notes(luis, "may not name officers");
    store_close(luis);
}

static void lets_a_stranger_in(void **state)
{
    struct store *luis = fill("stranger");
    struct error err = ERROR_INIT;
    uint8_t pk[KEY];
    (void)state;

    assert_true(vault_add_slot(luis->vault, "a stranger's", 12, pk, &err));
    verify_notes(luis, "passphrase");
    store_close(luis);
}

/* ---- the log ---- */

static void moves_parts(void **state)
{
    static const char *const changes[] = {
        "UPDATE parts SET bytes = (SELECT bytes FROM parts WHERE act = 7 AND part = 1) "
        "WHERE act = 5 AND part = 1",
        "UPDATE parts SET salt = (SELECT salt FROM parts WHERE act = 7 AND part = 1), "
        "bytes = (SELECT bytes FROM parts WHERE act = 7 AND part = 1) WHERE act = 5 AND part = 1",
        "DELETE FROM parts WHERE act = 5 AND part = 1",
        "DELETE FROM parts WHERE act = 5",
    };
    struct store *luis = fill("parts");
    struct error err = ERROR_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        assert_true(db_begin(luis, &err));
        sql(luis, changes[i]);
        rebuild(luis);
        verify_fails(luis, "act 5: ");
        assert_false(db_end(luis, false, &err));
    }
    store_close(luis);
}

static void takes_an_act_out(void **state)
{
    struct store *luis = fill("middle");
    (void)state;

    /* The last of its own chain: what comes after it is in another case. */
    sql(luis, "PRAGMA foreign_keys = OFF; DELETE FROM parts WHERE act = 5;"
              "DELETE FROM acts WHERE seq = 5");
    close_up(luis);
    rebuild(luis);
    verify_fails(luis, "act 5: ");
    store_close(luis);
}

/* The file against what was witnessed before: what is said must hold `part`; NULL: nothing. */
static void witness_says(struct store *store, const struct witness *before, const char *part)
{
    struct error err = ERROR_INIT;
    int64_t since = -1;
    bool held = store_check_witness(store, before, &since, &err);

    if (held != !part)
        fail_msg("held: %d; %s", held, error_text(&err));
    if (held)
        return;
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(&err));
    error_release(&err);
}

static void cuts_the_end(void **state)
{
    struct store *luis = fill("end");
    struct error err = ERROR_INIT;
    struct witness before;
    (void)state;

    assert_true(store_witness(luis, &before, &err));
    witness_says(luis, &before, NULL);
    sql(luis, "PRAGMA foreign_keys = OFF; DELETE FROM parts WHERE act = 8;"
              "DELETE FROM acts WHERE seq = 8");
    rebuild(luis);
    /* Nothing in the file can tell; what somebody wrote down does. */
    verify_notes(luis, NULL);
    witness_says(luis, &before, "old copy: it ends with act 7, and act 8 was witnessed");
    kit_record(luis, TWO, ACT_NEED, "{'need': 'legal', 'urgency': 'now'}");
    verify_notes(luis, NULL);
    witness_says(luis, &before, "another history: up to act 8");
    kit_record(luis, TWO, ACT_NEED, "{'need': 'medical', 'urgency': 'now'}");
    witness_says(luis, &before, "another history: up to act 8");
    store_close(luis);
}

static void keeps_the_head_of_what_was_cut(void **state)
{
    struct store *luis = fill("kept-head");
    struct error err = ERROR_INIT;
    struct witness before;
    uint8_t head[HASH];
    bool failed;
    (void)state;

    assert_true(store_witness(luis, &before, &err));
    sqlite3_stmt *row = db_query(luis, &err, "SELECT head FROM acts WHERE seq = 8", "");
    assert_true(db_step(luis, row, &failed, &err));
    assert_true(db_bytes(row, 0, head, sizeof head));
    db_done(row);
    sql(luis, "PRAGMA foreign_keys = OFF; DELETE FROM parts WHERE act = 8;"
              "DELETE FROM acts WHERE seq = 8");
    rebuild(luis);
    kit_record(luis, TWO, ACT_NEED, "{'need': 'legal', 'urgency': 'now'}");
    assert_true(
        db_run(luis, &err, "UPDATE acts SET head = ? WHERE seq = 8", "b", head, sizeof head));
    /* The code agrees with what is written there; the acts do not. */
    witness_says(luis, &before, NULL);
    verify_fails(luis, "act 8: the running hash");
    store_close(luis);
}

/* All the files of last week, put back in the place of today's. */
static void puts_back_the_whole_set(void **state)
{
    struct store *luis = fill("set");
    struct error err = ERROR_INIT;
    struct witness early, late;
    (void)state;

    assert_true(store_witness(luis, &early, &err));
    store_close(luis);
    kit_copy(kit_path("set"), kit_path("last-week"));
    luis = kit_open("set", kit_luis);
    kit_record(luis, TWO, ACT_NEED, "{'need': 'legal', 'urgency': 'now'}");
    assert_true(store_witness(luis, &late, &err));
    witness_says(luis, &early, NULL);
    store_close(luis);
    kit_copy(kit_path("last-week"), kit_path("set"));
    luis = kit_open("set", kit_luis);
    verify_notes(luis, NULL);
    witness_says(luis, &early, NULL);
    witness_says(luis, &late, "old copy: it ends with act 8, and act 9 was witnessed");
    store_close(luis);
}

static void changes_the_order(void **state)
{
    struct store *luis = fill("order");
    (void)state;

    sql(luis, "PRAGMA foreign_keys = OFF;"
              "UPDATE parts SET act = 505 WHERE act = 5; UPDATE acts SET seq = 505 WHERE seq = 5;"
              "UPDATE parts SET act = 5 WHERE act = 6; UPDATE acts SET seq = 5 WHERE seq = 6;"
              "UPDATE parts SET act = 6 WHERE act = 505; UPDATE acts SET seq = 6 WHERE seq = 505");
    close_up(luis);
    rebuild(luis);
    verify_fails(luis, "act 5: ");
    store_close(luis);
}

static void writes_in_anothers_name(void **state)
{
    struct store *luis = fill("author");
    uint8_t author[AUTHOR];
    (void)state;

    memcpy(author, luis->post.author, AUTHOR);
    memset(luis->post.author, 7, AUTHOR);
    forge(luis, case_of(luis, ONE), ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    memcpy(luis->post.author, author, AUTHOR);
    rebuild(luis);
    verify_fails(luis, "author");
    store_close(luis);

    luis = fill("incarnation");
    luis->post.incarnation = 3;
    forge(luis, case_of(luis, ONE), ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    luis->post.incarnation = 0;
    rebuild(luis);
    verify_fails(luis, "incarnation");
    store_close(luis);
}

/* ---- acts that no form makes ---- */

static void puts_the_post_into_a_case(void **state)
{
    struct store *luis = fill("kinds");
    struct error err = ERROR_INIT;
    static const uint8_t nowhere[CASE_ID] = {9};
    (void)state;

    forge(luis, case_of(luis, ONE), POST_RESUMES, "{'head': 'x'}");
    rebuild(luis);
    verify_notes(luis, "act 9 does not count");
    json_t *acts = store_acts_json(luis, ONE, &err),
           *c = store_case_json(luis, ONE, NULL, NULL, &err);
    assert_non_null(acts);
    assert_non_null(c);
    json_decref(acts);
    json_decref(c);
    /* A case that begins with something else, and one that is opened twice. */
    forge(luis, nowhere, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    forge(luis, case_of(luis, ONE), ACT_OPEN, OPEN);
    rebuild(luis);
    verify_fails(luis, "without an act that counts");
    store_close(luis);
}

static void goes_past_the_gates(void **state)
{
    struct store *luis = fill("gates");
    (void)state;

    forge(luis, case_of(luis, ONE), ACT_ASSIST, ASSIST);
    rebuild(luis);
    verify_notes(luis, "A.note");
    store_close(luis);
}

/* A name in the core, which goes wherever the act goes. */
static void puts_a_name_where_it_travels(void **state)
{
    struct store *luis = fill("class");
    struct logged logged = {.bytes = ACT_BYTES_INIT};
    struct error err = ERROR_INIT;
    struct act_bytes *a = &logged.bytes;
    (void)state;

    json_t *payload = kit_json(ROSA), *read, *context;
    struct new_act act = {.case_id = case_of(luis, ONE), .kind = ACT_PERSON, .payload = payload};
    instant_parse("2026-03-12T12:00:00-06:00", &act.at);
    assert_true(db_begin(luis, &err));
    assert_true(log_append(luis, &act, &logged, &err));
    assert_false(db_end(luis, false, &err));
    assert_true(a->count > 1);
    assert_true(act_bytes_read(a, &read, &context));
    json_decref(read);
    /* The same parts, each said to be the other: as if signed so. */
    struct part first = a->parts[0];
    a->parts[0] = a->parts[1];
    a->parts[1] = first;
    assert_false(act_bytes_read(a, &read, &context));
    logged_release(&logged);
    json_decref(payload);
    store_close(luis);
}

static void goes_past_the_calendar(void **state)
{
    static const int64_t seconds[] = {INT64_MAX, INT64_MIN + 1, 253402300800, -62135596801};
    struct store *luis = fill("calendar");
    struct error err = ERROR_INIT;
    json_t *payload = kit_json("{'need': 'shelter', 'urgency': 'now'}");
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(seconds); i++) {
        struct new_act act = {.case_id = case_of(luis, ONE), .kind = ACT_NEED, .payload = payload};
        json_t *acts;
        assert_true(db_begin(luis, &err));
        act.at = (struct instant){.seconds = seconds[i], .offset = 600};
        assert_true(log_append(luis, &act, NULL, &err));
        acts = store_acts_json(luis, ONE, &err);
        assert_null(acts);
        assert_int_equal(err.kind, ERROR_VAULT);
        error_release(&err);
        verify_fails(luis, "act 9 ");
        assert_false(db_end(luis, false, &err));
    }
    json_decref(payload);
    store_close(luis);
}

/* ---- nonsense, as an officer may sign it ---- */

struct nonsense {
    json_t *ids;  /* of the acts of the case */
    unsigned odd; /* one value in so many is of any type at all */
};

static json_t *one_of(const char *const *texts, size_t count)
{
    return json_string(texts[randombytes_uniform((uint32_t)count)]);
}

#define ONE_OF(...)                                                                                \
    one_of((const char *const[]){__VA_ARGS__},                                                     \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static json_t *any_payload(const struct nonsense *n, const struct field *table);

/* A value of the field's type that exists, and fits nothing else. */
static json_t *fair_value(const struct nonsense *n, const struct field *f)
{
    unsigned codes = 0;

    switch (f->type) {
    case FIELD_BOOL:
        return json_boolean(randombytes_uniform(2));
    case FIELD_NUMBER:
    case FIELD_PERSON:
    case FIELD_PERSONS:
        return json_integer(1 + randombytes_uniform(3));
    case FIELD_CODE:
    case FIELD_CODES:
        while (f->codes[codes].code)
            codes++;
        return json_string(f->codes[randombytes_uniform(codes)].code);
    case FIELD_STATE:
    case FIELD_STATES:
        return ONE_OF("HN", "CR", "AE", "MX", "FR");
    case FIELD_ACT:
        return json_incref(
            json_array_get(n->ids, randombytes_uniform((uint32_t)json_array_size(n->ids))));
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
    case FIELD_DEADLINE:
        return ONE_OF("2026-03-12", "2026-03-11", "1998-01-01", "2027-12-31", "2020-02-29");
    case FIELD_INSTANT:
        return ONE_OF("2026-03-12T10:00:00-06:00", "2026-03-11T23:00:00+04:00");
    case FIELD_AMOUNT:
        return ONE_OF("0", "12.50", "999999999999.99");
    case FIELD_CURRENCY:
        return ONE_OF("USD", "JPY", "HNL");
    case FIELD_LANGUAGES:
        return ONE_OF("es", "en", "miq");
    case FIELD_PHONE:
        return ONE_OF("+50412345678");
    case FIELD_OBJECT:
    case FIELD_OBJECTS:
        return any_payload(n, f->members);
    default:
        return ONE_OF("x", "not_obtainable: y", "network", "Embassy", "ñ");
    }
}

static bool is_list(const struct field *f)
{
    return f->type == FIELD_CODES || f->type == FIELD_STATES || f->type == FIELD_PERSONS ||
           f->type == FIELD_LANGUAGES || f->type == FIELD_TEXTS || f->type == FIELD_OBJECTS;
}

static json_t *any_value(const struct nonsense *n, const struct field *f)
{
    json_t *out;

    if (!randombytes_uniform(n->odd))
        switch (randombytes_uniform(6)) {
        case 0:
            return json_integer((json_int_t)randombytes_uniform(3) - 1);
        case 1:
            return json_integer(INT64_MAX);
        case 2:
            return json_boolean(randombytes_uniform(2));
        case 3:
            return json_array();
        case 4:
            return json_pack("{s:s}", "answer", "unknown");
        default:
            return ONE_OF("", "x", "2026-99-99", "-1", "1e9", "REQ");
        }
    if (!is_list(f))
        return fair_value(n, f);
    out = json_array();
    for (unsigned i = 1 + randombytes_uniform(2); i; i--)
        json_array_append_new(out, fair_value(n, f));
    return out;
}

static json_t *any_payload(const struct nonsense *n, const struct field *table)
{
    json_t *out = json_object();

    for (const struct field *f = table; f && f->id; f++)
        if (f->needed ? randombytes_uniform(8) : randombytes_uniform(2))
            json_object_set_new(out, f->key, any_value(n, f));
    return out;
}

static enum act_kind any_kind(void)
{
    enum act_kind kind;

    do
        kind = (enum act_kind)randombytes_uniform(ACT_KIND_END);
    while (!act_kind_known(kind));
    return kind;
}

/* Some act past all checks; among them corrections of others of the same kind. */
static void sign_nonsense(struct store *store, const struct nonsense *n, const uint8_t *case_id)
{
    struct error err = ERROR_INIT;
    struct new_act act = {.case_id = case_id, .kind = any_kind()};
    struct logged logged;
    json_t *payload, *inner;
    char id[2 * ACT_ID_SIZE + 1];

    instant_parse("2026-03-12T12:00:00-06:00", &act.at);
    payload = any_payload(n, act_type((enum act_kind)act.kind)->fields);
    if (act.kind == ACT_CORRECT) {
        act.inner = act_type(any_kind());
        inner = act.inner->kind == ACT_CORRECT ? json_object() : any_payload(n, act.inner->fields);
        json_object_set_new(payload, "payload", inner);
    }
    if (act_type((enum act_kind)act.kind)->transcribable && randombytes_uniform(2))
        json_object_set_new(payload, "transcribed", any_value(n, &act_transcribed_field));
    act.payload = payload;
    if (!log_append(store, &act, &logged, &err))
        fail_msg("%s", error_text(&err));
    act_id_hex(logged.bytes.id, id);
    json_array_append_new(n->ids, json_string(id));
    logged_release(&logged);
    json_decref(payload);
}

/* Whatever an officer signs, the programs of the others go on. */
static void signs_nonsense(void **state)
{
    struct store *luis = fill("nonsense");
    struct error err = ERROR_INIT;
    int rounds = getenv("AMPARO_LONG") ? 3000 : 50;
    (void)state;

    for (int i = 0; i < rounds; i++) {
        struct nonsense n = {json_array(), i % 2 ? 20 : 100000};
        struct verified v;
        struct error found = ERROR_INIT;
        json_array_append_new(n.ids, json_string("00"));
        assert_true(db_begin(luis, &err));
        for (unsigned left = 1 + randombytes_uniform(12); left; left--)
            sign_nonsense(luis, &n, case_of(luis, ONE));
        if (i % 5 == 4)
            sql(luis, "DELETE FROM parts WHERE act % 3 = 0");
        json_decref(n.ids);
        rebuild(luis);
        json_decref(store_case_json(luis, ONE, NULL, NULL, &found));
        json_decref(store_acts_json(luis, ONE, &found));
        store_verify(luis, NULL, NULL, &v, &found);
        assert_true(found.kind == ERROR_NONE || found.kind == ERROR_VAULT);
        buf_release(&v.notes);
        error_release(&found);
        assert_false(db_end(luis, false, &err));
    }
    verify_notes(luis, NULL);
    store_close(luis);
}

/* ---- what is beside the log ---- */

static void plants_rows(void **state)
{
    static const char *const changes[] = {
        "INSERT INTO register VALUES (1, 9999, 0, 2026, 7, '{}', '')",
        "INSERT INTO tasks (case_row, task, kind, danger, state, person, act, since, named, setting, "
        "country, at) VALUES (9999, 0, 1, 1, '', 0, 1, '2026-03-12', 0, 0, '', 0)",
        "INSERT INTO arrivals VALUES (1, 9999, 'CR', '2026-03-12T12:00:00-06:00', 'x')",
        "INSERT INTO parts VALUES (99, 1, zeroblob(32), x'a0')",
        "CREATE TRIGGER t AFTER INSERT ON draft_fields BEGIN INSERT INTO settings "
        "(name, value) VALUES (new.path, new.text); END",
        "CREATE VIEW v AS SELECT * FROM draft_fields",
        "CREATE TABLE copies (text)",
        "DROP INDEX acts_case",
        "ALTER TABLE settings ADD COLUMN more",
    };
    struct store *luis = fill("rows");
    struct error err = ERROR_INIT;
    (void)state;

    sql(luis, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        assert_true(db_begin(luis, &err));
        sql(luis, changes[i]);
        verify_fails(luis, "");
        assert_false(db_end(luis, false, &err));
    }
    verify_notes(luis, NULL);
    store_close(luis);
}

/* Two entries of the list exchanged: what is recorded would go into the other case. */
static void exchanges_references(void **state)
{
    struct store *luis = fill("exchange");
    struct error err = ERROR_INIT;
    struct case_file c;
    (void)state;

    sql(luis, "UPDATE cases SET reference = 'X' WHERE reference = '" ONE "';"
              "UPDATE cases SET reference = '" ONE "' WHERE reference = '" TWO "';"
              "UPDATE cases SET reference = '" TWO "' WHERE reference = 'X'");
    verify_fails(luis, ONE);
    assert_false(store_case(luis, ONE, &c, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    assert_null(store_acts_json(luis, TWO, &err));
    error_release(&err);
    kit_refuse(luis, ONE, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}", ERROR_VAULT, ONE);
    rebuild(luis);
    verify_notes(luis, NULL);
    store_close(luis);
}

/* ---- the same random bytes again ---- */

static void same_bytes(void *const out, const size_t size)
{
    memset(out, 0x5a, size);
}

static uint32_t same_word(void)
{
    return 0x5a5a5a5a;
}

static const char *same_name(void)
{
    return "the same";
}

static void salts_differ_with_the_content(void **state)
{
    struct randombytes_implementation again = {
        .implementation_name = same_name, .random = same_word, .buf = same_bytes};
    struct store *luis = fill("salts");
    struct act_bytes a[3];
    struct core core = {.kind = ACT_PERSON, .sequence = 1};
    static const char *const payloads[] = {KAREN, ROSA, ROSA};
    (void)state;

    randombytes_set_implementation(&again);
    for (size_t i = 0; i < 3; i++) {
        json_t *payload = kit_json(payloads[i]);
        struct act_content content = {.type = act_type(ACT_PERSON), .payload = payload};
        memset(core.seen, (int)i, SEEN);
        act_bytes_make(&a[i], &core, &content, luis->vault);
        json_decref(payload);
    }
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
    assert_memory_not_equal(a[0].parts[0].salt, a[1].parts[0].salt, SALT);
    assert_memory_not_equal(a[1].parts[0].salt, a[2].parts[0].salt, SALT);
    for (size_t i = 0; i < 3; i++)
        act_bytes_release(&a[i]);
    store_close(luis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_whole_at_first),
        cmocka_unit_test(founds_the_post_anew),
        cmocka_unit_test(names_oneself_head),
        cmocka_unit_test(lets_a_stranger_in),
        cmocka_unit_test(moves_parts),
        cmocka_unit_test(takes_an_act_out),
        cmocka_unit_test(cuts_the_end),
        cmocka_unit_test(keeps_the_head_of_what_was_cut),
        cmocka_unit_test(puts_back_the_whole_set),
        cmocka_unit_test(changes_the_order),
        cmocka_unit_test(writes_in_anothers_name),
        cmocka_unit_test(puts_the_post_into_a_case),
        cmocka_unit_test(goes_past_the_gates),
        cmocka_unit_test(puts_a_name_where_it_travels),
        cmocka_unit_test(goes_past_the_calendar),
        cmocka_unit_test(signs_nonsense),
        cmocka_unit_test(plants_rows),
        cmocka_unit_test(exchanges_references),
        cmocka_unit_test(salts_differ_with_the_content),
    };
    return cmocka_run_group_tests_name("store attacks", tests, kit_begin, kit_end);
}
