/* SPDX-License-Identifier: MIT */
#include "amparo/store/calendars.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"

/* ---- to count with ---- */

void country_calendar_release(struct country_calendar *calendar)
{
    free(calendar->holidays);
    *calendar = (struct country_calendar){0};
}

static bool read_holidays(struct store *store, struct country_calendar *out, struct error *err)
{
    size_t room = 0, count = 0;
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT year, month, day FROM holidays WHERE country = ? "
                                 "ORDER BY year, month, day",
                                 "t", out->country);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        if (count == room) {
            room = room ? 2 * room : 32;
            out->holidays = xreallocarray(out->holidays, room, sizeof *out->holidays);
        }
        out->holidays[count++] =
            (struct holiday){(int)db_int(row, 0), (int)db_int(row, 1), (int)db_int(row, 2)};
    }
    out->calendar.sorted = out->holidays;
    out->calendar.count = count;
    return !failed;
}

bool calendar_read(struct store *store, const char *country, struct country_calendar *out,
                   struct error *err)
{
    int64_t weekend;

    *out = (struct country_calendar){0};
    snprintf(out->country, sizeof out->country, "%.2s",
             *country ? country : store_post(store)->country);
    bool ok = db_number(store, &weekend, USUAL_WEEKEND, err,
                        "SELECT days FROM weekends WHERE country = ?", "t", out->country) &&
              read_holidays(store, out, err);
    out->calendar.weekend = (unsigned)weekend & WHOLE_WEEK;
    if (!ok)
        country_calendar_release(out);
    return ok;
}

/* ---- what was said ---- */

void calendar_lines_release(struct calendar_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->list[i].name);
        free(lines->list[i].said_by);
        free(lines->list[i].said_at);
    }
    free(lines->list);
    *lines = (struct calendar_lines){NULL, 0};
}

static void take_line(sqlite3_stmt *row, struct calendar_line *out)
{
    *out = (struct calendar_line){
        .is_weekend = db_int(row, 1),
        .weekend = (unsigned)db_int(row, 2) & WHOLE_WEEK,
        .holiday = {(int)db_int(row, 3), (int)db_int(row, 4), (int)db_int(row, 5)},
        .name = db_text(row, 6),
        .said_by = db_text(row, 7),
        .said_at = db_text(row, 8)};
    char *country = db_text(row, 0);
    snprintf(out->country, sizeof out->country, "%.2s", country);
    free(country);
}

bool calendars_said(struct store *store, const char *country, struct calendar_lines *out,
                    struct error *err)
{
    size_t room = 0;
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT country, 1, days, 0, 0, 0, '', said_by, said_at FROM weekends "
                 "WHERE ?1 IS NULL OR country = ?1 UNION ALL "
                 "SELECT country, 0, 0, year, month, day, name, said_by, said_at FROM holidays "
                 "WHERE ?1 IS NULL OR country = ?1 ORDER BY 1, 2 DESC, 4, 5, 6",
                 "t", country);

    *out = (struct calendar_lines){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        if (out->count == room) {
            room = room ? 2 * room : 32;
            out->list = xreallocarray(out->list, room, sizeof *out->list);
        }
        take_line(row, &out->list[out->count++]);
    }
    if (failed)
        calendar_lines_release(out);
    return !failed;
}

json_t *calendar_lines_json(const struct calendar_lines *lines)
{
    json_t *array = json_array();

    for (size_t i = 0; i < lines->count; i++) {
        const struct calendar_line *l = &lines->list[i];
        char days[WEEKEND_SIZE], day[HOLIDAY_SIZE];
        json_array_append_new(
            array, l->is_weekend
                       ? json_pack("{s:s, s:s, s:s, s:s}", "country", l->country, "weekend",
                                   weekend_format(l->weekend, days), "said_by", l->said_by,
                                   "said_at", l->said_at)
                       : json_pack("{s:s, s:s, s:s, s:s, s:s}", "country", l->country, "day",
                                   holiday_format(l->holiday, day), "name", l->name, "said_by",
                                   l->said_by, "said_at", l->said_at));
    }
    return array;
}

/* ---- saying it ---- */

static bool may_say(struct store *store, struct error *err)
{
    if (!post_refresh(store, err))
        return false;
    return store->me.role == ROLE_HEAD ||
           error_set(err, ERROR_REFUSED, _("only a head of post changes the settings"));
}

static bool check_country(const char *country, struct error *err)
{
    return country_find(country) ||
           error_set(err, ERROR_INPUT,
                     _("%s is no country code of ISO 3166-1 (alpha-2, in capitals), nor XK"),
                     country);
}

static bool check_name(const char *name, struct error *err)
{
    if (strpbrk(name, "\n\r\t\033") || text_cells(name) > HOLIDAY_NAME_MOST)
        return error_set(err, ERROR_INPUT,
                         _("the name of a holiday is one line of at most %d letters"),
                         HOLIDAY_NAME_MOST);
    return true;
}

static bool write_weekend(struct store *store, const char *country, unsigned weekend,
                          struct error *err)
{
    char now[INSTANT_SIZE];

    return db_run(store, err,
                  "INSERT OR REPLACE INTO weekends (country, days, said_by, said_at) "
                  "VALUES (?, ?, ?, ?)",
                  "titt", country, (int64_t)weekend, store->me.name, store_now(store, now));
}

bool calendar_set_weekend(struct store *store, const char *country, const unsigned *weekend,
                          struct error *err)
{
    if (!may_say(store, err) || !check_country(country, err))
        return false;
    return weekend ? write_weekend(store, country, *weekend, err)
                   : db_run(store, err, "DELETE FROM weekends WHERE country = ?", "t", country);
}

static bool write_holiday(struct store *store, const char *country, struct holiday holiday,
                          const char *name, struct error *err)
{
    char now[INSTANT_SIZE];

    return db_run(
        store, err,
        "INSERT OR REPLACE INTO holidays "
        "(country, year, month, day, name, said_by, said_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        "tiiittt", country, (int64_t)holiday.year, (int64_t)holiday.month, (int64_t)holiday.day,
        name, store->me.name, store_now(store, now));
}

bool calendar_add_holiday(struct store *store, const char *country, struct holiday holiday,
                          const char *name, struct error *err)
{
    return may_say(store, err) && check_country(country, err) && check_name(name, err) &&
           write_holiday(store, country, holiday, name, err);
}

static bool is_holiday(struct store *store, const char *country, struct holiday holiday,
                       const char *name, bool *is, struct error *err)
{
    int64_t count;

    if (!db_number(store, &count, 0, err,
                   "SELECT count(*) FROM holidays WHERE country = ? AND year = ? AND month = ? AND "
                   "day = ? AND (?5 IS NULL OR name = ?5)",
                   "tiiit", country, (int64_t)holiday.year, (int64_t)holiday.month,
                   (int64_t)holiday.day, name))
        return false;
    *is = count > 0;
    return true;
}

bool calendar_says(struct store *store, const struct calendar_line *line, bool *is,
                   struct error *err)
{
    int64_t weekend;

    if (!line->is_weekend)
        return is_holiday(store, line->country, line->holiday, line->name, is, err);
    if (!db_number(store, &weekend, -1, err, "SELECT days FROM weekends WHERE country = ?", "t",
                   line->country))
        return false;
    *is = weekend == (int64_t)line->weekend;
    return true;
}

bool calendar_remove_holiday(struct store *store, const char *country, struct holiday holiday,
                             struct error *err)
{
    char day[HOLIDAY_SIZE];
    bool is;

    if (!may_say(store, err) || !check_country(country, err) ||
        !is_holiday(store, country, holiday, NULL, &is, err))
        return false;
    if (!is)
        return error_set(err, ERROR_INPUT, _("%s is no holiday of %s here"),
                         holiday_format(holiday, day), country);
    return db_run(
        store, err, "DELETE FROM holidays WHERE country = ? AND year = ? AND month = ? AND day = ?",
        "tiii", country, (int64_t)holiday.year, (int64_t)holiday.month, (int64_t)holiday.day);
}
