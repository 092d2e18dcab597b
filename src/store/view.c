/* SPDX-License-Identifier: MIT */
/* The cases of a view, of list.h: what the case list knows comes by SQL; what is due goes by the
 * settings and the clock of now, and is taken from the work list. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/search.h"
#include "amparo/store/working.h"

#include "view_work.h"

void case_order_release(struct case_order *order)
{
    free(order->rows);
    *order = (struct case_order){NULL, 0};
}

/* ---- giving up ---- */

void store_on_reading(struct store *store, store_go_on *go_on, void *ctx)
{
    store->go_on = go_on;
    store->go_on_ctx = ctx;
    work_listen(store);
}

/* ---- the statement ---- */

/* More than it takes are as if they were not there: no line that is typed has so many. */
static bool add_text(struct statement_text *s, char *text)
{
    if (s->text_count == TEXTS_MOST) {
        free_wiped(text);
        return false;
    }
    s->texts[s->text_count++] = text;
    return true;
}

/* Codes of the tables of view.c: letters, digits and _ alone. */
static void add_each(struct buf *sql, const char *codes, const char *before, const char *after,
                     const char *between)
{
    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t size = strcspn(p, ",");
        buf_addf(sql, "%s%s%.*s%s", p > codes ? between : "", before, (int)size, p, after);
        p += size;
    }
}

static void add_stages(struct buf *sql, const char *codes)
{
    const char *before = "stage IN (";

    if (!strchr(codes, ','))
        before = "stage = (";
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        char *between = xasprintf(",%s,", codes);
        char *one = xasprintf(",%s,", stage_name((enum stage)stage));
        if (strstr(between, one)) {
            buf_addf(sql, "%s%d", before, stage);
            before = ", ";
        }
        free(between);
        free(one);
    }
    buf_addc(sql, ')');
}

static void add_officer(struct statement_text *s, char *folded)
{
    buf_adds(&s->sql, add_text(s, folded) ? "instr(officers, ?) > 0" : "1");
}

static char *me_folded(const struct store *store)
{
    struct buf out = BUF_INIT;

    buf_addc(&out, '|');
    text_fold(&out, store->me.name);
    buf_addc(&out, '|');
    return buf_detach(&out);
}

void view_span(const char *value, struct date today, bool ahead, struct date *from, struct date *to)
{
    size_t digits = strspn(value, "0123456789");
    long number = strtol(value, NULL, 10);
    long weekday = (date_number(today) + 3) % 7; /* 0: Monday */

    *from = *to = today;
    if (digits == 4 && !value[4] && number >= 1900) {
        *from = (struct date){(int)number, 1, 1};
        *to = (struct date){(int)number, 12, 31};
    } else if (digits && !value[digits]) {
        *from = *to = date_add_days(today, ahead ? number : -number);
    } else if (date_parse(value, from)) {
        *to = *from;
    } else if (strcmp(value, "week") == 0) {
        *from = date_add_days(today, -weekday);
        *to = date_add_days(*from, 6);
    } else if (strcmp(value, "month") == 0) {
        *from = (struct date){today.year, today.month, 1};
        *to = date_add_days(date_add_months(*from, 1), -1);
    } else if (strcmp(value, "year") == 0) {
        *from = (struct date){today.year, 1, 1};
        *to = (struct date){today.year, 12, 31};
    }
}

/* A number of days ago: fewer is later. */
static bool is_ago(const char *value)
{
    size_t digits = strspn(value, "0123456789");

    return digits && !value[digits] && (digits < 4 || strtol(value, NULL, 10) < 1900);
}

/* One of the three comparisons, by the first and last value that are meant. */
static void add_range(struct buf *sql, const char *column, enum view_than than, const char *first,
                      const char *last)
{
    if (than == THAN_LESS)
        buf_addf(sql, "%s < %s", column, first);
    else if (than == THAN_MORE)
        buf_addf(sql, "%s > %s", column, last);
    else
        buf_addf(sql, "%s BETWEEN %s AND %s", column, first, last);
}

static void add_time(struct statement_text *s, const struct view_term *t)
{
    struct date from, to;
    char day[DATE_SIZE];
    char *first, *last;
    enum view_than than = t->than;

    view_span(t->value, s->today, false, &from, &to);
    if (is_ago(t->value) && than != THAN_IS)
        than = than == THAN_LESS ? THAN_MORE : THAN_LESS;
    if (t->key == VIEW_OPENED) {
        first = xasprintf("'%s'", date_format(from, day));
        last = xasprintf("'%s'", date_format(to, day));
    } else {
        first = xasprintf("%lld", date_number(from) * DAY - s->offset);
        last = xasprintf("%lld", (date_number(to) + 1) * DAY - s->offset - 1);
    }
    add_range(&s->sql, t->key == VIEW_OPENED ? "opened" : "updated_at", than, first, last);
    free(first);
    free(last);
}

bool view_is_of_tasks(enum view_key key)
{
    return key == VIEW_DUE || key == VIEW_LATE || key == VIEW_WAITS;
}

static void add_condition(struct statement_text *s, const struct view_term *t)
{
    struct buf *sql = &s->sql;

    switch (t->key) {
    case VIEW_STAGE:
        add_stages(sql, t->value);
        break;
    case VIEW_PLACE:
        buf_adds(sql, "receiving_state IN (");
        add_each(sql, t->value, "'", "'", ", ");
        buf_addc(sql, ')');
        break;
    case VIEW_STATE:
        add_each(sql, t->value, "instr(states, '|", "|') > 0", " OR ");
        break;
    case VIEW_GROUND:
        add_each(sql, t->value, "instr(grounds, '|", "|') > 0", " OR ");
        break;
    case VIEW_OFFICER:
        add_officer(s, xstrdup(t->value));
        break;
    case VIEW_MINE:
        add_officer(s, me_folded(s->store));
        break;
    case VIEW_OPENED:
    case VIEW_CHANGED:
        add_time(s, t);
        break;
    case VIEW_OPEN:
        buf_adds(sql, "closed = 0");
        break;
    case VIEW_CLOSED:
        buf_adds(sql, "closed = 1");
        break;
    case VIEW_URGENT:
        buf_adds(sql, "priority <> 'routine'");
        break;
    case VIEW_DANGER:
        buf_adds(sql, "priority = 'life_threatening'");
        break;
    case VIEW_NOTED:
        buf_adds(sql, "notes > 0");
        break;
    default:
        buf_adds(sql, "1");
        break;
    }
}

static bool says_whether_closed(const struct view *view)
{
    return *view->words || view_has(view, VIEW_OPEN) || view_has(view, VIEW_CLOSED) ||
           view_has(view, VIEW_ALL) || view_has(view, VIEW_STAGE);
}

/* By which number rows are sorted, the greatest first; by a second where they are equal. */
static const char *const sort_keys[SORT_COUNT] = {
    [SORT_USUAL] = "updated_at, 0",
    [SORT_REFERENCE] = "-year, -number",
    [SORT_PERSON] = "0, 0", /* names have an index in their order */
    [SORT_DUE] = "updated_at, 0",
    [SORT_STAGE] = "-stage, updated_at",
    [SORT_PLACE] = "-(unicode(receiving_state) * 256 + unicode(substr(receiving_state, 2))), "
                   "updated_at",
    [SORT_CHANGED] = "updated_at, 0",
    [SORT_OPENED] = "0, 0",
};

enum { FEW = 2000 }; /* found words: so many rows are read one by one */

static bool found_few(struct store *store, const char *match, bool *few, struct error *err)
{
    int64_t n;

    if (!db_number(store, &n, 0, err,
                   "SELECT count(*) FROM (SELECT rowid FROM search s WHERE s.search MATCH ? "
                   "LIMIT ?)",
                   "ti", match, (int64_t)FEW + 1))
        return false;
    *few = n <= FEW;
    return true;
}

/* Rows with their keys; of words that are rare, only those that have them (match NULL: all). */
static void make_statement(struct statement_text *s, const char *match)
{
    const struct view *view = s->view;
    bool newest = *view->words && view->sort == SORT_USUAL;

    buf_addf(&s->sql, "SELECT id, %s FROM ", sort_keys[newest ? SORT_OPENED : view->sort]);
    if (match && add_text(s, xstrdup(match)))
        buf_adds(&s->sql, "search s CROSS JOIN cases ON id = s.rowid WHERE s.search MATCH ?");
    else
        buf_adds(&s->sql, "cases INDEXED BY cases_view WHERE 1");
    if (!says_whether_closed(view))
        buf_adds(&s->sql, " AND closed = 0");
    for (size_t i = 0; i < view->count; i++) {
        if (view_is_of_tasks(view->terms[i].key))
            continue;
        buf_addf(&s->sql, " AND %s(", view->terms[i].not ? "NOT " : "");
        add_condition(s, &view->terms[i]);
        buf_addc(&s->sql, ')');
    }
}

/* It is prepared for once: there are as many of them as things to type. */
static bool run_statement(struct statement_text *s, struct sortables *out, struct error *err)
{
    struct store *store = s->store;
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(store->db, buf_text(&s->sql), -1, &row, NULL);

    for (size_t i = 0; rc == SQLITE_OK && i < s->text_count; i++)
        rc = sqlite3_bind_text(row, (int)i + 1, s->texts[i], -1, SQLITE_STATIC);
    while (rc == SQLITE_OK && (rc = sqlite3_step(row)) == SQLITE_ROW) {
        if (out->count == out->room) {
            out->room = out->room ? 2 * out->room : 256;
            out->list = xreallocarray(out->list, out->room, sizeof *out->list);
        }
        out->list[out->count++] =
            (struct sortable){sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2),
                              sqlite3_column_int64(row, 0)};
        rc = SQLITE_OK;
    }
    bool ok = rc == SQLITE_DONE || db_fail(store, err);
    sqlite3_finalize(row);
    return ok;
}

int view_by_key(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;

    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    if (x->second != y->second)
        return x->second > y->second ? -1 : 1;
    return (x->row < y->row) - (x->row > y->row);
}

/* ---- sets of rows ---- */

bool view_rows_end(struct store *store, int64_t *end, struct error *err)
{
    if (!db_number(store, end, 0, err, "SELECT max(id) FROM cases", ""))
        return false;
    ++*end;
    return true;
}

bool row_set_init(struct store *store, struct row_set *set, struct error *err)
{
    if (!view_rows_end(store, &set->end, err))
        return false;
    set->has = xcalloc((size_t)set->end, sizeof *set->has);
    return true;
}

/* The rows that a query gives, in its order; those of the set alone, where one is given. */
static bool take_query(struct store *store, sqlite3_stmt *row, const struct row_set *of,
                       struct case_order *out, struct error *err)
{
    bool failed;
    size_t room = 0;

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        int64_t one = db_int(row, 0);
        if (of && (one >= of->end || !of->has[one]))
            continue;
        if (out->count == room) {
            room = room ? 2 * room : 256;
            out->rows = xreallocarray(out->rows, room, sizeof *out->rows);
        }
        out->rows[out->count++] = one;
    }
    return !failed;
}

static bool found_rows(struct store *store, const char *match, struct case_order *out,
                       struct error *err)
{
    return take_query(store,
                      db_query(store, err,
                               "SELECT rowid FROM search s WHERE s.search MATCH ? "
                               "ORDER BY rowid DESC",
                               "t", match),
                      NULL, out, err);
}

/* ---- rows by what the case list knows of them ---- */

static void sort_rows(const struct statement_text *s, struct sortables *rows,
                      struct case_order *out)
{
    if (rows->count && s->view->sort != SORT_PERSON)
        qsort(rows->list, rows->count, sizeof *rows->list, view_by_key);
    out->rows = xcalloc(rows->count + 1, sizeof *out->rows);
    out->count = rows->count;
    for (size_t i = 0; i < rows->count; i++)
        out->rows[i] = rows->list[i].row;
}

static bool sort_by_name(struct store *store, struct case_order *order, struct error *err)
{
    struct row_set set = {NULL, 0};
    struct case_order sorted = {NULL, 0};
    bool ok = row_set_init(store, &set, err);

    for (size_t i = 0; ok && i < order->count; i++)
        set.has[order->rows[i]] = true;
    ok = ok && take_query(store,
                          db_query(store, err,
                                   "SELECT id FROM cases INDEXED BY cases_name "
                                   "ORDER BY name_key = '', name_key, id",
                                   ""),
                          &set, &sorted, err);
    free(set.has);
    free(order->rows);
    *order = sorted;
    return ok;
}

/* Of words that many cases have, the rows are found apart and taken together here. */
static void only_found(struct sortables *rows, const struct row_set *found)
{
    size_t kept = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].row < found->end && found->has[rows->list[i].row])
            rows->list[kept++] = rows->list[i];
    rows->count = kept;
}

static bool find_many(struct store *store, const char *match, struct sortables *rows,
                      struct error *err)
{
    struct row_set found = {NULL, 0};
    struct case_order order = {NULL, 0};
    bool ok = row_set_init(store, &found, err) && found_rows(store, match, &order, err);

    for (size_t i = 0; ok && i < order.count; i++)
        if (order.rows[i] < found.end)
            found.has[order.rows[i]] = true;
    if (ok)
        only_found(rows, &found);
    free(found.has);
    case_order_release(&order);
    return ok;
}

static bool read_filtered(struct statement_text *s, const char *match, struct case_order *out,
                          struct error *err)
{
    struct sortables rows = {NULL, 0, 0};
    bool few = false, ok = !*match || found_few(s->store, match, &few, err);

    if (ok) {
        make_statement(s, few ? match : NULL);
        ok = run_statement(s, &rows, err) &&
             (!*match || few || find_many(s->store, match, &rows, err));
    }
    if (ok)
        sort_rows(s, &rows, out);
    free(rows.list);
    return ok && (s->view->sort != SORT_PERSON || sort_by_name(s->store, out, err));
}

/* The only condition that is no matter of tasks, where it is the whole of one stage; -1 else. */
static int only_stage(const struct view *view)
{
    int stage = -1, filters = 0;

    for (size_t i = 0; i < view->count; i++) {
        const struct view_term *t = &view->terms[i];
        if (view_is_of_tasks(t->key) || t->key == VIEW_ALL)
            continue;
        filters++;
        for (int k = 0; t->key == VIEW_STAGE && !t->not &&k < STAGE_COUNT; k++)
            if (strcmp(t->value, stage_name((enum stage)k)) == 0)
                stage = k;
    }
    return filters == 1 ? stage : -1;
}

static bool has_filters(const struct view *view)
{
    for (size_t i = 0; i < view->count; i++)
        if (!view_is_of_tasks(view->terms[i].key) && view->terms[i].key != VIEW_ALL)
            return true;
    return false;
}

/* What has an index in the very order; NULL: it has none. */
static const char *plain_query(const struct view *view, int stage)
{
    bool updated = view->sort == SORT_USUAL || view->sort == SORT_CHANGED || view->sort == SORT_DUE;

    if (*view->words || !updated || (has_filters(view) && stage < 0))
        return NULL;
    if (stage >= 0)
        return "SELECT id FROM cases INDEXED BY cases_stage WHERE stage = ? "
               "ORDER BY updated_at DESC, id DESC";
    return says_whether_closed(view)
               ? "SELECT id FROM cases INDEXED BY cases_updated WHERE ? < 0 "
                 "ORDER BY updated_at DESC, id DESC"
               : "SELECT id FROM cases INDEXED BY cases_open WHERE closed = 0 AND ? < 0 "
                 "ORDER BY updated_at DESC, id DESC";
}

static bool read_listed(struct statement_text *s, struct case_order *out, struct error *err)
{
    const struct view *view = s->view;
    int stage = only_stage(view);
    const char *plain = plain_query(view, stage);
    char *match = search_match(view->words);
    bool ok;

    if (plain)
        ok = take_query(s->store, db_query(s->store, err, plain, "i", (int64_t)stage), NULL, out,
                        err);
    else if (*match && !view->count && (view->sort == SORT_USUAL || view->sort == SORT_OPENED))
        ok = found_rows(s->store, match, out, err);
    else
        ok = read_filtered(s, match, out, err);
    free_wiped(match);
    return ok;
}

/* ---- the rest ---- */

static void move_first(struct case_order *order, int64_t row)
{
    for (size_t i = 0; i < order->count; i++)
        if (order->rows[i] == row) {
            memmove(order->rows + 1, order->rows, i * sizeof *order->rows);
            order->rows[0] = row;
            return;
        }
}

/* Of several years the newest is first. */
static bool named_first(struct store *store, const char *words, struct case_order *order,
                        struct error *err)
{
    int64_t year, number, row, last, said;

    if (!search_names_case(words, &said, &number))
        return true;
    if (!db_number(store, &year, 0, err, "SELECT min(year) FROM cases", "") ||
        !db_number(store, &last, 0, err, "SELECT max(year) FROM cases", ""))
        return false;
    for (; year <= last; year++) {
        if (said && said != year)
            continue;
        if (!db_number(store, &row, 0, err, "SELECT id FROM cases WHERE year = ? AND number = ?",
                       "ii", year, number))
            return false;
        if (row)
            move_first(order, row);
    }
    return true;
}

static void turn(struct case_order *order)
{
    for (size_t i = 0; i < order->count / 2; i++) {
        int64_t row = order->rows[i];
        order->rows[i] = order->rows[order->count - 1 - i];
        order->rows[order->count - 1 - i] = row;
    }
}

static bool read_view(struct statement_text *s, struct case_order *out, struct error *err)
{
    const struct view *view = s->view;

    if (!read_listed(s, out, err) || !view_apply_tasks(s, out, err))
        return false;
    if (view->backwards)
        turn(out);
    return named_first(s->store, view->words, out, err);
}

bool store_view(struct store *store, const struct view *view, struct case_order *out,
                struct error *err)
{
    struct statement_text s = {.store = store, .view = view};
    char now[INSTANT_SIZE];

    *out = (struct case_order){NULL, 0};
    instant_parse(store_now(store, now), &s.now);
    s.today = instant_date(s.now);
    s.offset = s.now.offset * 60LL;
    if (!db_begin_reading(store, err))
        return false;
    bool ok = db_end(store, read_view(&s, out, err), err);
    for (size_t i = 0; i < s.text_count; i++)
        free_wiped(s.texts[i]);
    buf_release(&s.sql);
    if (!ok)
        case_order_release(out);
    return ok;
}
