/* SPDX-License-Identifier: MIT */
#include "amparo/base/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const struct date last_day = {9999, 12, 31};

enum { LONGEST_REST = 366 }; /* days, at most, on which nobody works */

static const char names[7][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static enum weekday date_weekday(struct date date)
{
    long day = (date_number(date) + 3) % 7; /* 1970-01-01 was a Thursday */

    return (enum weekday)(1 << (day + 7) % 7);
}

int holiday_compare(const void *a, const void *b)
{
    const struct holiday *x = a, *y = b;

    return date_compare((struct date){x->year, x->month, x->day},
                        (struct date){y->year, y->month, y->day});
}

bool holiday_parse(const char *text, struct holiday *out)
{
    const bool yearly = strlen(text) == sizeof "MM-DD" - 1;
    char *whole = xasprintf("%s%s", yearly ? "2000-" : "", text); /* a leap year */
    struct date date;
    bool good = date_parse(whole, &date);

    free(whole);
    if (good)
        *out = (struct holiday){yearly ? 0 : date.year, date.month, date.day};
    return good;
}

const char *holiday_format(struct holiday holiday, char out[HOLIDAY_SIZE])
{
    struct date date = {holiday.year ? holiday.year : 2000, holiday.month, holiday.day};

    date_format(date, out);
    return holiday.year ? out : memmove(out, out + sizeof "2000-" - 1, sizeof "MM-DD");
}

/* The bit of a day's number or name of that length; 0: it is none. */
static unsigned weekday_named(const char *name, size_t length)
{
    if (length == 1 && *name >= '1' && *name <= '7')
        return 1u << (*name - '1');
    for (unsigned i = 0; i < 7; i++)
        if (length == 3 && strncmp(name, names[i], 3) == 0)
            return 1u << i;
    return 0;
}

bool weekend_parse(const char *text, unsigned *weekend)
{
    unsigned days = 0;

    if (strcmp(text, "none") == 0) {
        *weekend = 0;
        return true;
    }
    for (;;) {
        size_t length = strcspn(text, ",");
        unsigned day = weekday_named(text, length);
        if (!day)
            return false;
        days |= day;
        text += length;
        if (!*text++)
            break;
    }
    if (days == WHOLE_WEEK)
        return false;
    *weekend = days;
    return true;
}

const char *weekend_format(unsigned weekend, char out[WEEKEND_SIZE])
{
    size_t used = 0;

    snprintf(out, WEEKEND_SIZE, "none");
    for (unsigned i = 0; i < 7; i++)
        if (weekend & 1u << i)
            used += (size_t)snprintf(out + used, WEEKEND_SIZE - used, "%s%s", used ? "," : "",
                                     names[i]);
    return out;
}

static bool is_holiday(const struct calendar *calendar, struct holiday day)
{
    return calendar->count && bsearch(&day, calendar->sorted, calendar->count,
                                      sizeof *calendar->sorted, holiday_compare);
}

bool calendar_works(const struct calendar *calendar, struct date date)
{
    return !(calendar->weekend & date_weekday(date)) &&
           !is_holiday(calendar, (struct holiday){0, date.month, date.day}) &&
           !is_holiday(calendar, (struct holiday){date.year, date.month, date.day});
}

struct date calendar_next(const struct calendar *calendar, struct date date)
{
    struct date day = date;

    for (int rest = 0; !calendar_works(calendar, day); rest++) {
        if (rest == LONGEST_REST || date_compare(day, last_day) >= 0)
            return date;
        day = date_add_days(day, 1);
    }
    return day;
}

struct date calendar_add(const struct calendar *calendar, struct date date, long days)
{
    if (days <= 0)
        return calendar_next(calendar, date);
    for (; days > 0 && date_compare(date, last_day) < 0; days--)
        date = calendar_next(calendar, date_add_days(date, 1));
    return date;
}
