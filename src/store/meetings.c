/* SPDX-License-Identifier: MIT */
#include "amparo/store/meetings.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"
#include "amparo/store/listed.h"

enum { TEXT_MOST = 80 };

const char *const meeting_network = "Liaison Officer Network for Consular Protection";

void meeting_release(struct meeting *meeting)
{
    free(meeting->network);
    free(meeting->place);
    free(meeting->said_by);
}

void meetings_release(struct meetings *meetings)
{
    for (size_t i = 0; i < meetings->count; i++)
        meeting_release(&meetings->list[i]);
    free(meetings->list);
    *meetings = (struct meetings){NULL, 0};
}

static const char *today_of(struct store *store, char day[INSTANT_SIZE])
{
    store_now(store, day);
    day[DATE_SIZE - 1] = '\0';
    return day;
}

/* ---- reading ---- */

/*
 * A case is due at the first meeting after the day since when it is owed. Once that is past it
 * waits for the next one, too: so to a coming meeting come all who are owed one by then and have
 * no earlier one to wait for.
 */
#define MEETING_COLUMNS                                                                            \
    "SELECT m.day, m.network, m.place, m.cancelled, m.said_by, m.said_at, "                        \
    "(SELECT count(DISTINCT p.case_row) FROM presented p WHERE p.day = m.day), "                   \
    "CASE WHEN m.cancelled THEN 0 ELSE "                                                           \
    "(SELECT count(*) FROM digests d WHERE d.owed < m.day AND d.owed >= coalesce("                 \
    "(SELECT max(o.day) FROM meetings o WHERE o.day < m.day AND NOT o.cancelled "                  \
    "AND (m.day < ?1 OR o.day >= ?1)), '')) END "                                                  \
    "FROM meetings m "

static void take_meeting(sqlite3_stmt *row, struct meeting *out)
{
    *out = (struct meeting){.network = db_text(row, 1),
                            .place = db_text(row, 2),
                            .cancelled = db_int(row, 3),
                            .said_by = db_text(row, 4),
                            .presented = (size_t)db_int(row, 6),
                            .due = (size_t)db_int(row, 7)};
    strncpy(out->day, (const char *)sqlite3_column_text(row, 0), sizeof out->day - 1);
    strncpy(out->said_at, (const char *)sqlite3_column_text(row, 5), sizeof out->said_at - 1);
}

bool store_meetings(struct store *store, struct meetings *out, struct error *err)
{
    char today[INSTANT_SIZE];
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, MEETING_COLUMNS "ORDER BY m.day", "t", today_of(store, today));

    *out = (struct meetings){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        take_meeting(row, &out->list[out->count++]);
    }
    if (failed)
        meetings_release(out);
    return !failed;
}

static sqlite3_stmt *query_meeting(struct store *store, const char *which, const char *today,
                                   struct error *err)
{
    if (strcmp(which, "next") == 0)
        return db_query(store, err,
                        MEETING_COLUMNS
                        "WHERE m.day >= ?1 AND NOT m.cancelled ORDER BY m.day LIMIT 1",
                        "t", today);
    if (strcmp(which, "last") == 0)
        return db_query(store, err,
                        MEETING_COLUMNS
                        "WHERE m.day < ?1 AND NOT m.cancelled ORDER BY m.day DESC LIMIT 1",
                        "t", today);
    return db_query(store, err, MEETING_COLUMNS "WHERE m.day = ?2", "tt", today, which);
}

bool store_meeting(struct store *store, const char *which, struct meeting *out, struct error *err)
{
    char today[INSTANT_SIZE];
    bool failed;
    sqlite3_stmt *row = query_meeting(store, which, today_of(store, today), err);

    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed &&
               error_set(err, ERROR_INPUT,
                         _("%s: there is no such meeting in the calendar; see amparo meetings"),
                         which);
    take_meeting(row, out);
    db_done(row);
    return true;
}

/* ---- what a head of post says ---- */

static bool may_write(struct store *store, struct error *err)
{
    if (!post_refresh(store, err))
        return false;
    return store->me.role == ROLE_HEAD ||
           error_set(err, ERROR_REFUSED,
                     _("7.7: only a head of post changes the calendar of the "
                       "meetings"));
}

static bool check_day(const char *day, struct error *err)
{
    struct date date;

    return date_parse(day, &date) ||
           error_set(err, ERROR_INPUT, _("\"%s\" is no date; write YYYY-MM-DD"), day);
}

/* It becomes a line of the calendar and a value of `report` acts: one that those take. NULL: it
 * stays as it was. */
static bool check_text(const char *text, struct error *err)
{
    const struct field *field = field_find(act_type(ACT_REPORT)->fields, "meeting");

    if (!text)
        return true;
    if (text_is_blank(text))
        return error_set(err, ERROR_INPUT, _("a meeting needs its network and its place"));
    if (text_clusters(text) > TEXT_MOST)
        return error_set(err, ERROR_INPUT, _("\"%.40s…\" is longer than %d letters"), text,
                         TEXT_MOST);
    json_t *value = json_string(text);
    bool ok = value ? payload_check_value(field, value, "", err)
                    : error_set(err, ERROR_INPUT, _("that is no text in UTF-8"));
    json_decref(value);
    return ok;
}

static bool check_texts(const char *network, const char *place, struct error *err)
{
    return check_text(network, err) && check_text(place, err);
}

static bool write_meeting(struct store *store, const char *day, const char *network,
                          const char *place, bool cancelled, struct error *err)
{
    char at[INSTANT_SIZE];

    return db_run(store, err,
                  "INSERT OR REPLACE INTO meetings (day, network, place, cancelled, said_by, "
                  "said_at) VALUES (?, ?, ?, ?, ?, ?)",
                  "tttitt", day, network, place, (int64_t)cancelled, store->me.name,
                  store_now(store, at));
}

static bool is_free(struct store *store, const char *day, struct error *err)
{
    int64_t there;

    return db_number(store, &there, 0, err,
                     "SELECT count(*) FROM meetings WHERE day = ? AND NOT cancelled", "t", day) &&
           (!there ||
            error_set(err, ERROR_INPUT, _("%s: there is a meeting on that day already"), day));
}

bool store_meeting_add(struct store *store, const char *day, const char *network, const char *place,
                       struct error *err)
{
    const char *name = network ? network : meeting_network;

    return may_write(store, err) && check_day(day, err) && check_texts(name, place, err) &&
           db_begin(store, err) &&
           db_end(store,
                  is_free(store, day, err) && write_meeting(store, day, name, place, false, err),
                  err);
}

static bool change(struct store *store, const char *day, const char *to_day, const char *network,
                   const char *place, bool cancel, struct error *err)
{
    struct meeting m;

    if (!store_meeting(store, day, &m, err))
        return false;
    bool moved = strcmp(m.day, to_day) != 0;
    bool ok =
        (!m.cancelled || error_set(err, ERROR_INPUT, _("%s: that meeting is cancelled"), day)) &&
        (!moved || (is_free(store, to_day, err) &&
                    db_run(store, err, "DELETE FROM meetings WHERE day = ?", "t", m.day))) &&
        write_meeting(store, to_day, network ? network : m.network, place ? place : m.place, cancel,
                      err);
    meeting_release(&m);
    return ok;
}

bool store_meeting_change(struct store *store, const char *day, const char *to_day,
                          const char *network, const char *place, struct error *err)
{
    return may_write(store, err) && check_day(day, err) && (!to_day || check_day(to_day, err)) &&
           check_texts(network, place, err) && db_begin(store, err) &&
           db_end(store, change(store, day, to_day ? to_day : day, network, place, false, err),
                  err);
}

bool store_meeting_cancel(struct store *store, const char *day, struct error *err)
{
    return may_write(store, err) && check_day(day, err) && db_begin(store, err) &&
           db_end(store, change(store, day, day, NULL, NULL, true, err), err);
}

/* ---- late ones ---- */

static void copy_text(char *out, size_t size, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    strncpy(out, text ? text : "", size - 1);
    out[size - 1] = '\0';
}

#define LATE                                                                                       \
    "SELECT c.reference, c.receiving_state, " LISTED_NAME ", d.owed, "                             \
    "(SELECT min(m.day) FROM meetings m WHERE m.day > d.owed AND NOT m.cancelled) "                \
    "FROM digests d JOIN cases c ON c.id = d.case_row WHERE d.owed < "                             \
    "(SELECT max(m.day) FROM meetings m WHERE m.day < ?1 AND NOT m.cancelled) "

/* Owed before the last meeting that is past: the index finds them, and only those. */
bool meetings_late(struct store *store, const char *reference, size_t room, struct worklist *out,
                   struct error *err)
{
    char today[INSTANT_SIZE];
    bool failed;
    sqlite3_stmt *row = reference
                            ? db_query(store, err, LATE "AND c.reference = ?3 LIMIT ?2", "tit",
                                       today_of(store, today), (int64_t)room, reference)
                            : db_query(store, err, LATE "ORDER BY d.owed LIMIT ?2", "ti",
                                       today_of(store, today), (int64_t)room);

    *out = (struct worklist){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        struct task *t = &out->list[out->count++];
        *t = (struct task){.kind = TASK_REPORT,
                           .reference = db_text(row, 0),
                           .receiving_state = db_text(row, 1),
                           .state = xstrdup(""),
                           .on = ACT_REPORT, /* the act that is not there */
                           .over = true};
        t->title = listed_name(store, row, 2, &t->hidden);
        copy_text(t->since, sizeof t->since, row, 5);
        copy_text(t->due, sizeof t->due, row, 6);
    }
    if (failed)
        worklist_release(out);
    return !failed;
}
