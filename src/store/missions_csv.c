/* SPDX-License-Identifier: MIT */
/* Lists of missions from CSV: our own form, and Wikidata's. */
#include "amparo/store/missions.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/csv.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

enum { COLUMNS_MAX = 16, BAD_LINES_SHOWN = 20 };

struct column {
    const char *name;
    bool needed;
};

/* A list being read: its columns found by name, and how many lines were bad. */
struct table {
    struct csv csv;
    struct csv_row row;
    const struct column *columns; /* ended by name NULL */
    size_t place[COLUMNS_MAX];    /* of each in the row; SIZE_MAX: the list lacks it */
    size_t width;                 /* columns of the first line */
    size_t bad;
    struct error *err;
};

static bool bad_line(struct table *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Names one bad line; always false. */
static bool bad_line(struct table *t, const char *format, ...)
{
    struct buf text = BUF_INIT, shown = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    text_shown(&shown, buf_text(&text), text.size);
    if (t->bad++ < BAD_LINES_SHOWN)
        error_set(t->err, ERROR_INPUT, _("line %ld: %s"), t->row.line, buf_text(&shown));
    buf_release(&text);
    buf_release(&shown);
    return false;
}

/* The next row that is CSV; bad ones are named. False at the end. */
static bool next_row(struct table *t)
{
    for (;;) {
        bool shown = t->bad < BAD_LINES_SHOWN;
        switch (csv_read(&t->csv, &t->row, shown ? t->err : NULL)) {
        case CSV_END:
            return false;
        case CSV_ROW:
            return true;
        case CSV_BAD:
            t->bad++;
        }
    }
}

static void find_column(struct table *t, size_t i)
{
    t->place[i] = SIZE_MAX;
    for (size_t j = 0; j < t->row.count; j++)
        if (strcmp(t->row.fields[j], t->columns[i].name) == 0)
            t->place[i] = j;
    if (t->place[i] == SIZE_MAX && t->columns[i].needed)
        bad_line(t, _("the column \"%s\" is missing"), t->columns[i].name);
}

/* Reads the first line. `strict`: no column that we do not know. */
static bool begin_table(struct table *t, bool strict)
{
    t->row.line = 1;
    if (!next_row(t))
        return t->bad ? false : bad_line(t, "%s", _("the list is empty"));
    t->width = t->row.count;
    for (size_t i = 0; t->columns[i].name; i++)
        find_column(t, i);
    for (size_t j = 0; strict && j < t->width; j++) {
        size_t i = 0;
        while (t->columns[i].name && t->place[i] != j)
            i++;
        if (!t->columns[i].name)
            bad_line(t, _("the column \"%s\" is not known, or stands twice"), t->row.fields[j]);
    }
    return t->bad == 0;
}

/* The field in column i, in the row's own text; "" where the list lacks it. */
static char *field(const struct table *t, size_t i)
{
    char *end = t->row.text.data + t->row.text.size;

    return t->place[i] < t->row.count ? t->row.fields[t->place[i]] : end;
}

/* Ends the reading: with bad lines nothing is taken. */
static bool end_table(struct table *t, struct missions *out)
{
    csv_row_release(&t->row);
    if (!t->bad)
        return true;
    missions_release(out);
    if (t->bad > BAD_LINES_SHOWN)
        error_set(t->err, ERROR_INPUT,
                  n_("and %zu more bad line", "and %zu more bad lines", t->bad - BAD_LINES_SHOWN),
                  t->bad - BAD_LINES_SHOWN);
    return error_set(t->err, ERROR_INPUT, "%s",
                     _("nothing was imported: correct these lines, then import again"));
}

/* ---- our own form ---- */

enum { STATE, COUNTRY, CITY, KIND, SOURCE, DATE, ABLE, SEAT, PHONE, EMAIL, WEBSITE, REFERENCE };

static const struct column own_columns[] = {
    [STATE] = {"state", true},       [COUNTRY] = {"country", true},
    [CITY] = {"city", true},         [KIND] = {"kind", true},
    [SOURCE] = {"source", true},     [DATE] = {"date", true},
    [ABLE] = {"able", false},        [SEAT] = {"seat", false},
    [PHONE] = {"phone", false},      [EMAIL] = {"email", false},
    [WEBSITE] = {"website", false},  [REFERENCE] = {"reference", false},
    [REFERENCE + 1] = {NULL, false},
};

static bool own_state(struct table *t, size_t column, char out[STATE_SIZE])
{
    const char *code = field(t, column);

    if (!country_find(code))
        return bad_line(t, _("%s \"%s\" is no country code of ISO 3166-1 (alpha-2), nor XK"),
                        t->columns[column].name, code);
    memcpy(out, code, STATE_SIZE);
    return true;
}

static bool own_code(struct table *t, size_t column, const struct code *codes, int *out)
{
    *out = code_index(codes, field(t, column));
    if (*out >= 0)
        return true;

    struct buf known = BUF_INIT;
    for (; codes->code; codes++)
        buf_addf(&known, " %s", codes->code);
    bad_line(t, _("%s \"%s\" is not one of%s"), t->columns[column].name, field(t, column),
             buf_text(&known));
    buf_release(&known);
    return false;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* One line of text: no control characters, no line ends. */
static bool own_text(struct table *t, size_t column)
{
    const char *text = field(t, column);

    for (const char *c = text; *c; c++)
        if (is_control(*c))
            return bad_line(t, _("%s holds a control character"), t->columns[column].name);
    return true;
}

static bool own_able(struct table *t, bool *able)
{
    const char *word = field(t, ABLE);

    *able = strcmp(word, "no") != 0;
    return !*able || !*word || strcmp(word, "yes") == 0 ||
           bad_line(t, _("able \"%s\" is not yes or no"), word);
}

static bool own_mission(struct table *t, struct date today, struct mission *m)
{
    int kind, source;

    if (t->row.count != t->width)
        return bad_line(t, n_("%zu field, not %zu", "%zu fields, not %zu", t->row.count),
                        t->row.count, t->width);
    if (!own_state(t, STATE, m->state) || !own_state(t, COUNTRY, m->country) ||
        !own_code(t, KIND, post_kind_codes, &kind) ||
        !own_code(t, SOURCE, post_source_codes, &source) || !own_able(t, &m->able))
        return false;
    memcpy(m->seat, m->country, STATE_SIZE);
    if (*field(t, SEAT) && !own_state(t, SEAT, m->seat))
        return false;
    if (strcmp(m->state, m->country) == 0)
        return bad_line(t, _("%s cannot have a mission in itself"), m->state);
    if (!date_parse(field(t, DATE), &m->on))
        return bad_line(t, _("date \"%s\" is no date that exists (YYYY-MM-DD)"), field(t, DATE));
    if (date_compare(m->on, today) > 0)
        return bad_line(t, _("date %s lies ahead of today"), field(t, DATE));
    if (!own_text(t, CITY) || !own_text(t, PHONE) || !own_text(t, EMAIL) || !own_text(t, WEBSITE) ||
        !own_text(t, REFERENCE))
        return false;
    m->kind = (enum post_kind)kind;
    m->source = (enum post_source)source;
    return true;
}

bool missions_read_own(const char *bytes, size_t size, struct date today, struct missions *out,
                       struct error *err)
{
    struct table t = {.row = CSV_ROW_INIT, .columns = own_columns, .err = err};

    csv_init(&t.csv, bytes, size, ',');
    if (begin_table(&t, true))
        while (next_row(&t)) {
            struct mission m = {.city = csv_text(field(&t, CITY)),
                                .phone = csv_text(field(&t, PHONE)),
                                .email = csv_text(field(&t, EMAIL)),
                                .website = csv_text(field(&t, WEBSITE)),
                                .reference = csv_text(field(&t, REFERENCE))};
            if (own_mission(&t, today, &m))
                missions_add(out, &m);
        }
    return end_table(&t, out);
}

void missions_write_own(const struct missions *missions, struct buf *out)
{
    char date[DATE_SIZE];

    for (size_t i = 0; own_columns[i].name; i++)
        buf_addf(out, "%s%s", i ? "," : "", own_columns[i].name);
    buf_adds(out, "\r\n");
    for (size_t i = 0; i < missions->count; i++) {
        const struct mission *m = &missions->list[i];
        const char *const fields[] = {
            [STATE] = m->state,
            [COUNTRY] = m->country,
            [CITY] = m->city,
            [KIND] = post_kind_codes[m->kind].code,
            [SOURCE] = post_source_codes[m->source].code,
            [DATE] = date_format(m->on, date),
            [ABLE] = m->able ? "yes" : "no",
            [SEAT] = m->seat,
            [PHONE] = m->phone,
            [EMAIL] = m->email,
            [WEBSITE] = m->website,
            [REFERENCE] = m->reference,
        };
        for (size_t j = 0; j < ARRAY_SIZE(fields); j++) {
            if (j)
                buf_addc(out, ',');
            csv_add_text(out, fields[j], ',');
        }
        buf_adds(out, "\r\n");
    }
}

/* ---- Wikidata's ---- */

enum { OPERATOR, JURISDICTIONS, HOST, TOWN, CALL, MAIL, SITE, TYPE, QID };

static const struct column wikidata_columns[] = {
    [OPERATOR] = {"operator", true}, [JURISDICTIONS] = {"jurisdictions", true},
    [HOST] = {"country", true},      [TOWN] = {"city", true},
    [CALL] = {"phone", true},        [MAIL] = {"email", true},
    [SITE] = {"website", true},      [TYPE] = {"type", true},
    [QID] = {"QID", true},           [QID + 1] = {NULL, false},
};

/* The first word found in the type decides: so the more exact ones stand first. */
static const struct {
    const char *word;
    enum post_kind kind;
} type_words[] = {
    {"honorary", POST_HONORARY},
    {"assistant high commission", POST_CONSULATE}, /* what a consulate is called there */
    {"consulate general", POST_CONSULATE_GENERAL},
    {"consular agency", POST_CONSULAR_AGENCY},
    {"consula", POST_CONSULATE}, /* consulate, consular office */
    {"high commission", POST_HIGH_COMMISSION},
    {"interests section", POST_INTERESTS_SECTION},
    {"embassy", POST_EMBASSY},
    {"nunciature", POST_EMBASSY},
    {"diplomatic mission", POST_EMBASSY},
    /* Where there are no full relations these do an embassy's work. */
    {"liaison office", POST_INTERESTS_SECTION},
    {"representative office", POST_INTERESTS_SECTION},
};

static bool kind_of_type(const char *type, enum post_kind *kind)
{
    for (size_t i = 0; i < ARRAY_SIZE(type_words); i++)
        if (strcasestr(type, type_words[i].word)) {
            *kind = type_words[i].kind;
            return true;
        }
    return false;
}

void passed_over_release(struct passed_over *passed)
{
    for (size_t i = 0; i < passed->count; i++)
        free(passed->list[i].name);
    free(passed->list);
    *passed = (struct passed_over){NULL, 0};
}

static struct passed *find_passed(struct passed_over *passed, const char *name, const char *why)
{
    for (size_t i = 0; i < passed->count; i++)
        if (strcmp(passed->list[i].name, name) == 0 && strcmp(passed->list[i].why, why) == 0)
            return &passed->list[i];
    return NULL;
}

/* Counts a line that says nothing to us; always false. */
static bool pass_over(struct passed_over *passed, const char *name, const char *why, long line)
{
    struct passed *known = find_passed(passed, name, why);

    if (!known) {
        passed->list = xreallocarray(passed->list, passed->count + 1, sizeof *passed->list);
        known = &passed->list[passed->count++];
        *known = (struct passed){xstrdup(name), why, 0, line};
    }
    known->count++;
    return false;
}

static const char no_sender[] = N_("the sender is no State");
static const char no_country[] = N_("it stands in no country of ISO 3166-1");
static const char no_kind[] = N_("the kind is neither diplomatic nor consular");
static const char at_home[] = N_("it stands in its own State");
static const char no_region[] = N_("not a country: taken as a part of a consular district");

/* The State of a name; false, and counted, where there is none. */
static bool wikidata_state(struct table *t, struct passed_over *passed, const char *name,
                           const char *why, char out[STATE_SIZE])
{
    /* A name not known before is not looked for again: that is the slow case. */
    const char *code = find_passed(passed, name, why) ? NULL : country_by_name(name);

    if (!code)
        return pass_over(passed, name, why, t->row.line);
    memcpy(out, code, STATE_SIZE);
    return true;
}

/* The countries among the jurisdictions, each once; returns how many. */
static size_t read_jurisdictions(struct table *t, struct passed_over *passed,
                                 char (**out)[STATE_SIZE])
{
    char *names = xstrdup(field(t, JURISDICTIONS)), *rest = names, *name;
    char(*list)[STATE_SIZE] = NULL, state[STATE_SIZE];
    size_t count = 0;

    while ((name = strsep(&rest, "|"))) {
        if (!*name || !wikidata_state(t, passed, name, no_region, state))
            continue;
        bool twice = false;
        for (size_t i = 0; i < count; i++)
            twice |= strcmp(list[i], state) == 0;
        if (twice)
            continue;
        list = xreallocarray(list, count + 1, sizeof *list);
        memcpy(list[count++], state, STATE_SIZE);
    }
    free(names);
    *out = list;
    return count;
}

static bool is_among(const char (*list)[STATE_SIZE], size_t count, const char *state)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], state) == 0)
            return true;
    return false;
}

/* The mission itself, and a non-resident line for each other country that it covers. */
static void add_with_coverage(struct table *t, struct passed_over *passed, struct mission *m,
                              struct missions *out)
{
    char(*list)[STATE_SIZE];
    size_t count = read_jurisdictions(t, passed, &list);
    const char(*places)[STATE_SIZE] = (const char(*)[STATE_SIZE])list;

    if (strcmp(m->seat, "IT") == 0 && is_among(places, count, "VA") &&
        !is_among(places, count, "IT"))
        memcpy(m->country, "VA", STATE_SIZE);
    missions_add(out, m);

    char accredited[STATE_SIZE];
    memcpy(accredited, m->country, STATE_SIZE);
    m->kind = POST_NON_RESIDENT;
    for (size_t i = 0; i < count; i++) {
        memcpy(m->country, list[i], STATE_SIZE);
        if (strcmp(m->country, accredited) != 0 && strcmp(m->country, m->seat) != 0 &&
            strcmp(m->country, m->state) != 0)
            missions_add(out, m);
    }
    free(list);
}

/* One line of text each, as our own form wants it. */
static void clean_fields(struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        for (char *c = row->fields[i]; *c; c++)
            if (is_control(*c))
                *c = ' ';
}

static char *without_scheme(char *email)
{
    static const char scheme[] = "mailto:";

    return strncmp(email, scheme, sizeof scheme - 1) == 0 ? email + sizeof scheme - 1 : email;
}

static bool wikidata_mission(struct table *t, struct passed_over *passed, struct mission *m)
{
    if (t->row.count > t->width || t->row.count <= t->place[QID])
        return bad_line(t, n_("%zu field, not %zu", "%zu fields, not %zu", t->row.count),
                        t->row.count, t->width);
    if (!*field(t, OPERATOR) || !*field(t, HOST) || !*field(t, TYPE))
        return bad_line(t, "%s", _("operator, country or type is empty"));
    if (!wikidata_state(t, passed, field(t, OPERATOR), no_sender, m->state) ||
        !wikidata_state(t, passed, field(t, HOST), no_country, m->seat))
        return false;
    if (!kind_of_type(field(t, TYPE), &m->kind))
        return pass_over(passed, field(t, TYPE), no_kind, t->row.line);
    if (strcmp(m->state, m->seat) == 0)
        return pass_over(passed, field(t, OPERATOR), at_home, t->row.line);
    memcpy(m->country, m->seat, STATE_SIZE);
    return true;
}

bool missions_read_wikidata(const char *bytes, size_t size, struct date on, struct missions *out,
                            struct passed_over *passed, struct error *err)
{
    struct table t = {.row = CSV_ROW_INIT, .columns = wikidata_columns, .err = err};

    csv_init(&t.csv, bytes, size, ';');
    t.csv.quoting = false;
    if (begin_table(&t, false))
        while (next_row(&t)) {
            clean_fields(&t.row);
            char *entity = strrchr(field(&t, QID), '/');
            struct mission m = {.city = field(&t, TOWN),
                                .phone = field(&t, CALL),
                                .email = without_scheme(field(&t, MAIL)),
                                .website = field(&t, SITE),
                                .reference = entity ? entity + 1 : field(&t, QID),
                                .able = true,
                                .source = SOURCE_SEED,
                                .on = on};
            if (wikidata_mission(&t, passed, &m))
                add_with_coverage(&t, passed, &m, out);
        }
    return end_table(&t, out);
}
