/* SPDX-License-Identifier: MIT */
/* The work of today, of list.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/list.h"

static void free_tasks(struct task *tasks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(tasks[i].reference);
        free(tasks[i].title);
        free(tasks[i].receiving_state);
        free(tasks[i].state);
        free(tasks[i].due);
    }
    free(tasks);
}

void today_release(struct today *today)
{
    free_tasks(today->due, today->due_count);
    free_tasks(today->waiting, today->waiting_count);
    for (size_t i = 0; i < today->came_count; i++) {
        free(today->came[i].reference);
        free(today->came[i].title);
        free(today->came[i].receiving_state);
        free(today->came[i].state);
        free(today->came[i].by);
    }
    free(today->came);
    memset(today, 0, sizeof *today);
}

static void take_id(sqlite3_stmt *row, int column, char hex[2 * ACT_ID_SIZE + 1])
{
    uint8_t id[ACT_ID_SIZE];

    if (db_bytes(row, column, id, sizeof id))
        act_id_hex(id, hex);
}

#define TASK_COLUMNS                                                                               \
    "SELECT c.reference, c.title, c.locked, c.receiving_state, t.kind, t.state, a.id, a.kind, "    \
    "t.since_at, t.due FROM tasks t JOIN cases c ON c.id = t.case_row JOIN acts a ON a.seq = "     \
    "t.act "

static bool read_tasks(struct store *store, const char *sql, size_t room, struct task **list,
                       size_t *count, struct error *err)
{
    struct instant now = {0};
    char text[INSTANT_SIZE];
    bool failed;
    sqlite3_stmt *row = db_query(store, err, sql, "i", (int64_t)room);

    if (!row)
        return false;
    instant_parse(store_now(store, text), &now);
    while (db_step(store, row, &failed, err)) {
        *list = xreallocarray(*list, *count + 1, sizeof **list);
        struct task *t = &(*list)[(*count)++];
        *t = (struct task){.kind = (enum task_kind)db_int(row, 4),
                           .reference = db_text(row, 0),
                           .title = db_text(row, 1),
                           .locked = db_int(row, 2),
                           .receiving_state = db_text(row, 3),
                           .state = db_text(row, 5),
                           .on = (enum act_kind)db_int(row, 7),
                           .due = db_text_or_null(row, 9)};
        take_id(row, 6, t->act);
        instant_format((struct instant){.seconds = db_int(row, 8), .offset = now.offset}, t->since);
    }
    return !failed;
}

static bool read_arrivals(struct store *store, size_t room, struct today *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        store, err,
        "SELECT c.reference, c.title, c.locked, c.receiving_state, a.id, a.kind, r.state, r.at, "
        "r.by FROM arrivals r JOIN cases c ON c.id = r.case_row JOIN acts a ON a.seq = r.act "
        "ORDER BY r.act DESC LIMIT ?",
        "i", (int64_t)room);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->came = xreallocarray(out->came, out->came_count + 1, sizeof *out->came);
        struct arrival *a = &out->came[out->came_count++];
        *a = (struct arrival){.reference = db_text(row, 0),
                              .title = db_text(row, 1),
                              .locked = db_int(row, 2),
                              .receiving_state = db_text(row, 3),
                              .kind = (enum act_kind)db_int(row, 5),
                              .state = db_text(row, 6),
                              .by = db_text(row, 8),
                              .incoming = true};
        take_id(row, 4, a->act);
        strncpy(a->at, (const char *)sqlite3_column_text(row, 7), sizeof a->at - 1);
    }
    return !failed;
}

bool store_today(struct store *store, size_t room, struct today *out, struct error *err)
{
    int64_t open_cases;

    memset(out, 0, sizeof *out);
    if (!db_begin_reading(store, err))
        return false;
    bool ok =
        read_tasks(store, TASK_COLUMNS "WHERE t.due_at IS NOT NULL ORDER BY t.due_at LIMIT ?", room,
                   &out->due, &out->due_count, err) &&
        read_tasks(store, TASK_COLUMNS "WHERE t.due_at IS NULL ORDER BY t.since_at LIMIT ?", room,
                   &out->waiting, &out->waiting_count, err) &&
        read_arrivals(store, room, out, err) &&
        db_number(store, &open_cases, 0, err, "SELECT count(*) FROM cases WHERE closed = 0", "") &&
        store_counts(store, out->stages, err);
    ok = db_end(store, ok, err);
    if (ok)
        out->open_cases = (size_t)open_cases;
    else
        today_release(out);
    return ok;
}
