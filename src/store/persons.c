/* SPDX-License-Identifier: MIT */
#include "amparo/store/persons.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/likeness.h"
#include "amparo/agreement/link.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/redact.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/list.h"

/* What the index has of one person. */
struct indexed {
    long person;
    char *title, *keepers;
    bool locked;
    struct traits traits;
    struct trait_key keys[TRAIT_KEYS];
    size_t key_count;
};

static void release(struct indexed *p)
{
    free_wiped(p->title);
    free_wiped(p->keepers);
    traits_release(&p->traits);
}

static void make(const struct case_file *c, long person, struct indexed *out)
{
    *out = (struct indexed){.person = person,
                            .title = case_title(c, person),
                            .keepers = redact_keepers(c),
                            .locked = case_locked(c, person)};
    traits_of_person(c, person, &out->traits);
    out->key_count = traits_keys(&out->traits, out->keys, TRAIT_KEYS);
}

/* Who is there: without those who were erased. */
static size_t persons_of(const struct case_file *c, long persons[CASE_PERSONS_MOST])
{
    size_t count = case_persons(c, persons, CASE_PERSONS_MOST), there = 0;

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (!case_erased(c, persons[i]))
            persons[there++] = persons[i];
    return there;
}

static void add_line(struct buf *out, const struct indexed *p)
{
    buf_addf(out, "%ld|%s|%s|%s|%s|%s|%s|%d|%s|%zu|\n", p->person, p->title, p->traits.names,
             p->traits.documents, p->traits.phones, p->traits.born, p->traits.sex, p->locked,
             p->keepers, p->key_count);
}

/* As links name a case: in capitals, whoever wrote it how. */
static char *capitals(const char *reference)
{
    char *out = xstrdup(reference);

    for (char *p = out; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return out;
}

enum { LINKS_MOST = 1000 };

void persons_expected(struct buf *out, const struct case_file *c)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = persons_of(c, persons);
    struct case_link *links = xcalloc(LINKS_MOST, sizeof *links);

    for (size_t i = 0; i < count; i++) {
        struct indexed p;
        make(c, persons[i], &p);
        add_line(out, &p);
        release(&p);
    }
    buf_addc(out, '\n');
    /* As the table has them: by person, case, other person. */
    struct buf lines = BUF_INIT;
    count = case_links(c, links, LINKS_MOST);
    for (size_t i = 0; i < count && i < LINKS_MOST; i++) {
        char *reference = capitals(links[i].reference);
        buf_addf(&lines, "%s%ld|%s|%ld|%lld|", i ? "\n" : "", links[i].person, reference,
                 links[i].other, (long long)links[i].entry->act->seq);
        free(reference);
    }
    buf_addf(out, "%s%s", buf_text(&lines), lines.size ? "\n" : "");
    buf_release(&lines);
    free(links);
}

static bool add_rows(struct store *store, const char *sql, int64_t row, struct buf *out,
                     struct error *err)
{
    bool failed;
    sqlite3_stmt *query = db_query(store, err, sql, "i", row);

    if (!query)
        return false;
    while (db_step(store, query, &failed, err)) {
        for (int i = 0; i < sqlite3_column_count(query); i++)
            buf_addf(out, "%s|", (const char *)sqlite3_column_text(query, i));
        buf_addc(out, '\n');
    }
    return !failed;
}

bool persons_stored(struct store *store, int64_t row, struct buf *out, struct error *err)
{
    if (!add_rows(
            store,
            "SELECT person, title, names, documents, phones, born, sex, locked, keepers, keys "
            "FROM persons WHERE case_row = ? ORDER BY person",
            row, out, err))
        return false;
    buf_addc(out, '\n');
    return add_rows(store,
                    "SELECT person, reference, other, act FROM links WHERE case_row = ? "
                    "ORDER BY act",
                    row, out, err);
}

bool persons_have_keys(struct store *store, int64_t row, const struct case_file *c, bool *whole,
                       struct error *err)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = persons_of(c, persons);
    bool ok = true;

    *whole = true;
    for (size_t i = 0; ok && i < count; i++) {
        struct indexed p;
        make(c, persons[i], &p);
        for (size_t k = 0; ok && k < p.key_count; k++) {
            int64_t there;
            ok = db_number(store, &there, 0, err,
                           "SELECT count(*) FROM person_keys WHERE key = ? AND case_row = ? AND "
                           "person = ?",
                           "iii", p.keys[k].key, row, (int64_t)p.person);
            *whole = *whole && (!ok || there);
        }
        release(&p);
    }
    return ok;
}

/* ---- writing ---- */

/* The keys that stand for a row of the table are a function of the row. */
static bool drop_keys(struct store *store, int64_t row, struct error *err)
{
    struct row_keys {
        int64_t person;
        struct trait_key keys[TRAIT_KEYS];
        size_t count;
    } *list = NULL;
    size_t count = 0;
    bool failed, ok = true;
    sqlite3_stmt *query = db_query(
        store, err, "SELECT person, names, documents, phones, born FROM persons WHERE case_row = ?",
        "i", row);

    if (!query)
        return false;
    while (db_step(store, query, &failed, err)) {
        struct traits t = {.names = db_text(query, 1),
                           .documents = db_text(query, 2),
                           .phones = db_text(query, 3)};
        char *born = db_text(query, 4);
        list = xreallocarray(list, count + 1, sizeof *list);
        strncpy(t.born, born, sizeof t.born - 1);
        list[count].person = db_int(query, 0);
        list[count].count = traits_keys(&t, list[count].keys, TRAIT_KEYS);
        count++;
        free_wiped(born);
        traits_release(&t);
    }
    ok = !failed;
    for (size_t i = 0; ok && i < count; i++)
        for (size_t k = 0; ok && k < list[i].count; k++)
            ok = db_run(store, err,
                        "DELETE FROM person_keys WHERE key = ? AND case_row = ? AND person = ?",
                        "iii", list[i].keys[k].key, row, list[i].person);
    free(list);
    return ok;
}

static bool write_person(struct store *store, int64_t row, const struct indexed *p,
                         struct error *err)
{
    bool ok =
        db_run(store, err,
               "INSERT INTO persons (case_row, person, title, names, documents, phones, born, "
               "sex, locked, keepers, keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "iittttttiti", row, (int64_t)p->person, p->title, p->traits.names,
               p->traits.documents, p->traits.phones, p->traits.born, p->traits.sex,
               (int64_t)p->locked, p->keepers, (int64_t)p->key_count);

    for (size_t k = 0; ok && k < p->key_count; k++)
        ok = db_run(store, err,
                    "INSERT OR IGNORE INTO person_keys (key, case_row, person) VALUES (?, ?, ?)",
                    "iii", p->keys[k].key, row, (int64_t)p->person);
    return ok;
}

static bool write_links(struct store *store, int64_t row, const struct case_file *c,
                        struct error *err)
{
    struct case_link *links = xcalloc(LINKS_MOST, sizeof *links);
    size_t count = case_links(c, links, LINKS_MOST);
    bool ok = true;

    for (size_t i = 0; ok && i < count && i < LINKS_MOST; i++) {
        char *reference = capitals(links[i].reference);
        ok = db_run(store, err,
                    "INSERT INTO links (case_row, person, reference, other, act) "
                    "VALUES (?, ?, ?, ?, ?)",
                    "iitii", row, (int64_t)links[i].person, reference, (int64_t)links[i].other,
                    links[i].entry->act->seq);
        free(reference);
    }
    free(links);
    return ok;
}

static bool write_all(struct store *store, int64_t row, const struct case_file *c,
                      struct error *err)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = persons_of(c, persons);
    bool ok = drop_keys(store, row, err) &&
              db_run(store, err, "DELETE FROM persons WHERE case_row = ?", "i", row) &&
              db_run(store, err, "DELETE FROM links WHERE case_row = ?", "i", row);

    for (size_t i = 0; ok && i < count; i++) {
        struct indexed p;
        make(c, persons[i], &p);
        ok = write_person(store, row, &p, err);
        release(&p);
    }
    return ok && write_links(store, row, c, err);
}

/* Most acts say nothing of who the persons are: then nothing is written. */
bool persons_write(struct store *store, int64_t row, const struct case_file *c, struct error *err)
{
    struct buf is = BUF_INIT, should = BUF_INIT;

    persons_expected(&should, c);
    bool ok = persons_stored(store, row, &is, err);
    if (ok && strcmp(buf_text(&is), buf_text(&should)) != 0)
        ok = write_all(store, row, c, err);
    buf_release(&is);
    buf_release(&should);
    return ok;
}

/* ---- links ---- */

bool persons_check_link(struct store *store, const struct case_file *c, const json_t *payload,
                        struct error *err)
{
    const char *reference = payload_text(payload, "case");
    int64_t other = payload_number(payload, "other"), there, linked;

    if (!db_number(store, &there, 0, err,
                   "SELECT count(*) FROM persons p JOIN cases c ON c.id = p.case_row "
                   "WHERE c.reference = upper(?) AND p.person = ?",
                   "ti", reference, other) ||
        !db_number(store, &linked, 0, err,
                   "SELECT count(*) FROM links l JOIN cases c ON c.id = l.case_row "
                   "WHERE c.reference = upper(?) AND l.person = ? AND l.reference = ? AND "
                   "l.other = ?",
                   "titi", reference, other, c->reference,
                   (int64_t)payload_number(payload, "person")))
        return false;
    if (!there)
        return error_set(err, ERROR_INPUT,
                         _("case: \"%s\": this file has no case of that reference with a person "
                           "%lld in it"),
                         reference, (long long)other);
    return !linked ||
           error_set(err, ERROR_INPUT, _("case: \"%s\": they are linked already, by an act there"),
                     reference);
}
