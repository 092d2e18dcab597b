/* SPDX-License-Identifier: MIT */
#include "amparo/base/dateentry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

enum {
    WINDOW_AHEAD = 20, /* years: as FileMan has it */
    AGE_MAX = 130,
    TOKENS_MAX = 8,
};

static const char *const month_names[12] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December"),
};

/* What is typed for each month, in three languages, without accents. */
static const char *const typed_months[12][3] = {
    {"january", "enero", "janvier"},
    {"february", "febrero", "fevrier"},
    {"march", "marzo", "mars"},
    {"april", "abril", "avril"},
    {"may", "mayo", "mai"},
    {"june", "junio", "juin"},
    {"july", "julio", "juillet"},
    {"august", "agosto", "aout"},
    {"september", "setiembre", "septembre"},
    {"october", "octubre", "octobre"},
    {"november", "noviembre", "novembre"},
    {"december", "diciembre", "decembre"},
};

/* A number, a word, an X for what is unknown: what stands between separators or changes kind. */
struct token {
    enum { NUMBER, MONTH, UNKNOWN, AGE } kind;
    int value;
    int digits; /* as typed */
};

struct tokens {
    struct token list[TOKENS_MAX];
    int count;
    bool approximate;
};

/* Lower case without the accents of Latin-1 letters, which is all that names of months have. */
static char *folded(const char *text)
{
    static const char plain[] = "aaaaaaaceeeeiiiidnooooo/ouuuuyts";
    char *out = xmalloc(strlen(text) + 1), *end = out;

    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == 0xC3 && c[1] >= 0x80)
            *end++ = plain[*++c & 0x1F];
        else
            *end++ = (char)tolower(*c);
    }
    *end = '\0';
    return out;
}

static bool begins(const char *name, const char *word, size_t size)
{
    return strncmp(name, word, size) == 0;
}

/* The only month that a word of three letters or more begins; 0 where there is none or several. */
static int month_of(const char *word, size_t size)
{
    int found = 0;

    for (int month = 1; size >= 3 && month <= 12; month++)
        for (int i = 0; i < 3; i++) {
            /* "set" and "sept" are both usual in Spanish. */
            bool spelled = begins(typed_months[month - 1][i], word, size) ||
                           (month == 9 && begins("septiembre", word, size));
            if (spelled && found && found != month)
                return 0;
            if (spelled)
                found = month;
        }
    return found;
}

static bool is_one_of(const char *word, size_t size, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == size && begins(*list, word, size))
            return true;
    return false;
}

static bool add_word(struct tokens *tokens, const char *word, size_t size)
{
    static const char *const fillers[] = {"de", "del", "of", "the", "le", "er",
                                          "st", "nd",  "rd", "th",  NULL};
    static const char *const years[] = {"a",    "y",  "anos", "ano", "years",
                                        "year", "yo", "ans",  "an",  NULL};
    static const char *const unknown[] = {"xx", "xxxx", NULL};
    struct token *last = tokens->count ? &tokens->list[tokens->count - 1] : NULL;

    if (is_one_of(word, size, fillers))
        return true;
    if (is_one_of(word, size, years)) {
        bool alone = tokens->count == 1 && last->kind == NUMBER && last->digits <= 3;
        if (alone)
            last->kind = AGE;
        return alone;
    }
    if (tokens->count == TOKENS_MAX)
        return false;

    struct token token = {.kind = is_one_of(word, size, unknown) ? UNKNOWN : MONTH};

    if (token.kind == UNKNOWN)
        token.digits = (int)size;
    if (token.kind == MONTH && !(token.value = month_of(word, size)))
        return false;
    tokens->list[tokens->count++] = token;
    return true;
}

static bool add_number(struct tokens *tokens, const char *digits, size_t size)
{
    struct token token = {.kind = NUMBER, .digits = (int)size};

    if (tokens->count == TOKENS_MAX || size > 8)
        return false;
    for (size_t i = 0; i < size; i++)
        token.value = token.value * 10 + (digits[i] - '0');
    tokens->list[tokens->count++] = token;
    return true;
}

static bool tokenise(const char *text, struct tokens *tokens)
{
    while (*text) {
        size_t digits = strspn(text, "0123456789");
        size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");

        if (digits ? !add_number(tokens, text, digits)
                   : letters && !add_word(tokens, text, letters))
            return false;
        text += digits ? digits : letters;
        if (digits || letters)
            continue;
        if (*text == '~') {
            if (tokens->approximate)
                return false;
            tokens->approximate = true;
        } else if (!strchr(" \t/.,-", *text)) {
            return false;
        }
        text++;
    }
    return tokens->count > 0;
}

static int full_year(int year, int digits, struct date today)
{
    if (digits != 2)
        return year;

    int latest = today.year + WINDOW_AHEAD;
    int guess = latest - latest % 100 + year;
    return guess > latest ? guess - 100 : guess;
}

static bool is_year(int value)
{
    return value >= 1900 && value <= 2099;
}

/* Numbers typed without separators. */
static bool from_digits(struct token number, bool partial, struct date today,
                        struct partial_date *out)
{
    int v = number.value;

    switch (number.digits) {
    case 1:
    case 2:
        *out = (struct partial_date){today.year, today.month, v, false};
        return true;
    case 4:
        if (partial && is_year(v))
            *out = (struct partial_date){.year = v};
        else
            *out = (struct partial_date){today.year, v % 100, v / 100, false};
        return true;
    case 6:
        *out = (struct partial_date){full_year(v % 100, 2, today), v / 100 % 100, v / 10000, false};
        return true;
    case 8:
        if (is_year(v % 10000))
            *out = (struct partial_date){v % 10000, v / 10000 % 100, v / 1000000, false};
        else
            *out = (struct partial_date){v / 10000, v / 100 % 100, v % 100, false};
        return true;
    default:
        return false;
    }
}

static bool is_day_or_month(struct token token)
{
    return token.kind == NUMBER && token.digits <= 2;
}

static bool is_some_year(struct token token)
{
    return token.kind == NUMBER && (token.digits == 2 || token.digits == 4);
}

/* Two parts: day and month, or month and year. */
static bool from_two(const struct token *t, struct date today, struct partial_date *out)
{
    if (t[0].kind == NUMBER && t[0].digits == 4 && (t[1].kind == MONTH || is_day_or_month(t[1]))) {
        *out = (struct partial_date){.year = t[0].value, .month = t[1].value}; /* 2026-03 */
        return true;
    }
    if (is_day_or_month(t[0]) && t[1].kind == MONTH) { /* 14 mar */
        *out = (struct partial_date){today.year, t[1].value, t[0].value, false};
        return true;
    }
    if (t[0].kind == MONTH && is_some_year(t[1])) { /* mar 84, and never 8 March */
        *out = (struct partial_date){.year = full_year(t[1].value, t[1].digits, today),
                                     .month = t[0].value};
        return true;
    }
    if (is_day_or_month(t[0]) && is_day_or_month(t[1]) && t[1].value <= 12) { /* 15/3 */
        *out = (struct partial_date){today.year, t[1].value, t[0].value, false};
        return true;
    }
    if (is_day_or_month(t[0]) && is_some_year(t[1])) { /* 3/84, 3/1984 */
        *out = (struct partial_date){.year = full_year(t[1].value, t[1].digits, today),
                                     .month = t[0].value};
        return true;
    }
    return false;
}

static int part_of(struct token token)
{
    return token.kind == UNKNOWN ? 0 : token.value;
}

static bool from_three(const struct token *t, struct date today, struct partial_date *out)
{
    bool year_first = t[0].digits == 4; /* 2026, or XXXX */
    struct token year = year_first ? t[0] : t[2];
    struct token month = t[1], day = year_first ? t[2] : t[0];

    if (t[0].kind == MONTH) { /* March 14, 2026 */
        month = t[0];
        day = t[1];
    }
    if (!(is_some_year(year) || year.kind == UNKNOWN) || day.kind == MONTH ||
        (month.kind == NUMBER && !is_day_or_month(month)) ||
        (day.kind == NUMBER && !is_day_or_month(day)) || year.kind == MONTH)
        return false;
    *out = (struct partial_date){full_year(part_of(year), year.digits, today), part_of(month),
                                 part_of(day), false};
    /* A zero that was typed is no unknown. */
    return (year.kind == UNKNOWN || out->year) && (month.kind == UNKNOWN || out->month) &&
           (day.kind == UNKNOWN || out->day);
}

/* T, and T followed by a sign, a count and a unit. */
static bool from_today(const char *text, struct date today, struct partial_date *out)
{
    static const char *const words[] = {"t", "today", "hoy", "aujourd'hui", NULL};
    size_t size = strcspn(text, "+- ");
    struct date date = today;

    if (!is_one_of(text, size, words))
        return false;
    text += size;
    text += strspn(text, " ");
    if (*text) {
        int sign = *text == '-' ? -1 : 1;
        text++;
        text += strspn(text, " ");
        size_t digits = strspn(text, "0123456789");
        if (digits < 1 || digits > 4)
            return false;
        int count = sign * (int)strtol(text, NULL, 10);
        char unit = text[digits] ? text[digits] : 'd';
        if (text[digits] && text[digits + 1])
            return false;
        if (unit == 'd' || unit == 'w' || unit == 's' || unit == 'j')
            date = date_add_days(today, (unit == 'w' || unit == 's' ? 7L : 1L) * count);
        else if (unit == 'm' && today.year * 12 + count > 12)
            date = date_add_months(today, count);
        else if ((unit == 'y' || unit == 'a') && today.year + count > 0)
            date = date_add_months(today, 12 * count);
        else
            return false;
    }
    *out = (struct partial_date){date.year, date.month, date.day, false};
    return date_is_valid(date);
}

static bool from_tokens(const struct tokens *tokens, bool partial, struct date today,
                        struct date_entry *entry)
{
    const struct token *t = tokens->list;
    bool read = false;

    if (tokens->count == 1 && t[0].kind == AGE) {
        entry->age = t[0].value;
        entry->as_of = today;
        entry->date = (struct partial_date){.year = today.year - entry->age, .approximate = true};
        return entry->age <= AGE_MAX && !tokens->approximate && entry->date.year > 0;
    }
    if (tokens->count == 1 && t[0].kind == NUMBER)
        read = from_digits(t[0], partial, today, &entry->date);
    else if (tokens->count == 1 && t[0].kind == MONTH)
        read = (entry->date = (struct partial_date){today.year, t[0].value, 0, false}, true);
    else if (tokens->count == 2)
        read = from_two(t, today, &entry->date);
    else if (tokens->count == 3)
        read = from_three(t, today, &entry->date);
    entry->date.approximate = tokens->approximate;
    return read;
}

/* Whether it is a date at all: a written form of it is read back. */
static bool exists(struct partial_date date, bool partial)
{
    char text[PARTIAL_DATE_SIZE];

    if (date.year < 0 || date.year > 9999 || date.month > 12 || date.day > 31)
        return false;
    partial_date_format(date, text);
    return partial_date_parse(text, &date) && (partial || (date.day && !date.approximate));
}

bool date_entry_parse(const char *text, bool partial, struct date today, struct date_entry *entry,
                      struct error *err)
{
    struct date_entry read = {.age = -1};
    struct tokens tokens = {.count = 0};
    char *plain = folded(text), *start = plain + strspn(plain, " \t");

    for (size_t size = strlen(start); size && strchr(" \t", start[size - 1]); size--)
        start[size - 1] = '\0';

    bool understood = from_today(start, today, &read.date) ||
                      (tokenise(start, &tokens) && from_tokens(&tokens, partial, today, &read));
    free(plain);
    if (understood && exists(read.date, partial)) {
        *entry = read;
        return true;
    }
    if (understood && !partial && exists(read.date, true))
        return error_set(err, ERROR_INPUT, "%s",
                         _("the day is needed here: day, month and year, as 14/3/2026"));
    return error_set(err, ERROR_INPUT, "%s",
                     partial ? _("not a date: try 14/3/1984, mar 1984, 1984, ~1984, 35a")
                             : _("not a date: try 14/3/2026, 14mar, T (today), T-3, T+2W"));
}

void date_echo(struct buf *out, struct partial_date date, translate_fn *translate)
{
    struct buf words = BUF_INIT;

    if (partial_date_is_unknown(date)) {
        buf_adds(out, translate(N_("date unknown")));
        return;
    }
    const char *month = date.month ? translate(month_names[date.month - 1]) : "";
    if (date.day == 1) /* TRANSLATORS: the first of a month, as people say it: month, year */
        buf_addf(&words, translate(N_("1 %1$s %2$d")), month, date.year);
    else if (date.day) /* TRANSLATORS: day, month, year */
        buf_addf(&words, translate(N_("%1$d %2$s %3$d")), date.day, month, date.year);
    else if (date.month) /* TRANSLATORS: month, year */
        buf_addf(&words, translate(N_("%1$s %2$d")), month, date.year);
    else
        buf_addf(&words, "%d", date.year);
    if (date.approximate) /* TRANSLATORS: a date that is not exactly known */
        buf_addf(out, translate(N_("about %s")), buf_text(&words));
    else
        buf_adds(out, buf_text(&words));
    buf_release(&words);
}

void date_age_basis(struct buf *out, const struct date_entry *entry, translate_fn *translate)
{
    struct buf day = BUF_INIT;

    date_echo(&day,
              (struct partial_date){entry->as_of.year, entry->as_of.month, entry->as_of.day, false},
              translate);
    buf_addf(out, translate(N_("as told on %s")), buf_text(&day));
    buf_release(&day);
}
