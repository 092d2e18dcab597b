/* SPDX-License-Identifier: MIT */
#include "amparo/paper/language.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/language.h"
#include "amparo/base/instant.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"

#include "notes_data.h"

static const struct template_seam no_seams[] = {{NULL, NULL, NULL}};
static const struct template_seam spanish_seams[] = {
    {"de ", "el ", "del "},
    {"a ", "el ", "al "},
    {"A ", "el ", "Al "},
    {NULL, NULL, NULL},
};

/*
 * French: "le" and "les" run together with "de" and "à", "de" loses its e before a vowel, and of
 * the articles "en" becomes "au", "aux", or stays; before a country without article it is "à".
 */
static const struct template_seam french_seams[] = {
    {"de ", "le ", "du "},   {"de ", "les ", "des "},
    {"De ", "le ", "Du "},   {"De ", "les ", "Des "},
    {"à ", "le ", "au "},    {"à ", "les ", "aux "},
    {"À ", "le ", "Au "},    {"À ", "les ", "Aux "},
    {"à ", "Le ", "au "},    {"de ", "a", "d'a"},
    {"de ", "e", "d'e"},     {"de ", "i", "d'i"},
    {"de ", "o", "d'o"},     {"de ", "u", "d'u"},
    {"de ", "A", "d'A"},     {"de ", "E", "d'E"},
    {"de ", "I", "d'I"},     {"de ", "O", "d'O"},
    {"de ", "U", "d'U"},     {"de ", "é", "d'é"},
    {"de ", "É", "d'É"},     {"en ", "le ", "au "},
    {"en ", "les ", "aux "}, {"en ", "la ", "en "},
    {"en ", "l'", "en "},    {"en ", "Israël", "en Israël"},
    {"en ", "", "à "},       {NULL, NULL, NULL},
};

translate_fn *paper_translator(const char *code)
{
    return strcmp(code, "en") == 0 ? english : reader_language;
}

bool paper_language_init(struct paper_language *language, const char *code, const char *state,
                         translate_fn *tr)
{
    for (size_t i = 0; locale_languages[i]; i++)
        if (strcmp(locale_languages[i], code) == 0) {
            bool us = state && strcmp(state, "US") == 0;
            *language = (struct paper_language){.code = locale_languages[i], .us = us, .tr = tr};
            return true;
        }
    return false;
}

const struct template_seam *paper_seams(const struct paper_language *language)
{
    return strcmp(language->code, "es") == 0   ? spanish_seams
           : strcmp(language->code, "fr") == 0 ? french_seams
                                               : no_seams;
}

const char *paper_passage(const struct paper_language *language, const char *name)
{
    char path[64];

    snprintf(path, sizeof path, "notes/%s/%s.txt", language->code, name);
    for (size_t i = 0; i < ARRAY_SIZE(notes_data); i++)
        if (strcmp(notes_data[i].name, path) == 0)
            return notes_data[i].text;
    return NULL;
}

/* The line after `line`, or NULL at the end. */
static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : NULL;
}

/* The first line of a list of words.txt, or NULL. */
static const char *list_begin(const struct paper_language *language, const char *list)
{
    size_t size = strlen(list);

    for (const char *line = paper_passage(language, "words"); line; line = next_line(line))
        if (line[0] == '[' && strncmp(line + 1, list, size) == 0 && line[size + 1] == ']')
            return next_line(line);
    return NULL;
}

/* The " = " of an entry's line, or NULL where the line is none. */
static const char *entry_sign(const char *line)
{
    const char *sign = line[0] == '#' ? NULL : strstr(line, " = ");

    return sign && sign < line + strcspn(line, "\n") ? sign : NULL;
}

static bool find_word(const struct paper_language *language, const char *list, const char *key,
                      struct buf *out)
{
    size_t size = strlen(key);

    for (const char *line = list_begin(language, list); line && line[0] != '[';
         line = next_line(line)) {
        const char *sign = entry_sign(line);
        if (sign && (size_t)(sign - line) == size && strncmp(line, key, size) == 0) {
            buf_add(out, sign + 3, strcspn(sign + 3, "\n"));
            return true;
        }
    }
    return false;
}

bool paper_word(const struct paper_language *language, const char *list, const char *key,
                struct buf *out)
{
    char us[64];

    snprintf(us, sizeof us, "%s_us", key);
    return (language->us && find_word(language, list, us, out)) ||
           find_word(language, list, key, out);
}

bool paper_word_at(const struct paper_language *language, const char *list, size_t n,
                   struct buf *key, struct buf *word)
{
    for (const char *line = list_begin(language, list); line && line[0] != '[';
         line = next_line(line)) {
        const char *sign = entry_sign(line);
        if (!sign || n-- > 0)
            continue;
        buf_add(key, line, (size_t)(sign - line));
        buf_add(word, sign + 3, strcspn(sign + 3, "\n"));
        return true;
    }
    return false;
}

/* ---- dates ---- */
struct date_context {
    const struct paper_language *language;
    struct date date;
};

static void write_day(const void *ctx, struct buf *out)
{
    const struct date_context *d = ctx;

    if (d->date.day != 1 || !paper_word(d->language, "layout", "first_day", out))
        buf_addf(out, "%d", d->date.day);
}

static void write_month(const void *ctx, struct buf *out)
{
    const struct date_context *d = ctx;
    char number[12];

    snprintf(number, sizeof number, "%d", d->date.month);
    paper_word(d->language, "month", number, out);
}

static void write_year(const void *ctx, struct buf *out)
{
    buf_addf(out, "%d", ((const struct date_context *)ctx)->date.year);
}

static const struct template_field date_fields[] = {
    {"day", "the day", write_day},
    {"month", "the month in letters", write_month},
    {"year", "the year", write_year},
    {NULL, NULL, NULL},
};
static const struct template_field *const date_tables[] = {date_fields, NULL};

void paper_date(const struct paper_language *language, struct date date, struct buf *out)
{
    struct date_context context = {language, date};
    struct template_language filled = {date_tables, paper_seams(language), NULL, &context};
    struct buf pattern = BUF_INIT;

    if (!paper_word(language, "layout", "date", &pattern) ||
        !template_fill(buf_text(&pattern), &filled, out, NULL))
        BUG("no pattern for dates");
    buf_cut(out, out->size - 1); /* a date is no paragraph */
    buf_release(&pattern);
}

static void partial(const struct paper_language *language, struct partial_date date,
                    struct buf *out)
{
    char month[12];

    if (date.day) {
        paper_date(language, (struct date){date.year, date.month, date.day}, out);
    } else if (date.month) {
        snprintf(month, sizeof month, "%d", date.month);
        paper_word(language, "month", month, out);
        buf_addf(out, " %d", date.year);
    } else if (date.year) {
        buf_addf(out, "%d", date.year);
    } else {
        buf_adds(out, language->tr(N_("unknown")));
    }
    if (date.approximate)
        buf_addf(out, " (%s)", language->tr(N_("about")));
}

/* "17:40 UTC+04:00", with the sign for minus that numbers have. */
static void add_time(struct instant at, struct buf *out)
{
    int minutes = instant_second_of_day(at) / 60, offset = at.offset < 0 ? -at.offset : at.offset;

    buf_addf(out, ", %02d:%02d UTC", minutes / 60, minutes % 60);
    if (offset)
        buf_addf(out, "%s%02d:%02d", at.offset < 0 ? "\u2212" : "+", offset / 60, offset % 60);
}

static void moment(const struct paper_language *language, const char *text, bool whole,
                   struct buf *out)
{
    struct partial_date date;
    struct instant at;

    if (partial_date_parse(text, &date)) {
        partial(language, date, out);
    } else if (instant_parse(text, &at)) {
        paper_date(language, instant_date(at), out);
        if (whole)
            add_time(at, out);
    } else {
        buf_adds(out, text);
    }
}

void paper_moment(const struct paper_language *language, const char *text, struct buf *out)
{
    moment(language, text, true, out);
}

void paper_day(const struct paper_language *language, const char *text, struct buf *out)
{
    moment(language, text, false, out);
}

/* How much of the text is a date or an instant as machines write them; 0: it is none. */
static size_t machine_time(const char *text, char out[INSTANT_SIZE])
{
    static const size_t sizes[] = {sizeof "YYYY-MM-DDThh:mm:ss+hh:mm" - 1,
                                   sizeof "YYYY-MM-DDThh:mm:ssZ" - 1, DATE_SIZE - 1};
    struct instant at;
    struct date date;

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        if (strlen(text) < sizes[i] || isalnum((unsigned char)text[sizes[i]]))
            continue;
        memcpy(out, text, sizes[i]);
        out[sizes[i]] = '\0';
        if (instant_parse(out, &at) || date_parse(out, &date))
            return sizes[i];
    }
    return 0;
}

void paper_sentence(const struct paper_language *language, const char *text, struct buf *out)
{
    char time[INSTANT_SIZE];
    bool within = false; /* a word or a number */

    while (*text) {
        size_t size = within ? 0 : machine_time(text, time);
        if (size)
            paper_moment(language, time, out);
        else
            buf_addc(out, *text);
        within = !size && (isalnum((unsigned char)*text) || *text == '-');
        text += size ? size : 1;
    }
}

void paper_day_alone(const struct paper_language *language, const char *text, struct buf *out)
{
    struct instant at;

    if (instant_parse(text, &at))
        write_day(&(struct date_context){language, instant_date(at)}, out);
}

/* ---- enumerations ---- */
void paper_semicolon(const struct paper_language *language, struct buf *out)
{
    paper_word(language, "layout", "semicolon", out);
    buf_addc(out, ' ');
}

void paper_colon(const struct paper_language *language, struct buf *out)
{
    paper_word(language, "layout", "colon", out);
    buf_addc(out, ' ');
}

void paper_and(const struct paper_language *language, struct buf *out, size_t index, size_t count,
               const char *text)
{
    if (index && index + 1 == count) {
        buf_addc(out, ' ');
        paper_word(language, "layout", "and", out);
        buf_addc(out, ' ');
    } else if (index) {
        buf_adds(out, ", ");
    }
    buf_adds(out, text);
}

void paper_lettered(const struct paper_language *language, struct buf *out, size_t index,
                    const char *text)
{
    const char letter[] = {(char)('a' + index % 26), '\0'};
    struct buf pattern = BUF_INIT;

    if (index)
        paper_semicolon(language, out);
    if (!paper_word(language, "layout", "item", &pattern))
        BUG("no pattern for lists");
    buf_addf(out, buf_text(&pattern), letter, text);
    buf_release(&pattern);
}

/* ---- names ---- */
static void write_conference(const void *ctx, struct buf *out)
{
    paper_body(ctx, "conference", out);
}

static const struct template_field body_fields[] = {
    {"conference", "the Conference", write_conference},
    {NULL, NULL, NULL},
};
static const struct template_field *const body_tables[] = {body_fields, NULL};

/* The default, with the Conference as the post calls it. */
static bool default_body(const struct paper_language *language, const char *body, struct buf *out)
{
    struct template_language filled = {body_tables, paper_seams(language), NULL, language};
    struct buf word = BUF_INIT;
    bool there = paper_word(language, "body", body, &word);

    if (there && !template_fill(buf_text(&word), &filled, out, NULL))
        BUG("the name of a body is misspelt");
    if (there)
        buf_cut(out, out->size - 1); /* it is no paragraph */
    buf_release(&word);
    return there;
}

bool paper_body(const struct paper_language *language, const char *body, struct buf *out)
{
    static const char pilot[] = "_pilot";
    size_t size = strlen(body), end = sizeof pilot - 1;
    bool is_pilot = size > end && strcmp(body + size - end, pilot) == 0;
    char *plain = xstrndup(body, is_pilot ? size - end : size);
    const char *name = body_name(language->bodies, plain, language->code);

    free(plain);
    if (!name)
        return default_body(language, body, out);
    buf_adds(out, name);
    if (is_pilot) {
        buf_addc(out, ' ');
        paper_word(language, "layout", "pilot", out);
    }
    return true;
}

void paper_country(const struct paper_language *language, const char *state, struct buf *out)
{
    if (paper_word(language, "country", state, out))
        return;
    char *name = country_in_text(state, language->tr);
    buf_adds(out, name);
    free(name);
}

/* The articles that words.txt may have before a name. */
static size_t article_size(const char *name)
{
    static const char *const articles[] = {"the ", "el ", "la ",  "los ",
                                           "las ", "le ", "les ", "l'"};

    for (size_t i = 0; i < ARRAY_SIZE(articles); i++)
        if (strncmp(name, articles[i], strlen(articles[i])) == 0)
            return strlen(articles[i]);
    return 0;
}

const char *paper_without_article(const char *name)
{
    return name + article_size(name);
}

bool paper_is_plural(const char *name)
{
    size_t size = article_size(name);

    return size > 2 && name[size - 2] == 's';
}

void paper_country_bare(const struct paper_language *language, const char *state, struct buf *out)
{
    struct buf name = BUF_INIT;

    if (paper_word(language, "country", state, &name))
        buf_adds(out, paper_without_article(buf_text(&name)));
    else
        buf_adds(out, country_name(state, language->tr));
    buf_release(&name);
}

void paper_country_listed(const struct paper_language *language, const char *state, struct buf *out)
{
    if (strcmp(language->code, "en") == 0)
        paper_country(language, state, out);
    else
        paper_country_bare(language, state, out);
}

void paper_formal(const struct paper_language *language, const char *state, struct buf *out)
{
    const char *formal = country_formal(state, language->code);

    if (formal)
        buf_adds(out, formal);
    else
        paper_country(language, state, out);
}

void paper_tongue(const struct paper_language *language, const char *code, struct buf *out)
{
    const struct language *known;

    if (paper_word(language, "language", code, out))
        return;
    known = language_find(code);
    bool speaks = strcmp(language->code, "en") != 0;
    buf_adds(out, !known ? code : speaks ? dgettext("iso_639-3", known->name) : known->name);
}

/* One letter; how long it is. */
static size_t add_capital(const char *text, struct buf *out)
{
    utf8proc_int32_t point;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);

    if (size < 1) {
        buf_addc(out, *text);
        return 1;
    }
    buf_add(out, bytes, (size_t)utf8proc_encode_char(utf8proc_toupper(point), bytes));
    return (size_t)size;
}

void paper_capital(const char *text, struct buf *out)
{
    if (*text)
        text += add_capital(text, out);
    buf_adds(out, text);
}

void paper_capitals(const char *text, struct buf *out)
{
    while (*text)
        text += add_capital(text, out);
}
