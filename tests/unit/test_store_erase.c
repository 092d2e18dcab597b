/* SPDX-License-Identifier: MIT */
/*
 * Erasing a person: what goes, what stays, that everything still verifies; and what those try who
 * have the data key and SQL of their own.
 *
 * Nothing of a person is left: a word of its own stands in each text field, of any class but P0, of
 * each act; the file is opened page by page, and record by record of its WAL, and searched.
 */
#include "store_kit.h"
#include "vault_kit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/bookmark.h"
#include "amparo/store/caseload.h"
#include "amparo/store/draft.h"
#include "amparo/store/presence.h"
#include "amparo/store/erase.h"
#include "amparo/store/keys.h"
#include "amparo/store/likely.h"
#include "amparo/store/list.h"
#include "amparo/store/settings.h"
#include "amparo/store/verify.h"

#define ONE "HNTGU-2026-0001"
#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"
#define KAREN                                                                                      \
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "             \
    "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}"
#define ROSA                                                                                       \
    "{'person': 2, 'surname_1': 'MEJÍA', 'given_names': 'Rosa', 'nationalities': "                \
    "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1990-01-01'}"
#define CLOSE "{'outcome': ['repatriated'], 'unmet_needs': []}"

/* ---- a file whose head is Ana, with the officers Luis and Eva ---- */

static void add_officer(struct store *head, const char *name, enum role role,
                        struct passphrase passphrase)
{
    struct error err = ERROR_INIT;

    if (!store_add_officer(head, name, role, passphrase, &err))
        fail_msg("%s", error_text(&err));
}

static struct store *make(const char *name)
{
    struct store *ana = kit_create(name);
    struct error err = ERROR_INIT;

    /* Restoring goes by the clock of the machine: no backup of a test is too old for it. */
    assert_true(settings_say(ana, SETTING_KEEP_BACKUP, "36525", &err));
    return ana;
}

static struct store *fill(const char *name)
{
    struct store *ana = make(name);

    add_officer(ana, "Luis", ROLE_OFFICER, kit_luis);
    kit_record(ana, NULL, ACT_OPEN, OPEN);
    kit_record(ana, ONE, ACT_PERSON, KAREN);
    return ana;
}

static const uint8_t *case_of(struct store *store, const char *reference)
{
    static uint8_t id[CASE_ID];
    struct error err = ERROR_INIT;

    if (!case_find(store, reference, id, NULL, &err))
        fail_msg("%s", error_text(&err));
    return id;
}

/* Whoever it is that has the file open asks for it, and confirms it. */
static const char *ask_for(struct store *store, long person)
{
    char *payload =
        xasprintf("{'person': %ld, 'basis': 'order', 'reason': 'said Rumpelstilz'}", person);
    const char *id = kit_record(store, ONE, ACT_ERASE_REQUEST, payload);

    free(payload);
    return id;
}

static void confirm(struct store *store, const char *request)
{
    char *payload = xasprintf("{'of': '%s'}", request);

    kit_record(store, ONE, ACT_ERASE, payload);
    free(payload);
}

static void confirm_fails(struct store *store, const char *request, const char *gate)
{
    char *payload = xasprintf("{'of': '%s'}", request);

    kit_refuse(store, ONE, ACT_ERASE, payload, ERROR_REFUSED, gate);
    free(payload);
}

/* Luis asks, Ana confirms. */
static void erase(struct store *ana, const char *name, long person)
{
    struct store *luis = kit_open(name, kit_luis);
    const char *request = ask_for(luis, person);

    store_close(luis);
    confirm(ana, request);
}

static void finish(struct store *store)
{
    struct error err = ERROR_INIT;

    if (!store_erase_finish(store, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
}

static struct case_file load(struct store *store)
{
    struct error err = ERROR_INIT;
    struct case_file c;

    if (!store_case(store, ONE, &c, &err))
        fail_msg("%s", error_text(&err));
    return c;
}

/* The text of the n-th act of that kind, from 0, as it stands; "" where it is gone. */
static const char *text_of(struct store *store, enum act_kind kind, int n, const char *key)
{
    static char text[2000];
    struct case_file c = load(store);
    const struct entry *e = NULL;

    do
        e = case_next(&c, e, kind);
    while (n--);
    snprintf(text, sizeof text, "%s", entry_text(e, key));
    case_release(&c);
    return text;
}

/* verify must pass, with `part` in its notes (NULL: none but that a key may be owed); or fail with
 * `part` in its lines. */
static void verify_passes(struct store *store, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    const char *line = strstr(buf_text(&v.notes), "a new data key is owed");
    if (part ? !strstr(buf_text(&v.notes), part)
             : v.notes.size && (line != buf_text(&v.notes) || strchr(line, '\n')[1]))
        fail_msg("notes: %s", buf_text(&v.notes));
    buf_release(&v.notes);
}

static void verify_fails(struct store *store, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (store_verify(store, NULL, NULL, &v, &err))
        fail_msg("not noticed: %s; notes: %s", part, buf_text(&v.notes));
    if (!strstr(error_text(&err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(&err));
    buf_release(&v.notes);
    error_release(&err);
}

static void sql(struct store *store, const char *text)
{
    if (sqlite3_exec(store->db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(store->db));
}

static void rebuild(struct store *store)
{
    struct error err = ERROR_INIT;

    if (!store_rebuild(store, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
}

/* An act past every check, signed by whoever opened the file; its id. */
static const char *forge(struct store *store, unsigned kind, const struct act_type *inner,
                         json_t *payload)
{
    static char id[2][2 * ACT_ID_SIZE + 1];
    static int turn;
    struct error err = ERROR_INIT;
    struct logged logged;
    struct new_act act = {
        .case_id = case_of(store, ONE), .kind = kind, .inner = inner, .payload = payload};
    char *out = id[turn++ % 2];

    instant_parse("2026-03-12T12:00:00-06:00", &act.at);
    if (!log_append(store, &act, &logged, &err))
        fail_msg("%s", error_text(&err));
    act_id_hex(logged.bytes.id, out);
    logged_release(&logged);
    json_decref(payload);
    return out;
}

/* ---- words of their own ---- */

struct words {
    char **list;
    size_t count;
};

/* "kpwzmarqx17vbn": letters that no other word has, and digits for a telephone. */
static const char *new_word(struct words *w, bool phone)
{
    char *word = phone ? xasprintf("+504%08zu", 73190000 + 7 * w->count)
                       : xasprintf("%cq%zuxvbnwzk", (char)('a' + w->count % 26), w->count);

    w->list = xreallocarray(w->list, w->count + 1, sizeof *w->list);
    w->list[w->count++] = word;
    return word;
}

static void words_release(struct words *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->list[i]);
    free(w->list);
}

/* Fills each field in which people write with a word of its own; who and what it is about is 1. */
static json_t *filled(struct words *w, const struct field *fields)
{
    json_t *payload = json_object();

    for (const struct field *f = fields; f->id; f++) {
        bool text = f->type == FIELD_TEXT || f->type == FIELD_LONG || f->type == FIELD_PHONE;
        if (f->type == FIELD_PERSON)
            json_object_set_new(payload, f->key, json_integer(1));
        if (f->type == FIELD_PERSONS)
            json_object_set_new(payload, f->key, json_pack("[i]", 1));
        if (f->class == CLASS_P0)
            continue;
        if (text)
            json_object_set_new(payload, f->key, json_string(new_word(w, f->type == FIELD_PHONE)));
        if (f->type == FIELD_OBJECTS)
            json_object_set_new(payload, f->key, json_pack("[o]", filled(w, f->members)));
        if (f->type == FIELD_OBJECT)
            json_object_set_new(payload, f->key, filled(w, f->members));
    }
    return payload;
}

/* One act of each kind, all about person 1 or about nobody in particular; and a correction. */
static void say_everything(struct store *store, struct words *w)
{
    const char *ground = NULL;

    for (enum act_kind kind = ACT_OPEN; (kind = act_kind_next(kind));) {
        const char *id;
        if (kind == ACT_CORRECT || case_is_final(kind))
            continue;
        id = forge(store, (unsigned)kind, NULL, filled(w, act_type(kind)->fields));
        if (kind == ACT_GROUND)
            ground = id;
        if (kind != ACT_GROUND)
            continue;
        json_t *correction = filled(w, act_type(ACT_CORRECT)->fields);
        json_object_set_new(correction, "of", json_string(ground));
        json_object_set_new(correction, "payload", filled(w, act_type(ACT_GROUND)->fields));
        forge(store, ACT_CORRECT, act_type(ACT_GROUND), correction);
    }
    rebuild(store);
}

static void type_drafts(struct store *store, struct words *w)
{
    struct error err = ERROR_INIT;
    int64_t id;

    assert_true(store_draft_open(store, ONE, ACT_GROUND, 0, 0, &id, &err));
    assert_true(store_draft_put(store, id, "ground", "facts", new_word(w, false), 3, &err));
    assert_true(store_draft_put(store, id, "ground", "where", new_word(w, false), 3, &err));
    assert_true(store_presence_set(store, "", &err));
    assert_true(store_bookmark_put(store, new_word(w, false), &err));
}

/* The index of the search has words in small letters, and the beginnings of words apart: their ends
 * tell. That of persons has them in capitals, and the last digits of a telephone. */
static bool is_in(const uint8_t *bytes, size_t size, const char *word)
{
    enum { LAST = 8 };
    char capitals[64];
    size_t length = strlen(word);

    assert_true(length < sizeof capitals);
    for (size_t i = 0; i <= length; i++)
        capitals[i] = (char)(word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' + 'A' : word[i]);
    return memmem(bytes, size, word + 1, length - 1) ||
           memmem(bytes, size, capitals + 1, length - 1) ||
           (*word == '+' && memmem(bytes, size, word + length - LAST, LAST));
}

/* How many of the words lie anywhere in what the file's keys open. */
static size_t traces(struct store *store, const struct words *w)
{
    size_t size, found = 0;
    uint8_t *bytes = kit_plain(store->vault, &size);

    for (size_t i = 0; i < w->count; i++)
        found += is_in(bytes, size, w->list[i]);
    free(bytes);
    return found;
}

/* The keys that somebody could have kept from before. */
static void old_key(struct store *store, struct keys *out)
{
    memcpy(out, store->vault->fs->keys, sizeof *out);
}

/* The same in every file of the folder whose name begins so, by these keys; and as raw bytes. */
static size_t old_traces(struct keys *keys, const char *name, const struct words *w)
{
    struct vfs fs = {.keys = keys};
    struct vault old = {.fs = &fs};
    size_t found = 0, size;
    DIR *folder = opendir(kit_path(""));
    struct dirent *entry;

    assert_non_null(folder);
    while ((entry = readdir(folder))) {
        if (strncmp(entry->d_name, name, strlen(name)) != 0)
            continue;
        fs.path = (char *)(uintptr_t)kit_path(entry->d_name);
        uint8_t *bytes = kit_plain(&old, &size), *raw;
        for (size_t i = 0; i < w->count; i++)
            found += is_in(bytes, size, w->list[i]);
        free(bytes);
        raw = kit_read(fs.path, &size);
        for (size_t i = 0; i < w->count; i++)
            assert_false(is_in(raw, size, w->list[i]));
        free(raw);
    }
    closedir(folder);
    return found;
}

static size_t search_count(struct store *store, const char *query)
{
    struct list_filter filter = {.query = query, .stage = -1};
    struct error err = ERROR_INIT;
    struct case_rows rows;

    if (!store_list(store, &filter, &rows, &err))
        fail_msg("%s", error_text(&err));
    size_t count = rows.count;
    case_rows_release(&rows);
    return count;
}

/* A backup has keys of its own: what it holds is what the file holds now. */
static size_t traces_in_backup(struct store *store, const char *name, const struct words *w)
{
    struct error err = ERROR_INIT;

    if (!store_backup(store, kit_path(name), NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    struct store *backup = kit_open(name, kit_ana);
    size_t found = traces(backup, w);
    store_close(backup);
    return found;
}

static void leaves_no_trace(void **state)
{
    struct store *ana = fill("traces"), *luis;
    struct words w = {NULL, 0};
    struct error err = ERROR_INIT;
    struct keys old;
    bool owed;
    (void)state;

    say_everything(ana, &w);
    type_drafts(ana, &w);
    luis = kit_open("traces", kit_luis);
    type_drafts(luis, &w);
    store_close(luis);
    assert_true(w.count > 90);
    assert_int_equal(traces(ana, &w), w.count);
    assert_int_equal(traces_in_backup(ana, "before", &w), w.count);
    assert_true(store_erase_owed(ana, &owed, &err) && !owed);

    erase(ana, "traces", 1);
    assert_int_equal(traces_in_backup(ana, "after", &w), 0);
    assert_true(store_erase_owed(ana, &owed, &err) && owed);
    old_key(ana, &old);
    assert_true(old_traces(&old, "traces", &w) > 0); /* what the WAL still held */
    if (!store_erase_finish(ana, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    assert_true(store_erase_owed(ana, &owed, &err) && !owed);
    assert_int_equal(traces(ana, &w), 0);
    assert_int_equal(old_traces(&old, "traces", &w), 0);
    assert_int_equal(search_count(ana, "ramirez"), 0);
    assert_int_equal(search_count(ana, "0001"), 1);
    verify_passes(ana, NULL);
    rebuild(ana);
    verify_passes(ana, NULL);
    assert_int_equal(traces_in_backup(ana, "rebuilt", &w), 0);
    words_release(&w);
    store_close(ana);
}

/* ---- the index of persons, and links ---- */

#define TWO "HNTGU-2026-0002"
#define SAME(to) "{'person': 1, 'case': '" to "', 'other': 1, 'reason': 'one passport'}"

static int64_t rows(struct store *store, const char *query)
{
    struct error err = ERROR_INIT;
    int64_t count;

    if (!db_number(store, &count, -1, &err, query, ""))
        fail_msg("%s", error_text(&err));
    return count;
}

/* Case 2 says that its person is the one of case 1; then one of the two is erased. */
static struct store *linked(const char *name, const char *from, const char *to)
{
    struct store *ana = fill(name);

    kit_record(ana, NULL, ACT_OPEN, OPEN);
    kit_record(ana, TWO, ACT_PERSON, KAREN);
    kit_record(ana, from, ACT_LINK, to);
    assert_int_equal(rows(ana, "SELECT count(*) FROM links"), 1);
    assert_int_equal(rows(ana, "SELECT count(*) FROM persons"), 2);
    erase(ana, name, 1);
    assert_int_equal(rows(ana, "SELECT count(*) FROM persons"), 1);
    assert_int_equal(rows(ana, "SELECT count(*) FROM person_keys WHERE case_row = "
                               "(SELECT id FROM cases WHERE reference = '" ONE "')"),
                     0);
    verify_passes(ana, NULL);
    return ana;
}

/* Said elsewhere, the link stays, and tells that the other is erased; said with the person erased,
 * it goes with them. */
static void a_link_copes_with_an_erasure(void **state)
{
    struct store *ana = linked("linked-to", TWO, SAME(ONE));
    struct error err = ERROR_INIT;
    struct person_rows links;
    (void)state;

    assert_true(store_person_links(ana, TWO, 1, &links, &err));
    assert_int_equal(links.count, 1);
    assert_true(links.list[0].erased);
    assert_string_equal(links.list[0].title, "");
    person_rows_release(&links);
    assert_true(store_likely_same(ana, TWO, 1, &links, &err));
    assert_int_equal(links.count, 0);
    person_rows_release(&links);
    assert_false(store_likely_same(ana, ONE, 1, &links, &err));
    error_release(&err);
    /* it can still be ended; nobody can be linked with who is gone */
    kit_record(ana, TWO, ACT_UNLINK, SAME(ONE));
    kit_refuse(ana, TWO, ACT_LINK, SAME(ONE), ERROR_INPUT, "no case of that");
    verify_passes(ana, NULL);
    store_close(ana);

    ana = linked("linked-from", ONE, SAME(TWO));
    assert_int_equal(rows(ana, "SELECT count(*) FROM links"), 0);
    assert_true(store_person_links(ana, TWO, 1, &links, &err));
    assert_int_equal(links.count, 0);
    person_rows_release(&links);
    rebuild(ana);
    verify_passes(ana, NULL);
    store_close(ana);
}

/* ---- what goes, and what stays ---- */

#define SITUATION(where) "{'locality': '" where "'}"
#define NEED(person, detail)                                                                       \
    "{'need': 'shelter', 'urgency': 'now', 'person': " person ", 'detail': '" detail "'}"

static void what_concerns_others_stays(void **state)
{
    struct store *ana = fill("shared"), *luis = kit_open("shared", kit_luis);
    struct case_file c;
    char ground[65];
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    kit_record(ana, ONE, ACT_SITUATION, SITUATION("Deira"));
    kit_record(ana, ONE, ACT_NEED, NEED("1", "a bed"));
    kit_record(ana, ONE, ACT_NEED, NEED("2", "a doctor"));
    strcpy(ground, kit_record(ana, ONE, ACT_GROUND,
                              "{'person': 2, 'code': 'G5', 'perpetrator': 'employer', "
                              "'facts': 'as Karen'}"));
    kit_record(ana, ONE, ACT_CONTACT,
               "{'at': '2026-03-12T10:00:00-06:00', 'reason': 'fire', 'detail': 'called both', "
               "'persons': [1, 2]}");
    const char *request = ask_for(luis, 1);
    /* What the others still need is recorded anew, and what tells of her is taken out. */
    kit_record(luis, ONE, ACT_SITUATION, SITUATION("Jumeirah"));
    char *correction =
        xasprintf("{'of': '%s', 'reason': 'named another', 'payload': {'person': 2, 'code': 'G5', "
                  "'perpetrator': 'employer', 'facts': 'unpaid'}}",
                  ground);
    kit_record(luis, ONE, ACT_CORRECT, correction);
    free(correction);
    confirm(ana, request);
    store_close(luis);

    c = load(ana);
    assert_true(case_erased(&c, 1));
    assert_false(case_erased(&c, 2));
    assert_false(case_empty_of_persons(&c));
    const struct entry *first = case_next(&c, NULL, ACT_GROUND);
    assert_true(first->act->erased);
    assert_false(entry_erased(first));
    assert_string_equal(entry_text(first, "facts"), "unpaid");
    assert_string_equal(payload_text(first->act->payload, "facts"), "");
    case_release(&c);
    assert_string_equal(text_of(ana, ACT_PERSON, 0, "surname_1"), "");
    assert_string_equal(text_of(ana, ACT_PERSON, 1, "surname_1"), "MEJÍA");
    assert_string_equal(text_of(ana, ACT_SITUATION, 0, "locality"), "");
    assert_string_equal(text_of(ana, ACT_SITUATION, 1, "locality"), "Jumeirah");
    assert_string_equal(text_of(ana, ACT_NEED, 0, "detail"), "");
    assert_string_equal(text_of(ana, ACT_NEED, 1, "detail"), "a doctor");
    assert_string_equal(text_of(ana, ACT_CONTACT, 0, "detail"), "");
    assert_string_equal(text_of(ana, ACT_ERASE_REQUEST, 0, "reason"), "");
    assert_string_equal(text_of(ana, ACT_ERASE_REQUEST, 0, "basis"), "order");
    assert_int_equal(search_count(ana, "karen"), 0);
    assert_int_equal(search_count(ana, "rosa"), 1);
    verify_passes(ana, NULL);

    /* Then the last one: nothing that anybody wrote stays. */
    erase(ana, "shared", 2);
    c = load(ana);
    assert_true(case_empty_of_persons(&c));
    case_release(&c);
    assert_string_equal(text_of(ana, ACT_SITUATION, 1, "locality"), "");
    assert_string_equal(text_of(ana, ACT_NEED, 1, "detail"), "");
    verify_passes(ana, NULL);
    store_close(ana);
}

static void lists_show_that_somebody_is_erased(void **state)
{
    struct store *ana = fill("shown");
    struct error err = ERROR_INIT;
    struct case_rows rows;
    struct list_filter filter = {.stage = -1};
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    erase(ana, "shown", 1);
    assert_true(store_list(ana, &filter, &rows, &err));
    assert_string_equal(rows.list[0].title, "MEJÍA, Rosa");
    assert_int_equal(rows.list[0].persons, 2);
    case_rows_release(&rows);
    json_t *json = store_case_json(ana, ONE, NULL, NULL, &err);
    json_t *persons = json_object_get(json, "persons");
    assert_true(json_is_true(json_object_get(json_array_get(persons, 0), "erased")));
    assert_true(json_is_null(json_object_get(json_array_get(persons, 0), "minor")));
    assert_int_equal(json_array_size(json_object_get(json_array_get(persons, 0), "requirements")),
                     0);
    assert_null(json_object_get(json_array_get(persons, 1), "erased"));
    assert_true(json_array_size(json_object_get(json, "requirements")) > 0);
    json_decref(json);
    /* As of a day before it, too: what is gone cannot be shown. */
    json = store_case_json(ana, ONE, "2026-03-12", NULL, &err);
    persons = json_object_get(json, "persons");
    assert_true(json_is_true(json_object_get(json_array_get(persons, 0), "erased")));
    json_decref(json);
    json = store_acts_json(ana, ONE, &err);
    assert_true(json_is_true(json_object_get(json_array_get(json, 1), "erased")));
    assert_null(json_object_get(json_array_get(json, 2), "erased"));
    json_decref(json);

    erase(ana, "shown", 2);
    assert_true(store_list(ana, &filter, &rows, &err));
    assert_string_equal(rows.list[0].title, "");
    assert_int_equal(rows.list[0].hidden, NAME_ERASED);
    case_rows_release(&rows);
    store_close(ana);
}

static void nothing_is_said_of_the_erased(void **state)
{
    struct store *ana = fill("silent");
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    erase(ana, "silent", 1);
    kit_refuse(ana, ONE, ACT_NEED, NEED("1", "x"), ERROR_INPUT, "was erased");
    kit_refuse(ana, ONE, ACT_PERSON, KAREN, ERROR_INPUT, "was erased");
    kit_refuse(ana, ONE, ACT_ERASE_REQUEST, "{'person': 1, 'basis': 'order'}", ERROR_INPUT,
               "was erased");
    kit_refuse(ana, ONE, ACT_POLL,
               "{'round': 1, 'to': ['MX'], 'reply_by': '2026-03-18', 'persons': [1]}", ERROR_INPUT,
               "was erased");
    kit_record(ana, ONE, ACT_NEED, NEED("2", "x"));
    kit_record(ana, ONE, ACT_CLOSE, CLOSE);
    verify_passes(ana, NULL);
    store_close(ana);
}

/* The directory that a decision used names nobody, and stands for it. */
static void a_decision_keeps_its_directory(void **state)
{
    struct store *ana = fill("directory");
    struct case_file c;
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    kit_record(ana, ONE, ACT_DECIDE, "{'decision': 'more_facts', 'reason': 'ask Karen'}");
    erase(ana, "directory", 1);
    c = load(ana);
    assert_string_equal(entry_text(case_last(&c, ACT_DECIDE), "reason"), "");
    assert_non_null(json_object_get(case_last(&c, ACT_DECIDE)->act->context, "parties"));
    case_release(&c);
    erase(ana, "directory", 2);
    c = load(ana);
    assert_null(json_object_get(case_last(&c, ACT_DECIDE)->act->context, "parties"));
    case_release(&c);
    verify_passes(ana, NULL);
    store_close(ana);
}

/* Of whom nothing is left nothing can be read by an escrow: they neither forbid it nor end it. */
static void who_is_erased_ends_no_escrow(void **state)
{
    struct store *ana = fill("escrow");
    struct error err = ERROR_INIT;
    uint8_t seed[VAULT_ESCROW] = {4}, key[VAULT_ESCROW];
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    erase(ana, "escrow", 1);
    finish(ana);
    vault_escrow_pk(seed, key);
    if (!store_begin_escrow(ana, key, &err))
        fail_msg("%s", error_text(&err));
    kit_record(ana, ONE, ACT_NEED, NEED("2", "a doctor"));
    assert_int_equal(store_escrow(ana, key), ESCROW_ON);
    store_close(ana);
}

/* ---- what must not be possible ---- */

static void one_alone_erases_nobody(void **state)
{
    struct store *ana = fill("alone"), *luis = kit_open("alone", kit_luis), *eva;
    (void)state;

    const char *request = ask_for(ana, 1);
    confirm_fails(ana, request, "erase.second");
    /* Nor with the help of a key made for it. */
    add_officer(ana, "Eva", ROLE_HEAD, kit_eva);
    eva = kit_open("alone", kit_eva);
    confirm_fails(eva, request, "erase.enrolled");
    store_close(eva);
    kit_record(ana, ONE, ACT_LEGAL_HOLD, "{'hold': true, 'reason': 'a trial'}");
    confirm_fails(luis, request, "erase.hold");
    kit_record(ana, ONE, ACT_LEGAL_HOLD, "{'hold': false, 'reason': 'it is over'}");
    assert_string_equal(text_of(luis, ACT_PERSON, 0, "surname_1"), "RAMÍREZ");
    confirm(luis, request);
    assert_string_equal(text_of(luis, ACT_PERSON, 0, "surname_1"), "");
    verify_passes(luis, NULL);
    store_close(luis);
    store_close(ana);
}

static void two_officers_without_a_head_erase_nobody(void **state)
{
    struct store *ana = fill("no head"), *luis = kit_open("no head", kit_luis), *eva;
    (void)state;

    add_officer(ana, "Eva", ROLE_OFFICER, kit_eva);
    eva = kit_open("no head", kit_eva);
    confirm_fails(eva, ask_for(luis, 1), "erase.head");
    store_close(eva);
    store_close(luis);
    store_close(ana);
}

#define TAKE_PARTS                                                                                 \
    "DELETE FROM parts WHERE act IN (SELECT seq FROM acts WHERE kind IN (2, 34) "                  \
    "AND case_id <> zeroblob(8))"

/* Parts taken away by SQL, with the acts signed as well as somebody can alone. */
static void sql_erases_nobody(void **state)
{
    struct store *ana = fill("sql"), *luis;
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(db_begin(ana, &err));
    sql(ana, "DELETE FROM parts WHERE act = 5");
    rebuild(ana);
    verify_fails(ana, "act 5: a part of it is missing");
    assert_false(db_end(ana, false, &err));

    assert_true(db_begin(ana, &err)); /* both by Ana */
    const char *request =
        forge(ana, ACT_ERASE_REQUEST, NULL, kit_json("{'person': 1, 'basis': 'order'}"));
    forge(ana, ACT_ERASE, NULL, json_pack("{s:s}", "of", request));
    sql(ana, TAKE_PARTS);
    rebuild(ana);
    verify_fails(ana, "act 5: a part of it is missing");
    assert_false(db_end(ana, false, &err));

    /* By Ana and a clerk, who is no officer. */
    add_officer(ana, "Eva", ROLE_CLERK, kit_eva);
    request = forge(ana, ACT_ERASE_REQUEST, NULL, kit_json("{'person': 1, 'basis': 'order'}"));
    luis = kit_open("sql", kit_eva);
    forge(luis, ACT_ERASE, NULL, json_pack("{s:s}", "of", request));
    sql(luis, TAKE_PARTS);
    rebuild(luis);
    verify_fails(luis, "act 5: a part of it is missing");
    store_close(luis);
    store_close(ana);
}

/* By two, of whom one came for it. */
static void a_key_made_for_it_erases_nobody(void **state)
{
    struct store *ana = fill("late"), *eva;
    (void)state;

    const char *request =
        forge(ana, ACT_ERASE_REQUEST, NULL, kit_json("{'person': 1, 'basis': 'order'}"));
    add_officer(ana, "Eva", ROLE_HEAD, kit_eva);
    eva = kit_open("late", kit_eva);
    forge(eva, ACT_ERASE, NULL, json_pack("{s:s}", "of", request));
    sql(eva, TAKE_PARTS);
    rebuild(eva);
    verify_fails(eva, "act 5: a part of it is missing");
    store_close(eva);
    store_close(ana);
}

/* A legal hold passed by, signed well by two: it does not count. */
static void a_hold_is_not_passed_by(void **state)
{
    struct store *ana = fill("hold"), *luis = kit_open("hold", kit_luis);
    (void)state;

    const char *request = ask_for(luis, 1);
    kit_record(ana, ONE, ACT_LEGAL_HOLD, "{'hold': true, 'reason': 'a trial'}");
    /* Nor does a correction end it, nor an officer's word. */
    forge(luis, ACT_LEGAL_HOLD, NULL, kit_json("{'hold': false, 'reason': 'I say so'}"));
    forge(ana, ACT_ERASE, NULL, json_pack("{s:s}", "of", request));
    sql(ana, TAKE_PARTS);
    rebuild(ana);
    verify_fails(ana, "act 5: a part of it is missing");
    store_close(luis);
    store_close(ana);
}

static void final_acts_are_not_corrected(void **state)
{
    struct store *ana = fill("final"), *luis = kit_open("final", kit_luis);
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    char *request = xstrdup(ask_for(luis, 2));
    char *correction = xasprintf("{'of': '%s', 'reason': 'typed wrong', 'payload': "
                                 "{'person': 1, 'basis': 'order'}}",
                                 request);
    kit_refuse(ana, ONE, ACT_CORRECT, correction, ERROR_INPUT, "it stands as it was signed");
    forge(ana, ACT_CORRECT, act_type(ACT_ERASE_REQUEST), kit_json(correction));
    confirm(ana, request);
    assert_string_equal(text_of(ana, ACT_PERSON, 0, "surname_1"), "RAMÍREZ");
    assert_string_equal(text_of(ana, ACT_PERSON, 1, "surname_1"), "");
    verify_passes(ana, "what it corrects stands as it was signed");
    free(correction);
    free(request);
    store_close(luis);
    store_close(ana);
}

/* More than the erasure takes, or less. */
static void verify_holds_what_is_gone_against_the_erasure(void **state)
{
    struct store *ana = fill("exact");
    struct error err = ERROR_INIT;
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    kit_record(ana, ONE, ACT_NEED, NEED("2", "a doctor"));
    sql(ana, "CREATE TEMP TABLE kept AS SELECT * FROM parts WHERE act = 5");
    erase(ana, "exact", 1);
    verify_passes(ana, NULL);

    assert_true(db_begin(ana, &err));
    sql(ana, "DELETE FROM parts WHERE act = 7");
    rebuild(ana);
    verify_fails(ana, "act 7: a part of it is missing");
    assert_false(db_end(ana, false, &err));

    assert_true(db_begin(ana, &err));
    sql(ana, "INSERT INTO parts SELECT * FROM temp.kept");
    rebuild(ana);
    verify_fails(ana, "act 5: a part of it that was erased is there");
    assert_false(db_end(ana, false, &err));
    store_close(ana);
}

/* What counts for nothing holds text all the same. */
static void what_does_not_count_goes_too(void **state)
{
    struct store *ana = fill("uncounted"), *eva;
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    add_officer(ana, "Eva", ROLE_CLERK, kit_eva);
    eva = kit_open("uncounted", kit_eva);
    forge(eva, ACT_NEED, NULL, kit_json(NEED("2", "told by a clerk")));
    store_close(eva);
    erase(ana, "uncounted", 1);
    verify_passes(ana, "a clerk reads only");
    struct error err = ERROR_INIT;
    int64_t parts;
    assert_true(db_number(ana, &parts, 0, &err,
                          "SELECT count(*) FROM parts p JOIN acts a ON a.seq = p.act "
                          "WHERE a.kind = 5",
                          ""));
    assert_int_equal(parts, 0);
    store_close(ana);
}

/* ---- backups from before ---- */

static void back_up(struct store *store, const char *name)
{
    struct error err = ERROR_INIT;

    if (!store_backup(store, kit_path(name), NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
}

/* Restores into the same folder; how many were erased again. `part` must be in the notes (NULL: no
 * notes); `given`: a file of erasures, or NULL. */
static size_t restore(const char *backup, const char *name, const char *given, const char *part)
{
    struct error err = ERROR_INIT;
    struct restored out;
    char *from = xstrdup(kit_path(backup)), *to = xstrdup(kit_path(name));
    struct restoring how = {.backup = from, .path = to, .passphrase = kit_ana, .erasures = given};

    if (!store_restore(&how, &out, &err))
        fail_msg("%s", error_text(&err));
    if (part ? !strstr(buf_text(&out.notes), part) : out.notes.size)
        fail_msg("notes: %s", buf_text(&out.notes));
    size_t erased = out.erased;
    buf_release(&out.notes);
    free(from);
    free(to);
    return erased;
}

static void remove_erasures(const char *name)
{
    char *path = xasprintf("%s.erasures", kit_path(name));

    unlink(path);
    free(path);
}

/* The file of erasures of a case file, to be read and changed. */
static char *erasures_of(const char *name)
{
    char *path = xasprintf("%s.erasures", kit_path(name));
    size_t size;
    char *text = (char *)kit_read(path, &size);

    free(path);
    return text;
}

static void write_erasures(const char *name, const char *text)
{
    char *path = xasprintf("%s.erasures", kit_path(name));

    kit_write(path, (const uint8_t *)text, strlen(text));
    free(path);
}

/* Acts as such a file has them, whether they count or not: those that the SQL finds, by their seq.
 */
static char *lines_of(struct store *store, const char *where)
{
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    bool failed;
    char *query = xasprintf("SELECT lower(hex(signer)), lower(hex(root)), lower(hex(signature)), "
                            "lower(hex(commitments)), lower(hex(core)) FROM acts WHERE %s",
                            where);
    sqlite3_stmt *row = db_query(store, &err, query, "");

    buf_adds(&out, "amparo erasures 1\n");
    while (db_step(store, row, &failed, &err)) {
        for (int i = 0; i < 5; i++) {
            char *hex = db_text(row, i);
            if (i == 3 && !*hex)
                buf_addc(&out, '-');
            for (size_t k = 0; hex[k]; k++)
                buf_addf(&out, "%s%c", i == 3 && k && k % 64 == 0 ? "." : "", hex[k]);
            buf_addc(&out, i < 4 ? ' ' : '\n');
            free(hex);
        }
    }
    free(query);
    return buf_detach(&out);
}

/* Everything of person 1 goes, and nothing of person 2 but what may tell of 1. */
static void a_restored_backup_erases_again(void **state)
{
    struct store *ana = fill("lost"), *new;
    struct words w = {NULL, 0};
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    say_everything(ana, &w);
    back_up(ana, "january");
    erase(ana, "lost", 1);
    finish(ana);
    store_close(ana);
    assert_int_equal(restore("january", "found", NULL, NULL), 1);
    new = kit_open("found", kit_ana);
    assert_int_equal(traces(new, &w), 0);
    assert_string_equal(text_of(new, ACT_PERSON, 0, "surname_1"), "");
    assert_string_equal(text_of(new, ACT_PERSON, 1, "surname_1"), "MEJÍA");
    verify_passes(new, NULL);
    rebuild(new);
    verify_passes(new, NULL);
    kit_record(new, ONE, ACT_NEED, NEED("2", "a doctor"));
    kit_refuse(new, ONE, ACT_NEED, NEED("1", "a doctor"), ERROR_INPUT, "was erased");
    verify_passes(new, NULL);

    /* What proves it cannot be taken away, nor changed. */
    struct error err = ERROR_INIT;
    assert_true(db_begin(new, &err));
    sql(new, "DELETE FROM erasures");
    verify_fails(new, "act 5: a part of it is missing");
    assert_false(db_end(new, false, &err));
    assert_true(db_begin(new, &err));
    sql(new, "UPDATE erasures SET signature = zeroblob(64) WHERE place = 2");
    verify_fails(new, "not authentic");
    assert_false(db_end(new, false, &err));
    store_close(new);
    words_release(&w);
}

/* Officers come and go: who signed is asked as of then. */
static void who_erased_may_be_gone_or_have_come_since(void **state)
{
    static const struct passphrase irene = {"irene's passphrase", 18};
    struct store *ana = fill("people"), *luis, *eva;
    struct error err = ERROR_INIT;
    uint8_t key[KEY];
    char hex[2 * KEY + 1];
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    back_up(ana, "people-january");
    add_officer(ana, "Eva", ROLE_HEAD, kit_eva);
    add_officer(ana, "Irene", ROLE_OFFICER, irene);
    luis = kit_open("people", kit_luis);
    eva = kit_open("people", kit_eva);
    confirm(eva, ask_for(luis, 1));
    store_close(luis);
    luis = kit_open("people", irene); /* both came since */
    confirm(eva, ask_for(luis, 2));
    store_close(luis);
    luis = kit_open("people", kit_luis);
    memcpy(key, vault_sign_pk(luis->vault), KEY);
    store_close(eva);
    store_close(luis);
    hex_write(key, KEY, hex);
    json_t *clerk = json_pack("{s:s, s:s, s:s}", "name", "Luis", "role", "clerk", "key", hex);
    struct new_act demoted = {.case_id = post_case, .kind = POST_OFFICER, .payload = clerk};
    instant_parse("2026-03-12T12:00:00-06:00", &demoted.at);
    assert_true(log_append(ana, &demoted, NULL, &err));
    json_decref(clerk);
    verify_passes(ana, NULL);
    finish(ana);
    store_close(ana);
    assert_int_equal(restore("people-january", "people-new", NULL, NULL), 2);
    ana = kit_open("people-new", kit_ana);
    verify_passes(ana, NULL);
    assert_string_equal(text_of(ana, ACT_PERSON, 0, "surname_1"), "");
    assert_string_equal(text_of(ana, ACT_PERSON, 1, "surname_1"), "");
    store_close(ana);
}

/* A wording that was corrected between request and erasure; the correction came after the backup.
 */
static void superseded_wordings_go_again(void **state)
{
    struct store *ana = fill("wording"), *luis = kit_open("wording", kit_luis);
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    char *need = xstrdup(kit_record(ana, ONE, ACT_NEED, NEED("2", "a bed beside Karen")));
    kit_record(ana, ONE, ACT_NEED, NEED("2", "a doctor"));
    back_up(ana, "wording-january");
    const char *request = ask_for(luis, 1);
    char *correction = xasprintf("{'of': '%s', 'reason': 'names another', 'payload': %s}", need,
                                 NEED("2", "a bed"));
    kit_record(luis, ONE, ACT_CORRECT, correction);
    confirm(ana, request);
    store_close(luis);
    assert_string_equal(text_of(ana, ACT_NEED, 0, "detail"), "a bed");
    verify_passes(ana, NULL);
    finish(ana);
    store_close(ana);
    assert_int_equal(restore("wording-january", "wording-new", NULL, NULL), 1);
    ana = kit_open("wording-new", kit_ana);
    assert_string_equal(text_of(ana, ACT_NEED, 0, "detail"), "");
    assert_string_equal(text_of(ana, ACT_NEED, 1, "detail"), "a doctor");
    verify_passes(ana, NULL);
    store_close(ana);
    free(correction);
    free(need);
}

/* A file that went on from a backup passes on what it learnt. */
static void erasures_are_passed_on(void **state)
{
    struct store *ana = fill("first");
    char *text;
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    back_up(ana, "first-january");
    back_up(ana, "first-february");
    erase(ana, "first", 1);
    finish(ana);
    store_close(ana);
    assert_int_equal(restore("first-february", "second", NULL, NULL), 1);
    ana = kit_open("second", kit_ana);
    erase(ana, "second", 2);
    finish(ana);
    back_up(ana, "second-march");
    store_close(ana);
    text = erasures_of("second-march");
    assert_non_null(text);
    assert_null(strstr(text, "Ana"));
    remove_erasures("first");
    remove_erasures("second");
    remove_erasures("second-march");
    write_erasures("elsewhere", text);
    char *elsewhere = xasprintf("%s.erasures", kit_path("elsewhere"));
    char *moved = xasprintf("%s.moved", kit_path("elsewhere"));
    assert_int_equal(rename(elsewhere, moved), 0);
    assert_int_equal(restore("first-january", "third", NULL, NULL), 0);
    assert_int_equal(restore("first-january", "fourth", moved, NULL), 2);
    ana = kit_open("fourth", kit_ana);
    assert_string_equal(text_of(ana, ACT_PERSON, 0, "surname_1"), "");
    assert_string_equal(text_of(ana, ACT_PERSON, 1, "surname_1"), "");
    verify_passes(ana, NULL);
    store_close(ana);
    free(elsewhere);
    free(moved);
    free(text);
}

/* What nobody signed, or one alone, or for another file, erases nobody. */
static void forged_erasures_are_not_applied(void **state)
{
    struct store *ana = fill("forged"), *other = make("other");
    struct error err = ERROR_INIT;
    char *text, *line;
    (void)state;

    kit_record(ana, ONE, ACT_PERSON, ROSA);
    back_up(ana, "forged-january");
    assert_true(db_begin(ana, &err)); /* by one alone */
    const char *request =
        forge(ana, ACT_ERASE_REQUEST, NULL, kit_json("{'person': 2, 'basis': 'order'}"));
    forge(ana, ACT_ERASE, NULL, json_pack("{s:s}", "of", request));
    text = lines_of(ana, "kind IN (34, 35)");
    assert_false(db_end(ana, false, &err));
    write_erasures("forged", text);
    free(text);
    assert_int_equal(restore("forged-january", "forged-1", NULL, NULL), 0);

    erase(ana, "forged", 1);
    finish(ana);
    text = erasures_of("forged");
    /* The confirmation without its request: the last line but one. */
    line = strrchr(text, '\n');
    line = memrchr(text, '\n', (size_t)(line - text));
    const char *asked = memrchr(text, '\n', (size_t)(line - text));
    char *without = xasprintf("%.*s%s", (int)(asked - text), text, line);
    write_erasures("forged", without);
    assert_int_equal(restore("forged-january", "forged-2", NULL, NULL), 0);
    free(without);
    /* One digit of the person's number, which lies in the core. */
    for (size_t cut = 1; cut <= 3; cut++) {
        char *changed = xstrdup(text), *last = changed + strlen(changed) - 1 - 10 * cut;
        *last = *last == '0' ? '1' : '0';
        write_erasures("forged", changed);
        char *name = xasprintf("forged-3-%zu", cut);
        assert_int_equal(restore("forged-january", name, NULL, "is not authentic"), 0);
        free(name);
        free(changed);
    }
    write_erasures("forged", "amparo erasures 2\n");
    assert_int_equal(restore("forged-january", "forged-4", NULL, "line 1"), 0);
    /* That of another case file. */
    remove_erasures("forged");
    remove_erasures("forged-january");
    kit_record(other, NULL, ACT_OPEN, OPEN);
    back_up(other, "other-january");
    store_close(other);
    write_erasures("forged", text);
    assert_int_equal(restore("other-january", "other-1", NULL, NULL), 0);
    /* And unchanged it holds. */
    assert_int_equal(restore("forged-january", "forged-5", NULL, NULL), 1);
    store_close(ana);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_no_trace),
        cmocka_unit_test(a_link_copes_with_an_erasure),
        cmocka_unit_test(what_concerns_others_stays),
        cmocka_unit_test(lists_show_that_somebody_is_erased),
        cmocka_unit_test(nothing_is_said_of_the_erased),
        cmocka_unit_test(a_decision_keeps_its_directory),
        cmocka_unit_test(who_is_erased_ends_no_escrow),
        cmocka_unit_test(one_alone_erases_nobody),
        cmocka_unit_test(two_officers_without_a_head_erase_nobody),
        cmocka_unit_test(sql_erases_nobody),
        cmocka_unit_test(a_key_made_for_it_erases_nobody),
        cmocka_unit_test(a_hold_is_not_passed_by),
        cmocka_unit_test(final_acts_are_not_corrected),
        cmocka_unit_test(verify_holds_what_is_gone_against_the_erasure),
        cmocka_unit_test(what_does_not_count_goes_too),
        cmocka_unit_test(a_restored_backup_erases_again),
        cmocka_unit_test(who_erased_may_be_gone_or_have_come_since),
        cmocka_unit_test(superseded_wordings_go_again),
        cmocka_unit_test(erasures_are_passed_on),
        cmocka_unit_test(forged_erasures_are_not_applied),
    };
    return cmocka_run_group_tests_name("store erase", tests, kit_begin, kit_end);
}
