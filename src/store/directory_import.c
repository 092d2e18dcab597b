/* SPDX-License-Identifier: MIT */
/* Whole lists of States, and what they change. */
#include "directory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"

void import_changes_release(struct import_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        missions_release(&changes->list[i].added);
        missions_release(&changes->list[i].removed);
    }
    free(changes->list);
    *changes = (struct import_changes){NULL, 0};
}

bool import_change_is_empty(const struct import_change *change)
{
    return !change->added.count && !change->removed.count &&
           date_compare(change->before, change->date) == 0;
}

/* What is in one of two sorted lists alone. */
static void find_differences(const struct mission *old, size_t old_count, const struct mission *new,
                             size_t new_count, struct import_change *out)
{
    size_t i = 0, j = 0;

    while (i < old_count || j < new_count) {
        int order = i == old_count ? 1 : j == new_count ? -1 : mission_compare(&old[i], &new[j]);
        if (order < 0)
            missions_add(&out->removed, &old[i]);
        else if (order > 0)
            missions_add(&out->added, &new[j]);
        i += order <= 0;
        j += order >= 0;
    }
}

static bool read_list_date(struct store *store, struct import_change *change, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT listed_on FROM lists WHERE state = ? AND source = ?", "ti",
                 change->state, (int64_t)change->source);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        change->before = directory_read_date(row, 0);
    return !failed;
}

static bool insert_mission(struct store *store, const struct mission *m, struct error *err)
{
    char on[DATE_SIZE];

    return db_run(store, err,
                  "INSERT INTO missions (state, country, seat, city, kind, able, source, "
                  "listed_on, phone, email, website, reference) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "ttttiiitttt"
                  "t",
                  m->state, m->country, m->seat, m->city, (int64_t)m->kind, (int64_t)m->able,
                  (int64_t)m->source, date_format(m->on, on), m->phone, m->email, m->website,
                  m->reference);
}

/* The State's list becomes these lines. */
static bool replace_list(struct store *store, const struct mission *lines, size_t count,
                         const struct import_change *change, const char *by, struct error *err)
{
    if (!db_run(store, err, "DELETE FROM missions WHERE state = ? AND source = ?", "ti",
                change->state, (int64_t)change->source))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!insert_mission(store, &lines[i], err))
            return false;
    return directory_put_list(store, change->state, change->source, change->date, by, err);
}

/* The lines are sorted, and all of one State and source. */
static bool import_list(struct store *store, const struct mission *lines, size_t count, bool dry,
                        const char *by, struct import_changes *out, struct error *err)
{
    struct missions old = MISSIONS_INIT;

    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    struct import_change *change = &out->list[out->count++];
    *change = (struct import_change){.source = lines->source, .lines = count, .date = lines->on};
    memcpy(change->state, lines->state, STATE_SIZE);
    for (size_t i = 1; i < count; i++)
        if (date_compare(lines[i].on, change->date) > 0)
            change->date = lines[i].on;

    sqlite3_stmt *row = db_query(
        store, err, "SELECT " COLUMNS " FROM missions m WHERE m.state = ? AND m.source = ?", "ti",
        change->state, (int64_t)change->source);
    if (!directory_read_missions(store, row, &old, err) || !read_list_date(store, change, err)) {
        missions_release(&old);
        return false;
    }
    missions_sort(&old);
    find_differences(old.list, old.count, lines, count, change);
    missions_release(&old);
    return dry || import_change_is_empty(change) ||
           replace_list(store, lines, count, change, by, err);
}

static int by_list(const void *left, const void *right)
{
    const struct mission *a = left, *b = right;
    int order = strcmp(a->state, b->state);

    if (!order)
        order = (int)a->source - (int)b->source;
    return order ? order : mission_compare(a, b);
}

static bool import_all(struct store *store, const struct missions *missions, bool dry,
                       const char *by, struct import_changes *out, struct error *err)
{
    const struct mission *list = missions->list;

    for (size_t i = 0, j; i < missions->count; i = j) {
        for (j = i + 1; j < missions->count && list[j].source == list[i].source &&
                        strcmp(list[j].state, list[i].state) == 0;)
            j++;
        if (!import_list(store, &list[i], j - i, dry, by, out, err))
            return false;
    }
    return true;
}

bool directory_import(struct store *store, struct missions *missions, bool dry, const char *by,
                      struct import_changes *out, struct error *err)
{
    *out = (struct import_changes){NULL, 0};
    if (missions->count)
        qsort(missions->list, missions->count, sizeof *missions->list, by_list);
    if (import_all(store, missions, dry, by, out, err))
        return true;
    import_changes_release(out);
    return false;
}

bool store_directory_import(struct store *store, struct missions *missions, bool dry,
                            struct import_changes *out, struct error *err)
{
    *out = (struct import_changes){NULL, 0};
    if (!directory_may_write(store, err) || !db_begin(store, err))
        return false;
    bool ok = directory_import(store, missions, dry, store->me.name, out, err) &&
              (dry || trustlog_say_list(store, err));
    if (db_end(store, ok, err))
        return true;
    import_changes_release(out);
    return false;
}
