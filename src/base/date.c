/* SPDX-License-Identifier: MIT */
#include "amparo/base/date.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/mem.h"

enum {
    YEAR_MAX = 9999,
    DAYS_IN_ERA = 146097, /* 400 Gregorian years */
    EPOCH = 719468,       /* from 0000-03-01 to 1970-01-01 */
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(struct date date)
{
    return date.year >= 1 && date.year <= YEAR_MAX && date.day >= 1 &&
           date.day <= date_days_in_month(date.year, date.month);
}

/* Exactly `count` digits, or exactly `count` X where unknown is allowed (then *value is 0). */
static bool read_part(const char **text, int count, bool may_be_unknown, int *value)
{
    int sum = 0, unknown = 0;

    for (int i = 0; i < count; i++, (*text)++) {
        if (**text >= '0' && **text <= '9')
            sum = sum * 10 + (**text - '0');
        else if (**text == 'X' && may_be_unknown)
            unknown++;
        else
            return false;
    }
    if (unknown && unknown != count)
        return false;
    *value = sum;
    return unknown || sum > 0;
}

static bool read_char(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool read_parts(const char **text, bool may_be_unknown, int part[3])
{
    return read_part(text, 4, may_be_unknown, &part[0]) && read_char(text, '-') &&
           read_part(text, 2, may_be_unknown, &part[1]) && read_char(text, '-') &&
           read_part(text, 2, may_be_unknown, &part[2]);
}

bool date_parse(const char *text, struct date *date)
{
    int part[3];

    if (!read_parts(&text, false, part) || *text)
        return false;

    struct date read = {part[0], part[1], part[2]};
    if (!date_is_valid(read))
        return false;
    *date = read;
    return true;
}

const char *date_format(struct date date, char out[DATE_SIZE])
{
    if (!date_is_valid(date))
        BUG("formatting what is no date");
    snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned)date.year % 10000u,
             (unsigned)date.month % 100u, (unsigned)date.day % 100u);
    return out;
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Years are counted from March, so that the leap day comes last and months have a regular beat. */
long date_number(struct date date)
{
    long year = date.year - (date.month <= 2);
    long era = year / 400; /* never negative: years begin at 1 */
    long in_era = year - era * 400;
    long month = (date.month + 9) % 12;
    long in_year = (153 * month + 2) / 5 + date.day - 1;

    return era * DAYS_IN_ERA + in_era * 365 + in_era / 4 - in_era / 100 + in_year - EPOCH;
}

struct date date_from_number(long days)
{
    days += EPOCH;

    long era = (days >= 0 ? days : days - DAYS_IN_ERA + 1) / DAYS_IN_ERA;
    long rest = days - era * DAYS_IN_ERA;
    long in_era = (rest - rest / 1460 + rest / 36524 - rest / (DAYS_IN_ERA - 1)) / 365;
    long in_year = rest - (365 * in_era + in_era / 4 - in_era / 100);
    long month = (5 * in_year + 2) / 153;
    struct date date = {
        .year = (int)(in_era + era * 400 + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(in_year - (153 * month + 2) / 5 + 1),
    };
    return date;
}

long date_days_between(struct date from, struct date to)
{
    return date_number(to) - date_number(from);
}

struct date date_add_days(struct date date, long days)
{
    return date_from_number(date_number(date) + days);
}

struct date date_add_months(struct date date, int months)
{
    int count = date.year * 12 + date.month - 1 + months;
    struct date later = {count / 12, count % 12 + 1, date.day};
    int last = date_days_in_month(later.year, later.month);

    if (later.day > last)
        later.day = last;
    return later;
}

int date_age(struct date born, struct date on)
{
    bool birthday_to_come = on.month < born.month || (on.month == born.month && on.day < born.day);

    return on.year - born.year - birthday_to_come;
}

bool partial_date_parse(const char *text, struct partial_date *date)
{
    int part[3];

    if (!read_parts(&text, true, part))
        return false;

    struct partial_date read = {part[0], part[1], part[2], read_char(&text, '~')};
    if (*text || (read.day && !read.month) || (read.month && !read.year))
        return false;
    if (read.month && !date_days_in_month(read.year, read.month))
        return false;
    if (read.day > date_days_in_month(read.year, read.month))
        return false;
    *date = read;
    return true;
}

static void put_part(char **out, int width, int value)
{
    for (int i = width - 1, rest = value; i >= 0; i--, rest /= 10)
        (*out)[i] = value ? (char)('0' + rest % 10) : 'X';
    *out += width;
}

const char *partial_date_format(struct partial_date date, char out[PARTIAL_DATE_SIZE])
{
    char *at = out;

    put_part(&at, 4, date.year);
    *at++ = '-';
    put_part(&at, 2, date.month);
    *at++ = '-';
    put_part(&at, 2, date.day);
    if (date.approximate)
        *at++ = '~';
    *at = '\0';
    return out;
}

bool partial_date_is_unknown(struct partial_date date)
{
    return date.year == 0;
}

struct date partial_date_youngest(struct partial_date date)
{
    if (partial_date_is_unknown(date))
        BUG("a reading of an unknown date");

    struct date reading = {date.year, date.month ? date.month : 12, date.day};
    if (!reading.day)
        reading.day = date_days_in_month(reading.year, reading.month);
    return reading;
}

struct date partial_date_oldest(struct partial_date date)
{
    if (partial_date_is_unknown(date))
        BUG("a reading of an unknown date");

    return (struct date){date.year, date.month ? date.month : 1, date.day ? date.day : 1};
}
