/* SPDX-License-Identifier: MIT */
#include "amparo/store/likely.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/redact.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"
#include "amparo/store/record.h"

/* How many of the index are compared: those with most keys in common. */
enum { COMPARED_MOST = 64 };

static void release_row(struct person_row *row)
{
    free(row->reference);
    free_wiped(row->title);
    free_wiped(row->born);
    free(row->receiving_state);
}

void person_rows_release(struct person_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        release_row(&rows->list[i]);
    free(rows->list);
    *rows = (struct person_rows){NULL, 0};
}

static struct person_row *add_row(struct person_rows *rows)
{
    rows->list = xreallocarray(rows->list, rows->count + 1, sizeof *rows->list);
    struct person_row *row = &rows->list[rows->count++];
    *row = (struct person_row){NULL};
    return row;
}

/* ---- a row, as far as this officer may see it ---- */

#define ROW_COLUMNS                                                                                \
    "c.reference, p.person, p.title, p.born, c.receiving_state, c.stage, c.closed, p.locked, "     \
    "p.keepers "

enum { ROW_COLUMN_COUNT = 9 };

static void take_row(const struct store *store, sqlite3_stmt *query, struct person_row *out)
{
    char *keepers = db_text(query, 8);

    *out = (struct person_row){.reference = db_text(query, 0),
                               .person = (long)db_int(query, 1),
                               .title = db_text(query, 2),
                               .born = db_text(query, 3),
                               .receiving_state = db_text(query, 4),
                               .stage = (enum stage)db_int(query, 5),
                               .closed = db_int(query, 6),
                               .locked = db_int(query, 7)};
    /* Nobody who is erased is in the index: a title that is empty is that of who has no name yet. */
    enum name_hidden hidden = redact_name("?", out->locked, keepers, store->me.name);
    out->restricted = hidden == NAME_RESTRICTED;
    free_wiped(keepers);
    if (hidden) {
        explicit_bzero(out->title, strlen(out->title));
        explicit_bzero(out->born, strlen(out->born));
    }
}

/* ---- the likeliest ---- */

/* "[[key, weight], …]": one statement for any number of keys. */
static char *keys_text(const struct traits *like)
{
    struct trait_key keys[TRAIT_KEYS];
    size_t count = traits_keys(like, keys, TRAIT_KEYS);
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < count; i++)
        buf_addf(&out, "%c[%lld,%d]", i ? ',' : '[', (long long)keys[i].key, keys[i].weight);
    buf_adds(&out, count ? "]" : "[]");
    return buf_detach(&out);
}

static const char compare_query[] =
    "SELECT " ROW_COLUMNS ", p.names, p.documents, p.phones, p.born, p.sex FROM "
    "(SELECT k.case_row, k.person, sum(json_extract(w.value, '$[1]')) AS weight "
    "FROM json_each(?1) w CROSS JOIN person_keys k ON k.key = json_extract(w.value, '$[0]') "
    "GROUP BY k.case_row, k.person ORDER BY weight DESC, k.case_row DESC LIMIT ?2) m "
    "JOIN persons p ON p.case_row = m.case_row AND p.person = m.person "
    "JOIN cases c ON c.id = m.case_row "
    "WHERE NOT (c.reference = ?3 AND p.person = ?4) "
    "AND NOT EXISTS (SELECT 1 FROM links l JOIN cases o ON o.id = l.case_row WHERE "
    "o.reference = ?3 AND l.person = ?4 AND l.reference = c.reference AND l.other = p.person) "
    "AND NOT EXISTS (SELECT 1 FROM links l WHERE l.case_row = m.case_row AND l.person = m.person "
    "AND l.reference = ?3 AND l.other = ?4)";

static void take_traits(sqlite3_stmt *query, struct traits *out)
{
    enum { NAMES = ROW_COLUMN_COUNT };
    char *born = db_text(query, NAMES + 3), *sex = db_text(query, NAMES + 4);

    *out = (struct traits){.names = db_text(query, NAMES),
                           .documents = db_text(query, NAMES + 1),
                           .phones = db_text(query, NAMES + 2)};
    strncpy(out->born, born, sizeof out->born - 1);
    strncpy(out->sex, sex, sizeof out->sex - 1);
    free_wiped(born);
    free(sex);
}

static int by_score(const void *a, const void *b)
{
    const struct person_row *left = a, *right = b;
    int difference = right->like.score - left->like.score;

    return difference ? difference : strcmp(right->reference, left->reference);
}

static bool compare_rows(struct store *store, sqlite3_stmt *query, const struct traits *like,
                         struct person_rows *out, struct error *err)
{
    bool failed;

    while (db_step(store, query, &failed, err)) {
        struct traits there;
        take_traits(query, &there);
        struct likeness found = traits_compare(like, &there);
        traits_release(&there);
        if (found.score < LIKELY)
            continue;
        struct person_row *row = add_row(out);
        take_row(store, query, row);
        row->like = found;
    }
    return !failed;
}

bool store_likely(struct store *store, const struct traits *like, const char *reference,
                  long person, struct person_rows *out, struct error *err)
{
    char *keys = keys_text(like);
    sqlite3_stmt *query = db_query(store, err, compare_query, "titi", keys, (int64_t)COMPARED_MOST,
                                   reference ? reference : "", (int64_t)person);

    *out = (struct person_rows){NULL, 0};
    free_wiped(keys);
    if (!query)
        return false;
    if (!compare_rows(store, query, like, out, err)) {
        person_rows_release(out);
        return false;
    }
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, by_score);
    while (out->count > LIKELY_MOST)
        release_row(&out->list[--out->count]);
    return true;
}

bool store_likely_same(struct store *store, const char *reference, long person,
                       struct person_rows *out, struct error *err)
{
    struct case_file c;
    struct traits like;
    bool ok;

    if (!store_case(store, reference, &c, err))
        return false;
    if (!case_person(&c, person) || case_erased(&c, person)) {
        case_release(&c);
        return error_set(err, ERROR_INPUT, _("%s: there is no person %ld in this case"), reference,
                         person);
    }
    traits_of_person(&c, person, &like);
    ok = store_likely(store, &like, c.reference, person, out, err);
    traits_release(&like);
    case_release(&c);
    return ok;
}

/* ---- lists ---- */

static bool read_rows(struct store *store, sqlite3_stmt *query, bool linked,
                      struct person_rows *out, struct error *err)
{
    bool failed;

    *out = (struct person_rows){NULL, 0};
    if (!query)
        return false;
    while (db_step(store, query, &failed, err)) {
        struct person_row *row = add_row(out);
        take_row(store, query, row);
        row->is_here = linked && db_int(query, ROW_COLUMN_COUNT);
        row->erased = linked && db_int(query, ROW_COLUMN_COUNT + 1);
    }
    if (failed)
        person_rows_release(out);
    return !failed;
}

bool store_persons(struct store *store, size_t limit, struct person_rows *out, struct error *err)
{
    return read_rows(store,
                     db_query(store, err,
                              "SELECT " ROW_COLUMNS "FROM persons p JOIN cases c ON "
                              "c.id = p.case_row ORDER BY p.case_row DESC, p.person LIMIT ?",
                              "i", (int64_t)limit),
                     false, out, err);
}

/* What the other side is called where the case's own act says it, and where the other's does. */
static const char links_query[] =
    "SELECT l.reference, l.other, coalesce(p.title, ''), coalesce(p.born, ''), "
    "coalesce(c.receiving_state, ''), coalesce(c.stage, 0), coalesce(c.closed, 0), "
    "coalesce(p.locked, 0), coalesce(p.keepers, ''), 1, p.person IS NULL "
    "FROM cases o JOIN links l ON l.case_row = o.id LEFT JOIN cases c ON c.reference = l.reference "
    "LEFT JOIN persons p ON p.case_row = c.id AND p.person = l.other "
    "WHERE o.reference = upper(?1) AND l.person = ?2 "
    "UNION ALL SELECT " ROW_COLUMNS ", 0, 0 FROM links l JOIN cases c ON c.id = l.case_row "
    "JOIN persons p ON p.case_row = c.id AND p.person = l.person "
    "WHERE l.reference = upper(?1) AND l.other = ?2 ORDER BY 1, 2";

bool store_person_links(struct store *store, const char *reference, long person,
                        struct person_rows *out, struct error *err)
{
    return read_rows(store, db_query(store, err, links_query, "ti", reference, (int64_t)person),
                     true, out, err);
}

bool store_add_links(struct store *store, const char *reference, json_t *json, struct error *err)
{
    size_t i;
    json_t *person;

    json_array_foreach(json_object_get(json, "persons"), i, person)
    {
        struct person_rows rows;
        json_t *links = json_array();
        long number = (long)json_integer_value(json_object_get(person, "person"));
        if (!store_person_links(store, reference, number, &rows, err)) {
            json_decref(links);
            return false;
        }
        for (size_t k = 0; k < rows.count; k++)
            json_array_append_new(links, json_pack("{s:s, s:I}", "case", rows.list[k].reference,
                                                   "person", (json_int_t)rows.list[k].person));
        if (rows.count)
            json_object_set(person, "links", links);
        json_decref(links);
        person_rows_release(&rows);
    }
    return true;
}

/* ---- a query of words ---- */

static void add_word(json_t *person, const char *key, const char *word)
{
    const char *before = json_string_value(json_object_get(person, key));
    char *both = xasprintf("%s%s%s", before ? before : "", before ? " " : "", word);

    json_object_set_new(person, key, json_string(both));
    free_wiped(both);
}

/* A date, a telephone (with its +), a number with digits in it, else a name. */
static const char *key_of(const char *word)
{
    struct partial_date date;

    if (partial_date_parse(word, &date))
        return "birth_date";
    if (*word == '+')
        return "phone";
    return strpbrk(word, "0123456789") ? "document_number" : "known_as";
}

void likely_query(const char *query, struct traits *out)
{
    json_t *person = json_object();
    char *copy = xstrdup(query), *rest = copy, *word;

    while ((word = strtok_r(rest, " ", &rest)))
        if (strcmp(key_of(word), "known_as") == 0)
            add_word(person, "known_as", word);
        else
            json_object_set_new(person, key_of(word), json_string(word));
    traits_of_payload(person, out);
    json_decref(person);
    free_wiped(copy);
}

json_t *person_rows_json(const struct person_rows *rows)
{
    json_t *array = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        const struct person_row *r = &rows->list[i];
        bool hidden = r->locked || r->restricted;
        json_t *row = json_pack("{s:s, s:I, s:s?, s:s?, s:s, s:s, s:b, s:b}", "case", r->reference,
                                "person", (json_int_t)r->person, "title", hidden ? NULL : r->title,
                                "born", hidden || !*r->born ? NULL : r->born, "receiving_state",
                                r->receiving_state, "stage", stage_name(r->stage), "locked",
                                r->locked, "restricted", r->restricted);
        if (r->like.score) {
            json_object_set_new(row, "score", json_integer(r->like.score));
            json_object_set_new(row, "reasons", likeness_codes(r->like.reasons));
        }
        json_array_append_new(array, row);
    }
    return array;
}

json_t *person_rows_brief(const struct person_rows *rows, size_t most)
{
    json_t *array = json_array();

    for (size_t i = 0; i < rows->count && i < most; i++) {
        const struct person_row *r = &rows->list[i];
        struct buf why = BUF_INIT;
        likeness_say(&why, r->like.reasons, reader_language);
        json_array_append_new(array,
                              json_pack("{s:s, s:I, s:i, s:o, s:s}", "case", r->reference, "person",
                                        (json_int_t)r->person, "score", r->like.score, "reasons",
                                        likeness_codes(r->like.reasons), "text", buf_text(&why)));
        buf_release(&why);
    }
    return array;
}
