/* SPDX-License-Identifier: MIT */
/* What a cell of a spreadsheet means: its code, its date, its State. */
#include "import_work.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static bool same_text(const char *a, const char *b)
{
    struct buf fa = BUF_INIT, fb = BUF_INIT;

    text_fold(&fa, a);
    text_fold(&fb, b);
    bool same = strcmp(buf_text(&fa), buf_text(&fb)) == 0;
    buf_release(&fa);
    buf_release(&fb);
    return same;
}

bool import_is_one_of(const char *text, const json_t *texts)
{
    size_t i;
    json_t *one;

    json_array_foreach((json_t *)(uintptr_t)texts, i, one)
    {
        if (same_text(text, json_string_value(one)))
            return true;
    }
    return false;
}

static void replace(struct buf *out, const char *text)
{
    char *copy = xstrdup(text);

    buf_clear(out);
    buf_adds(out, copy);
    free(copy);
}

/* What the mapping says that the cell means: as it stands, then as people write, then any other. */
static const char *find_code(const json_t *codes, const char *text)
{
    const json_t *exact = json_object_get(codes, text);
    const char *key;
    json_t *meant;

    if (exact)
        return json_string_value(exact);
    json_object_foreach((json_t *)(uintptr_t)codes, key, meant)
    {
        if (same_text(key, text))
            return json_string_value(meant);
    }
    return json_string_value(json_object_get(codes, "*"));
}

/* ---- by type ---- */

/* A State's code, the three letters of it, or its name in any of the languages. */
static void read_state(const json_t *states, struct buf *out)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, buf_text(out));
    const char *code = json_string_value(json_object_get(states, buf_text(&folded)));
    if (!code)
        code = country_by_name(buf_text(out));
    if (code)
        replace(out, code);
    buf_release(&folded);
}

/* Of a name that two have the first stays. */
static void add_state(json_t *states, const char *name, const char *code)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, name);
    if (folded.size && !json_object_get(states, buf_text(&folded)))
        json_object_set_new(states, buf_text(&folded), json_string(code));
    buf_release(&folded);
}

json_t *import_states(void)
{
    static const char *const languages[] = {"en", "es", "fr"};
    json_t *states = json_object();
    size_t count;
    const struct country *all = country_all(&count);

    for (size_t i = 0; i < count; i++)
        add_state(states, all[i].code, all[i].code);
    for (size_t i = 0; i < count; i++)
        add_state(states, all[i].alpha3, all[i].code);
    for (size_t l = 0; l < ARRAY_SIZE(languages); l++) {
        locale_other(languages[l]);
        for (size_t i = 0; i < count; i++)
            add_state(states, country_name(all[i].code, reader_language), all[i].code);
        locale_own();
    }
    return states;
}

static void read_bool(struct buf *out)
{
    static const char *const yes[] = {"yes", "y", "si", "s", "oui", "true", "x", "1"};
    static const char *const no[] = {"no", "n", "non", "false", "0"};

    for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
        if (same_text(buf_text(out), yes[i])) {
            replace(out, "yes");
            return;
        }
    for (size_t i = 0; i < ARRAY_SIZE(no); i++)
        if (same_text(buf_text(out), no[i])) {
            replace(out, "no");
            return;
        }
}

/* A code, or what people read for it. */
static void read_code(const struct field *field, struct buf *out)
{
    const char *text = buf_text(out);

    if (!field->codes || code_label(field->codes, text))
        return;
    for (const struct code *code = field->codes; code->code; code++)
        if (same_text(code->code, text) || same_text(code->label, text) ||
            same_text(_(code->label), text)) {
            replace(out, code->code);
            return;
        }
}

/* "14/03/2026 00:00:00": an instant of a day that is only a date. */
static void cut_midnight(struct buf *out)
{
    const char *text = buf_text(out), *blank = strpbrk(text, " T");

    if (blank && strncmp(blank + 1, "00:00", 5) == 0 && !blank[1 + strspn(blank + 1, "0:.Z")])
        buf_cut(out, (size_t)(blank - text));
}

/* Day numbers of spreadsheets: 1 is the first of January 1900, and 1900 was a leap year to them. */
static void read_day_number(struct buf *out)
{
    char *end, date[DATE_SIZE];
    long days = strtol(buf_text(out), &end, 10);

    if (end == buf_text(out) || *end || days <= 60 || days > 2958465)
        return;
    date_format(date_add_days((struct date){1899, 12, 30}, days), date);
    replace(out, date);
}

/* Three numbers in another order than day, month, year; what is no such date stays. */
static void read_date(enum import_dates order, struct buf *out)
{
    int a, b, c, end = 0;
    const char *text = buf_text(out);
    char turned[40];

    cut_midnight(out);
    if (order == DATES_EXCEL)
        read_day_number(out);
    if ((order != DATES_MDY && order != DATES_YMD) || !isdigit((unsigned char)*text) ||
        sscanf(text, "%4d%*1[-/. ]%4d%*1[-/. ]%4d%n", &a, &b, &c, &end) != 3 || text[end] ||
        (order == DATES_MDY && a > 99))
        return;
    if (order == DATES_MDY)
        snprintf(turned, sizeof turned, "%d/%d/%02d", b, a, c);
    else
        snprintf(turned, sizeof turned, "%d/%d/%02d", c, b, a);
    replace(out, turned);
}

static void read_as(const struct import_map *map, const struct import_source *source,
                    struct buf *out)
{
    switch (source->field->type) {
    case FIELD_STATE:
        read_state(map->states, out);
        break;
    case FIELD_BOOL:
        read_bool(out);
        break;
    case FIELD_CODE:
        read_code(source->field, out);
        break;
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
    case FIELD_DEADLINE:
        read_date(source->dates, out);
        break;
    default:
        break;
    }
}

/* ---- a cell ---- */

/* NA is Namibia wherever a State stands, whatever the mapping takes for empty. */
static bool says_nothing(const struct import_map *map, const struct import_source *source,
                         const char *text)
{
    bool state = source->field &&
                 (source->field->type == FIELD_STATE || source->field->type == FIELD_STATES);

    return !*text || (!(state && strcmp(text, "NA") == 0) && import_is_one_of(text, map->empty));
}

bool import_text(const struct import_map *map, const struct import_source *source,
                 const struct sheet *sheet, struct buf *out, const char **why)
{
    buf_clear(out);
    if (source->column && !sheet_cell(sheet, source->place, out, why))
        return false;
    bool nothing = says_nothing(map, source, buf_text(out));
    if (nothing)
        buf_clear(out);
    const char *meant = source->codes && !nothing ? find_code(source->codes, buf_text(out)) : NULL;
    if (meant)
        replace(out, meant);
    if (!out->size && source->value)
        buf_adds(out, source->value);
    else if (out->size && !meant && source->field && *buf_text(out) != '?')
        read_as(map, source, out);
    if (source->field && *buf_text(out) == '?' && out->size == 2 &&
        !field_takes_answer(source->field)) {
        *why = _("this must be told: no answer stands for it");
        return false;
    }
    return true;
}
