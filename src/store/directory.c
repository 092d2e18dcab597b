/* SPDX-License-Identifier: MIT */
#include "directory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"

/* ---- reading missions ---- */

void directory_read_state(sqlite3_stmt *row, int column, char out[STATE_SIZE])
{
    const unsigned char *text = sqlite3_column_text(row, column);

    memset(out, 0, STATE_SIZE);
    if (text)
        strncpy(out, (const char *)text, STATE_SIZE - 1);
}

struct date directory_read_date(sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    struct date date = {0, 0, 0};

    if (text)
        date_parse((const char *)text, &date);
    return date;
}

static void add_row(sqlite3_stmt *row, struct missions *out)
{
    struct mission m = {.city = db_text(row, 3),
                        .kind = (enum post_kind)db_int(row, 4),
                        .able = db_int(row, 5) != 0,
                        .source = (enum post_source)db_int(row, 6),
                        .on = directory_read_date(row, 7),
                        .phone = db_text(row, 8),
                        .email = db_text(row, 9),
                        .website = db_text(row, 10),
                        .reference = db_text(row, 11)};

    directory_read_state(row, 0, m.state);
    directory_read_state(row, 1, m.country);
    directory_read_state(row, 2, m.seat);
    missions_add(out, &m);
    free(m.city);
    free(m.phone);
    free(m.email);
    free(m.website);
    free(m.reference);
}

bool directory_read_missions(struct store *store, sqlite3_stmt *row, struct missions *out,
                             struct error *err)
{
    bool failed = false;

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        add_row(row, out);
    if (failed)
        missions_release(out);
    return !failed;
}

bool store_directory_missions(struct store *store, const char *state, const char *country,
                              struct missions *out, struct error *err)
{
    *out = (struct missions)MISSIONS_INIT;

    /* One query for each use: each finds its index. */
    sqlite3_stmt *row =
        country ? db_query(store, err,
                           "SELECT " COLUMNS " FROM missions m WHERE m.country = ? AND "
                           "(?2 IS NULL OR m.state = ?2) AND " IN_EFFECT,
                           "tt", country, state)
        : state ? db_query(store, err,
                           "SELECT " COLUMNS " FROM missions m WHERE m.state = ? AND " IN_EFFECT,
                           "t", state)
                : db_query(store, err, "SELECT " COLUMNS " FROM missions m WHERE " IN_EFFECT, "");
    if (!directory_read_missions(store, row, out, err))
        return false;
    missions_sort(out);
    return true;
}

/* ---- what people enter ---- */

bool directory_may_write(struct store *store, struct error *err)
{
    if (store->me.role != ROLE_CLERK)
        return true;
    return error_set(err, ERROR_REFUSED,
                     _("7.6: a clerk reads the directory; an officer changes it"));
}

bool store_directory_instrument(struct store *store, enum instrument_status *status,
                                struct date *since, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err, "SELECT status, since FROM instrument", "");

    *status = INSTRUMENT_PILOT;
    *since = (struct date){0, 0, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        char *code = db_text(row, 0);
        int index = code_index(instrument_codes, code);
        if (index >= 0)
            *status = (enum instrument_status)index;
        *since = directory_read_date(row, 1);
        free(code);
    }
    return !failed;
}

bool directory_put_instrument(struct store *store, enum instrument_status status,
                              const struct date *since, const char *by, struct error *err)
{
    char date[DATE_SIZE], at[INSTANT_SIZE];

    return db_run(store, err,
                  "INSERT OR REPLACE INTO instrument (id, status, since, said_by, said_at) "
                  "VALUES (1, ?, ?, ?, ?)",
                  "tttt", instrument_codes[status].code, since ? date_format(*since, date) : NULL,
                  by, store_now(store, at));
}

bool store_directory_set_instrument(struct store *store, enum instrument_status status,
                                    const struct date *since, struct error *err)
{
    return directory_may_write(store, err) && db_begin(store, err) &&
           db_end(store,
                  directory_put_instrument(store, status, since, store->me.name, err) &&
                      trustlog_say_instrument(store, err),
                  err);
}

bool directory_put_party(struct store *store, const char *state, struct date since,
                         const struct date *until, const char *source, const char *by,
                         struct error *err)
{
    char from[DATE_SIZE], to[DATE_SIZE], at[INSTANT_SIZE];

    return db_run(store, err,
                  "INSERT OR REPLACE INTO parties (state, since, until, source, said_by, said_at) "
                  "VALUES (?, ?, ?, ?, ?, ?)",
                  "tttttt", state, date_format(since, from), until ? date_format(*until, to) : NULL,
                  source, by, store_now(store, at));
}

bool store_directory_set_party(struct store *store, const char *state, struct date since,
                               const struct date *until, const char *source, struct error *err)
{
    if (!country_is_member(state))
        return error_set(
            err, ERROR_INPUT,
            _("%s is no Member State of the Conference: only those can take part (7.2)"), state);
    if (until && date_compare(*until, since) < 0)
        return error_set(err, ERROR_INPUT, _("%s: the participation would end before it begins"),
                         state);
    return directory_may_write(store, err) && db_begin(store, err) &&
           db_end(store,
                  directory_put_party(store, state, since, until, source, store->me.name, err) &&
                      trustlog_say_party(store, state, err),
                  err);
}

bool directory_put_list(struct store *store, const char *state, enum post_source source,
                        struct date on, const char *by, struct error *err)
{
    char date[DATE_SIZE], at[INSTANT_SIZE];

    return db_run(store, err,
                  "INSERT OR REPLACE INTO lists (state, source, listed_on, said_by, said_at) "
                  "VALUES (?, ?, ?, ?, ?)",
                  "tittt", state, (int64_t)source, date_format(on, date), by, store_now(store, at));
}

bool store_directory_set_list(struct store *store, const char *state, struct date on,
                              struct error *err)
{
    return directory_may_write(store, err) && db_begin(store, err) &&
           db_end(store,
                  directory_put_list(store, state, SOURCE_OFFICIAL, on, store->me.name, err) &&
                      trustlog_say_list(store, err),
                  err);
}

bool directory_put_focal(struct store *store, const char *state,
                         const char *const focal[FOCAL_KEYS], const char *by, struct error *err)
{
    char at[INSTANT_SIZE];
    const char *said[FOCAL_KEYS];

    for (size_t i = 0; i < FOCAL_KEYS; i++)
        said[i] = focal[i] ? focal[i] : "";

    return db_run(store, err,
                  "INSERT OR REPLACE INTO focal_points (state, desk, email, phone, hours, "
                  "languages, valid_from, valid_until, verified_on, said_by, said_at) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "ttttttttttt", state, said[FOCAL_DESK], said[FOCAL_EMAIL], said[FOCAL_PHONE],
                  said[FOCAL_HOURS], said[FOCAL_LANGUAGES], said[FOCAL_FROM], said[FOCAL_UNTIL],
                  said[FOCAL_VERIFIED], by, store_now(store, at));
}

bool store_directory_set_focal(struct store *store, const char *state,
                               const char *const focal[FOCAL_KEYS], struct error *err)
{
    return directory_may_write(store, err) && db_begin(store, err) &&
           db_end(store,
                  directory_put_focal(store, state, focal, store->me.name, err) &&
                      trustlog_say_focal(store, err),
                  err);
}

void directory_states_release(struct directory_states *states)
{
    for (size_t i = 0; i < states->count; i++) {
        free(states->list[i].source);
        for (size_t k = 0; k < FOCAL_KEYS; k++)
            free(states->list[i].focal[k]);
        free(states->list[i].focal_said);
    }
    free(states->list);
    *states = (struct directory_states){NULL, 0};
}

static void add_state(sqlite3_stmt *row, struct directory_states *out)
{
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);

    struct directory_state *s = &out->list[out->count++];
    *s = (struct directory_state){.since = directory_read_date(row, 1),
                                  .until = directory_read_date(row, 2),
                                  .source = db_text_or_null(row, 3),
                                  .list = directory_read_date(row, 4),
                                  .list_source = (enum post_source)db_int(row, 5),
                                  .missions = (size_t)db_int(row, 6),
                                  .focal_said = db_text_or_null(row, 7)};
    for (int k = 0; k < FOCAL_KEYS; k++)
        s->focal[k] = db_text_or_null(row, 8 + k);
    directory_read_state(row, 0, s->state);
}

bool store_directory_states(struct store *store, struct directory_states *out, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(
        store, err,
        "WITH known (state) AS (SELECT state FROM parties UNION SELECT state FROM lists UNION "
        "SELECT state FROM focal_points UNION SELECT DISTINCT state FROM missions), "
        "dated AS (SELECT state, listed_on, min(source) AS source FROM lists GROUP BY state), "
        "counted AS (SELECT state, lines, min(source) FROM "
        "(SELECT state, source, count(*) AS lines FROM missions GROUP BY state, source) "
        "GROUP BY state) "
        "SELECT k.state, p.since, p.until, p.source, d.listed_on, d.source, c.lines, "
        "f.said_at, f.desk, f.email, f.phone, f.hours, f.languages, f.valid_from, f.valid_until, "
        "f.verified_on FROM known k LEFT JOIN parties p USING (state) "
        "LEFT JOIN dated d USING (state) LEFT JOIN counted c USING (state) "
        "LEFT JOIN focal_points f USING (state) ORDER BY k.state",
        "");

    *out = (struct directory_states){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        add_state(row, out);
    if (failed)
        directory_states_release(out);
    return !failed;
}
