/* SPDX-License-Identifier: MIT */
#include "amparo/store/calendars.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

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
