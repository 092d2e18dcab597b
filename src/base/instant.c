/* SPDX-License-Identifier: MIT */
#include "amparo/base/instant.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };

static bool read_digits(const char **text, int count, int max, int *value)
{
    int sum = 0;

    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        sum = sum * 10 + (**text - '0');
    }
    *value = sum;
    return sum <= max;
}

static bool read_char(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool read_fraction(const char **text, int32_t *nanos)
{
    int32_t unit = 100000000;

    *nanos = 0;
    if (!read_char(text, '.'))
        return true;
    if (**text < '0' || **text > '9')
        return false;
    for (; **text >= '0' && **text <= '9'; (*text)++, unit /= 10)
        *nanos += unit * (**text - '0');
    return true;
}

static bool read_offset(const char **text, int16_t *offset)
{
    int hours, minutes;
    char sign = **text;

    *offset = 0;
    if (read_char(text, 'Z') || read_char(text, 'z'))
        return true;
    if (sign != '+' && sign != '-')
        return false;
    (*text)++;
    if (!read_digits(text, 2, 23, &hours) || !read_char(text, ':') ||
        !read_digits(text, 2, 59, &minutes))
        return false;
    *offset = (int16_t)((hours * 60 + minutes) * (sign == '-' ? -1 : 1));
    return true;
}

bool instant_parse(const char *text, struct instant *at)
{
    struct date date;
    struct instant read;
    int hour, minute, second;
    char day[DATE_SIZE];

    if (strnlen(text, DATE_SIZE) < DATE_SIZE)
        return false;
    memcpy(day, text, DATE_SIZE - 1);
    day[DATE_SIZE - 1] = '\0';
    text += DATE_SIZE - 1;
    if (!date_parse(day, &date) || !(read_char(&text, 'T') || read_char(&text, 't')))
        return false;
    if (!read_digits(&text, 2, 23, &hour) || !read_char(&text, ':') ||
        !read_digits(&text, 2, 59, &minute) || !read_char(&text, ':') ||
        !read_digits(&text, 2, 60, &second))
        return false;
    if (!read_fraction(&text, &read.nanos) || !read_offset(&text, &read.offset) || *text)
        return false;
    read.seconds = (int64_t)date_number(date) * DAY + hour * HOUR + minute * MINUTE + second -
                   read.offset * MINUTE;
    if (second == 60 && read.seconds % DAY != 0)
        return false;
    *at = read;
    return true;
}

/* Days and seconds of the day where it was written; the day is rounded down, before 1970 too. */
static long local_day(struct instant at, int *second)
{
    int64_t local = at.seconds + at.offset * MINUTE;
    int64_t rest = ((local % DAY) + DAY) % DAY;

    *second = (int)rest;
    return (long)((local - rest) / DAY);
}

const char *instant_format(struct instant at, char out[INSTANT_SIZE])
{
    int second;
    struct date date = date_from_number(local_day(at, &second));
    char day[DATE_SIZE], fraction[12] = "";
    unsigned offset = (unsigned)(at.offset < 0 ? -at.offset : at.offset);

    if (at.nanos) {
        snprintf(fraction, sizeof fraction, ".%09u", (unsigned)at.nanos % 1000000000u);
        for (size_t end = strlen(fraction); fraction[end - 1] == '0'; end--)
            fraction[end - 1] = '\0';
    }
    snprintf(out, INSTANT_SIZE, "%sT%02u:%02u:%02u%s%c%02u:%02u", date_format(date, day),
             (unsigned)second / HOUR % 24u, (unsigned)second / MINUTE % 60u, (unsigned)second % 60u,
             fraction, at.offset < 0 ? '-' : '+', offset / 60u % 24u, offset % 60u);
    return out;
}

int instant_compare(struct instant a, struct instant b)
{
    if (a.seconds != b.seconds)
        return a.seconds < b.seconds ? -1 : 1;
    return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

struct date instant_date(struct instant at)
{
    int second;

    return date_from_number(local_day(at, &second));
}

int instant_second_of_day(struct instant at)
{
    int second;

    local_day(at, &second);
    return second;
}

struct instant instant_add_seconds(struct instant at, int64_t seconds)
{
    at.seconds += seconds;
    return at;
}
