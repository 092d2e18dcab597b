/* SPDX-License-Identifier: MIT */
/* The work of today, of list.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/list.h"
#include "amparo/store/listed.h"
#include "amparo/store/meetings.h"

void today_release(struct today *today)
{
    worklist_release(&today->due);
    worklist_release(&today->open);
    worklist_release(&today->waiting);
    worklist_release(&today->late);
    free(today->meeting_place);
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

static bool read_arrivals(struct store *store, size_t room, struct today *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        store, err,
        "SELECT c.reference, c.receiving_state, a.id, a.kind, r.state, r.at, r.by, " LISTED_NAME
        " FROM arrivals r JOIN cases c ON c.id = r.case_row JOIN acts a ON a.seq = r.act "
        "ORDER BY r.act DESC LIMIT ?",
        "i", (int64_t)room);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->came = xreallocarray(out->came, out->came_count + 1, sizeof *out->came);
        struct arrival *a = &out->came[out->came_count++];
        *a = (struct arrival){.reference = db_text(row, 0),
                              .receiving_state = db_text(row, 1),
                              .kind = (enum act_kind)db_int(row, 3),
                              .state = db_text(row, 4),
                              .by = db_text(row, 6),
                              .incoming = true};
        a->title = listed_name(store, row, 7, &a->hidden);
        take_id(row, 2, a->act);
        strncpy(a->at, (const char *)sqlite3_column_text(row, 5), sizeof a->at - 1);
    }
    return !failed;
}

static bool read_meeting(struct store *store, struct today *out, struct error *err)
{
    struct error none = ERROR_INIT;
    struct meeting next;

    if (store_meeting(store, "next", &next, &none)) {
        memcpy(out->meeting, next.day, sizeof out->meeting);
        out->meeting_place = xstrdup(next.place);
        out->meeting_due = next.due;
        meeting_release(&next);
    } else if (none.kind != ERROR_INPUT) {
        error_set(err, none.kind, "%s", error_text(&none));
    }
    bool ok = !none.kind || none.kind == ERROR_INPUT;
    error_release(&none);
    return ok;
}

bool store_today(struct store *store, size_t room, struct today *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    if (!db_begin_reading(store, err))
        return false;
    const struct task_filter due = {.part = TASKS_DUE, .room = room},
                             open = {.part = TASKS_WITHOUT_DAY, .whom = FOR_US, .room = room},
                             waiting = {
                                 .part = TASKS_WITHOUT_DAY, .whom = FOR_OTHERS, .room = room};
    bool ok = store_worklist(store, &due, &out->due, err) &&
              store_worklist(store, &open, &out->open, err) &&
              store_worklist(store, &waiting, &out->waiting, err) &&
              read_arrivals(store, room, out, err) && read_meeting(store, out, err) &&
              meetings_late(store, NULL, room, &out->late, err) &&
              store_counts(store, out->stages, &out->open_cases, err);
    ok = db_end(store, ok, err);
    if (!ok)
        today_release(out);
    return ok;
}
