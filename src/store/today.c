/* SPDX-License-Identifier: MIT */
/* The work of today, of list.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/list.h"
#include "amparo/store/periods.h"
#include "amparo/store/tasks.h"

static void free_task(struct task *task)
{
    free(task->reference);
    free(task->title);
    free(task->receiving_state);
    free(task->state);
    free(task->due);
}

static void free_tasks(struct task *tasks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free_task(&tasks[i]);
    free(tasks);
}

enum { DAY = 24 * 60 * 60 }; /* seconds */

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

static struct task *take_task(sqlite3_stmt *row, int16_t offset, struct task **list, size_t *count)
{
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
    instant_format((struct instant){.seconds = db_int(row, 8), .offset = offset}, t->since);
    return t;
}

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
    while (db_step(store, row, &failed, err))
        take_task(row, now.offset, list, count);
    return !failed;
}

/* ---- how long data is kept ---- */

/* Which period counts from the day that such a task stands for; the others name the day itself. */
static const struct {
    enum task_kind kind;
    enum period period; /* PERIOD_COUNT: none */
} kept[] = {
    {TASK_REVIEW, PERIOD_REQUESTING}, {TASK_REDUCE, PERIOD_ASSISTING},
    {TASK_DISCARD, PERIOD_INTAKE},    {TASK_REVIEW_ON, PERIOD_COUNT},
    {TASK_KEEP_UNTIL, PERIOD_COUNT},
};

/* Those of a kind whose period is over; their due day is its end. */
static bool read_kept(struct store *store, enum task_kind kind, long days, size_t room,
                      struct task **list, size_t *count, struct error *err)
{
    struct instant now = {0};
    char text[INSTANT_SIZE], day[DATE_SIZE];
    bool failed;

    instant_parse(store_now(store, text), &now);
    sqlite3_stmt *row =
        db_query(store, err,
                 TASK_COLUMNS "WHERE t.kind = ? AND t.kind >= 8 AND t.since_at <= ? "
                              "ORDER BY t.since_at LIMIT ?",
                 "iii", (int64_t)kind, now.seconds - days * DAY, (int64_t)room);
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct task *t = take_task(row, now.offset, list, count);
        struct instant end = {.seconds = db_int(row, 8) + days * DAY, .offset = now.offset};
        free(t->due);
        t->due = xstrdup(date_format(instant_date(end), day));
    }
    return !failed;
}

static int by_due(const void *a, const void *b)
{
    int64_t x = deadline_seconds(((const struct task *)a)->due);
    int64_t y = deadline_seconds(((const struct task *)b)->due);

    return (x > y) - (x < y);
}

/* Among what else is due; as many in all as there is room. */
static bool add_kept(struct store *store, size_t room, struct today *out, struct error *err)
{
    bool ok = true;
    long days = 0;

    for (size_t i = 0; ok && i < ARRAY_SIZE(kept); i++) {
        bool by_period = kept[i].period != PERIOD_COUNT;
        ok = (!by_period || store_period(store, kept[i].period, &days, err)) &&
             read_kept(store, kept[i].kind, by_period ? days : 0, room, &out->due, &out->due_count,
                       err);
    }
    if (out->due_count)
        qsort(out->due, out->due_count, sizeof *out->due, by_due);
    while (out->due_count > room)
        free_task(&out->due[--out->due_count]);
    return ok;
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
        add_kept(store, room, out, err) &&
        read_tasks(store,
                   TASK_COLUMNS "WHERE t.due_at IS NULL AND t.kind < 8 ORDER BY t.since_at LIMIT ?",
                   room, &out->waiting, &out->waiting_count, err) &&
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
