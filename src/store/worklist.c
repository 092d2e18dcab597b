/* SPDX-License-Identifier: MIT */
#include "amparo/store/worklist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/calendars.h"
#include "amparo/store/listed.h"
#include "amparo/store/meetings.h"
#include "amparo/store/settings.h"
#include "amparo/store/worklist_next.h"

/* A task as found, before the rest of it is read. */
struct found {
    int64_t case_row, task;
    bool danger, kept;      /* kept: it is about how long data is kept */
    char due[INSTANT_SIZE]; /* "": none */
    int64_t at;             /* of the due day, else of since */
};

/* What the reading knows of now: each setting and calendar is read once. */
struct reading {
    struct store *store;
    struct instant now;
    long numbers[SETTING_END];
    bool known[SETTING_END];
    struct country_calendar *calendars;
    size_t calendar_count;
    const struct task_filter *filter;
    struct found *list;
    size_t count, room;
};

static void begin(struct reading *r, struct store *store, const struct task_filter *filter)
{
    char now[INSTANT_SIZE];

    *r = (struct reading){.store = store, .filter = filter};
    instant_parse(store_now(store, now), &r->now);
}

static void end(struct reading *r)
{
    for (size_t i = 0; i < r->calendar_count; i++)
        country_calendar_release(&r->calendars[i]);
    free(r->calendars);
    free(r->list);
}

static bool number_of(struct reading *r, enum setting which, long *number, struct error *err)
{
    if (!r->known[which] && !settings_number(r->store, which, &r->numbers[which], err))
        return false;
    r->known[which] = true;
    *number = r->numbers[which];
    return true;
}

static const struct calendar *calendar_of(struct reading *r, const char *country, struct error *err)
{
    const char *code = *country ? country : store_post(r->store)->country;

    for (size_t i = 0; i < r->calendar_count; i++)
        if (strcmp(r->calendars[i].country, code) == 0)
            return &r->calendars[i].calendar;
    r->calendars = xreallocarray(r->calendars, r->calendar_count + 1, sizeof *r->calendars);
    if (!calendar_read(r->store, code, &r->calendars[r->calendar_count], err))
        return NULL;
    return &r->calendars[r->calendar_count++].calendar;
}

/* ---- one row: when it is due, and whether it is shown ---- */

/* Columns that row_due() reads, from the first on. */
#define DUE_COLUMNS "t.kind, t.setting, t.country, t.since, t.due, t.at "
enum {
    COLUMN_KIND,
    COLUMN_SETTING,
    COLUMN_COUNTRY,
    COLUMN_SINCE,
    COLUMN_DUE,
    COLUMN_AT,
    COLUMN_REST
};

static const char *text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text ? text : "";
}

/* A kind or setting that this version does not know has no day. */
static bool row_due(struct reading *r, sqlite3_stmt *row, char due[INSTANT_SIZE], struct error *err)
{
    int64_t which = db_int(row, COLUMN_SETTING);
    const struct calendar *calendar;
    long number;

    strncpy(due, text_at(row, COLUMN_DUE), INSTANT_SIZE - 1);
    due[INSTANT_SIZE - 1] = '\0';
    if (which <= SETTING_NONE || which >= SETTING_END)
        return true;
    if (!number_of(r, (enum setting)which, &number, err) ||
        !(calendar = calendar_of(r, text_at(row, COLUMN_COUNTRY), err)))
        return false;
    deadline_of(setting_type((enum setting)which)->unit, number, text_at(row, COLUMN_SINCE),
                calendar, due);
    return true;
}

static bool is_shown(struct reading *r, enum task_kind kind, const char *due, bool *shown,
                     struct error *err)
{
    enum task_shown when = task_type(kind)->shown;
    long days = *due ? deadline_days(due, r->now) : 0, soon = 0;

    if (when == SHOWN_SOON && !number_of(r, SETTING_SOON, &soon, err))
        return false;
    *shown = when == SHOWN_AT_ONCE || (when == SHOWN_AFTER ? days < 0 : days <= soon);
    return true;
}

/* ---- the tasks that come first ---- */

static int in_order(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    if (x->danger != y->danger)
        return x->danger ? -1 : 1;
    if (!*x->due != !*y->due)
        return *x->due ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->case_row != y->case_row)
        return x->case_row < y->case_row ? -1 : 1;
    return (x->task > y->task) - (x->task < y->task);
}

static void cut(struct reading *r)
{
    if (r->count)
        qsort(r->list, r->count, sizeof *r->list, in_order);
    if (r->filter->room && r->count > r->filter->room)
        r->count = r->filter->room;
}

/* False: there are enough that come before it, and what follows it in its group comes later still.
 */
static bool keep(struct reading *r, const struct found *one)
{
    size_t most = r->filter->room;

    if (most && r->count == 2 * most)
        cut(r);
    if (most && r->count == most && in_order(one, &r->list[most - 1]) > 0)
        return false;
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 64;
        r->list = xreallocarray(r->list, r->room, sizeof *r->list);
    }
    r->list[r->count++] = *one;
    return true;
}

/* Of a kind that this version knows, and for whom one asks? */
static bool is_for(const struct reading *r, int64_t kind)
{
    unsigned whom = r->filter->whom;

    return task_kind_known(kind) && (!whom || whom & 1u << task_type((enum task_kind)kind)->whom);
}

/* Takes rows of DUE_COLUMNS, case_row, task, danger; `ordered`: they come earliest first. */
static bool take_rows(struct reading *r, sqlite3_stmt *row, bool ordered, struct error *err)
{
    bool failed, wanted = true;

    if (!row)
        return false;
    while (db_step(r->store, row, &failed, err)) {
        int64_t kind = db_int(row, COLUMN_KIND);
        if (!is_for(r, kind))
            continue;
        struct found one = {.case_row = db_int(row, COLUMN_REST),
                            .task = db_int(row, COLUMN_REST + 1),
                            .danger = !db_int(row, COLUMN_REST + 2)};
        if (!row_due(r, row, one.due, err) ||
            !is_shown(r, (enum task_kind)kind, one.due, &wanted, err)) {
            db_done(row);
            return false;
        }
        one.kept = task_type((enum task_kind)kind)->shown >= SHOWN_ON;
        one.at = *one.due ? deadline_seconds(one.due) : db_int(row, COLUMN_AT);
        if (r->filter->part == TASKS_OVERDUE)
            wanted = wanted && deadline_over(one.due, r->now);
        else if (r->filter->part != TASKS_ALL)
            wanted = wanted && (*one.due != '\0') == (r->filter->part == TASKS_DUE);
        if ((!wanted || !keep(r, &one)) && ordered) {
            db_done(row);
            return true;
        }
    }
    return !failed;
}

/* ---- of all cases: group by group ---- */

/* Tasks of one kind, setting, country, that all have a day, or none: within them, the order of
 * `at` is that of their days. */
struct group {
    int64_t kind, danger, setting, named;
    char country[3];
};

/* With `at` beyond all that there is, one step in the index passes over the whole group. */
static bool next_group(struct store *store, struct group *g, bool *there, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT kind, danger, setting, country, named FROM tasks WHERE "
                 "(kind, danger, setting, country, named, at) > "
                 "(?, ?, ?, ?, ?, ?) "
                 "ORDER BY kind, danger, setting, country, named, at LIMIT 1",
                 "iiitii", g->kind, g->danger, g->setting, g->country, g->named, INT64_MAX);

    if (!row)
        return false;
    *there = db_step(store, row, &failed, err);
    if (!*there)
        return !failed;
    *g = (struct group){db_int(row, 0), db_int(row, 1), db_int(row, 2), db_int(row, 4), ""};
    strncpy(g->country, text_at(row, 3), sizeof g->country - 1);
    db_done(row);
    return true;
}

static bool is_wanted(const struct reading *r, const struct group *g)
{
    bool day = g->setting > 0 || g->named;

    if (!is_for(r, g->kind))
        return false;
    return r->filter->part == TASKS_ALL || day == (r->filter->part != TASKS_WITHOUT_DAY);
}

static bool take_group(struct reading *r, const struct group *g, struct error *err)
{
    return take_rows(r,
                     db_query(r->store, err,
                              "SELECT " DUE_COLUMNS ", t.case_row, t.task, t.danger FROM tasks t "
                              "WHERE kind = ? AND danger = ? AND setting = ? AND country = ? AND "
                              "named = ? ORDER BY at",
                              "iiiti", g->kind, g->danger, g->setting, g->country, g->named),
                     true, err);
}

static bool take_all(struct reading *r, struct error *err)
{
    struct group g = {.kind = -1};
    bool there = true;

    while (next_group(r->store, &g, &there, err)) {
        if (!there)
            return true;
        if (is_wanted(r, &g) && !take_group(r, &g, err))
            return false;
    }
    return false;
}

/* ---- of one case ---- */

static bool take_case(struct reading *r, int64_t case_row, struct error *err)
{
    return take_rows(r,
                     db_query(r->store, err,
                              "SELECT " DUE_COLUMNS ", t.case_row, t.task, t.danger FROM tasks t "
                              "WHERE case_row = ? ORDER BY task",
                              "i", case_row),
                     false, err);
}

static bool take_named(struct reading *r, struct error *err)
{
    int64_t case_row;

    if (!db_number(r->store, &case_row, -1, err, "SELECT id FROM cases WHERE reference = ?", "t",
                   r->filter->reference))
        return false;
    if (case_row < 0)
        return error_set(err, ERROR_INPUT, _("%s: there is no such case in this file"),
                         r->filter->reference);
    return take_case(r, case_row, err);
}

bool worklist_next(struct store *store, int64_t case_row, char due[INSTANT_SIZE], struct error *err)
{
    struct task_filter filter = {.part = TASKS_DUE};
    struct reading r;

    begin(&r, store, &filter);
    due[0] = '\0';
    bool ok = take_case(&r, case_row, err);
    for (size_t i = 0; ok && i < r.count; i++)
        if (!r.list[i].kept && (!*due || r.list[i].at < deadline_seconds(due)))
            memcpy(due, r.list[i].due, INSTANT_SIZE);
    end(&r);
    return ok;
}

/* ---- all, one after the other, for views ---- */

/* The day until which tasks of that kind are shown, in days from now. */
static bool shown_until(struct reading *r, enum task_kind kind, long *days, struct error *err)
{
    static const long until[] = {
        [SHOWN_AT_ONCE] = WALK_ALL, [SHOWN_SOON] = 0, [SHOWN_ON] = 0, [SHOWN_AFTER] = -1};

    *days = until[task_type(kind)->shown];
    return task_type(kind)->shown != SHOWN_SOON || number_of(r, SETTING_SOON, days, err);
}

static bool walk_group(struct reading *r, const struct group *g, long days, worklist_each *each,
                       void *ctx, struct error *err)
{
    bool failed, dated = g->setting > 0 || g->named, whom_alone = r->filter->whom != 0;
    enum task_kind kind = (enum task_kind)g->kind;
    long until;

    if (!is_for(r, kind) || (!dated && days != WALK_ALL))
        return true;
    if (!shown_until(r, kind, &until, err))
        return false;
    sqlite3_stmt *row = db_query(r->store, err,
                                 "SELECT " DUE_COLUMNS ", t.case_row FROM tasks t WHERE kind = ? "
                                 "AND danger = ? AND setting = ? AND country = ? AND named = ? "
                                 "ORDER BY at",
                                 "iiiti", g->kind, g->danger, g->setting, g->country, g->named);
    if (!row)
        return false;
    if (days < until)
        until = days;
    while (db_step(r->store, row, &failed, err)) {
        char due[INSTANT_SIZE] = "";
        /* Of what is shown whenever it is due, and not asked for by its day, no day is needed. */
        if (dated && (until != WALK_ALL || !whom_alone) && !row_due(r, row, due, err)) {
            db_done(row);
            return false;
        }
        struct walked task = {.case_row = db_int(row, COLUMN_REST),
                              .days = *due ? deadline_days(due, r->now) : WALK_NO_DAY,
                              .over = *due && deadline_over(due, r->now),
                              .kept = task_type(kind)->shown >= SHOWN_ON,
                              .at = *due ? deadline_seconds(due) : db_int(row, COLUMN_AT)};
        if (task.days <= until)
            each(ctx, &task);
        /* A date and an instant of one day may stand in either order. */
        if (until != WALK_ALL && task.days > until + 1) {
            db_done(row);
            return true;
        }
    }
    return !failed;
}

bool worklist_walk(struct store *store, unsigned whom, long days, worklist_each *each, void *ctx,
                   struct error *err)
{
    struct task_filter filter = {.whom = whom};
    struct reading r;
    struct group g = {.kind = -1};
    bool there = true, ok = true;

    begin(&r, store, &filter);
    while (ok && there) {
        ok = next_group(store, &g, &there, err);
        if (ok && there)
            ok = walk_group(&r, &g, days, each, ctx, err);
    }
    end(&r);
    return ok;
}

/* ---- the rest of them ---- */

static void free_task(struct task *task)
{
    free(task->reference);
    free_wiped(task->title);
    free(task->receiving_state);
    free(task->state);
}

void worklist_release(struct worklist *work)
{
    for (size_t i = 0; i < work->count; i++)
        free_task(&work->list[i]);
    free(work->list);
    *work = (struct worklist){NULL, 0};
}

static void take_task(const struct reading *r, const struct found *found, sqlite3_stmt *row,
                      struct task *out)
{
    uint8_t id[ACT_ID_SIZE];

    *out = (struct task){.kind = (enum task_kind)db_int(row, 4),
                         .reference = db_text(row, 0),
                         .receiving_state = db_text(row, 1),
                         .state = db_text(row, 5),
                         .person = (long)db_int(row, 6),
                         .on = (enum act_kind)db_int(row, 3),
                         .danger = found->danger,
                         .over = deadline_over(found->due, r->now)};
    out->title = listed_name(r->store, row, 8, &out->hidden);
    if (db_bytes(row, 2, id, sizeof id))
        act_id_hex(id, out->act);
    strncpy(out->since, text_at(row, 7), sizeof out->since - 1);
    memcpy(out->due, found->due, sizeof out->due);
}

static bool read_task(const struct reading *r, const struct found *found, struct worklist *out,
                      struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        r->store, err,
        "SELECT c.reference, c.receiving_state, a.id, a.kind, t.kind, t.state, "
        "t.person, t.since, " LISTED_NAME " FROM tasks t JOIN cases c ON c.id = t.case_row "
        "JOIN acts a ON a.seq = t.act WHERE t.case_row = ? AND t.task = ?",
        "ii", found->case_row, found->task);

    if (!row)
        return false;
    if (db_step(r->store, row, &failed, err)) {
        take_task(r, found, row, &out->list[out->count++]);
        db_done(row);
    }
    return !failed;
}

/* ---- those of the calendar of meetings (7.7): no act makes them ---- */

static int tasks_in_order(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    struct found fx = {.danger = x->danger}, fy = {.danger = y->danger};

    memcpy(fx.due, x->due, sizeof fx.due);
    memcpy(fy.due, y->due, sizeof fy.due);
    fx.at = deadline_seconds(*x->due ? x->due : x->since);
    fy.at = deadline_seconds(*y->due ? y->due : y->since);
    int order = in_order(&fx, &fy);
    return order ? order : strcmp(x->reference, y->reference);
}

/* They are late, and ours to do; the screen of today has a part of its own for them. */
static bool wants_late(const struct task_filter *filter)
{
    return (filter->part == TASKS_ALL || filter->part == TASKS_OVERDUE) &&
           (!filter->whom || filter->whom & FOR_US);
}

static bool add_late(struct store *store, const struct task_filter *filter, struct worklist *out,
                     struct error *err)
{
    struct worklist late;

    if (!meetings_late(store, filter->reference, filter->room ? filter->room : INT64_MAX, &late,
                       err))
        return false;
    out->list = xreallocarray(out->list, out->count + late.count + 1, sizeof *out->list);
    for (size_t i = 0; i < late.count; i++)
        out->list[out->count++] = late.list[i];
    if (late.count)
        qsort(out->list, out->count, sizeof *out->list, tasks_in_order);
    free(late.list);
    while (filter->room && out->count > filter->room)
        free_task(&out->list[--out->count]);
    return true;
}

bool store_worklist(struct store *store, const struct task_filter *filter, struct worklist *out,
                    struct error *err)
{
    struct reading r;

    *out = (struct worklist){NULL, 0};
    if (!db_begin_reading(store, err))
        return false;
    begin(&r, store, filter);
    bool ok = filter->reference ? take_named(&r, err) : take_all(&r, err);
    cut(&r);
    out->list = ok && r.count ? xcalloc(r.count, sizeof *out->list) : NULL;
    for (size_t i = 0; ok && i < r.count; i++)
        ok = read_task(&r, &r.list[i], out, err);
    ok = ok && (!wants_late(filter) || add_late(store, filter, out, err));
    end(&r);
    ok = db_end(store, ok, err);
    if (!ok)
        worklist_release(out);
    return ok;
}

/* ---- as people and programs read them ---- */

static void say_words(struct buf *out, const struct task *task, translate_fn *tr)
{
    char number[24];

    snprintf(number, sizeof number, "%ld", task->person);
    buf_addf(out, tr(task_type(task->kind)->words),
             task->person ? number : country_name(task->state, tr));
}

void task_describe(struct buf *out, const struct task *task)
{
    say_words(out, task, reader_language);
}

json_t *worklist_json(const struct worklist *work)
{
    json_t *array = json_array();

    for (size_t i = 0; i < work->count; i++) {
        const struct task *t = &work->list[i];
        const struct task_type *type = task_type(t->kind);
        struct buf text = BUF_INIT;
        say_words(&text, t, english);
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:o, s:b, s:b, s:s?, s:s?, s:s}", "case",
                      t->reference, "task", type->name, "for", task_whom_names[type->whom], "state",
                      *t->state ? json_string(t->state) : json_null(), "person",
                      t->person ? json_integer(t->person) : json_null(), "since", t->since, "due",
                      *t->due ? json_string(t->due) : json_null(), "overdue", (int)t->over,
                      "danger", (int)t->danger, "on", t->on ? act_type(t->on)->name : NULL, "act",
                      *t->act ? t->act : NULL, "text", buf_text(&text)));
        buf_release(&text);
    }
    return array;
}
