/* SPDX-License-Identifier: MIT */
#include "amparo/store/project.h"
#include "amparo/store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/event.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/digests.h"
#include "amparo/store/listed.h"
#include "amparo/store/persons.h"
#include "amparo/store/project_costs.h"
#include "amparo/store/tasks.h"

enum { PERSON_ROOM = 256 };

struct projection {
    int64_t row; /* seq of the opening act */
    int64_t year, number;
    struct tasks tasks;
    int64_t dues; /* how many of them have a day */
    int64_t updated_at;
    char *title;
    bool locked;
    long persons;
    struct listed listed;
    char *words;
};

/* ---- small readings ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* The year and number at the end of a case reference; zeros where it has none. */
static void reference_parts(const char *reference, int64_t *year, int64_t *number)
{
    const char *last = strrchr(reference, '-');

    *year = *number = 0;
    if (!last || last - reference < 5)
        return;
    *year = strtoll(last - 4, NULL, 10);
    *number = strtoll(last + 1, NULL, 10);
}

char *case_title(const struct case_file *c, long person)
{
    const struct entry *e = case_person(c, person);
    struct buf title = BUF_INIT;

    if (!e)
        return xstrdup("");
    buf_adds(&title, entry_text(e, *entry_text(e, "single_name") ? "single_name" : "surname_1"));
    if (*entry_text(e, "surname_2"))
        buf_addf(&title, " %s", entry_text(e, "surname_2"));
    if (*entry_text(e, "given_names"))
        buf_addf(&title, "%s%s", title.size ? ", " : "", entry_text(e, "given_names"));
    return buf_detach(&title);
}

/* ---- making ---- */

/* Whom the lists name: the first who is not erased, if there is one. */
static long first_there(const struct case_file *c, const long *persons, long count)
{
    for (long i = 0; i < count && i < PERSON_ROOM; i++)
        if (!case_erased(c, persons[i]))
            return persons[i];
    return persons[0];
}

static void projection_make(const struct case_file *c, struct projection *p)
{
    long persons[PERSON_ROOM];

    memset(p, 0, sizeof *p);
    p->row = c->acts[0].seq;
    reference_parts(c->reference, &p->year, &p->number);
    tasks_of(c, &p->tasks);
    for (size_t i = 0; i < p->tasks.count; i++)
        p->dues += wanted_has_day(&p->tasks.list[i]);
    p->updated_at = deadline_seconds(c->acts[c->count - 1].at);
    p->persons = (long)case_persons(c, persons, PERSON_ROOM);
    long first = p->persons ? first_there(c, persons, p->persons) : 0;
    p->locked = first && case_locked(c, first);
    p->title = case_title(c, first);
    listed_make(c, p->title, p->locked, &p->listed);
    p->words = search_index(c);
}

/* c has at least its opening act. */
static void projection_release(struct projection *p)
{
    tasks_release(&p->tasks);
    free_wiped(p->title);
    listed_release(&p->listed);
    free_wiped(p->words);
    memset(p, 0, sizeof *p);
}

/* The other side's acts: said by it, and written down here. */
static bool is_arrival(const struct act *act, const char **state)
{
    static const char *const keys[] = {"state", "by", "from"};

    *state = "";
    if (!json_object_get(act->payload, "transcribed"))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(keys) && !**state; i++) {
        const json_t *value = json_object_get(act->payload, keys[i]);
        if (json_is_object(value))
            value = json_object_get(value, "state");
        *state = or_empty(json_string_value(value));
    }
    return true;
}

/* ---- writing ---- */

static bool write_words(struct store *store, const struct projection *p, struct error *err)
{
    char *before = NULL;
    bool failed;
    sqlite3_stmt *row = db_query(store, err, "SELECT words FROM cases WHERE id = ?", "i", p->row);

    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        before = db_text(row, 0);
        db_done(row);
    } else if (failed) {
        return false;
    }
    bool ok = true;
    if (before && strcmp(before, p->words) != 0)
        ok = db_run(store, err, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
                    "it", p->row, before);
    if (ok && (!before || strcmp(before, p->words) != 0))
        ok = db_run(store, err, "INSERT INTO search (rowid, words) VALUES (?, ?)", "it", p->row,
                    p->words);
    free_wiped(before);
    return ok;
}

static const char upsert_case[] =
    "INSERT INTO cases (id, case_id, reference, year, number, stage, exit, closed, role, "
    "requesting_state, receiving_state, priority, persons, title, locked, dues, updated, "
    "updated_at, last, opened, name_key, officers, grounds, states, notes, keepers, words) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, exit = excluded.exit, "
    "closed = excluded.closed, role = excluded.role, "
    "requesting_state = excluded.requesting_state, receiving_state = excluded.receiving_state, "
    "priority = excluded.priority, persons = excluded.persons, title = excluded.title, "
    "locked = excluded.locked, dues = excluded.dues, updated = excluded.updated, updated_at = "
    "excluded.updated_at, last = excluded.last, opened = excluded.opened, "
    "name_key = excluded.name_key, officers = excluded.officers, grounds = excluded.grounds, "
    "states = excluded.states, notes = excluded.notes, keepers = excluded.keepers, "
    "words = excluded.words";

static bool write_case(struct store *store, const uint8_t case_id[CASE_ID],
                       const struct case_file *c, const struct projection *p, struct error *err)
{
    const struct act *last = &c->acts[c->count - 1];
    const struct listed *l = &p->listed;

    return db_run(store, err, upsert_case,
                  "ibtiiititttt"
                  "itiitii"
                  "tttttitt",
                  p->row, case_id, (size_t)CASE_ID, c->reference, p->year, p->number,
                  (int64_t)case_stage(c), case_exit(c), (int64_t)case_closed(c),
                  or_empty(case_role(c)), or_empty(case_requesting_state(c)),
                  or_empty(case_receiving_state(c)), or_empty(case_priority(c)),
                  (int64_t)p->persons, p->title, (int64_t)p->locked, p->dues, last->at,
                  p->updated_at, last->seq, l->opened, l->name_key, l->officers, l->grounds,
                  l->states, (int64_t)l->notes, l->keepers, p->words);
}

static bool write_tasks(struct store *store, const struct projection *p, struct error *err)
{
    bool ok = db_run(store, err, "DELETE FROM tasks WHERE case_row = ?", "i", p->row);

    for (size_t i = 0; ok && i < p->tasks.count; i++) {
        const struct wanted *w = &p->tasks.list[i];
        ok = db_run(
            store, err,
            "INSERT INTO tasks (case_row, task, kind, danger, state, person, act, since, named, "
            "due, setting, country, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "iiiitiitititi", p->row, (int64_t)i, (int64_t)w->kind, (int64_t)!w->danger, w->state,
            (int64_t)w->person, w->act->seq, w->since, (int64_t)(*w->due != '\0'),
            *w->due ? w->due : NULL, (int64_t)w->setting, w->country, w->at);
    }
    return ok;
}

/* The slip as text, always the same for the same, and the words in it. */
struct line {
    char *slip, *words;
};

static void line_make(const struct case_file *c, const struct entry *note, struct line *out)
{
    struct buf raw = BUF_INIT, words = BUF_INIT;
    json_t *slip = note_slip(c, note), *value;
    const char *key;

    buf_addf(&raw, "%s %s ", note_own_number(note), c->reference);
    json_object_foreach(slip, key, value) if (json_is_string(value))
        buf_addf(&raw, "%s ", json_string_value(value));
    buf_addf(&raw, "%s ",
             country_name(json_string_value(json_object_get(slip, "state"))
                              ? json_string_value(json_object_get(slip, "state"))
                              : "",
                          english));
    search_words(&words, buf_text(&raw));
    out->slip = json_dumps(slip, JSON_COMPACT | JSON_SORT_KEYS);
    out->words = buf_detach(&words);
    json_decref(slip);
    buf_release(&raw);
}

static void line_release(struct line *line)
{
    free_wiped(line->slip);
    free_wiped(line->words);
}

static bool write_note(struct store *store, const struct case_file *c, const struct entry *note,
                       int64_t row, struct error *err)
{
    struct note_place place;
    struct line line;

    if (!note_place_read(note->act->context, &place))
        return true;
    line_make(c, note, &line);
    bool ok = db_run(store, err,
                     "INSERT INTO register (act, case_row, incoming, year, number, slip, words) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (act) DO UPDATE SET "
                     "slip = excluded.slip, words = excluded.words WHERE slip <> excluded.slip "
                     "ON CONFLICT DO NOTHING",
                     "iiiiitt", note->act->seq, row, (int64_t)place.incoming, place.year,
                     place.number, line.slip, line.words);
    line_release(&line);
    return ok;
}

static bool write_acts(struct store *store, const struct case_file *c, const struct projection *p,
                       struct error *err)
{
    const char *state;
    bool ok = true;

    for (size_t i = 0; ok && i < c->count; i++) {
        const struct act *act = &c->acts[i];
        if (is_arrival(act, &state))
            ok = db_run(store, err,
                        "INSERT OR IGNORE INTO arrivals (act, case_row, state, at, by) "
                        "VALUES (?, ?, ?, ?, ?)",
                        "iittt", act->seq, p->row, state, act->at, act->by);
        if (ok && act->kind == ACT_NOTE)
            ok = write_note(store, c, &c->entries[i], p->row, err);
    }
    return ok;
}

/* Which event brought the case, and the mark of the family, as it is looked for. */
static char *family_of(const struct case_file *c)
{
    struct buf family = BUF_INIT;

    text_fold(&family, case_event_family(c));
    return buf_detach(&family);
}

static bool write_event(struct store *store, const struct case_file *c, const struct projection *p,
                        struct error *err)
{
    if (!*case_event(c))
        return db_run(store, err, "DELETE FROM event_cases WHERE case_row = ?", "i", p->row);
    char *family = family_of(c);
    bool ok = db_run(store, err,
                     "INSERT OR REPLACE INTO event_cases (case_row, event, family, lone) "
                     "VALUES (?, ?, ?, ?)",
                     "itti", p->row, case_event(c), family, (int64_t)case_lone_children(c));
    free(family);
    return ok;
}

bool projection_write(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct error *err)
{
    struct projection p;

    projection_make(c, &p);
    bool ok = write_words(store, &p, err) && write_case(store, case_id, c, &p, err) &&
              write_tasks(store, &p, err) && write_acts(store, c, &p, err) &&
              write_event(store, c, &p, err) && digest_write(store, p.row, c, err) &&
              costs_write(store, p.row, c, err) && persons_write(store, p.row, c, err);
    projection_release(&p);
    return ok;
}

/* ---- comparing: both sides as the same text ---- */

static void add_columns(struct buf *out, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++)
        buf_addf(out, "%s|", or_empty((const char *)sqlite3_column_text(row, i)));
    buf_addc(out, '\n');
}

static bool stored(struct store *store, const char *sql, int64_t row_id, struct buf *out,
                   struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err, sql, "i", row_id);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        add_columns(out, row);
    return !failed;
}

static void expected_case(struct buf *out, const uint8_t case_id[CASE_ID],
                          const struct case_file *c, const struct projection *p)
{
    const struct act *last = &c->acts[c->count - 1];
    const struct listed *l = &p->listed;
    char hex[2 * CASE_ID + 1];

    hex_write(case_id, CASE_ID, hex);
    buf_addf(out, "%s|%s|%lld|%lld|%d|%s|%d|%s|%s|%s|%s|%ld|%s|%d|", hex, c->reference,
             (long long)p->year, (long long)p->number, (int)case_stage(c), or_empty(case_exit(c)),
             case_closed(c), or_empty(case_role(c)), or_empty(case_requesting_state(c)),
             or_empty(case_receiving_state(c)), or_empty(case_priority(c)), p->persons, p->title,
             p->locked);
    buf_addf(out, "%lld|%s|%lld|%lld|", (long long)p->dues, last->at, (long long)p->updated_at,
             (long long)last->seq);
    buf_addf(out, "%s|%s|%s|%s|%s|%ld|%s|%s|\n", l->opened, l->name_key, l->officers, l->grounds,
             l->states, l->notes, l->keepers, p->words);
}

static void expected_rest(struct buf *out, const struct case_file *c, const struct projection *p)
{
    const char *state;
    struct note_place place;
    struct line line;

    for (size_t i = 0; i < p->tasks.count; i++) {
        const struct wanted *w = &p->tasks.list[i];
        buf_addf(out, "%zu|%d|%d|%s|%ld|%lld|%s|%d|%s|%d|%s|%lld|\n", i, (int)w->kind, !w->danger,
                 w->state, w->person, (long long)w->act->seq, w->since, *w->due != '\0', w->due,
                 (int)w->setting, w->country, (long long)w->at);
    }
    for (size_t i = 0; i < c->count; i++)
        if (is_arrival(&c->acts[i], &state))
            buf_addf(out, "%lld|%s|%s|%s|\n", (long long)c->acts[i].seq, state, c->acts[i].at,
                     c->acts[i].by);
    for (size_t i = 0; i < c->count; i++)
        if (c->acts[i].kind == ACT_NOTE && note_place_read(c->acts[i].context, &place)) {
            line_make(c, &c->entries[i], &line);
            buf_addf(out, "%lld|%d|%lld|%lld|%s|%s|\n", (long long)c->acts[i].seq, place.incoming,
                     (long long)place.year, (long long)place.number, line.slip, line.words);
            line_release(&line);
        }
    if (*case_event(c)) {
        char *family = family_of(c);
        buf_addf(out, "%s|%s|%ld|\n", case_event(c), family, case_lone_children(c));
        free(family);
    }
    digest_expected(out, c);
}

bool projection_compare(struct store *store, const uint8_t case_id[CASE_ID],
                        const struct case_file *c, struct error *err)
{
    struct buf is = BUF_INIT, should = BUF_INIT;
    struct projection p;

    projection_make(c, &p);
    expected_case(&should, case_id, c, &p);
    expected_rest(&should, c, &p);
    costs_expected(&should, c);
    persons_expected(&should, c);
    bool whole = true;
    bool ok =
        stored(store,
               "SELECT lower(hex(case_id)), reference, year, number, stage, exit, closed, role, "
               "requesting_state, receiving_state, priority, persons, title, locked, dues, "
               "updated, updated_at, last, opened, name_key, officers, grounds, states, notes, "
               "keepers, words FROM cases WHERE id = ?",
               p.row, &is, err) &&
        stored(store,
               "SELECT task, kind, danger, state, person, act, since, named, due, setting, "
               "country, at "
               "FROM tasks "
               "WHERE case_row = ? ORDER BY task",
               p.row, &is, err) &&
        stored(store, "SELECT act, state, at, by FROM arrivals WHERE case_row = ? ORDER BY act",
               p.row, &is, err) &&
        stored(store,
               "SELECT act, incoming, year, number, slip, words FROM register "
               "WHERE case_row = ? ORDER BY act",
               p.row, &is, err) &&
        stored(store, "SELECT event, family, lone FROM event_cases WHERE case_row = ?", p.row, &is,
               err) &&
        stored(store, "SELECT opened, owed, facts FROM digests WHERE case_row = ?", p.row, &is,
               err) &&
        stored(store, "SELECT act, day, pending FROM presented WHERE case_row = ? ORDER BY act",
               p.row, &is, err) &&
        stored(store, costs_stored, p.row, &is, err) && persons_stored(store, p.row, &is, err) &&
        persons_have_keys(store, p.row, c, &whole, err);
    if (ok && (!whole || strcmp(buf_text(&is), buf_text(&should)) != 0))
        ok = error_set(err, ERROR_VAULT,
                       _("%s: what lists and search know of it is not what its acts say; "
                         "`amparo verify --rebuild` makes it anew"),
                       c->reference);
    projection_release(&p);
    buf_release(&is);
    buf_release(&should);
    return ok;
}
