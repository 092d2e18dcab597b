/* SPDX-License-Identifier: MIT */
#include "amparo/store/list.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/listed.h"
#include "amparo/store/record.h"
#include "amparo/store/search.h"
#include "amparo/store/worklist_next.h"

static void free_row(struct case_row *row)
{
    free(row->reference);
    free_wiped(row->title);
    free(row->role);
    free(row->requesting_state);
    free(row->receiving_state);
    free(row->exit);
    free(row->priority);
    free(row->due);
}

void case_rows_release(struct case_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free_row(&rows->list[i]);
    free(rows->list);
    *rows = (struct case_rows){NULL, 0};
}

/* ---- the query: parts of one statement ---- */

static const char *const orders[] = {
    [LIST_NEWEST] = "c.id DESC",
    [LIST_UPDATED] = "c.updated_at DESC, c.id DESC",
    [LIST_REFERENCE] = "c.year, c.number, c.id",
    [LIST_LONE] = "c.closed, lone = 0, c.priority <> 'life_threatening', c.id",
};

/* ?1 is the match, ?2 the stage, ?3 the event: all are always bound, and used or not. */
static void add_where(struct buf *sql, const struct list_filter *filter, const char *match)
{
    buf_adds(sql, *match ? "FROM search s CROSS JOIN cases c ON c.id = s.rowid "
                           "WHERE s.search MATCH ?1 "
                         : "FROM cases c WHERE ?1 IS NOT NULL ");
    buf_adds(sql, filter->stage >= 0 ? "AND c.stage = ?2 " : "AND ?2 < 0 ");
    buf_adds(sql, filter->event ? "AND c.id IN (SELECT case_row FROM event_cases WHERE event = ?3) "
                                : "AND ?3 IS NULL ");
    if (filter->open_only)
        buf_adds(sql, "AND c.closed = 0 ");
}

#define ROW_COLUMNS                                                                                \
    "c.reference, " LISTED_NAME ", c.role, c.requesting_state, c.receiving_state, c.stage, "       \
    "c.exit, c.closed, c.priority, c.persons, c.updated, c.id, c.dues, "

static void take_row(const struct store *store, sqlite3_stmt *row, struct case_row *out)
{
    *out = (struct case_row){.reference = db_text(row, 0),
                             .title = listed_name(store, row, 1, &out->hidden),
                             .hidden = out->hidden,
                             .role = db_text(row, 4),
                             .requesting_state = db_text(row, 5),
                             .receiving_state = db_text(row, 6),
                             .stage = (enum stage)db_int(row, 7),
                             .exit = db_text_or_null(row, 8),
                             .closed = db_int(row, 9),
                             .priority = db_text(row, 10),
                             .persons = (long)db_int(row, 11),
                             .row = db_int(row, 13),
                             .dues = (long)db_int(row, 14),
                             .lone = (long)db_int(row, 15)};
    strncpy(out->updated, (const char *)sqlite3_column_text(row, 12), sizeof out->updated - 1);
}

/* All rows of the query. */
static bool take_rows(struct store *store, sqlite3_stmt *row, struct case_rows *out,
                      struct error *err)
{
    bool failed;

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        if ((out->count & (out->count - 1)) == 0)
            out->list =
                xreallocarray(out->list, out->count ? 2 * out->count : 1, sizeof *out->list);
        take_row(store, row, &out->list[out->count++]);
    }
    return !failed;
}

/* When each is due, as settings, working days and the clock are now. */
static bool read_dues(struct store *store, struct case_rows *rows, struct error *err)
{
    char due[INSTANT_SIZE];

    for (size_t i = 0; i < rows->count; i++) {
        struct case_row *row = &rows->list[i];
        if (!row->dues)
            continue;
        if (!worklist_next(store, row->row, due, err))
            return false;
        row->due = *due ? xstrdup(due) : NULL;
    }
    return true;
}

static bool read_rows(struct store *store, const struct list_filter *filter, struct case_rows *out,
                      struct error *err)
{
    char *match = search_match(filter->query);
    struct buf sql = BUF_INIT;

    buf_adds(&sql, "SELECT " ROW_COLUMNS);
    buf_adds(&sql, filter->event ? "(SELECT lone FROM event_cases WHERE case_row = c.id) AS lone "
                                 : "0 AS lone ");
    add_where(&sql, filter, match);
    buf_addf(&sql, "ORDER BY %s LIMIT ?4 OFFSET ?5",
             *match ? "s.rowid DESC" : orders[filter->order]);
    sqlite3_stmt *row =
        db_query(store, err, buf_text(&sql), "titii", match, (int64_t)filter->stage, filter->event,
                 filter->limit ? (int64_t)filter->limit : -1, (int64_t)filter->offset);
    buf_release(&sql);
    free_wiped(match);
    return take_rows(store, row, out, err);
}

bool store_list(struct store *store, const struct list_filter *filter, struct case_rows *out,
                struct error *err)
{
    *out = (struct case_rows){NULL, 0};
    if (!db_begin_reading(store, err))
        return false;
    bool ok = read_rows(store, filter, out, err) && read_dues(store, out, err);
    ok = db_end(store, ok, err);
    if (!ok)
        case_rows_release(out);
    return ok;
}

bool store_rows(struct store *store, const int64_t *rows, size_t count, struct case_rows *out,
                struct error *err)
{
    *out = (struct case_rows){NULL, 0};
    if (!db_begin_reading(store, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = take_rows(store,
                       db_query(store, err, "SELECT " ROW_COLUMNS "0 FROM cases c WHERE c.id = ?",
                                "i", rows[i]),
                       out, err);
    ok = db_end(store, ok && read_dues(store, out, err), err);
    if (!ok)
        case_rows_release(out);
    return ok;
}

bool store_tell(struct store *store, const struct case_row *row, const char *words,
                struct buf *out, struct error *err)
{
    struct case_file c;
    struct buf shown = BUF_INIT;

    if (row->hidden == NAME_RESTRICTED)
        return true;
    if (!store_case(store, row->reference, &c, err))
        return false;
    buf_addf(&shown, "%s %s", row->reference, row->title);
    search_tell(&c, words, buf_text(&shown), out);
    buf_release(&shown);
    case_release(&c);
    return true;
}

bool store_counts(struct store *store, size_t counts[STAGE_COUNT], size_t *open, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        store, err, "SELECT stage, closed, count(*) FROM cases GROUP BY closed, stage", "");

    if (!row)
        return false;
    memset(counts, 0, STAGE_COUNT * sizeof *counts);
    *open = 0;
    while (db_step(store, row, &failed, err)) {
        size_t count = (size_t)db_int(row, 2);
        if (db_int(row, 0) >= 0 && db_int(row, 0) < STAGE_COUNT)
            counts[db_int(row, 0)] += count;
        *open += db_int(row, 1) ? 0 : count;
    }
    return !failed;
}

json_t *case_rows_json(const struct case_rows *rows)
{
    json_t *array = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        const struct case_row *r = &rows->list[i];
        json_array_append_new(array, json_pack("{s:s, s:s, s:s?, s:I, s:s, s:s, s:s?, s:s}", "case",
                                               r->reference, "stage", stage_name(r->stage), "exit",
                                               r->exit, "persons", (json_int_t)r->persons,
                                               "receiving_state", r->receiving_state, "priority",
                                               r->priority, "due", r->due, "updated", r->updated));
    }
    return array;
}
