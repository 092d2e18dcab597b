/* SPDX-License-Identifier: MIT */
#include "amparo/base/mrz.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "amparo/base/date.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { MRZ_MOST = 90 };

/* A stretch of the zone, lines joined: where it starts and how long it is. */
struct span {
    unsigned char at, size;
};

/* Where each field of a format stands in the joined lines; size 0: the format lacks it. */
struct layout {
    enum mrz_format format;
    size_t size;
    struct span type, issuer, names, number, nationality, birth, sex, expiry, optional;
    struct span composite[3]; /* what the last digit covers, in order; ended by size 0 or full */
    unsigned char composite_digit;
    bool optional_digit; /* the optional field carries its own digit (TD3) */
};

static const struct layout layouts[] = {
    {.format = MRZ_TD3,
     .size = 88,
     .type = {0, 2},
     .issuer = {2, 3},
     .names = {5, 39},
     .number = {44, 9},
     .nationality = {54, 3},
     .birth = {57, 6},
     .sex = {64, 1},
     .expiry = {65, 6},
     .optional = {72, 14},
     .composite = {{44, 10}, {57, 7}, {65, 22}},
     .composite_digit = 87,
     .optional_digit = true},
    {.format = MRZ_TD1,
     .size = 90,
     .type = {0, 2},
     .issuer = {2, 3},
     .names = {60, 30},
     .number = {5, 9},
     .nationality = {45, 3},
     .birth = {30, 6},
     .sex = {37, 1},
     .expiry = {38, 6},
     .optional = {15, 15},
     .composite = {{5, 25}, {30, 7}, {38, 7}}, /* and {48, 11}: see composite_sum */
     .composite_digit = 59},
    {.format = MRZ_TD2,
     .size = 72,
     .type = {0, 2},
     .issuer = {2, 3},
     .names = {5, 31},
     .number = {36, 9},
     .nationality = {46, 3},
     .birth = {49, 6},
     .sex = {56, 1},
     .expiry = {57, 6},
     .optional = {64, 7},
     .composite = {{36, 10}, {49, 7}, {57, 14}},
     .composite_digit = 71},
};

static int value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c == '<' ? 0 : c - 'A' + 10;
}

/* Adds a stretch to a running weighted sum; *n counts the characters weighed so far. */
static int weigh(const char *zone, struct span span, int sum, size_t *n)
{
    static const int weights[] = {7, 3, 1};

    for (size_t i = 0; i < span.size; i++)
        sum += value(zone[span.at + i]) * weights[(*n)++ % 3];
    return sum;
}

static char digit_of(const char *zone, struct span span)
{
    size_t n = 0;
    return (char)('0' + weigh(zone, span, 0, &n) % 10);
}

static char composite_of(const char *zone, const struct layout *layout)
{
    size_t n = 0;
    int sum = 0;

    for (size_t i = 0; i < ARRAY_SIZE(layout->composite); i++)
        sum = weigh(zone, layout->composite[i], sum, &n);
    if (layout->format == MRZ_TD1)
        sum = weigh(zone, (struct span){48, 11}, sum, &n);
    return (char)('0' + sum % 10);
}

static bool blank(const char *zone, struct span span)
{
    for (size_t i = 0; i < span.size; i++)
        if (zone[span.at + i] != '<')
            return false;
    return true;
}

/* Copies a stretch: fillers at the end fall away, single ones become spaces. */
static void copy(const char *zone, struct span span, char *out)
{
    size_t size = span.size;

    while (size && zone[span.at + size - 1] == '<')
        size--;
    for (size_t i = 0; i < size; i++)
        out[i] = zone[span.at + i] == '<' ? ' ' : zone[span.at + i];
    out[size] = '\0';
}

/* Joins the lines into `zone`, in capitals; the layout by its size. */
static const struct layout *read_zone(const char *text, char zone[MRZ_MOST + 1], struct error *err)
{
    size_t size = 0;

    for (const char *p = text; *p; p++) {
        char c = (char)toupper((unsigned char)*p);
        if (isspace((unsigned char)c))
            continue;
        if (c != '<' && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
            error_set(err, ERROR_INPUT,
                      _("passport line: a character that no passport line has; only A-Z, 0-9, <"));
            return NULL;
        }
        if (size < MRZ_MOST)
            zone[size] = c;
        size++;
    }
    for (size_t i = 0; i < ARRAY_SIZE(layouts); i++)
        if (layouts[i].size == size) {
            zone[size] = '\0';
            return &layouts[i];
        }
    error_set(err, ERROR_INPUT,
              _("passport line: %zu characters; a passport has 2 lines of 44, a card 3 of 30 "
                "or 2 of 36"),
              size);
    return NULL;
}

/* Two digits; 0 where unknown (fillers); -1 where neither. */
static int two(const char *p)
{
    if (p[0] == '<' && p[1] == '<')
        return 0;
    if (!isdigit((unsigned char)p[0]) || !isdigit((unsigned char)p[1]))
        return -1;
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* What the zone leaves open stays open: a partial date is never completed. */
static bool read_date(const char *p, int last_year, char out[PARTIAL_DATE_SIZE])
{
    struct partial_date date = {.month = two(p + 2), .day = two(p + 4)};
    int year = two(p);

    if (year < 0 || date.month < 0 || date.day < 0)
        return false;
    if (p[0] == '<') {
        date = (struct partial_date){0};
    } else {
        date.year = last_year - last_year % 100 + year;
        if (date.year > last_year)
            date.year -= 100;
    }
    if (!date.month)
        date.day = 0;
    partial_date_format(date, out);
    return partial_date_parse(out, &date);
}

static void read_names(const char *zone, struct span span, struct mrz *mrz)
{
    const char *names = zone + span.at;
    size_t split = 0;

    while (split + 1 < span.size && !(names[split] == '<' && names[split + 1] == '<'))
        split++;
    mrz->truncated = names[span.size - 1] != '<';
    if (split + 1 >= span.size) { /* one name only */
        copy(zone, span, mrz->surnames);
        return;
    }
    copy(zone, (struct span){span.at, (unsigned char)split}, mrz->surnames);
    copy(
        zone,
        (struct span){(unsigned char)(span.at + split + 2), (unsigned char)(span.size - split - 2)},
        mrz->given_names);
}

static void check(bool agrees, const char *what, struct error *err, bool *good)
{
    if (agrees)
        return;
    *good = false;
    error_set(err, ERROR_INPUT,
              _("passport line: the check digit of the %s does not agree; "
                "compare it with the document"),
              what);
}

/*
 * A number longer than nine characters goes on in the optional field, with a filler in the place of
 * its digit and the digit at its end (TD1, TD2). Returns whether the digit agrees.
 */
static bool read_number(const char *zone, const struct layout *layout, struct mrz *mrz)
{
    char digit = zone[layout->number.at + layout->number.size];

    copy(zone, layout->number, mrz->number);
    if (layout->format == MRZ_TD3 || digit != '<' || blank(zone, layout->optional) ||
        memchr(zone + layout->number.at, '<', layout->number.size)) {
        copy(zone, layout->optional, mrz->optional);
        return digit == digit_of(zone, layout->number);
    }
    char whole[sizeof(mrz->number)];
    struct span span = layout->optional;
    size_t size = 0;

    while (size < span.size && zone[span.at + size] != '<')
        size++;
    if (size < 2)
        return false;
    snprintf(whole, sizeof(whole), "%.9s%.*s", zone + layout->number.at, (int)size - 1,
             zone + span.at);
    memcpy(mrz->number, whole, sizeof(whole));
    span.at = (unsigned char)(span.at + size);
    span.size = (unsigned char)(span.size - size);
    copy(zone, span, mrz->optional);
    return zone[layout->optional.at + size - 1] ==
           digit_of(whole, (struct span){0, (unsigned char)strlen(whole)});
}

static bool check_zone(const char *zone, const struct layout *layout, struct mrz *mrz,
                       struct error *err)
{
    bool good = true;
    char after_optional = zone[layout->optional.at + layout->optional.size];

    check(read_number(zone, layout, mrz), _("document number"), err, &good);
    check(zone[layout->birth.at + 6] == digit_of(zone, layout->birth), _("birth date"), err, &good);
    check(zone[layout->expiry.at + 6] == digit_of(zone, layout->expiry), _("expiry date"), err,
          &good);
    if (layout->optional_digit)
        check(after_optional == digit_of(zone, layout->optional) ||
                  (after_optional == '<' && blank(zone, layout->optional)),
              _("optional field"), err, &good);
    check(zone[layout->composite_digit] == composite_of(zone, layout), _("whole zone"), err, &good);
    return good;
}

bool mrz_parse(const char *text, int this_year, struct mrz *mrz, struct error *err)
{
    char zone[MRZ_MOST + 1];
    struct mrz out = {0};
    const struct layout *layout = read_zone(text, zone, err);

    if (!layout)
        return false;
    out.format = layout->format;
    bool good = check_zone(zone, layout, &out, err);
    if (!read_date(zone + layout->birth.at, this_year, out.birth))
        good = error_set(err, ERROR_INPUT, _("passport line: the birth date is not a date"));
    if (!read_date(zone + layout->expiry.at, this_year + 50, out.expiry))
        good = error_set(err, ERROR_INPUT, _("passport line: the expiry date is not a date"));
    char sex = zone[layout->sex.at];
    if (sex != 'F' && sex != 'M' && sex != '<' && sex != 'X')
        good = error_set(err, ERROR_INPUT, _("passport line: the sex is F, M or <"));
    out.sex[0] = sex == '<' ? 'X' : sex;
    copy(zone, layout->type, out.type);
    copy(zone, layout->issuer, out.issuer);
    copy(zone, layout->nationality, out.nationality);
    read_names(zone, layout->names, &out);
    if (!*out.surnames)
        good = error_set(err, ERROR_INPUT, _("passport line: there is no name"));
    explicit_bzero(zone, sizeof(zone));
    if (good)
        *mrz = out;
    return good;
}
