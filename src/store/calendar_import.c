/* SPDX-License-Identifier: MIT */
/* Weekends and holidays out of a small CSV: calendars.h. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/csv.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/store/calendars.h"
#include "amparo/store/db.h"

enum { COUNTRY, DAY, NAME, COLUMNS };

static bool is_header(const struct csv_row *row)
{
    return row->count == COLUMNS && strcmp(row->fields[COUNTRY], "country") == 0;
}

static bool bad(struct error *err, long line, const char *what)
{
    return error_set(err, ERROR_INPUT, _("line %ld: %s"), line, what);
}

static bool take(const struct csv_row *row, struct calendar_line *out, struct error *err)
{
    if (row->count != COLUMNS)
        return bad(err, row->line, _("the columns are country, day, name"));
    if (!country_find(row->fields[COUNTRY]))
        return bad(err, row->line, _("that is no country code (alpha-2, in capitals)"));
    *out = (struct calendar_line){.is_weekend = strcmp(row->fields[DAY], "weekend") == 0,
                                  .name = row->fields[NAME]};
    memcpy(out->country, row->fields[COUNTRY], sizeof out->country - 1);
    if (out->is_weekend)
        return weekend_parse(row->fields[NAME], &out->weekend) ||
               bad(err, row->line, _("a weekend is days like fri,sat or 5,6, or none"));
    if (!holiday_parse(row->fields[DAY], &out->holiday))
        return bad(err, row->line, _("a day is YYYY-MM-DD, or MM-DD for every year"));
    return (text_cells(out->name) <= HOLIDAY_NAME_MOST && !strpbrk(out->name, "\n\r\t\033")) ||
           bad(err, row->line, _("the name is too long, or no single line"));
}

/* Writes the line, where it says something new. */
static bool write(struct store *store, const struct calendar_line *line,
                  struct calendar_import *out, struct error *err)
{
    bool is;

    if (!calendar_says(store, line, &is, err))
        return false;
    if (is) {
        out->as_before++;
        return true;
    }
    out->weekends += line->is_weekend;
    out->holidays += !line->is_weekend;
    return line->is_weekend
               ? calendar_set_weekend(store, line->country, &line->weekend, err)
               : calendar_add_holiday(store, line->country, line->holiday, line->name, err);
}

static bool import(struct store *store, struct csv *csv, struct csv_row *row,
                   struct calendar_import *out, struct error *err)
{
    struct calendar_line line;
    size_t lines = 0;
    bool good = true;

    for (enum csv_result got; (got = csv_read(csv, row, err)) != CSV_END; lines++) {
        if (lines > CALENDAR_LINES_MOST)
            return bad(err, row->line, _("these are too many lines for a calendar"));
        if (got == CSV_ROW && !lines && is_header(row))
            continue;
        bool fine = got == CSV_ROW && take(row, &line, err);
        good = good && fine;
        if (good && !write(store, &line, out, err)) /* after a bad line the rest is only read */
            return false;
    }
    return good;
}

bool calendar_import(struct store *store, const char *bytes, size_t size, bool dry,
                     struct calendar_import *out, struct error *err)
{
    struct csv csv;
    struct csv_row row = CSV_ROW_INIT;

    *out = (struct calendar_import){0};
    csv_init(&csv, bytes, size, ',');
    if (!db_begin(store, err))
        return false;
    bool good = import(store, &csv, &row, out, err);
    csv_row_release(&row);
    if (dry) {
        db_end(store, false, NULL);
        return good;
    }
    return db_end(store, good, err);
}
